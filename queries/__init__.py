"""ANSWERS: saved questions and the forms in which answers leave."""

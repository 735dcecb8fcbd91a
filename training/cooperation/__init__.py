"""How the weights of `data/models/cooperation.tsv` were fitted, and how well they hold."""

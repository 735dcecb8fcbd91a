"""How much of a gold standard a graph states: precision, recall and F1 per slot and language."""

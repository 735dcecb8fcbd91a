"""How the weights of `data/models/confidence.tsv` were fitted, and how well they hold."""

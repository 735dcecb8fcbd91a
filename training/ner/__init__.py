"""How the name recognisers in data/models are trained: see README.md."""

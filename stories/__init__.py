"""ONE STORY: what different releases report of one thing is found, so that it can stand in one node."""

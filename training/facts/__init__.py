"""What a part of the corpus says, marked by hand: events, who takes part, status, step and topics; see training/data/README.md."""

"""The command line: each module parses the arguments of a command or two, calls one function and prints."""

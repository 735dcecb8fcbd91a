"""`python -m elshi` is the command line."""

from elshi.cli import main

if __name__ == "__main__":
    main()

"""Checks the marked facts of the corpus, and measures the rules on them: python -m training.facts check|measure."""

from __future__ import annotations

import sys

from .marked import problems
from .measure import measure


def main(arguments: list[str]) -> int:
    """Print the faults of the facts, or a table of how they are read; return the exit status."""
    if arguments == ["check"]:
        faults = list(problems())
        print(*faults, f"{len(faults)} problems", sep="\n")
        return 1 if faults else 0
    if arguments == ["measure"]:
        print("| part | | | found | marked | P | R |", "|---|---|---|---|---|---|---|", sep="\n")
        for part in ("sample", "chosen"):
            for (lang, slot), had in measure(sample=part == "sample").items():
                print(f"| {part} | {lang} | {slot} | {had.found} | {had.wanted} | {had.precision:.3f} | {had.recall:.3f} |")
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

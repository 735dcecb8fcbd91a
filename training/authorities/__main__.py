"""Builds data/authorities/authorities.sqlite: python -m training.authorities RESOURCES (the folder with geo/ and ror/)."""

from __future__ import annotations

import sys
from pathlib import Path

from .organisations import curated, join, repeated, ror
from .places import cities, countries, regions
from .templates import generate
from .writer import write


def main(resources: Path, folder: Path) -> None:
    """Gather every authority, make the names that follow from others, and write the file."""
    places = [*countries(resources, folder), *regions(folder), *cities(resources, folder)]
    organisations = join(list(curated(folder)), list(ror(resources)))
    if twice := repeated(places + organisations):
        raise SystemExit(f"described twice: {', '.join(twice)}")
    generate(organisations, places, folder)
    for what, count in write(places + organisations, folder / "authorities.sqlite").items():
        print(f"{what}\t{count}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[2] / "data/authorities")

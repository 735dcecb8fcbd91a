"""The places that releases name most, as the nominatives that an unknown form is tried against."""

from __future__ import annotations

import csv
from functools import lru_cache

from elshi import resource

__all__ = ["is_place"]


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """The one-word names of the curated cities and regions."""
    found: set[str] = set()
    for table in ("cities", "regions"):
        lines = resource(f"data/authorities/{table}.tsv").read_text("utf-8").splitlines()
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            found.update(name.casefold().replace("ё", "е") for name in row["ru"].split("|") if name.isalpha() and not name.isupper())
    return frozenset(found)


def is_place(name: str) -> bool:
    """Return whether a word, in its nominative, is one of those places.

    >>> is_place("Кызылорда"), is_place("Кызылорд")
    (True, False)
    """
    return name.casefold().replace("ё", "е") in _places()

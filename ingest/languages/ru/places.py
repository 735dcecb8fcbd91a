"""The places that releases name most, as the nominatives that an unknown form is tried against."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Final

from elshi import resource

__all__ = ["is_place", "may_be_form"]

#: The endings that the nominatives of places take on, by how they end.
_ENDINGS: Final = (
    ("а", ("а", "ы", "и", "е", "у", "ой", "ою")),
    ("я", ("я", "и", "е", "ю", "ей", "ею")),
    ("ь", ("ь", "и", "ю", "ью", "я", "е", "ем", "ём")),
    ("й", ("й", "я", "ю", "е", "и", "ем")),
    ("ы", ("ы", "ов", "", "ам", "ами", "ах")),
    ("и", ("и", "ей", "ев", "ов", "", "ям", "ями", "ях", "ам", "ами", "ах")),
    ("о", ("о", "а", "у", "ом", "е")),
    ("е", ("е", "я", "ю", "ем", "и")),
)
_CONSONANT: Final = ("", "а", "у", "ом", "ем", "е", "ы", "ов")


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


def may_be_form(word: str, name: str) -> bool:
    """Return whether a word may be a case of the name of a place; one of several words, or not in Cyrillic, may be any.

    >>> may_be_form("Альбертой", "Альберта"), may_be_form("Альбертом", "Альберта"), may_be_form("Витебского", "Витебск")
    (True, False, False)
    >>> may_be_form("Египте", "Египет"), may_be_form("Приаралья", "Приаралье")
    (True, True)
    """
    said, base = (w.casefold().replace("ё", "е") for w in (word, name))
    if said == base or " " in base or not ("а" <= base[-1] <= "я"):
        return True
    for last, endings in _ENDINGS:
        if base.endswith(last):
            return said.startswith(base[:-1]) and said[len(base) - 1 :] in endings
    stems = {base, base[:-2] + base[-1] if base[-2:-1] in {"е", "о"} else base}  # `Египет`, `Египте`
    return base[-1] not in "уэю" and any(said.startswith(stem) and said[len(stem) :] in _CONSONANT for stem in stems)

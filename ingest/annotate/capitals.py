"""What the walks around a name share: capitals, how far they look, the words that open no name."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.patterns import read_table

__all__ = ["LIMIT", "Extent", "closing_words", "is_capitalised", "stops"]

#: Half-open token range of a name, or None where the noun stands for no name.
Extent = tuple[int, int] | None

#: Tokens from a head noun to the farther end of its name.
LIMIT: Final = 14


def is_capitalised(token: Token) -> bool:
    """Does the word begin with a capital letter or a digit-and-capital acronym?"""
    return token.text[:1].isupper()


@lru_cache(maxsize=4)
def stops(lang: str) -> frozenset[str]:
    """The words that stand before a name without belonging to it."""
    return frozenset(row["word"] for row in read_table(lang, "name_stops"))


@lru_cache(maxsize=4)
def closing_words(lang: str) -> frozenset[str]:
    """Words for what bodies deal with, which end their names: `Affairs`, `Engineering`."""
    return frozenset(row["word"] for row in read_table(lang, "closing_words"))

"""Numbers written in words: units, tens and hundreds together, halves, a thousand that no number stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table

__all__ = ["Number", "number_words", "words_of"]

_ROLES: Final = ("number", "half", "times", "lone", "about", "unit", "quantity")
#: What joins two words of one number: `twenty-five`, `one hundred and five`, `сто двадцать`.
_JOINT: Final = re.compile(r"[ \u00a0-]|[ \u00a0]and[ \u00a0]")
_HUNDRED: Final = 100
_AROUND: Final = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words: where it stands, and its value without multiplier."""

    start: int
    end: int
    value: Decimal


@lru_cache(maxsize=4)
def words_of(lang: str) -> dict[str, PatternTable]:
    """The words of a language for numbers and what stands beside them, by their role."""
    rows = read_table(lang, "numbers")
    return {role: PatternTable([r for r in rows if r["role"] == role]) for role in _ROLES}


def number_words(lang: str, folded: str, start: int, end: int) -> Iterator[Number]:
    """The numbers of a stretch that are written in words, each as one.

    >>> [str(n.value) for n in number_words("en", "a hundred and five guests, forty-two tables, two and a half hours", 0, 60)]
    ['105', '42', '2.5']
    """
    run: list[Hit] = []
    for hit in [*words_of(lang)["number"].longest(folded, start, end), None]:
        if run and (hit is None or not _continues(folded, run, hit)):
            yield _number(lang, folded, run, end)
            run = []
        if hit is not None:
            run.append(hit)
    for hit in words_of(lang)["lone"].longest(folded, start, end):
        if _bounded(lang, folded, hit, start, end):
            yield Number(hit.start, hit.end, Decimal(hit.row["value"]))


def _continues(folded: str, run: list[Hit], hit: Hit) -> bool:
    """Does a word go on with a number: a unit behind tens, anything smaller behind hundreds, a hundred behind a unit?"""
    if not _JOINT.fullmatch(folded[run[-1].end : hit.start]):
        return False
    last, value = Decimal(run[-1].row["value"]), Decimal(hit.row["value"])
    return (
        value == _HUNDRED and last < 10 or last >= _HUNDRED > value or 20 <= last < _HUNDRED and value < 10 or last == 10 > value
    )  # он бес


def _number(lang: str, folded: str, run: list[Hit], end: int) -> Number:
    value = Decimal(0)
    for hit in run:
        word = Decimal(hit.row["value"])
        value = max(value, Decimal(1)) * word if word == _HUNDRED else value + word
    stop = run[-1].end
    for hit in words_of(lang)["half"].at(folded, stop + 1, end):
        return Number(run[0].start, hit.end, value + Decimal("0.5"))
    return Number(run[0].start, stop, value)


def _bounded(lang: str, folded: str, hit: Hit, start: int, end: int) -> bool:
    """Does a word that rounds or bounds stand right beside a multiplier: `more than a thousand`, `мыңнан астам`?"""
    about = words_of(lang)["about"]
    if lang == "kk":
        return any(folded[hit.end : h.start].strip() == "" for h in about.longest(folded, hit.end, min(end, hit.end + _AROUND))[:1])
    return any(folded[h.end : hit.start].strip() == "" for h in about.longest(folded, max(start, hit.start - _AROUND), hit.start))

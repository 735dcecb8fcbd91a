"""Figures in a text: value, unit, whether it is rounded; whole numbers, groups, decimals, multipliers, number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.patterns import PatternTable, read_table

__all__ = ["Figure", "canonical", "figures", "is_currency"]

_DIGITS: Final = re.compile(
    r"(?<![\w.,/№#-])(?P<sign>(?:[$€£₸]|USD|EUR|GBP|KZT|RUB|CNY) ?)?"
    r"(?P<int>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?P<frac>[.,]\d+)?(?![\d/])"
)
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "₸": "KZT"}
_NEAR: Final = 26
#: What a Kazakh figure ends in that is about so large: `8 мыңдай`, `40-тай`, `40-қа тарта` aside.
_LIKE: Final = re.compile(r"[дт][ае](?:й|ған|ген)(?!\w)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number a text states: `end` lies behind its multiplier and unit."""

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    approximate: bool = False
    is_word: bool = False
    is_measure: bool = False  # of length, weight, power, time


@lru_cache(maxsize=4)
def _words(lang: str) -> dict[str, PatternTable]:
    rows = read_table(lang, "numbers")
    return {role: PatternTable([r for r in rows if r["role"] == role]) for role in ("number", "times", "about", "unit", "quantity")}


def canonical(value: Decimal) -> str:
    """The number without trailing zeros: `27000`, `12.5`.

    >>> canonical(Decimal("4.20") * 10)
    '42'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figures(document: Document, sentence: Sentence, dates: Iterable[Span]) -> list[Figure]:
    """The figures of a sentence outside its dates, in order."""
    taken = [(d.start, d.end) for d in dates]

    def free(start: int, end: int) -> bool:
        return not any(s < end and start < e for s, e in taken)

    found = []
    for match in _DIGITS.finditer(document.text, sentence.start, sentence.end):
        if free(*match.span()):
            found.append(_digits(document, sentence, match))
    for hit in _words(document.lang)["number"].longest(document.folded, sentence.start, sentence.end):
        if free(hit.start, hit.end) and not any(f.start <= hit.start < f.end for f in found):
            found.append(_finish(document, sentence, hit.start, hit.end, Decimal(hit.row["value"]), None, is_word=True))
    return sorted(found, key=lambda f: f.start)


def _measures(document: Document, end: int) -> bool:
    """Does a unit follow by which is measured, not counted: `540 мың тонна`, `1 ГВт`, `300 км`?"""
    text = document.folded
    return next(_words(document.lang)["quantity"].at(text, _next(text, end), len(text)), None) is not None


def is_currency(document: Document, offset: int) -> bool:
    """Does a word only name whose money it is: `АҚШ доллары`, `долларов США`?"""
    units = _words(document.lang)["unit"]
    start = document.folded.rfind(" ", 0, max(0, offset - 1)) + 1
    return any(
        h.start <= offset < h.end and " " in document.folded[h.start : h.end]
        for at in (offset, start)
        for h in units.at(document.folded, at, len(document.folded))
    )


def _digits(document: Document, sentence: Sentence, match: re.Match[str]) -> Figure:
    whole = re.sub(r"[ \u00a0\u202f,]", "", match["int"])
    value = Decimal(whole + (match["frac"] or "").replace(",", "."))
    sign = (match["sign"] or "").strip()
    unit = _SIGNS.get(sign, sign or None)
    return _finish(document, sentence, match.start(), match.end(), value, unit, is_word=False)


def _finish(document: Document, sentence: Sentence, start: int, end: int, value: Decimal, unit: str | None, *, is_word: bool) -> Figure:
    """Read on behind the digits: suffix, multiplier, unit; and around them for what rounds."""
    words, text, digits = _words(document.lang), document.folded, end
    end = _skip_suffix(text, end)
    for hit in words["times"].at(text, _next(text, end), sentence.end):
        value, end = value * int(hit.row["value"]), _skip_suffix(text, hit.end)
        break
    like = document.lang == "kk" and _LIKE.search(text, digits, end) is not None
    after = words["about"].longest(text, end, min(sentence.end, end + _NEAR))[:1]
    near = (
        bool(after)
        and document.lang == "kk"
        and not re.search(r"[.,;]", text[end : after[0].start])
        and len(text[end : after[0].start].split()) <= 3
    )
    stop = after[0].end if near and not text[end : after[0].start].strip() else end
    for hit in words["unit"].at(text, _next(text, stop), sentence.end):
        unit, end = hit.row["value"], hit.end
        break
    before = words["about"].longest(text, max(sentence.start, start - _NEAR), start)
    rounded = near or any(not re.search(r"[.,;\d]", text[h.end : start]) and len(text[h.end : start].split()) <= 2 for h in before)
    end = max(end, stop)
    return Figure(start, end, value, unit, rounded or like, is_word, _measures(document, end))


def _skip_suffix(text: str, end: int) -> int:
    match = re.match(r"-[а-яәғқңөұүһі]{1,5}|\.(?= )", text[end:])
    return end + (match.end() if match else 0)


def _next(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(" \u00a0\u202f.")) if end < len(text) else end

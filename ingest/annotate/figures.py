"""Figures in a text: value, unit, whether it is rounded; whole numbers, groups, decimals, multipliers, number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.number_words import number_words, words_of

__all__ = ["Figure", "canonical", "figures", "is_currency"]

_DIGITS: Final = re.compile(
    r"(?<![\w.,/№#-])(?<!\d[:–—])(?<!\d [–—] )(?P<sign>(?:[$€£₸]|USD|EUR|GBP|KZT|RUB|CNY) ?)?"
    r"(?P<int>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?P<frac>[.,]\d+)?(?![\d/])"
)
#: What goes on to the other end of a range, to the minutes of an hour, to the second side of a count.
_RANGE: Final = re.compile(r" ?[–—-] ?\d|:\d")
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "₸": "KZT"}
#: Behind a number: `15%`, `a 30-day stay`, `81-й`.
_NO_COUNT: Final = re.compile(r"[%‰°]|-[a-z]{2}|(?:st|nd|rd|th)(?!\w)|-(?:й|я|е|го|му|ю|ой|ая|ый|ое|ом|[іы]?нш[іы]\w*|ш[іы])(?!\w)")
#: Growth in Russian: `в 2,5 раза`, but `три раза в неделю`.
_FOLD: Final = re.compile(r"(?<!\w)в[ \u00a0]$")
_TIMES_AS: Final = re.compile(r"[ \u00a0]раза?(?!\w)(?![ \u00a0](?:\w+[ \u00a0])?в[ \u00a0])")
#: Multipliers written to the number: `$2bn`, `€45m`.
_GLUED: Final = re.compile(r"(?:bn|m|k)(?!\w)")
_TIMES: Final = {"bn": 10**9, "m": 10**6, "k": 1000}
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
        if free(*match.span()) and not _RANGE.match(document.text, match.end()):
            found.append(_digits(document, sentence, match))
    for word in number_words(document.lang, document.folded, sentence.start, sentence.end):
        if free(word.start, word.end) and not any(f.start <= word.start < f.end for f in found):
            found.append(_finish(document, sentence, word.start, word.end, word.value, None, is_word=True))
    return sorted(found, key=lambda f: f.start)


def _measures(document: Document, end: int) -> bool:
    """Does a unit follow by which is measured, not counted: `540 мың тонна`, `1 ГВт`, `300 км`?"""
    text = document.folded
    if _NO_COUNT.match(text, end):
        return True
    return next(words_of(document.lang)["quantity"].at(text, _next(text, end), len(text)), None) is not None


def is_currency(document: Document, offset: int) -> bool:
    """Does a word only name whose money it is: `АҚШ доллары`, `долларов США`?"""
    units = words_of(document.lang)["unit"]
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
    words, text, digits = words_of(document.lang), document.folded, end
    if glued := _GLUED.match(text, end):
        value, end = value * _TIMES[glued[0]], glued.end()
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
    measured = _measures(document, digits) or _measures(document, end)
    grown = _TIMES_AS.match(text, end) is not None and _FOLD.search(text[max(0, start - 3) : start]) is not None
    return Figure(start, end, value, unit, rounded or like, is_word, measured or grown)


def _skip_suffix(text: str, end: int) -> int:
    match = re.match(r"-[а-яәғқңөұүһі]{1,5}|\.(?= )", text[end:])
    return end + (match.end() if match else 0)


def _next(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(" \u00a0\u202f.")) if end < len(text) else end

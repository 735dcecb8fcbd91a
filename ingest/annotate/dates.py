"""Calendar dates a text states: full, partial, ranges, and those that the release's own day fixes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.patterns import PatternTable, read_table

__all__ = ["find_dates"]

_BY = "dates/1"
#: Days from which on a month without a year is told by the sentence: plans lie ahead, all else behind.
_FAR: Final = 120
#: Forms that name a day from the release's own, and how far off it is.
_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LINE: Final = re.compile(r"[^\n]+\n?")
_GROUP: Final = re.compile(r"(?<!\\)\([^()]*(?<!\\)\)")
_PART: Final = re.compile(r"\{([DMYR])\1?\}")
_PLAIN = str.maketrans({"–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class _Grammar:
    forms: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]  # the last: the parts without which a line cannot hold the form
    parts: tuple[tuple[str, re.Pattern[str]], ...]
    months: tuple[tuple[re.Pattern[str], int], ...]
    offsets: tuple[tuple[re.Pattern[str], int], ...]

    def month(self, word: str) -> int:
        return next(number for pattern, number in self.months if pattern.fullmatch(word))

    def offset(self, phrase: str) -> int:
        return next(number for pattern, number in self.offsets if pattern.fullmatch(phrase.strip()))


@lru_cache(maxsize=8)
def _grammar(lang: str) -> _Grammar:
    ending = r"\w*" if lang == "kk" else ""
    months = [(f"(?:{row['pattern']}){ending}", int(row["month"])) for row in read_table(lang, "months")]
    offsets = [(row["pattern"], int(row["offset"])) for row in read_table(lang, "relative_years")]
    month = "(?:" + "|".join(row["pattern"] for row in read_table(lang, "months")) + ")" + ending
    parts = {
        "{DD}": r"(?P<d2>[12]?\d|3[01])",
        "{D}": r"(?<!\d)(?<!\d[ ,.])(?P<d>0?[1-9]|[12]\d|3[01])",
        "{MM}": rf"(?P<m2>{month})",
        "{M}": rf"(?P<m>{month})",
        "{YY}": r"(?P<y2>(?:1[0-9]|20|21)\d\d)(?!\d)",
        "{Y}": r"(?<!\d)(?<!\d[ ,.])(?P<y>(?:1[0-9]|20|21)\d\d)(?!\d)",
        "{R}": "(?P<r>" + "|".join(p for p, _ in offsets) + ")",
    }
    forms = []
    for row in read_table(lang, "dates"):
        pattern = row["pattern"]
        for macro, regex in parts.items():
            pattern = pattern.replace(macro, regex)
        forms.append((row["form"], re.compile(r"(?<!\w)" + pattern + r"(?!\w)"), _needed(row["pattern"])))
    compiled = tuple((re.compile(p), n) for p, n in months)
    needed = tuple((part, re.compile(p)) for part, p in (("M", month), ("D", r"\d"), ("Y", r"\d"), ("R", parts["{R}"])))
    return _Grammar(tuple(forms), needed, compiled, tuple((re.compile(p), n) for p, n in offsets))


def _needed(form: str) -> frozenset[str]:
    """The parts that a form always has: those that stand in no group, which may be left out or look ahead."""
    while (fewer := _GROUP.sub("", form)) != form:
        form = fewer
    return frozenset(_PART.findall(form) if "|" not in form else ())


def find_dates(document: Document) -> list[Span]:
    """Dates in the order of the text, without overlaps; `name` is the ISO value, attribute `end` closes a range.

    Days and months without a year take the year that brings them nearest to the release's day; without that day they
    are left out.
    """
    text = document.folded.translate(_PLAIN)
    title_start = document.sentences[0].start if document.sentences else 0
    found: list[Span] = []
    for span in sorted(_candidates(document, text, title_start), key=lambda s: (s.start, -s.end)):
        if found and span.start < found[-1].end:
            continue
        day = span.name or _counted(span, found)
        if day is None:
            continue
        found.append(replace(span, name=day))
    return found


def _counted(span: Span, earlier: list[Span]) -> str | None:
    """The day that `the following day` counts from the last day stated, one of a range apart."""
    last = next((d for d in reversed(earlier) if len(d.name) == len("2000-01-01") and d.get("end") is None), None)
    offset = dt.timedelta(int(span.get("form") or "0"))
    return (dt.date.fromisoformat(last.name) + offset).isoformat() if last else None


def _candidates(document: Document, text: str, start: int) -> Iterator[Span]:
    grammar, today = _grammar(document.lang), _day(document.release.reported_on)
    lines = [
        (line.span(), {part for part, words in grammar.parts if words.search(text, *line.span())}) for line in _LINE.finditer(text, start)
    ]
    for form, pattern, needed in grammar.forms:
        for match in (m for where, parts in lines if needed <= parts for m in pattern.finditer(text, *where)):
            if form[0] in "+-":
                yield Span(match.start(), match.end(), "Date", "", by=_BY, attributes=(("form", form),))
                continue
            if document.lang == "en" and not _is_capital(document.text, match):  # `to march`, `may`
                continue
            values = _values(form, match, grammar, today, partial(_plans, document, match.start()))
            if values and (form != "today" or _tells_news(document, match.start())):
                extra = (("end", values[1]),) if values[1] else ()
                yield Span(match.start(), match.end(), "Date", values[0], by=_BY, attributes=(("form", form), *extra))


def _is_capital(text: str, match: re.Match[str]) -> bool:
    return "m" not in match.re.groupindex or text[match.start("m")].isupper()


@lru_cache(maxsize=4)
def _plan_words(lang: str) -> PatternTable:
    return PatternTable([row for row in read_table(lang, "status") if row["status"] in {"planned", "postponed"}])


def _plans(document: Document, offset: int) -> bool:
    """Does the sentence at an offset speak of what is still to come?"""
    sentence = document.sentence_at(offset)
    return next(_plan_words(document.lang).every(document.folded, sentence.start, sentence.end), None) is not None


def _tells_news(document: Document, offset: int) -> bool:
    """Does `бүгін` date what a sentence reports, and not the times we live in: does something happen in it, outside a quotation?"""
    sentence = document.sentence_at(offset)
    happens = any(hit.row["opens"] == "main" for hit in _happenings(document.lang).every(document.folded, offset, sentence.end))
    return happens and not sentence.is_title and not document.in_quotation(offset)


@lru_cache(maxsize=4)
def _happenings(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "events"))


def _values(
    form: str, match: re.Match[str], grammar: _Grammar, today: dt.date | None, plans: Callable[[], bool]
) -> tuple[str, str | None] | None:
    """ISO value of a match and of its end; None where it is no date of the calendar."""
    part = {k: v for k, v in match.groupdict().items() if v}
    year = int(part["y"]) if "y" in part else today.year + grammar.offset(part["r"]) if "r" in part and today else None
    try:
        if form in ("year", "years"):
            return str(year), part.get("y2")
        if form in _DAYS:
            return ((today + dt.timedelta(_DAYS[form])).isoformat(), None) if today else None
        if form == "relative":
            year = year if year is not None or today is None else today.year + grammar.offset(match.group())
            return (str(year), None) if year else None
        if form == "this-month":
            return (today.replace(day=int(part["d"])).isoformat(), None) if today else None
        month = int(part["m"]) if form == "numeric" else grammar.month(part["m"])
        if form == "month":
            year = year or _month_year(month, today, plans)
            return (f"{dt.date(year, month, 1):%Y-%m}", None) if year else None
        last = grammar.month(part["m2"]) if "m2" in part else month
        year = year or _nearest(month, int(part["d"]), today)
        if year is None:
            return None
        end = dt.date(year, last, int(part["d2"])).isoformat() if "d2" in part else None
        return dt.date(year, month, int(part["d"])).isoformat(), end
    except (ValueError, StopIteration):
        return None


def _month_year(month: int, today: dt.date | None, plans: Callable[[], bool]) -> int | None:
    """The year that brings a month nearest to today; a far one lies ahead where plans are told, else behind."""
    year = _nearest(month, 15, today)
    if year is None or today is None or abs(days := (today - dt.date(year, month, 15)).days) < _FAR:
        return year
    return year + (days > 0) if plans() else year - (days < 0)


def _nearest(month: int, day: int, today: dt.date | None) -> int | None:
    """The year that brings a day nearest to today."""
    if today is None:
        return None
    years = [y for y in (today.year - 1, today.year, today.year + 1) if day <= 28 or _exists(y, month, day)]
    return min(years, key=lambda y: abs((dt.date(y, month, day) - today).days), default=None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None

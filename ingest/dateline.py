"""The line a release opens with to say where and when it was issued: `HELSINKI, 4 March 2026 –`, `Астана, 16.10.2025.`, a date alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from elshi import resource

__all__ = ["Dateline", "dateline"]

#: Lines of a body among which the dateline stands: the number of the release or the name of an office may come before it.
_LINES: Final = 4
#: Words beside a date that stands on a line of its own: `News | 12 June 2026`.
_BESIDE: Final = 8
_MONTHS_OF_YEAR: Final = 12
_PLACE: Final = r"(?:г\. ?)?(?P<place>[^\W\d_][^\W\d_'’-]*(?:\.?[ -][^\W\d_][^\W\d_'’-]*){0,3})"
#: Between the place and the day, a day of the week included, and behind the day, before the text begins.
_COMMA: Final = r"(?:, | қ\.,? | қаласы, |\. )(?:[^\W\d_]+, )?"
_BREAK: Final = r"(?:(?: ?(?:г\.|года?|ж\.|жыл\w*)(?!\w))?\s*(?:[–—:(/.]|-\s|$)| ?[гж]\.(?=\s+\W?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]))"
_PREPOSITION: Final = re.compile(r"(?:On|In|At|By|Since|From|Until|В|Во|На|С|До|От|К)\s")
_SENTENCE: Final = re.compile(r"[.!?:;]\s")
_TH: Final = "(?:st|nd|rd|th)?"
#: How a day is written; {M} is the name of a month.
_FORMS: Final = (
    r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)",
    r"(?P<y>\d{4})\.(?P<n>\d\d)\.(?P<d>\d\d)",
    r"(?P<d>\d{1,2})\.(?P<n>\d{1,2})\.(?P<y>\d{4})",
    r"(?P<d>\d{1,2})(?P<slash>/)(?P<n>\d{1,2})/(?P<y>\d{4})",
    rf"(?P<d>\d{{1,2}}){_TH} {{M}},? (?P<y>\d{{4}})",
    rf"{{M}} (?P<d>\d{{1,2}}){_TH},? (?P<y>\d{{4}})",
    r"(?P<y>\d{4}) жылғы (?P<d>\d{1,2}) {M}",
    r"(?P<y>\d{4}) жылғы {M} (?P<d>\d{1,2})-[ыіс]\w{0,3}",
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a text says when it was issued, and the day; beside a place it is that of what is told there too."""

    start: int
    end: int
    day: str
    placed: bool


def dateline(text: str, start: int = 0) -> Dateline | None:
    """Return what the first lines from an offset say of the day of issue, or a last line that is a date and nothing else.

    >>> dateline("ОСЛО, 4 мая 2026 года – Посол встретился с мэром.").day, dateline("News | 12 June 2026\\nThe Ambassador met the Mayor.").day
    ('2026-05-04', '2026-06-12')
    >>> dateline("On 4 May 2026, the Ambassador met the Mayor.")
    """
    lines = [(start + m.start(), m[0]) for m in re.finditer(r"[^\n]*\S[^\n]*", text[start:])]
    for offset, line in lines[:_LINES]:
        if found := next(_opening(line, offset), None) or next(_alone(line, offset, _BESIDE), None):
            return found
    return next(_alone(lines[-1][1], lines[-1][0], 0), None) if len(lines) > 1 else None


def _opening(line: str, offset: int) -> Iterator[Dateline]:
    """A place and a day at the head of a line, and a break behind them."""
    for opening, _ in _patterns():
        match = opening.match(line.replace("\u00a0", " "))
        if (
            match
            and not _PREPOSITION.match(line)
            and all(word[0].isupper() or len(word) < 4 for word in re.findall(r"[^\W\d_]+", match["place"]))
        ):
            if (day := _day(match)) is not None:
                yield Dateline(offset + match.start("date"), offset + match.end("date"), day, placed=True)


def _alone(line: str, offset: int, beside: int) -> Iterator[Dateline]:
    """A whole day that ends a line of a few words, which are no sentence."""
    for _, whole in _patterns():
        match = whole.search(line.replace("\u00a0", " "))
        if match is None or _SENTENCE.search(match["before"]) or len(match["before"].split()) > beside:
            continue
        if match["before"] and not re.search(r"[|,·•–—-]\s*$", match["before"]):
            continue
        if (day := _day(match)) is not None:
            yield Dateline(offset + match.start("date"), offset + match.end("date"), day, placed=False)


def _day(match: re.Match[str]) -> str | None:
    """The calendar day, None where the order of day and month is open: `03/04/2026`."""
    part = match.groupdict()
    day, month = int(part["d"]), int(part["n"]) if part.get("n") else _month(part["date"])
    if part.get("slash"):
        if day != month and max(day, month) <= _MONTHS_OF_YEAR:
            return None
        day, month = (month, day) if month > _MONTHS_OF_YEAR else (day, month)
    try:
        return date(int(part["y"]), month, day).isoformat()
    except ValueError:
        return None


def _month(words: str) -> int:
    return next(n for n, pattern in _months().items() if re.search(rf"(?<!\w)(?:{pattern})", words.lower()))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Every form of a day, behind a place and on a line of its own."""
    month = rf"(?i:(?:{'|'.join(_months().values())}))\w*"
    out = []
    for form in _FORMS:
        day = f"(?P<date>{form.replace('{M}', month)})"
        own = rf"^(?P<before>.*?)(?<![\w./]){day},?(?: ?(?:г\.|года?|ж\.|жыл\w*))?(?:,? \d\d[:.]\d\d)?\s*\.?$"
        out.append((re.compile(_PLACE + _COMMA + day + _BREAK), re.compile(own)))
    return tuple(out)


@cache
def _months() -> dict[int, str]:
    """The names of each month in the three languages."""
    names: dict[int, list[str]] = {}
    for lang in ("kk", "ru", "en"):
        for row in resource(f"data/lexicons/{lang}/months.tsv").read_text("utf-8").splitlines()[1:]:
            number, _, pattern = row.partition("\t")
            names.setdefault(int(number), []).append(pattern.strip())
    return {number: "|".join(patterns) for number, patterns in names.items()}

"""Days as sources state them: ISO dates, dotted dates, and dates with a month's name in Kazakh, Russian or English."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from elshi import resource
from elshi.ingest.decode import Unreadable

__all__ = ["iso_day", "stated_day"]

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_INSIDE: Final = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def iso_day(stated: str) -> str:
    """Return the calendar day of a date or time as a source states it; raises Unreadable for anything else.

    >>> iso_day("2026-03-04T10:00:00+05:00"), iso_day("4.03.2026")
    ('2026-03-04', '2026-03-04')
    """
    iso, dotted = _ISO.fullmatch(stated.strip()), _DOTTED.fullmatch(stated.strip())
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1])).isoformat()
    except ValueError:
        pass
    raise Unreadable(f"{stated!r} is no date: write YYYY-MM-DD")


def stated_day(words: str) -> str | None:
    """Return the day that a page shows as its own, whatever else stands beside it; None where it shows no whole day.

    >>> stated_day("18 наурыз 2026, 10:30"), stated_day("March 18, 2026"), stated_day("18.03.2026 09:46"), stated_day("2026 жылғы 18 наурыз")
    ('2026-03-18', '2026-03-18', '2026-03-18', '2026-03-18')
    """
    plain = _INSIDE.search(words)
    try:
        if plain:
            return iso_day(plain[0])
        found, year = _months().search(words.lower()), _YEAR.search(words)
        if found and year:
            month = next(int(name[1:3]) for name, value in found.groupdict().items() if value and name.startswith("m"))
            return date(int(year[0]), month, int(found["before"] or found["after"])).isoformat()
    except (Unreadable, ValueError):
        pass
    return None


@cache
def _months() -> re.Pattern[str]:
    """A day before or after the name of a month, in any of the languages."""
    names: dict[int, list[str]] = {}
    for lang in ("kk", "ru", "en"):
        for row in resource(f"data/lexicons/{lang}/months.tsv").read_text("utf-8").splitlines()[1:]:
            number, _, pattern = row.partition("\t")
            names.setdefault(int(number), []).append(pattern.strip())
    either = "|".join(f"(?P<m{number:02}>{'|'.join(patterns)})" for number, patterns in sorted(names.items()))
    return re.compile(rf"(?<!\w)(?:(?P<before>\d{{1,2}})\s+)?(?:{either})(?(before)\w*|\w*\s+(?P<after>\d{{1,2}})(?!\d))")

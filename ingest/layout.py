"""Which lines of a page are its release: headlines glued before it, the site's own remarks and releases glued after it are left off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from elshi.ingest.days import stated_day
from elshi.ingest.sites import Site, Sites

__all__ = ["PROSE", "Heading", "heading", "own_lines"]

#: A line of running text: what a menu, a list of headlines or an error page has none of.
PROSE: Final = re.compile(r"^(?:\S+\s+){7,}\S*[.!?…»”\")]\s*$", re.MULTILINE)
#: What may stand between a page's title and the name of its site.
_SITE_NAME: Final = re.compile(r"\s+[|—–·-]\s+")


def own_lines(text: str, title: str | None, site: Site) -> tuple[str, str | None]:
    """Return the lines of a text that are its release, and the day of issue where a line states it.

    A release begins at the line that is its title, wherever that stands, as long as running text follows it; at the next
    line that would head another release, as the site's `dateline` tells, it ends.

    >>> own_lines("Other news\\nThe visit\\nThe Ambassador met the Rector of the university in Ghent today.", "The visit", Site())[0]
    'The visit\\nThe Ambassador met the Rector of the university in Ghent today.'
    """
    lines = text.split("\n")
    start = _title_line(lines, title)
    headed = [n for n, line in enumerate(lines) if site.dateline and site.dateline.match(line.strip())]
    own = [n for n in headed if n <= start + 1]  # a dateline stands right before or right after the title it belongs to
    end = next((n for n in headed if n > start + 1), len(lines))
    kept = []
    for number in range(start, end):
        line = lines[number].strip()
        if site.ends and site.ends.search(line):
            break
        if number not in own and not (site.drop and site.drop.search(line)):
            kept.append(lines[number])
    match = site.dateline.match(lines[own[-1]].strip()) if site.dateline and own else None
    return "\n".join(kept), stated_day(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads a release in a plain text: the day it states, where it ends, and where the release does."""

    issued: str | None
    after: int
    end: int


def heading(text: str, start: int, sites: Sites) -> Heading | None:
    """Return what the line at an offset says where it is one that heads the releases of a known site."""
    first, *rest = text[start:].splitlines(keepends=True) or [""]
    site = sites.headed_by(first)
    day = site.dateline.match(first.strip()) if site and site.dateline else None
    if site is None or day is None:
        return None
    end = after = start + len(first)
    for line in rest:
        if any(pattern and pattern.search(line.strip()) for pattern in (site.dateline, site.ends)):
            break
        end += len(line)
    return Heading(stated_day(day[1]), after, end)


def _title_line(lines: list[str], title: str | None) -> int:
    """Where the title stands with running text after it; the first line where it stands nowhere."""
    wanted = {_folded(title or ""), _folded(_SITE_NAME.split(title or "")[0])} - {""}
    for number, line in enumerate(lines):
        if _folded(line) in wanted:
            return number if PROSE.search("\n".join(lines[number + 1 :])) else 0
    return 0


def _folded(line: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", line.casefold()).split())

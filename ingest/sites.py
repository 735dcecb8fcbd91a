"""What is known of sites: how their addresses name languages and releases, where a page holds its parts, which lines are not its text."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from elshi import ElshiError, resource
from elshi.ingest.model import Tagged
from elshi.ingest.urls import is_url

__all__ = ["NOWHERE", "SITES", "Site", "Sites", "SitesError"]

_COLUMNS: Final = ("host", "publisher", "releases", "versions", "codes", "body", "title", "date", "dateline", "drop", "ends")
#: The site of a page of which nothing is known.
_ANY: Final = "*"


class SitesError(ElshiError):
    """A table of sites that cannot be used."""


@dataclass(frozen=True, slots=True)
class Site:
    """One row of `sites.tsv`; None where it says nothing."""

    host: str = _ANY
    publisher: str | None = None
    releases: re.Pattern[str] | None = None  # the addresses of releases, among all that a list names
    versions: re.Pattern[str] | None = None  # its group `lang` is what names the language in an address
    codes: tuple[tuple[Tagged, ...], ...] = ()  # ways to name languages, each as (language, what names it in an address)
    body: str | None = None  # XPath of the element that holds the text
    title: str | None = None  # XPath
    date: str | None = None  # XPath of the day of issue
    dateline: re.Pattern[str] | None = None  # the line that heads a release; its group is the day
    drop: re.Pattern[str] | None = None  # lines that are not part of a text
    ends: re.Pattern[str] | None = None  # the first line after a text

    def holds_release(self, url: str) -> bool:
        """Whether an address looks like that of a release; where nothing is known, every one does."""
        return self.releases is None or self.releases.search(url) is not None

    def alternates(self, url: str, linked: Collection[str] = ()) -> tuple[Tagged, ...]:
        """Return the addresses of the language versions of a page, its own among them, each with its language.

        A language that is named in the query of an address stands for the same page in another language; one that is named
        elsewhere, or in a way that leaves the others open, only where the page links to the address.
        """
        found = self.versions.search(url) if self.versions else None
        if found is None:
            return ()
        start, end = found.span("lang")
        ways = [way for way in self.codes if any(code == found["lang"] for _, code in way)]
        certain = len(ways) == 1 and "?" in url[:start]
        possible = dict.fromkeys((url[:start] + code + url[end:], lang) for way in ways for lang, code in way)
        return tuple((address, lang) for address, lang in possible if certain or address == url or address in linked)


#: A site of which nothing is known.
NOWHERE: Final = Site()


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites that are known, by host; those of a user's own table stand before those that ship."""

    own: Mapping[str, Site] = field(default_factory=dict)

    @classmethod
    def with_table(cls, path: Path) -> Sites:
        """Add the sites of a table like `data/sites.tsv`; raises SitesError."""
        try:
            return cls(_sites(path.read_text("utf-8").splitlines(), str(path)))
        except (OSError, UnicodeDecodeError) as fault:
            raise SitesError(f"{path} cannot be read: {fault}: give a table like data/sites.tsv") from fault

    def of(self, url: str | None) -> Site:
        """Return what is known of the site of a URL: the row of the longest host name that fits, else the row `*`.

        >>> Sites().of("https://www.gov.kz/memleket/entities/mfa/press/news/details/1?lang=ru").alternates("https://www.gov.kz/1?lang=ru")[0]
        ('https://www.gov.kz/1?lang=kk', 'kk')
        """
        labels = (urlsplit(url).hostname or "").split(".") if url and is_url(url) else []
        for table in (self.own, _shipped()):
            for start in range(len(labels)):
                site = table.get(".".join(labels[start:]))
                if site:
                    return site
        return (self.own.get(_ANY) or _shipped().get(_ANY) or NOWHERE) if labels else NOWHERE

    def headed_by(self, line: str) -> Site | None:
        """Return the site whose releases are headed by such a line, as texts that were copied from it still are.

        >>> SITES.headed_by("03.10.2023, 18:34 15316").host
        'kt.kz'
        """
        known = (site for table in (self.own, _shipped()) for site in table.values() if site.dateline)
        return next((site for site in known if site.dateline and site.dateline.match(line.strip())), None)


#: The sites that ship with Elshi.
SITES: Final = Sites()


@cache
def _shipped() -> dict[str, Site]:
    return _sites(resource("data/sites.tsv").read_text("utf-8").splitlines(), "data/sites.tsv")


def _sites(lines: Iterable[str], where: str) -> dict[str, Site]:
    rows = csv.DictReader(
        (line for line in lines if line.strip() and not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""
    )
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise SitesError(f"{where} has other columns than {', '.join(_COLUMNS)}: give them in this order, tabs between them")
    return {row["host"]: _site({name: value.strip() for name, value in row.items()}, where) for row in rows}


def _site(row: Mapping[str, str], where: str) -> Site:
    codes = tuple(
        tuple((lang, code) for lang, _, code in (pair.partition(":") for pair in way.split()))
        for way in row["codes"].split(";")
        if way.strip()
    )
    alternatives = "|".join(dict.fromkeys(re.escape(code) for way in codes for _, code in way))
    try:
        return Site(
            row["host"], row["publisher"] or None, _pattern(row["releases"]),
            _pattern(row["versions"].replace("{lang}", f"(?P<lang>{alternatives})")), codes,
            row["body"] or None, row["title"] or None, row["date"] or None,
            _pattern(row["dateline"]), _pattern(row["drop"]), _pattern(row["ends"]),
        )  # fmt: skip
    except re.error as fault:
        raise SitesError(f"{where}: {row['host']} has a broken pattern: {fault}") from fault


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(text) if text else None

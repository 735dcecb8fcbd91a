"""URLs as sources: a page, a feed, a sitemap, a list or an archive at an address, to the pages it stands for."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from elshi.ingest.acquire import LARGEST, LONGEST_LIST, Failure, Found, Opener
from elshi.ingest.contents import JSON_LINES, ZIP, media_type, pages_from
from elshi.ingest.decode import Unreadable
from elshi.ingest.listing import links_of
from elshi.ingest.model import Known, Link, Page
from elshi.ingest.sites import SITES, Sites
from elshi.ingest.urls import normal_url
from elshi.ingest.web.body import inflated
from elshi.ingest.web.errors import Unreachable
from elshi.ingest.web.visits import Visit, Visits

if TYPE_CHECKING:
    from elshi.ingest.web.fetch import Fetched, Fetcher  # and requests: only once something is fetched

__all__ = ["Web"]

#: How deep lists may name lists: an index of sitemaps in a list of URLs.
_DEEPEST: Final = 3
_HTML: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!doctype html|<html|<head|<body)", re.IGNORECASE)
#: What servers call the kinds of page that are read.
_PAGES: Final = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
_LINES: Final = {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/jsonlines", "application/x-jsonlines"}
#: What says nothing about what it holds.
_UNTOLD: Final = {"", "application/octet-stream", "binary/octet-stream", "application/x-gzip", "application/gzip"}
READS: Final = "Elshi reads web pages, text, feeds, sitemaps, JSON lines and zip archives"


class Web:
    """Opens URLs, each once, asking for nothing that is known to be as it was."""

    def __init__(
        self, fetcher: Callable[[], Fetcher], visits: Visits | None = None, *, held: Callable[[str, str], bool] = lambda key, sha256: False,
        sites: Sites = SITES, since: str | None = None, match: str | None = None,
    ) -> None:  # fmt: skip
        """Begin a run.

        `fetcher` makes what pages are fetched with, once there is one to fetch; `held` tells whether the store still has the
        release of a key and text; `since` and `match` (a regular expression on URLs) say which of the pages that a list names
        are wanted.
        """
        self._make_fetcher, self._visits, self._held, self._sites = fetcher, visits or Visits(), held, sites
        self._since, self._match = since, re.compile(match) if match else None
        self._asked: set[str] = set()
        self._opened_too = ExitStack()

    @property
    def schemes(self) -> dict[str, Opener]:
        """What `acquire` needs to open URLs."""
        return {"http": self.open, "https": self.open}

    def open(self, link: Link) -> Iterator[Found]:
        """Yield what a URL stands for."""
        yield from self._opened(link, 0)

    def settle(self, page: str, key: str, sha256: str, *, kept: bool) -> None:
        """Remember what came of a page: one whose release was kept, in the store or its quarantine, need not be asked for again."""
        if kept:
            self._visits.settle(page, key, sha256)
        else:
            self._visits.forget(page)

    def close(self) -> None:
        """Keep what was learnt of lists, and let go of connections."""
        self._visits.close()
        self._opened_too.close()

    @cached_property
    def _fetcher(self) -> Fetcher:
        fetcher = self._make_fetcher()
        self._opened_too.callback(fetcher.close)
        return fetcher

    def _opened(self, link: Link, depth: int) -> Iterator[Found]:
        url = normal_url(link.url)
        if url in self._asked:
            return
        self._asked.add(url)
        visit = self._standing(url)
        if visit and link.stamp and visit.stamp == link.stamp:
            yield from self._as_before(visit, depth)
            return
        try:
            fetched = self._fetcher.get(
                url,
                largest=LARGEST if link.page else LONGEST_LIST,
                etag=visit.etag if visit else None,
                modified=visit.modified if visit else None,
            )
        except Unreachable as why:
            yield Failure(url, str(why), found=why.found)
            return
        if fetched is None and visit:
            yield from self._as_before(replace(visit, stamp=link.stamp), depth)
        elif fetched:
            yield from self._found(link, Visit(url, fetched.etag, fetched.modified, link.stamp), fetched, depth)

    def _standing(self, url: str) -> Visit | None:
        """What is known of a URL, unless the store has lost the release it gave."""
        visit = self._visits.get(url)
        return visit if visit and (not visit.key or self._held(visit.key, visit.sha256)) else None

    def _as_before(self, visit: Visit, depth: int) -> Iterator[Found]:
        """What a URL that has not changed stands for."""
        if visit.key:
            self._visits.due(visit.url, visit)
            yield Known(visit.url, visit.key, visit.sha256)
        else:
            self._visits.due_list(visit)
            yield from self._listed(visit.members, depth)

    def _found(self, link: Link, visit: Visit, fetched: Fetched, depth: int) -> Iterator[Found]:
        try:
            fetched = replace(fetched, body=inflated(fetched.body, largest=LONGEST_LIST))
            links = None if link.page else links_of(fetched.body, fetched.url)
        except Unreadable as why:
            yield Failure(visit.url, why.cause)
            return
        if links is None:
            yield from self._pages(link, visit, fetched)
        elif depth >= _DEEPEST:
            yield Failure(visit.url, f"a list in a list, {_DEEPEST} deep: name it itself")
        else:
            self._visits.due_list(replace(visit, members=links))
            yield from self._listed(links, depth)

    def _listed(self, links: Iterable[Link], depth: int) -> Iterator[Found]:
        for link in links:
            if self._wanted(link):
                yield from self._opened(link, depth + 1)

    def _wanted(self, link: Link) -> bool:
        """Whether a list's link is to be followed: dated late enough, as far as dates are known, and of a wanted address."""
        known = link.date or link.changed
        if self._since and known and max(known, link.changed or known) < self._since:
            return False
        if not link.page:
            return True
        return bool(self._match.search(link.url)) if self._match else self._sites.of(link.url).holds_release(link.url)

    def _pages(self, link: Link, visit: Visit, fetched: Fetched) -> Iterator[Found]:
        """The page that was fetched, or those of an archive or of JSON lines."""
        kind = _kind(fetched)
        if kind is None:
            yield Failure(visit.url, f"{fetched.media_type.split(';')[0]} is not read: {READS}")
        elif kind in (ZIP, JSON_LINES):
            for found in pages_from(io.BytesIO(fetched.body), visit.url, kind):
                yield Failure(found.name or visit.url, found.cause) if isinstance(found, Unreadable) else found
        elif len(fetched.body) > LARGEST:
            yield Failure(visit.url, f"{len(fetched.body) / 1e6:.1f} MB, over the limit of {LARGEST / 1e6:g} MB for one release")
        elif fetched.url == visit.url or fetched.url not in self._asked:
            self._asked.add(fetched.url)
            self._visits.due(fetched.url, visit)
            yield Page(
                name=fetched.url, body=fetched.body, media_type=_with_charset(kind, fetched.media_type), url=fetched.url,
                fetched=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), header_date=link.date, alternates=link.alternates,
            )  # fmt: skip


def _kind(fetched: Fetched) -> str | None:
    """The kind of a body: what its first bytes are beyond doubt, else what the server says, else what the address says."""
    stated = fetched.media_type.split(";")[0].strip().lower()
    name = urlsplit(fetched.url).path.rsplit("/", 1)[-1]
    if fetched.body.startswith(b"PK\x03\x04"):
        return ZIP if stated in _UNTOLD | {ZIP, "application/x-zip-compressed"} or name.endswith(".zip") else None
    named = media_type(name) if "." in name else None
    if stated in _LINES or named == JSON_LINES:
        return JSON_LINES
    if stated in _PAGES:
        return _PAGES[stated]
    if _HTML.match(fetched.body) and (stated in _UNTOLD or stated.endswith("xml")):
        return "text/html"
    return named or "text/plain" if stated in _UNTOLD else None


def _with_charset(kind: str, stated: str) -> str:
    """A kind with the charset that a server states beside its own name for it."""
    with suppress(ValueError):
        return f"{kind}; {stated[stated.lower().index('charset') :]}"
    return kind

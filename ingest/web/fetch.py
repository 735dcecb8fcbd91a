"""A page asked for over HTTP: patiently, politely, within limits, and never from a private network."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import requests
from requests import exceptions as fault
from urllib3 import exceptions as deep

from elshi import __version__
from elshi.ingest.urls import absolute, is_url
from elshi.ingest.web.body import ACCEPTED, BrokenBody, TooLarge, TooSlow, read_body
from elshi.ingest.web.errors import Passing, Unreachable
from elshi.ingest.web.gate import Gate, PrivateAddress, Resolve
from elshi.ingest.web.pace import Pace, seconds_to_wait
from elshi.ingest.web.robots import Robots

__all__ = ["Fetched", "Fetcher", "Manners"]

_HOPS: Final = 10
_PASSING: Final = {408, 425, 429, 500, 502, 503, 504}
_GONE: Final = {404, 410}


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked; times are in seconds."""

    agent: str = f"elshi/{__version__} (+https://w3id.org/elshi)"
    allow_private: bool = False
    robots: bool = True
    pace: float = 1.0  # between two requests to a host
    tries: int = 4
    backoff: float = 1.0  # before the second try; twice as long before each further one
    patience: float = 120.0  # the longest that a server is waited for when it asks to wait
    connect: float = 10.0
    read: float = 30.0  # between two pieces of an answer
    total: float = 120.0  # for a whole answer

    @property
    def name(self) -> str:
        """What robots.txt files call the agent."""
        return self.agent.split("/")[0].split()[0] if self.agent.split() else "elshi"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back for a URL."""

    url: str  # where redirects led
    body: bytes
    media_type: str  # as the server states it, its charset with it
    etag: str | None = None
    modified: str | None = None  # Last-Modified, as sent, where it tells this body from a later one


class Fetcher:
    """Asks for pages; remembers cookies, robots.txt files and when each host may be asked again."""

    def __init__(
        self, manners: Manners = Manners(), *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:  # fmt: skip
        """Begin with a clean slate."""
        self._manners = manners
        self._pace = Pace(manners.pace, patience=manners.patience, clock=clock, sleep=sleep)
        self._robots = Robots(manners.name, lambda url: self._followed(url, {}, 1_000_000, guarded=False).body)
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": manners.agent, "Accept-Encoding": ACCEPTED, "Accept-Language": "kk, ru, en"})
        gate = Gate(allow_private=manners.allow_private, headers=manners.total, resolve=resolve)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, gate)

    def get(self, url: str, *, largest: int, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """Return what a URL leads to; None when it is still what its `etag` and `modified` say. Raises Unreachable."""
        conditions = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        try:
            return self._followed(url, conditions, largest, guarded=True)
        except _Unchanged:
            if conditions:
                return None
            raise Unreachable("304 Not Modified, though nothing is known of it") from None

    def close(self) -> None:
        """Let go of every connection."""
        self._session.close()

    def _followed(self, url: str, headers: Mapping[str, str], largest: int, *, guarded: bool) -> Fetched:
        passed: list[str] = []
        while len(passed) <= _HOPS:
            self._admit(url, guarded=guarded and self._manners.robots)
            answer = self._tried(url, headers, largest)
            if isinstance(answer, Fetched):
                return answer
            passed.append(url)
            target = absolute(answer, url)
            if target is None:
                raise Unreachable(f"redirected to {answer[:100]}, which is no page on the web")
            url = target
        raise Unreachable("redirected in a circle" if url in passed else f"redirected more than {_HOPS} times")

    def _admit(self, url: str, *, guarded: bool) -> None:
        if not is_url(url):
            raise Unreachable("no http:// or https:// address")
        if urlsplit(url).password is not None:
            raise Unreachable("a password in an address would be kept in the graph: put it in ~/.netrc")
        gap = self._robots.check(url) if guarded else None
        if gap is not None:
            self._pace.slow(_host(url), gap)

    def _tried(self, url: str, headers: Mapping[str, str], largest: int) -> Fetched | str:
        """Ask until there is an answer that will not change by asking again: what was fetched, or where to look instead."""
        host = _host(url)
        for left in reversed(range(self._manners.tries)):
            self._pace.turn(host)
            try:
                answer = self._asked(url, headers, largest)
            except Passing as why:
                pause = why.wait or self._manners.backoff * 2 ** (self._manners.tries - 1 - left)
                self._pace.rest(host, pause)
                if left and pause <= self._manners.patience:
                    continue
                self._pace.note(host, answered=why.answered)
                raise
            self._pace.note(host, answered=True)
            return answer
        raise AssertionError("every try returns or raises")

    def _asked(self, url: str, headers: Mapping[str, str], largest: int) -> Fetched | str:
        until = time.monotonic() + self._manners.total
        with self._explained(until), self._session.get(
            url, headers=dict(headers), stream=True, allow_redirects=False, timeout=(self._manners.connect, self._manners.read)
        ) as answer:  # fmt: skip
            target = _judged(answer)
            return target or Fetched(
                url, read_body(answer, largest=largest, until=until), answer.headers.get("Content-Type", ""),
                answer.headers.get("ETag"), _telling(answer.headers),
            )  # fmt: skip

    @contextmanager
    def _explained(self, until: float) -> Iterator[None]:
        """Whatever goes wrong between here and the server, in words."""
        try:
            yield
        except (PrivateAddress, TooLarge) as why:
            raise Unreachable(str(why)) from why
        except BrokenBody as why:
            raise Passing(str(why), found=True, answered=True) from why
        except fault.SSLError as why:
            raise Unreachable(f"its certificate is not trusted: {_last(why)}", found=False) from why
        except (fault.InvalidURL, fault.InvalidHeader, fault.InvalidProxyURL, fault.MissingSchema, UnicodeError) as why:
            raise Unreachable(f"no address that can be asked: {_last(why)}", found=False) from why
        except (TooSlow, fault.RequestException, deep.HTTPError, OSError) as why:
            late = time.monotonic() > until or isinstance(why, TooSlow)
            raise Passing(f"no whole answer within {self._manners.total:g} s" if late else self._cause(why)) from why

    def _cause(self, why: Exception) -> str:
        text = _last(why)
        causes = (
            ((fault.ConnectTimeout, deep.ConnectTimeoutError), f"no connection within {self._manners.connect:g} s"),
            ((fault.ReadTimeout, deep.ReadTimeoutError), f"no answer within {self._manners.read:g} s"),
            ((fault.ProxyError,), f"the proxy does not let it pass: {text}"),
            ((fault.ChunkedEncodingError, deep.IncompleteRead), "the answer broke off"),
        )
        for kinds, words in causes:
            if isinstance(why, kinds):
                return words
        known = (("resolve", "no such host"), ("refused", "connection refused"), ("reset", "the connection was reset"),
                 ("unreachable", "no way to this host"), ("IncompleteRead", "the answer broke off"), ("timed out", "no answer in time"),
                 ("closed connection", "the server hung up without an answer"))  # fmt: skip
        return next((words for sign, words in known if sign in text), text or type(why).__name__)


class _Unchanged(Exception):  # noqa: N818  no error: the answer is that nothing has changed
    """The server says that what is known still stands."""


def _judged(answer: requests.Response) -> str | None:
    """Where a redirect leads, None for a page; raises what any other status means."""
    status = answer.status_code
    words = f"{status} {answer.reason or _phrase(status)}".strip()
    if status == HTTPStatus.NOT_MODIFIED:
        raise _Unchanged
    if status in (301, 302, 303, 307, 308):
        if not answer.headers.get("Location"):
            raise Unreachable(f"{words} without saying where to")
        # requests reads a header as Latin-1; what servers send unescaped is UTF-8
        return answer.headers["Location"].encode("latin-1", "replace").decode("utf-8", "replace")
    if status in _PASSING:
        wait = seconds_to_wait(answer.headers.get("Retry-After"))
        asks = f", asks to wait {wait:.0f} s" if wait else ""
        raise Passing(words + asks, wait=wait, answered=True)
    if status != HTTPStatus.OK:
        raise Unreachable(words, found=status not in _GONE)
    return None


def _telling(headers: Mapping[str, str]) -> str | None:
    """Last-Modified, unless the page may have changed again within the second it names (RFC 9110, 8.8.2.2)."""
    modified, sent = headers.get("Last-Modified"), headers.get("Date")
    try:
        fresh = modified and sent and parsedate_to_datetime(sent) - parsedate_to_datetime(modified) < timedelta(seconds=1)
    except (ValueError, TypeError):
        return modified
    return None if fresh else modified


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "an unknown answer"


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _last(why: BaseException) -> str:
    """The innermost words of an error that libraries wrapped in one another."""
    seen: BaseException = why
    while isinstance(seen, Exception):
        inner = getattr(seen, "reason", None) or next((arg for arg in seen.args if isinstance(arg, BaseException)), None)
        if not isinstance(inner, BaseException):
            break
        seen = inner
    return " ".join(str(seen).split())[:160]

"""The door to servers that speak SPARQL: queries, updates and whole graphs over HTTP, tried again where that may help."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from elshi import __version__
from elshi.store.base import QueryError, QueryTimeout, StoreError, StoreNotFound, StoreRejected
from elshi.store.endpoint import Endpoint

__all__ = ["Credentials", "Server"]

_ROWS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_BUSY: Final = frozenset({429, 502, 503, 504})
_REFUSED: Final = frozenset({400, 405, 406, 409, 413, 414, 415, 422})
_CONNECT: Final = 10.0  # seconds in which a server that runs has answered the knock
_WRITE: Final = 5.0  # times as long as for reading
_LONGEST_PAUSE: Final = 30.0
#: Some servers look at the first bytes to tell what they are given, and take a line longer than these for no RDF at all.
_SNIFFED: Final = 30_000
#: A whole number of ten digits or more that is said to be a decimal: as N-Triples and as JSON have it.
_LARGE: Final = re.compile(
    rb'"(?P<n>-?\d{10,})"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>'
    rb'|"datatype": "http://www\.w3\.org/2001/XMLSchema#decimal", "value": "(?P<m>-?\d{10,})"'
)
_PADDING: Final = f"#{' ' * 98}\n" * 1000


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or whoever holds a token."""

    user: str = ""
    password: str = ""
    token: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """Return those that the environment names."""
        return cls(*(environment.get(f"ELSHI_STORE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")))

    def __repr__(self) -> str:
        """Give nothing away."""
        return "Credentials(…)"

    def redacted(self, text: str) -> str:
        """Return a text without what is secret."""
        for secret in filter(None, (self.password, self.token)):
            text = text.replace(secret, "…")
        return text


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass(frozen=True, slots=True)
class _Call:
    """One request."""

    method: str
    url: str
    headers: Mapping[str, str]
    params: Mapping[str, str] | None = None
    data: bytes | Mapping[str, str] | None = None
    timeout: float = 60.0
    asks: bool = True  # whether it is a query


class Server:
    """A server, as its protocols show it. Every write is one that does no harm when it is made twice."""

    def __init__(
        self, endpoint: Endpoint, credentials: Credentials | None = None, *, attempts: int = 4, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Speak to an endpoint, trying up to `attempts` times with longer and longer pauses."""
        self.endpoint = endpoint
        self._credentials = Credentials.of(os.environ) if credentials is None else credentials
        self._attempts, self._pause = attempts, pause
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"elshi/{__version__}"
        self._session.auth = self._auth()

    def _auth(self) -> AuthBase | None:
        known = self._credentials
        if known.token:
            return _Bearer(known.token)
        if not known.user:
            return None
        return (HTTPDigestAuth if self.endpoint.auth == "digest" else HTTPBasicAuth)(known.user, known.password)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    # Queries and updates

    def ask(self, text: str, *, rows: bool = True, merged: bool = True, timeout: float | None = None) -> bytes:
        """Send a query and return rows as JSON, or triples as N-Triples; raises QueryError and QueryTimeout.

        `merged` says that its default graph is the merged one; a query that names every graph it asks needs none.
        """
        form = {"query": text}
        if merged and ":" in self.endpoint.merged:
            form["default-graph-uri"] = self.endpoint.merged
        accept = _ROWS if rows else _TRIPLES
        answer = self._send(_Call("POST", self.endpoint.query, {"Accept": accept}, data=form, timeout=timeout or self.endpoint.timeout))
        return self._mended(_whole(answer).content)

    def update(self, text: str) -> None:
        """Carry out a SPARQL update; raises StoreError."""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8", "Accept": "*/*"}
        self._send(self._write("POST", self.endpoint.update, headers, data=text.encode()))

    # Whole graphs

    def graph(self, name: str | None) -> str:
        """Return a named graph, or with None the default graph, as N-Triples; nothing where there is none."""
        url = self.endpoint.graphs if self._session.auth else self.endpoint.reading
        call = _Call("GET", url, {"Accept": _TRIPLES}, _graph(name), timeout=self.endpoint.timeout * _WRITE, asks=False)
        answer = self._send(call, allowed=(404,))
        return "" if answer.status_code == 404 else self._mended(answer.content).decode("utf-8")

    def put(self, name: str, triples: list[str]) -> None:
        """Make a graph hold exactly these triples, in one step."""
        self._send(self._write("PUT", self.endpoint.graphs, {"Content-Type": _TRIPLES}, _graph(name), _body(triples)))

    def post(self, name: str | None, triples: list[str]) -> None:
        """State triples in a graph, or with None in the default graph, beside what it holds."""
        self._send(self._write("POST", self.endpoint.graphs, {"Content-Type": _TRIPLES}, _graph(name), _body(triples)))

    def drop(self, name: str) -> None:
        """Remove a graph; it need not be there."""
        self._send(self._write("DELETE", self.endpoint.graphs, {}, _graph(name)), allowed=(404,))

    def _write(
        self, method: str, url: str, headers: Mapping[str, str], params: Mapping[str, str] | None = None, data: bytes | None = None
    ) -> _Call:
        return _Call(method, url, headers, params, data, self.endpoint.timeout * _WRITE, asks=False)

    def _mended(self, body: bytes) -> bytes:
        """Give whole numbers their type back where the server made decimals of large ones, in N-Triples or in JSON."""
        largest = self.endpoint.largest_integer
        if not largest:
            return body

        def mend(found: re.Match[bytes]) -> bytes:
            return found[0].replace(b"#decimal", b"#integer") if abs(int(found["n"] or found["m"])) > largest else found[0]

        return _LARGE.sub(mend, body)

    # Sending

    def _send(self, call: _Call, *, allowed: tuple[int, ...] = ()) -> requests.Response:
        for attempt in range(self._attempts):
            last = attempt == self._attempts - 1
            try:
                answer = self._session.request(
                    call.method, call.url, params=call.params, data=call.data, headers=dict(call.headers),
                    timeout=(min(_CONNECT, call.timeout), call.timeout), allow_redirects=False,
                )  # fmt: skip
            except requests.exceptions.ReadTimeout:
                raise self._late(call) from None
            except requests.exceptions.RequestException as fault:
                if last or not isinstance(fault, requests.exceptions.ConnectionError | requests.exceptions.ChunkedEncodingError):
                    raise StoreNotFound(f"{self.endpoint.name} cannot be reached ({_reason(fault)}): is the server running?") from None
                self._pause(_backoff(attempt))
                continue
            if answer.status_code < 300 or answer.status_code in allowed:
                return answer
            if last or not _may_pass(answer):
                raise self._failed(call, answer)
            self._pause(_backoff(attempt, answer.headers.get("Retry-After", "")))
        raise AssertionError("unreachable")

    def _late(self, call: _Call) -> QueryTimeout | StoreError:
        if call.asks:
            return QueryTimeout(f"no answer from {self.endpoint.name} in {call.timeout:g} s: narrow the query or raise --timeout")
        return StoreError(
            f"{self.endpoint.name} did not answer in {call.timeout:g} s: what it was sent may or may not be there; run again, "
            "or add timeout=SECONDS to the URL"
        )

    def _failed(self, call: _Call, answer: requests.Response) -> QueryError | StoreError:
        name, status = self.endpoint.name, answer.status_code
        said = self._credentials.redacted(_first_words(answer))
        if status in (401, 403):
            return StoreNotFound(
                f"{name} does not let you in (HTTP {status}): set ELSHI_STORE_USER and ELSHI_STORE_PASSWORD, or ELSHI_STORE_TOKEN; "
                f"say auth=digest or auth=basic in the URL"
            )
        if 300 <= status < 400:
            target = urlsplit(answer.headers.get("Location", ""))
            return StoreNotFound(f"{name} has moved to {target.scheme}://{target.hostname}{target.path} (HTTP {status}): give that address")
        if status == 404:
            return StoreNotFound(f"{name} has nothing at {urlsplit(call.url).path} (HTTP 404): check the URL of the store and its server=")
        if call.asks:
            return QueryError(f"{name} cannot answer the query (HTTP {status}): {said}")
        if status in _REFUSED:
            return StoreRejected(f"{name} would not take what it was sent (HTTP {status}): {said}")
        return StoreError(f"{name} failed while it was written to (HTTP {status}): {said}: run again when it is well")


def _graph(name: str | None) -> dict[str, str]:
    return {"default": ""} if name is None else {"graph": name}


def _body(triples: list[str]) -> bytes:
    """N-Triples, the longest line last, behind a long comment where a line is so long that it would not be taken for RDF."""
    lines = sorted(triples, key=len)
    padding = _PADDING if lines and len(lines[-1]) > _SNIFFED else ""
    return "\n".join([padding, *lines, ""]).encode()


def _whole(answer: requests.Response) -> requests.Response:
    """Refuse an answer that the server cut short, as Virtuoso says in a header of its own."""
    limit = answer.headers.get("X-SPARQL-MaxRows", "")
    if limit:
        raise QueryError(
            f"the server cuts answers after {limit} rows: raise its limit (Virtuoso: ResultSetMaxRows), or ask for less with LIMIT"
        )
    return answer


def _may_pass(answer: requests.Response) -> bool:
    return answer.status_code in _BUSY or answer.status_code == 500 and "deadlock" in answer.text[:2000].lower()


def _backoff(attempt: int, asked: str = "") -> float:
    wanted = float(asked) if asked.isdigit() else 0.5 * 2**attempt
    return min(wanted, _LONGEST_PAUSE)


def _first_words(answer: requests.Response) -> str:
    text = " ".join(re.sub(r"<[^>\s][^>]*>", " ", answer.text[:2000]).split())
    return text[:160] or answer.reason or "no reason given"


def _reason(fault: BaseException) -> str:
    """The innermost cause, in a word or two."""
    seen = str(fault)
    for known in (
        "Connection refused",
        "Name or service not known",
        "certificate verify failed",
        "timed out",
        "reset by peer",
        "Network is unreachable",
    ):
        if known.lower() in seen.lower():
            return known.lower()
    return type(fault).__name__

"""The query operation of the SPARQL 1.1 Protocol: what a request asks for, or the status that says why it asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from elshi import ElshiError

__all__ = ["DIRECT", "FORM", "Operation", "Refused", "fields", "operation"]

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_UTF8: Final = ("utf-8", "utf8", "us-ascii")
#: What asks for something of the store; a GET with none of them asks what the service is.
_ASKING: Final = frozenset({"query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"})
_MOST: Final = 10_000  # parameters


class Refused(ElshiError):
    """A request that is not answered: the HTTP status, and a sentence that says why."""

    def __init__(self, status: int, sentence: str, *, retry_after: int | None = None) -> None:
        """Refuse with a status; `retry_after` says in how many seconds another try may do better."""
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, and the dataset that the protocol names for it."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None  # a format's name, given as `format=` where a link cannot send Accept

    @property
    def has_dataset(self) -> bool:
        """Whether the protocol names a dataset, which then stands in place of the query's own."""
        return bool(self.default_graphs or self.named_graphs)


def operation(method: str, query_string: bytes, content_type: str | None = None, body: bytes = b"") -> Operation | None:
    """Return the query operation that a request is, None for a GET that asks nothing: it is given the service description.

    Raises Refused with 400, 405 or 415.
    """
    if method in ("GET", "HEAD"):
        given = fields(query_string)
        return _operation(given) if any(name in _ASKING for name, _ in given) else None
    if method != "POST":
        raise Refused(405, f"{method} is no operation of a SPARQL endpoint: ask with GET or POST")
    kind, *parameters = (each.strip().lower() for each in (content_type or "").split(";"))
    charset = next((value.strip('"') for name, _, value in (each.partition("=") for each in parameters) if name == "charset"), "utf-8")
    if charset not in _UTF8:
        raise Refused(415, f"queries are read as UTF-8, not as {charset[:40]}: send UTF-8")
    return _posted(kind, query_string, body)


def _posted(kind: str, query_string: bytes, body: bytes) -> Operation:
    if kind == FORM:
        return _operation([*fields(query_string), *fields(body)])
    if kind == DIRECT:
        return _operation([*fields(query_string), ("query", _text(body))])
    if kind == _UPDATE:
        raise Refused(415, "this endpoint is read-only: updates are not accepted")
    named = f"{kind[:80]} is no way to send a query" if kind else "the request does not say what it sends"
    raise Refused(415, f"{named}: POST it as {FORM} or as {DIRECT}")


def _operation(given: Sequence[tuple[str, str]]) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    if values("update"):
        raise Refused(400, "this endpoint is read-only: updates are not accepted")
    queries = values("query")
    if len(queries) != 1:
        said = f"{len(queries)} queries" if queries else "no query"
        raise Refused(400, f"the request has {said}: give exactly one `query` parameter")
    if not queries[0].strip():
        raise Refused(400, "the query is empty: give one in SPARQL")
    defaults, named = (tuple(_absolute(iri) for iri in values(name) if iri) for name in ("default-graph-uri", "named-graph-uri"))
    return Operation(queries[0], defaults, named, next(iter(values("format")), None))


def _absolute(iri: str) -> str:
    if ":" not in iri or any(mark in iri for mark in '<>"{}|^`\\ \n\t'):
        raise Refused(400, f"{iri!r} is not the IRI of a graph: write it in full")
    return iri


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a query string or a form, decoded; raises Refused with 400."""
    text = _text(encoded)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as fault:
        raise Refused(400, "the parameters are not percent-encoded UTF-8: encode them so") from fault
    except ValueError as fault:
        raise Refused(400, f"the request has more than {_MOST} parameters: send fewer") from fault


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused(400, "the request is not UTF-8: send it so") from fault
    if "\0" in text:
        raise Refused(400, "the request holds NUL characters: is it UTF-16? Send UTF-8")
    return text

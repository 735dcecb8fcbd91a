"""Where a remote store is: the addresses of its protocols, how it keeps the merged graph, and what it is known to do its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from elshi import resource
from elshi.store.base import StoreNotFound

__all__ = ["CHANGING", "WRITERS", "Endpoint", "endpoint_of"]

#: The graph in which a writer notes what it is about to change; it is empty while nobody writes.
CHANGING: Final = "urn:x-elshi:changing"
#: The graph in which those who want to write say so.
WRITERS: Final = "urn:x-elshi:writers"
_PARAMETERS: Final = ("server", "update", "graph-store", "merged", "auth", "answers", "timeout")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of a server that speaks SPARQL, and its ways."""

    name: str  # for messages: neither parameters nor credentials
    query: str
    update: str
    graphs: str  # of the Graph Store Protocol
    reading: str  # the same, for those who only read
    merged: str  # the default graph is the "union" of the named ones; or we fill the server's "default" graph, or the graph of this IRI
    auth: str  # basic or digest
    answers: str  # "there"; or "here" for queries that the server is known to get wrong
    longest_iri: int  # in bytes; 0 for no limit
    largest_integer: int  # a larger one comes back as a decimal; 0 for no limit
    hidden: tuple[str, ...]  # named graphs that are the server's own or ours for keeping books
    timeout: float  # seconds without a sign of life


def endpoint_of(location: str) -> Endpoint:
    """Read the URL of a store; raises StoreNotFound for one that names no server or says what is not understood.

    >>> found = endpoint_of("sparql+http://localhost:3030/press?server=fuseki")
    >>> found.query, found.graphs, found.merged
    ('http://localhost:3030/press/query', 'http://localhost:3030/press/data', 'default')
    """
    scheme, host, path, query, _ = urlsplit(location)
    if "@" in host:
        raise StoreNotFound(
            "the URL of the store holds a user or password: set ELSHI_STORE_USER and ELSHI_STORE_PASSWORD, and leave them out of it"
        )
    if not host:
        raise StoreNotFound(f"{scheme}: names no server: write {scheme}://HOST/PATH")
    base = urlunsplit((scheme.removeprefix("sparql+"), host, path, "", ""))
    pairs = parse_qsl(query, keep_blank_values=True)
    said = {name: value for name, value in pairs if name in _PARAMETERS}
    rest = urlencode([(name, value) for name, value in pairs if name not in _PARAMETERS])
    ways = _ways(said.get("server", "plain"))
    addresses = {
        "query": _address(base, ways["query"]),
        "update": _address(base, said.get("update", ways["update"])),
        "graphs": _address(base, said.get("graph-store", ways["graphs"])),
        "reading": _address(base, said.get("graph-store", ways["reading"])),
    }
    merged = said.get("merged", ways["merged"])
    ours = (WRITERS, *(() if merged == "union" else (CHANGING,) if merged == "default" else (CHANGING, merged)))
    return Endpoint(
        name=base, **{kind: f"{url}?{rest}" if rest else url for kind, url in addresses.items()}, merged=merged,
        auth=_one_of("auth", said.get("auth", ways["auth"]), "basic", "digest"),
        answers=_one_of("answers", said.get("answers", ways["answers"]), "there", "here"),
        longest_iri=int(ways["longest_iri"]), largest_integer=int(ways["largest_integer"]),
        hidden=(*ours, *ways["hidden"].split()), timeout=_seconds(said.get("timeout", "60")),
    )  # fmt: skip


@cache
def _servers() -> Mapping[str, Mapping[str, str]]:
    lines = [line for line in resource("store/servers.tsv").read_text("utf-8").split("\n") if line and not line.startswith("#")]
    header, *rows = (line.split("\t") for line in lines)
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def _ways(server: str) -> Mapping[str, str]:
    try:
        return _servers()[server]
    except KeyError:
        raise StoreNotFound(f"server={server} is not known: leave it out or write one of {', '.join(_servers())}") from None


def _address(base: str, said: str) -> str:
    """The address that a full URL, a path from the host, or one further down from the base stands for."""
    if "://" in said:
        return said
    parts = urlsplit(base)
    if said.startswith("/"):
        return urlunsplit((parts.scheme, parts.netloc, said, "", ""))
    return f"{base.rstrip('/')}/{said}" if said else base


def _one_of(name: str, value: str, *allowed: str) -> str:
    if value not in allowed:
        raise StoreNotFound(f"{name}={value} is not understood: write {' or '.join(allowed)}")
    return value


def _seconds(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise StoreNotFound(f"timeout={value} is no number of seconds") from None

"""What a store is, whoever keeps it: releases' graphs go in whole, rows come out."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Literal, NamedTuple, Protocol, Self, TypeVar, cast
from urllib.parse import quote, urlsplit

from elshi import ElshiError

__all__ = [
    "PAST",
    "Answer",
    "Change",
    "Opener",
    "QueryError",
    "QueryTimeout",
    "Row",
    "StoreError",
    "StoreLocked",
    "StoreNotFound",
    "StoreRejected",
    "Table",
    "Term",
    "Triples",
    "View",
    "Writer",
    "beside",
    "folder_of",
    "is_past",
    "open_view",
    "open_writer",
    "within",
]

T = TypeVar("T")
#: Entry points of this group open stores; their names are URL schemes, "file" the one of a bare path.
GROUP: Final = "elshi.stores"
#: In the IRI of a named graph: it holds a past version of a release, which the default graph leaves out.
PAST: Final = "version/"
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)  # two letters at least: `C:` is a drive


class StoreError(ElshiError):
    """A store that cannot do what was asked."""


class StoreLocked(StoreError):
    """A store that another process is writing to."""


class StoreNotFound(StoreError):
    """No store where one was named, or none that lets one in."""


class StoreRejected(StoreError):
    """Something that a store would not take, though it takes others."""


class QueryError(ElshiError):
    """A query that is wrong, or that the store could not answer."""


class QueryTimeout(QueryError):
    """A query that took longer than it was given."""


class Term(NamedTuple):
    """An RDF term in an answer."""

    kind: Literal["iri", "bnode", "literal", "triple"]
    value: str
    lang: str | None = None
    datatype: str | None = None  # an IRI; None for a plain or a tagged string


#: One row of an answer; None where a variable is unbound.
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to SELECT; rows come as they are found."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE, each triple a line of N-Triples."""

    lines: Iterable[str]


#: What a query gives: a table, triples, or whether it is so.
Answer = Table | Triples | bool


@dataclass(frozen=True, slots=True)
class Change:
    """What replacing a graph did, in N-Triples; nothing when it was the same already."""

    added: Set[str] = frozenset()
    removed: Set[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


class View(Protocol):
    """A store to read from. Its default graph holds every triple of the named graphs once, but for past versions."""

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None, timeout: float | None = None) -> Answer:
        """Answer SPARQL; raises QueryError, or QueryTimeout after `timeout` seconds."""

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs, in sorted order."""

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """Yield the N-Quads lines of one named graph or of all of them, line ends left off."""

    def dump(self, out: BinaryIO, media_type: str, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Write the store out: every named graph where the format has graphs, else every triple once."""

    def close(self) -> None:
        """Let go of the store."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Writer(View, Protocol):
    """A store to write to; each call takes place as a whole or not at all, and readers never see a half of it."""

    def replace(self, graph: str, rows: str) -> Change:
        """Make a named graph hold exactly these N-Quads; a store that holds them already is left untouched."""

    def remove(self, graph: str) -> bool:
        """Drop a named graph and what it alone stated; tell whether it was there."""

    def add(self, rows: str) -> int:
        """State more N-Quads, each in the graph it names; return how many were new."""

    def discard(self, rows: str) -> int:
        """Take N-Quads back; return how many were there."""

    def gather(self) -> None:
        """Let what is added from now on be written together, at the latest by `settle` or `publish`; whoever asks the writer sees it at once."""

    def settle(self) -> None:
        """Write what waits for it, as a whole or not at all; where it is very much, what is only added comes first, and each graph stays whole."""

    def publish(self) -> None:
        """Let readers that open the store from now on see what has been written."""

    def backup(self, destination: Path) -> None:
        """Write a copy of the store into a folder that does not exist yet."""


class Opener(Protocol):
    """What an entry point of the group is: it opens the stores of one URL scheme."""

    def writer(self, location: str) -> Writer:
        """Open a store for writing, making it when it is not there; raises StoreLocked, StoreError."""

    def view(self, location: str) -> View:
        """Open a store for reading; raises StoreNotFound, StoreLocked, StoreError."""


def open_writer(location: str) -> Writer:
    """Open the store at a path or URL for writing, making it when it is not there."""
    return _opener(location).writer(location)


def open_view(location: str) -> View:
    """Open the store at a path or URL for reading; raises StoreNotFound where there is none."""
    return _opener(location).view(location)


def folder_of(location: str) -> Path | None:
    """Return the folder of a store on disk, None for one that is kept elsewhere.

    >>> folder_of("my-store").name, folder_of("memory:")
    ('my-store', None)
    """
    scheme = _scheme(location)
    return Path(location.removeprefix("file://").removeprefix("file:")) if scheme == "file" else None


def is_past(graph: str) -> bool:
    """Tell whether a named graph holds an earlier version of a release: what it states stands in no default graph.

    >>> is_past("https://example.org/id/version/x~abc"), is_past("https://example.org/id/graph/x")
    (True, False)
    """
    return f"/{PAST}" in graph


def beside(location: str) -> Path | None:
    """Return where what belongs to a store is kept beside it, quarantine and journals: for one on a server, in the user's data.

    >>> beside("my-store").name, beside("memory:")
    ('my-store', None)
    """
    folder = folder_of(location)
    if folder is not None or _scheme(location) == "memory":
        return folder
    import platformdirs

    address = urlsplit(location)
    return (
        Path(platformdirs.user_data_dir("elshi")) / "servers" / quote(f"{address.hostname}-{address.port or ''}{address.path}", safe="-._")
    )


def _scheme(location: str) -> str:
    match = _SCHEME.match(location)
    return match[1].lower() if match else "file"


def _opener(location: str) -> Opener:
    scheme = _scheme(location)
    known = {point.name: point for point in entry_points(group=GROUP)}
    if scheme not in known:
        raise StoreNotFound(f"no store is known for {location}: give a folder or a URL that starts with one of {', '.join(sorted(known))}")
    return cast(Opener, known[scheme].load())


def within(seconds: float, ask: Callable[[], T]) -> T:
    """Answer in time or raise QueryTimeout; a query cannot be stopped, so its thread is left behind to end with the process."""
    outcome: list[T | BaseException] = []

    def work() -> None:
        try:
            outcome.append(ask())
        except BaseException as fault:  # handed to the one who asked
            outcome.append(fault)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise QueryTimeout(f"no answer in {seconds:g} s: narrow the query or raise --timeout")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]

"""A query answered over a snapshot, within limits: what a worker process does, and nothing else."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Literal, cast

import pyoxigraph as ox

__all__ = ["Limits", "Reply", "Task", "work"]

#: What stands once in every row of a table in each format, so that rows are counted as they are written.
_ROW: Final[Mapping[str, bytes]] = {
    "text/csv": b"\r\n", "text/tab-separated-values": b"\n", "application/sparql-results+xml": b"<result>",
    "application/sparql-results+json": b"}},{\"",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float = 30.0
    memory: int = 1 << 30  # bytes beside what a worker needs anyway
    rows: int = 200_000
    bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """A query to answer."""

    snapshot: str  # the folder of the database
    query: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    dataset: bool = False  # whether the two above stand in place of the query's own dataset
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a task."""

    outcome: Literal["done", "malformed", "too large", "failed"]
    body: bytes = b""
    sentence: str = ""


class _TooLarge(Exception):
    """An answer over a limit."""


class _Sink(io.RawIOBase):
    """Keeps what is written until a limit is passed."""

    def __init__(self, limits: Limits, media_type: str) -> None:
        self.body = bytearray()
        self._limits = limits
        self._mark = _ROW.get(media_type)
        self._rows = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        seen = max(0, len(self.body) - len(self._mark or b"") + 1)
        self.body += data
        if self._mark:
            self._rows += self.body.count(self._mark, seen)
            if self._rows > self._limits.rows:
                raise _TooLarge(f"the answer has more than {self._limits.rows} rows: add LIMIT, or ask for less")
        if len(self.body) > self._limits.bytes:
            raise _TooLarge(f"the answer is larger than {self._limits.bytes >> 20} MB: add LIMIT, or ask for less")
        return len(data)


def work(pipe: Connection, limits: Limits) -> None:
    """Answer tasks that come through a pipe until it is closed."""
    store: ox.Store | None = None
    opened = ""
    _limit_memory(limits.memory)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            task = cast(Task, pipe.recv())
            try:
                if store is None or opened != task.snapshot:
                    store, opened = ox.Store.read_only(task.snapshot), task.snapshot
                reply = answered(store, task, limits)
            except OSError as fault:
                reply = Reply("failed", sentence=f"the store cannot be read: {_one_line(fault)}")
            pipe.send(reply)


def answered(store: ox.Store, task: Task, limits: Limits) -> Reply:
    """Answer a query in the format asked for."""
    sink = _Sink(limits, task.media_type)
    try:
        _write(_asked(store, task), sink, task, limits)
    except _TooLarge as fault:
        return Reply("too large", sentence=str(fault))
    except (SyntaxError, ValueError) as fault:
        return Reply("malformed", sentence=f"the query cannot be read: {_one_line(fault)}")
    except (OSError, RuntimeError) as fault:
        return Reply("failed", sentence=f"the query failed: {_one_line(fault)}")
    return Reply("done", bytes(sink.body))


def _asked(store: ox.Store, task: Task) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if not task.dataset:
        return store.query(task.query, prefixes=dict(task.prefixes))
    return store.query(
        task.query,
        prefixes=dict(task.prefixes),
        default_graph=[ox.NamedNode(iri) for iri in task.default_graphs],
        named_graphs=[ox.NamedNode(iri) for iri in task.named_graphs],
    )


def _write(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, sink: _Sink, task: Task, limits: Limits) -> None:
    if not isinstance(result, ox.QueryTriples):
        result.serialize(sink, format=ox.QueryResultsFormat.from_media_type(task.media_type))
        return
    format = ox.RdfFormat.from_media_type(task.media_type)
    assert format is not None, "the server offers only formats there are"
    lean = {} if format == ox.RdfFormat.RDF_XML else dict(task.prefixes)
    ox.serialize(cast(Iterable[ox.Triple], _counted(result, limits)), sink, format=format, prefixes=lean)


def _counted(triples: Iterable[ox.Triple], limits: Limits) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number >= limits.rows:
            raise _TooLarge(f"the answer has more than {limits.rows} triples: add LIMIT, or ask for less")
        yield triple


def _limit_memory(room: int) -> None:
    """Let this process grow by so many bytes and no more, where the system knows how (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + room, now + room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:400]

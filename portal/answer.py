"""A query answered over a snapshot, within limits: what a worker process does, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Literal, cast

import pyoxigraph as ox

from elshi.portal.merged import merged, said_graphs
from elshi.portal.sink import Sink, TooLarge

__all__ = ["Limits", "Reply", "Task", "work"]

#: What a query gives.
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


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
    graphs: str = ""  # the query for the query's own dataset, where that has to be merged
    prefixes: Mapping[str, str] = field(default_factory=dict)
    base_iri: str | None = None  # against which relative IRIs are resolved


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a task."""

    outcome: Literal["done", "malformed", "too large", "failed", "gone"]
    body: bytes = b""
    sentence: str = ""  # for the client: nothing of the machine is in it
    detail: str = ""  # for the log


def work(pipe: Connection, limits: Limits) -> None:
    """Answer tasks that come through a pipe until it is closed, or the server is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches every process; the server ends its own
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    store: ox.Store | None = None
    opened = ""
    with suppress(EOFError, BrokenPipeError):
        pipe.send(None)  # here it is
        while True:
            task = cast(Task, pipe.recv())
            try:
                if store is None or opened != task.snapshot:
                    store, opened = None, ""  # one at a time
                    store, opened = _opened(task.snapshot, limits.memory), task.snapshot
                reply = answered(store, task, limits)
            except OSError as fault:  # the snapshot has been taken away for a newer one
                reply = Reply("gone", sentence="the store cannot be read just now: try again", detail=_one_line(fault))
            pipe.send(reply)


def answered(store: ox.Store, task: Task, limits: Limits) -> Reply:
    """Answer a query in the format asked for."""
    sink = Sink(task.media_type, rows=limits.rows, bytes=limits.bytes)
    try:
        _write(_asked(store, task), sink, task, limits)
        return Reply("done", bytes(sink.body))
    except TooLarge as fault:
        return Reply("too large", sentence=str(fault))
    except MemoryError:
        return Reply("too large", sentence=f"the answer needs more than {limits.memory >> 20} MB of memory: add LIMIT, or ask for less")
    except (SyntaxError, ValueError) as fault:
        return Reply("malformed", sentence=f"the query cannot be read: {_one_line(fault)}")
    except (OSError, RuntimeError) as fault:
        return Reply(
            "failed", sentence="the query failed while it was answered: ask it in another way, or try again", detail=_one_line(fault)
        )


def _asked(store: ox.Store, task: Task) -> Result:
    known = dict(task.prefixes)
    default, named = task.default_graphs, task.named_graphs
    if task.graphs and not task.dataset:
        default, named = said_graphs(task.graphs, prefixes=known, base_iri=task.base_iri)
    elif not task.dataset:
        return store.query(task.query, base_iri=task.base_iri, prefixes=known)
    if len(default) > 1:
        return merged(store, default, named).query(
            task.query,
            base_iri=task.base_iri,
            prefixes=known,
            default_graph=ox.DefaultGraph(),
            named_graphs=[ox.NamedNode(iri) for iri in named],
        )
    return store.query(
        task.query,
        base_iri=task.base_iri,
        prefixes=known,
        default_graph=[ox.NamedNode(iri) for iri in default],
        named_graphs=[ox.NamedNode(iri) for iri in named],
    )


def _write(result: Result, sink: Sink, task: Task, limits: Limits) -> None:
    out = cast(IO[bytes], sink)
    if not isinstance(result, ox.QueryTriples):
        result.serialize(out, format=ox.QueryResultsFormat.from_media_type(task.media_type))
        return
    format = ox.RdfFormat.from_media_type(task.media_type)
    assert format is not None, "the server offers only formats there are"
    known = {} if format == ox.RdfFormat.RDF_XML else dict(task.prefixes)
    ox.serialize(cast(Iterable[ox.Triple], _counted(result, limits)), out, format=format, prefixes=known)
    if format == ox.RdfFormat.TURTLE:
        sink.body = _lean(bytes(sink.body))


def _lean(turtle: bytes) -> bytearray:
    """Leave out the prefixes that nothing uses: Oxigraph declares all it is given, before it knows."""
    declared = re.match(rb"(?:@prefix [^\n]*\n)*", turtle)
    body = turtle[declared.end() :] if declared else turtle
    lines = (declared[0] if declared else b"").splitlines(keepends=True)
    return bytearray(b"".join(line for line in lines if line.split()[1] in body) + body)


def _counted(triples: Iterable[ox.Triple], limits: Limits) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number >= limits.rows:
            raise TooLarge(f"the answer has more than {limits.rows} triples: add LIMIT, or ask for less")
        yield triple


def _opened(snapshot: str, room: int) -> ox.Store:
    """Open a snapshot; from then on this process may grow by so many bytes and no more, where the system knows how (Linux)."""
    if sys.platform != "linux":
        return ox.Store.read_only(snapshot)
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    store = ox.Store.read_only(snapshot)
    store.query("ASK { ?s ?p ?o }")  # what every query needs is there after the first
    now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + room if most < 0 else min(now + room, most), most))
    return store


def _end_with_the_server() -> None:
    """A server that was killed cannot end its workers, and a query may go on for ever."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:400]

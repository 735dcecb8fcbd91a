"""Oxigraph in this process: on disk or in memory, every triple of the named graphs once more in the default graph."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self, TypeVar, cast

import pyoxigraph as ox

from elshi.ontology.graph import in_lines
from elshi.store.base import Answer, Change, StoreError, StoreLocked, is_past, within
from elshi.store.canonical import canonical_lines, plain_graph, quads_in
from elshi.store.oxigraph import FORMATS, answer, bulk, changed, commit, parted, refused, unwritten
from elshi.store.waiting import Waiting

__all__ = ["EmbeddedStore", "Keeper"]

_DEFAULT: Final = ox.DefaultGraph()
_ANY: Final = (None, None, None)
#: Lines from which on writing in bulk, which makes files of its own, takes less than a transaction.
BULK: Final = 4_000
T = TypeVar("T")


class Keeper(Protocol):
    """Who looks after the readers of a store."""

    def unpublished(self) -> None:
        """Note that from now on the store holds more than readers see."""

    def publish(self, store: EmbeddedStore) -> None:
        """Let readers see what the store holds."""


class EmbeddedStore:
    """A Writer over Oxigraph.

    Reading and writing may happen in different threads; writes wait for each other. Its keeper, where it has one, sees to it
    that readers in other processes come to see what was written.
    """

    def __init__(self, store: ox.Store, *, keeper: Keeper | None = None, unpublished: bool = False, on_disk: bool = False) -> None:
        """Take an open Oxigraph store over; `unpublished` says that it already holds what readers do not see."""
        self._open: ox.Store | None = store
        self._keeper, self._unpublished, self._on_disk = keeper, unpublished, on_disk
        self._writing = threading.RLock()
        self._waiting: Waiting | None = None

    @classmethod
    def empty(cls) -> EmbeddedStore:
        """Make a store in memory."""
        return cls(ox.Store())

    def in_memory(self) -> EmbeddedStore:
        """Return a copy in memory: lookups are as fast as on disk, what walks the whole store several times faster."""
        copy = ox.Store()
        copy.bulk_extend(self._whole)
        return EmbeddedStore(copy)

    @classmethod
    def at(cls, folder: Path, *, keeper: Keeper | None = None, unpublished: bool = False) -> EmbeddedStore:
        """Open the database in a folder for writing; raises StoreLocked while another process has it open."""
        try:
            store = ox.Store(str(folder))
        except OSError as fault:
            if "lock" in str(fault).lower():
                raise StoreLocked(f"{folder.parent} is being written by another process: try again when it has finished") from fault
            raise refused(f"{folder} cannot be opened", fault, "restore the store from a backup") from fault
        for orphan in folder.glob("bulk-*.sst"):  # what an interrupted bulk load leaves for ever
            orphan.unlink()
        return cls(store, keeper=keeper, unpublished=unpublished, on_disk=True)

    @classmethod
    def frozen(cls, folder: Path) -> EmbeddedStore:
        """Open a database that nobody writes to, for reading only."""
        try:
            return cls(ox.Store.read_only(str(folder)), on_disk=True)
        except OSError as fault:
            raise refused(f"{folder} cannot be opened", fault, "restore the store from a backup") from fault

    @property
    def _store(self) -> ox.Store:
        if self._open is None:
            raise StoreError("this store has been closed: open it again")
        return self._open

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Publish what was written and let go of the store; closing twice does nothing."""
        try:
            if self._open is not None:
                self.publish()
        finally:  # a full disk may refuse to publish; the lock must go all the same
            self._open = None

    # Reading

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None, timeout: float | None = None) -> Answer:
        """Answer SPARQL; raises QueryError, or QueryTimeout when the rows are not all there after `timeout` seconds."""
        if timeout is None:
            return answer(self._whole, text, prefixes, order=self._on_disk)
        return within(timeout, lambda: answer(self._whole, text, prefixes, whole=True, order=self._on_disk))

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs, in sorted order."""
        yield from sorted(graph.value for graph in self._whole.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """Yield the N-Quads lines of one named graph or of all of them."""
        lines = (f"{quad} .\n" for quad in self._named()) if graph is None else self._lines(graph)
        yield from (line.removesuffix("\n") for line in lines)

    def dump(self, out: BinaryIO, media_type: str, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Write every named graph in a format that has graphs, every triple once in the others."""
        format = FORMATS.get(media_type)
        if format is None:
            raise StoreError(f"a store cannot be written as {media_type}: choose one of {', '.join(FORMATS)}")
        named = format.supports_datasets and format != ox.RdfFormat.JSON_LD
        quads = self._named() if named else (quad.triple for quad in self._whole.quads_for_pattern(*_ANY, _DEFAULT))
        ox.serialize(cast(Iterable[ox.Quad], quads), out, format=format, prefixes=dict(prefixes or {}))

    def _named(self) -> Iterator[ox.Quad]:
        for name in self.graphs():
            yield from self._store.quads_for_pattern(*_ANY, ox.NamedNode(name))

    def _stored(self, graph: str) -> Iterator[str]:
        """The lines of a named graph as far as they are written."""
        return (f"{quad} .\n" for quad in self._store.quads_for_pattern(*_ANY, ox.NamedNode(graph)))

    def _lines(self, graph: str) -> Iterable[str]:
        """The lines of a named graph, those that wait among them; nothing need be written for it."""
        if self._waiting is None:
            return self._stored(graph)
        whole = self._waiting.whole(graph)
        if whole is None:
            return self._waiting.seen(graph, self._stored(graph)) if self._waiting.touches(graph) else self._stored(graph)
        return whole

    # Writing

    def replace(self, graph: str, rows: str) -> Change:
        """Make a named graph hold exactly these N-Quads; a store that holds them already is left untouched."""
        with self._writing:
            if self._waiting is not None and self._unknown(graph) and plain_graph(rows) == graph:
                self._waiting.begin(graph, rows)
                return changed(graph, rows, ())
            new = canonical_lines(rows)
            stray = {name for name in new.values() if name != graph}
            if stray:
                raise StoreError(f"statements of {min(stray) or 'no graph'} cannot replace {graph}: give each graph its own rows")
            if self._waiting is not None and (self._waiting.begun(graph) or self._unknown(graph)):
                return changed(graph, *self._waiting.put(graph, new))
            stored = set(self._stored(graph))
            old = set(self._waiting.seen(graph, stored)) if self._waiting is not None else stored
            if self._waiting is not None and new:
                self._waiting.turn(graph, stored, new)
            else:
                self.settle()
                self._write(new.keys() - old, old - new.keys())
                if old and not new:
                    self._store.remove_graph(ox.NamedNode(graph))
        return changed(graph, new.keys() - old, old - new.keys())

    def remove(self, graph: str) -> bool:
        """Drop a named graph and what it alone stated; tell whether it was there."""
        name = ox.NamedNode(graph)
        with self._writing:
            if self._waiting is not None and self._waiting.turns((graph,)):
                self.settle()
            waited = self._waiting is not None and self._waiting.remove(graph)
            if old := set(self._stored(graph)):
                self.settle()
            self._write((), old)
            known = self._store.contains_named_graph(name)
            if known:
                self._store.remove_graph(name)
        return waited or bool(old) or known

    def add(self, rows: str) -> int:
        """State more N-Quads, each in the graph it names; return how many were new."""
        with self._writing:
            lines = canonical_lines(rows)
            if self._waiting is not None and self._waiting.turns(lines.values()):
                self.settle()
            if self._waiting is not None:
                lines = {line: graph for line, graph in lines.items() if not self._waiting.holds(graph, line)}
            new = [line for line, quad in zip(lines, quads_in("".join(lines)), strict=True) if quad not in self._store]
            if self._waiting is not None and all(lines.values()):
                return sum([self._waiting.add(lines[line], line) for line in new])
            self.settle()
            self._write(new, ())
        return len(new)

    def discard(self, rows: str) -> int:
        """Take N-Quads back; return how many were there."""
        with self._writing:
            lines = canonical_lines(rows)
            if self._waiting is not None and self._waiting.turns(lines.values()):
                self.settle()
            waited = {line for line, graph in lines.items() if self._waiting is not None and self._waiting.discard(graph, line)}
            rest = [line for line in lines if line not in waited]
            if old := [line for line, quad in zip(rest, quads_in("".join(rest)), strict=True) if quad in self._store]:
                self.settle()
            self._write((), old)
        return len(old) + len(waited)

    def gather(self) -> None:
        """Let what is added wait for `settle` from now on, or for whatever else needs it: it is seen all the same."""
        if self._waiting is None:
            self._waiting = Waiting()

    def settle(self) -> None:
        """Write what waits, all of it or nothing; of very much, what is only added first, and then the graphs that lose something."""
        with self._writing:
            if not self._waiting:
                return
            (more, less), much = self._waiting.turned(), len(self._waiting) >= BULK
            if not less:
                self._take(self._waiting.rows(), much=much)
            elif much:
                self._take(self._waiting.rows(), much=True)
                self._waiting.clear(all=False)
                self._write(more, less)
            else:
                self._write([*self._waiting.added(), *more], less)
            self._waiting.clear()

    def _take(self, rows: bytes, *, much: bool) -> None:
        """Write canonical rows, the default graph's among them: nothing in them is left to check."""
        self._note_unpublished()
        try:
            if much:
                self._store.bulk_load(rows, ox.RdfFormat.N_QUADS, lenient=True)
            else:
                self._store.extend(ox.parse(rows, format=ox.RdfFormat.N_QUADS, lenient=True))
        except OSError as fault:
            raise unwritten(fault) from fault

    @property
    def _whole(self) -> ox.Store:
        """The store with nothing left to wait."""
        self.settle()
        return self._store

    def _unknown(self, graph: str) -> bool:
        """Whether nothing of a graph is stored and nothing of it waits."""
        waits = self._waiting is not None and (self._waiting.begun(graph) or self._waiting.touches(graph))
        return not waits and not any(self._store.quads_for_pattern(*_ANY, ox.NamedNode(graph)))

    def _write(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Write a change of named graphs, as lines, and of the default graph in one transaction."""
        coming, going = list(quads_in("".join(added))), set(quads_in("".join(removed)))
        if coming or going:
            self._note_unpublished()
            commit(self._store, coming, going)

    def _note_unpublished(self) -> None:
        if self._keeper and not self._unpublished:
            self._keeper.unpublished()
        self._unpublished = True

    def load(self, rows: str | Callable[[], Iterable[str]]) -> None:
        """Take N-Quads, or what yields their lines twice, into an empty store in bulk; where StoreError is raised, it may hold some."""
        if len(self._whole):
            raise StoreError("only an empty store can be loaded in bulk: add what is new instead")
        lines = (lambda: in_lines(rows)) if isinstance(rows, str) else rows
        with self._writing:
            self._note_unpublished()
            bulk(self._store, lines(), ox.RdfFormat.N_QUADS)
            if next(self._store.quads_for_pattern(*_ANY, _DEFAULT), None):
                raise StoreError("there are statements of no graph: give N-Quads in which every line names its graph")
            bulk(self._store, (triple for triple, graph in map(parted, lines()) if not is_past(graph)), ox.RdfFormat.N_TRIPLES)

    def mirror(self, triples: str) -> None:
        """Take N-Triples into the default graph; for stores in memory that stand in for another."""
        self._store.extend(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))

    def publish(self) -> None:
        """Let readers that open the store from now on see what has been written."""
        with self._writing:
            self.settle()
            if self._keeper and self._unpublished:
                self._keeper.publish(self)
            self._unpublished = False

    def backup(self, destination: Path) -> None:
        """Write a copy of the store into a folder that does not exist yet; of a store in memory there is none."""
        try:
            self._whole.backup(str(destination))
        except OSError as fault:
            raise refused(f"no backup was written to {destination}", fault, "choose a folder that does not exist") from fault

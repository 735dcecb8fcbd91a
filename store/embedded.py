"""Oxigraph in this process: on disk or in memory, every triple of the named graphs once more in the default graph."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self, TypeVar, cast

import pyoxigraph as ox

from elshi.store.base import Answer, Change, QueryError, Row, StoreError, StoreLocked, Table, Term, Triples, is_past, within
from elshi.store.canonical import canonical, one_line
from elshi.store.spool import Spool

__all__ = ["EmbeddedStore", "Keeper"]

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_DEFAULT: Final = ox.DefaultGraph()
#: Formats that can be dumped; those with graphs get the named graphs, the others every triple once.
_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    format.media_type: format
    for format in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
}
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

    def __init__(self, store: ox.Store, *, keeper: Keeper | None = None, unpublished: bool = False) -> None:
        """Take an open Oxigraph store over; `unpublished` says that it already holds what readers do not see."""
        self._open: ox.Store | None = store
        self._keeper = keeper
        self._unpublished = unpublished
        self._writing = threading.RLock()

    @classmethod
    def empty(cls) -> EmbeddedStore:
        """Make a store in memory."""
        return cls(ox.Store())

    def in_memory(self) -> EmbeddedStore:
        """Return a copy in memory: lookups are as fast as on disk, what walks the whole store several times faster."""
        copy = ox.Store()
        copy.bulk_extend(self._store)
        return EmbeddedStore(copy)

    @classmethod
    def at(cls, folder: Path, *, keeper: Keeper | None = None, unpublished: bool = False) -> EmbeddedStore:
        """Open the database in a folder for writing; raises StoreLocked while another process has it open."""
        try:
            store = ox.Store(str(folder))
        except OSError as fault:
            if "lock" in str(fault).lower():
                raise StoreLocked(f"{folder.parent} is being written by another process: try again when it has finished") from fault
            raise StoreError(f"{folder} cannot be opened: {one_line(fault)}: restore the store from a backup") from fault
        for orphan in folder.glob("bulk-*.sst"):  # what an interrupted bulk load leaves for ever
            orphan.unlink()
        return cls(store, keeper=keeper, unpublished=unpublished)

    @classmethod
    def frozen(cls, folder: Path) -> EmbeddedStore:
        """Open a database that nobody writes to, for reading only."""
        try:
            return cls(ox.Store.read_only(str(folder)))
        except OSError as fault:
            raise StoreError(f"{folder} cannot be opened: {one_line(fault)}: restore the store from a backup") from fault

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
            return self._answer(text, prefixes, whole=False)
        return within(timeout, lambda: self._answer(text, prefixes, whole=True))

    def _answer(self, text: str, prefixes: Mapping[str, str] | None, *, whole: bool) -> Answer:
        try:
            result = self._store.query(text, prefixes=dict(prefixes or {}))
        except (SyntaxError, ValueError, OSError, RuntimeError) as fault:
            raise QueryError(f"the query cannot be answered: {one_line(fault)}: see `elshi query --list` for queries that can") from fault
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            lines = (f"{triple} ." for triple in _guarded(result))
            return Triples(tuple(lines) if whole else lines)
        rows = _rows(result)
        return Table(tuple(variable.value for variable in result.variables), tuple(rows) if whole else rows)

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs, in sorted order."""
        yield from sorted(graph.value for graph in self._store.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """Yield the N-Quads lines of one named graph or of all of them."""
        for quad in self._named(graph):
            yield f"{quad} ."

    def dump(self, out: BinaryIO, media_type: str, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Write every named graph in a format that has graphs, every triple once in the others."""
        format = _FORMATS.get(media_type)
        if format is None:
            raise StoreError(f"a store cannot be written as {media_type}: choose one of {', '.join(_FORMATS)}")
        named = format.supports_datasets and format != ox.RdfFormat.JSON_LD
        quads = self._named(None) if named else (quad.triple for quad in self._store.quads_for_pattern(None, None, None, _DEFAULT))
        ox.serialize(cast(Iterable[ox.Quad], quads), out, format=format, prefixes=dict(prefixes or {}))

    def _named(self, graph: str | None) -> Iterator[ox.Quad]:
        if graph is not None:
            yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            return
        for name in self.graphs():
            yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))

    # Writing

    def replace(self, graph: str, rows: str) -> Change:
        """Make a named graph hold exactly these N-Quads; a store that holds them already is left untouched."""
        new = canonical(rows)
        stray = {str(quad.graph_name) for quad in new if not isinstance(quad.graph_name, ox.NamedNode) or quad.graph_name.value != graph}
        if stray:
            raise StoreError(f"statements of {min(stray)} cannot replace {graph}: give each graph its own rows")
        with self._writing:
            old = set(self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
            added, removed = new - old, old - new
            self._write(added, removed)
            if removed and not new:
                self._store.remove_graph(ox.NamedNode(graph))
        return Change(frozenset(f"{q.triple} ." for q in added), frozenset(f"{q.triple} ." for q in removed))

    def remove(self, graph: str) -> bool:
        """Drop a named graph and what it alone stated; tell whether it was there."""
        name = ox.NamedNode(graph)
        with self._writing:
            old = set(self._store.quads_for_pattern(None, None, None, name))
            self._write(set(), old)
            known = self._store.contains_named_graph(name)
            if known:
                self._store.remove_graph(name)
        return bool(old) or known

    def add(self, rows: str) -> int:
        """State more N-Quads, each in the graph it names; return how many were new."""
        with self._writing:
            new = {quad for quad in canonical(rows) if quad not in self._store}
            self._write(new, set())
        return len(new)

    def discard(self, rows: str) -> int:
        """Take N-Quads back; return how many were there."""
        with self._writing:
            old = {quad for quad in canonical(rows) if quad in self._store}
            self._write(set(), old)
        return len(old)

    def _write(self, added: set[ox.Quad], removed: set[ox.Quad]) -> None:
        """Write a change of named graphs and of the default graph in one transaction."""
        if not added and not removed:
            return
        self._note_unpublished()
        gone = [quad.triple for quad in removed if _merged(quad) and self._stands_nowhere_else(quad, removed)]
        stay = {quad.triple for quad in added if _merged(quad)}
        adding = [*added, *(ox.Quad(t.subject, t.predicate, t.object) for t in stay)]
        try:
            if removed:
                self._store.update(_update(removed, [t for t in gone if t not in stay], adding))
            else:
                self._store.extend(adding)
        except OSError as fault:
            raise StoreError(f"the store could not be written: {one_line(fault)}: is the disk full?") from fault

    def _note_unpublished(self) -> None:
        if self._keeper and not self._unpublished:
            self._keeper.unpublished()
        self._unpublished = True

    def _stands_nowhere_else(self, quad: ox.Quad, removed: set[ox.Quad]) -> bool:
        others = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return not any(other not in removed for other in others if _merged(other))

    def load(self, rows: str | Callable[[], Iterable[str]]) -> None:
        """Take N-Quads, or what yields their lines twice, into an empty store in bulk; where StoreError is raised, it may hold some."""
        if len(self._store):
            raise StoreError("only an empty store can be loaded in bulk: add what is new instead")
        lines = (lambda: rows.splitlines()) if isinstance(rows, str) else rows
        with self._writing:
            self._note_unpublished()
            self._taken_in([rows] if isinstance(rows, str) else lines(), ox.RdfFormat.N_QUADS)
            if next(self._store.quads_for_pattern(None, None, None, _DEFAULT), None):
                raise StoreError("there are statements of no graph: give N-Quads in which every line names its graph")
            self._taken_in((triple for triple, graph in map(_parted, lines()) if not is_past(graph)), ox.RdfFormat.N_TRIPLES)

    def _taken_in(self, lines: Iterable[str], format: ox.RdfFormat) -> None:
        try:
            self._store.bulk_load(cast(BinaryIO, Spool(lines)), format)
        except SyntaxError as fault:
            raise StoreError(f"this is not N-Quads: {one_line(fault)}") from fault
        except OSError as fault:
            raise StoreError(f"the store could not be written: {one_line(fault)}: is the disk full?") from fault

    def mirror(self, triples: str) -> None:
        """Take N-Triples into the default graph; for stores in memory that stand in for another."""
        self._store.extend(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))

    def publish(self) -> None:
        """Let readers that open the store from now on see what has been written."""
        with self._writing:
            if self._keeper and self._unpublished:
                self._keeper.publish(self)
            self._unpublished = False

    def backup(self, destination: Path) -> None:
        """Write a copy of the store into a folder that does not exist yet; of a store in memory there is none."""
        try:
            self._store.backup(str(destination))
        except OSError as fault:
            raise StoreError(f"no backup was written to {destination}: {one_line(fault)}: choose a folder that does not exist") from fault


def _merged(quad: ox.Quad) -> bool:
    """Stands a quad in a named graph whose triples the default graph holds too?"""
    return isinstance(quad.graph_name, ox.NamedNode) and not is_past(quad.graph_name.value)


def _parted(line: str) -> tuple[str, str]:
    """The triple of a line of N-Quads and the named graph it stands in."""
    triple, _, graph = line.rpartition(" <")
    return f"{triple} .", graph


def _update(removed: Iterable[ox.Quad], gone: Iterable[ox.Triple], adding: Iterable[ox.Quad]) -> str:
    """One SPARQL update of ground terms, each written by Oxigraph itself."""
    deleted = "".join([*(_grounded(quad) for quad in removed), *(f"{triple} .\n" for triple in gone)])
    return f"DELETE DATA {{\n{deleted}}} ;\nINSERT DATA {{\n{''.join(map(_grounded, adding))}}}"


def _grounded(quad: ox.Quad) -> str:
    triple = f"{quad.triple} ."
    return f"{triple}\n" if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}\n"


def _rows(solutions: ox.QuerySolutions) -> Iterator[Row]:
    for row in _guarded(solutions):
        yield tuple(None if term is None else _term(term) for term in row)


def _guarded(results: Iterable[T]) -> Iterator[T]:
    try:
        yield from results
    except (OSError, RuntimeError, ValueError) as fault:
        raise QueryError(f"the query failed: {one_line(fault)}: ask for less at a time") from fault


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return Term("literal", term.value, term.language, None if term.language or datatype == _STRING else datatype)
    return Term("triple", str(term))

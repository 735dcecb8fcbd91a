"""A store on any server that speaks SPARQL 1.1: a release's graph is put there in one step, rows come back as from a store of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from elshi.ontology.graph import in_lines, serialized
from elshi.store.base import Answer, Change, StoreError, StoreRejected, Table, Triples, beside, within
from elshi.store.canonical import canonical
from elshi.store.endpoint import endpoint_of
from elshi.store.fragment import Fragments
from elshi.store.lease import Lease
from elshi.store.merged import merged_on
from elshi.store.remote import Server
from elshi.store.results import ask_of, rows_of
from elshi.store.sparql import OURS, form_of, guarded, with_prefixes

__all__ = ["RemoteStore", "RemoteStores"]

#: Subjects asked about at a time.
_AT_A_TIME: Final = 100
#: Triples stated in one request; a whole graph always goes in one.
_BATCH: Final = 20_000
#: Formats that hold graphs.
_DATASETS: Final = ("application/n-quads", "application/trig")


class RemoteStore:
    """A Writer over a server. Its default graph holds every triple once, kept so by the server or by `merged`."""

    def __init__(self, server: Server) -> None:
        """Use a server; nothing is sent before something is asked."""
        self._server = server
        self._lease: Lease | None = None
        self._merged = merged_on(server)
        self._fragments = Fragments(server) if server.endpoint.answers == "here" else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server."""
        if self._lease:
            self._lease.release()
        self._server.close()

    # Reading

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None, timeout: float | None = None) -> Answer:
        """Answer SPARQL; raises QueryError, or QueryTimeout when the rows are not all there after `timeout` seconds."""
        whole = with_prefixes(text, prefixes or {})
        if timeout is None:
            return self._answer(whole, None)
        return within(timeout, lambda: self._answer(whole, timeout))

    def _answer(self, text: str, timeout: float | None) -> Answer:
        if self._fragments and (answer := self._fragments.answer(text, timeout)) is not None:
            return answer
        form = form_of(text)
        rows = form in ("SELECT", "ASK")
        body = self._server.ask(guarded(text, self._server.endpoint.hidden), rows=rows, timeout=timeout)
        if not rows:
            return Triples(tuple(line for line in in_lines(body.decode("utf-8").replace("\r\n", "\n")) if not line.startswith("#")))
        return _shown(rows_of(body)) if form == "SELECT" else ask_of(body)

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs, in sorted order."""
        found = rows_of(self._server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", merged=False)).rows
        yield from sorted({graph.value for (graph,) in found if graph} - {*self._server.endpoint.hidden})

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """Yield the N-Quads lines of one named graph or of all of them."""
        for name in self.graphs() if graph is None else (graph,):
            yield from (f"{triple[:-2]} <{name}> ." for triple in sorted(self._held(name)))

    def dump(self, out: BinaryIO, media_type: str, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Write every named graph in a format that has graphs, every triple once in the others."""
        lines: Iterable[str] = self.quads()
        if media_type not in _DATASETS:
            lines = dict.fromkeys(line.rpartition(" <")[0] + " ." for line in lines)
        out.write(serialized(lines, media_type, prefixes=prefixes or {}).encode())

    def _held(self, graph: str) -> set[str]:
        return _triples(self._server.graph(graph))

    # Writing

    def prepare(self, lease: Lease | None = None) -> None:
        """Make ready for writing, for as long as a lease holds: put right what a writer before left half done."""
        self._lease = lease
        self._merged.settle()

    def _ours(self) -> None:
        if self._lease:
            self._lease.check()

    def replace(self, graph: str, rows: str) -> Change:
        """Make a named graph hold exactly these N-Quads, in one step; a graph that holds them already is left untouched."""
        self._ours()
        if not self._merged.takes(graph):
            return Change()
        new = self._checked(rows, graph)
        old = self._held(graph)
        added, removed = new - old, old - new
        if not (added or removed):
            return Change()
        self._merged.begin(graph, removed)
        if new:
            self._server.put(graph, list(new))
        else:
            self._server.drop(graph)
        self._done(graph, added, removed)
        return Change(frozenset(added), frozenset(removed))

    def remove(self, graph: str) -> bool:
        """Drop a named graph and what it alone stated; tell whether it was there."""
        self._ours()
        old = self._held(graph)
        if old:
            self._merged.begin(graph, old)
            self._server.drop(graph)
            self._done(graph, (), old)
        return bool(old)

    def add(self, rows: str) -> int:
        """State more N-Quads, each in the graph it names; return how many were new."""
        return sum(self._added(graph, triples) for graph, triples in self._by_graph(rows))

    def _added(self, graph: str, triples: set[str]) -> int:
        new = triples - self._stated(graph, triples)
        waiting = iter(sorted(new))
        while batch := list(islice(waiting, _BATCH)):
            self._ours()
            self._merged.begin(graph, ())
            self._server.post(graph, batch)
            self._done(graph, batch, ())
        return len(new)

    def discard(self, rows: str) -> int:
        """Take N-Quads back; return how many were there."""
        return sum(self._discarded(graph, triples) for graph, triples in self._by_graph(rows))

    def _discarded(self, graph: str, triples: set[str]) -> int:
        there = triples & self._stated(graph, triples)
        if there:
            self._ours()
            self._merged.begin(graph, there)
            self._server.update("\n".join([f"DELETE DATA {{ GRAPH <{graph}> {{", *sorted(there), "} }"]))
            self._done(graph, (), there)
        return len(there)

    def gather(self) -> None:
        """Nothing waits: a server is handed each change at once."""

    def settle(self) -> None:
        """Nothing waits."""

    def publish(self) -> None:
        """Readers ask the server itself; all that is left is to forget the notes of what was about to change."""
        self._ours()
        self._merged.settle()

    def backup(self, destination: Path) -> None:
        """A server keeps its own backups."""
        raise StoreError(f"{self._server.endpoint.name} keeps its own backups: use the server's tools, or `elshi export` for a dump")

    def _done(self, graph: str, added: Collection[str], removed: Collection[str]) -> None:
        self._merged.end(graph, added, removed)
        if self._fragments:
            self._fragments.forget()

    def _by_graph(self, rows: str) -> Iterator[tuple[str, set[str]]]:
        found: dict[str, set[str]] = {}
        for quad in canonical(rows):
            found.setdefault(getattr(quad.graph_name, "value", ""), set()).add(f"{quad.triple} .")
        for graph in sorted(found):
            yield graph, self._checked("".join(f"{line[:-2]} <{graph}> .\n" for line in found[graph]), graph)

    def _stated(self, graph: str, triples: Collection[str]) -> set[str]:
        """What a graph states of the subjects of these triples."""
        found: set[str] = set()
        subjects = iter(sorted({triple.partition(" ")[0] for triple in triples}))
        while some := list(islice(subjects, _AT_A_TIME)):
            asked = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ VALUES ?s {{ {' '.join(some)} }} ?s ?p ?o }} }}"
            found |= _triples(self._server.ask(asked, rows=False, merged=False).decode("utf-8"))
        return found

    def _checked(self, rows: str, graph: str) -> set[str]:
        """The triples of one graph's N-Quads; raises StoreRejected for what servers are known to spoil without a word."""
        found, limit = set(), self._server.endpoint.longest_iri
        for quad in canonical(rows):
            if getattr(quad.graph_name, "value", None) != graph:
                raise StoreError(f"statements of {quad.graph_name} cannot replace {graph}: give each graph its own rows")
            for term in (quad.graph_name, *quad.triple):
                value, datatype = str(getattr(term, "value", "")), getattr(term, "datatype", None)
                if datatype is None and limit and len(value.encode()) > limit:
                    raise StoreRejected(f"{value[:60]}… is longer than the {limit} bytes the server keeps of an IRI: nothing was written")
                if datatype is not None and _ill_typed(value, datatype.value):
                    raise StoreRejected(
                        f'"{value[:60]}" is no {datatype.value.rpartition("#")[2]}: servers reject or change it; nothing was written'
                    )
            found.add(f"{quad.triple} .")
        return found


@lru_cache(maxsize=10_000)
def _ill_typed(value: str, datatype: str) -> bool:
    from rdflib import Literal, URIRef

    return bool(Literal(value, datatype=URIRef(datatype)).ill_typed)


def _shown(table: Table) -> Table:
    """Leave out the columns that `SELECT *` gave us and nobody asked for."""
    kept = [index for index, name in enumerate(table.columns) if not name.startswith(OURS)]
    if len(kept) == len(table.columns):
        return table
    return Table(tuple(table.columns[i] for i in kept), [tuple(row[i] for i in kept) for row in table.rows])


def _triples(text: str) -> set[str]:
    return {f"{quad.triple} ." for quad in canonical(text)}


class RemoteStores:
    """Opens `sparql+http://…` and `sparql+https://…`."""

    @staticmethod
    def writer(location: str) -> RemoteStore:
        """Open a server for writing; raises StoreLocked while another process has it open."""
        endpoint = endpoint_of(location)
        store = RemoteStore(Server(endpoint))
        lease = Lease(Server(endpoint), beside(location))
        try:
            store.prepare(lease)
        except BaseException:
            lease.release()
            raise
        return store

    @staticmethod
    def view(location: str) -> RemoteStore:
        """Open a server for reading; raises StoreNotFound where it cannot be reached."""
        store = RemoteStore(Server(endpoint_of(location)))
        store.query("ASK { ?s ?p ?o }")
        return store

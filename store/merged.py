"""The default graph of a server that does not merge its named graphs itself: filled by us, and put right after a crash."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from elshi.store.base import PAST, is_past
from elshi.store.endpoint import CHANGING
from elshi.store.remote import Server
from elshi.store.results import rows_of

__all__ = ["Merged", "Union", "merged_on"]

_MARK: Final = "urn:x-elshi:Changing"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Union:
    """The default graph of a server that merges its graphs itself: nothing is to be done, and nothing can be kept out of it."""

    def takes(self, graph: str) -> bool:
        """Tell whether a graph can be kept: earlier versions would stand beside the current ones."""
        return not is_past(graph)

    def begin(self, graph: str, removed: Collection[str]) -> None:
        """Nothing to note."""

    def end(self, graph: str, added: Collection[str], removed: Collection[str]) -> None:
        """Nothing to do."""

    def settle(self) -> None:
        """Nothing to put right."""


class Merged(Union):
    """Every triple of the named graphs once, in a graph of the server that serves as the default graph.

    A server need not carry out more than one request as a whole, so what is about to change is noted in a graph of its own:
    the named graph's IRI and the triples that leave it. Whatever happens next, `settle` makes the merged graph right from that.
    """

    def __init__(self, server: Server) -> None:
        """Keep the merged graph of a server."""
        self._server = server
        self._name = None if server.endpoint.merged == "default" else server.endpoint.merged
        self._marked: set[str] = set()

    def takes(self, graph: str) -> bool:
        """Any graph can be kept."""
        return True

    def begin(self, graph: str, removed: Collection[str]) -> None:
        """Note that a named graph is about to change and what will leave it."""
        if is_past(graph):
            return
        marks = [] if graph in self._marked else [f"<{graph}> <{_TYPE}> <{_MARK}> ."]
        if marks or removed:
            self._server.post(CHANGING, [*marks, *removed])
        self._marked.add(graph)

    def end(self, graph: str, added: Collection[str], removed: Collection[str]) -> None:
        """Bring the merged graph up to what the named graph now holds."""
        if is_past(graph):
            return
        if added:
            self._server.post(self._name, list(added))
        if removed:
            self._forget()

    def settle(self) -> None:
        """Make right what a writer before left half done, and forget the notes."""
        asked = f"SELECT ?graph {{ GRAPH <{CHANGING}> {{ ?graph <{_TYPE}> <{_MARK}> }} }}"
        for (graph,) in rows_of(self._server.ask(asked, merged=False)).rows:
            if graph is not None and graph.value not in self._marked:
                self._server.update(f"INSERT {{ {self._into('?s ?p ?o')} }} WHERE {{ GRAPH <{graph.value}> {{ ?s ?p ?o }} }}")
                self._marked.add(graph.value)
        if self._marked:
            self._forget()

    def _forget(self) -> None:
        """Take out of the merged graph what was noted as leaving and no named graph states any more; then the notes."""
        own = ", ".join(f"<{name}>" for name in (CHANGING, self._name) if name)
        self._server.update(
            f"DELETE {{ {self._into('?s ?p ?o')} }} WHERE {{ GRAPH <{CHANGING}> {{ ?s ?p ?o }} "
            f'FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({own}) && !CONTAINS(STR(?g), "/{PAST}")) }} }}'
        )
        self._server.drop(CHANGING)
        self._marked.clear()

    def _into(self, pattern: str) -> str:
        return f"GRAPH <{self._name}> {{ {pattern} }}" if self._name else pattern


def merged_on(server: Server) -> Union:
    """Return the keeper of a server's default graph."""
    return Union() if server.endpoint.merged == "union" else Merged(server)

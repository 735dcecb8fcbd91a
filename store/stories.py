"""Writes releases so that one story stays one story: what is told several times stands under one name, in every graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Self

from elshi.ontology.vocab import BASE_IRI, expand, prefixes
from elshi.store.base import Change, Table, View, Writer, beside
from elshi.stories.alignment import Alignment, Shift
from elshi.stories.index import Index
from elshi.stories.refrains import refrains
from elshi.stories.sketch import sketch

__all__ = ["INDEX", "Stories", "renamed"]

#: The file, beside the store, that says what was compared with what; made again when it is lost.
INDEX: Final = "stories.sqlite"
_RELEASES: Final = "SELECT ?graph ?sha WHERE { GRAPH ?graph { ?release a elshi:Release ; dcterms:identifier ?sha } }"
_FORMER: Final = "SELECT ?graph ?name ?iri WHERE { ?iri dcterms:isReplacedBy ?name ; prov:wasDerivedFrom ?release . GRAPH ?graph { ?release a elshi:Release } }"


class Stories:
    """A writer's way of replacing and removing releases that keeps each thing under one name across them.

    A release's graph holds everything that was read from it, as it was read, but for the IRIs of persons and facts that
    other releases tell of too: those are the ones that the earliest of these releases gave. `graph/stories` tells which
    IRI stands for which, and which releases are versions of one story. All of it depends on the set of releases alone:
    neither on the order in which they came nor on what was there in between.
    """

    def __init__(self, writer: Writer, index: Index, *, base_iri: str = BASE_IRI) -> None:
        """Use an index that is this store's; where it lags behind, what it lacks is compared now."""
        self._writer, self._base = writer, base_iri
        self._graph = f"{base_iri}graph/stories"
        self._alignment = Alignment(index)
        self._gathers = False
        self._heal()

    @classmethod
    def of(cls, writer: Writer, location: str, *, base_iri: str = BASE_IRI) -> Self:
        """Use the index beside a store."""
        folder = beside(location)
        return cls(writer, Index(folder / INDEX if folder else None), base_iri=base_iri)

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Never let these pairs of IRIs stand for one thing, from the next release on that tells of either."""
        self._alignment.apart = frozenset(map(frozenset, pairs))

    def own(self, graph: str) -> str:
        """Return the N-Quads of a release under the names that it gives things itself."""
        return renamed(_rows(self._writer, graph), self._former(graph).get(graph, {}))

    def replace(self, graph: str, rows: str) -> Change:
        """Make the graph of a release hold these N-Quads, under the names that things go by; tell what that changed in it."""
        drawn = sketch(rows)
        if drawn is None:
            return self._writer.replace(graph, rows)
        index = self._alignment.index
        with index:
            shift = self._alignment.admit(drawn, _sha(rows))
            index.unsettle({graph, *shift.names})
        self._write(shift)
        change = self._writer.replace(graph, renamed(rows, self._alignment.names(graph)))
        self._close(shift)
        return change

    def remove(self, graph: str) -> bool:
        """Drop the graph of a release; what others told too stays, under the name that the earliest of them gives it."""
        index = self._alignment.index
        with index:
            shift = self._alignment.withdraw(graph)
            index.unsettle({graph, *shift.names})
        there = self._writer.remove(graph)
        self._write(shift)
        self._close(shift)
        return there

    def gather(self) -> None:
        """Let what is new be written together from now on, by `settle`."""
        self._gathers = True
        self._writer.gather()

    def settle(self) -> None:
        """Write what waits; from here on the index and the store are of one mind."""
        self._writer.settle()
        with self._alignment.index as index:
            index.settle()

    def finish(self) -> None:
        """Bring the talking points up to date with all that came and went."""
        index = self._alignment.index
        with index:
            said, unsaid = refrains(index, self._quoted, base_iri=self._base)
            index.unsettle({self._graph} if said or unsaid else ())
        if said or unsaid:
            self._write(Shift(said=said))
            self._close(Shift(unsaid=unsaid))

    def _quoted(self, release: str, start: int, stop: int) -> str:
        answer = self._writer.query(f"SELECT ?body WHERE {{ <{release}> schema:articleBody ?body }}", prefixes=prefixes(self._base))
        assert isinstance(answer, Table)
        return next((body.value[start:stop] for (body,) in answer.rows if body), "")

    def _write(self, shift: Shift) -> None:
        self._writer.add(self._quads(shift.said))
        for graph, names in sorted(shift.names.items()):
            self._writer.replace(graph, renamed(_rows(self._writer, graph), names))

    def _close(self, shift: Shift) -> None:
        self._writer.discard(self._quads(shift.unsaid))
        if not self._gathers:
            self.settle()

    def _quads(self, lines: Iterable[str]) -> str:
        return "".join(f"{line} <{self._graph}> .\n" for line in lines)

    # When the index and the store are not of one mind: after a crash, a restored backup, a lost file

    def _heal(self) -> None:
        index, alignment = self._alignment.index, self._alignment
        stored, known = _pairs(self._writer, _RELEASES, self._base), index.shas()
        unsettled, lost = index.unsettled(), known.keys() - stored.keys()
        stale = {graph for graph, sha in stored.items() if known.get(graph) != sha} | (unsettled & stored.keys())
        if not stale | lost | unsettled:
            return
        former = self._former()
        own = {graph: renamed(_rows(self._writer, graph), former.get(graph, {})) for graph in sorted(stale)}
        with index:
            shifts = [alignment.withdraw(graph) for graph in sorted(lost)]
            shifts += [alignment.admit(drawn, stored[graph]) for graph, rows in own.items() if (drawn := sketch(rows))]
            moved = (stale | {graph for shift in shifts for graph in shift.names}) & stored.keys()
            index.unsettle(moved)
        everything = self._quads(alignment.statements())
        self._writer.add(everything)
        for graph in sorted(moved):
            rows = own.get(graph) or renamed(_rows(self._writer, graph), former.get(graph, {}))
            self._writer.replace(graph, renamed(rows, alignment.names(graph)))
        self._writer.replace(self._graph, everything)
        with index:
            index.settle()

    def _former(self, graph: str | None = None) -> dict[str, dict[str, str]]:
        """By graph, or of one: the IRI that a release itself gave, for the name that stands there instead."""
        found: dict[str, dict[str, str]] = {}
        query = _FORMER.replace("?graph {", f"<{graph}> {{ BIND(<{graph}> AS ?graph)") if graph else _FORMER
        answer = self._writer.query(query, prefixes=prefixes(self._base))
        assert isinstance(answer, Table)
        for where, name, iri in answer.rows:
            assert where and name and iri
            found.setdefault(where.value, {})[name.value] = iri.value
        return found


def renamed(rows: str, names: Mapping[str, str]) -> str:
    """Return N-Quads with nodes under other names; what literals say stays as it is.

    >>> renamed('<a:1> <a:p> "<a:1>" <a:g> .\\n<a:2> <a:p> <a:1> <a:g> .\\n', {"a:1": "a:9"})
    '<a:9> <a:p> "<a:1>" <a:g> .\\n<a:2> <a:p> <a:9> <a:g> .\\n'
    """
    brackets = {f"<{old}>": f"<{new}>" for old, new in names.items() if f"<{old}>" in rows}
    if not brackets:
        return rows
    lines = rows.split("\n")
    for at, line in enumerate(lines):
        subject, predicate, rest = line.split(" ", 2) if line else ("", "", "")
        value = rest[: rest.find(">") + 1] if rest[:1] == "<" else ""
        if subject in brackets or value in brackets:
            lines[at] = f"{brackets.get(subject, subject)} {predicate} {brackets.get(value, value)}{rest[len(value) :]}"
    return "\n".join(lines)


def _rows(view: View, graph: str) -> str:
    return "".join(f"{line}\n" for line in view.quads(graph))


def _pairs(view: View, query: str, base_iri: str) -> dict[str, str]:
    answer = view.query(query, prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    return {one.value: other.value for one, other in answer.rows if one and other}


def _sha(rows: str) -> str:
    found = re.search(rf'<{re.escape(expand("dcterms:identifier"))}> "([^"]*)"', rows)
    return found[1] if found else ""

"""Graphs in, reports out: a look tells those that keep to the shapes, pySHACL is asked about the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from elshi.ontology.graph import to_graph, triples
from elshi.shapes.book import ShapeBook, shipped_shapes
from elshi.shapes.nodes import Nodes, nodes_of
from elshi.shapes.report import Report, Severity, Violation

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["BATCH", "validate", "validate_many"]

#: Graphs checked at a time: fewer cost time, more cost memory.
BATCH: Final = 50


def validate(graph: str | Graph, *, shapes: ShapeBook | None = None, reference: bool = False) -> Report:
    """Check one graph, given as N-Quads or as an rdflib graph."""
    return next(validate_many((graph,), shapes=shapes, reference=reference))


def validate_many(
    graphs: Iterable[str | Graph], *, shapes: ShapeBook | None = None, reference: bool = False, size: int = BATCH
) -> Iterator[Report]:
    """Check graphs, each by itself, and yield a report for each in their order.

    They are taken `size` at a time: a look tells those that keep to the shapes, and the others are checked together, with the
    results of checking each alone. `reference` does check each alone, by pySHACL and the shapes as written, and so do shapes
    that a batch cannot honour.
    """
    book = shapes or shipped_shapes()
    waiting = iter(graphs)
    while batch := list(islice(waiting, size)):
        if reference or not (book.screen or book.rdf.batchable):
            yield from (_alone(graph, book) for graph in batch)
        else:
            yield from _together([_rows(graph) for graph in batch], book)


def _rows(graph: str | Graph) -> str:
    return graph if isinstance(graph, str) else str(graph.serialize(format="nt"))


def _alone(graph: str | Graph, book: ShapeBook) -> Report:
    from elshi.shapes.engine import applied  # pySHACL: only where something may be at fault

    found = applied(to_graph(graph) if isinstance(graph, str) else graph, book)
    return Report(tuple(sorted(found)), book.focus_counts(triples(_rows(graph))))


def _together(graphs: Sequence[str], book: ShapeBook) -> Iterator[Report]:
    nodes = [nodes_of(rows, book.screen.backwards) if book.screen else None for rows in graphs]
    found: list[set[Violation]] = [set() for _ in graphs]
    for number, violation in _asked(graphs, nodes, book):
        found[number].add(violation)
    counts: list[dict[str, int]] = []
    doubts: dict[int, frozenset[str] | None] = {}  # by graph, the shapes it may not keep to; None where that cannot be told
    for number, rows in enumerate(graphs):
        known = nodes[number]
        count, doubtful = book.screen.look(known) if book.screen and known else (book.focus_counts(triples(rows)), None)
        counts.append(count)
        if doubtful is None or doubtful:
            doubts[number] = doubtful
    for number, violation in _doubted(graphs, doubts, book) if doubts else ():
        found[number].add(violation)
    for count, violations in zip(counts, found, strict=True):
        yield Report(tuple(sorted(violations)), count)


def _doubted(graphs: Sequence[str], doubts: Mapping[int, frozenset[str] | None], book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Ask pySHACL about the graphs that may not keep to some shapes."""
    from elshi.shapes.engine import applied, applied_to_many

    if not book.rdf.batchable:
        yield from ((number, violation) for number in doubts for violation in applied(to_graph(graphs[number]), book))
        return
    names = None if None in doubts.values() else frozenset().union(*filter(None, doubts.values()))
    yield from applied_to_many({number: triples(graphs[number]) for number in doubts}, names, book)


def _asked(graphs: Sequence[str], nodes: Sequence[Nodes | None], book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Ask every SPARQL constraint once of all graphs, each in a named graph of its own."""
    store = _held(graphs, nodes)
    for constraint in book.constraints:
        answer = cast(ox.QuerySolutions, store.query(constraint.query))
        columns = {variable.value for variable in answer.variables}
        for row in answer:
            focus = row["this"].value
            path, value = (row[name] if name in columns else None for name in ("path", "value"))
            yield int(row["g"].value.rpartition(":")[2]), Violation(
                focus, book.rdf.short(path.value) if path is not None else "", constraint.shape,
                cast(Severity, constraint.severity), constraint.message,
                "" if value is None or value.value == focus else value.value, "SPARQL",
            )  # fmt: skip


def _held(graphs: Sequence[str], nodes: Sequence[Nodes | None]) -> ox.Store:
    """A store with each graph under its number; raises GraphError for what is no N-Quads."""
    store = ox.Store()
    for number, (rows, known) in enumerate(zip(graphs, nodes, strict=True)):
        name = ox.NamedNode(f"urn:x-elshi:{number}")
        if known is None:
            store.extend([ox.Quad(s, p, o, name) for s, p, o in triples(rows)])
            continue
        try:
            store.load(rows.replace(rows[rows.rfind(" <") :], f" {name} .\n"), format=ox.RdfFormat.N_QUADS)
        except SyntaxError:
            triples(rows)  # tells what is wrong with it
            raise
    return store

"""Graphs in, reports out: a look tells those that keep to the shapes, pySHACL is asked about the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from elshi.ontology.graph import to_graph, triples
from elshi.shapes.book import Constraint, ShapeBook, shipped_shapes
from elshi.shapes.nodes import nodes_of
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
    return Report(tuple(sorted(found)), _counts(book.focuses(nodes_of(_rows(graph)))))


def _together(graphs: Sequence[str], book: ShapeBook) -> Iterator[Report]:
    looks = [_look(rows, book) for rows in graphs]
    found = [set(look.lacks) for look in looks]
    doubts = {number: look.shapes for number, look in enumerate(looks) if look.shapes or look.shapes is None}
    unproved = {number: look.constraints for number, look in enumerate(looks) if look.constraints}
    for number, violation in chain(_doubted(graphs, doubts, book), _asked(graphs, unproved, book)):
        found[number].add(violation)
    for look, violations in zip(looks, found, strict=True):
        yield Report(tuple(sorted(violations)), look.counts)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at a graph tells."""

    counts: dict[str, int]  # of the nodes that each shape is applied to
    shapes: frozenset[str] | None  # that the graph may not keep to, SPARQL aside; None where that cannot be told
    constraints: list[Constraint]  # in SPARQL, that it may not keep to
    lacks: list[Violation]  # what is known already


def _look(rows: str, book: ShapeBook) -> _Look:
    nodes = nodes_of(rows)
    focuses = book.focuses(nodes)
    doubts, lacks = book.screen.look(nodes, focuses) if book.screen else (None, [])
    return _Look(_counts(focuses), doubts, [each for each in book.constraints if each.may_fail(nodes, focuses[each.shape])], lacks)


def _counts(focuses: Mapping[str, Set[str]]) -> dict[str, int]:
    return {shape: len(several) for shape, several in focuses.items()}


def _doubted(graphs: Sequence[str], doubts: Mapping[int, frozenset[str] | None], book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Ask pySHACL about the graphs that may not keep to some shapes."""
    if not doubts:
        return
    from elshi.shapes.engine import applied, applied_to_many

    if not book.rdf.batchable:
        yield from ((number, violation) for number in doubts for violation in applied(to_graph(graphs[number]), book))
        return
    names = None if None in doubts.values() else frozenset().union(*filter(None, doubts.values()))
    yield from applied_to_many({number: triples(graphs[number]) for number in doubts}, names, book)


def _asked(graphs: Sequence[str], unproved: Mapping[int, list[Constraint]], book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Ask SPARQL constraints once of all graphs that may have a result, each in a named graph of its own."""
    store = _held({number: graphs[number] for number in unproved})
    for constraint in dict.fromkeys(chain.from_iterable(unproved.values())):
        answer = cast(ox.QuerySolutions, store.query(constraint.query))
        columns = {variable.value for variable in answer.variables}
        for row in answer:
            focus = row["this"].value
            path, value = (row[name] if name in columns else None for name in ("path", "value"))
            yield int(row["g"].value.rpartition(":")[2]), Violation(
                focus, book.short(path.value) if path is not None else "", constraint.shape,
                cast(Severity, constraint.severity), constraint.message,
                "" if value is None or value.value == focus else value.value, "SPARQL",
            )  # fmt: skip


def _held(graphs: Mapping[int, str]) -> ox.Store:
    """A store with each graph under its number."""
    store = ox.Store()
    for number, rows in graphs.items():
        name = ox.NamedNode(f"urn:x-elshi:{number}")
        store.extend([ox.Quad(s, p, o, name) for s, p, o in triples(rows)])
    return store

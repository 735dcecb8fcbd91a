"""Graphs in, reports out: pySHACL over one graph is the reference, a batch of graphs at once is the everyday way."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final, cast

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, Graph
from rdflib.term import Node

from elshi import ElshiError
from elshi.ontology.graph import Triple, to_graph, triples
from elshi.shapes.batch import focus_counts, merged, origin
from elshi.shapes.book import SH, ShapeBook, shipped_shapes
from elshi.shapes.report import Report, Severity, Violation

__all__ = ["BATCH", "ValidationError", "validate", "validate_many"]

#: Graphs checked at a time: fewer cost time, more cost memory.
BATCH: Final = 50


class ValidationError(ElshiError):
    """A graph that could not be checked."""


def validate(graph: str | Graph, *, shapes: ShapeBook | None = None, reference: bool = False) -> Report:
    """Check one graph, given as N-Quads or as an rdflib graph."""
    return next(validate_many((graph,), shapes=shapes, reference=reference))


def validate_many(
    graphs: Iterable[str | Graph], *, shapes: ShapeBook | None = None, reference: bool = False, size: int = BATCH
) -> Iterator[Report]:
    """Check graphs, each by itself, and yield a report for each in their order.

    They are taken `size` at a time and checked together, with the results of checking each alone; `reference` does
    check each alone, by pySHACL and the shapes as written, and so do shapes that a batch cannot honour.
    """
    book = shapes or shipped_shapes()
    waiting = iter(graphs)
    while batch := list(islice(waiting, size)):
        if reference or not book.batchable:
            yield from (_single(graph, book) for graph in batch)
        else:
            yield from _together([_triples(graph) for graph in batch], book)


def _triples(graph: str | Graph) -> list[Triple]:
    text = graph if isinstance(graph, str) else graph.serialize(format="nt")
    return triples(text)


def _single(graph: str | Graph, book: ShapeBook) -> Report:
    data = to_graph(graph) if isinstance(graph, str) else graph
    found = {violation for _, violation in _run(data, book.full, book)}
    return Report(tuple(sorted(found)), focus_counts(_triples(graph), book))


def _together(graphs: Sequence[list[Triple]], book: ShapeBook) -> Iterator[Report]:
    found: list[set[Violation]] = [set() for _ in graphs]
    with _no_collection():
        results = list(_run(merged(graphs, book), book.core, book))
    for number, violation in results:
        # A focus node that the shapes name belongs to no graph in particular: every graph that holds it answers for it.
        for index in range(len(graphs)) if number is None else (number,):
            if number is not None or any(violation.focus in (s.value, o.value) for s, _, o in graphs[index]):
                found[index].add(violation)
    for number, violation in _asked(graphs, book):
        found[number].add(violation)
    for graph, violations in zip(graphs, found, strict=True):
        yield Report(tuple(sorted(violations)), focus_counts(graph, book))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector of cycles from walking the merged graph again and again while it grows: a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _run(data: Graph, shapes: Graph, book: ShapeBook) -> Iterator[tuple[int | None, Violation]]:
    """Apply shapes by pySHACL; yield each result with the number of the graph it belongs to."""
    try:
        _, results, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none", do_owl_imports=False)
    except Exception as fault:  # pyshacl passes on whatever its constraints meet
        raise ValidationError(f"the shapes could not be applied: {fault}: check them with a SHACL editor") from fault
    if not isinstance(results, Graph):
        raise ValidationError(f"the shapes could not be applied: {text}: check them with a SHACL editor")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield _violation(results, result, book)


def _violation(results: Graph, result: Node, book: ShapeBook) -> tuple[int | None, Violation]:
    focus, number = origin(results.value(result, SH.focusNode))
    source = results.value(result, SH.sourceShape)
    path = book.paths.get(source) if source is not None else None
    if path is None and (stated := results.value(result, SH.resultPath)) is not None:
        path = book.full.namespace_manager.normalizeUri(str(stated)).strip("<>")
    value = results.value(result, SH.value)
    messages = {getattr(m, "language", None): str(m) for m in results.objects(result, SH.resultMessage)}
    return number, Violation(
        focus, path or "", book.owners.get(source, str(source)) if source is not None else "",
        cast(Severity, _tail(results.value(result, SH.resultSeverity))), messages.get("en") or min(messages.values(), default=""),
        "" if value is None or str(value) == str(results.value(result, SH.focusNode)) else origin(value)[0],
        _tail(results.value(result, SH.sourceConstraintComponent)).removesuffix("ConstraintComponent"),
    )  # fmt: skip


def _tail(iri: Node | None) -> str:
    return str(iri).rpartition("#")[2]


def _asked(graphs: Sequence[list[Triple]], book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Ask every SPARQL constraint once of all graphs, each in a named graph of its own."""
    store = ox.Store()
    for number, graph in enumerate(graphs):
        name = ox.NamedNode(f"urn:x-elshi:{number}")
        store.extend([ox.Quad(s, p, o, name) for s, p, o in graph])
    for constraint in book.constraints:
        rows = cast(ox.QuerySolutions, store.query(constraint.query))
        columns = {variable.value for variable in rows.variables}
        for row in rows:
            focus = row["this"].value
            path, value = (row[name] if name in columns else None for name in ("path", "value"))
            yield int(row["g"].value.rpartition(":")[2]), Violation(
                focus, book.full.namespace_manager.normalizeUri(path.value).strip("<>") if path is not None else "", constraint.shape,
                cast(Severity, constraint.severity), constraint.message,
                "" if value is None or value.value == focus else value.value, "SPARQL",
            )  # fmt: skip

"""Applies shapes by pySHACL: to one graph as they are written, which is the reference, or to many graphs at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

import pyshacl
from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from elshi import ElshiError
from elshi.ontology.graph import Triple
from elshi.shapes.batch import merged, origin, unmarked
from elshi.shapes.book import ShapeBook
from elshi.shapes.rdf import SH
from elshi.shapes.report import Severity, Violation

__all__ = ["ValidationError", "applied", "applied_to_many"]


class ValidationError(ElshiError):
    """A graph that could not be checked."""


def applied(data: Graph, book: ShapeBook) -> set[Violation]:
    """Return what the shapes as written find in one graph."""
    return {violation for _, violation in _run(data, book.rdf.full, book)}


def applied_to_many(graphs: Mapping[int, list[Triple]], names: frozenset[str] | None, book: ShapeBook) -> Iterator[tuple[int, Violation]]:
    """Yield what shapes, those of these names or all, find in each of many graphs; SPARQL constraints are left out."""
    core = book.rdf.core if names is None else book.rdf.only(names)
    seen = None if (None, SH.closed, None) in core else _predicates(core)
    told = {number: [t for t in triples if seen is None or t[1].value in seen] for number, triples in graphs.items()}
    with _no_collection():
        results = list(_run(merged(told, book), core, book))
    for number, violation in results:
        # A focus node that the shapes name belongs to no graph in particular: every graph that holds it answers for it.
        for index in graphs if number is None else (number,):
            if number is not None or any(violation.focus in (s.value, o.value) for s, _, o in graphs[index]):
                yield index, violation


def _predicates(core: Graph) -> frozenset[str]:
    """The properties that shapes can look at, unless one is closed: those they name, and what makes a node one of a class."""
    return frozenset(str(term) for triple in core for term in triple) | {str(RDF.type), str(RDFS.subClassOf)}


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
    path = book.rdf.paths.get(source) if source is not None else None
    if path is None and (stated := results.value(result, SH.resultPath)) is not None:
        path = book.rdf.short(stated)
    value = results.value(result, SH.value)
    messages = {getattr(m, "language", None): unmarked(str(m)) for m in results.objects(result, SH.resultMessage)}
    return number, Violation(
        focus, path or "", book.rdf.owners.get(source, str(source)) if source is not None else "",
        cast(Severity, _tail(results.value(result, SH.resultSeverity))), messages.get("en") or min(messages.values(), default=""),
        "" if value is None or str(value) == str(results.value(result, SH.focusNode)) else origin(value)[0],
        _tail(results.value(result, SH.sourceConstraintComponent)).removesuffix("ConstraintComponent"),
    )  # fmt: skip


def _tail(iri: Node | None) -> str:
    return str(iri).rpartition("#")[2]

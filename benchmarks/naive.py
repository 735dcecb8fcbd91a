"""The same parts put together the plain way: an rdflib graph, pySHACL over each, an rdflib store. What Elshi's pipeline is measured against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyshacl
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from elshi.ontology.graph import triples
from elshi.shapes.book import shipped_shapes

__all__ = ["conforms", "graph_of", "keep", "terms"]


def terms(rows: str) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """What a program that builds a graph has in hand: kinds and strings, no terms yet."""

    def plain(term: object) -> tuple[str, ...]:
        if hasattr(term, "datatype"):
            return ("literal", term.value, term.language or "", term.datatype.value)  # type: ignore[attr-defined]
        return ("blank" if type(term).__name__ == "BlankNode" else "iri", term.value)  # type: ignore[attr-defined]

    return [(plain(s), p.value, plain(o)) for s, p, o in triples(rows)]


def graph_of(parts: Iterable[tuple[tuple[str, ...], str, tuple[str, ...]]]) -> Graph:
    """Build a graph by adding triple after triple."""
    graph = Graph(bind_namespaces="none")
    for subject, predicate, value in parts:
        graph.add((_term(subject), URIRef(predicate), _term(value)))
    return graph


def _term(part: Sequence[str]) -> Node:
    if part[0] == "iri":
        return URIRef(part[1])
    if part[0] == "blank":
        return BNode(part[1])
    return Literal(part[1], lang=part[2]) if part[2] else Literal(part[1], datatype=URIRef(part[3]))


def conforms(graph: Graph) -> bool:
    """Check one graph by pySHACL, the shapes read once."""
    return bool(pyshacl.validate(graph, shacl_graph=shipped_shapes().rdf.full, inplace=True, inference="none", do_owl_imports=False)[0])


def keep(store: Dataset, name: str, graph: Graph) -> None:
    """Put a graph into a store, in place of what was there."""
    there = store.graph(URIRef(name))
    there.remove((None, None, None))
    for triple in graph:
        there.add(triple)

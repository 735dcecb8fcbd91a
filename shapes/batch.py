"""Many graphs as one, without one hiding or faulting what another states: nodes are told apart by the graph they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from elshi.ontology.graph import Blank, Subject, Triple, Value
from elshi.shapes.book import ShapeBook

__all__ = ["merged", "origin", "unmarked"]

_MARK: Final = "\u241er"  # a sign that stands in no IRI
_MARKS: Final = re.compile(f"{_MARK}[0-9]+")
_TAIL: Final = re.compile(f"{_MARK}([0-9]+)$")
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


def merged(graphs: Mapping[int, Iterable[Triple]], book: ShapeBook) -> Graph:
    """Return one graph of many, in which the nodes of graph n carry the mark n unless the shapes name them."""
    graph = Graph(bind_namespaces="none")
    predicates: dict[str, URIRef] = {}
    named = {name: URIRef(name) for name in book.rdf.names}
    for number, triples in graphs.items():
        nodes: dict[str, Node] = dict(named)
        for subject, predicate, value in triples:
            p = predicates.setdefault(predicate.value, URIRef(predicate.value))
            graph.add((_node(subject, number, nodes), p, _node(value, number, nodes)))
    return graph


def _node(term: Subject | Value, number: int, nodes: dict[str, Node]) -> Node:
    if isinstance(term, Value):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=None if term.datatype.value == _STRING else URIRef(term.datatype.value), normalize=False)
    blank = isinstance(term, Blank)
    key = f"_:{term.value}" if blank else term.value
    known = nodes.get(key)
    if known is None:
        known = nodes[key] = BNode(f"r{number}-{term.value}") if blank else URIRef(f"{key}{_MARK}{number}")
    return known


def unmarked(text: str) -> str:
    """Return a message as it would be of one graph."""
    return _MARKS.sub("", text)


def origin(node: object) -> tuple[str, int | None]:
    """Return a node's own name and the number of the graph that it stands in, None where it is in no particular one."""
    name = str(node)
    tail = _TAIL.search(name)
    if tail is not None:
        return name[: tail.start()], int(tail.group(1))
    if isinstance(node, BNode) and (blank := re.match(r"r([0-9]+)-(.*)", name)):
        return blank.group(2), int(blank.group(1))
    return name, None

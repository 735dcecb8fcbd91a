"""Between N-Quads text and graphs: the syntax gate, and rdflib graphs for those who want them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from elshi import ElshiError, resource

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = [
    "Blank",
    "GraphError",
    "Subject",
    "Triple",
    "Value",
    "checked",
    "checked_iri",
    "checked_tag",
    "checked_text",
    "in_lines",
    "quads",
    "shipped",
    "to_graph",
    "triples",
    "turtle",
    "turtle_prefixes",
]

Blank: TypeAlias = ox.BlankNode
Value: TypeAlias = ox.Literal
Subject: TypeAlias = ox.NamedNode | ox.BlankNode
#: A triple as RDF 1.1 has it: no triple stands inside another.
Triple = tuple[Subject, ox.NamedNode, Subject | ox.Literal]


class GraphError(ElshiError):
    """Text that is not the RDF it should be."""


def quads(rows: str, *, where: str = "the graph") -> Iterator[ox.Quad]:
    """Read N-Quads; raises GraphError with the line at fault."""
    try:
        yield from ox.parse(checked_text(rows), format=ox.RdfFormat.N_QUADS)
    except SyntaxError as fault:
        raise _broken(where, fault) from fault


def checked(rows: str, *, where: str = "the graph") -> str:
    """Return the N-Quads text unchanged once it has been parsed."""
    try:
        deque(ox.parse(rows, format=ox.RdfFormat.N_QUADS), maxlen=0)
    except SyntaxError as fault:
        raise _broken(where, fault) from fault
    return rows


def checked_iri(iri: str) -> str:
    """Return an IRI unchanged; raises GraphError for what N-Quads would not take as one."""
    try:
        ox.NamedNode(iri)
    except ValueError as fault:
        raise GraphError(f"{iri!r} is no IRI: {fault}: mend where it comes from") from fault
    return iri


def checked_tag(lang: str) -> str:
    """Return a language tag unchanged; raises GraphError for what N-Quads would not take as one."""
    try:
        ox.Literal("", language=lang)
    except ValueError as fault:
        raise GraphError(f"{lang!r} is no language tag: {fault}: mend where it comes from") from fault
    return lang


def checked_text(text: str) -> str:
    """Return a text unchanged; raises GraphError where it holds half a character, which no file can."""
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise GraphError(f"a text holds {text[fault.start]!r}, which is no character: mend where it comes from") from fault
    return text


def _broken(where: str, fault: SyntaxError) -> GraphError:
    return GraphError(f"{where} is not valid N-Quads: {fault}: report it with the release that made it")


def in_lines(rows: str) -> list[str]:
    """Return the statements of N-Quads text, one a line, without their ends.

    A literal may hold U+2028 and other line breaks of Unicode as they are, at which `str.splitlines` would tear it apart.

    >>> len(in_lines('<s:a> <p:b> "one\u2028literal" .\\n<s:a> <p:c> "another" .\\n'))
    2
    """
    return [line for line in rows.split("\n") if line]


def triples(rows: str, *, where: str = "the graph") -> list[Triple]:
    """Return the triples of N-Quads text, whatever named graph they stand in."""
    return [_plain(quad.triple) for quad in quads(rows, where=where)]


def _plain(triple: ox.Triple) -> Triple:
    if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
        raise GraphError(f"{triple} holds a triple inside a triple: shapes cannot check it; leave it out")
    return triple.subject, triple.predicate, triple.object


def serialized(lines: Iterable[str], media_type: str, *, prefixes: Mapping[str, str] | None = None) -> str:
    """Return N-Triples or N-Quads lines in another RDF syntax, named by its media type."""
    syntax = ox.RdfFormat.from_media_type(media_type)
    if syntax is None:
        raise GraphError(f"{media_type} is no RDF syntax: choose text/turtle, application/n-triples or application/ld+json")
    triples = (quad if syntax.supports_datasets else quad.triple for quad in quads("\n".join(lines)))
    return (ox.serialize(triples, format=syntax, prefixes=dict(prefixes or {})) or b"").decode()  # type: ignore[arg-type]


def turtle(text: str | bytes, *, where: str) -> Iterator[Triple]:
    """Read Turtle; raises GraphError with the line at fault."""
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            yield _plain(quad.triple)
    except SyntaxError as fault:
        raise GraphError(f"{where} is not valid Turtle: {fault}: mend the file") from fault


def turtle_prefixes(text: str) -> dict[str, str]:
    """Return the namespaces that Turtle declares before its first statement, by prefix.

    >>> turtle_prefixes("@prefix ex: <http://ex.org/> . ex:a ex:b ex:c .")
    {'ex': 'http://ex.org/'}
    """
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    next(parser, None)
    return dict(parser.prefixes)


def shipped(name: str) -> Iterator[Triple]:
    """Read a Turtle file that ships with the package, such as `ontology/topics.ttl`."""
    return turtle(resource(name).read_bytes(), where=name)


def to_graph(rows: str) -> Graph:
    """Return an rdflib graph with every triple of the N-Quads text, whatever named graph it stands in; literals stay as written."""
    from rdflib import BNode, Graph, Literal, URIRef

    def term(value: Subject | ox.Literal) -> URIRef | BNode | Literal:
        if isinstance(value, ox.NamedNode):
            return URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return BNode(value.value)
        if value.language:
            return Literal(value.value, lang=value.language)
        plain = value.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        return Literal(value.value, datatype=None if plain else URIRef(value.datatype.value), normalize=False)

    graph = Graph(bind_namespaces="none")
    for subject, predicate, value in triples(rows):
        graph.add((term(subject), term(predicate), term(value)))
    return graph

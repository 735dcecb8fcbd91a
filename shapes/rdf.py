"""The shapes as a SHACL engine takes them: as they are written, and rewritten so that many graphs can be checked at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from elshi.shapes.nodes import local

__all__ = ["SH", "RdfShapes", "read_rdf"]

SH: Final = Namespace("http://www.w3.org/ns/shacl#")
_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_NESTING: Final = (SH.node, SH["not"], SH.qualifiedValueShape)
_LISTING: Final = (SH["and"], SH["or"], SH.xone)
_STRING_TESTS: Final = (SH.pattern, SH.minLength, SH.maxLength)


@dataclass(frozen=True, slots=True)
class RdfShapes:
    """Shapes in the two forms in which they are applied."""

    full: Graph  # as written: the reference
    core: Graph  # without SPARQL constraints; property shapes stand alone with their node shape's targets
    owners: Mapping[Node, str]  # node or property shape -> name of the node shape
    paths: Mapping[Node, str]  # property shape -> its path as text
    names: frozenset[str]  # every IRI the shapes name
    batchable: bool  # whether graphs may be checked together
    _some: dict[frozenset[str], Graph] = field(default_factory=dict)

    def only(self, names: frozenset[str]) -> Graph:
        """Return of `core` what stems from the node shapes of these names."""
        if names not in self._some:
            self._some[names] = _part(self.core, [shape for shape, owner in self.owners.items() if owner in names])
        return self._some[names]

    def short(self, iri: object) -> str:
        """Return an IRI by the prefixes that the shapes declare."""
        return str(self.full.namespace_manager.normalizeUri(str(iri))).strip("<>")


def read_rdf(texts: Iterable[str]) -> RdfShapes:
    """Parse Turtle texts as one graph of shapes; raises what rdflib's parser raises."""
    full = Graph(bind_namespaces="none")
    for text in texts:
        full.parse(data=text, format="turtle")
    shapes = sorted({s for p in _TARGETS for s in full.subjects(p, None)}, key=str)
    owners: dict[Node, str] = {shape: local(str(shape)) for shape in shapes}
    owners.update({prop: local(str(shape)) for shape in shapes for prop in full.objects(shape, SH.property)})
    return RdfShapes(
        full=full, core=_lifted(full), owners=owners, paths={prop: _path(full, path) for prop, path in full.subject_objects(SH.path)},
        names=frozenset(str(term) for triple in full for term in triple if isinstance(term, URIRef)), batchable=_batchable(full),
    )  # fmt: skip


def _part(graph: Graph, roots: Iterable[Node]) -> Graph:
    """What a graph says of some nodes, and of the blank nodes that this leads to."""
    part = Graph(bind_namespaces="none")
    fresh = list(roots)
    while fresh:
        for triple in graph.triples((fresh.pop(), None, None)):
            if triple not in part:
                part.add(triple)
                fresh += [triple[2]] if isinstance(triple[2], BNode) else []
    return part


def _lifted(full: Graph) -> Graph:
    """Give the property shapes of every targeted node shape that shape's targets, and drop SPARQL constraints.

    At top level this changes no result (the focus nodes are the same), but a property shape is then built once per
    graph and not once per focus node. Shapes used inside others stay as they are.
    """
    core = Graph(bind_namespaces="none")
    for triple in full:
        if triple[1] != SH.sparql:
            core.add(triple)
    inner = {value for p in _NESTING for value in full.objects(None, p)}
    inner |= {item for p in _LISTING for head in full.objects(None, p) for item in Collection(full, head)}
    for shape in set(full.subjects(SH.property, None)) - inner - set(full.subjects(SH.path, None)):
        targets = [(p, value) for p in _TARGETS for value in full.objects(shape, p)]
        if not targets or (shape, SH.deactivated, None) in full or (shape, SH.closed, None) in full:
            continue
        for prop in full.objects(shape, SH.property):
            core.remove((shape, SH.property, prop))
            core.add((prop, RDF.type, SH.PropertyShape))
            for predicate, value in targets:
                core.add((prop, predicate, value))
    return core


def _path(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return _short(graph, path)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return "^" + _path(graph, inverse)
    for predicate, sign in ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?")):
        if (step := graph.value(path, predicate)) is not None:
            return f"({_path(graph, step)}){sign}"
    if (branches := graph.value(path, SH.alternativePath)) is not None:
        return "|".join(_path(graph, step) for step in Collection(graph, branches))
    return "/".join(_path(graph, step) for step in Collection(graph, path))


def _short(graph: Graph, iri: URIRef) -> str:
    return str(graph.namespace_manager.normalizeUri(iri)).strip("<>")


def _batchable(full: Graph) -> bool:
    """Whether a batch gives the results of single graphs: no test of an IRI's spelling, no form of constraint that batches do not know."""
    spelled = {shape for test in _STRING_TESTS for shape in full.subjects(test, None)}
    literal = {*full.subjects(SH.datatype, None), *full.subjects(SH.languageIn, None), *full.subjects(SH.nodeKind, SH.Literal)}
    inner = {shape for shape in full.subjects(SH.sparql, None) if (shape, SH.path, None) in full or isinstance(shape, BNode)}
    return not (spelled - literal or inner or (None, SH.target, None) in full or (None, SH.targetNode, None) in full)

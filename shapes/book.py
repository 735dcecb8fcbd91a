"""The shapes, read once: as they are written, and rewritten so that many graphs can be checked at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from elshi import ElshiError, resource

__all__ = ["SH", "Constraint", "ShapeBook", "ShapesError", "Target", "read_shapes", "shipped_shapes"]

SH: Final = Namespace("http://www.w3.org/ns/shacl#")
_TARGETS: Final = (("class", SH.targetClass), ("subjects", SH.targetSubjectsOf), ("objects", SH.targetObjectsOf), ("node", SH.targetNode))
_NESTING: Final = (SH.node, SH["not"], SH.qualifiedValueShape)
_LISTING: Final = (SH["and"], SH["or"], SH.xone)
_STRING_TESTS: Final = (SH.pattern, SH.minLength, SH.maxLength)
#: What picks a shape's focus nodes: the kind of target, and the class, property or node it names.
Target = tuple[Literal["class", "subjects", "objects", "node"], str]


class ShapesError(ElshiError):
    """Shapes that cannot be read or used."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A SPARQL constraint, to be asked once over many graphs: columns g, this, path and value."""

    shape: str
    severity: str
    message: str
    query: str


@dataclass(frozen=True, slots=True)
class ShapeBook:
    """Shapes in the two forms in which they are applied."""

    full: Graph  # as written: the reference
    core: Graph  # without SPARQL constraints; property shapes stand alone with their node shape's targets
    constraints: tuple[Constraint, ...]
    targets: Mapping[str, tuple[Target, ...]]  # node shape -> what it is applied to
    owners: Mapping[Node, str]  # node or property shape -> name of the node shape
    paths: Mapping[Node, str]  # property shape -> its path as text
    names: frozenset[str]  # every IRI the shapes name
    batchable: bool  # whether graphs may be checked together


@cache
def shipped_shapes() -> ShapeBook:
    """Return the shapes that ship with Elshi."""
    files = sorted((part for part in resource("shapes").iterdir() if part.name.endswith(".ttl")), key=lambda part: part.name)
    return _bound([part.read_text(encoding="utf-8") for part in files], "shapes/")


def read_shapes(path: Path) -> ShapeBook:
    """Read a Turtle file, or all of a folder, as shapes; raises ShapesError when there are none."""
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    try:
        texts = [file.read_text(encoding="utf-8") for file in files]
    except OSError as fault:
        raise ShapesError(f"no shapes in {path}: {fault.strerror}: pass --shapes FILE or DIR") from fault
    if not texts:
        raise ShapesError(f"no shapes in {path}: no .ttl file there: pass --shapes FILE or DIR")
    return _bound(texts, str(path))


def _bound(texts: Iterable[str], where: str) -> ShapeBook:
    full = Graph(bind_namespaces="none")
    for text in texts:
        try:
            full.parse(data=text, format="turtle")
        except Exception as fault:  # rdflib raises whatever its parser met
            raise ShapesError(f"{where} is not valid Turtle: {fault}: mend the file") from fault
    shapes = sorted({s for _, p in _TARGETS for s in full.subjects(p, None)}, key=str)
    if not shapes:
        raise ShapesError(f"no shapes in {where}: no shape there has a target: pass --shapes FILE or DIR")
    owners: dict[Node, str] = {shape: _local(shape) for shape in shapes}
    owners.update({prop: _local(shape) for shape in shapes for prop in full.objects(shape, SH.property)})
    return ShapeBook(
        full=full, core=_lifted(full), constraints=tuple(c for shape in shapes for c in _constraints(full, shape)),
        targets={_local(shape): tuple(_targets(full, shape)) for shape in shapes}, owners=owners,
        paths={prop: _path(full, path) for prop, path in full.subject_objects(SH.path)},
        names=frozenset(str(term) for triple in full for term in triple if isinstance(term, URIRef)), batchable=_batchable(full),
    )  # fmt: skip


def _local(shape: Node) -> str:
    return re.split(r"[#/]", str(shape))[-1]


def _targets(graph: Graph, shape: Node) -> Iterator[Target]:
    for kind, predicate in _TARGETS:
        for value in sorted(graph.objects(shape, predicate), key=str):
            yield kind, str(value)  # type: ignore[misc]


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
        targets = [(p, value) for _, p in _TARGETS for value in full.objects(shape, p)]
        if not targets or (shape, SH.deactivated, None) in full or (shape, SH.closed, None) in full:
            continue
        for prop in full.objects(shape, SH.property):
            core.remove((shape, SH.property, prop))
            core.add((prop, RDF.type, SH.PropertyShape))
            for predicate, value in targets:
                core.add((prop, predicate, value))
    return core


def _constraints(graph: Graph, shape: Node) -> Iterator[Constraint]:
    prefixes = "".join(
        f"PREFIX {graph.value(d, SH.prefix)}: <{graph.value(d, SH.namespace)}>\n" for d in sorted(graph.objects(None, SH.declare), key=str)
    )
    severity = _local(graph.value(shape, SH.severity) or SH.Violation)
    for node in graph.objects(shape, SH.sparql):
        select = re.fullmatch(r"(?s)\s*SELECT\s(.*?)\sWHERE\s*\{(.*)\}\s*", str(graph.value(node, SH.select)))
        if select is None:
            raise ShapesError(f"a SPARQL constraint of {_local(shape)} is no plain SELECT … WHERE {{ … }}: write it so")
        columns, pattern = (part.replace("$this", "?this") for part in select.groups())
        focus = " UNION ".join(f"{{ {_pattern(target)} }}" for target in _targets(graph, shape))
        query = f"{prefixes}SELECT DISTINCT ?g {columns} WHERE {{ GRAPH ?g {{ {focus} {pattern} }} }}"
        yield Constraint(_local(shape), severity, str(_english(graph, node)), query)


def _english(graph: Graph, node: Node) -> str:
    messages = {getattr(m, "language", None): str(m) for m in graph.objects(node, SH.message)}
    return messages.get("en") or next(iter(messages.values()), "")


def _pattern(target: Target) -> str:
    kind, name = target
    return {"class": f"?this a <{name}>", "subjects": f"?this <{name}> ?anything", "objects": f"?anything <{name}> ?this",
            "node": f"BIND (<{name}> AS ?this)"}[kind]  # fmt: skip


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

"""The shapes, read once: what they apply to, their SPARQL constraints, and whatever else it takes to apply them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from elshi import ElshiError, resource
from elshi.ontology.graph import GraphError, turtle, turtle_prefixes
from elshi.shapes.nodes import Nodes, lexical, local, short, tag
from elshi.shapes.proofs import PROOFS, Proof, digest
from elshi.shapes.screen import Screen, screen_of
from elshi.shapes.strict import sh

if TYPE_CHECKING:
    from elshi.shapes.rdf import RdfShapes  # rdflib: only for graphs that may be at fault

__all__ = ["Constraint", "ShapeBook", "ShapesError", "Target", "read_shapes", "shipped_shapes"]

_TARGETS: Final = (
    ("class", sh("targetClass")), ("subjects", sh("targetSubjectsOf")), ("objects", sh("targetObjectsOf")), ("node", sh("targetNode")),
)  # fmt: skip
#: What picks a shape's focus nodes: the kind of target, and the term of the class, property or node it names.
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
    proof: Proof | None  # what tells graphs that surely keep to it

    def may_fail(self, nodes: Nodes, focuses: Set[str]) -> bool:
        """Whether it has to be asked of a graph, given the nodes that its shape applies to."""
        return bool(focuses) and not (self.proof and self.proof(nodes, focuses))


@dataclass(frozen=True)
class ShapeBook:
    """Shapes, and the forms in which they are applied."""

    texts: tuple[str, ...]  # Turtle
    where: str
    constraints: tuple[Constraint, ...]
    targets: Mapping[str, tuple[Target, ...]]  # node shape -> what it is applied to
    screen: Screen | None  # what tells graphs that keep to them; None where there can be no such tests
    prefixes: Mapping[str, str]  # by namespace

    @cached_property
    def rdf(self) -> RdfShapes:
        """The shapes for a SHACL engine, parsed when first needed; raises ShapesError."""
        from elshi.shapes.rdf import read_rdf

        try:
            return read_rdf(self.texts)
        except Exception as fault:  # rdflib raises whatever its parser met
            raise ShapesError(f"{self.where} is not valid Turtle: {fault}: mend the file") from fault

    def short(self, iri: str) -> str:
        """Return an IRI by the prefixes that the shapes declare."""
        return short(iri, self.prefixes) or self.rdf.short(iri)

    def focuses(self, nodes: Nodes) -> dict[str, Set[str]]:
        """Return the nodes of a graph that each shape applies to."""
        return {shape: _focuses(nodes, targets) for shape, targets in self.targets.items()}


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
    texts = tuple(texts)
    try:
        graph = Nodes.of(dict.fromkeys((str(s), str(p), str(o)) for text in texts for s, p, o in turtle(text, where=where)))
    except GraphError as fault:
        raise ShapesError(str(fault)) from fault
    shapes = sorted(set().union(*(graph.values(target) for _, target in _TARGETS)))
    if not shapes:
        raise ShapesError(f"no shapes in {where}: no shape there has a target: pass --shapes FILE or DIR")
    prefixes = _prefixes(texts)
    return ShapeBook(
        texts, where, constraints=tuple(c for shape in shapes for c in _constraints(graph, shape)),
        targets={local(shape): tuple(_targets(graph, shape)) for shape in shapes}, screen=screen_of(graph, shapes, prefixes),
        prefixes=prefixes,
    )  # fmt: skip


def _prefixes(texts: Iterable[str]) -> dict[str, str]:
    """The prefix of each namespace that has one and shares it with no other."""
    pairs = {pair for text in texts for pair in turtle_prefixes(text).items()}
    prefixes, namespaces = ([pair[place] for pair in pairs] for place in (0, 1))
    return {iri: prefix for prefix, iri in pairs if prefixes.count(prefix) == namespaces.count(iri) == 1}


def _targets(graph: Nodes, shape: str) -> Iterator[Target]:
    for kind, predicate in _TARGETS:
        for value in sorted(graph.objects(shape, predicate)):
            yield kind, value  # type: ignore[misc]


def _constraints(graph: Nodes, shape: str) -> Iterator[Constraint]:
    declared = {_text(graph, node, "prefix"): _text(graph, node, "namespace") for node in graph.holders(sh("declare"))}
    severity = local(next(iter(graph.objects(shape, sh("severity"))), sh("Violation")))
    for node in graph.objects(shape, sh("sparql")):
        select = re.fullmatch(r"(?s)\s*SELECT\s(.*?)\sWHERE\s*\{(.*)\}\s*", _text(graph, node, "select"))
        if select is None:
            raise ShapesError(f"a SPARQL constraint of {local(shape)} is no plain SELECT … WHERE {{ … }}: write it so")
        columns, pattern = (part.replace("$this", "?this") for part in select.groups())
        focus = " UNION ".join(f"{{ {_pattern(target)} }}" for target in _targets(graph, shape))
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(declared.items()) if f"{name}:" in columns + pattern)
        query = f"{prefixes}SELECT DISTINCT ?g {columns} WHERE {{ GRAPH ?g {{ {focus} {pattern} }} }}"
        yield Constraint(local(shape), severity, _english(graph, node), query, PROOFS.get(digest(query)))


def _text(graph: Nodes, node: str, name: str) -> str:
    return next(map(lexical, graph.objects(node, sh(name))), "")


def _english(graph: Nodes, node: str) -> str:
    messages = {tag(term): lexical(term) for term in graph.objects(node, sh("message"))}
    return messages.get("en") or next(iter(messages.values()), "")


def _pattern(target: Target) -> str:
    kind, name = target
    return {"class": f"?this a {name}", "subjects": f"?this {name} ?anything", "objects": f"?anything {name} ?this",
            "node": f"BIND ({name} AS ?this)"}[kind]  # fmt: skip


def _focuses(nodes: Nodes, targets: Iterable[Target]) -> Set[str]:
    sets = [_met(nodes, *target) for target in targets]
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


def _met(nodes: Nodes, kind: str, name: str) -> Set[str]:
    if kind == "class":
        return nodes.members(name)
    if kind == "subjects":
        return nodes.values(name).keys()
    return nodes.holders(name).keys() if kind == "objects" else {name}

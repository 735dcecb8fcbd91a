"""Tells at a glance which graphs keep to the shapes, so that a SHACL engine has to look at the others only.

Each constraint becomes a test that is at least as strict: a graph that passes them all has no result, one that does not may have
some. Of anything unusual the tests rather doubt than guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from elshi.shapes.nodes import TYPE, Nodes, local
from elshi.shapes.strict import RDF, Test, UnknownConstraint, listed, sh, test_of

__all__ = ["Screen", "Screened", "screen_of"]

#: Finds the values of a node.
Path = Callable[[Nodes, str], Collection[str]]
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SUBCLASS: Final = f"<{_RDFS}subClassOf>"
#: What a shape may say that constrains nothing.
_SILENT: Final = frozenset({
    TYPE, f"<{_RDFS}label>", f"<{_RDFS}comment>", *map(sh, (
        "path", "targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "sparql", "severity", "message", "name", "description", "order", "group",
    )),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screened:
    """One shape as tests, and what it is applied to."""

    name: str
    classes: tuple[str, ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    checks: tuple[tuple[Path, tuple[Test, ...]], ...]

    def focus(self, nodes: Nodes) -> Collection[str]:
        """Return the nodes that the shape is applied to."""
        found: dict[str, None] = {}
        for name in self.classes:
            found.update(dict.fromkeys(nodes.subjects(TYPE, name)))
        for predicate in self.subjects:
            for several in nodes.back[predicate].values():
                found.update(dict.fromkeys(several))
        for predicate in self.objects:
            found.update(dict.fromkeys(nodes.back[predicate]))
        return found

    def doubts(self, nodes: Nodes, focuses: Collection[str]) -> bool:
        """Tell whether one of these nodes may not keep to the shape."""
        for path, tests in self.checks:
            for focus in focuses:
                values = path(nodes, focus)
                for test in tests:
                    if not test(nodes, focus, values):
                        return True
        return False


@dataclass(frozen=True, slots=True)
class Screen:
    """Tests made of shapes, and the properties that the nodes have to be asked for by object."""

    backwards: frozenset[str]
    shapes: tuple[Screened, ...]

    def look(self, nodes: Nodes) -> tuple[dict[str, int], frozenset[str]]:
        """Return how many nodes of a graph each shape is applied to, and the shapes that the graph may not keep to."""
        focuses = {shape.name: shape.focus(nodes) for shape in self.shapes}
        more = bool(nodes.back[_SUBCLASS])  # then a node has more classes than are stated
        doubtful = frozenset(shape.name for shape in self.shapes if more or shape.doubts(nodes, focuses[shape.name]))
        return {name: len(found) for name, found in focuses.items()}, doubtful


def screen_of(shapes: Nodes) -> Screen | None:
    """Return the tests of shapes, given as a graph; None where they say something that there is no test for."""
    targets = [sh(f"target{name}") for name in ("Class", "SubjectsOf", "ObjectsOf", "Node")]
    backwards = {_SUBCLASS}
    try:
        screened = [
            _screened(shapes, term, backwards) for term, said in sorted(shapes.out.items()) if any(target in said for target in targets)
        ]
    except UnknownConstraint:
        return None
    return Screen(frozenset(backwards), tuple(screened))


def _screened(shapes: Nodes, term: str, backwards: set[str]) -> Screened:
    if shapes.objects(term, sh("targetNode")):
        raise UnknownConstraint
    classes, subjects, objects = (tuple(shapes.objects(term, sh(f"target{kind}"))) for kind in ("Class", "SubjectsOf", "ObjectsOf"))
    backwards.update(subjects, objects)
    properties = list(shapes.objects(term, sh("property")))
    if any(sh(nested) in shapes.out[each] for each in properties for nested in ("property", "sparql")):
        raise UnknownConstraint
    checks = [(_path(shapes, each, backwards), _tests(shapes, each)) for each in (term, *properties)]
    return Screened(local(term), classes, subjects, objects, tuple(check for check in checks if check[1]))


def _tests(shapes: Nodes, shape: str) -> tuple[Test, ...]:
    if set(shapes.objects(shape, TYPE)) - {sh("NodeShape"), sh("PropertyShape")}:
        raise UnknownConstraint  # a shape that is a class is applied to its instances too
    return tuple(test_of(term, shapes, stated) for term, stated in shapes.out[shape].items() if term not in _SILENT)


def _path(shapes: Nodes, shape: str, backwards: set[str]) -> Path:
    stated = list(shapes.objects(shape, sh("path")))
    return _along(shapes, stated[0], backwards) if stated else lambda nodes, focus: (focus,)


def _along(shapes: Nodes, path: str, backwards: set[str]) -> Path:
    if path.startswith("<"):
        return lambda nodes, focus: nodes.objects(focus, path)
    if inverse := list(shapes.objects(path, sh("inversePath"))):
        if not inverse[0].startswith("<"):
            raise UnknownConstraint
        backwards.add(inverse[0])
        return lambda nodes, focus: nodes.subjects(inverse[0], focus)
    if f"<{RDF}first>" not in shapes.out[path]:
        raise UnknownConstraint
    steps = [_along(shapes, step, backwards) for step in listed(shapes, path)]
    return lambda nodes, focus: _walked(nodes, focus, steps)


def _walked(nodes: Nodes, focus: str, steps: list[Path]) -> Collection[str]:
    reached: Collection[str] = (focus,)
    for step in steps:
        reached = dict.fromkeys(value for node in reached for value in step(nodes, node))
    return reached

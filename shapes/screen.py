"""Tells at a glance which graphs keep to the shapes, so that a SHACL engine has to look at the others only.

Each constraint becomes a test that is at least as strict: a graph that passes them all has no result, one that does not may have
some. Of anything unusual the tests rather doubt than guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from elshi.shapes.nodes import TYPE, Nodes, local
from elshi.shapes.strict import RDF, Test, UnknownConstraint, Values, listed, sh, test_of

__all__ = ["SUBCLASS", "Screen", "screen_of"]

#: Finds the values of nodes; those that have none are left out.
Path = Callable[[Nodes, Iterable[str]], Mapping[str, Collection[str]]]
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
#: Where a graph states it, a node has more classes than it is stated to have.
SUBCLASS: Final = f"<{_RDFS}subClassOf>"
#: What a shape may say that constrains nothing.
_SILENT: Final = frozenset({
    TYPE, f"<{_RDFS}label>", f"<{_RDFS}comment>", *map(sh, (
        "path", "targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "sparql", "severity", "message", "name", "description", "order", "group",
    )),
})  # fmt: skip
#: A path and what is asked of its values.
Check = tuple[Path, tuple[Test, ...]]


@dataclass(frozen=True, slots=True)
class Screen:
    """Tests made of shapes, by the name of the shape."""

    checks: Mapping[str, tuple[Check, ...]]

    def doubts(self, nodes: Nodes, focuses: Mapping[str, Set[str]]) -> frozenset[str]:
        """Return the shapes that a graph may not keep to, given the nodes that each is applied to."""
        more = bool(nodes.values(SUBCLASS))
        return frozenset(name for name, found in focuses.items() if more or (found and self._doubts(name, nodes, found)))

    def _doubts(self, name: str, nodes: Nodes, focuses: Set[str]) -> bool:
        for path, tests in self.checks[name]:
            found = path(nodes, focuses)
            values = Values(nodes, focuses, found, set(chain.from_iterable(found.values())))
            if not all(test(values) for test in tests):
                return True
        return False


def screen_of(shapes: Nodes, targeted: Iterable[str]) -> Screen | None:
    """Return the tests of the shapes of a graph that have a target; None where they say something that there is no test for."""
    try:
        return Screen({local(shape): _checks(shapes, shape) for shape in targeted})
    except UnknownConstraint:
        return None


def _checks(shapes: Nodes, shape: str) -> tuple[Check, ...]:
    if shapes.objects(shape, sh("targetNode")):
        raise UnknownConstraint
    properties = list(shapes.objects(shape, sh("property")))
    if any(shapes.objects(each, sh(nested)) for each in properties for nested in ("property", "sparql")):
        raise UnknownConstraint
    checks = [(_path(shapes, each), _tests(shapes, each)) for each in (shape, *properties)]
    return tuple(check for check in checks if check[1])


def _tests(shapes: Nodes, shape: str) -> tuple[Test, ...]:
    if set(shapes.objects(shape, TYPE)) - {sh("NodeShape"), sh("PropertyShape")}:
        raise UnknownConstraint  # a shape that is a class is applied to its instances too
    return tuple(test_of(term, shapes, stated) for term, stated in shapes.about(shape).items() if term not in _SILENT)


def _path(shapes: Nodes, shape: str) -> Path:
    stated = list(shapes.objects(shape, sh("path")))
    return _along(shapes, stated[0]) if stated else lambda nodes, focuses: {focus: (focus,) for focus in focuses}


def _along(shapes: Nodes, path: str) -> Path:
    if path.startswith("<"):
        return lambda nodes, focuses: _held(nodes.values(path), focuses)
    if inverse := list(shapes.objects(path, sh("inversePath"))):
        if not inverse[0].startswith("<"):
            raise UnknownConstraint
        return lambda nodes, focuses: _held(nodes.holders(inverse[0]), focuses)
    if not shapes.objects(path, f"<{RDF}first>"):
        raise UnknownConstraint
    steps = [_along(shapes, step) for step in listed(shapes, path)]
    return lambda nodes, focuses: _walked(nodes, focuses, steps)


def _held(column: Mapping[str, Collection[str]], focuses: Iterable[str]) -> Mapping[str, Collection[str]]:
    return {focus: column[focus] for focus in focuses if focus in column} if column else column


def _walked(nodes: Nodes, focuses: Iterable[str], steps: Iterable[Path]) -> Mapping[str, Collection[str]]:
    reached: dict[str, Set[str]] = {focus: {focus} for focus in focuses}
    for step in steps:
        found = step(nodes, set(chain.from_iterable(reached.values())))
        further = {focus: {value for node in ends if node in found for value in found[node]} for focus, ends in reached.items()}
        reached = {focus: ends for focus, ends in further.items() if ends}
    return reached

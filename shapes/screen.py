"""Tells at a glance which graphs keep to the shapes, so that a SHACL engine has to look at the others only.

Each constraint becomes a test that is at least as strict: a graph that passes them all has no result, one that does not may have
some. Of anything unusual the tests rather doubt than guess. What they are sure of is a thing that lacks what every such thing has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, cast

from elshi.shapes.nodes import TYPE, Nodes, lexical, local, short, tag
from elshi.shapes.report import Severity, Violation
from elshi.shapes.strict import RDF, Test, UnknownConstraint, Values, listed, number, sh, test_of

__all__ = ["Check", "Screen", "screen_of"]

#: Finds the values of nodes; those that have none are left out.
Path = Callable[[Nodes, Iterable[str]], Mapping[str, Collection[str]]]
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
#: Where a graph states it, nodes have more classes than are stated.
_SUBCLASS: Final = f"<{_RDFS}subClassOf>"
#: What a shape may say that constrains nothing.
_SILENT: Final = frozenset({
    TYPE, f"<{_RDFS}label>", f"<{_RDFS}comment>", *map(sh, (
        "path", "targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "sparql", "severity", "message", "name", "description", "order", "group",
    )),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """What a shape asks of what is at the end of a path."""

    path: Path
    tests: tuple[Test, ...]
    lack: Violation | None  # the result of a node that has nothing there, where that alone is a fault and can be told right away


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked of a graph, by the name of the shape."""

    checks: Mapping[str, tuple[Check, ...]]

    def look(self, nodes: Nodes, focuses: Mapping[str, Set[str]]) -> tuple[frozenset[str], list[Violation]]:
        """Return the shapes that a graph may not keep to, and what it lacks besides, given the nodes that each shape is applied to."""
        lacks: list[Violation] = []
        more = bool(nodes.values(_SUBCLASS))
        doubts = frozenset(name for name, met in focuses.items() if more or (met and self._doubts(name, nodes, met, lacks)))
        return doubts, lacks

    def _doubts(self, name: str, nodes: Nodes, focuses: Set[str], lacks: list[Violation]) -> bool:
        for check in self.checks[name]:
            found = check.path(nodes, focuses)
            if check.lack and len(found) < len(focuses):
                lacking = focuses - found.keys()
                if any(focus[0] != "<" for focus in lacking):
                    return True
                lacks += [replace(check.lack, focus=focus[1:-1]) for focus in lacking]
            values = Values(nodes, focuses, found, set(chain.from_iterable(found.values())))
            if not all(test(values) for test in check.tests):
                return True
        return False


def screen_of(shapes: Nodes, targeted: Iterable[str], prefixes: Mapping[str, str]) -> Screen | None:
    """Return the tests of the shapes of a graph that have a target; None where they say something that there is no test for."""
    try:
        return Screen({local(shape): _checks(shapes, shape, prefixes) for shape in targeted})
    except UnknownConstraint:
        return None


def _checks(shapes: Nodes, shape: str, prefixes: Mapping[str, str]) -> tuple[Check, ...]:
    if shapes.objects(shape, sh("targetNode")):
        raise UnknownConstraint
    properties = list(shapes.objects(shape, sh("property")))
    if any(shapes.objects(each, sh(nested)) for each in properties for nested in ("property", "sparql")):
        raise UnknownConstraint
    checks = []
    for each in (shape, *properties):
        lack = _lack(shapes, shape, each, prefixes)
        checks.append(Check(_path(shapes, each), _tests(shapes, each, {sh("minCount")} if lack else set()), lack))
    return tuple(check for check in checks if check.tests or check.lack)


def _tests(shapes: Nodes, shape: str, told: Set[str]) -> tuple[Test, ...]:
    if set(shapes.objects(shape, TYPE)) - {sh("NodeShape"), sh("PropertyShape")}:
        raise UnknownConstraint  # a shape that is a class is applied to its instances too
    return tuple(test_of(term, shapes, stated) for term, stated in shapes.about(shape).items() if term not in _SILENT | told)


def _lack(shapes: Nodes, owner: str, shape: str, prefixes: Mapping[str, str]) -> Violation | None:
    """The result of a node that has nothing where a shape asks for one thing at least; None where only a SHACL engine can word it."""
    said = shapes.about(shape)
    messages = [lexical(message) for message in said.get(sh("message"), ()) if tag(message) == "en"]
    path = _worded(shapes, next(iter(said.get(sh("path"), ())), ""), prefixes)
    if list(map(number, said.get(sh("minCount"), ()))) != [1] or len(messages) != 1 or path is None or shape[0] == "<":
        return None
    severity = local(next(iter(said.get(sh("severity"), ())), sh("Violation")))
    return Violation("", path, local(owner), cast(Severity, severity), messages[0], "", "MinCount")


def _worded(shapes: Nodes, path: str, prefixes: Mapping[str, str]) -> str | None:
    """A path of one step as text."""
    if path[:1] == "<":
        return short(path[1:-1], prefixes)
    step = next((_worded(shapes, each, prefixes) for each in shapes.objects(path, sh("inversePath")) if each[0] == "<"), None)
    return step and f"^{step}"


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

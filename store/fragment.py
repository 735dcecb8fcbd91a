"""Answers a query here, over just those triples of a server that it can touch: for servers that get harder queries wrong.

What Elshi's saved questions are made of (sub-selects, OPTIONAL, EXISTS, paths) some servers answer with other rows, or not in
any time. Each triple pattern of such a query is asked for by itself, which every server can do, and the query is then answered
over what came. A query of plain patterns and counts is left to the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from elshi.store.base import Answer
from elshi.store.embedded import EmbeddedStore
from elshi.store.remote import Server

__all__ = ["Fragments", "patterns_of"]

#: Variables that VALUES binds, each to the terms that it can be.
Bound = Mapping[Any, tuple[str, ...]]
_HARD: Final = frozenset({"LeftJoin", "Minus", "ToMultiSet", "Builtin_EXISTS", "Builtin_NOTEXISTS", "Aggregate_GroupConcat"})
#: What can only be answered where all of the data is.
_ELSEWHERE: Final = frozenset({"Graph", "ServiceGraphPattern", "GroupGraphPatternSub", "TriplesBlock"})
_SAME_SCOPE: Final = {"Join": ("p1", "p2"), "LeftJoin": ("p1",), "Filter": ("p",), "Extend": ("p",), "Minus": ("p1",)}


class Fragments:
    """The triples that queries have touched so far."""

    def __init__(self, server: Server) -> None:
        """Begin with none."""
        self._server = server
        self._here: EmbeddedStore | None = None
        self._fetched: set[str] = set()

    def forget(self) -> None:
        """Fetch everything anew from now on: the server holds something else."""
        self._here, self._fetched = None, set()

    def answer(self, text: str, timeout: float | None) -> Answer | None:
        """Answer a query, or leave it to the server by returning None."""
        patterns = patterns_of(text)
        if patterns is None:
            return None
        if self._here is None:
            self._here = EmbeddedStore.empty()
        for pattern in sorted(patterns - self._fetched):
            self._here.mirror(self._server.ask(pattern, rows=False, timeout=timeout).decode("utf-8"))
            self._fetched.add(pattern)
        return self._here.query(text, timeout=timeout)


def patterns_of(text: str) -> set[str] | None:
    """Return the CONSTRUCT queries that fetch what a query can touch; None where it is for the server.

    >>> patterns_of("SELECT ?s { ?s a <x:Meeting> }") is None
    True
    >>> sorted(patterns_of("SELECT ?s { ?s a <x:Meeting> OPTIONAL { ?s <x:on> ?day } }"))[1]
    'CONSTRUCT { ?s <x:on> ?o } WHERE { ?s <x:on> ?o }'
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except Exception:  # what rdflib cannot read, and no more than that, is the server's to judge
        return None
    names = {getattr(node, "name", "path") for node in _nodes(algebra)}
    if not names & {*_HARD, "path"} or names & _ELSEWHERE or str(algebra.name) == "DescribeQuery":
        return None
    found: set[str] = set()
    for bound, triple in _triples(algebra, {}):
        asked = list(_asked(triple, bound))
        if not asked:
            return None
        found.update(asked)
    return found


def _children(node: Any) -> Iterator[Any]:
    if getattr(node, "name", None) in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        yield node.graph  # rdflib puts the algebra there; as an item it is still what was parsed
    elif isinstance(node, dict):
        yield from (value for name, value in node.items() if name not in ("_vars", "PV", "datasetClause"))
    elif isinstance(node, list | tuple | set):
        yield from node


def _nodes(node: Any) -> Iterator[Any]:
    """Every part of a query that has a name, and every path."""
    from rdflib.paths import Path

    if isinstance(node, Path) or getattr(node, "name", None):
        yield node
    for child in _children(node):
        yield from _nodes(child)


def _triples(node: Any, bound: Bound) -> Iterator[tuple[Bound, Any]]:
    """Every triple pattern, with the variables that VALUES binds around it."""
    name = getattr(node, "name", None)
    if name == "Project":
        bound = {}  # what is bound outside a sub-select does not reach into it
    if name == "BGP":
        yield from ((bound, triple) for triple in node.triples)
        return
    if name in _SAME_SCOPE:
        bound = {**bound, **dict(_values(node))}
    for child in _children(node):
        yield from _triples(child, bound)


def _values(node: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The variables that VALUES binds in every solution of a group."""
    from rdflib import URIRef

    name = getattr(node, "name", None)
    if name == "ToMultiSet" and getattr(node.p, "name", None) == "values":
        for variable in {key for row in node.p.res for key in row}:
            terms = [row.get(variable) for row in node.p.res]
            if all(isinstance(term, URIRef) for term in terms):
                yield variable, tuple(sorted({term.n3() for term in terms}))
    for part in _SAME_SCOPE.get(str(name), ()):
        yield from _values(node[part])


def _asked(triple: Any, bound: Bound) -> Iterator[str]:
    """The queries that fetch what a triple pattern can match; none where that is everything."""
    from rdflib import URIRef, Variable
    from rdflib.paths import Path

    subject, predicate, object = triple
    if isinstance(predicate, Path):
        steps = _steps(predicate)
        yield from (f"CONSTRUCT {{ ?s {step} ?o }} WHERE {{ ?s {step} ?o }}" for step in sorted(steps or ()))
        return
    ends = {"?s": _known(subject, bound), "?o": _known(object, bound)}
    if isinstance(predicate, Variable) and not any(ends.values()):
        return
    step = predicate.n3() if isinstance(predicate, URIRef) else "?p"
    values = " ".join(f"VALUES {name} {{ {' '.join(terms)} }}" for name, terms in ends.items() if terms)
    yield f"CONSTRUCT {{ ?s {step} ?o }} WHERE {{ {f'{values} ' if values else ''}?s {step} ?o }}"


def _known(term: Any, bound: Bound) -> tuple[str, ...]:
    from rdflib import URIRef

    return (term.n3(),) if isinstance(term, URIRef) else bound.get(term, ())


def _steps(path: Any) -> set[str] | None:
    """The properties along a path; None where it may be any."""
    from rdflib import URIRef
    from rdflib.paths import NegatedPath

    if isinstance(path, URIRef):
        return {path.n3()}
    if isinstance(path, NegatedPath):
        return None
    parts = path.args if hasattr(path, "args") else [getattr(path, "arg", None) or path.path]
    found: set[str] = set()
    for part in parts:
        steps = _steps(part)
        if steps is None:
            return None
        found |= steps
    return found

"""N-Quads as every store keeps them: literals in canonical form, blank nodes named, so that what is there can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from elshi.store.base import StoreError

__all__ = ["canonical", "fault_in", "one_line"]

T = TypeVar("T")
_AT_A_TIME: Final = 10_000
#: Blank nodes get a name of their own graph, so that a graph can be compared with what is there.
_NAMED_BLANK: Final = "https://w3id.org/.well-known/genid/elshi/"


def canonical(rows: str) -> set[ox.Quad]:
    """Return the quads of N-Quads text; raises StoreError where it is none.

    >>> [str(quad.object.value) for quad in canonical('<x:s> <x:p> "05"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .')]
    ['5']
    """
    store = ox.Store()  # which rewrites literals
    try:
        store.extend(ox.parse(rows, format=ox.RdfFormat.N_QUADS))
    except SyntaxError as fault:
        raise StoreError(f"this is not N-Quads: {one_line(fault)}: nothing was written") from fault
    return {_without_blanks(quad) if _blank(quad) else quad for quad in store}


def fault_in(lines: Iterable[str]) -> str:
    """Return what keeps lines from being N-Quads; empty where nothing does."""
    waiting = iter(lines)
    while some := "".join(islice(waiting, _AT_A_TIME)):
        try:
            for _ in ox.parse(some, format=ox.RdfFormat.N_QUADS):
                pass
        except SyntaxError as fault:
            return one_line(fault)
    return ""


def _blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _without_blanks(quad: ox.Quad) -> ox.Quad:
    graph = quad.graph_name.value.rpartition("/")[2] if isinstance(quad.graph_name, ox.NamedNode) else "default"

    def named(term: T) -> T | ox.NamedNode:
        return ox.NamedNode(f"{_NAMED_BLANK}{graph}-{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)


def one_line(fault: BaseException) -> str:
    """Return what a fault says, in one line."""
    return " ".join(str(fault).split())

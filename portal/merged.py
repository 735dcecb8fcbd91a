"""A default graph made of several graphs, each triple once: Oxigraph would count a triple once for every graph that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

__all__ = ["merged", "said_graphs"]


def merged(store: ox.Store, default: Iterable[str], named: Iterable[str]) -> ox.Store:
    """Return a store in memory whose default graph is the merge of some graphs, with others beside it."""
    made = ox.Store()
    for graph in default:
        found = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        made.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
    for graph in named:
        made.extend(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
    return made


def said_graphs(query: str, *, prefixes: Mapping[str, str], base_iri: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the default and the named graphs that a query lists by whether each is named; raises SyntaxError."""
    rows = ox.Store().query(query, prefixes=dict(prefixes), base_iri=base_iri)
    assert isinstance(rows, ox.QuerySolutions)
    listed = [
        (isinstance(named, ox.Literal) and named.value == "true", graph.value) for named, graph in rows if isinstance(graph, ox.NamedNode)
    ]
    return tuple(graph for named, graph in listed if not named), tuple(graph for named, graph in listed if named)

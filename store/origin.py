"""What the IRIs of a store begin with: the store says so itself, by the name of the graph that holds its ontology."""

from __future__ import annotations

from typing import Final

from elshi.ontology.vocab import BASE_IRI, ONTOLOGY, expand
from elshi.store.base import StoreError, Table, View

__all__ = ["base_of", "writing_base"]

_NAME: Final = "graph/ontology"
_GRAPHS: Final = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ <{ONTOLOGY}> a <{expand('owl:Ontology')}> }} }}"


def base_of(view: View, named: str | None = None) -> str:
    """Return the base IRI to read a store with: the one that is named, else the store's own, else the one of a new store."""
    return named or next(iter(_own(view)), BASE_IRI)


def writing_base(view: View, named: str | None = None) -> str:
    """Return the base IRI to write to a store with; raises StoreError where one is named that is not the store's."""
    own = _own(view)
    if named and own and named not in own:
        raise StoreError(f"the IRIs of this store begin with {own[0]}, not with {named}: leave out base_iri, or name another store")
    return base_of(view, named)


def _own(view: View) -> list[str]:
    answer = view.query(_GRAPHS)
    assert isinstance(answer, Table)
    return sorted(graph.value.removesuffix(_NAME) for (graph,) in answer.rows if graph and graph.value.endswith(_NAME))

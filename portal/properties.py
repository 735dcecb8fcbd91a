"""The properties of entities that tables know too: the columns by which a match is judged, and by which a table can be extended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from elshi import resource
from elshi.ontology import literals
from elshi.ontology.vocab import expand
from elshi.store.base import Table, Term, View

__all__ = ["Property", "known", "values"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property, and where its values are found."""

    iri: str
    path: str  # in SPARQL
    of: str  # the class whose entities have it, empty for all
    gives: str  # the class of its values, empty for literals and addresses


@cache
def known() -> Mapping[str, Property]:
    """Every property by its IRI."""
    rows = (line.split("\t") for line in resource("portal/web/properties.tsv").read_text(encoding="utf-8").splitlines()[1:])
    found = (Property(expand(name), path, of and expand(of), gives and expand(gives)) for name, path, of, gives in rows)
    return {each.iri: each for each in found}


def values(view: View, wanted: Property, things: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, list[Term]]:
    """The values that things have for a property."""
    nodes = " ".join(map(literals.node, things))
    answer = view.query(
        f"SELECT DISTINCT ?thing ?value {{ VALUES ?thing {{ {nodes} }} ?thing {wanted.path} ?value }} ORDER BY ?thing ?value",
        prefixes=prefixes,
    )
    assert isinstance(answer, Table)
    found: dict[str, list[Term]] = {}
    for thing, value in answer.rows:
        if thing and value:
            found.setdefault(thing.value, []).append(value)
    return found

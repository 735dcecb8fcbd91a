"""What a decision can be about, found by what people call it, and what has to be known of it before."""

from __future__ import annotations

from elshi.ontology import literals
from elshi.ontology.vocab import BASE_IRI, expand
from elshi.queries.gold import ask
from elshi.queries.lookup import EntityNotFound, resolve
from elshi.store.base import View

__all__ = ["guess_of", "guesses", "is_fact", "kind_of", "release_of", "unused"]

#: What two things must both be, or neither, to be one.
_KINDS = (
    "schema:Person",
    "org:Organization",
    "schema:Place",
    "elshi:Event",
    "elshi:Position",
    "elshi:Agreement",
    "elshi:Cooperation",
    "elshi:Statistic",
)


def release_of(view: View, text: str, *, base_iri: str = BASE_IRI) -> str:
    """Return the IRI of a release that is named by its IRI, CURIE, URL or file; raises EntityNotFound."""
    named = literals.plain(text)
    found = _asked(
        view, f"SELECT DISTINCT ?r WHERE {{ ?r a elshi:Release ; elshi:sourceName|dcterms:source ?n FILTER(STR(?n) = {named}) }}"
    )
    if len(found) > 1:
        raise EntityNotFound(f"{len(found)} releases come from {text}: name one by its IRI, such as {found[0]}")
    return found[0] if found else resolve(view, text, base_iri=base_iri)


def unused(view: View, iri: str) -> str:
    """Return an IRI beside another one that nothing has yet."""
    number = 2
    while view.query(f"ASK {{ VALUES ?t {{ <{iri}-{number}> }} {{ ?t ?p ?o }} UNION {{ ?s ?q ?t }} }}") is True:
        number += 1
    return f"{iri}-{number}"


def kind_of(view: View, iri: str) -> frozenset[str]:
    """Return which of the kinds something is of that are never one another: a person, a body, a place, a fact."""
    return frozenset(map(expand, _KINDS)) & set(_asked(view, f"SELECT ?c WHERE {{ <{iri}> a ?c }}"))


def is_fact(view: View, iri: str) -> bool:
    """Tell whether something is a fact."""
    return view.query(f"ASK {{ <{iri}> a <{expand('elshi:Fact')}> }}") is True


def guess_of(view: View, iri: str) -> str | None:
    """Return the likeliest record that an entity may be."""
    query = f"SELECT ?c WHERE {{ ?g elshi:candidateFor <{iri}> ; elshi:candidate ?c ; elshi:confidence ?s }} ORDER BY DESC(?s) ?c LIMIT 1"
    return next(iter(_asked(view, query)), None)


def guesses(view: View, iri: str, record: str) -> list[str]:
    """Return the guesses that an entity is a record."""
    return _asked(view, f"SELECT ?g WHERE {{ ?g elshi:candidateFor <{iri}> ; elshi:candidate <{record}> }} ORDER BY ?g")


def _asked(view: View, query: str) -> list[str]:
    return [value for (value,) in ask(view, query) if value]

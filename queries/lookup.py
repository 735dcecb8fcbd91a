"""Entities by IRI, CURIE or name, each as a card with its facts and their quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from elshi import ElshiError
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.catalogue import bind, saved
from elshi.queries.values import iri_of
from elshi.store.base import Table, Term, View

__all__ = ["Card", "EntityNotFound", "Hit", "card", "resolve", "search"]

#: How alike, of 100, a name has to be to stand in for one that nobody bears.
_ALIKE: Final = 75
_NAMES: Final = """SELECT DISTINCT ?entity ?written WHERE {
  ?release schema:mentions ?entity . ?entity rdfs:label|skos:altLabel ?written }"""


class EntityNotFound(ElshiError):
    """Nothing in the store goes by that name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a name may mean."""

    iri: str
    name: str
    matched: str
    kind: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Card:
    """An entity, what is known of it and its facts; rows as the queries @card and @facts give them."""

    iri: str
    properties: tuple[dict[str, str], ...]
    facts: tuple[dict[str, str], ...]


def search(view: View, text: str, *, lang: str = "en", base_iri: str = BASE_IRI) -> list[Hit]:
    """Return the entities whose names hold a text; where there are none, those whose names are most like it."""
    hits = _search(view, text, lang, base_iri)
    if hits:
        return hits
    found: dict[str, Hit] = {}
    for name in _alike(view, text, base_iri):
        for hit in _search(view, name, lang, base_iri):
            if hit.matched == name:
                found.setdefault(hit.iri, hit)
    return list(found.values())


def resolve(view: View, text: str, *, base_iri: str = BASE_IRI) -> str:
    """Return the IRI that an IRI, a CURIE or a name means here; raises EntityNotFound, naming what comes near."""
    iri = iri_of(text, base_iri)
    if iri is not None:
        if view.query(f"ASK {{ VALUES ?thing {{ <{iri}> }} ?thing ?property ?value }}") is True:
            return iri
        raise EntityNotFound(f"{text} is not in this store: `elshi search NAME` finds what is")
    hits = search(view, text, base_iri=base_iri)
    same = [hit for hit in hits if text.casefold() in (hit.name.casefold(), hit.matched.casefold())] or (hits if len(hits) == 1 else [])
    if len(same) == 1:
        return same[0].iri
    near = ", ".join(f"{hit.iri.removeprefix(base_iri).replace('/', ':', 1)} ({hit.name})" for hit in (same or hits)[:5])
    raise EntityNotFound(
        f"{text} may be {near}: say which" if near else f"{text} is not in this store: try `elshi search` with a part of the name"
    )


def card(view: View, iri: str, *, lang: str = "en", base_iri: str = BASE_IRI) -> Card:
    """Return what the store holds about an entity."""
    given = {"entity": iri, "lang": lang}
    return Card(iri, tuple(_asked(view, "card", given, base_iri)), tuple(_asked(view, "facts", given, base_iri)))


def _search(view: View, text: str, lang: str, base_iri: str) -> list[Hit]:
    rows = _asked(view, "search", {"text": text, "lang": lang}, base_iri)
    return [Hit(row["entity"], row["name"], row["matched"], row["kind"], int(row["mentions"])) for row in rows]


def _asked(view: View, name: str, given: dict[str, str], base_iri: str) -> list[dict[str, str]]:
    answer = view.query(bind(saved(name), given, base_iri=base_iri), prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    return [{column: _text(term) for column, term in zip(answer.columns, row, strict=True)} for row in answer.rows]


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _alike(view: View, text: str, base_iri: str) -> list[str]:
    from rapidfuzz import fuzz, process, utils

    answer = view.query(_NAMES, prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    names = sorted({written.value for _, written in answer.rows if written})
    return [
        name
        for name, _, _ in process.extract(text, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_ALIKE, limit=10)
    ]

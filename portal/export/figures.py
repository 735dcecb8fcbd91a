"""What a catalogue tells of a store in figures: when it was renewed, which days and languages it covers, what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elshi.ontology.vocab import prefixes
from elshi.store.base import Row, Table, View

__all__ = ["Figures", "figures"]

_MODIFIED: Final = "SELECT (MAX(?ended) AS ?end) WHERE { ?run prov:endedAtTime ?ended }"
_DAYS: Final = (
    """SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE { ?release a elshi:Release ; dcterms:issued|elshi:headerDate ?day }"""
)
_LANGUAGES: Final = "SELECT DISTINCT ?language WHERE { ?release a elshi:Release ; schema:inLanguage ?language } ORDER BY ?language"
_TRIPLES: Final = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) WHERE { ?s ?p ?o }"""
_OBJECTS: Final = "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }"
_CLASSES: Final = "SELECT ?class (COUNT(?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES: Final = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"
_LINKED: Final = """SELECT ?predicate ?site (COUNT(*) AS ?n) WHERE { VALUES ?predicate { owl:sameAs skos:exactMatch skos:closeMatch } ?thing ?predicate ?other
  BIND(REPLACE(STR(?other), "^([a-z]+://[^/]+/).*$", "$1") AS ?site) } GROUP BY ?predicate ?site ORDER BY ?predicate ?site"""
_EXAMPLES: Final = """SELECT ?class (MIN(?thing) AS ?example) WHERE { VALUES ?class { elshi:Release schema:Person org:Organization schema:Country elshi:Event }
  ?thing a ?class FILTER(STRSTARTS(STR(?thing), STR(release:)) || ?class != elshi:Release) } GROUP BY ?class ORDER BY ?class"""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures."""

    modified: str  # xsd:dateTime, empty where no run is recorded
    first: str  # the days of the releases, empty where none has one
    last: str
    languages: tuple[str, ...]
    triples: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    linked: tuple[tuple[str, str, int], ...]  # property, another site, how many links lead there
    examples: tuple[str, ...]


def figures(view: View, base_iri: str) -> Figures:
    """Return the figures of a store."""
    known = prefixes(base_iri)
    ((modified,),) = _rows(view, _MODIFIED, known)
    ((first, last),) = _rows(view, _DAYS, known)
    ((triples, subjects),) = _rows(view, _TRIPLES, known)
    ((objects,),) = _rows(view, _OBJECTS, known)
    return Figures(
        modified=_text(modified),
        first=_text(first),
        last=_text(last),
        languages=tuple(_text(row[0]) for row in _rows(view, _LANGUAGES, known)),
        triples=int(_text(triples)),
        subjects=int(_text(subjects)),
        objects=int(_text(objects)),
        classes=_counted(view, _CLASSES, known),
        properties=_counted(view, _PROPERTIES, known),
        linked=tuple((_text(how), _text(site), int(_text(n))) for how, site, n in _rows(view, _LINKED, known)),
        examples=tuple(_text(row[1]) for row in _rows(view, _EXAMPLES, known)),
    )


def _counted(view: View, query: str, known: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((_text(what), int(_text(n))) for what, n in _rows(view, query, known))


def _rows(view: View, query: str, known: Mapping[str, str]) -> Iterator[Row]:
    answer = view.query(query, prefixes=known)
    assert isinstance(answer, Table), "the queries of figures are SELECT"
    yield from answer.rows


def _text(term: object) -> str:
    return getattr(term, "value", "")

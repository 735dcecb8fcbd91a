"""What each page shows, gathered from the store: records that the templates draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from elshi.ontology.vocab import expand
from elshi.portal import drawings
from elshi.portal.links import Links
from elshi.portal.passages import Passage, Span, passages
from elshi.portal.sections import Names, Section, Source
from elshi.store.base import Term

__all__ = ["EntityPage", "FactPage", "ListPage", "Page", "ReleasePage", "StartPage", "resource_page"]

#: Sections of an entity's page, in their order, by the first segment of its path.
_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("positions", "occasions", "company", "pacts", "figures", "reports"),
    "organization": ("positions", "occasions", "company", "pacts", "figures", "parts", "reports"),
    "place": ("positions", "occasions", "company", "pacts", "figures", "reports"),
    "topic": ("parts", "sides", "pacts", "occasions", "reports"),
}
_FACTS: Final = ("event", "position", "cooperation", "agreement", "statistic", "date")
_LABEL: Final = expand("rdfs:label")
#: Neighbours that are drawn; the table below the picture has the others.
_DRAWN: Final = 14


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has."""

    names: Names


@dataclass(frozen=True, slots=True)
class StartPage(Page):
    """Where visitors arrive."""

    counts: Section
    latest: Section


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """Things of a class."""

    iri: str  # of the class
    things: Section


@dataclass(frozen=True, slots=True)
class Resource(Page):
    """What the page of every resource has."""

    iri: str
    title: str
    title_lang: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityPage(Resource):
    """A person, an organisation, a place or a topic."""

    labels: Section
    links: Section
    sections: tuple[Section, ...]
    months: Section
    timeline: Markup
    company: Markup
    sparks: tuple[tuple[str, Markup], ...] = ()


@dataclass(frozen=True, slots=True)
class FactPage(Resource):
    """A fact and the sentences that state it; or any other resource."""

    content: Section
    quotes: Section


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as a release's page tells it."""

    iri: str
    kind: str
    confidence: str
    said: tuple[tuple[str, tuple[Term, ...]], ...]  # property, values


@dataclass(frozen=True, slots=True)
class ReleasePage(Resource):
    """An article with what it names and states."""

    lang: str
    about: Mapping[str, Term]
    passages: tuple[Passage, ...]
    sentences: tuple[tuple[str, tuple[str, ...]], ...]  # each quoted sentence and the facts that it states
    facts: Mapping[str, Stated] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)  # fact -> where its sentence is
    classes: Mapping[str, str] = field(default_factory=dict)  # thing -> the class it is marked as
    named: Section | None = None
    versions: Section | None = None
    evidence: Section | None = None

    def notes(self, passage: Passage) -> list[int]:
        """The numbers of the sentences of evidence that end with a passage."""
        return sorted({int(self.anchors[fact][1:]) for fact in passage.ends if fact in self.anchors})


def start_page(source: Source, lang: str) -> StartPage:
    """Gather the start page."""
    counts, latest = source.section("counts"), source.section("latest")
    latest = Section(latest.name, latest.columns, latest.rows[:12], latest.query)
    return StartPage(source.names_in([counts, latest], lang), counts, latest)


def list_page(source: Source, lang: str, iri: str) -> ListPage:
    """Gather the things of a class; releases by their day."""
    things = source.section("latest") if iri == expand("elshi:Release") else source.section("things", **{"class": iri})
    return ListPage(source.names_in([things], lang, iri), iri, things)


def resource_page(source: Source, lang: str, iri: str, links: Links) -> Resource:
    """Gather the page of a resource that the store knows."""
    kind = iri.removeprefix(source.base_iri).partition("/")[0]
    classes = tuple(term.value for term in source.section("classes", thing=iri).column("class"))
    if kind == "release" and expand("elshi:Release") in classes:
        return _release(source, lang, iri, classes)
    if kind in _SECTIONS:
        return _entity(source, lang, iri, classes, links)
    return _fact(source, lang, iri, classes)


def _entity(source: Source, lang: str, iri: str, classes: tuple[str, ...], links: Links) -> EntityPage:
    kind = iri.removeprefix(source.base_iri).partition("/")[0]
    labels, known, months = (source.section(name, thing=iri) for name in ("names", "links", "months"))
    sections = [found.without(iri) for name in _SECTIONS[kind] if (found := source.section(name, thing=iri))]
    names = source.names_in([known, *sections], lang, iri, *classes)
    title, title_lang = names.tagged(iri)
    company = next((section for section in sections if section.name in ("company", "sides")), None)
    figures = next((section for section in sections if section.name == "figures"), None)
    return EntityPage(
        names, iri, title, title_lang, _finest(classes), labels, known, tuple(sections), months,
        timeline=drawings.bars([(row[0].value, int(row[1].value)) for row in months.rows if row[0] and row[1]], title),
        company=_wheel(company, title, names, links) if company else Markup(""),
        sparks=_sparks(figures, names) if figures else (),
    )  # fmt: skip


def _wheel(section: Section, title: str, names: Names, links: Links) -> Markup:
    drawn = [
        drawings.Link(names.of(row[0].value), int(row[1].value), links.resource(row[0].value)) for row in section.rows[:_DRAWN] if row[0] and row[1]
    ]
    return drawings.wheel(title, drawn, title)


def _sparks(figures: Section, names: Names) -> tuple[tuple[str, Markup], ...]:
    points: dict[str, list[tuple[str, float]]] = {}
    for row in figures.records():
        measure, value, day = row.get("measure"), row.get("value"), row.get("day")
        if measure and value and day and not row.get("from"):
            points.setdefault(measure.value, []).append((day.value, float(value.value)))
    drawn = ((names.of(measure), drawings.line(found, names.of(measure))) for measure, found in points.items())
    return tuple((name, picture) for name, picture in drawn if picture)


def _fact(source: Source, lang: str, iri: str, classes: tuple[str, ...]) -> FactPage:
    content, quotes = source.section("fact", thing=iri), source.section("quotes", thing=iri)
    names = source.names_in([content, quotes], lang, iri, *classes)
    title, title_lang = names.tagged(iri)
    return FactPage(names, iri, title, title_lang, _finest(classes), content, quotes)


def _release(source: Source, lang: str, iri: str, classes: tuple[str, ...]) -> ReleasePage:
    about = next(source.section("release", release=iri).records())
    known = {name: term for name, term in about.items() if term is not None}
    text, language = known["text"].value, known["language"].value
    mentions, evidence, stated, versions, subjects = (
        source.section(name, release=iri) for name in ("mentions", "evidence", "stated", "versions", "subjects")
    )
    names = source.names_in([mentions, stated, evidence, versions, subjects], lang, iri, *classes, *(t.value for t in known.values() if t.kind == "iri"))
    cut = passages(text, _spans(mentions, "thing"), _spans(evidence, "fact"))
    sentences = _sentences(evidence)
    anchors = {fact: f"s{number}" for number, (_, facts) in enumerate(sentences, 1) for fact in facts}
    return ReleasePage(
        names, iri, known["title"].value, language, _finest(classes), language, known, tuple(cut), tuple(sentences),
        facts=_stated(stated, evidence), anchors=anchors,
        classes={term.value: _mark(kind.value) for row in mentions.records() if (term := row["thing"]) and (kind := row["type"])},
        named=mentions, versions=versions, evidence=evidence,
    )  # fmt: skip


def _spans(section: Section, about: str) -> list[Span]:
    return [
        Span(int(row["start"].value), int(row["end"].value), row[about].value)  # type: ignore[union-attr]
        for row in section.records()
    ]  # fmt: skip


def _sentences(evidence: Section) -> list[tuple[str, tuple[str, ...]]]:
    """Each quoted sentence with the facts it states; a fact is told with the first of its sentences."""
    found: dict[str, dict[str, None]] = {}
    told: set[str] = set()
    for row in evidence.records():
        exact, fact = row["exact"], row["fact"]
        if exact and fact and fact.value not in told:
            told.add(fact.value)
            found.setdefault(exact.value, {})[fact.value] = None
    return [(exact, tuple(facts)) for exact, facts in found.items()]


def _stated(stated: Section, evidence: Section) -> dict[str, Stated]:
    sure = {row["fact"].value: row["confidence"].value for row in evidence.records() if row["fact"] and row["confidence"]}
    said: dict[str, dict[str, list[Term]]] = {}
    for row in stated.records():
        fact, property, value = row["fact"], row["property"], row["value"]
        if fact and property and value and fact.value in sure:
            said.setdefault(fact.value, {}).setdefault(property.value, []).append(value)
    return {
        fact: Stated(
            fact, next(iter(_finest(tuple(term.value for term in properties.get(_TYPE, ())))), ""), sure[fact],
            tuple((property, tuple(values)) for property, values in properties.items() if property not in (_TYPE, _LABEL)),
        )
        for fact, properties in said.items()
    }  # fmt: skip


_TYPE: Final = expand("rdf:type")
_VAGUE: Final = frozenset(
    map(expand, ("elshi:Fact", "elshi:Actor", "elshi:Party", "foaf:Person", "schema:Organization", "schema:Place", "schema:Event",
                 "prov:Entity", "org:Membership", "schema:NewsArticle", "skos:Concept", "oa:Annotation", "foaf:Agent"))
)  # fmt: skip


def _finest(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The classes that say most; `elshi:Event` only where no finer one is stated, and so `org:Organization`."""
    telling = [iri for iri in classes if iri not in _VAGUE] or list(classes)
    finer = [iri for iri in telling if iri not in (expand("elshi:Event"), expand("org:Organization"))]
    return tuple(sorted(finer or telling))


def _mark(kind: str) -> str:
    """How a mention is coloured."""
    local = kind.rpartition("/")[2].rpartition("#")[2]
    return "person" if local == "Person" else "place" if local in ("Country", "City", "Region", "Place") else "organisation"

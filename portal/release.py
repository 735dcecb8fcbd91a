"""The page of a release, gathered: its text in passages, what it names, and its facts beside the sentences that state them."""

from __future__ import annotations

from typing import Final

from elshi.ontology.vocab import expand
from elshi.portal.kinds import finest, mark, telling
from elshi.portal.passages import Span, passages
from elshi.portal.records import ReleasePage, Stated
from elshi.portal.sections import Section, Source
from elshi.store.base import Term

__all__ = ["release_page"]

_TYPE: Final = expand("rdf:type")
_LABEL: Final = expand("rdfs:label")


def release_page(source: Source, lang: str, iri: str, classes: tuple[str, ...]) -> ReleasePage:
    """Gather the page of a release."""
    about = next(source.section("release", release=iri).records())
    known = {name: term for name, term in about.items() if term is not None}
    text, language = known["text"].value, known["language"].value
    mentions, evidence, stated, versions, subjects, refrains = (
        source.section(name, release=iri) for name in ("mentions", "evidence", "stated", "versions", "subjects", "refrains")
    )
    names = source.names_in(
        [mentions, stated, evidence, versions, subjects], lang, iri, *classes, *(t.value for t in known.values() if t.kind == "iri")
    )
    cut = passages(text, _spans(mentions, "thing"), _spans(evidence, "fact"))
    sentences = _sentences(evidence)
    anchors = {fact: f"s{number}" for number, (_, facts) in enumerate(sentences, 1) for fact in facts}
    return ReleasePage(
        names, iri, known["title"].value, language, finest(classes), language, known, tuple(cut), tuple(sentences),
        facts=_stated(stated, evidence), anchors=anchors,
        classes={term.value: mark(kind.value) for row in mentions.records() if (term := row["thing"]) and (kind := row["type"])},
        named=mentions, versions=versions, subjects=subjects, evidence=evidence, refrains=refrains,
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
            fact, next(iter(finest(tuple(term.value for term in properties.get(_TYPE, ())))), ""), sure[fact],
            tuple((property, tuple(properties[property])) for property in sorted(properties, key=telling) if property not in (_TYPE, _LABEL)),
        )
        for fact, properties in said.items()
    }  # fmt: skip

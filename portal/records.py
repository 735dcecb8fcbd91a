"""What templates draw: one record for each kind of page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from elshi.portal.passages import Passage
from elshi.portal.sections import Names, Section
from elshi.store.base import Term

__all__ = ["EntityPage", "FactPage", "ListPage", "Page", "Picture", "ReleasePage", "Resource", "StartPage", "Stated"]


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has."""

    names: Names


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of what a section holds, and the same as data for a program that draws it to be explored."""

    drawn: Markup
    data: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class StartPage(Page):
    """Where visitors arrive."""

    counts: Section
    latest: Section
    leading: Mapping[str, Section] = field(default_factory=dict)  # who and what is mentioned most, by class
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the name of the section drawn
    sections: Mapping[str, Section] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """Things of a class."""

    iri: str  # of the class
    things: Section
    number: int = 1  # of this page of the list
    more: bool = False  # whether another follows


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
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the name of the section drawn
    sparks: tuple[tuple[str, Markup], ...] = ()  # figures over time, by measure


@dataclass(frozen=True, slots=True)
class FactPage(Resource):
    """A fact and the sentences that state it; or any other resource."""

    content: Section
    quotes: Section
    sections: tuple[Section, ...] = ()  # what else is said about it


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
    subjects: Section | None = None
    evidence: Section | None = None
    refrains: Section | None = None  # what earlier releases said in the same words

    def notes(self, passage: Passage) -> list[int]:
        """The numbers of the sentences of evidence that end with a passage."""
        return sorted({int(self.anchors[fact][1:]) for fact in passage.ends if fact in self.anchors})

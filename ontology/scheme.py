"""The SKOS schemes that ship with the ontology: topics, roles, measures, steps of commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from elshi.ingest.model import Tagged
from elshi.ontology.graph import shipped
from elshi.ontology.vocab import BASE_IRI, expand

__all__ = ["FILES", "Concept", "SchemeName", "concepts"]

SchemeName = Literal["topic", "role", "measure", "commitment"]

#: Name of a scheme (the first path segment of its concepts) -> the file that holds it.
FILES: Final[Mapping[SchemeName, str]] = {
    "topic": "ontology/topics.ttl",
    "role": "ontology/roles.ttl",
    "measure": "ontology/measures.ttl",
    "commitment": "ontology/commitment.ttl",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme, with its names in every language."""

    slug: str
    labels: tuple[Tagged, ...] = ()
    aliases: tuple[Tagged, ...] = ()
    broader: tuple[str, ...] = ()  # slugs
    step: int | None = None  # the rung of a commitment

    def label(self, lang: str) -> str | None:
        """The preferred name in a language."""
        return next((text for text, tag in self.labels if tag == lang), None)


@dataclass(slots=True)
class _Draft:
    labels: list[Tagged] = field(default_factory=list)
    aliases: list[Tagged] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    step: int | None = None


@cache
def concepts(scheme: SchemeName) -> Mapping[str, Concept]:
    """Return the concepts of a scheme by slug.

    >>> concepts("topic")["space"].label("kk")
    'Ғарыш технологиялары'
    """
    base = f"{BASE_IRI}{scheme}/"
    drafts: dict[str, _Draft] = {}
    for subject, predicate, value in shipped(FILES[scheme]):
        if subject.value.startswith(base):
            draft = drafts.setdefault(subject.value.removeprefix(base), _Draft())
            _take(draft, predicate.value, value.value, getattr(value, "language", None) or "", base)
    return {slug: Concept(slug, tuple(d.labels), tuple(d.aliases), tuple(d.broader), d.step) for slug, d in drafts.items()}


def _take(draft: _Draft, predicate: str, value: str, lang: str, base: str) -> None:
    if predicate == expand("skos:prefLabel"):
        draft.labels.append((value, lang))
    elif predicate == expand("skos:altLabel"):
        draft.aliases.append((value, lang))
    elif predicate == expand("skos:broader"):
        draft.broader.append(value.removeprefix(base))
    elif predicate == expand("elshi:step"):
        draft.step = int(value)

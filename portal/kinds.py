"""Which of the classes of a thing say most about it."""

from __future__ import annotations

from typing import Final

from elshi.ontology.vocab import expand

__all__ = ["finest", "mark"]

_VAGUE: Final = frozenset(
    map(expand, ("elshi:Fact", "elshi:Actor", "elshi:Party", "foaf:Person", "schema:Organization", "schema:Place", "schema:Event",
                 "prov:Entity", "org:Membership", "schema:NewsArticle", "skos:Concept", "oa:Annotation", "foaf:Agent"))
)  # fmt: skip
_WIDE: Final = (expand("elshi:Event"), expand("org:Organization"))


def finest(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The classes that say most; `elshi:Event` only where no finer one is stated, and so `org:Organization`."""
    telling = [iri for iri in classes if iri not in _VAGUE] or list(classes)
    return tuple(sorted([iri for iri in telling if iri not in _WIDE] or telling))


def mark(kind: str) -> str:
    """How a mention is coloured."""
    local = kind.rpartition("/")[2].rpartition("#")[2]
    return "person" if local == "Person" else "place" if local in ("Country", "City", "Region", "Place") else "organisation"

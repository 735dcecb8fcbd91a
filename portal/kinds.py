"""Which of the classes of a thing say most about it."""

from __future__ import annotations

from typing import Final

from elshi.ontology.vocab import expand

__all__ = ["finest", "mark", "telling"]

_VAGUE: Final = frozenset(
    map(expand, ("elshi:Fact", "elshi:Actor", "elshi:Party", "foaf:Person", "schema:Organization", "schema:Place", "schema:Event",
                 "prov:Entity", "org:Membership", "schema:NewsArticle", "skos:Concept", "oa:Annotation", "foaf:Agent"))
)  # fmt: skip
#: What a fact states, as people tell it: who, with whom, in what office, what about, where and when, how firmly.
_ORDER: Final = tuple(
    map(expand, ("org:member", "org:role", "org:organization", "elshi:represents", "elshi:accreditedTo", "elshi:about", "elshi:measure", "schema:value",
                 "elshi:unit", "elshi:approximate", "elshi:fromCountry", "elshi:participant", "elshi:party", "elshi:scope", "elshi:topic", "elshi:commitment",
                 "schema:location", "schema:startDate", "schema:endDate", "elshi:signedOn", "elshi:dateValue", "elshi:reportedOn", "elshi:asOf", "elshi:status"))
)  # fmt: skip
_WIDE: Final = (expand("elshi:Event"), expand("org:Organization"))


def finest(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The classes that say most; `elshi:Event` only where no finer one is stated, and so `org:Organization`."""
    telling = [iri for iri in classes if iri not in _VAGUE] or list(classes)
    return tuple(sorted([iri for iri in telling if iri not in _WIDE] or telling))


def telling(property: str) -> tuple[int, str]:
    """Where a property comes in what a fact states; those that nobody put in order come last."""
    return (_ORDER.index(property) if property in _ORDER else len(_ORDER), property)


def mark(kind: str) -> str:
    """How a mention is coloured."""
    local = kind.rpartition("/")[2].rpartition("#")[2]
    return "person" if local == "Person" else "place" if local in ("Country", "City", "Region", "Place") else "organisation"

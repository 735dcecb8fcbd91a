"""The names of the graph: prefixes, and which classes a kind of thing is stated to belong to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = [
    "BASE_IRI",
    "ENTITY_CLASSES",
    "EVENT_KINDS",
    "FACT_CLASSES",
    "LANGUAGE_AUTHORITY",
    "ONTOLOGY",
    "ORGANIZATION_KINDS",
    "PLACE_KINDS",
    "PREFIXES",
    "RELEASE_CLASSES",
    "RESOURCE_KINDS",
    "STATUSES",
    "expand",
    "prefixes",
]

#: Where resources live unless the `base_iri` setting says otherwise.
BASE_IRI: Final = "https://w3id.org/elshi/id/"
#: The ontology's own IRI; its terms follow after `#`.
ONTOLOGY: Final = "https://w3id.org/elshi/ontology"

#: Prefixes of every vocabulary the graph uses.
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "elshi": ONTOLOGY + "#",
        "schema": "https://schema.org/",
        "org": "http://www.w3.org/ns/org#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "sh": "http://www.w3.org/ns/shacl#",
    }
)

#: First path segment of every resource IRI; each is also a prefix, so that `person:roman-vasilenko` can be typed.
RESOURCE_KINDS: Final = (
    "release",
    "graph",
    "place",
    "organization",
    "person",
    "topic",
    "role",
    "measure",
    "commitment",
    "position",
    "event",
    "cooperation",
    "agreement",
    "statistic",
    "date",
    "mention",
    "candidate",
    "agent",
    "run",
    "scheme",
    "decision",
    "version",
    "talking-point",
)

#: Kinds of organisation that have a class of their own.
ORGANIZATION_KINDS: Final = (
    "University",
    "ResearchInstitute",
    "ResearchCentre",
    "Faculty",
    "Campus",
    "School",
    "Ministry",
    "Embassy",
    "Parliament",
    "GovernmentBody",
    "InternationalOrganization",
    "Company",
    "Foundation",
    "MediaOutlet",
)
#: Kinds of place.
PLACE_KINDS: Final = ("Country", "City", "Region")
#: Kinds of event.
EVENT_KINDS: Final = ("Meeting", "Visit", "Call", "Signing", "Conference", "Ceremony", "Presentation", "Vote", "Launch")
#: What may have become of an event.
STATUSES: Final = ("held", "planned", "postponed", "cancelled")

#: The classes a release is stated to have, the most specific first.
RELEASE_CLASSES: Final = ("elshi:Release", "schema:NewsArticle", "prov:Entity")

_ORGANIZATION: Final = ("org:Organization", "schema:Organization", "elshi:Party", "elshi:Actor")

#: Kind of an entity -> the classes its node is stated to have, the most specific first.
ENTITY_CLASSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Person": ("schema:Person", "foaf:Person", "elshi:Actor"),
        "Country": ("schema:Country", "schema:Place", "elshi:Party", "elshi:Actor"),
        "City": ("schema:City", "schema:Place"),
        "Region": ("elshi:Region", "schema:Place"),
        "Organization": _ORGANIZATION,
        **{kind: (f"elshi:{kind}", *_ORGANIZATION) for kind in ORGANIZATION_KINDS},
    }
)

#: Name of a fact's record -> the classes its node is stated to have, the most specific first.
FACT_CLASSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Position": ("elshi:Position", "org:Membership", "elshi:Fact"),
        "Cooperation": ("elshi:Cooperation", "elshi:Fact"),
        "Agreement": ("elshi:Agreement", "elshi:Fact"),
        "Statistic": ("elshi:Statistic", "elshi:Fact"),
        "StatedDate": ("elshi:StatedDate", "elshi:Fact"),
        "Event": ("elshi:Event", "schema:Event", "elshi:Fact"),
        **{kind: (f"elshi:{kind}", "elshi:Event", "schema:Event", "elshi:Fact") for kind in EVENT_KINDS},
    }
)

#: The language authority of the Publications Office of the EU.
LANGUAGE_AUTHORITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        lang: f"http://publications.europa.eu/resource/authority/language/{code}"
        for lang, code in (("kk", "KAZ"), ("ru", "RUS"), ("en", "ENG"))
    }
)


def expand(name: str) -> str:
    """Return the IRI that a prefixed name stands for.

    >>> expand("elshi:Meeting")
    'https://w3id.org/elshi/ontology#Meeting'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def prefixes(base_iri: str = BASE_IRI) -> dict[str, str]:
    """Return every prefix a query may use: the vocabularies' and one per kind of resource."""
    return {**PREFIXES, **{kind: f"{base_iri}{kind}/" for kind in RESOURCE_KINDS}}

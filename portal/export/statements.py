"""Statements written with prefixed names: what the catalogue and VoID are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from elshi.ontology import literals
from elshi.ontology.vocab import PREFIXES

__all__ = ["PUBLISHING", "Statements", "iri"]

#: Prefixes of the vocabularies that describe data for others.
PUBLISHING: Final[Mapping[str, str]] = MappingProxyType({
    **{name: PREFIXES[name] for name in ("rdf", "rdfs", "xsd", "owl", "skos", "foaf", "dcterms")},
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "adms": "http://www.w3.org/ns/adms#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
})  # fmt: skip


def iri(name: str) -> str:
    """Return the IRI that a prefixed name of these vocabularies stands for.

    >>> iri("dcat:Dataset")
    'http://www.w3.org/ns/dcat#Dataset'
    """
    prefix, _, local = name.partition(":")
    return PUBLISHING[prefix] + local


class Statements:
    """Collects N-Triples lines; subjects are IRIs, properties prefixed names, values terms."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: dict[str, None] = {}
        self._objects: dict[str, None] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield the lines in the order in which they were stated."""
        return iter(self._lines)

    def term(self, subject: str, property: str, value: str) -> None:
        """State a value that is a term already."""
        self._lines[f"{literals.node(subject)} {literals.node(iri(property))} {value} ."] = None

    def type(self, subject: str, *classes: str) -> None:
        """State what a thing is."""
        for each in classes:
            self.term(subject, "rdf:type", literals.node(iri(each)))

    def link(self, subject: str, property: str, *things: str) -> None:
        """Link to things by their IRIs; an empty one is no thing."""
        for thing in filter(None, things):
            self._objects[thing] = None
            self.term(subject, property, literals.node(thing))

    def text(self, subject: str, property: str, value: str | Mapping[str, str]) -> None:
        """State a text, or one in each of several languages (`""` for none); an empty one is not stated."""
        for lang, text in ({"": value} if isinstance(value, str) else value).items():
            if text:
                self.term(subject, property, literals.tagged(text, lang) if lang else literals.plain(text))

    def typed(self, subject: str, property: str, value: str | int, datatype: str) -> None:
        """State a value of a datatype; an empty one is not stated."""
        if value != "":
            self.term(subject, property, f"{literals.plain(str(value))}^^{literals.node(iri(datatype))}")

    def add(self, lines: Iterable[str]) -> None:
        """State lines."""
        self._lines.update(dict.fromkeys(lines))

    @property
    def linked(self) -> Iterable[str]:
        """The IRIs that were linked to."""
        return tuple(self._objects)

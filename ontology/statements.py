"""A growing set of statements of one named graph, kept as N-Quads lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from elshi.ingest.model import Mention, Release
from elshi.ontology import literals
from elshi.ontology.iri import digest, release_path, resource_iri
from elshi.ontology.scheme import SchemeName, concepts
from elshi.ontology.vocab import expand

__all__ = ["Statements"]

_TYPE: Final = "rdf:type"
_COUNTRY: Final = re.compile(r"place/[a-z]{2}")


@cache
def _term(name: str) -> str:
    return literals.node(expand(name))


class Statements:
    """What is stated in one named graph: every statement once, in the order of its first mention.

    Subjects and objects are N-Quads terms, predicates and classes prefixed names.
    """

    def __init__(self, graph: str, source: Release | None, base_iri: str) -> None:
        """Open a graph; `source` is the release it is read from, None where there is none."""
        self._tail = f" <{graph}> .\n"
        self._lines: dict[str, None] = {}
        self._filled: set[tuple[str, str]] = set()
        self._base = base_iri
        self._source = source
        self.release = literals.node(base_iri + release_path(source.key)) if source else ""
        self.described: set[str] = set()  # keys of the entities the release names

    @property
    def source(self) -> Release:
        """The release that the graph is read from."""
        if self._source is None:
            raise ValueError("this graph is not read from a release")
        return self._source

    def text(self) -> str:
        """The statements as N-Quads."""
        return "".join(self._lines)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """State something."""
        self._lines[f"{subject} {_term(predicate)} {value}{self._tail}"] = None

    def maybe(self, subject: str, predicate: str, value: str | None) -> None:
        """State something where there is a value."""
        if value:
            self.add(subject, predicate, value)

    def once(self, subject: str, predicate: str, value: str | None) -> None:
        """State the only value of a property; the first one stays."""
        if value and (subject, predicate) not in self._filled:
            self._filled.add((subject, predicate))
            self.add(subject, predicate, value)

    def types(self, subject: str, classes: Iterable[str]) -> None:
        """State the classes of a node."""
        for name in classes:
            self.add(subject, _TYPE, _term(name))

    def term(self, name: str) -> str:
        """Return the term of a prefixed name."""
        return _term(name)

    def thing(self, key: str) -> str:
        """Return the term of a key, which is the path of an IRI."""
        return literals.node(resource_iri(key, self._base))

    def actor(self, key: str) -> str:
        """Return the term of whoever acts; a country that the release implies without naming it is stated to be a party."""
        this = self.thing(key)
        if _COUNTRY.fullmatch(key) and key not in self.described:
            self.types(this, ("elshi:Party", "elshi:Actor"))
        return this

    def concept(self, scheme: SchemeName, slug: str) -> str:
        """Return the term of a concept and state what it is; an unknown one is left bare, for the shapes to refuse."""
        this = self.thing(f"{scheme}/{slug}")
        known = concepts(scheme).get(slug)
        if known is not None:
            self.types(this, (_CONCEPT_CLASSES[scheme], "skos:Concept"))
            label = known.label(self.source.lang)
            self.maybe(this, "skos:prefLabel", label and literals.tagged(label, self.source.lang))
            self.maybe(this, "elshi:step", literals.integer(known.step) if known.step else None)
        return this

    def mention(self, mention: Mention, body: str, entity_type: str) -> str:
        """State that a stretch of the release names or evidences `body`; returns the annotation's term."""
        path = f"mention/{digest(self.source.key, mention.start, mention.end, body.removeprefix('<' + self._base))}"
        iri = resource_iri(path, self._base)
        this, target, position, quote = (literals.node(iri + part) for part in ("", "#target", "#position", "#quote"))
        self.types(this, ("elshi:Mention", "oa:Annotation"))
        self.add(this, "oa:hasBody", body)
        self.add(this, "oa:hasTarget", target)
        self.once(this, "elshi:entityType", _term(entity_type))
        self.once(this, "elshi:confidence", literals.decimal(mention.score))
        self.once(this, "elshi:foundBy", mention.by and literals.plain(mention.by))
        self.add(target, "oa:hasSource", self.release)
        self.add(target, "oa:hasSelector", position)
        self.add(target, "oa:hasSelector", quote)
        self.types(position, ("oa:TextPositionSelector",))
        self.add(position, "oa:start", literals.integer(mention.start))
        self.add(position, "oa:end", literals.integer(mention.end))
        self.types(quote, ("oa:TextQuoteSelector",))
        self.add(quote, "oa:exact", literals.plain(mention.text))
        return this


_CONCEPT_CLASSES: Mapping[SchemeName, str] = {
    "topic": "elshi:Topic",
    "role": "elshi:Role",
    "measure": "elshi:Measure",
    "commitment": "elshi:CommitmentStep",
}

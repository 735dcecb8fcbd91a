"""A growing set of statements of one named graph, kept as N-Quads lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from elshi.ingest.model import Mention, Release
from elshi.ontology import literals
from elshi.ontology.graph import checked_iri
from elshi.ontology.iri import digest, release_path, resource_iri
from elshi.ontology.scheme import SchemeName, concepts
from elshi.ontology.vocab import expand

__all__ = ["Statements"]

_TYPE: Final = "rdf:type"
_COUNTRY: Final = re.compile(r"place/[a-z]{2}")


@cache
def _term(name: str) -> str:
    return literals.node(expand(name))


_A, _BODY, _TARGET, _KIND, _SURE, _BY, _SOURCE, _SELECTOR, _START, _END = map(_term, (
    _TYPE, "oa:hasBody", "oa:hasTarget", "elshi:entityType", "elshi:confidence", "elshi:foundBy", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end",
))  # fmt: skip
_MENTION, _ANNOTATION, _POSITION, _QUOTE = map(_term, ("elshi:Mention", "oa:Annotation", "oa:TextPositionSelector", "oa:TextQuoteSelector"))


class Statements:
    """What is stated in one named graph: every statement once, in the order of its first mention.

    Subjects and objects are N-Quads terms, predicates and classes prefixed names. That the text is valid N-Quads is seen to term
    by term, where a term is made, which costs a tenth of parsing the text again: IRIs are paths behind a base that was checked, or
    checked themselves, and literals are escaped and tagged by `literals`.
    """

    def __init__(self, graph: str, source: Release | None, base_iri: str) -> None:
        """Open a graph; `source` is the release it is read from, None where there is none. Raises GraphError for a base that no IRI begins with."""
        _check_base(base_iri)
        self._tail = f" {literals.node(graph)} .\n"
        self._lines: dict[str, None] = {}
        self._filled: set[tuple[str, str]] = set()
        self._mentioned: set[str] = set()
        self._conceived: set[str] = set()
        self._things: dict[str, str] = {}
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
        known = self._things.get(key)
        if known is None:
            known = self._things[key] = literals.node(resource_iri(key, self._base))
        return known

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
        if known is not None and this not in self._conceived:
            self._conceived.add(this)
            self.types(this, (_CONCEPT_CLASSES[scheme], "skos:Concept"))
            label = known.label(self.source.lang)
            self.maybe(this, "skos:prefLabel", label and literals.tagged(label, self.source.lang))
            self.maybe(this, "elshi:step", literals.integer(known.step) if known.step else None)
        return this

    def mention(self, mention: Mention, body: str, entity_type: str) -> str:
        """State that a stretch of the release names or evidences `body`; returns the annotation's term."""
        path = f"mention/{digest(self.source.key, mention.start, mention.end, body.removeprefix('<' + self._base))}"
        iri = self._base + path
        this, quote = f"<{iri}>", f"<{iri}#quote>"
        if this not in self._mentioned:
            self._mentioned.add(this)
            self._lines[self._placed(mention, this, iri, body, entity_type)] = None
            if mention.by:
                self._filled.add((this, "elshi:foundBy"))
        self.once(this, "elshi:foundBy", mention.by and literals.plain(mention.by))
        self.add(quote, "oa:exact", literals.plain(mention.text))
        return this

    def _placed(self, mention: Mention, this: str, iri: str, body: str, entity_type: str) -> str:
        """All that is stated of a mention but its quotation: by far the most of a graph, so put together at once."""
        end, target, position, quote = self._tail, f"<{iri}#target>", f"<{iri}#position>", f"<{iri}#quote>"
        by = f"{this} {_BY} {literals.plain(mention.by)}{end}" if mention.by else ""
        return (
            f"{this} {_A} {_MENTION}{end}{this} {_A} {_ANNOTATION}{end}{this} {_BODY} {body}{end}{this} {_TARGET} {target}{end}"
            f"{this} {_KIND} {_term(entity_type)}{end}{this} {_SURE} {literals.decimal(mention.score)}{end}{by}"
            f"{target} {_SOURCE} {self.release}{end}{target} {_SELECTOR} {position}{end}{target} {_SELECTOR} {quote}{end}"
            f"{position} {_A} {_POSITION}{end}{position} {_START} {literals.integer(mention.start)}{end}"
            f"{position} {_END} {literals.integer(mention.end)}{end}{quote} {_A} {_QUOTE}{end}"
        )


@cache
def _check_base(base_iri: str) -> None:
    """Raise GraphError unless base and path make an IRI, whatever safe path it is."""
    checked_iri(f"{base_iri}mention/0#target")


_CONCEPT_CLASSES: Mapping[SchemeName, str] = {
    "topic": "elshi:Topic",
    "role": "elshi:Role",
    "measure": "elshi:Measure",
    "commitment": "elshi:CommitmentStep",
}

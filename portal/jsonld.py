"""JSON-LD as people and programs like to read it: compact names, a context, evidence inside the fact that it supports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from elshi.ontology.graph import Blank, Subject, Triple, Value, triples
from elshi.queries.formats import curie

__all__ = ["compact"]

Json: TypeAlias = "str | bool | dict[str, Json] | list[Json]"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRINGS: Final = frozenset(("http://www.w3.org/2001/XMLSchema#string", f"{_RDF}langString"))


def compact(lines: Iterable[str], iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the description of a thing, given in N-Triples, as one JSON-LD document with a context of its own.

    What the document describes besides the thing stands where it is first spoken of; what nothing speaks of stands beside it.

    >>> line = '<http://x.org/a> <http://xmlns.com/foaf/0.1/knows> <http://x.org/b> .'
    >>> print(compact([line], "http://x.org/a", {"foaf": "http://xmlns.com/foaf/0.1/"}))  # doctest: +ELLIPSIS
    {
     "@context": {
      "foaf": "http://xmlns.com/foaf/0.1/",
      "foaf:knows": {
       "@type": "@id"
      }
     },
     "@id": "http://x.org/a",
     "foaf:knows": "http://x.org/b"
    }
    <BLANKLINE>
    """
    return _Document(triples("\n".join(lines)), prefixes).written(iri)


class _Document:
    def __init__(self, said: Sequence[Triple], prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._used: set[str] = set()
        self._nodes: dict[str, dict[str, list[Subject | Value]]] = {}
        self._told: set[str] = set()
        for subject, predicate, value in said:
            self._nodes.setdefault(_key(subject), {}).setdefault(predicate.value, []).append(value)
        self._kinds = _kinds(self._nodes.values())

    def written(self, iri: str) -> str:
        first = self._node(iri)
        others = [self._node(key) for key in sorted(self._nodes) if key not in self._told]
        body: dict[str, Json] = {"@graph": [first, *others]} if others else first
        return json.dumps({"@context": self._context(), **body}, ensure_ascii=False, indent=1) + "\n"

    def _node(self, key: str) -> dict[str, Json]:
        self._told.add(key)
        node: dict[str, Json] = {"@id": self._short(key)}
        for predicate, values in sorted(self._nodes.get(key, {}).items(), key=lambda each: (each[0] != f"{_RDF}type", each[0])):
            if predicate == f"{_RDF}type":
                node["@type"] = _one([self._short(_key(value)) for value in sorted(values, key=str) if not isinstance(value, Value)])
            else:
                node[self._short(predicate)] = self._values(predicate, sorted(values, key=str))
        return node

    def _values(self, predicate: str, values: Sequence[Subject | Value]) -> Json:
        if self._kinds[predicate] == "@language":
            named: dict[str, list[Json]] = {}
            for value in values:
                if isinstance(value, Value):
                    named.setdefault(value.language or "@none", []).append(value.value)
            return {lang: _one(texts) for lang, texts in named.items()}
        return _one([self._value(value, self._kinds[predicate]) for value in values])

    def _value(self, value: Subject | Value, kind: str) -> Json:
        if not isinstance(value, Value):
            key = _key(value)
            if key in self._nodes and key not in self._told:
                return self._node(key)
            return self._short(key) if kind == "@id" else {"@id": self._short(key)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value in _STRINGS or kind == value.datatype.value:
            return value.value
        return {"@value": value.value, "@type": self._short(value.datatype.value)}

    def _short(self, iri: str) -> str:
        short = curie(iri, self._prefixes)
        if short != iri:
            self._used.add(short.partition(":")[0])
        return short

    def _context(self) -> dict[str, Json]:
        terms: dict[str, Json] = {}
        for predicate, kind in sorted(self._kinds.items()):
            if kind == "@language":
                terms[self._short(predicate)] = {"@container": "@language"}
            elif kind and predicate != f"{_RDF}type":
                terms[self._short(predicate)] = {"@type": kind if kind == "@id" else self._short(kind)}
        return {**{prefix: self._prefixes[prefix] for prefix in sorted(self._used)}, **terms}


def _kinds(nodes: Iterable[Mapping[str, Sequence[Subject | Value]]]) -> dict[str, str]:
    """For each property what all its values are: `@id`, `@language` or a datatype; empty where they differ or are plain texts."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        for predicate, values in node.items():
            found.setdefault(predicate, set()).update(_kind(value) for value in values)
    return {predicate: kinds.pop() if len(kinds) == 1 else "" for predicate, kinds in found.items()}


def _kind(value: Subject | Value) -> str:
    if not isinstance(value, Value):
        return "@id"
    if value.language:
        return "@language"
    return "" if value.datatype.value in _STRINGS else value.datatype.value


def _key(node: Subject) -> str:
    return str(node) if isinstance(node, Blank) else node.value


def _one(values: Sequence[Json]) -> Json:
    return values[0] if len(values) == 1 else list(values)

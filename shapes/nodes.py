"""The nodes of a graph as its N-Quads spell them: what a look at it needs, without a term being made of anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from elshi.ontology.graph import GraphError, checked_iri, triples

__all__ = ["TYPE", "Nodes", "lexical", "local", "nodes_of", "short", "tag"]

#: The term of rdf:type.
TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BLANK: Final = re.compile("_:[A-Za-z0-9]+")
_LITERAL: Final = re.compile(r'"[^"\\\r\n]*(?:\\["\\nr][^"\\\r\n]*)*"(?:@[a-z]{2,3}(?:-[a-z]{2})?|\^\^(<[^<>]+>))?')
#: Datatypes that a literal has without saying so.
_UNSAID: Final = frozenset({"<http://www.w3.org/2001/XMLSchema#string>", f"<{_RDF}langString>"})
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED: Final = re.compile(r"(.*[/#])([A-Za-z]+)")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Nodes:
    """A graph by property; terms are N-Quads text, each spelt in one way only."""

    columns: dict[str, dict[str, list[str]]]  # property -> subject -> objects
    _holders: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, triples: Iterable[Sequence[str]]) -> Nodes:
        """Take triples of terms, none of them twice; raises ValueError for what is not three terms."""
        columns: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in triples:
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = {}
            if subject in column:
                column[subject].append(value)
            else:
                column[subject] = [value]
        return cls(columns)

    def values(self, predicate: str) -> Mapping[str, Collection[str]]:
        """What there is of a property, by subject."""
        return self.columns.get(predicate, {})

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """What a node has for a property."""
        return self.values(predicate).get(subject, ())

    def about(self, subject: str) -> dict[str, Collection[str]]:
        """What a node has, by property."""
        return {predicate: column[subject] for predicate, column in self.columns.items() if subject in column}

    def holders(self, predicate: str) -> Mapping[str, Set[str]]:
        """The subjects of a property, by object."""
        known = self._holders.get(predicate)
        if known is None:
            known = self._holders[predicate] = {}
            for subject, values in self.values(predicate).items():
                for value in values:
                    known.setdefault(value, set()).add(subject)
        return known

    def members(self, name: str) -> Set[str]:
        """The nodes that are stated to be of a class."""
        return self.holders(TYPE).get(name, frozenset())


def nodes_of(rows: str) -> Nodes:
    """Return the nodes of N-Quads, whatever named graph they stand in; raises GraphError for text that is none.

    >>> nodes_of('<x:s> <x:p> "a"@en <x:g> .\\n').columns
    {'<x:p>': {'<x:s>': ['"a"@en']}}
    >>> nodes_of('<x:s> <x:p> "\\\\u0061"@EN <x:g> .\\n').columns
    {'<x:p>': {'<x:s>': ['"a"@en']}}
    """
    return _cut(rows) or Nodes.of(dict.fromkeys((str(s), str(p), str(o)) for s, p, o in triples(rows)))


def _cut(rows: str) -> Nodes | None:
    """The nodes of one named graph, cut out of its text and each term looked at once; None where only a parser can tell them."""
    tail = rows[rows.rfind(" <") :]
    if not tail.endswith("> .\n"):
        return None
    lines = rows.split(tail)[:-1]
    try:
        rows.encode()
        nodes = Nodes.of(line.split(" ", 2) for line in dict.fromkeys(lines))
    except ValueError:  # half a character, or half a line
        return None
    subjects = set(chain.from_iterable(nodes.columns.values()))
    values = set(chain.from_iterable(chain.from_iterable(column.values() for column in nodes.columns.values())))
    return nodes if _are_valid(subjects, {tail[1:-3], *nodes.columns}, values) else None


def _are_valid(subjects: Set[str], iris: Set[str], values: Set[str]) -> bool:
    """Whether terms are such as N-Quads may hold, and spelt as `str` spells a term, but for signs that may stand as they are."""
    literals = {value for value in values if value[:1] == '"'}
    nodes = subjects | (values - literals)
    blanks = {node for node in nodes if node[:1] == "_"}
    matches = list(map(_LITERAL.fullmatch, literals))
    types = {match[1] for match in matches if match and match[1]}
    named = chain(iris, types, nodes - blanks)
    return all(matches) and types.isdisjoint(_UNSAID) and all(map(_BLANK.fullmatch, blanks)) and all(map(_is_iri, named))


def _is_iri(term: str) -> bool:
    try:
        checked_iri(term[1:-1])
    except GraphError:
        return False
    return term[:1] == "<" and term[-1:] == ">"


def lexical(term: str) -> str:
    r"""Return what a literal says.

    >>> print(lexical('"a \\"b\\" \\u0063"@en'))
    a "b" c
    """
    text = term[1 : term.rfind('"')]
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(match[3], match[3])


def tag(term: str) -> str:
    """Return the language of a term, "" where it has none."""
    end = term[term.rfind('"') + 1 :]
    return end[1:] if end[:1] == "@" else ""


def local(term: str) -> str:
    """Return the name of a thing within its vocabulary.

    >>> local("<https://w3id.org/elshi/shapes#Mention>")
    'Mention'
    """
    return re.split(r"[#/]", term.strip("<>"))[-1]


def short(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """Return an IRI by the prefix of its namespace; None where it takes more to tell.

    >>> short("https://schema.org/name", {"https://schema.org/": "schema"})
    'schema:name'
    """
    match = _NAMED.fullmatch(iri)
    prefix = prefixes.get(match[1]) if match else None
    return f"{prefix}:{match[2]}" if match and prefix else None

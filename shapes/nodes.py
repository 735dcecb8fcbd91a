"""The nodes of a graph as its N-Quads spell them: what a quick look at it needs, without a term being made of anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["TYPE", "Nodes", "lexical", "local", "nodes_of", "tag"]

#: The term of rdf:type.
TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LITERAL: Final = re.compile(r'"[^"\\]*(?:\\["\\nrtbf][^"\\]*)*"(?:@[a-z0-9-]+|\^\^<[^<>\s\\]+>)?')
#: Datatypes that a literal has without saying so.
_UNSAID: Final = ("^^<http://www.w3.org/2001/XMLSchema#string>", f"^^<{_RDF}langString>")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Nodes:
    """A graph by subject, and by object for rdf:type and the properties that were asked for; terms are N-Quads text."""

    out: dict[str, dict[str, list[str]]]  # subject -> property -> objects
    back: dict[str, dict[str, list[str]]]  # property -> object -> subjects

    @classmethod
    def of(cls, triples: Iterable[tuple[str, str, str]], backwards: Collection[str] = ()) -> Nodes:
        """Take triples of terms, each once however often it comes; `backwards` are the properties asked for by object."""
        out: dict[str, dict[str, list[str]]] = {}
        back: dict[str, dict[str, list[str]]] = {predicate: {} for predicate in (TYPE, *backwards)}
        for subject, predicate, value in triples:
            node = out.get(subject)
            if node is None:
                node = out[subject] = {}
            values = node.get(predicate)
            if values is None:
                node[predicate] = [value]
            elif value in values:
                continue
            else:
                values.append(value)
            if predicate in back:
                back[predicate].setdefault(value, []).append(subject)
        return cls(out, back)

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """What a node has for a property."""
        known = self.out.get(subject)
        return known.get(predicate, ()) if known else ()

    def subjects(self, predicate: str, value: str) -> Collection[str]:
        """The nodes that have something for a property, one of those asked for."""
        return self.back[predicate].get(value, ())


def nodes_of(rows: str, backwards: Collection[str]) -> Nodes | None:
    """Return the nodes of valid N-Quads of one named graph; None where two spellings might be of one term.

    >>> nodes_of('<x:s> <x:p> "a"@en <x:g> .\\n', ()).out
    {'<x:s>': {'<x:p>': ['"a"@en']}}
    >>> nodes_of('<x:s> <x:p> "\\\\u0061"@en <x:g> .\\n', ()) is None
    True
    """
    lines = rows.split("\n")
    if lines.pop():
        return None  # what does not end like a line may be anything
    tail = lines[0][lines[0].rfind(" <") :]
    if "\\" in tail or not tail.endswith("> .") or any(_CONTROLS[sign] in rows and rf"\{sign}" in rows for sign in "tbf"):
        return None
    try:
        return Nodes.of(_triples(lines, tail), backwards)
    except ValueError:
        return None


def _triples(lines: list[str], tail: str) -> Iterator[tuple[str, str, str]]:
    end = -len(tail)
    for line in lines:
        subject, predicate, value = line[:end].split(" ", 2)  # ValueError where there are fewer
        plain = (
            _LITERAL.fullmatch(value) and not value.endswith(_UNSAID) if value[:1] == '"' else value and not (" " in value or "\\" in value)
        )
        if not plain or "\\" in subject or "\\" in predicate or not line.endswith(tail):
            raise ValueError(line)
        yield subject, predicate, value


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

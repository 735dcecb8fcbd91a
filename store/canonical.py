"""N-Quads as every store keeps them: literals in canonical form, blank nodes named, so that what is there can be compared."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from elshi.ontology.graph import in_lines
from elshi.store.base import StoreError

__all__ = ["canonical", "canonical_lines", "cut", "fault_in", "one_line", "plain_graph", "quads_in"]

T = TypeVar("T")
_AT_A_TIME: Final = 10_000
#: Blank nodes get a name of their own graph, so that a graph can be compared with what is there.
_NAMED_BLANK: Final = "https://w3id.org/.well-known/genid/elshi/"
_XSD: Final = r'"\^\^<http://www\.w3\.org/2001/XMLSchema#'
_SIGN: Final = r"[A-Za-z0-9._~:@!$&'()*+,;=/?-]*+"
_SIGNS: Final = rf"{_SIGN}(?:%[0-9A-Fa-f]{{2}}{_SIGN})*+"
#: IRIs that are no doubt valid.
_IRI: Final = re.compile(rf"<https?+://[A-Za-z0-9.-]++(?::[0-9]{{1,4}}+)?+(?:/{_SIGNS})?+(?:#{_SIGNS})?+>")
#: Literals that a store no doubt keeps and writes as they stand here.
_LITERAL: Final = re.compile(
    r'"[^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]*+(?:\\["\\nr][^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]*+)*+"(?:@[a-z]{2,3}+)?+'
    rf'|"(?:(?:0|-?[1-9][0-9]{{0,16}}){_XSD}integer>|(?:0|-?[1-9][0-9]{{0,8}}|-?(?:0|[1-9][0-9]{{0,8}})\.[0-9]{{0,7}}[1-9]){_XSD}decimal>'
    rf"|(?:true|false){_XSD}boolean>|[12][0-9]{{3}}(?:-[01][0-9]-[0-3][0-9]{_XSD}date>|-[01][0-9]{_XSD}gYearMonth>|{_XSD}gYear>))"
)
#: Lines of such terms alone.
_LINES: Final = re.compile(rf"(?:{_IRI.pattern} {_IRI.pattern} (?:{_IRI.pattern}|{_LITERAL.pattern}) {_IRI.pattern} \.\n)++")


def canonical(rows: str) -> set[ox.Quad]:
    """Return the quads of N-Quads text; raises StoreError where it is none.

    >>> [str(quad.object.value) for quad in canonical('<x:s> <x:p> "05"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .')]
    ['5']
    """
    store = ox.Store()  # which rewrites literals
    store.extend(quads_in(rows))
    return {_without_blanks(quad) if _blank(quad) else quad for quad in store}


def canonical_lines(rows: str) -> dict[str, str]:
    """Return the lines of N-Quads text as stores write them, with their ends, each with its graph, "" for the default graph.

    Raises StoreError where it is no N-Quads. Lines that plainly are canonical already, as those built by Elshi are, are not parsed.

    >>> canonical_lines('<x:s> <x:p> "05"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .')
    {'<x:s> <x:p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .\\n': 'x:g'}
    """
    if only := plain_graph(rows):
        return dict.fromkeys(cut(rows), only)
    lines = in_lines(rows)
    graph = lines[0][lines[0].rfind(" ", 0, -2) + 1 : -2] if lines else ""
    tail, end, sound = f" {graph} .", -len(graph) - 3, set[str]()
    plain: dict[str, str] = {}
    odd: list[str] = []
    if not _IRI.fullmatch(graph):
        lines, odd = [], lines
    name = graph[1:-1]
    for line in lines:
        terms = line[:end].split(" ", 2)
        if len(terms) == 3 and line.endswith(tail):
            subject, predicate, value = terms
            if (
                (subject in sound or _sound(subject, sound))
                and (predicate in sound or _sound(predicate, sound))
                and (_LITERAL.fullmatch(value) if value[:1] == '"' else value in sound or _sound(value, sound))
            ):
                plain[f"{line}\n"] = name
                continue
        odd.append(line)
    if odd:
        plain |= {f"{quad} .\n": getattr(quad.graph_name, "value", "") for quad in canonical("\n".join(odd))}
    return plain


def plain_graph(rows: str) -> str | None:
    """Return the named graph of N-Quads text all of whose lines plainly are canonical and stand in one graph; None for any other.

    >>> plain_graph('<https://e.org/s> <https://e.org/p> "a" <https://e.org/g> .\\n'), plain_graph("<x:s> <x:p> <x:o> .\\n")
    ('https://e.org/g', None)
    """
    end = rows[rows.rfind(" <") :]
    alone = end[:2] == " <" and rows.count(end) == rows.count("\n") and _LINES.fullmatch(rows)
    return end[2:-4] if alone else None


def cut(rows: str) -> Iterable[str]:
    """Yield the lines of N-Quads text with their ends, and break none at the other line ends of Unicode."""
    return io.StringIO(rows, newline="\n")


def _sound(iri: str, sound: set[str]) -> bool:
    if not _IRI.fullmatch(iri):
        return False
    sound.add(iri)
    return True


def quads_in(rows: str) -> Iterable[ox.Quad]:
    """Yield the quads of N-Quads text as it stands; raises StoreError where it is none."""
    try:
        yield from ox.parse(rows, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as fault:
        raise StoreError(f"this is not N-Quads: {one_line(fault)}: nothing was written") from fault


def fault_in(lines: Iterable[str]) -> str:
    """Return what keeps lines from being N-Quads; empty where nothing does."""
    waiting = iter(lines)
    while some := "".join(islice(waiting, _AT_A_TIME)):
        try:
            for _ in ox.parse(some, format=ox.RdfFormat.N_QUADS):
                pass
        except SyntaxError as fault:
            return one_line(fault)
    return ""


def _blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _without_blanks(quad: ox.Quad) -> ox.Quad:
    graph = quad.graph_name.value.rpartition("/")[2] if isinstance(quad.graph_name, ox.NamedNode) else "default"

    def named(term: T) -> T | ox.NamedNode:
        return ox.NamedNode(f"{_NAMED_BLANK}{graph}-{term.value}") if isinstance(term, ox.BlankNode) else term

    return ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)


def one_line(fault: BaseException) -> str:
    """Return what a fault says, in one line."""
    return " ".join(str(fault).split())

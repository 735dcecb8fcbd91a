"""Between Oxigraph's terms and what the house hands on: rows of an answer, lines of an update."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import BinaryIO, Final, TypeVar, cast

import pyoxigraph as ox

from elshi.store.base import Answer, Change, QueryError, Row, StoreError, Table, Term, Triples, is_past
from elshi.store.canonical import cut, one_line
from elshi.store.ordering import order_of
from elshi.store.spool import Spool

__all__ = ["FORMATS", "answer", "bulk", "changed", "commit", "parted", "refused", "unwritten"]

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
#: Formats that can be dumped; those with graphs get the named graphs, the others every triple once.
FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    format.media_type: format
    for format in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
}
#: Lines of N-Quads with their ends, or the text that they make up.
Lines = Collection[str] | str
T = TypeVar("T")


def answer(store: ox.Store, text: str, prefixes: Mapping[str, str] | None, *, whole: bool = False, order: bool = False) -> Answer:
    """Answer SPARQL, with `whole` only once all of it is there, with `order` putting rows in order here; raises QueryError."""
    if order and (table := _ordered(store, text, prefixes)):
        return table
    try:
        result = store.query(text, prefixes=dict(prefixes or {}))
    except (SyntaxError, ValueError, OSError, RuntimeError) as fault:
        raise QueryError(f"the query cannot be answered: {one_line(fault)}: see `elshi query --list` for queries that can") from fault
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        lines = (f"{triple} ." for triple in guarded(result))
        return Triples(tuple(lines) if whole else lines)
    rows = rows_of(result)
    return Table(tuple(variable.value for variable in result.variables), tuple(rows) if whole else rows)


def _ordered(store: ox.Store, text: str, prefixes: Mapping[str, str] | None) -> Table | None:
    """The answer to a query whose rows can be put in order here."""
    order = order_of(text)
    try:
        result = store.query(order.rest, prefixes=dict(prefixes or {})) if order else None
    except (SyntaxError, ValueError, OSError, RuntimeError):  # told in the words of the whole query
        return None
    if order is None or not isinstance(result, ox.QuerySolutions):
        return None
    variables = tuple(variable.value for variable in result.variables)
    rows = order.of(rows_of(result), variables)
    return None if rows is None else Table(variables, tuple(rows))


def commit(store: ox.Store, added: Iterable[ox.Quad], removed: set[ox.Quad]) -> None:
    """Write a change of named graphs, and what it changes in the default graph, in one transaction; raises StoreError."""
    gone = [quad.triple for quad in removed if is_merged(quad) and _stands_nowhere_else(store, quad, removed)]
    added = list(added)
    stay = {quad.triple for quad in added if is_merged(quad)}
    adding = [*added, *(ox.Quad(t.subject, t.predicate, t.object) for t in stay)]
    try:
        if removed:
            store.update(update(removed, [t for t in gone if t not in stay], adding))
        else:
            store.extend(adding)
    except OSError as fault:
        raise unwritten(fault) from fault


def _stands_nowhere_else(store: ox.Store, quad: ox.Quad, removed: set[ox.Quad]) -> bool:
    others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return not any(other not in removed for other in others if is_merged(other))


def is_merged(quad: ox.Quad) -> bool:
    """Stands a quad in a named graph whose triples the default graph holds too?"""
    return isinstance(quad.graph_name, ox.NamedNode) and not is_past(quad.graph_name.value)


def changed(graph: str, added: Lines, removed: Lines) -> Change:
    """What lines that come to a named graph and lines that go from it change in it."""
    return Change(_Triples(graph, added), _Triples(graph, removed))


class _Triples(Set[str]):
    """The triples of lines of one graph, made when somebody looks at them: of most graphs that come nobody does."""

    def __init__(self, graph: str, lines: Lines) -> None:
        self._end, self._lines = -len(f" <{graph}> .\n"), lines

    @cached_property
    def _made(self) -> frozenset[str]:
        lines = cut(self._lines) if isinstance(self._lines, str) else self._lines
        return frozenset([f"{line[: self._end]} ." for line in lines])

    def __bool__(self) -> bool:
        return bool(self._lines)

    def __contains__(self, triple: object) -> bool:
        return triple in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def parted(line: str) -> tuple[str, str]:
    """The triple of a line of N-Quads and the named graph it stands in."""
    triple, _, graph = line.rpartition(" <")
    return f"{triple} .", graph


def update(removed: Iterable[ox.Quad], gone: Iterable[ox.Triple], adding: Iterable[ox.Quad]) -> str:
    """One SPARQL update of ground terms, each written by Oxigraph itself."""
    deleted = "".join([*(_grounded(quad) for quad in removed), *(f"{triple} .\n" for triple in gone)])
    return f"DELETE DATA {{\n{deleted}}} ;\nINSERT DATA {{\n{''.join(map(_grounded, adding))}}}"


def _grounded(quad: ox.Quad) -> str:
    triple = f"{quad.triple} ."
    return f"{triple}\n" if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}\n"


def rows_of(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Yield the rows of an answer to SELECT."""
    for row in guarded(solutions):
        yield tuple(None if term is None else _term(term) for term in row)


def guarded(results: Iterable[T]) -> Iterator[T]:
    """Yield what a query finds; raises QueryError for what goes wrong on the way."""
    try:
        yield from results
    except (OSError, RuntimeError, ValueError) as fault:
        raise QueryError(f"the query failed: {one_line(fault)}: ask for less at a time") from fault


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return Term("literal", term.value, term.language, None if term.language or datatype == _STRING else datatype)
    return Term("triple", str(term))


#: What to do about a fault of the disk, by the words that the database passes on.
_ADVICE: Final = {
    "no space left": "make room on the disk and run again",
    "read-only file system": "choose a place that can be written to",
    "permission denied": "choose a place that may be written to, or be its owner",
    "input/output error": "the disk fails: restore the store from a backup on another one",
}


def refused(what: str, fault: OSError, otherwise: str) -> StoreError:
    """Return what to raise where the disk did not do what was asked: its words, and what to do about them."""
    said = str(fault).lower()
    advice = next((advice for words, advice in _ADVICE.items() if words in said), otherwise)
    return StoreError(f"{what}: {one_line(fault)}: {advice}")


def unwritten(fault: OSError) -> StoreError:
    """Return what to raise for a store that could not be written."""
    return refused("the store could not be written", fault, "is the disk full?")


def bulk(store: ox.Store, lines: Iterable[str], format: ox.RdfFormat) -> None:
    """Take lines into a store in bulk; raises StoreError."""
    try:
        store.bulk_load(cast(BinaryIO, Spool(lines)), format)
    except SyntaxError as fault:
        raise StoreError(f"this is not N-Quads: {one_line(fault)}") from fault
    except OSError as fault:
        raise unwritten(fault) from fault

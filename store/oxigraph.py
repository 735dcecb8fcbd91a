"""Between Oxigraph's terms and what the house hands on: rows of an answer, lines of an update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, TypeVar, cast

import pyoxigraph as ox

from elshi.store.base import QueryError, Row, StoreError, Term, is_past
from elshi.store.canonical import one_line
from elshi.store.spool import Spool

__all__ = ["FORMATS", "bulk", "guarded", "is_merged", "parted", "rows_of", "unwritten", "update"]

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
#: Formats that can be dumped; those with graphs get the named graphs, the others every triple once.
FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    format.media_type: format
    for format in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
}
T = TypeVar("T")


def is_merged(quad: ox.Quad) -> bool:
    """Stands a quad in a named graph whose triples the default graph holds too?"""
    return isinstance(quad.graph_name, ox.NamedNode) and not is_past(quad.graph_name.value)


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


def unwritten(fault: OSError) -> StoreError:
    """Return what to raise for a store that could not be written."""
    return StoreError(f"the store could not be written: {one_line(fault)}: is the disk full?")


def bulk(store: ox.Store, lines: Iterable[str], format: ox.RdfFormat) -> None:
    """Take lines into a store in bulk; raises StoreError."""
    try:
        store.bulk_load(cast(BinaryIO, Spool(lines)), format)
    except SyntaxError as fault:
        raise StoreError(f"this is not N-Quads: {one_line(fault)}") from fault
    except OSError as fault:
        raise unwritten(fault) from fault

"""Rows as servers write them down, in the W3C's JSON format."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from elshi.store.base import QueryError, Row, Table, Term

__all__ = ["ask_of", "rows_of"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_KINDS: Final[dict[str, Literal["iri", "bnode", "literal", "triple"]]] = {
    "uri": "iri", "bnode": "bnode", "literal": "literal", "typed-literal": "literal", "triple": "triple",
}  # fmt: skip
#: Virtuoso 7 answers ASK with a row for yes and none for no.
_VIRTUOSO_YES: Final = "__ASK_RETVAL"
_BOOLEANS: Final = {"1": "true", "0": "false"}


class _Value(msgspec.Struct, frozen=True):
    type: str
    value: str
    lang: str | None = msgspec.field(name="xml:lang", default=None)
    datatype: str | None = None


class _Head(msgspec.Struct, frozen=True):
    vars: list[str] = []


class _Results(msgspec.Struct, frozen=True):
    bindings: list[dict[str, _Value]] = []


class _Document(msgspec.Struct, frozen=True):
    head: _Head = _Head()
    results: _Results | None = None
    boolean: bool | None = None


def rows_of(body: bytes) -> Table:
    """Read the answer to SELECT; raises QueryError for what is none."""
    read = _document(body)
    if read.results is None:
        raise QueryError("the server's answer holds no rows: is this the address of its query endpoint?")
    columns = tuple(read.head.vars)
    return Table(columns, [_row(binding, columns) for binding in read.results.bindings])


def ask_of(body: bytes) -> bool:
    """Read the answer to ASK; raises QueryError for what is none."""
    read = _document(body)
    if read.boolean is None and read.results is not None and read.head.vars == [_VIRTUOSO_YES]:
        return bool(read.results.bindings)
    if read.boolean is None:
        raise QueryError("the server's answer is neither yes nor no: is this the address of its query endpoint?")
    return read.boolean


def _document(body: bytes) -> _Document:
    try:
        return msgspec.json.decode(body, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError):
        start = body[:60].decode("utf-8", "replace").strip()
        raise QueryError(
            f"the server's answer is not SPARQL results in JSON but begins with {start!r}: is this its query endpoint?"
        ) from None


def _row(binding: dict[str, _Value], columns: tuple[str, ...]) -> Row:
    return tuple(_term(binding[name]) if name in binding else None for name in columns)


def _term(found: _Value) -> Term:
    kind = _KINDS.get(found.type, "literal")
    value, datatype = found.value, found.datatype
    if datatype == f"{_XSD}boolean":
        value = _BOOLEANS.get(value, value)
    if found.lang or datatype == f"{_XSD}string":
        datatype = None
    return Term(kind, value, found.lang.lower() if found.lang else None, datatype)

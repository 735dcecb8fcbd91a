"""N-Quads terms in the canonical form that a store keeps unchanged."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from elshi.ontology.graph import checked_tag, checked_text
from elshi.ontology.vocab import PREFIXES

__all__ = ["boolean", "date", "decimal", "integer", "moment", "node", "number", "plain", "tagged"]

_XSD: Final = PREFIXES["xsd"]
_ESCAPES: Final = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))  # the backslash first
_ESCAPED: Final = re.compile('["\\\\\n\r\ud800-\udfff]')
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMS: Final = (("gYear", re.compile(r"\d{4}")), ("gYearMonth", re.compile(r"\d{4}-\d\d")))


def node(iri: str) -> str:
    """Return an IRI between its brackets."""
    return f"<{iri}>"


def plain(text: str) -> str:
    r"""Return a string literal.

    >>> print(plain('a "b"'))
    "a \"b\""
    """
    return f'"{_escaped(text)}"'


def tagged(text: str, lang: str) -> str:
    """Return a language-tagged string; the tag is lower case, as stores keep it. Raises GraphError where it is none."""
    return f'"{_escaped(text)}"@{_tag(lang)}'


@cache
def _tag(lang: str) -> str:
    return checked_tag(lang.lower())


def _escaped(text: str) -> str:
    """Most texts need no escape, and replacing sign by sign takes a tenth of translating; raises GraphError for half a character."""
    if not _ESCAPED.search(text):
        return text
    escaped = checked_text(text)
    for sign, written in _ESCAPES:
        escaped = escaped.replace(sign, written)
    return escaped


def _typed(lexical: str, datatype: str) -> str:
    return f'"{_escaped(lexical)}"^^<{_XSD}{datatype}>'


def integer(value: int) -> str:
    """Return an xsd:integer."""
    return _typed(str(value), "integer")


def decimal(value: float | Decimal) -> str:
    """Return a canonical xsd:decimal of at most six places.

    >>> decimal(0.50), decimal(1.0)
    ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    return _typed(_trimmed(f"{value:.6f}"), "decimal")


def number(value: str) -> str:
    """Return an xsd:integer or xsd:decimal; what is no number stays a string, for the shapes to refuse.

    >>> number("027000"), number("12.50"), number("many")
    ('"27000"^^<http://www.w3.org/2001/XMLSchema#integer>', '"12.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"many"')
    """
    if not _NUMBER.fullmatch(value):
        return plain(value)
    try:
        return _typed(_trimmed(f"{Decimal(value):f}"), "decimal") if "." in value else integer(int(value))
    except (InvalidOperation, ValueError):
        return plain(value)


def _trimmed(lexical: str) -> str:
    short = lexical.rstrip("0").rstrip(".") if "." in lexical else lexical
    return "0" if short in ("-0", "") else short


def moment(value: str) -> str:
    """Return an xsd:dateTime; a time in UTC is written with Z, as stores keep it.

    >>> moment("2026-03-04T10:00:00.000+00:00").partition("^")[0]
    '"2026-03-04T10:00:00Z"'
    """
    return _typed(re.sub(r"(\.\d*?)0*(?=$|Z|[+-]\d\d:\d\d$)", lambda m: m.group(1).rstrip("."), value).replace("+00:00", "Z"), "dateTime")


def boolean(value: bool) -> str:
    """Return an xsd:boolean."""
    return _typed("true" if value else "false", "boolean")


def date(value: str) -> str:
    """Return a date typed by its form: xsd:gYear, xsd:gYearMonth or xsd:date, a time of day left out.

    >>> [date(v).partition("#")[2] for v in ("1817", "2026-04", "2026-03-15", "2026-03-15T10:00:00Z")]
    ['gYear>', 'gYearMonth>', 'date>', 'date>']
    """
    for datatype, form in _FORMS:
        if form.fullmatch(value):
            return _typed(value, datatype)
    return _typed(re.sub(r"(?<=\d{4}-\d\d-\d\d)[T ].*", "", value), "date")

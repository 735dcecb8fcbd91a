"""Rows put in order here rather than by Oxigraph, which fetches the text of an IRI or a name from disk again at every comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from elshi.store.base import Row, Term

__all__ = ["Order", "order_of"]

_KEY: Final = r"(?:(?:ASC|DESC)\s*\(\s*[?$]\w+\s*\)|[?$]\w+)"
#: How a query ends that is put in order by variables alone; at its end this can only be the order of the whole.
_TAIL: Final = re.compile(
    rf"\bORDER\s+BY\s*(?P<keys>{_KEY}(?:\s*{_KEY})*)"
    r"(?:\s+LIMIT\s+(?P<most>\d+))?(?:\s+OFFSET\s+(?P<after>\d+))?(?:\s+LIMIT\s+(?P<most_too>\d+))?\s*\Z",
    re.IGNORECASE,
)
_ONE: Final = re.compile(r"(?:(ASC|DESC)\s*\(\s*)?[?$](\w+)", re.IGNORECASE)
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Rows that are held to be put in order; more are left to the engine.
MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Order:
    """What the end of a query asks for: variables to order by, the last one first, each with whether downwards; and which rows."""

    rest: str  # the query without its end
    keys: tuple[tuple[str, bool], ...]
    after: int
    most: int | None

    def of(self, rows: Iterable[Row], variables: Sequence[str]) -> list[Row] | None:
        """Return the rows asked for, in order; None where that is better left to the engine."""
        held = list(islice(rows, MOST + 1))
        if len(held) > MOST or not {name for name, _ in self.keys} <= set(variables):
            return None
        for name, down in self.keys:
            place = variables.index(name)
            key = _key([row[place] for row in held])
            if key is None:
                return None
            held.sort(key=partial(_placed, place, key), reverse=down)
        return held[self.after : None if self.most is None else self.after + self.most]


def _placed(place: int, key: Callable[[Term], tuple[object, ...]], row: Row) -> tuple[object, ...]:
    """What a row is ordered by; one without a value comes first."""
    term = row[place]
    return () if term is None else key(term)


def order_of(text: str) -> Order | None:
    """Return the order that a query ends with, where it orders by variables alone; None for any other.

    >>> order_of("SELECT ?a ?n WHERE { ?a ?b ?n } ORDER BY DESC(?n) ?a LIMIT 5")
    Order(rest='SELECT ?a ?n WHERE { ?a ?b ?n } ', keys=(('a', False), ('n', True)), after=0, most=5)
    """
    end = _TAIL.search(text)
    if end is None or (end["most"] and end["most_too"]):
        return None
    if "#" in text[text.rfind("\n", 0, end.start()) + 1 : end.start()]:  # it may stand in a comment
        return None
    keys = [(name, way.upper() == "DESC") for way, name in _ONE.findall(end["keys"])]
    most = end["most"] or end["most_too"]
    return Order(text[: end.start()], tuple(reversed(keys)), int(end["after"] or 0), int(most) if most else None)


def _key(terms: list[Term | None]) -> Callable[[Term], tuple[object, ...]] | None:
    """How the terms of a column compare, where all are of one kind of which that is plain."""
    kinds = {(term.kind, bool(term.lang), term.datatype) for term in terms if term is not None}
    if len(kinds) > 1:
        return None
    kind, tagged, datatype = next(iter(kinds), ("iri", False, None))
    if kind == "iri" or (kind == "literal" and not tagged and datatype is None):
        return lambda term: (term.value,)
    if tagged:
        return lambda term: (term.value, term.lang or "")
    if datatype == f"{_XSD}integer":
        return lambda term: (int(term.value),)
    if datatype == f"{_XSD}date" and all(term is None or _DATE.fullmatch(term.value) for term in terms):
        return lambda term: (term.value,)
    return None

"""An answer of the endpoint as a page shows it: parsed back, cut to a length that a browser bears."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from elshi.store.base import Row, Term

__all__ = ["Shown", "shown_table", "shown_triples"]

#: Rows that a page shows; all of them are in the CSV.
LONGEST: Final = 1000
_KINDS: Final = {"uri": "iri", "bnode": "bnode", "literal": "literal", "typed-literal": "literal", "triple": "triple"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, whether something is so, triples, or why there is no answer."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    total: int = 0
    truth: bool | None = None
    triples: str | None = None
    error: str = ""


def shown_table(body: bytes) -> Shown:
    """Return what SPARQL results in JSON say."""
    said = json.loads(body)
    if "boolean" in said:
        return Shown(truth=bool(said["boolean"]))
    columns, found = tuple(said["head"]["vars"]), said["results"]["bindings"]
    rows = tuple(tuple(_term(row.get(column)) for column in columns) for row in found[:LONGEST])
    return Shown(columns, rows, len(found))


def shown_triples(body: bytes) -> Shown:
    """Return triples in Turtle as text."""
    lines = body.decode().splitlines()
    rest = f"\n# … {len(lines) - LONGEST}" if len(lines) > LONGEST else ""
    return Shown(triples="\n".join(lines[:LONGEST]) + rest)


def _term(cell: dict[str, Any] | None) -> Term | None:
    if cell is None:
        return None
    kind = _KINDS.get(str(cell["type"]), "literal")
    value = cell["value"] if isinstance(cell["value"], str) else json.dumps(cell["value"], ensure_ascii=False)
    return Term(kind, value, cell.get("xml:lang"), cell.get("datatype"))  # type: ignore[arg-type]

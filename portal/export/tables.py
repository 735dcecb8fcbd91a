"""A table per class of things, each the answer to a query, with a description of its columns in three languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final

from elshi import resource
from elshi.portal.export.folder import Folder, Written
from elshi.portal.export.ordering import in_order
from elshi.queries.catalogue import parse
from elshi.store.base import Table, View

__all__ = ["Column", "TableOf", "encoded", "rows_of", "tables", "write_tables"]

_LANGUAGES: Final = ("kk", "ru", "en")
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the XML Schema type of what it holds, what it is called."""

    name: str
    datatype: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table: the query it answers, what it is called, its columns."""

    name: str
    query: str
    titles: Mapping[str, str]
    columns: tuple[Column, ...]


@cache
def tables() -> tuple[TableOf, ...]:
    """Return the tables, in the order in which `portal/web/tables.tsv` names them."""
    columns = {name: Column(name, datatype, _titled(titles)) for name, datatype, *titles in _lines("columns")}
    found = []
    for name, *titles in _lines("tables"):
        query = parse(name, resource(f"portal/web/tables/{name}.rq").read_text(encoding="utf-8"))
        found.append(TableOf(name, query.text, _titled(titles), tuple(columns[column] for column in query.columns)))
    return tuple(found)


def rows_of(view: View, table: TableOf, prefixes: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the rows of a table in order; an empty cell is an empty text."""
    answer = view.query(table.query, prefixes=prefixes)
    assert isinstance(answer, Table), "the queries of tables are SELECT"
    assert answer.columns == tuple(column.name for column in table.columns), f"the header of {table.name} names other columns"
    for line in in_order(json.dumps(["" if term is None else term.value for term in row], ensure_ascii=False) for row in answer.rows):
        yield json.loads(line)


def encoded(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield rows as lines of CSV (RFC 4180)."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def write_tables(
    view: View, folder: Folder, under: str, *, prefixes: Mapping[str, str], mark: bool = False
) -> list[tuple[TableOf, Written]]:
    """Write every table into a folder, and `csv-metadata.json` (CSV on the Web) about them; `mark` begins each with a byte order mark."""
    written = []
    for table in tables():

        def fill(out: BinaryIO, table: TableOf = table) -> None:
            out.write((_MARK if mark else "").encode())
            out.writelines(encoded([[column.name for column in table.columns]]))
            out.writelines(encoded(rows_of(view, table, prefixes)))

        written.append((table, folder.stream(f"{under}{table.name}.csv", fill)))
    folder.write(f"{under}csv-metadata.json", _described())
    return written


def _described() -> str:
    tabular = [
        {
            "url": f"{table.name}.csv",
            "dc:title": _by_language(table.titles),
            "tableSchema": {"columns": [_column(c) for c in table.columns]},
        }
        for table in tables()
    ]
    said = {"@context": "http://www.w3.org/ns/csvw", "dialect": {"header": True, "encoding": "utf-8"}, "tables": tabular}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _column(column: Column) -> dict[str, object]:
    """A column as CSV on the Web has it: `titles` is what stands in the header, and that is the name."""
    return {"name": column.name, "titles": column.name, "rdfs:label": _by_language(column.titles), "datatype": column.datatype}


def _by_language(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in texts.items()]


def _lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in resource(f"portal/web/{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def _titled(titles: list[str]) -> dict[str, str]:
    return dict(zip(_LANGUAGES, titles, strict=True))

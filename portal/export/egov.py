"""A package for the open data portal of Kazakhstan, data.egov.kz: tables in files of at most 10 MB, each with a passport in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, Final

from elshi.portal.export.figures import Figures
from elshi.portal.export.folder import Folder, Written
from elshi.portal.export.publication import Publication
from elshi.portal.export.tables import TableOf, encoded, rows_of, tables
from elshi.store.base import View

__all__ = ["LARGEST", "write_package"]

#: Bytes that a file may have.
LARGEST: Final = 10_000_000
#: What the portal calls types.
_TYPES: Final = {"integer": "Int", "boolean": "Boolean"}
_ENDS: Final = {"kk": "Kk", "ru": "Ru", "en": "En"}


@dataclass(slots=True)
class _Part:
    written: Written | None = None
    rows: int = 0


def write_package(
    view: View, folder: Folder, *, prefixes: Mapping[str, str], what: Publication, held: Figures, largest: int = LARGEST
) -> list[Written]:
    """Write `egov/TABLE.csv` or, where that would be too large, `egov/TABLE-1.csv` and so on, and `egov/TABLE.json` about them."""
    written = []
    for table in tables():
        parts = list(_parts(folder, table, rows_of(view, table, prefixes), largest))
        written += [part.written for part in parts if part.written]
        written.append(folder.write(f"egov/{table.name}.json", _passport(table, parts, what, held)))
    return written


def _parts(folder: Folder, table: TableOf, rows: Iterable[Iterable[str]], largest: int) -> Iterator[_Part]:
    (header,) = encoded([[column.name for column in table.columns]])
    lines, number = encoded(rows), 1
    waiting = next(lines, None)
    while waiting is not None or number == 1:
        part, over = _Part(), _Room(largest - len(header))

        def fill(out: BinaryIO, part: _Part = part, over: _Room = over, first: bytes | None = waiting) -> None:
            out.write(header)
            for line in over.taken(chain([first] if first is not None else [], lines)):
                out.write(line)
                part.rows += 1

        name = f"egov/{table.name}-{number}.csv"
        part.written = folder.stream(name, fill)
        waiting, number = over.left, number + 1
        yield part


@dataclass(slots=True)
class _Room:
    """How much still fits; the line that does not is left for the next file."""

    room: int
    left: bytes | None = None

    def taken(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.room -= len(line)
            if self.room < 0:
                self.left = line
                return
            yield line


def _passport(table: TableOf, parts: Sequence[_Part], what: Publication, held: Figures) -> str:
    said: dict[str, Any] = {
        "apiUri": f"elshi_{table.name}",
        **_named("name", table.titles),
        **_named("description", what.description),
        **_named("owner", what.publisher),
        "license": what.licence.url if what.licence else None,
        "modified": held.modified or None,
        "actual": True,
        "contact": what.contact_email or what.contact_url or None,
        "source": what.base_url,
        "fields": {
            column.name: {"type": _TYPES.get(column.datatype, "String"), **_named("name", column.titles)} for column in table.columns
        },
        "files": [
            {"name": part.written.path.rpartition("/")[2], "rows": part.rows, "bytes": part.written.size, "sha256": part.written.sha256}
            for part in parts if part.written
        ],
    }  # fmt: skip
    return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False, indent=1) + "\n"


def _named(word: str, texts: Mapping[str, str]) -> dict[str, str]:
    """`nameKk`, `nameRu`, `nameEn`; a text in no language stands for all."""
    found = {f"{word}{end}": text for lang, end in _ENDS.items() if (text := texts.get(lang) or texts.get(""))}
    return found

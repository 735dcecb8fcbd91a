"""Where an answer is written: bytes are kept, and rows counted in whatever format they are, until a limit is passed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

__all__ = ["Sink", "TooLarge"]


class TooLarge(Exception):
    """An answer over a limit."""


class Sink(io.RawIOBase):
    """Keeps what is written; raises TooLarge for what would be more than was allowed."""

    def __init__(self, media_type: str, *, rows: int, bytes: int) -> None:
        """Allow so many rows and so many bytes; triples are counted by whoever writes them."""
        self.body = bytearray()
        self._most_rows, self._most_bytes = rows, bytes
        self._count = _COUNTERS.get(media_type, lambda: None)()
        self._rows = 0

    def writable(self) -> bool:
        """Whether there may be more: always."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep a piece of the answer."""
        seen = len(self.body)
        self.body += data
        if self._count:
            self._rows += self._count(self.body, seen)
            if self._rows > self._most_rows:
                raise TooLarge(f"the answer has more than {self._most_rows} rows: add LIMIT, or ask for less")
        if len(self.body) > self._most_bytes:
            raise TooLarge(f"the answer is larger than {self._most_bytes >> 20} MB: add LIMIT, or ask for less")
        return len(data)


#: Counts the rows that end in a text after a place, all before it being counted already.
Counts = Callable[[bytearray, int], int]


def _marks(mark: bytes, before: int) -> Counts:
    """Count a mark that is never inside a value; `before` of them belong to no row."""
    left = before

    def count(body: bytearray, seen: int) -> int:
        nonlocal left
        found = body.count(mark, max(0, seen - len(mark) + 1))
        heads = min(left, found)
        left -= heads
        return found - heads

    return count


def _lines() -> Counts:
    """Count the lines of CSV after the first; a line break between quotes ends no line."""
    quoted, left = False, 1

    def count(body: bytearray, seen: int) -> int:
        nonlocal quoted, left
        found = 0
        for number, part in enumerate(body[seen:].split(b'"')):
            quoted = quoted if number == 0 else not quoted
            found += 0 if quoted else part.count(b"\n")
        heads = min(left, found)
        left -= heads
        return found - heads

    return count


#: What counts the rows of a table in each format.
_COUNTERS: Final[Mapping[str, Callable[[], Counts | None]]] = {
    "text/csv": _lines,
    "text/tab-separated-values": partial(_marks, b"\n", 1),
    "application/sparql-results+xml": partial(_marks, b"<result>", 0),
    "application/sparql-results+json": partial(_marks, b'}},{"', -1),
}

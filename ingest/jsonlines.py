"""JSON lines to pages, one release a line; a broken line is named and the others are read."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec

from elshi.ingest.days import iso_day
from elshi.ingest.decode import Unreadable
from elshi.ingest.model import Page

__all__ = ["pages_of"]


class Line(msgspec.Struct):
    """What a line may say; anything else in it is left alone."""

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    url: str | None = None
    lang: str | None = None
    title: str | None = None
    issued: str | None = None
    date: str | None = None
    publisher: str | None = None


def pages_of(stream: IO[bytes], name: str, *, largest: int) -> Iterator[Page | Unreadable]:
    """Yield the page of every line, or why it holds none; `name:N` names line N, empty lines count and are skipped.

    Lines of more than `largest` bytes are refused without being held in memory.
    """
    number = 0
    while True:
        number += 1
        place = f"{name}:{number}"
        try:
            line = stream.readline(largest + 1)
            whole = _finish(stream, line, largest)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            yield Unreadable("not a whole gzip file", name)
            return
        if not line:
            return
        if not whole:
            yield Unreadable(f"line over the limit of {largest / 1e6:g} MB", place)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _attempt(line, place)


def _finish(stream: IO[bytes], line: bytes, largest: int) -> bool:
    """Whether `line` is whole; when it is too long, the rest of it is read past."""
    if len(line) <= largest:
        return True
    while not line.endswith(b"\n"):
        line = stream.readline(largest)
        if not line:
            break
    return False


def _attempt(line: bytes, place: str) -> Page | Unreadable:
    try:
        return _page(line, place)
    except Unreadable as why:
        return Unreadable(why.cause, place)


def _page(line: bytes, place: str) -> Page:
    try:
        said = msgspec.json.decode(line.strip(b"\xef\xbb\xbf \t\r\n"), type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as why:
        raise Unreadable(f"broken JSON line: {why}") from None
    content = said.text or said.html
    if not content:
        raise Unreadable('no "text" and no "html" in this line')
    issued = said.issued or said.date
    return Page(
        name=place,
        body=content.encode("utf-8", "replace"),
        media_type="text/plain" if said.text else "text/html",
        url=said.url or None,
        lang=said.lang or None,
        publisher=said.publisher or None,
        source_id=str(said.id) if said.id not in (None, "") else None,
        issued=iso_day(issued) if issued else None,
        title=said.title or None,
    )

"""What a stream of bytes holds, by its kind, to pages: one release, JSON lines, or an archive of either."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Final, cast

from elshi.ingest.archive import pages_in
from elshi.ingest.decode import Unreadable
from elshi.ingest.jsonlines import pages_of
from elshi.ingest.model import Page

__all__ = ["JSON_LINES", "LARGEST", "MEDIA_TYPES", "READS", "XML", "ZIP", "media_type", "pages_from", "unpacked"]

#: The largest page that is read, in bytes: press releases have a thousandth of it.
LARGEST: Final = 5_000_000
JSON_LINES: Final = "application/jsonl"
ZIP: Final = "application/zip"
#: Feeds and sitemaps.
XML: Final = "application/xml"
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".zip": ZIP,
    ".xml": XML,
    ".rss": XML,
    ".atom": XML,
}
READS: Final = "Elshi reads .txt, .html, .md, .jsonl, .jsonl.gz and .zip"


def media_type(name: str) -> str | None:
    """What a file's name says it holds; a name without a suffix is text, an unknown suffix is nothing.

    >>> media_type("releases.jsonl.gz"), media_type("photo.jpg")
    ('application/jsonl', None)
    """
    stem, suffix = os.path.splitext(name.lower())
    if suffix == ".gz":
        inner = MEDIA_TYPES.get(os.path.splitext(stem)[1])
        return inner if inner in (JSON_LINES, XML) else None
    return MEDIA_TYPES.get(suffix) if suffix else "text/plain"


def pages_from(stream: IO[bytes], name: str, kind: str, *, largest: int = LARGEST) -> Iterator[Page | Unreadable]:
    """Yield the pages of a stream, or why it gives none; an Unreadable without a name means the stream as a whole."""
    if kind == JSON_LINES:
        yield from pages_of(stream, name, largest=largest)
    elif kind == ZIP:
        yield from pages_in(stream, name, partial(_packed, largest=largest))
    else:
        body = stream.read(largest + 1)
        if len(body) <= largest:
            yield Page(name=name, body=body, media_type=kind)
        else:
            yield Unreadable(f"{_size(stream)}over the limit of {largest / 1e6:g} MB for one release")


def _packed(stream: IO[bytes], name: str, *, largest: int) -> Iterator[Page | Unreadable]:
    """The pages of one file of an archive; files of another kind are passed over, as they are in folders."""
    kind = media_type(name)
    if kind == ZIP:
        yield Unreadable("an archive in an archive is not opened: unpack the outer one first", name)
    elif kind is not None and kind != XML:
        for page in pages_from(unpacked(stream, name), name, kind, largest=largest):
            yield Unreadable(page.cause, page.name or name) if isinstance(page, Unreadable) else page


def unpacked(stream: IO[bytes], name: str) -> IO[bytes]:
    """A stream of what a file holds, taken out of gzip where its name says so."""
    return cast("IO[bytes]", gzip.open(stream)) if name.lower().endswith(".gz") else stream


def _size(stream: IO[bytes]) -> str:
    """How large the file of a stream is, in words; nothing for a stream that is no file."""
    try:
        return f"{os.fstat(stream.fileno()).st_size / 1e6:.1f} MB, "
    except (OSError, AttributeError):
        return ""

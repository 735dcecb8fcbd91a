"""Sources to pages: files, folders, quoted globs, JSON lines and standard input; one bad input never stops the others."""

from __future__ import annotations

import glob
import gzip
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from elshi.ingest.decode import Unreadable
from elshi.ingest.jsonlines import pages_of
from elshi.ingest.model import Page

__all__ = ["LARGEST", "MEDIA_TYPES", "Failure", "acquire"]

#: The largest page that is read, in bytes: press releases have a thousandth of it.
LARGEST = 5_000_000
JSON_LINES = "application/jsonl"
MEDIA_TYPES: Mapping[str, str] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
}
READS = "Elshi reads .txt, .html, .md, .jsonl and .jsonl.gz"
SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no release: which, why in one line, and whether it was there at all."""

    name: str
    cause: str
    found: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.cause}"


#: What turns the sources of one URL scheme into pages.
Opener = Callable[[str], Iterator[Page | Failure]]


def acquire(
    sources: Iterable[str],
    *,
    lang: str | None = None,
    publisher: str | None = None,
    largest: int = LARGEST,
    schemes: Mapping[str, Opener] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Page | Failure]:
    """Yield every page of every source in turn, or the Failure that stands in its place.

    `lang` and `publisher` hold for every page, whatever its source states; `schemes` says how URLs are opened (`{"https": …}`);
    folders are walked in sorted order, hidden files and kinds Elshi does not read left out.
    """
    for source in sources:
        for found in _open(source, largest, schemes or {}, stdin):
            if isinstance(found, Page):
                found = replace(found, lang=lang or found.lang, publisher=publisher or found.publisher)
            yield found


def _open(source: str, largest: int, schemes: Mapping[str, Opener], stdin: BinaryIO | None) -> Iterator[Page | Failure]:
    scheme = SCHEME.match(source)
    if source == "-":
        yield from _standard_input(stdin or sys.stdin.buffer, largest)
    elif scheme and scheme[1].lower() in schemes:
        yield from schemes[scheme[1].lower()](source)
    elif scheme:
        yield Failure(source, f"{scheme[1]}:// sources cannot be read here: give a file or a folder")
    else:
        yield from _local(source, largest)


def _local(source: str, largest: int) -> Iterator[Page | Failure]:
    path = Path(source)
    if os.path.exists(path):
        yield from _folder(path, largest) if path.is_dir() else _file(path, largest)
        return
    matches = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []
    if not matches:
        yield Failure(source, "nothing matches" if glob.has_magic(source) else "not found", found=False)
    for match in map(Path, matches):
        yield from _folder(match, largest) if match.is_dir() else _file(match, largest)


def _folder(folder: Path, largest: int) -> Iterator[Page | Failure]:
    empty = True
    refused: list[Failure] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: refused.append(_unreadable(Path(str(error.filename)), error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and "." in name and _media_type(name):
                empty = False
                yield from _file(Path(here, name), largest)
    yield from refused
    if empty and not refused:
        yield Failure(str(folder), f"no releases in this folder: {READS}")


def _file(path: Path, largest: int) -> Iterator[Page | Failure]:
    kind = _media_type(path.name)
    if kind is None:
        yield Failure(str(path), f"{path.suffix} files are not read: {READS}")
        return
    try:
        with path.open("rb") as stream:
            if kind == JSON_LINES:
                yield from _lines(gzip.open(stream) if path.suffix == ".gz" else stream, path.name, largest)
            else:
                yield _page(stream, path.name, str(path), kind, largest)
    except OSError as error:
        yield _unreadable(path, error)


def _standard_input(stream: BinaryIO, largest: int) -> Iterator[Page | Failure]:
    """Read JSON lines when the first thing is a brace, else one page of text or HTML."""
    peeked = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    start = peeked.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        yield from _lines(peeked, "stdin", largest)
    else:
        yield _page(peeked, "stdin", "stdin", "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain", largest)


def _lines(stream: BinaryIO | gzip.GzipFile, name: str, largest: int) -> Iterator[Page | Failure]:
    for found in pages_of(stream, name, largest=largest):  # type: ignore[arg-type]
        yield Failure(found.name, found.cause) if isinstance(found, Unreadable) else found


def _page(stream: BinaryIO, name: str, shown: str, kind: str, largest: int) -> Page | Failure:
    body = stream.read(largest + 1)
    if len(body) > largest:
        size = os.fstat(stream.fileno()).st_size if shown != "stdin" else 0
        return Failure(shown, f"{f'{size / 1e6:.1f} MB, ' if size else ''}over the limit of {largest / 1e6:g} MB for one release")
    return Page(name=name, body=body, media_type=kind)


def _media_type(name: str) -> str | None:
    """What a file's name says it holds; a name without a suffix is text, an unknown suffix is nothing."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix == ".gz":
        inner = os.path.splitext(stem)[1]
        return JSON_LINES if MEDIA_TYPES.get(inner) == JSON_LINES else None
    return MEDIA_TYPES.get(suffix) if suffix else "text/plain"


def _unreadable(path: Path, error: OSError) -> Failure:
    return Failure(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}", found=not isinstance(error, FileNotFoundError))

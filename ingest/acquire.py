"""Sources to pages: files, folders, quoted globs, lists, standard input and, by scheme, URLs; one bad input never stops the others."""

from __future__ import annotations

import glob
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from elshi.ingest.contents import JSON_LINES, LARGEST, READS, XML, media_type, pages_from, unpacked
from elshi.ingest.decode import Unreadable
from elshi.ingest.listing import links_of
from elshi.ingest.model import Known, Link, Page

__all__ = ["LARGEST", "LONGEST_LIST", "Failure", "Found", "Opener", "acquire", "walk"]

#: The largest list of addresses that is read, in bytes unpacked: what the sitemap protocol allows.
LONGEST_LIST = 50_000_000
SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no release: which, why in one line, and whether it was there at all."""

    name: str
    cause: str
    found: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.cause}"


#: What an input gives.
Found = Page | Failure | Known
#: What turns the addresses of one URL scheme into pages.
Opener = Callable[[Link], Iterator[Found]]


def acquire(
    sources: Iterable[str],
    *,
    lang: str | None = None,
    publisher: str | None = None,
    largest: int = LARGEST,
    schemes: Mapping[str, Opener] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Found]:
    """Yield every page of every source in turn, or the Failure that stands in its place; Known for one that need not be read again.

    `lang` and `publisher` hold for every page, whatever its source states; `schemes` says how URLs are opened (`{"https": …}`);
    folders are walked in sorted order, hidden files and kinds Elshi does not read left out. A file that is a feed, a sitemap or
    a list of URLs stands for what it names.
    """
    for source in sources:
        for found in _open(source, largest, schemes or {}, stdin):
            if isinstance(found, Page):
                found = replace(found, lang=lang or found.lang, publisher=publisher or found.publisher)
            yield found


def walk(folder: Path, refuse: Callable[[OSError], None] = lambda _: None) -> Iterator[Path]:
    """Yield the files under a folder that Elshi reads, in sorted order; `refuse` is told of folders that cannot be looked into."""
    for here, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and "." in name and media_type(name) not in (None, XML):
                yield Path(here, name)


def _open(source: str, largest: int, schemes: Mapping[str, Opener], stdin: BinaryIO | None) -> Iterator[Found]:
    if source == "-":
        yield from _standard_input(stdin or sys.stdin.buffer, largest)
    elif SCHEME.match(source):
        yield from _address(Link(source), schemes)
    else:
        yield from _local(source, largest, schemes)


def _address(link: Link, schemes: Mapping[str, Opener]) -> Iterator[Found]:
    scheme = link.url.partition(":")[0]
    if scheme.lower() in schemes:
        yield from schemes[scheme.lower()](link)
    else:
        yield Failure(link.url, f"{scheme}:// sources cannot be read here: give a file or a folder")


def _local(source: str, largest: int, schemes: Mapping[str, Opener]) -> Iterator[Found]:
    paths = [source] if os.path.exists(source) else sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []
    if not paths:
        yield Failure(source, "nothing matches" if glob.has_magic(source) else "not found", found=False)
    for path in map(Path, paths):
        yield from _folder(path, largest) if path.is_dir() else _named(path, largest, schemes)


def _folder(folder: Path, largest: int) -> Iterator[Found]:
    refused: list[Failure] = []
    empty = True
    for path in walk(folder, lambda error: refused.append(_unreadable(Path(str(error.filename)), error))):
        empty = False
        yield from _file(path, largest)
    yield from refused
    if empty and not refused:
        yield Failure(str(folder), f"no releases in this folder: {READS}")


def _named(path: Path, largest: int, schemes: Mapping[str, Opener]) -> Iterator[Found]:
    """The pages of a file that was named itself: one that lists addresses stands for those."""
    kind = media_type(path.name)
    try:
        links = links_of(_body(path)) if kind in (XML, "text/plain") else None
    except Unreadable as why:
        yield Failure(str(path), why.cause)
    except OSError as error:
        yield _unreadable(path, error)
    else:
        if links is None:
            yield from _file(path, largest)
        for link in links or ():
            yield from _address(link, schemes)


def _file(path: Path, largest: int) -> Iterator[Found]:
    kind = media_type(path.name)
    if kind in (None, XML):
        yield Failure(str(path), f"{'neither a feed nor a sitemap' if kind else f'{path.suffix} files are not read'}: {READS}")
        return
    try:
        with path.open("rb") as stream:
            yield from _told(pages_from(unpacked(stream, path.name), path.name, str(kind), largest=largest), str(path))
    except OSError as error:
        yield _unreadable(path, error)


def _standard_input(stream: BinaryIO, largest: int) -> Iterator[Found]:
    """Read JSON lines when the first thing is a brace, else one page of text or HTML."""
    peeked = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    start = peeked.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = JSON_LINES if start.startswith(b"{") else "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"
    yield from _told(pages_from(peeked, "stdin", kind, largest=largest), "stdin")


def _told(pages: Iterable[Page | Unreadable], shown: str) -> Iterator[Found]:
    """Pages, and failures that are named: as a whole, an input is called as its user called it."""
    for page in pages:
        yield Failure(page.name or shown, page.cause) if isinstance(page, Unreadable) else page


def _body(path: Path) -> bytes:
    """The content of a file that may be a list."""
    with path.open("rb") as stream:
        try:
            return unpacked(stream, path.name).read(LONGEST_LIST)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise Unreadable("not a whole gzip file") from None


def _unreadable(path: Path, error: OSError) -> Failure:
    return Failure(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}", found=not isinstance(error, FileNotFoundError))

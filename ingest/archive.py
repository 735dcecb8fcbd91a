"""Zip archives of releases to pages: nothing is unpacked to disk, and nothing that swells beyond bounds is unpacked at all."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final

from elshi.ingest.decode import Unreadable
from elshi.ingest.model import Page

__all__ = ["pages_in"]

#: Files of an archive that are read, and bytes that may come out of it in all.
_MOST_FILES: Final = 100_000
_MOST_BYTES: Final = 2_000_000_000
_UTF8_NAME: Final = 0x800
_LOCKED: Final = 0x1
_LEADS_OUT: Final = re.compile(r"\.{1,2}|[A-Za-z]:|")
_DAMAGE: Final = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error)
#: Reads one file of an archive: its stream and its name to pages, or to why it gives none.
Reads = Callable[[IO[bytes], str], Iterator[Page | Unreadable]]


def pages_in(stream: IO[bytes], name: str, reads: Reads) -> Iterator[Page | Unreadable]:
    """Yield what `reads` makes of every file of an archive, in the order of their names, or why it cannot be read.

    A file is called `archive.zip/its/path.txt`; the path is only ever shown, so what would lead out of the archive is left
    off it. `reads` must stop at a size of its choice. Hidden files are passed over.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield Unreadable("not a whole zip archive", name)
        return
    with archive:
        files = sorted(((_path(info), info) for info in archive.infolist() if not info.filename.endswith("/")), key=lambda file: file[0])
        files = [(path, info) for path, info in files if not any(part.startswith((".", "__MACOSX")) for part in path.split("/"))]
        swollen = _swollen(files)
        if swollen:
            yield Unreadable(swollen, name)
            return
        empty = True
        for path, info in files:
            for found in _file(archive, info, f"{name}/{path}", reads):
                empty = False
                yield found
        if empty:
            yield Unreadable("no releases in this archive", name)


def _swollen(files: list[tuple[str, zipfile.ZipInfo]]) -> str:
    """Why an archive is too much to read; the sizes it states bind, as reading stops at them."""
    size = sum(info.file_size for _, info in files)
    if len(files) <= _MOST_FILES and size <= _MOST_BYTES:
        return ""
    return f"{len(files):,} files, {size / 1e9:.1f} GB unpacked: split it, {_MOST_FILES:,} files and {_MOST_BYTES / 1e9:g} GB are the most"


def _file(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, reads: Reads) -> Iterator[Page | Unreadable]:
    if info.flag_bits & _LOCKED:
        yield Unreadable("locked with a password: unpack the archive first", name)
        return
    try:
        stream = archive.open(info)
    except (*_DAMAGE, ValueError) as why:  # a header that lies before the file's beginning, a name that is not UTF-8
        yield Unreadable(_damaged(why), name)
        return
    try:
        with stream:
            yield from reads(stream, name)
    except _DAMAGE as why:
        yield Unreadable(_damaged(why), name)


def _damaged(why: Exception) -> str:
    return f"damaged in the archive: {' '.join(str(why).split())[:100]}"


def _path(info: zipfile.ZipInfo) -> str:
    """A file's path as its archive means it: names that do not say they are UTF-8 are, or else in the Cyrillic of DOS."""
    path = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = path.encode("cp437", "replace")
        try:
            path = raw.decode("utf-8")
        except UnicodeDecodeError:
            path = raw.decode("cp866", "replace")
    parts = [part for part in path.replace("\\", "/").split("/") if not _LEADS_OUT.fullmatch(part)]
    return "/".join(parts) or "unnamed"

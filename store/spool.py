"""Files of N-Quads, packed or plain, read line by line: one that was cut off is named, not half believed."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import zstandard

from elshi.store.base import StoreError, StoreNotFound
from elshi.store.canonical import canonical

__all__ = ["Spool", "files_of", "lines_of"]

_ENDINGS: Final = (".nq", ".nq.gz", ".nq.zst")
_BLANK: Final = re.compile(r"^_:|^<[^>]*> <[^>]*> _:")
_PIECE: Final = 1 << 20


class Spool(io.RawIOBase):
    """Lines as a file to read from."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take lines, with or without their ends."""
        self._lines = iter(lines)
        self._left = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer
        """Fill a buffer, as far as there are lines."""
        pieces, wanted = [self._left], len(buffer) - len(self._left)
        while wanted > 0 and (line := next(self._lines, None)) is not None:
            pieces.append(line.encode() if line.endswith("\n") else f"{line}\n".encode())
            wanted -= len(pieces[-1])
        whole = b"".join(pieces)
        given, self._left = whole[: len(buffer)], whole[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def files_of(source: Path) -> list[Path]:
    """Return the files of N-Quads that a file or folder stands for; raises StoreNotFound."""
    if source.is_dir():
        found = sorted(path for path in source.iterdir() if path.name.endswith(_ENDINGS))
        if found:
            return found
    elif source.exists() and source.name.endswith(_ENDINGS):
        return [source]
    raise StoreNotFound(f"{source} holds no N-Quads: name a file or a folder of files that end in {', '.join(_ENDINGS)}")


def lines_of(path: Path) -> Iterator[str]:
    """Yield the statements of a file, blank nodes named as stores name them; raises StoreError where it cannot be read to its end."""
    try:
        with path.open("rb") as file, io.TextIOWrapper(io.BufferedReader(_unpacked(path, file)), encoding="utf-8", newline="\n") as text:
            for line in text:
                if line.strip() and not line.startswith("#"):
                    yield _named(line) if _BLANK.match(line) else line
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, zstandard.ZstdError) as fault:
        raise StoreError(f"{path.name} cannot be read to its end ({' '.join(str(fault).split())}): write it again") from fault


def _named(line: str) -> str:
    return "".join(f"{quad} .\n" for quad in canonical(line))


def _unpacked(path: Path, file: io.BufferedReader) -> io.RawIOBase:
    if path.name.endswith(".gz"):
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]  # reads as raw files do
    return _Unpacked(file) if path.name.endswith(".zst") else file.raw  # type: ignore[return-value]


class _Unpacked(io.RawIOBase):
    """What zstd packed, in one frame or several; raises EOFError where the last one is cut off, which the library's own reader passes over."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file, self._frame, self._left = file, zstandard.ZstdDecompressor().decompressobj(), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer
        while not self._left:
            packed = self._frame.unused_data if self._frame.eof else self._file.read(_PIECE)
            if self._frame.eof:
                packed = packed or self._file.read(_PIECE)
                if not packed:
                    return 0
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            elif not packed:
                raise EOFError("it was cut off")
            self._left = self._frame.decompress(packed)
        given, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)

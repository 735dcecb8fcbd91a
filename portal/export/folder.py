"""The folder that an export is written into: a file is touched only where its bytes differ, and what is no longer exported goes."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, Self, cast

import zstandard

from elshi import ElshiError
from elshi.portal.export.ordering import in_order

__all__ = ["SUMS", "ExportError", "Folder", "Written", "packed_name", "packing"]

#: Lists every file of an export with its SHA-256; so the next export knows what was there.
SUMS: Final = "SHA256SUMS"
_CHUNK: Final = 1 << 20
_PART: Final = ".part"


class ExportError(ElshiError):
    """An export that cannot be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export."""

    path: str  # with slashes, from the folder
    size: int
    sha256: str


class Folder:
    """Writes the files of one export, in a `with` statement at whose end the folder holds what it should.

    `owns` tells which of the files that earlier exports listed belong to this one, so that they go when they are not written again.
    """

    def __init__(self, root: Path, owns: Callable[[str], bool] = lambda path: True) -> None:
        """Write into a folder, which is made where there is none; raises ExportError."""
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise ExportError(f"{root} cannot be made: {fault.strerror}: choose another folder") from fault
        self.root, self._owns = root, owns
        self._sums = tempfile.TemporaryFile("w+", encoding="utf-8")  # one line a file: path, tab, digest
        self.changed = self.unchanged = self.removed = 0

    def write(self, path: str, body: bytes | str) -> Written:
        """Write a small file."""
        raw = body.encode() if isinstance(body, str) else body
        place = self.root / path
        try:
            same = place.stat().st_size == len(raw) and place.read_bytes() == raw
        except OSError:
            same = False
        if not same:
            self._replace(place, raw)
        return self._noted(Written(path, len(raw), hashlib.sha256(raw).hexdigest()), same)

    def stream(self, path: str, fill: Callable[[BinaryIO], None]) -> Written:
        """Write a large file piece by piece; it takes its place when it is whole."""
        place = self.root / path
        with self._part_of(place) as part:
            with part.open("wb") as out:
                fill(out)
            size, digest = part.stat().st_size, _digest(part)
            same = place.is_file() and place.stat().st_size == size and _digest(place) == digest
            if not same:
                os.replace(part, place)
        return self._noted(Written(path, size, digest), same)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Where all was written, remove what this export no longer has and list what it has in `SHA256SUMS`."""
        with self._sums:
            if kind is None:
                self._settle()

    def _settle(self) -> None:
        self._sums.seek(0)
        now = in_order(line.removesuffix("\n") for line in self._sums)
        sums = self.root / SUMS
        with self._part_of(sums) as part:
            with part.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(f"{digest}  {path}\n" for path, digest in self._merged(now, self._before()))
            if not sums.is_file() or _digest(sums) != _digest(part):
                os.replace(part, sums)

    def _merged(self, now: Iterator[str], before: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """What the folder holds of this export and of others, in order; both given in order."""
        end = ("\U0010ffff", "")
        pairs = (cast(tuple[str, str], tuple(line.split("\t"))) for line in now)
        new, old = next(pairs, end), next(before, end)
        while new != end or old != end:
            if new[0] <= old[0]:
                old = next(before, end) if new[0] == old[0] else old
                yield new
                new = next(pairs, end)
                continue
            if self._owns(old[0]):
                self._remove(old[0])
            elif (self.root / old[0]).is_file():
                yield old
            old = next(before, end)

    def _before(self) -> Iterator[tuple[str, str]]:
        """The files that earlier exports listed; a line that leads out of the folder is not believed."""
        sums = self.root / SUMS
        if not sums.is_file():
            return
        with sums.open(encoding="utf-8") as lines:
            for line in lines:
                digest, _, path = line.rstrip("\n").partition("  ")
                if path and not Path(path).is_absolute() and ".." not in Path(path).parts:
                    yield path, digest

    def _remove(self, path: str) -> None:
        place = self.root / path
        if place.is_file():
            place.unlink()
            self.removed += 1
        for folder in place.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()

    def _replace(self, place: Path, raw: bytes) -> None:
        with self._part_of(place) as part:
            part.write_bytes(raw)
            os.replace(part, place)

    @contextmanager
    def _part_of(self, place: Path) -> Iterator[Path]:
        """Where a file is written until it is whole."""
        part = place.with_name(place.name + _PART)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            yield part
        except OSError as fault:
            raise ExportError(f"{place} cannot be written: {fault.strerror}: is the disk full?") from fault
        finally:
            part.unlink(missing_ok=True)

    def _noted(self, written: Written, same: bool) -> Written:
        self._sums.write(f"{written.path}\t{written.sha256}\n")
        self.unchanged, self.changed = self.unchanged + same, self.changed + (not same)
        return written


def packed_name(name: str, compress: str) -> str:
    """Return the name of a file that is packed as `gz`, `zst` or `none`."""
    return name if compress == "none" else f"{name}.{compress}"


@contextmanager
def packing(out: BinaryIO, compress: str) -> Iterator[BinaryIO]:
    """Compress what is written, to the same bytes whenever it is the same."""
    if compress == "none":
        yield out
        return
    raw: Any = (
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0)
        if compress == "gz"
        else zstandard.ZstdCompressor(level=10).stream_writer(cast(IO[bytes], out), closefd=False)
    )
    with raw:
        buffered = BufferedWriter(raw, _CHUNK)  # lines are short, and each call costs
        yield cast(BinaryIO, buffered)
        buffered.flush()
        buffered.detach()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

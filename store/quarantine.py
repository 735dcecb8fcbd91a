"""What validation refused, kept with its report until another try succeeds or somebody drops it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import quote

import msgspec

from elshi import ElshiError
from elshi.ingest.model import Reading
from elshi.shapes.report import Report
from elshi.store.base import beside
from elshi.store.files import write_whole, written

__all__ = ["NotInQuarantine", "Quarantine", "Refused"]


class NotInQuarantine(ElshiError):
    """A release that quarantine does not hold."""


class Refused(msgspec.Struct, frozen=True):
    """A release that was read but not stored."""

    key: str  # of the release
    when: str  # xsd:dateTime
    engine: str  # what read it
    reading: Reading
    graph: str  # its N-Quads
    report: Report

    @property
    def worst(self) -> str:
        """The first violation, in one line."""
        found = [v for v in self.report.violations if v.severity == "Violation"]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return f"{found[0].shape}: {found[0].message}{more}" if found else "no violation"


class Quarantine:
    """The refused releases of one store: files beside a store on disk, else held in memory."""

    def __init__(self, folder: Path | None) -> None:
        """Use a folder, which need not exist; None keeps everything in memory."""
        self._folder = folder
        self._held: dict[str, bytes] = {}

    @classmethod
    def of(cls, location: str) -> Self:
        """Return the quarantine of the store at a path or URL."""
        folder = beside(location)
        return cls(folder / "quarantine" if folder else None)

    def put(self, refused: Refused) -> None:
        """Keep a refused release, in place of an earlier one of the same key."""
        body = msgspec.json.encode(refused)
        if self._folder is None:
            self._held[refused.key] = body
            return
        with written(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._path(self._folder, refused.key), body)

    def get(self, key: str) -> Refused:
        """Return what was refused under a key or a source name; raises NotInQuarantine."""
        found = self._read(key) or next((r for r in self if r.reading.release.source_name == key), None)
        if found is None:
            raise NotInQuarantine(f"{key} is not in quarantine: `elshi quarantine list` says what is")
        return found

    def drop(self, key: str) -> bool:
        """Forget a refused release; tell whether it was there."""
        if self._folder is None:
            return self._held.pop(key, None) is not None
        path = self._path(self._folder, key)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def __iter__(self) -> Iterator[Refused]:
        """Yield every refused release, sorted by key."""
        if self._folder is None:
            yield from (self._decoded(self._held[key], key) for key in sorted(self._held))
        elif self._folder.exists():
            yield from (self._decoded(path.read_bytes(), path.name) for path in sorted(self._folder.glob("*.json")))

    def _read(self, key: str) -> Refused | None:
        if self._folder is None:
            return self._decoded(self._held[key], key) if key in self._held else None
        path = self._path(self._folder, key)
        return self._decoded(path.read_bytes(), path.name) if path.exists() else None

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / f"{quote(key, safe='-_~')}.json"

    @staticmethod
    def _decoded(body: bytes, name: str) -> Refused:
        try:
            return msgspec.json.decode(body, type=Refused)
        except (msgspec.DecodeError, ValueError) as fault:
            raise ElshiError(f"quarantine entry {name} cannot be read ({fault}): remove it and ingest the release again") from fault

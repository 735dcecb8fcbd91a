"""A store's folder: the database, the snapshots that readers open, and the number of the format they are in."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elshi import __version__
from elshi.store.base import StoreError, StoreLocked, StoreNotFound, folder_of
from elshi.store.embedded import EmbeddedStore

__all__ = ["FORMAT", "DiskStores", "copy_store", "current_snapshot"]

#: The layout of a store's folder; a store of a later format is refused, not guessed at.
FORMAT: Final = 1
_CARD: Final = "elshi-store.json"  # what makes a folder a store
_DATABASE: Final = "db"
_SNAPSHOTS: Final = "snapshots"
_CURRENT: Final = "current"  # names the snapshot that readers open
_OPEN: Final = "unpublished"  # stands while a writer is at work, and after it was killed
_KEPT: Final = 2  # a reader may be opening the snapshot before the last


class DiskStores:
    """Opens stores in folders: writers the database itself, readers its last snapshot."""

    @staticmethod
    def writer(location: str) -> EmbeddedStore:
        """Open the store in a folder for writing, making it when the folder is new or empty."""
        folder = _folder(location)
        if (folder / _CARD).exists():
            _check(folder)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError(f"{folder} is not a store: name a folder that is new or empty")
        try:
            (folder / _SNAPSHOTS).mkdir(parents=True, exist_ok=True)
            card = {"format": FORMAT, "made_by": f"elshi {__version__}"}
            if not (folder / _CARD).exists():
                _write(folder / _CARD, json.dumps(card))
        except OSError as fault:
            raise StoreError(f"no store can be made at {folder}: {fault.strerror}: choose another place with --store") from fault
        return _opened(folder)

    @staticmethod
    def view(location: str) -> EmbeddedStore:
        """Open the last snapshot of the store in a folder; what a killed writer left is published first."""
        folder = _folder(location)
        if not (folder / _CARD).exists():
            raise StoreNotFound(f"no store at {folder}: make one with `elshi ingest`, or name another with --store")
        _check(folder)
        if (folder / _OPEN).exists() or not (folder / _SNAPSHOTS / _CURRENT).exists():
            try:
                _opened(folder).close()
            except StoreLocked:
                if not (folder / _SNAPSHOTS / _CURRENT).exists():
                    raise
        return EmbeddedStore.frozen(current_snapshot(folder))


def copy_store(location: str, destination: Path) -> None:
    """Write a copy of the store in a folder, its quarantine with it, into a folder that does not exist yet; raises StoreError."""
    folder = _folder(location)
    if not (folder / _CARD).exists():
        raise StoreNotFound(f"no store at {folder}: name one with --store")
    if destination.exists():
        raise StoreError(f"{destination} exists: choose a folder that does not")
    with DiskStores.writer(location) as store:
        destination.mkdir(parents=True)
        store.backup(destination / _DATABASE)
        shutil.copy2(folder / _CARD, destination / _CARD)
        (destination / _SNAPSHOTS).mkdir()
        if (folder / "quarantine").is_dir():
            shutil.copytree(folder / "quarantine", destination / "quarantine")


def _opened(folder: Path) -> EmbeddedStore:
    stale = (folder / _OPEN).exists() or not (folder / _SNAPSHOTS / _CURRENT).exists()
    return EmbeddedStore.at(folder / _DATABASE, keeper=_Snapshots(folder), unpublished=stale)


@dataclass(frozen=True, slots=True)
class _Snapshots:
    """Keeps the readers of the store in a folder on whole snapshots."""

    folder: Path

    def unpublished(self) -> None:
        (self.folder / _OPEN).touch()

    def publish(self, store: EmbeddedStore) -> None:
        """Take a snapshot (hard links, so it costs next to nothing) and point readers to it."""
        snapshots = self.folder / _SNAPSHOTS
        numbers = sorted(int(path.name) for path in snapshots.iterdir() if path.name.isdigit())
        number = numbers[-1] + 1 if numbers else 1
        store.backup(snapshots / str(number))
        _write(snapshots / _CURRENT, str(number))
        (self.folder / _OPEN).unlink(missing_ok=True)
        for old in numbers[: 1 - _KEPT]:
            shutil.rmtree(snapshots / str(old), ignore_errors=True)


def current_snapshot(folder: Path) -> Path:
    """Return the folder of the snapshot that readers of a store open."""
    return folder / _SNAPSHOTS / (folder / _SNAPSHOTS / _CURRENT).read_text(encoding="utf-8").strip()


def _write(path: Path, text: str) -> None:
    """Write a small file as a whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _folder(location: str) -> Path:
    folder = folder_of(location)
    if folder is None:
        raise StoreNotFound(f"{location} is no folder: give a path")
    return folder


def _check(folder: Path) -> None:
    try:
        format = int(json.loads((folder / _CARD).read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{folder / _CARD} cannot be read: restore the store from a backup") from fault
    if format > FORMAT:
        raise StoreError(f"{folder} has format {format}, this elshi reads up to {FORMAT}: upgrade elshi")

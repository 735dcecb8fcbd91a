"""A store's folder: the database, the snapshots that readers open, and the number of the format they are in."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elshi import __version__
from elshi.store.base import StoreError, StoreNotFound, folder_of
from elshi.store.embedded import EmbeddedStore
from elshi.store.files import write_whole, written

__all__ = ["FORMAT", "DiskStores", "copy_store", "current_snapshot", "format_of", "made_whole", "restore_store"]

_CARD: Final = "elshi-store.json"  # what makes a folder a store
_DATABASE: Final = "db"
_SNAPSHOTS: Final = "snapshots"
_CURRENT: Final = "current"  # names the snapshot that readers open
_OPEN: Final = "unpublished"  # stands while a writer is at work, and after it was killed
_KEPT: Final = 2  # snapshots that are never swept away
_FRESH: Final = 60.0  # seconds for which a reader may still be about to open one
_BESIDE: Final = ("quarantine", "runs", "web")  # what a copy of a store takes along


def _keep_runs(folder: Path) -> None:
    """Format 2 keeps a journal of every run."""
    (folder / "runs").mkdir(exist_ok=True)


#: How a store of a format becomes one of the next, from format 1 on; a writer takes every step that is left.
_STEPS: Final[tuple[Callable[[Path], None], ...]] = (_keep_runs,)
#: The layout of a store's folder; a store of a later format is refused, not guessed at.
FORMAT: Final = len(_STEPS) + 1


class DiskStores:
    """Opens stores in folders: writers the database itself, readers its last snapshot."""

    @staticmethod
    def writer(location: str) -> EmbeddedStore:
        """Open the store in a folder for writing, making it when the folder is new or empty."""
        folder = _folder(location)
        if not (folder / _CARD).exists():
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise StoreError(f"{folder} is not a store: name a folder that is new or empty")
            with written(folder):
                (folder / _SNAPSHOTS).mkdir(parents=True, exist_ok=True)
                _label(folder)
        return _opened(folder) if format_of(folder) == FORMAT else _migrated(folder)

    @staticmethod
    def view(location: str) -> EmbeddedStore:
        """Open the last snapshot of the store in a folder; what a killed writer left is published first."""
        folder = _folder(location)
        if not (folder / _CARD).exists():
            raise StoreNotFound(f"no store at {folder}: make one with `elshi ingest`, or name another with --store")
        format_of(folder)
        if (folder / _OPEN).exists() or not (folder / _SNAPSHOTS / _CURRENT).exists():
            try:
                _opened(folder).close()
            except StoreError:  # locked, or on a disk that takes nothing more: what was published last can be read
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
    part = destination.with_name(f"{destination.name}.part")
    with DiskStores.writer(location) as store, written(destination):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        store.backup(part / _DATABASE)
        (part / _SNAPSHOTS).mkdir()
        for name in _BESIDE:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, part / name)
        shutil.copy2(folder / _CARD, part / _CARD)
        part.rename(destination)


def restore_store(backup: Path, location: str) -> None:
    """Make the store of a copy in a folder that is new or empty; raises StoreError where there is no copy or already a store.

    The copy stays as it is. Nothing stands in the folder until all of it does.
    """
    if not (backup / _CARD).exists():
        raise StoreNotFound(f"{backup} is no copy of a store: name a folder that `elshi backup` wrote")
    format_of(backup)
    with made_whole(location) as part, written(part):
        shutil.copytree(backup, part)
    DiskStores.writer(location).close()


@contextmanager
def made_whole(location: str) -> Iterator[Path]:
    """Have a store made elsewhere and put in its place once all of it is there; where that fails, nothing of it stays.

    Raises StoreError for a folder that is not new or empty.
    """
    folder = _folder(location)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not empty: move it aside, or name another folder with --store")
    part = folder.with_name(f"{folder.name}.part")
    with written(folder):
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)  # what a killed one left
    try:
        yield part
        with written(folder):
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _opened(folder: Path) -> EmbeddedStore:
    stale = (folder / _OPEN).exists() or not (folder / _SNAPSHOTS / _CURRENT).exists()
    return EmbeddedStore.at(folder / _DATABASE, keeper=_Snapshots(folder), unpublished=stale)


@dataclass(frozen=True, slots=True)
class _Snapshots:
    """Keeps the readers of the store in a folder on whole snapshots."""

    folder: Path

    def unpublished(self) -> None:
        with written(self.folder):
            (self.folder / _OPEN).touch()

    def publish(self, store: EmbeddedStore) -> None:
        """Take a snapshot (hard links, so it costs next to nothing) and point readers to it."""
        snapshots = self.folder / _SNAPSHOTS
        numbers = sorted(int(path.name) for path in snapshots.iterdir() if path.name.isdigit())
        number = numbers[-1] + 1 if numbers else 1
        store.backup(snapshots / str(number))
        with written(self.folder):
            write_whole(snapshots / _CURRENT, str(number))
            (self.folder / _OPEN).unlink(missing_ok=True)
        for old in (snapshots / str(number) for number in numbers[: 1 - _KEPT]):
            if time.time() - old.stat().st_mtime >= _FRESH:
                shutil.rmtree(old, ignore_errors=True)


def current_snapshot(folder: Path) -> Path:
    """Return the folder of the snapshot that readers of a store open."""
    return folder / _SNAPSHOTS / (folder / _SNAPSHOTS / _CURRENT).read_text(encoding="utf-8").strip()


def _folder(location: str) -> Path:
    folder = folder_of(location)
    if folder is None:
        raise StoreNotFound(f"{location} is no folder: give a path")
    return folder


def format_of(folder: Path) -> int:
    """Return the format that a store says it is in; raises StoreError where it says none, or a later one."""
    try:
        format = int(json.loads((folder / _CARD).read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{folder / _CARD} cannot be read: restore the store from a backup") from fault
    if format > FORMAT:
        raise StoreError(f"{folder} has format {format}, this elshi reads up to {FORMAT}: upgrade elshi")
    return format


def _label(folder: Path) -> None:
    write_whole(folder / _CARD, json.dumps({"format": FORMAT, "made_by": f"elshi {__version__}"}))


def _migrated(folder: Path) -> EmbeddedStore:
    """Open a store of an earlier format and take the steps to this one; a step that was cut off is taken again."""
    store = _opened(folder)
    try:
        with written(folder):
            for step in _STEPS[format_of(folder) - 1 :]:
                step(folder)
            _label(folder)
    except BaseException:
        store.close()
        raise
    return store

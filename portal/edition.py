"""The snapshot that is served just now: found again at every request, opened when a new one is there."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from elshi import ElshiError
from elshi.store.base import View, folder_of, open_view
from elshi.store.disk import current_snapshot
from elshi.store.embedded import EmbeddedStore

__all__ = ["Edition", "Shelf"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the store."""

    name: str  # the same for the same state, another for another
    folder: Path
    view: View


class Shelf:
    """Hands out the current edition of a store."""

    def __init__(self, location: str) -> None:
        """Open a store; raises StoreNotFound where there is none, ElshiError for one that is not on disk."""
        folder = folder_of(location)
        if folder is None:
            raise ElshiError(f"{location} cannot be served: name a store on disk with --store")
        open_view(location).close()  # publishes what a killed writer left
        self._folder = folder
        self._lock = threading.Lock()
        self._edition = self._opened(current_snapshot(folder))

    def now(self) -> Edition:
        """Return the current edition; where a new one cannot be opened yet, the one before."""
        with self._lock:
            try:
                found = current_snapshot(self._folder)
                if _named(found) != self._edition.name:
                    self._edition = self._opened(found)
            except (OSError, ElshiError):
                pass  # a writer is just replacing it
            return self._edition

    @staticmethod
    def _opened(folder: Path) -> Edition:
        return Edition(_named(folder), folder, EmbeddedStore.frozen(folder))


def _named(snapshot: Path) -> str:
    """The name of a snapshot: a store that was made anew in the same folder counts from one again."""
    born = (snapshot / "CURRENT").stat().st_mtime_ns if (snapshot / "CURRENT").exists() else 0
    return f"{snapshot.name}-{born:x}"

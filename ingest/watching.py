"""What is new under the sources that are watched: files that have come or changed and that nobody is still writing."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from elshi.ingest.acquire import walk

__all__ = ["Watched"]

#: What says that a file is the same as before.
Stamp = tuple[int, int, int]
#: Endings that programs give to files they have not finished; a file of an ending Elshi does not read is passed over anyway.
_UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")


class Watched:
    """The files of watched sources: each is handed out once it is at rest, and again only when it has changed."""

    def __init__(
        self,
        sources: Iterable[str],
        *,
        settle: float,
        clock: Callable[[], float] = time.time,
        passing: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch sources; a file is at rest when nothing has been written to it for `settle` seconds.

        `clock` tells the time that files are stamped with, `passing` how time passes, whatever becomes of the clock.
        """
        self._sources, self._settle, self._clock, self._passing = tuple(sources), settle, clock, passing
        self._taken: dict[Path, Stamp] = {}
        self._handed: dict[Path, Stamp] = {}
        self._seen: dict[Path, tuple[Stamp, float]] = {}  # and since when

    def fresh(self) -> tuple[list[str], list[Path]]:
        """Return what is to be read now, and the files that are still being written.

        URLs, standard input and what is not there are always to be read: their own reader knows what has changed.
        """
        self._handed = {}
        ready: list[str] = []
        writing: list[Path] = []
        for source in self._sources:
            files = _files(source)
            if files is None:
                ready.append(source)
            for path in files or ():
                stamp = _stamp(path)
                if stamp is None or self._taken.get(path) == stamp or path in self._handed:
                    continue
                if self._at_rest(path, stamp):
                    self._handed[path] = stamp
                    ready.append(str(path))
                else:
                    writing.append(path)
        return ready, writing

    def taken(self) -> None:
        """Note that everything handed out last has been read."""
        self._taken.update(self._handed)
        self._handed = {}

    def _at_rest(self, path: Path, stamp: Stamp) -> bool:
        """Whether a file has been as it is for long enough, by its own times or, where a clock is wrong, by having been looked at."""
        now = self._passing()
        known, since = self._seen.get(path, (None, now))
        if known != stamp:
            since = now
        self._seen[path] = (stamp, since)
        _, modified, changed = stamp
        return self._clock() - max(modified, changed) / 1e9 >= self._settle or now - since >= self._settle


def _files(source: str) -> Iterator[Path] | None:
    """The files that a source stands for; None for one that is no file and no folder."""
    if source == "-" or "://" in source:
        return None
    if os.path.isdir(source):
        return walk(Path(source))
    if os.path.exists(source):
        return iter([Path(source)])
    matches = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []
    if not matches:
        return None
    return (path for match in map(Path, matches) for path in (walk(match) if match.is_dir() else [match]))


def _stamp(path: Path) -> Stamp | None:
    """What a file is like now; None when it has gone, or when its name says that it is not finished."""
    if path.name.lower().endswith(_UNFINISHED):
        return None
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns

"""What was found at which URL: enough not to ask twice, kept only once its release is in the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from elshi.ingest.model import Link

__all__ = ["Visit", "Visits"]

_TABLE: Final = """CREATE TABLE IF NOT EXISTS visits (
  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, stamp TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, members TEXT NOT NULL
) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a server said of a URL when it was last read, and what came of it."""

    url: str
    etag: str | None = None
    modified: str | None = None
    stamp: str = ""  # what the list that names it said of it
    key: str = ""  # of the release it gave; empty for a list
    sha256: str = ""  # of the release's text
    members: tuple[Link, ...] = ()  # what a list names


class Visits:
    """The visits of one store: a file beside a store on disk, else held in memory."""

    def __init__(self, path: Path | None = None) -> None:
        """Use a file, which need not exist; one that is damaged is begun anew, as it only saves time."""
        self._path = path
        self._open: sqlite3.Connection | None = None
        self._due: dict[str, list[Visit]] = {}  # page -> visits that count once its release is in
        self._lists: dict[str, Visit] = {}  # lists that count once all they name is in

    def get(self, url: str) -> Visit | None:
        """Return what is known of a URL."""
        row = None
        with suppress(sqlite3.Error):
            row = self._database.execute("SELECT * FROM visits WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        _, etag, modified, stamp, key, sha256, members = row
        return Visit(url, etag, modified, stamp, key, sha256, msgspec.json.decode(members, type=tuple[Link, ...]))

    def due(self, page: str, visit: Visit) -> None:
        """Have a visit count once the release of `page` is settled."""
        self._due.setdefault(page, []).append(visit)

    def due_list(self, visit: Visit) -> None:
        """Have the visit of a list count once every page it names is settled."""
        self._lists[visit.url] = visit

    def settle(self, page: str, key: str, sha256: str) -> None:
        """Keep what is due of a page whose release went into the store or its quarantine."""
        for visit in self._due.pop(page, ()):
            self._keep(replace(visit, key=key, sha256=sha256))

    def forget(self, page: str) -> None:
        """Leave what is due of a page that gave no release: it is asked for again."""
        self._due.pop(page, None)

    def finish(self) -> None:
        """Keep the visits of lists of which nothing is left to do."""
        for visit in reversed(self._lists.values()):  # what a list of lists names came after it
            if self._all_in(visit.members):
                self._keep(visit)
        self._lists.clear()

    def close(self) -> None:
        """Finish, and let go of the file."""
        self.finish()
        if self._open is not None:
            self._open.close()
        self._open = None

    def _all_in(self, members: Iterable[Link]) -> bool:
        return all((known := self.get(link.url)) is not None and known.stamp == link.stamp for link in members)

    def _keep(self, visit: Visit) -> None:
        row = (visit.url, visit.etag, visit.modified, visit.stamp, visit.key, visit.sha256, msgspec.json.encode(visit.members).decode())
        with suppress(sqlite3.Error):  # a full disk costs requests, not releases
            self._database.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    @property
    def _database(self) -> sqlite3.Connection:
        if self._open is None:
            self._open = self._at_path() or self._opened(":memory:")
        return self._open

    def _at_path(self) -> sqlite3.Connection | None:
        """The file, made anew when it is damaged; None where there can be none."""
        for _ in range(2 if self._path else 0):
            assert self._path
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return self._opened(str(self._path))
            except (OSError, sqlite3.OperationalError):
                return None
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self._path.unlink()
        return None

    @staticmethod
    def _opened(place: str) -> sqlite3.Connection:
        database = sqlite3.connect(place, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is asked for again
            database.execute(_TABLE)
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

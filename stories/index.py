"""The sketches of a store's releases, filed so that those that may tell of the same are found at once: one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from elshi import ElshiError
from elshi.stories.keys import Filing, filing
from elshi.stories.sketch import Sketch
from elshi.stories.text import refrain_keys

__all__ = ["Index", "IndexFault"]

#: The layout of the file and the rules by which it was filled: a file of other rules is filled anew.
RULES: Final = 3
#: Share of what two releases name that both must name, for the two to be compared: well below what makes them one story.
_THINGS: Final = 0.32
#: Share of the sentences of the shorter of two releases that must be filed where the other's are.
_LINES: Final = 0.3
_TABLES: Final = """
CREATE TABLE release (id INTEGER PRIMARY KEY, graph TEXT UNIQUE NOT NULL, release TEXT NOT NULL, sha TEXT NOT NULL, lang TEXT NOT NULL,
  day TEXT NOT NULL, weight REAL NOT NULL, lines INTEGER NOT NULL, story TEXT, sketch BLOB NOT NULL);
CREATE TABLE thing (block INTEGER, release INTEGER, weight REAL, PRIMARY KEY (block, release)) WITHOUT ROWID;
CREATE TABLE occasion (block INTEGER, release INTEGER, weight REAL, PRIMARY KEY (block, release)) WITHOUT ROWID;
CREATE TABLE line (block INTEGER, release INTEGER, weight REAL, PRIMARY KEY (block, release)) WITHOUT ROWID;
CREATE TABLE link (block INTEGER, release INTEGER, weight REAL, PRIMARY KEY (block, release)) WITHOUT ROWID;
CREATE TABLE named (iri TEXT, release INTEGER, span TEXT, PRIMARY KEY (iri, release)) WITHOUT ROWID;
CREATE TABLE kin (one INTEGER, other INTEGER, bond TEXT, score REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE bond (one TEXT, other TEXT, ours INTEGER, theirs INTEGER, score REAL, kin INTEGER,
  PRIMARY KEY (one, other, ours, theirs, kin)) WITHOUT ROWID;
CREATE TABLE renamed (iri TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE said (owner TEXT, line TEXT, PRIMARY KEY (owner, line)) WITHOUT ROWID;
CREATE TABLE passage (block INTEGER, release INTEGER, start INTEGER, stop INTEGER, PRIMARY KEY (block, release, start)) WITHOUT ROWID;
CREATE TABLE refrain (block INTEGER PRIMARY KEY, point TEXT NOT NULL);
CREATE TABLE due (block INTEGER PRIMARY KEY);
CREATE TABLE unsettled (graph TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX passage_of ON passage (release, start);
CREATE INDEX refrain_of ON refrain (point);
CREATE INDEX named_of ON named (release);
CREATE INDEX kin_of ON kin (other);
CREATE INDEX bond_of ON bond (other);
CREATE INDEX bond_ours ON bond (ours);
CREATE INDEX bond_theirs ON bond (theirs);
CREATE INDEX renamed_as ON renamed (name);
"""


class IndexFault(ElshiError):
    """An index that cannot be used."""


class Index:
    """What is known of every release, and which of them to compare.

    Everything in it can be made again from the store, so that losing the file costs time and nothing else.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file, making it when it is not there or was filled by other rules; None keeps everything in memory."""
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self.db = _opened(path)
        except OSError as fault:
            raise IndexFault(f"{path} cannot be made: {fault.strerror}: is the disk read-only?") from fault
        except sqlite3.DatabaseError as fault:
            if path is None or fault.sqlite_errorname not in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
                raise IndexFault(f"{path or 'the index'} cannot be opened: {fault}: is the disk full or read-only?") from fault
            path.unlink()
            self.db = _opened(path)
        if self.db.execute("PRAGMA user_version").fetchone()[0] != RULES:
            with _told():
                self._fresh()

    def _fresh(self) -> None:
        for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.db.execute(f"DROP TABLE {name}")
        self.db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {RULES}; COMMIT;")

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def __enter__(self) -> Self:
        with _told():
            self.db.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Keep all that was done inside the block, or nothing of it; raises IndexFault where it cannot be written."""
        if self.db.in_transaction:
            with _told():
                self.db.execute("ROLLBACK" if kind else "COMMIT")
        if isinstance(error, sqlite3.Error):
            raise _fault(error) from error

    # Releases

    def shas(self) -> dict[str, str]:
        """Return the SHA-256 of the text of every release, by the IRI of its graph."""
        return dict(self.db.execute("SELECT graph, sha FROM release"))

    def number(self, graph: str) -> int | None:
        """Return the number of a release; None where it is not known."""
        found = self.db.execute("SELECT id FROM release WHERE graph = ?", (graph,)).fetchone()
        return int(found[0]) if found else None

    def sketch(self, release: int) -> Sketch:
        """Return the sketch of a release."""
        return Sketch.from_bytes(self.db.execute("SELECT sketch FROM release WHERE id = ?", (release,)).fetchone()[0])

    def holds(self, sketch: Sketch, sha: str) -> bool:
        """Tell whether a release is known just so."""
        found = self.db.execute("SELECT sha, sketch FROM release WHERE graph = ?", (sketch.graph,)).fetchone()
        return bool(found == (sha, sketch.to_bytes()))

    def put(self, sketch: Sketch, sha: str) -> tuple[int, list[int]]:
        """File a release, in place of what was known of it; return its number and those of the releases to compare it with."""
        filed = filing(sketch)
        release = self.drop(sketch.graph)
        made = self.db.execute(
            "INSERT INTO release (id, graph, release, sha, lang, day, weight, lines, sketch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (release, sketch.graph, sketch.release, sha, sketch.lang, sketch.day, filed.weight, len(filed.lines), sketch.to_bytes()),
        )
        release = int(made.lastrowid or 0)
        near = sorted(set(self._near(filed)) - {release})
        for table, blocks in _tables(filed):
            self.db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", [(block, release, weight) for block, weight in blocks.items()])
        names = {iri: "" for iri, _ in sketch.persons} | {fact.iri: fact.span for fact in sketch.facts}
        self.db.executemany("INSERT INTO named VALUES (?, ?, ?)", [(iri, release, span) for iri, span in names.items()])
        said = [(key, release, p.start, p.end) for p in sketch.passages for key in refrain_keys(p.shingles, sketch.lang)]
        self.db.executemany("INSERT OR IGNORE INTO passage VALUES (?, ?, ?, ?)", said)
        self.owe({release})
        return release, near

    def drop(self, graph: str) -> int | None:
        """Forget a release and what ties it to others; return the number it had."""
        release = self.number(graph)
        if release is None:
            return None
        for table, blocks in _tables(filing(self.sketch(release))):
            self.db.executemany(f"DELETE FROM {table} WHERE block = ? AND release = ?", [(block, release) for block in blocks])
        self.owe({release})
        self.db.execute("DELETE FROM passage WHERE release = ?", (release,))
        self.db.execute("DELETE FROM named WHERE release = ?", (release,))
        self.db.execute("DELETE FROM kin WHERE one = ? OR other = ?", (release, release))
        self.db.execute("DELETE FROM bond WHERE ours = ? OR theirs = ?", (release, release))
        self.db.execute("DELETE FROM release WHERE id = ?", (release,))
        return release

    # What is said, and what has yet to be

    def say(self, owner: str, lines: set[str]) -> tuple[set[str], set[str]]:
        """Let what is said of an owner be these N-Triples lines; return those that are new and those that no longer hold."""
        before = {line for (line,) in self.db.execute("SELECT line FROM said WHERE owner = ?", (owner,))}
        self.db.executemany("DELETE FROM said WHERE owner = ? AND line = ?", [(owner, line) for line in before - lines])
        self.db.executemany("INSERT INTO said VALUES (?, ?)", [(owner, line) for line in lines - before])
        return lines - before, before - lines

    def owe(self, releases: Iterable[int]) -> None:
        """Note that the sentences of these releases have to be looked at again."""
        self.db.executemany("INSERT OR IGNORE INTO due SELECT block FROM passage WHERE release = ?", [(release,) for release in releases])

    def due(self) -> set[int]:
        """Return the blocks of sentences that have to be looked at again."""
        return {block for (block,) in self.db.execute("SELECT block FROM due")}

    def done(self) -> None:
        """Note that every sentence has been looked at."""
        self.db.execute("DELETE FROM due")

    def unsettle(self, graphs: Iterable[str]) -> None:
        """Note graphs that are about to be written."""
        self.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(graph,) for graph in graphs])

    def unsettled(self) -> set[str]:
        """Return the graphs that a writer was about to write when it died."""
        return {graph for (graph,) in self.db.execute("SELECT graph FROM unsettled")}

    def settle(self) -> None:
        """Note that everything was written."""
        self.db.execute("DELETE FROM unsettled")

    def _near(self, filed: Filing) -> Iterator[int]:
        """Whom it may be worth to compare a release with; either of two finds the other."""
        shared = {
            "thing": (filed.things_near, f"2 * shared >= {_THINGS} * (:weight + r.weight)"),
            "line": (filed.lines_near, f"shared >= MAX(2, {_LINES} * MIN(:lines, r.lines))"),
            "occasion": (filed.occasions, "shared >= 2"),
            "link": (filed.links, "shared >= 1"),
        }
        for table, (blocks, enough) in shared.items():
            found = self.db.execute(
                f"""SELECT r.id FROM (SELECT release, SUM(weight) AS shared FROM {table} WHERE block IN ({",".join(map(str, blocks))})
                GROUP BY release) AS s JOIN release AS r ON r.id = s.release WHERE {enough}""",
                {"weight": filed.weight, "lines": len(filed.lines)},
            )
            yield from (release for (release,) in found)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence what SQLite says in a word."""
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(error) from error


def _fault(error: sqlite3.Error) -> IndexFault:
    return IndexFault(f"the index of stories could not be written: {error}: is the disk full or read-only?")


def _opened(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")  # what a power cut takes is filled again from the store
    return db


def _tables(filed: Filing) -> Iterable[tuple[str, Mapping[int, float]]]:
    """The blocks that a release is put in, by the table that they stand in."""
    yield "thing", filed.things
    for table, blocks in (("occasion", filed.occasions), ("line", filed.lines), ("link", filed.links)):
        yield table, dict.fromkeys(blocks, 1.0)

"""Writes drafts into the one file the book reads: records, hashed keys, and which word begins a name."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from elshi.ingest.authorities import ACRONYM_PREFIX, ADJECTIVE_PREFIX, CONCEPTS_PREFIX, ID_PREFIX, Book, hashed, space
from elshi.ingest.concepts import concepts
from elshi.ingest.keys import key, plain

from .drafts import ACRONYM, ALIAS, NAME, TRANSLATED, Draft

__all__ = ["write"]

_SCHEMA = """
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT, kind TEXT, rank INTEGER, country TEXT, city TEXT,
                     lat REAL, lon REAL, population INTEGER, part_of INTEGER, slug TEXT, body TEXT);
CREATE TABLE name (hash INTEGER, n INTEGER, how INTEGER, PRIMARY KEY (hash, n)) WITHOUT ROWID;
CREATE TABLE start (hash INTEGER PRIMARY KEY, lengths INTEGER);
"""


def write(drafts: list[Draft], path: Path) -> dict[str, int]:
    """Replace the file; return how much of each it holds."""
    path.unlink(missing_ok=True)
    numbers = {draft.id: n for n, draft in enumerate(drafts, 1)}
    names, starts = _index(drafts)
    with sqlite3.connect(path) as db:
        db.executescript("PRAGMA page_size = 4096;" + _SCHEMA)
        db.executemany("INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (_row(d, numbers) for d in drafts))
        db.executemany("INSERT INTO name VALUES (?,?,?)", sorted((h, n, how) for (h, n), how in names.items()))
        db.executemany("INSERT INTO start VALUES (?,?)", sorted(starts.items()))
    with sqlite3.connect(path) as db:
        translated = sorted(_translated(drafts, numbers, Book(path)))
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", translated)
    db.execute("VACUUM")
    db.close()
    return {"records": len(drafts), "keys": len(names), "starts": len(starts), "bytes": path.stat().st_size}


def _row(draft: Draft, numbers: dict[str, int]) -> tuple[object, ...]:
    body = {"n": draft.names, "a": draft.aliases, "c": draft.acronyms[:6], "s": draft.same_as[draft.id[:2] in ("gn", "ro") :]}
    packed = json.dumps({k: v for k, v in body.items() if v}, ensure_ascii=False, separators=(",", ":"))
    at = [None if x is None else round(x, 4) for x in (draft.lat, draft.lon)]
    parent = numbers.get(draft.part_of or "")
    return (numbers[draft.id], draft.id, draft.kind, draft.rank, draft.country, draft.city, *at, draft.population, parent,
            draft.slug, packed)  # fmt: skip


def _index(drafts: list[Draft]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    names: dict[tuple[int, int], int] = {}
    starts: dict[int, int] = defaultdict(int)

    def add(text: str, n: int, how: int, *, begins: str | None = None) -> None:
        at = (hashed(text), n)
        names[at] = min(how, names.get(at, how))
        if begins is not None:
            words = text[len(begins) :].split()
            for head in (words[:1], words[:2]):
                if len(words) <= 30:
                    starts[hashed("=" + begins + " ".join(head))] |= 1 << len(words)

    for n, draft in enumerate(drafts, 1):
        add(ID_PREFIX + draft.id, n, NAME)
        for value, lang, how in _spelled(draft):
            if folded := key(value, lang):
                where = space(value, lang)
                add(where + folded, n, how, begins=where)
        for value, _ in draft.acronyms:
            add(ACRONYM_PREFIX + plain(value), n, ACRONYM)
        for value, lang in draft.adjectives:
            add(ADJECTIVE_PREFIX + space(value, lang) + key(value, lang), n, ALIAS)
    return names, starts


def _translated(drafts: Iterable[Draft], numbers: dict[str, int], book: Book) -> Iterable[tuple[int, int, int]]:
    """Yield a key of the concepts in each name, by which a name in another language may be recognised."""
    for draft in drafts:
        if draft.id.startswith(("ror:", "org:")) and draft.kind != "Company" and draft.rank < 2:
            for value, lang, how in dict.fromkeys(_spelled(draft)):
                meant = concepts(value, lang if lang in ("kk", "ru") else "en", book.place_of) if how <= ALIAS else frozenset()
                if len(meant) > 1:
                    yield hashed(CONCEPTS_PREFIX + " ".join(sorted(meant))), numbers[draft.id], TRANSLATED


def _spelled(draft: Draft) -> Iterable[tuple[str, str, int]]:
    yield from ((value, lang, NAME) for value, lang in draft.names)
    yield from ((value, lang, ALIAS) for value, lang in draft.aliases)
    yield from draft.spellings
    if draft.rank == 0:  # the acronyms of ROR are too many to be looked for in running text
        yield from ((value, lang, ACRONYM) for value, lang in draft.acronyms)

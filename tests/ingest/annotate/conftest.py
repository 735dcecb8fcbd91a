"""Reads a few sentences as a release and shows what was read by its names, so that an expectation fits on one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import pytest

from elshi.ingest.annotate import annotate
from elshi.ingest.annotate.document import Document
from elshi.ingest.model import Lang, Reading, Release
from elshi.ingest.reader import load_reader

#: The day on which the releases of these tests are reported.
REPORTED = "2025-11-18"


@dataclass(frozen=True)
class Seen:
    """A reading whose keys are put back into the names they stand for."""

    reading: Reading

    def name(self, key: str | None) -> str | None:
        """What the text calls a thing; a fact that another is about by its kind."""
        known = {e.key: e.name for e in self.reading.entities} | {e.id: e.kind for e in self.reading.events}
        return known[key] if key else None

    def named(self, keys: tuple[str, ...]) -> frozenset[str | None]:
        return frozenset(map(self.name, keys))

    @property
    def dates(self) -> list[str]:
        return [d.value for d in self.reading.dates]

    @property
    def names(self) -> dict[str, str]:
        """Each name with the class of what bears it."""
        return {e.name: e.kind for e in self.reading.entities if e.mentions}

    @property
    def positions(self) -> set[tuple[str | None, ...]]:
        """Who is what, of which body, for which state, sent where."""
        name = self.name
        return {(name(p.person), p.role, name(p.organization), name(p.represents), name(p.accredited_to)) for p in self.reading.positions}

    @property
    def offices(self) -> set[tuple[str | None, str, str | None]]:
        """Who is what, of which body."""
        return {(person, role or "", body) for person, role, body, _, _ in self.positions}

    @property
    def events(self) -> list[tuple[str, frozenset[str | None], str | None, str]]:
        """What happened, to whom, when, and how far it has come."""
        return [(e.kind, self.named(e.participants), e.start, e.status) for e in self.reading.events]

    @property
    def agreements(self) -> list[tuple[str, frozenset[str | None]]]:
        return [(a.commitment, self.named(a.parties)) for a in self.reading.agreements]

    @property
    def cooperations(self) -> list[tuple[str, frozenset[str | None]]]:
        return [(c.commitment, self.named(c.parties)) for c in self.reading.cooperations]

    @property
    def statistics(self) -> set[tuple[str | None, str, str]]:
        """About whom, what is counted, how many."""
        return {(self.name(s.about), s.measure, s.value) for s in self.reading.statistics}

    @property
    def wholes(self) -> dict[str, str | None]:
        """Each part with the body it belongs to."""
        return {e.name: self.name(e.part_of) for e in self.reading.entities if e.part_of}


def release(lang: Lang, body: str, title: str, reported: str | None) -> Release:
    text = f"{title}\n{body}" if title else body
    return Release("t01", lang, title, text, sha256(text.encode()).hexdigest(), "t01.txt", header_date=reported)


@cache
def seen(lang: Lang, body: str, title: str = "", reported: str | None = REPORTED) -> Seen:
    return Seen(annotate(release(lang, body, title, reported), load_reader(lang)))


@pytest.fixture(scope="session")
def read() -> Callable[..., Seen]:
    """`read(lang, body, title="", reported=REPORTED)`."""
    return seen


@pytest.fixture(scope="session")
def document() -> Callable[[Lang, str], Document]:
    """The text on the desk, before anything was looked for in it."""
    return lambda lang, body: Document(release(lang, body, "", REPORTED), load_reader(lang).tongue)

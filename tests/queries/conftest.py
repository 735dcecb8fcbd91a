"""A small store made of readings by hand: one story in two languages, what came of it, and a second version of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from elshi.ingest.model import Reading
from elshi.store.base import View, open_writer


def revised(reading: Reading) -> Reading:
    """The release as put right by its publisher: 14 students, not 12; nothing of a figure about the forum."""
    text = reading.release.text.replace(" 12 ", " 14 ")
    release = replace(reading.release, text=text, sha256=sha256(text.encode()).hexdigest())
    figures = tuple(replace(s, value="14") if s.value == "12" else s for s in reading.statistics if s.id != "s3")

    def requoted(facts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(f, evidence=tuple(replace(m, text=text[m.start : m.end]) for m in f.evidence)) for f in facts)

    return replace(reading, release=release, statistics=requoted(figures), dates=requoted(reading.dates))


@pytest.fixture(scope="session")
def sample(reading_kk: Reading, reading_ru: Reading, reading_later: Reading, take: Callable[..., None]) -> Iterator[View]:
    """The sample store; the Russian version was revised on the second day."""
    with open_writer("memory:") as store:
        take(store, 1, reading_kk, reading_ru, reading_later)
        take(store, 2, revised(reading_ru))
        yield store

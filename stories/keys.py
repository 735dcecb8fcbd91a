"""Under what a release is filed, so that those that tell of the same are found without asking every release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from elshi.ontology.vocab import EVENT_KINDS
from elshi.stories.kinship import DAYS, DAYS_OF_A_COPY
from elshi.stories.people import name_keys
from elshi.stories.sketch import Sketch
from elshi.stories.text import bands

__all__ = ["Filing", "filing"]


class Filing(NamedTuple):
    """Blocks, each a number: where a release is put, and where others that are near enough in time may stand."""

    things: dict[int, float]  # what it names, with what it tells that another names it too
    things_near: list[int]
    occasions: set[int]  # who took part in what on which day
    lines: set[int]  # its sentences
    lines_near: list[int]
    links: set[int]  # its own address and those of its versions

    @property
    def weight(self) -> float:
        """Of all things together."""
        return sum(self.things.values())


def filing(sketch: Sketch) -> Filing:
    """Return the blocks of a release."""
    things, lines = dict(_things(sketch)), set(_lines(sketch))
    here, near = _spans(sketch.ordinal, DAYS)
    month, months = _spans(sketch.ordinal, DAYS_OF_A_COPY)
    return Filing(
        {_block(here, key): weight for key, weight in things.items()}, [_block(span, key) for span in near for key in things],
        {_block(*key) for key in _occasions(sketch)},
        {_block(month, line) for line in lines}, [_block(span, line) for span in months for line in lines],
        {_block("link", url) for url in (sketch.url, *sketch.alternates) if url},
    )  # fmt: skip


def _spans(ordinal: int | None, days: int) -> tuple[str, list[str]]:
    """The stretch of time a day falls in, and those it borders on; releases without a day are near each other only."""
    if ordinal is None:
        return "undated", ["undated"]
    span = ordinal // (days + 1)
    return str(span), [str(span + step) for step in (-1, 0, 1)]


def _things(sketch: Sketch) -> Iterator[tuple[str, float]]:
    for _, name in sketch.persons:
        yield from ((f"person {key}", 3.0) for key in name_keys(name))
    for slot, values, weight in (
        ("body", sketch.bodies, 2.0), ("figure", sketch.figures, 2.0), ("day", sketch.dates, 2.0), ("town", sketch.towns, 1.0),
    ):  # fmt: skip
        yield from ((f"{slot} {value}", weight) for value in values)


def _occasions(sketch: Sketch) -> Iterator[tuple[str, str, str]]:
    names = dict(sketch.persons)
    for fact in sketch.facts:
        if fact.kind in EVENT_KINDS:
            days = {fact.start} if len(fact.start) == 10 else {sketch.day} if not fact.start else set()
            for day in days | ({sketch.day} if fact.start else set()):
                for who in fact.who:
                    yield from ((fact.kind, day, key) for key in _called(who, names))


def _called(who: str, names: dict[str, str]) -> Iterable[str]:
    return name_keys(names[who]) if who in names else (who,)


def _lines(sketch: Sketch) -> Iterator[int]:
    for passage in sketch.passages:
        yield from bands(passage.shingles)


def _block(*key: object) -> int:
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=8).digest(), "big", signed=True)

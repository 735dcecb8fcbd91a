"""Kazakh verbs: what a finite form, participle, converb or verbal noun says, where its stem is a known verb."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache

from elshi.ingest.languages.kk.lexicon import rows
from elshi.ingest.languages.kk.nouns import lengths
from elshi.ingest.languages.kk.phonology import VOWELS, agrees, fits, voiced

__all__ = ["VerbReading", "verb_readings"]


@dataclass(frozen=True, slots=True)
class VerbReading:
    """One way to take a verb form apart: its stem and its features, sorted as Universal Dependencies writes them."""

    stem: str
    features: str
    length: int


@dataclass(frozen=True, slots=True)
class Ending:
    """One row of the verb suffix table."""

    features: tuple[str, ...]
    form: str
    after: str
    restore: tuple[str, ...]


def verb_readings(form: str, verbs: Container[str]) -> Iterator[VerbReading]:
    """Yield every reading of a form in lower case whose stem is among `verbs`."""
    endings = _endings("ending")
    for size in _lengths().get(form[-1:], ()):
        for ending in endings.get(form[-size:], ()):
            for base in _bases(form[:-size], ending):
                yield from _stems(base, ending.features, size, verbs)


def _stems(base: str, features: tuple[str, ...], length: int, verbs: Container[str]) -> Iterator[VerbReading]:
    yield from _voices(base, features, length, verbs)
    for ending in _endings("polarity").get(base[-2:], ()):
        rest = base[:-2]
        if rest and fits(rest, ending.form, ending.after):
            yield from _voices(rest, features + ending.features, length + 2, verbs)


def _voices(base: str, features: tuple[str, ...], length: int, verbs: Container[str]) -> Iterator[VerbReading]:
    if base in verbs:
        yield VerbReading(base, "|".join(sorted(features)), length)
    for size in (1, 2):
        for ending in _endings("voice").get(base[-size:], ()):
            for stem in _bases(base[:-size], ending):
                if stem in verbs:
                    yield VerbReading(stem, "|".join(sorted(features + ending.features)), length + size)


def _bases(rest: str, ending: Ending) -> Iterator[str]:
    """Yield what may have stood before an ending: as it is, with its last sound unvoiced, or with what the ending swallowed."""
    if not rest or not fits(rest, ending.form, ending.after):
        return
    if ending.restore:
        yield from (rest + letter for letter in ending.restore if agrees(rest, letter))
        return
    yield rest
    if ending.form[0] in VOWELS:
        plain = "п" if rest[-1] == "у" and ending.form[0] in "ыі" else None
        if plain or voiced(rest):
            yield rest[:-1] + plain if plain else str(voiced(rest))


@cache
def _endings(slot: str) -> dict[str, list[Ending]]:
    found: dict[str, list[Ending]] = {}
    for row in rows("verb_suffixes.tsv"):
        if row["slot"] == slot:
            restore = tuple(row["restore"].split("/")) if row["restore"] else ()
            found.setdefault(row["form"], []).append(Ending(tuple(row["features"].split("|")), row["form"], row["after"], restore))
    return found


@cache
def _lengths() -> dict[str, list[int]]:
    return lengths(_endings("ending"))

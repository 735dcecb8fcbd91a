"""Who is who in two releases: the same key, or names that sound alike and fit nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from elshi.ingest.languages.romanisation import fold_word, skeleton
from elshi.ingest.languages.similarity import SAME_PERSON, alike
from elshi.stories.sketch import Sketch

__all__ = ["in_office", "name_keys", "paired"]

#: A second name this much less alike leaves no doubt which of the two is meant.
_CLEAR: Final = 0.05
#: How alike names of one office at one occasion must be: spellings of a name are, names of different people are not.
_IN_OFFICE: Final = 0.5


def paired(ours: Iterable[tuple[str, str]], theirs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map persons of one release, each an IRI and a name, to those of the other; a doubtful one stays unpaired.

    >>> paired([("a", "Фредерик Схунарс")], [("b", "Joseph Mwaura"), ("c", "Frédéric Schoenaers")])
    {'a': 'c'}
    """
    here, there = dict(ours), dict(theirs)
    found = {iri: iri for iri in here if iri in there}
    scores = {(a, b): _alike(here[a], there[b]) for a in here.keys() - found for b in there.keys() - found}
    for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        rivals = [other for (x, y), other in scores.items() if (x == a) != (y == b)]
        if score >= SAME_PERSON and score - max(rivals, default=0.0) >= _CLEAR:
            found[a] = b
    return found


def in_office(one: Sketch, other: Sketch, occasions: Iterable[tuple[str, str]], paired: Mapping[str, str]) -> dict[str, str]:
    """Map persons of one release, not `paired` yet, to those who hold the same office at the same occasion in the other.

    Names that are spelled so differently that they alone say nothing are one person's where on both sides nobody else
    at the occasion holds the office.
    """
    ours, theirs = ({fact.iri: fact.who for fact in each.facts} for each in (one, other))
    names, called = dict(one.persons), dict(other.persons)
    found: set[tuple[str, str]] = set()
    for here, there in occasions:
        holders, others = _holders(one, ours[here]), _holders(other, theirs[there])
        for office in holders.keys() & others.keys():
            if len(holders[office]) == len(others[office]) == 1:
                found.add((*holders[office], *others[office]))  # type: ignore[arg-type]  # one and one
    free = {(a, b) for a, b in found if a not in paired and b not in paired.values() and _alike(names[a], called[b]) >= _IN_OFFICE}
    return {a: b for a, b in free if sum(a == x or b == y for x, y in free) == 1}


def _holders(release: Sketch, who: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """Who of these holds which office."""
    present, found = set(who), dict[tuple[str, str], set[str]]()
    for person, *office in release.offices:
        if person in present:
            found.setdefault((office[0], office[1]), set()).add(person)
    return found


def name_keys(name: str) -> set[str]:
    """Return what stays of a name's surname in any language: the key under which its spellings are filed.

    >>> name_keys("Ерлан Қасымов") == name_keys("Yerlan Kassymov")
    True
    """
    words = _folded(name)
    return {skeleton(words[-1])} if words and len(words[-1]) > 2 else set()


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> float:
    return alike(_folded(one), _folded(other))


@lru_cache(maxsize=20_000)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(filter(None, (fold_word(word) for word in name.replace(".", " ").split())))

"""Every name of every entity, folded for comparison: who is meant by a name, and what a few letters may become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process, utils

from elshi.portal.sections import Source

__all__ = ["Index", "folded", "likeness"]

_CLOSE: Final = 60.0  # of 100: names less alike are not offered
#: What measures likeness, whatever the order of the words; where only a part of the name is alike it counts for less.
_MEASURES: Final = ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.9))


class Index:
    """The names of a store; made once for an edition."""

    def __init__(self, names: Iterable[tuple[str, str]], classes: Mapping[str, frozenset[str]]) -> None:
        """Take entities with their names, and their classes."""
        self.classes = classes
        self._names = [(folded(name), thing) for name, thing in names]
        self._by_thing: dict[str, list[str]] = {}
        for name, thing in self._names:
            self._by_thing.setdefault(thing, []).append(name)
        self._of = lru_cache(maxsize=16)(self._choices)

    @classmethod
    def of(cls, source: Source) -> Index:
        """Read the names of a store."""
        classes: dict[str, set[str]] = {}
        for thing, kind in source.section("types").rows:
            if thing and kind:
                classes.setdefault(thing.value, set()).add(kind.value)
        names = [(name.value, thing.value) for thing, name in source.section("index").rows if thing and name]
        return cls(names, {thing: frozenset(kinds) for thing, kinds in classes.items()})

    def closest(self, text: str, limit: int, kinds: frozenset[str] = frozenset(), *, every: bool = False) -> list[tuple[str, float]]:
        """The entities whose names are most like a text, with how alike of 100; only those of one of the classes, or of every one."""
        asked = folded(text)
        names, things = self._of(kinds, every)
        best: dict[str, float] = {}
        for measure, weight in _MEASURES if asked else ():
            for _, score, place in process.extract(
                asked, names, scorer=measure, processor=None, score_cutoff=_CLOSE / weight, limit=limit * 6
            ):
                best[things[place]] = max(best.get(things[place], 0.0), score * weight)
        return sorted(best.items(), key=lambda each: (-each[1], each[0]))[:limit]

    def beginning(self, prefix: str, *, start: int = 0, limit: int = 20) -> list[str]:
        """The entities that have a name with a word that begins so, those with the shortest such names first."""
        asked = folded(prefix)
        found = sorted((len(name), thing) for name, thing in self._names if asked and f" {asked}" in f" {name}")
        return list(dict.fromkeys(thing for _, thing in found))[start : start + limit]

    def called(self, thing: str) -> list[str]:
        """The folded names of an entity."""
        return self._by_thing.get(thing, [])

    def _choices(self, kinds: frozenset[str], every: bool) -> tuple[list[str], list[str]]:
        chosen = [(name, thing) for name, thing in self._names if not kinds or self._fits(thing, kinds, every)]
        return [name for name, _ in chosen], [thing for _, thing in chosen]

    def _fits(self, thing: str, kinds: frozenset[str], every: bool) -> bool:
        have = self.classes.get(thing, frozenset())
        return kinds <= have if every else bool(kinds & have)


def folded(name: str) -> str:
    """A name in lower case, all that is no letter or digit a space.

    >>> folded("«Назарбаев Университеті»")
    'назарбаев университеті'
    """
    return utils.default_process(name)


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, of 1."""
    return float(fuzz.token_sort_ratio(one, other)) / 100

"""Which facts of two releases are one: event by event, so that a digest meets each release that it sums up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from elshi.ontology.vocab import EVENT_KINDS
from elshi.stories.sketch import Fact, Sketch

__all__ = ["Bond", "bonds", "meet"]

#: How much better the best partner must be than the next, to be beyond doubt.
_CLEAR: Final = 0.25
#: What two facts are worth that agree in their kind and in nothing else.
_KIND_ALONE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Bond:
    """That a fact of one release and a fact of another are one."""

    one: str
    other: str
    score: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two releases; what the first names is called as the second calls it."""

    one: Sketch
    other: Sketch
    same: Mapping[str, str]
    kin: bool

    def ours(self, iris: Sequence[str]) -> set[str]:
        return {self.same.get(iri, iri) for iri in iris}


#: How well two facts of a kind fit; None where they cannot be one.
_Score = Callable[[_Pair, Fact, Fact], float | None]


def bonds(one: Sketch, other: Sketch, people: Mapping[str, str], *, kin: bool) -> list[Bond]:
    """Return what two releases have in common: whatever fits when they are `kin`, else only events beyond doubt.

    `people` maps the persons of the first to those of the second.
    """
    pair = _Pair(one, other, people, kin)
    events = list(_matched(pair, (*EVENT_KINDS, "Event"), _event))
    if not kin:
        return events
    pair = _Pair(one, other, {**people, **{bond.one: bond.other for bond in events}}, kin)
    return [*events, *_matched(pair, ("Agreement", "Cooperation"), _pact), *_matched(pair, ("Statistic",), _figure)]


def _matched(pair: _Pair, kinds: Sequence[str], score: _Score) -> Iterator[Bond]:
    """Pair each fact with its best partner where the next best leaves no doubt; those of one IRI are one already."""
    ours, theirs = ({fact.iri: fact for fact in release.facts if fact.kind in kinds} for release in (pair.one, pair.other))
    both = ours.keys() & theirs.keys()
    scores: dict[tuple[str, str], float] = {}
    for a in ours.keys() - both:
        for b in theirs.keys() - both:
            points = score(pair, ours[a], theirs[b]) if ours[a].kind == theirs[b].kind else None
            if points is not None:
                scores[a, b] = points
    while scores:
        (a, b), points = min(scores.items(), key=lambda item: (-item[1], item[0]))
        rivals = [other for (x, y), other in scores.items() if (x == a) != (y == b)]
        if points - max(rivals, default=0.0) >= _CLEAR:
            yield Bond(a, b, round(points, 4))
            scores = {(x, y): p for (x, y), p in scores.items() if x != a and y != b}
        else:
            del scores[a, b]


def _event(pair: _Pair, a: Fact, b: Fact) -> float | None:
    when, who, where = _same_time(a, b), _same_people(pair, a, b), _same_place(a, b)
    if when is None or who is None or where is None:
        return None
    if not pair.kin and not _beyond_doubt(pair, a, b, when):
        return None
    return _KIND_ALONE + when + who + where + _share(set(a.topics), set(b.topics)) / 2 + _share(pair.ours(a.sides), set(b.sides)) / 2


def _same_time(a: Fact, b: Fact) -> float | None:
    """2 for one day, 1 for a day and its month, 0 where one is silent; None where the days differ."""
    if not a.start or not b.start:
        return 0.0
    if a.start == b.start:
        return 2.0 if len(a.start) == 10 else 1.0
    if not meet(a.span, b.span):
        return None
    return 1.0 if a.start.startswith(b.start) or b.start.startswith(a.start) else 0.5


def meet(one: str, other: str) -> bool:
    """Tell whether two spans of time, each as `start/end`, may be of one event.

    >>> meet("2025-09-29/2025-10-01", "2025-10-01/"), meet("2026-04/", "2026-04-10/"), meet("2026-04-09/", "2026-04-10/")
    (True, True, False)
    """
    (a, a_end), (b, b_end) = one.split("/"), other.split("/")
    return a.startswith(b) or b.startswith(a) or a <= b <= a_end or b <= a <= b_end


def _same_people(pair: _Pair, a: Fact, b: Fact) -> float | None:
    """A point for each who is in both; None where each has people of its own and fewer in common."""
    ours, theirs = pair.ours(a.who), set(b.who)
    persons = [{iri for iri in who if "/person/" in iri} for who in (ours, theirs)]
    shared = len(ours & theirs)
    if all(persons) and not persons[0] & persons[1]:
        return None
    apart = min(len(ours - theirs), len(theirs - ours))
    return shared - 0.5 * apart if shared >= apart or not ours or not theirs else None


def _same_place(a: Fact, b: Fact) -> float | None:
    if not a.place or not b.place:
        return 0.0
    if a.place == b.place:
        return 1.0
    return None if _is_town(a.place) and _is_town(b.place) else 0.0


def _is_town(iri: str) -> bool:
    return "/place/gn-" in iri


def _beyond_doubt(pair: _Pair, a: Fact, b: Fact, when: float) -> bool:
    """Do the facts alone, of releases that tell different stories, say that it was one event?

    On one day, two who took part in both and nobody on either side whom the other leaves out unless it is shorter: the
    same minister meets many delegations in a day, and the same delegation on many days.
    """
    same_day = when == 2.0 or (not (a.start and b.start) and bool(pair.one.day) and pair.one.day == pair.other.day)
    ours, theirs = pair.ours(a.who), set(b.who)
    hubs = {*pair.one.hubs, *pair.other.hubs, *pair.one.countries, *pair.other.countries}
    return same_day and len(ours & theirs - hubs) >= 2 and (ours <= theirs or theirs <= ours)


def _pact(pair: _Pair, a: Fact, b: Fact) -> float | None:
    """Agreements and cooperations: the same sides at the same step, about the same matters where both say."""
    sides = _share(pair.ours(a.sides), set(b.sides))
    topics = _share(set(a.topics), set(b.topics))
    if sides < 0.5 or a.what != b.what or _same_time(a, b) is None:
        return None
    if a.topics and b.topics and not topics:
        return None
    return _KIND_ALONE + 2 * sides + topics


def _figure(pair: _Pair, a: Fact, b: Fact) -> float | None:
    """The same figure of the same thing; a figure that differs is another statement."""
    origin = all(x == y or not x or not y for x, y in zip(a.what, b.what, strict=True))
    if pair.same.get(a.about, a.about) != b.about or a.value != b.value or not origin:
        return None
    return _KIND_ALONE + 2 * (a.what == b.what)


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0

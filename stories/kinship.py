"""How two releases are related: versions of one story in two languages, a republication, a correction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from elshi.stories.sketch import Sketch
from elshi.stories.text import NEARLY, bands, likeness

__all__ = ["Kinship", "kinship", "share_passages"]

#: Versions of a story appear within so many days of each other.
DAYS: Final = 10
#: A republication may come later; what recurs after longer is a text used again.
DAYS_OF_A_COPY: Final = 30
#: What one release names that the other names too, of all that both name: from here on they tell one story.
SAME_STORY: Final = 0.45
#: Share of the shorter text that stands in the longer one.
SAME_TEXT: Final = 0.7
#: What it tells that two releases share a thing of a kind.
_WEIGHTS: Final[Mapping[str, float]] = {
    "persons": 3.0, "bodies": 2.0, "figures": 2.0, "dates": 2.0, "towns": 1.0, "hubs": 0.5, "countries": 0.5,
}  # fmt: skip

Bond = Literal["translation", "quotation", "revision"]


@dataclass(frozen=True, slots=True)
class Kinship:
    """That two releases tell one story, and how sure that is: 1 where their pages say so."""

    bond: Bond
    score: float


def kinship(one: Sketch, other: Sketch, people: Mapping[str, str]) -> Kinship | None:
    """Tell how two releases are related; `people` maps the persons of the first to those of the second."""
    if _declared(one, other):
        return Kinship("translation", 1.0)
    if one.lang == other.lang:
        return _copy(one, other)
    if not _near(one, other, DAYS) or not _telling(one, other, people):
        return None
    score = overlap(one, other, people)
    return Kinship("translation", round(score, 4)) if score >= SAME_STORY else None


def _declared(one: Sketch, other: Sketch) -> bool:
    return one.lang != other.lang and (bool(one.url) and one.url in other.alternates or bool(other.url) and other.url in one.alternates)


def _near(one: Sketch, other: Sketch, days: int) -> bool:
    """Undated releases are near each other only."""
    if one.ordinal is None or other.ordinal is None:
        return one.ordinal == other.ordinal
    return abs(one.ordinal - other.ordinal) <= days


def _telling(one: Sketch, other: Sketch, people: Mapping[str, str]) -> bool:
    """Share they more than a ministry and a country?"""
    telling = bool(people) + sum(
        bool(set(getattr(one, slot)) & set(getattr(other, slot))) for slot in ("bodies", "figures", "dates", "towns")
    )
    return telling >= 2


def overlap(one: Sketch, other: Sketch, people: Mapping[str, str]) -> float:
    """Return the weighted share of what two releases name that both of them name."""
    shared = total = 0.0
    for slot, weight in _WEIGHTS.items():
        a, b = getattr(one, slot), getattr(other, slot)
        common = len(people) if slot == "persons" else len(set(a) & set(b))
        shared += 2 * weight * common
        total += weight * (len(a) + len(b))
    return shared / total if total else 0.0


def _copy(one: Sketch, other: Sketch) -> Kinship | None:
    """A text that stands in both: published again by somebody else, or again with something put right."""
    if not _near(one, other, DAYS_OF_A_COPY):
        return None
    ours, theirs = ([shingle for passage in release.passages for shingle in passage.shingles] for release in (one, other))
    least = SAME_TEXT * min(len(ours), len(theirs))
    if not least or len(set(ours) & set(theirs)) < least * NEARLY or _tells_otherwise(one, other):  # soon told, and true of most
        return None
    score = share_passages(one, other) / min(len(ours), len(theirs))
    if score < SAME_TEXT:
        return None
    return Kinship("revision" if one.site == other.site else "quotation", round(min(score, 1.0), 4))


def _tells_otherwise(one: Sketch, other: Sketch) -> bool:
    """Is it a notice that recurs, each time with other days, rather than one notice twice?"""
    ours, theirs = set(one.dates), set(other.dates)
    return bool(ours - theirs and theirs - ours) and not _near(one, other, 2)


def share_passages(one: Sketch, other: Sketch) -> int:
    """Return how many shingles of the first release stand in sentences that the second has too, nearly the same."""
    filed: dict[int, list[tuple[int, ...]]] = {}
    for passage in other.passages:
        for key in bands(passage.shingles):
            filed.setdefault(key, []).append(passage.shingles)
    shared = 0
    for passage in one.passages:
        rivals = {s for key in bands(passage.shingles) for s in filed.get(key, ())}
        if any(likeness(passage.shingles, rival) >= NEARLY for rival in rivals):
            shared += len(passage.shingles)
    return shared

"""What ties one release to another, found from the two alone: the same whichever of them came first."""

from __future__ import annotations

from typing import NamedTuple

from elshi.stories.kinship import Kinship, kinship
from elshi.stories.meeting import Bond, bonds
from elshi.stories.people import paired
from elshi.stories.sketch import Sketch

__all__ = ["Tie", "tie"]


class Tie(NamedTuple):
    """How two releases are related, and what in them is one."""

    kin: Kinship | None
    sure: list[Bond]  # whatever stories the releases tell
    fitting: list[Bond]  # as long as they tell one story


def tie(one: Sketch, other: Sketch) -> Tie:
    """Compare two releases."""
    people = paired(one.persons, other.persons)
    kin = kinship(one, other, people)
    fitting = bonds(one, other, people, kin=True) + [Bond(a, b, 1.0) for a, b in people.items() if a != b] if kin else []
    return Tie(kin, bonds(one, other, people, kin=False), fitting)

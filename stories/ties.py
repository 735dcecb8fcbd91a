"""What ties one release to another, found from the two alone: the same whichever of them came first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from elshi.ontology.vocab import EVENT_KINDS
from elshi.stories.kinship import Kinship, kinship
from elshi.stories.meeting import Bond, bonds
from elshi.stories.people import in_office, paired
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
    return Tie(kin, bonds(one, other, people, kin=False), _fitting(one, other, people) if kin else [])


def _fitting(one: Sketch, other: Sketch, people: Mapping[str, str]) -> list[Bond]:
    met = [(bond.one, bond.other) for bond in bonds(one, other, people, kin=True)]
    events = {fact.iri for fact in one.facts if fact.kind in EVENT_KINDS}
    same = {fact.iri for fact in one.facts} & {fact.iri for fact in other.facts}
    people = {**people, **in_office(one, other, [pair for pair in (*met, *((iri, iri) for iri in same)) if pair[0] in events], people)}
    return bonds(one, other, people, kin=True) + [Bond(a, b, 1.0) for a, b in people.items() if a != b]

"""How sure what was read is: weights of signals, fitted on stories that nobody tuned for, give every mention and fact its probability."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import Final, TypeVar

from elshi import resource
from elshi.ingest.model import Agreement, Cooperation, Entity, Event, Position, Reading, StatedDate, Statistic

__all__ = ["Judgeable", "Weights", "confidence", "kind_of", "load_weights", "signals", "weighed"]

#: What has a confidence.
Judgeable = Entity | Position | Event | Cooperation | Agreement | Statistic | StatedDate
F = TypeVar("F", Position, Event, Cooperation, Agreement, Statistic, StatedDate)
#: No reading is certain, and none that the rules let pass is worthless.
_LEAST: Final = 0.05
_MOST: Final = 0.99
_PLACES: Final = frozenset({"Country", "City", "Region"})
#: The sentences of a release in which what it is about stands.
_LEAD: Final = 3
_FILE: Final = "data/models/confidence.tsv"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each signal for each kind of thing, in log-odds; a signal that was never met weighs nothing."""

    by_kind: Mapping[str, Mapping[str, float]]

    def of(self, kind: str, signal: str) -> float:
        """The weight of a signal."""
        return self.by_kind.get(kind, {}).get(signal, 0.0)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a signal may look at beside the thing itself."""

    reading: Reading
    linked: frozenset[str]  # keys of the entities that an authority knows
    acting: frozenset[str]  # keys of those that take part in an event, hold a position or are where it is held
    lead: int  # where the opening sentences end


def weighed(reading: Reading, weights: Weights | None = None) -> Reading:
    """Return the reading with the confidence of every mention and fact."""
    known, context = weights or load_weights(), _context(reading)

    def sure(facts: Iterable[F]) -> tuple[F, ...]:
        return tuple(replace(fact, confidence=_sigmoid(fact, context, known)) for fact in facts)

    return replace(
        reading,
        entities=tuple(_weighed(entity, _sigmoid(entity, context, known)) for entity in reading.entities),
        positions=sure(reading.positions), events=sure(reading.events), cooperations=sure(reading.cooperations),
        agreements=sure(reading.agreements), statistics=sure(reading.statistics), dates=sure(reading.dates),
    )  # fmt: skip


def confidence(thing: Judgeable, reading: Reading, weights: Weights | None = None) -> float:
    """Return the probability that a thing was read rightly, to two places."""
    return _sigmoid(thing, _context(reading), weights or load_weights())


def signals(thing: Judgeable, reading: Reading) -> tuple[str, ...]:
    """Return the names of what speaks for or against a thing: what `confidence` weighs, in the order of the rules."""
    return _signals(thing, _context(reading))


def kind_of(thing: Judgeable) -> str:
    """Return the name under which a thing's weights are kept."""
    if isinstance(thing, Entity):
        return "Person" if thing.kind == "Person" else "Place" if thing.kind in _PLACES else "Organization"
    return type(thing).__name__


@cache
def load_weights() -> Weights:
    """Return the weights that ship, made by `training/confidence`."""
    _, *lines = resource(_FILE).read_text(encoding="utf-8").splitlines()
    by_kind: dict[str, dict[str, float]] = {}
    for kind, signal, weight, *_ in (line.split("\t") for line in lines):
        by_kind.setdefault(kind, {})[signal] = float(weight)
    return Weights(by_kind)


def _weighed(entity: Entity, sure: float) -> Entity:
    return replace(entity, mentions=tuple(replace(mention, score=sure) for mention in entity.mentions))


def _context(reading: Reading) -> _Context:
    release = reading.release
    end = release.body_start
    for _ in range(_LEAD):
        end = release.text.find("\n", end + 1) if release.text.find("\n", end + 1) > 0 else len(release.text)
    linked = frozenset(entity.key for entity in reading.entities if entity.record)
    present = {key for event in reading.events for key in event.participants}
    held = {key for position in reading.positions for key in (position.person, position.organization) if key}
    return _Context(reading, linked, frozenset(present | held), end)


def _signals(thing: Judgeable, context: _Context) -> tuple[str, ...]:
    return tuple(said for rule in _RULES[kind_of(thing)] if (said := rule(thing, context)))


def _sigmoid(thing: Judgeable, context: _Context, weights: Weights) -> float:
    kind = kind_of(thing)
    odds = sum(weights.of(kind, signal) for signal in _signals(thing, context))
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-odds)))), 2)


def _always(thing: Judgeable, context: _Context) -> str:
    return "always"


def _language(thing: Judgeable, context: _Context) -> str:
    return f"language {context.reading.release.lang}"


def _finder(thing: Judgeable, context: _Context) -> str | None:
    """The rule or model that found it, without its version."""
    found = thing.mentions if isinstance(thing, Entity) else thing.evidence
    return f"by {found[0].by.partition('/')[0]}" if found and found[0].by else None


def _record(entity: Entity, context: _Context) -> str:
    return "linked" if entity.record else "candidates" if entity.candidates else "unlinked"


def _words(entity: Entity, context: _Context) -> str:
    return f"words {min(len(entity.name.split()), 5)}"


def _times(entity: Entity, context: _Context) -> str:
    return f"mentioned {min(len(entity.mentions), 3)}"


def _used(entity: Entity, context: _Context) -> str:
    return "acts" if entity.key in context.acting else "only named"


def _office(position: Position, context: _Context) -> str:
    given = (("body", position.organization), ("state", position.represents), ("host", position.accredited_to))
    return "completed by " + (" and ".join(name for name, value in given if value) or "nothing")


def _known_body(position: Position, context: _Context) -> str | None:
    if position.organization is None:
        return None
    return "known body" if position.organization in context.linked else "unknown body"


def _role(position: Position, context: _Context) -> str:
    return f"role {position.role}"


def _only_office(position: Position, context: _Context) -> str:
    held = sum(other.person == position.person for other in context.reading.positions)
    return "one office" if held == 1 else "several offices"


def _kind(event: Event, context: _Context) -> str:
    return f"kind {event.kind}"


def _company(event: Event, context: _Context) -> str:
    persons = sum(key.startswith("person/") for key in event.participants)
    return f"persons {min(persons, 4)}" if persons else "bodies only" if event.participants else "nobody"


def _sides(fact: Event | Cooperation | Agreement, context: _Context) -> str:
    return f"sides {min(len(fact.parties), 4)}"


def _dated(fact: Event | Agreement, context: _Context) -> str:
    day = fact.start if isinstance(fact, Event) else fact.signed_on
    return f"dated to {len(day)} signs" if day else "undated"


def _status(event: Event, context: _Context) -> str:
    return f"status {event.status}"


def _retold(fact: Event | Cooperation, context: _Context) -> str:
    return f"sentences {min(len(fact.evidence), 3)}"


def _where(fact: Event | Cooperation | Agreement | Statistic | Position, context: _Context) -> str:
    return "in the lead" if fact.evidence and fact.evidence[0].start < context.lead else "further on"


def _step(fact: Cooperation | Agreement, context: _Context) -> str:
    return f"step {fact.commitment}"


def _states(fact: Cooperation | Agreement, context: _Context) -> str:
    states = sum(key.startswith("place/") for key in fact.parties)
    return "states alone" if states == len(fact.parties) else "states and bodies" if states else "bodies alone"


def _measure(figure: Statistic, context: _Context) -> str:
    return f"measure {figure.measure}"


def _subject(figure: Statistic, context: _Context) -> str:
    return "about " + ("an event" if "/" not in figure.about else "a country" if figure.about.startswith("place/") else "a body")


def _size(figure: Statistic, context: _Context) -> str:
    return "rounded" if figure.approximate else "small" if len(figure.value) < 3 else "exact"


def _part(figure: Statistic, context: _Context) -> str | None:
    return "of a country" if figure.from_country else "part of another" if figure.subset_of else None


def _precision(date: StatedDate, context: _Context) -> str:
    return f"{len(date.value)} signs"


_COMMON: Final = (_always, _language, _finder)
_ENTITY: Final = (*_COMMON, _record, _words, _times, _used)
_RULES: Final[Mapping[str, tuple[Callable[..., str | None], ...]]] = {
    "Person": _ENTITY, "Place": _ENTITY, "Organization": _ENTITY,
    "Position": (*_COMMON, _role, _office, _known_body, _only_office, _where),
    "Event": (*_COMMON, _kind, _company, _sides, _dated, _status, _retold, _where),
    "Cooperation": (*_COMMON, _step, _sides, _states, _retold, _where),
    "Agreement": (*_COMMON, _step, _sides, _states, _dated, _where),
    "Statistic": (*_COMMON, _measure, _subject, _size, _part, _where),
    "StatedDate": (*_COMMON, _precision),
}  # fmt: skip

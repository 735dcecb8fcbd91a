"""Why a reading is what it is: of every mention and fact the rule or model that found it, why it was linked, and what makes it sure."""

from __future__ import annotations

from collections.abc import Iterator

from elshi.ingest.confidence import Judgeable, kind_of, load_weights, signals
from elshi.ingest.model import Entity, Mention, Reading
from elshi.portal.highlight import facts_of, kind_name, said

__all__ = ["explained", "reasons"]

#: Signals that an explanation names: those that speak loudest either way.
_LOUDEST = 4


def explained(reading: Reading) -> Iterator[str]:
    """Yield the lines that explain a reading: entities first, then facts, each with its confidence and quotation."""
    yield f"{reading.release.source_name}: {reading.release.title}"
    for entity in reading.entities:
        yield f"  {_sure(entity)}  {entity.kind:22} {entity.name}  {entity.key}"
        yield from _names(entity)
        yield f"        {reasons(entity, reading)}"
    for fact in facts_of(reading):
        yield f"  {fact.confidence:.2f}  {kind_name(fact):22} {said(fact, reading)}"
        yield from (f"        “{mention.text}” [{mention.start}:{mention.end}] by {mention.by or '-'}" for mention in fact.evidence)
        yield f"        {reasons(fact, reading)}"


def reasons(thing: Judgeable, reading: Reading) -> str:
    """Return the signals that weigh most in how sure a thing is, with their weights in log-odds.

    A kind without weights gives an empty text.
    """
    weights, kind = load_weights(), kind_of(thing)
    weighed = sorted(((weights.of(kind, signal), signal) for signal in signals(thing, reading)), key=lambda pair: -abs(pair[0]))
    return ", ".join(f"{signal} {weight:+.2f}" for weight, signal in weighed[:_LOUDEST] if weight)


def _sure(entity: Entity) -> str:
    return f"{entity.mentions[0].score:.2f}" if entity.mentions else "   -"


def _names(entity: Entity) -> Iterator[str]:
    for mention in dict.fromkeys(map(_named, entity.mentions)):
        yield f"        {mention}"
    if entity.record:
        yield f"        linked to {entity.record}: {entity.why or 'by name'}"
    for guess in entity.candidates:
        yield f"        perhaps {guess.iri} ({guess.score:.2f}: {guess.reason})"


def _named(mention: Mention) -> str:
    return f"“{mention.text}” by {mention.by or '-'}"

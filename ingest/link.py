"""Gives every entity of a reading its final key, its names in other languages and its place in the authorities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from elshi.ingest.authorities import Book, Record, open_book
from elshi.ingest.concepts import concepts
from elshi.ingest.coordinates import coordinates
from elshi.ingest.link_keys import final_keys
from elshi.ingest.link_organisations import organization
from elshi.ingest.link_places import place
from elshi.ingest.model import Entity, Reading
from elshi.ingest.verdict import PLACE_KINDS, Context, Verdict, context_of

__all__ = ["link"]


def link(reading: Reading, book: Book | None = None) -> Reading:
    """Return the reading with keys that any other reading of the same things arrives at."""
    book = book or open_book()
    entities = [_stated(entity, book) for entity in reading.entities]
    context = context_of(entities, reading.release.lang, book)
    decided = [(entity, _decide(entity, context, book)) for entity in entities]
    described = [_hosted(_described(entity, verdict), context, book) for entity, verdict in decided]
    keys = final_keys(described, {entity.key: verdict.record for entity, verdict in decided if verdict.record}, book)
    parents = {verdict.record.id: keys[entity.key] for entity, verdict in decided if verdict.record}
    placed = [_placed(entity, verdict.record, parents) for entity, (_, verdict) in zip(described, decided, strict=True)]
    return _rewritten(replace(reading, entities=tuple(_merged(_renamed(placed, keys)))), keys)


def _stated(entity: Entity, book: Book) -> Entity:
    """Take back a country that a first look into the book supplied and not the release: it proves nothing."""
    if entity.record is None or entity.why or entity.kind == "Country":
        return entity
    record = book.record(entity.record)
    return replace(entity, country=None) if record and record.country == entity.country else entity


def _decide(entity: Entity, context: Context, book: Book) -> Verdict:
    if entity.kind == "Person":
        return Verdict(why="name")
    if entity.record and entity.why and (record := book.record(entity.record)):
        return Verdict(record, why=entity.why)  # linked before
    return place(entity, context, book) if entity.kind in PLACE_KINDS else organization(entity, context, book)


def _described(entity: Entity, verdict: Verdict) -> Entity:
    """Add what the record knows; the name the release uses stays first."""
    record = verdict.record
    if record is None:
        return replace(entity, candidates=verdict.candidates, why=verdict.why)
    spoken = {lang for _, lang in entity.names}
    names = entity.names + tuple(n for n in record.names if n[1] not in spoken and n[1] in ("kk", "ru", "en"))
    more = (n for n in (*record.names, *record.acronyms) if n[1] in ("kk", "ru", "en"))
    aliases = tuple(dict.fromkeys(a for a in (*entity.aliases, *more) if a not in names))
    kind = record.kind if entity.kind in PLACE_KINDS or entity.kind == "Organization" else entity.kind
    return replace(entity, names=names, aliases=aliases, kind=kind, country=entity.country or record.country, record=record.id,
                   at=coordinates(record.id), same_as=record.same_as, why=verdict.why, candidates=())  # fmt: skip


def _hosted(entity: Entity, context: Context, book: Book) -> Entity:
    """Give an embassy the country it is in, when the release is about that and the sending one alone."""
    if entity.kind != "Embassy" or entity.country is not None:
        return entity
    sending = {concept.split(":")[1] for concept in concepts(*entity.names[0], book.place_of) if concept.startswith("country:")}
    others = context.countries.keys() - sending
    return replace(entity, country=min(others)) if sending and len(others) == 1 else entity


def _placed(entity: Entity, record: Record | None, parents: Mapping[str, str]) -> Entity:
    if record is None or entity.part_of is not None or record.part_of is None or record.part_of not in parents:
        return entity
    return replace(entity, part_of=parents[record.part_of])


def _renamed(entities: Iterable[Entity], keys: Mapping[str, str]) -> Iterable[Entity]:
    for entity in entities:
        key = keys[entity.key]
        above = keys.get(entity.part_of or "", entity.part_of)
        yield replace(entity, key=key, part_of=above if above != key else None, place=keys.get(entity.place or "", entity.place))


def _merged(entities: Iterable[Entity]) -> Iterable[Entity]:
    """Make one of the entities with one key: the first's words first."""
    merged: dict[str, Entity] = {}
    for entity in entities:
        merged[entity.key] = _joined(merged[entity.key], entity) if entity.key in merged else entity
    return merged.values()


def _joined(one: Entity, other: Entity) -> Entity:
    mentions = tuple(sorted(dict.fromkeys((*one.mentions, *other.mentions)), key=lambda m: (m.start, m.end)))
    extra = (*other.names, *one.aliases, *other.aliases)
    spoken = {lang for _, lang in one.names}
    names = one.names + tuple(n for n in other.names if n[1] not in spoken)
    return replace(
        one, names=names, aliases=tuple(dict.fromkeys(a for a in extra if a not in names)), mentions=mentions,
        acronym=one.acronym or other.acronym, country=one.country or other.country, part_of=one.part_of or other.part_of,
        place=one.place or other.place, founded=one.founded or other.founded,
    )  # fmt: skip


def _rewritten(reading: Reading, keys: Mapping[str, str]) -> Reading:
    """Put the final keys wherever a fact names an entity."""

    def name(key: str) -> str:
        return keys.get(key, key)

    def one(key: str | None) -> str | None:
        return None if key is None else name(key)

    def several(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name(key) for key in given))

    return replace(
        reading,
        positions=tuple(replace(p, person=name(p.person), organization=one(p.organization), represents=one(p.represents),
                                accredited_to=one(p.accredited_to)) for p in reading.positions),
        events=tuple(replace(e, participants=several(e.participants), parties=several(e.parties), place=one(e.place))
                     for e in reading.events),
        cooperations=tuple(replace(c, parties=several(c.parties), scope=several(c.scope)) for c in reading.cooperations),
        agreements=tuple(replace(a, parties=several(a.parties), scope=several(a.scope)) for a in reading.agreements),
        statistics=tuple(replace(s, about=name(s.about), from_country=one(s.from_country), counterpart=one(s.counterpart))
                         for s in reading.statistics),
    )  # fmt: skip

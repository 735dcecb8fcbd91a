"""What a release states as facts: positions, events, cooperation, agreements, figures, dates, subjects."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Protocol
from urllib.parse import quote

from elshi.ingest.model import Agreement, Cooperation, Event, Mention, Position, Reading, StatedDate, Statistic, Subject
from elshi.ontology import literals
from elshi.ontology.iri import distinct
from elshi.ontology.statements import Statements
from elshi.ontology.vocab import FACT_CLASSES

__all__ = ["fact_paths", "state_facts"]

#: What decides which IRI a fact gets: its key facts, and finer ones for facts that share them.
Keyed = tuple[tuple[Hashable, ...], tuple[Hashable, ...]]


class _Fact(Protocol):
    @property
    def evidence(self) -> tuple[Mention, ...]: ...
    @property
    def confidence(self) -> float: ...


def fact_paths(reading: Reading) -> dict[tuple[str, str], str]:
    """Return the path of the IRI of every fact, by its type and id; facts equal in all that decides share one."""
    day = reading.release.reported_on or reading.release.key
    events = distinct("event", (_event_key(e, day, reading.release.key) for e in reading.events))
    by_id = {event.id: path for path, event in zip(events, reading.events, strict=True)}
    keyed: tuple[tuple[str, tuple[Position | Cooperation | Agreement | Statistic, ...], list[Keyed]], ...] = (
        ("position", reading.positions, list(map(_position_key, reading.positions))),
        ("cooperation", reading.cooperations, [_pact_key(p, day) for p in reading.cooperations]),
        ("agreement", reading.agreements, [_pact_key(p, day) for p in reading.agreements]),
        ("statistic", reading.statistics, _statistic_keys(reading.statistics, by_id, day)),
    )
    paths = {_id(fact): path for kind, facts, keys in keyed for path, fact in zip(distinct(kind, keys), facts, strict=True)}
    paths |= {_id(event): by_id[event.id] for event in reading.events}
    return paths | {_id(stated): f"date/{quote(stated.value, safe='-')}" for stated in reading.dates}


def state_facts(out: Statements, reading: Reading) -> None:
    """State every fact of a reading, each with its evidence."""
    paths = fact_paths(reading)
    for event in reading.events:
        _state_event(out, paths[_id(event)], event)
    for position in reading.positions:
        _state_position(out, paths[_id(position)], position)
    pacts: tuple[Cooperation | Agreement, ...] = (*reading.cooperations, *reading.agreements)
    for pact in pacts:
        _state_pact(out, paths[_id(pact)], pact)
    for statistic in reading.statistics:
        _state_statistic(out, paths, statistic)
    for stated in reading.dates:
        _state_date(out, paths[_id(stated)], stated)
    for subject in reading.subjects:
        _state_subject(out, subject)


def _id(fact: Event | Position | Cooperation | Agreement | Statistic | StatedDate) -> tuple[str, str]:
    return type(fact).__name__, fact.id


def _event_key(event: Event, day: str, release: str) -> Keyed:
    """Kind, who and when; the release too where fewer than two took part, since a day has many a visit and many a meeting."""
    who = tuple(sorted(set(event.participants or event.parties)))
    alone = () if len(set(event.participants)) > 1 else (release,)
    return (event.kind, who, event.start or day, *alone), (event.place, event.end, event.status, tuple(sorted(set(event.topics))))


def _position_key(position: Position) -> Keyed:
    return (position.person, position.role, position.organization, position.represents, position.accredited_to), (position.label,)


def _pact_key(pact: Cooperation | Agreement, day: str) -> Keyed:
    """Who, at what step, when and about what: two sides may agree on many matters in a day."""
    when = pact.signed_on or day if isinstance(pact, Agreement) else day
    label = pact.label if isinstance(pact, Agreement) else ""
    about = (tuple(sorted(set(pact.topics))), tuple(sorted(set(pact.scope))), label)
    return (tuple(sorted(set(pact.parties))), pact.commitment, when, *about), ()


def _statistic_keys(statistics: tuple[Statistic, ...], events: Mapping[str, str], day: str) -> list[Keyed]:
    def core(s: Statistic) -> tuple[Hashable, ...]:
        return events.get(s.about, s.about), s.measure, s.value, s.from_country, s.counterpart, s.as_of or day

    cores = {s.id: core(s) for s in statistics}
    return [(core(s), (s.unit, cores.get(s.subset_of or ""))) for s in statistics]


def _open_fact(out: Statements, path: str, kind: str, fact: _Fact) -> str:
    """State the classes of a fact, where it is stated, its evidence and confidence; return its term."""
    this = out.thing(path)
    classes = FACT_CLASSES.get(kind, FACT_CLASSES["Event"])
    out.types(this, classes)
    out.add(this, "elshi:statedIn", out.release)
    out.once(this, "elshi:confidence", literals.decimal(fact.confidence))
    for mention in fact.evidence:
        out.add(this, "elshi:evidence", out.mention(mention, this, classes[0]))
    return this


def _each(out: Statements, this: str, predicate: str, values: Iterable[str]) -> None:
    for value in values:
        out.add(this, predicate, value)


def _reported(out: Statements) -> str | None:
    day = out.source.reported_on
    return literals.date(day) if day else None


def _state_position(out: Statements, path: str, position: Position) -> None:
    this = _open_fact(out, path, "Position", position)
    out.once(this, "org:member", out.actor(position.person))
    out.once(this, "org:role", out.concept("role", position.role))
    for predicate, key in (
        ("org:organization", position.organization),
        ("elshi:represents", position.represents),
        ("elshi:accreditedTo", position.accredited_to),
    ):
        out.once(this, predicate, key and out.actor(key))
    out.once(this, "elshi:asOf", _reported(out))
    out.once(this, "rdfs:label", position.label and literals.tagged(position.label, out.source.lang))


def _state_event(out: Statements, path: str, event: Event) -> None:
    this = _open_fact(out, path, event.kind, event)
    _each(out, this, "elshi:participant", map(out.actor, event.participants))
    _each(out, this, "elshi:party", map(out.actor, event.parties))
    _each(out, this, "elshi:topic", (out.concept("topic", t) for t in event.topics))
    out.once(this, "schema:startDate", event.start and literals.date(event.start))
    out.once(this, "schema:endDate", event.end and literals.date(event.end))
    out.once(this, "elshi:reportedOn", _reported(out))
    out.once(this, "schema:location", event.place and out.thing(event.place))
    out.once(this, "elshi:status", out.term(f"elshi:{event.status}"))
    out.once(this, "rdfs:label", event.label and literals.tagged(event.label, out.source.lang))


def _state_pact(out: Statements, path: str, pact: Cooperation | Agreement) -> None:
    this = _open_fact(out, path, type(pact).__name__, pact)
    _each(out, this, "elshi:party", map(out.actor, pact.parties))
    _each(out, this, "elshi:topic", (out.concept("topic", t) for t in pact.topics))
    _each(out, this, "elshi:scope", map(out.thing, pact.scope))
    out.once(this, "elshi:commitment", out.concept("commitment", pact.commitment))
    if isinstance(pact, Agreement):
        out.once(this, "elshi:signedOn", pact.signed_on and literals.date(pact.signed_on))
        out.once(this, "rdfs:label", pact.label and literals.tagged(pact.label, out.source.lang))


def _state_statistic(out: Statements, paths: Mapping[tuple[str, str], str], statistic: Statistic) -> None:
    this = _open_fact(out, paths[_id(statistic)], "Statistic", statistic)
    event, whole = paths.get(("Event", statistic.about)), paths.get(("Statistic", statistic.subset_of or ""))
    out.once(this, "elshi:about", out.thing(event) if event else out.actor(statistic.about))
    out.once(this, "elshi:subsetOf", whole and out.thing(whole))
    out.once(this, "elshi:measure", out.concept("measure", statistic.measure))
    out.once(this, "schema:value", literals.number(statistic.value))
    out.once(this, "elshi:unit", statistic.unit and literals.plain(statistic.unit))
    out.once(this, "elshi:approximate", literals.boolean(statistic.approximate))
    out.once(this, "elshi:fromCountry", statistic.from_country and out.actor(statistic.from_country))
    out.once(this, "elshi:counterpart", statistic.counterpart and out.actor(statistic.counterpart))
    out.once(this, "elshi:asOf", literals.date(statistic.as_of) if statistic.as_of else _reported(out))


def _state_date(out: Statements, path: str, stated: StatedDate) -> None:
    this = _open_fact(out, path, "StatedDate", stated)
    out.once(this, "elshi:dateValue", literals.date(stated.value))


def _state_subject(out: Statements, subject: Subject) -> None:
    topic = out.concept("topic", subject.topic)
    out.add(out.release, "dcterms:subject", topic)
    for mention in subject.evidence:
        out.mention(mention, topic, "elshi:Topic")

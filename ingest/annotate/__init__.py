"""From a release to everything that was read in it: the order of the steps is the algorithm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from elshi.ingest.annotate.about import Themes
from elshi.ingest.annotate.acronyms import bracketed_acronyms, bracketed_names, named_again, unbracketed_acronyms
from elshi.ingest.annotate.agreements import find_agreements
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.cooperation import find_cooperations
from elshi.ingest.annotate.dates import find_dates
from elshi.ingest.annotate.document import Document, Span, Tongue
from elshi.ingest.annotate.english_bodies import longer_companies, owned_names
from elshi.ingest.annotate.english_people import before_person, names_no_person, names_what_office_is_of
from elshi.ingest.annotate.events import find_occasions, to_events
from elshi.ingest.annotate.gazetteer import NAMESAKE, PLACES, barred_tokens, known_names
from elshi.ingest.annotate.hierarchy import with_parents
from elshi.ingest.annotate.namesakes import settle_towns, without_persons
from elshi.ingest.annotate.neural import Recogniser
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.offices import find_offices
from elshi.ingest.annotate.organisations import apposed_names, headed_names, headed_places, latin_names, quoted_names
from elshi.ingest.annotate.people import initialled_names, people, short_names
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.statistics import find_statistics
from elshi.ingest.annotate.things import gather
from elshi.ingest.annotate.topics import find_topics, subjects
from elshi.ingest.authorities import Book
from elshi.ingest.languages.names import matches_short
from elshi.ingest.model import Agreement, Cooperation, Event, Position, Reading, Release, StatedDate

__all__ = ["Reader", "Together", "annotate"]

F = TypeVar("F", Event, Cooperation, Agreement)
#: Tells who does what together in a scene, given its occasions and documents.
Together = Callable[[Scene, list[Occasion], tuple[Agreement, ...]], tuple[Cooperation, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one language takes: its grammar, the book of authorities, a name recogniser where there is one."""

    tongue: Tongue
    book: Book
    recogniser: Recogniser | None = None


def annotate(release: Release, reader: Reader, *, together: Together = find_cooperations) -> Reading:
    """Read a release; entities keep keys local to it until `link` gives them theirs."""
    document = Document(release, reader.tongue)
    dates = find_dates(document)
    claims = claim_names(document, reader)
    settle_towns(document, claims, reader.book)
    acronyms = bracketed_acronyms(document, claims)
    claims.add_all(named_again(document, acronyms))
    given = [short.name for shorts in acronyms.values() for short in shorts]
    for owner, spoken in unbracketed_acronyms(document, claims, reader.book, given).items():
        acronyms[owner] = (*acronyms.get(owner, ()), *spoken)
    offices = find_offices(document, claims)
    things = gather(document, claims, acronyms, reader.book)
    scene = Scene(document, [*claims, *offices, *dates], things, reader.book)
    occasions = find_occasions(scene)
    events = to_events(scene, occasions)
    agreements = find_agreements(scene, occasions)
    cooperations = together(scene, occasions, agreements)
    positions = _positions(scene)
    topics = find_topics(document, claims, offices)
    themes = Themes(document, occasions, topics)
    statistics = find_statistics(scene, events)
    used = {key for fact in (*positions, *events, *agreements, *cooperations, *statistics) for key in _keys(fact)}
    entities = with_parents(scene, things.entities(document, used))
    return Reading(
        release, entities, positions, themes.of_events(events), themes.of_cooperations(cooperations, events),
        themes.of_agreements(agreements), statistics, _stated(document, dates), subjects(document, topics),
        reader.recogniser.models if reader.recogniser else (),
    )  # fmt: skip


def claim_names(document: Document, reader: Reader) -> Claims:
    """Names of a document, the surest ways of finding them first; what one has taken the next leaves alone."""
    claims = Claims(document)
    guesses = [g for g in reader.recogniser.names(document) if not names_no_person(document, g)] if reader.recogniser else []
    found = without_persons(document, known_names(document, reader.book), guesses)
    bodies = [s for s in found if s.kind not in PLACES]
    for office in find_offices(document, claims):
        if not any(b.start <= office.start and office.end <= b.end and " " in b.name for b in bodies):
            claims.add(office)
    offices = [s for s in claims if s.kind == "Office"]
    barred = barred_tokens(document, found)
    found = [s for s in found if not s.get(NAMESAKE)]
    claims.add_all(apposed_names(document, claims, barred))
    claims.add_all(initialled_names(document, claims))
    claims.add_all(s for s in headed_places(document, claims) if s.kind == "City" and document.lang == "ru")
    named = (_not_before(document, _not_beyond(document, s, guesses, found), guesses) for s in people(document, claims, offices, barred))
    claims.add_all(s for s in named if not reader.book.adjective(s.name.split()[0], document.lang))
    claims.add_all(s for s in bodies if " " in s.name and re.search("[«“]", s.name))
    claims.add_all(quoted_names(document, claims))
    known_at = {(s.start, s.end): s for s in bodies}
    headed = [known_at.get((s.start, s.end), before_person(document, s, guesses)) for s in headed_names(document, claims, found)]
    listed = {s.start: s.end for s in headed if document.lang == "ru" and "," in s.name}  # `Институт философии, политологии и …`
    claims.add_all([*(s for s in bodies if " " in s.name and listed.get(s.start, s.end) == s.end), *headed])
    claims.add_all(
        s
        for s in guesses
        if s.kind == "Person"
        and " " in s.name
        and s.name[-1] != "."
        and not barred & {t.i for t in document.tokens(s.start, s.end)}
        and not names_what_office_is_of(document, s.start, {o.end for o in offices})
    )
    claims.add_all(longer_companies(document, found, claims.taken))
    claims.add_all(bracketed_names(document, claims))
    claims.add_all(owned_names(document, claims, offices, found, reader.book))
    claims.add_all(s for s in found if " " in s.name)
    claims.add_all(headed_places(document, claims))
    known = [s.name for s in claims if s.kind == "Person" and " " in s.name]
    claims.add_all(short_names(document, claims, known, matches_short))
    claims.add_all(s for s in latin_names(document, claims) if " " in s.name)
    claims.add_all(found)
    claims.add_all(latin_names(document, claims))
    return _without_offices(document, claims)


def _not_beyond(document: Document, name: Span, guesses: list[Span], found: list[Span]) -> Span:
    """A person's name as the model ends it, where the rule ran on into a name that the book knows: `Вим Де Кейзер | Астана`."""
    own = next((g for g in guesses if g.start == name.start and g.end < name.end and g.kind == "Person" and " " in g.name), None)
    beyond = own is not None and any(
        k.start < name.end and not document.text[own.end : k.start].strip() for k in found if k.start > own.end
    )
    return own if own is not None and beyond else name


def _not_before(document: Document, name: Span, guesses: list[Span]) -> Span:
    """A person's name as the model begins it, where the rule began at what it takes for another: `мэра Дармштадта | Михала Лабенду`."""
    own = next((g for g in guesses if g.end == name.end and g.start > name.start and g.kind == "Person" and " " in g.name), None)
    if own is None or not any(g.kind != "Person" and g.start <= name.start and name.start < g.end <= own.start for g in guesses):
        return name
    between = document.text[max(g.end for g in guesses if g.end <= own.start) : own.start]
    return replace(name, start=own.start, name=own.name) if not between.strip() else name


def _without_offices(document: Document, claims: Claims) -> Claims:
    kept = Claims(document)
    kept.add_all(s for s in claims if s.kind != "Office")
    return kept


def _positions(scene: Scene) -> tuple[Position, ...]:
    """The offices held, each once, in the order of the text."""
    found: dict[tuple[str | None, ...], Position] = {}
    for held in scene.held:
        person, lang = scene.key(held.person), scene.document.lang
        if person is None:
            continue
        iso, role = scene.state_of(held), scene.role_of(held)
        state = scene.things.country(iso, scene.book, lang) if iso else None
        body = scene.key(held.organization) if held.organization else None
        receiving = scene.receiving_of(held)
        key = (person, role, body, state, receiving)
        if key not in found:
            evidence = scene.document.evidence(scene.document.sentence_at(held.office.start), by="positions/1")
            label = scene.document.text[held.office.start : held.office.end]
            found[key] = Position(f"p{len(found) + 1}", person, role, evidence, body, state, receiving, label)
    return tuple(held for key, held in found.items() if not any(_says_less(key, other) for other in found))


def _says_less(key: tuple[str | None, ...], other: tuple[str | None, ...]) -> bool:
    """Is an office, as (person, role, …), another one told with less: `Бас консул Цзян Вэй` after where he is consul?"""
    return key != other and key[:2] == other[:2] and all(a is None or a == b for a, b in zip(key, other, strict=True))


def _stated(document: Document, dates: list[Span]) -> tuple[StatedDate, ...]:
    """Every date of the text once, both ends of a range."""
    found: dict[str, StatedDate] = {}
    for span in dates:
        for value in filter(None, (span.name, span.get("end"))):
            if value not in found:
                mention = document.mention(span.start, span.end, "Date", by=span.by)
                found[value] = StatedDate(f"d{len(found) + 1}", value, (mention,))
    return tuple(found.values())


def _keys(fact: object) -> list[str]:
    """Keys of the things that a fact refers to."""
    names = ("person", "organization", "represents", "accredited_to", "place", "about", "from_country", "counterpart")
    single = [getattr(fact, n, None) for n in names]
    many = [k for n in ("participants", "parties", "scope") for k in getattr(fact, n, ())]
    return [k for k in [*single, *many] if k]

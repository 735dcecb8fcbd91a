"""Occasions: what opens one, who takes part, when and where, and whether it has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable

from elshi.ingest.annotate.announced import announced, is_dropped
from elshi.ingest.annotate.attendance import OPEN, attends_open, join, only_named, will_attend
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.english_occasions import (
    day_understood,
    guests,
    is_he,
    is_talk,
    organisers,
    put_off,
    signers_meant,
    subject_before,
)
from elshi.ingest.annotate.kazakh_occasions import (
    adopts,
    comes_to,
    convenes,
    is_attribute,
    moved,
    posts,
    signers,
    talk_alone,
    travellers,
)
from elshi.ingest.annotate.merging import called_by_rite, merge, without_doubles
from elshi.ingest.annotate.occasion_days import set_date
from elshi.ingest.annotate.occasion_status import in_future, is_denied, status_by_day, status_of
from elshi.ingest.annotate.occasions import DAY, Occasion, openings, place_of, told_from
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.pointing import heads_of_both
from elshi.ingest.annotate.references import is_of, referred
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.steps import between_states
from elshi.ingest.annotate.talks import all_hosts, goes_on, owner_of_visit, told_of, visitors
from elshi.ingest.model import Event

__all__ = ["find_occasions", "to_events"]

_BY = "events/1"


def find_occasions(scene: Scene) -> list[Occasion]:
    """The events of a document, in the order in which it opens them."""
    occasions: list[Occasion] = []
    for sentence in scene.document.body:
        hits = [
            h for h in openings(scene, sentence) if not attends_open(h, sentence, occasions) and not goes_on(scene, sentence, h, occasions)
        ]
        again = referred(scene, sentence, occasions)
        hits = [h for h in hits if not comes_to(scene, sentence, h, occasions) and not (again and is_of(scene, sentence, h, again))]
        opened = [o for hit in hits if (o := _open(scene, sentence, hit, occasions))]
        if all(o.told and not o.persons for o in opened) and (guess := _unnamed_meeting(scene, sentence, occasions)):
            opened.insert(0, guess)
        opened = without_doubles(opened)
        for occasion in opened:
            merge(scene, occasion, occasions)
        if not opened and not any(told(scene, sentence, occasions) for told in (moved, put_off, convenes, organisers)):
            join(scene, sentence, occasions, again.occasion if again else None)
    return [
        o
        for o in called_by_rite(scene, occasions)
        if o.persons or o.bodies or ((o.start or o.place) and o.kind in OPEN | {"Meeting", "Presentation"}) or is_dropped(o)
    ]


def _unnamed_meeting(scene: Scene, sentence: Sentence, earlier: list[Occasion]) -> Occasion | None:
    """Two persons of different sides in a sentence that dates itself to a day have met, whatever verb says so."""
    days = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and len(s.name) == DAY]
    persons = scene.persons(sentence)
    if not days or not 2 <= len(persons) <= 3 or len(scene.sides(persons)) < 2 or scene.document.in_quotation(sentence.start + 1):
        return None
    if scene.has_cue("absent", sentence):
        return None
    return _open(scene, sentence, Hit(days[0].start, days[0].end, {"kind": "Meeting", "opens": "main"}), earlier)


def _open(scene: Scene, sentence: Sentence, hit: Hit, earlier: list[Occasion]) -> Occasion | None:
    """The occasion that a trigger opens, or None where the sentence only talks of one."""
    if adopts(scene, sentence, hit) or is_talk(scene, sentence, hit) or is_denied(scene, sentence, hit):
        return None
    reported = _is_reported(scene, hit, sentence)
    persons = told_of(scene, sentence, hit) if reported else scene.persons(sentence)
    named = only_named(scene, sentence, hit.key)
    persons = [p for p in persons if p not in named]
    bodies = _bodies(scene, sentence, hit.end + 40 * (not reported))
    occasion = Occasion(hit.key, sentence, hit, persons, bodies, sentences=[sentence], told=reported)
    set_date(scene, occasion, earlier)
    occasion.start = occasion.start or day_understood(scene, occasion)
    occasion.status = status_by_day(scene, occasion)
    if _is_still_to_come(scene, occasion):
        occasion.start, occasion.end, occasion.status = None, None, "planned"
    if occasion.kind in {"Conference", "Vote", "Launch"} and occasion.status == "planned":
        occasion.persons = will_attend(scene, sentence) if occasion.kind == "Conference" else []
    occasion.place = place_of(scene, occasion)
    lead = _lead(scene, occasion, earlier) if occasion.kind != "Meeting" and is_he(scene, occasion) else None
    if lead and lead not in occasion.persons and not reported:
        occasion.persons.insert(0, lead)
    if len(occasion.start or "") < DAY and occasion.status == "held" and scene.has_cue("over-years", sentence):
        return None  # `за последние годы стороны подписали 9 документов`
    rule = _RULES.get(occasion.kind)
    return rule(scene, occasion, earlier) if rule else occasion


def _is_still_to_come(scene: Scene, occasion: Occasion) -> bool:
    """Does the verb of a Russian occasion stand in the future, so that a day that is past is another's: `появится лаборатория`?"""
    future = scene.document.lang == "ru" and (
        in_future(scene, occasion.trigger) or status_of(scene, occasion.trigger.start, occasion.trigger.end) == "planned"
    )
    return future and occasion.status == "held" and len(occasion.start or "") == DAY


def _bodies(scene: Scene, sentence: Sentence, end: int) -> list[str]:
    """The bodies and countries named up to an offset, and those that a list begun there goes on with."""
    found: list[str] = []
    edge = end
    for span in scene.bodies(sentence):
        listed = found and re.fullmatch(
            r"[»”\"]?(?:,|,? (?:and|и|және|мен|пен|бен))? ?(?:the )?[«“\"]?", scene.document.folded[edge : span.start]
        )
        if (span.start < end or listed) and (key := scene.key(span)):
            found.append(key)
            edge = span.end
    return found


def _is_reported(scene: Scene, hit: Hit, sentence: Sentence) -> bool:
    """Does somebody only speak of the occasion: `…ашылғанын еске салды`, `said that … was signed`?"""
    document = scene.document
    if told_from(scene, sentence, hit.start) is not None:
        return True
    if document.lang == "kk":
        return bool(re.search(r"(?:ғанын|генін|қанын|кенін|атынын|етінін|йтынын|уын|уін)$", document.folded[hit.start : hit.end])) or (
            scene.has_cue("speech", sentence) and is_attribute(scene, sentence, hit)
        )
    before = document.folded[sentence.start : hit.start]
    return bool(re.search(r"\bthat\b|\bчто\b|на основе|(?<!дн.м )(?<!днями )ранее", before)) and scene.has_cue("speech", sentence)


def _meeting(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> Occasion | None:
    """Two sides make a meeting; one that names a single person meets the one the text is about."""
    if len(occasion.persons) == 1:
        lead = subject_before(scene, occasion) or _lead(scene, occasion, earlier)
        if lead and lead not in occasion.persons and (scene.has_cue("pronoun", occasion.sentence) or _hosts_alone(scene, occasion, lead)):
            occasion.persons.insert(0, lead)
    if len(occasion.persons) >= 2 and all_hosts(scene, occasion, lead := _lead(scene, occasion, earlier)) and lead:
        occasion.persons.insert(0, lead)
    occasion.persons = occasion.persons or heads_of_both(scene, occasion.sentence)
    if len(occasion.persons) == 1 and scene.has_cue("meal", occasion.sentence):
        occasion.kind = "Ceremony"
        return occasion
    if len(occasion.persons) >= 2 or (occasion.persons and occasion.bodies):
        return occasion
    return None if talk_alone(scene, occasion) else announced(scene, occasion, earlier)


def _lead(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> str | None:
    """The person the text is about: the first of its first occasion, else the first it names."""
    if earlier and earlier[0].persons:
        return earlier[0].persons[0]
    named = (p for s in scene.document.body if s.start < occasion.sentence.start for p in scene.persons(s))
    return next(named, None)


def _hosts_alone(scene: Scene, occasion: Occasion, lead: str) -> bool:
    """Does the sentence name nobody but the other side: `talks took place at the Marshal of the Senate's`?"""
    host = occasion.persons[0]
    offices = [h for h in scene.held if scene.key(h.person) == host]
    own = {scene.key(h.organization) for h in offices if h.organization} | {scene.side(host)}
    own |= {scene.receiving_of(h) for h in offices} if scene.document.lang == "en" else set()
    named = [b for b in occasion.bodies if b not in posts(scene, occasion.sentence)]
    side = scene.side(lead)
    return side is not None and side not in own and all(b in own or scene.document.lang != "kk" and b == side for b in named)


def _signing(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> Occasion | None:
    """A signature that has been given, or one put off of which nobody is named; one still to come is a planned agreement and no event."""
    if is_dropped(occasion) and not occasion.bodies:
        return occasion
    if occasion.status != "held" or _is_of_old(scene, occasion):
        return None
    if not occasion.persons and between_states(scene, occasion.sentence) and (states := scene.states()):
        occasion.bodies = list(states)
        return occasion
    occasion.persons = (
        occasion.persons
        or heads_of_both(scene, occasion.sentence)
        or signers(scene, occasion, earlier)
        or signers_meant(scene, occasion.sentence, earlier)
    )
    return announced(scene, occasion, earlier)


def _visit(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> Occasion | None:
    """A journey somebody makes; one to come may be told by the state alone whose premier will make it, one made by its head told next."""
    told = travellers(scene, occasion) or guests(scene, occasion.sentence, occasion.trigger) or owner_of_visit(scene, occasion)
    if told is not None:
        occasion.persons, occasion.bodies = told
        if is_dropped(occasion):
            return occasion
    elif not occasion.persons and scene.document.lang == "kk" and scene.document.folded.startswith("ол ", occasion.sentence.start):
        occasion.persons = [p for p in [_lead(scene, occasion, earlier)] if p]
    elif not occasion.persons and (states := visitors(scene, occasion)):
        occasion.bodies = states
        return occasion
    elif not occasion.persons and (scene.document.lang == "ru" or is_dropped(occasion)):
        occasion.bodies = []
        return occasion
    return occasion if occasion.persons or told and occasion.bodies and (occasion.start or is_dropped(occasion)) else None


def _launch(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> Occasion | None:
    """An opening, unless it is told as how old a body is."""
    return None if _is_of_old(scene, occasion) else announced(scene, occasion, earlier)


def _is_of_old(scene: Scene, occasion: Occasion) -> bool:
    """Is an opening or a signature told by a mere year of the past: how old a body is, what is in force?"""
    year, today = occasion.start or "", scene.document.release.reported_on or ""
    return len(year) == len("1934") and year < today[:4]


_RULES = {"Meeting": _meeting, "Call": _meeting, "Signing": _signing, "Visit": _visit, "Conference": announced, "Vote": announced,
          "Launch": _launch, "Ceremony": announced, "Presentation": announced}  # fmt: skip


def to_events(scene: Scene, occasions: Iterable[Occasion]) -> tuple[Event, ...]:
    """Occasions as facts: persons first, bodies and countries where no person stands for them."""
    events = []
    for i, occasion in enumerate(occasions):
        sides = scene.sides(occasion.persons)
        others = () if occasion.persons else tuple(dict.fromkeys(occasion.bodies))
        evidence = tuple(m for s in occasion.sentences for m in scene.document.evidence(s, by=_BY))
        events.append(Event(
            f"e{i + 1}", occasion.kind, evidence, tuple(occasion.persons) or others, sides or others, occasion.start,
            occasion.end, occasion.place, (), occasion.status, confidence=0.8 if occasion.persons else 0.55,
        ))  # fmt: skip
    return tuple(events)

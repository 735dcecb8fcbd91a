"""One occasion told twice is one: within a sentence, and across the sentences of a release."""

from __future__ import annotations

from typing import Final

from elshi.ingest.annotate.attendance import OPEN
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.scene import Scene

__all__ = ["called_by_rite", "merge", "without_doubles"]

#: Sentences after an occasion in which the ceremony it came with is told.
_NEXT: Final = 2


def without_doubles(opened: list[Occasion]) -> list[Occasion]:
    """One occasion a sentence where its words tell the same one twice: a visit to talk is a meeting."""
    kinds = {o.kind for o in opened}
    kept = []
    for occasion in opened:
        if occasion.kind == "Visit" and any(o.kind == "Meeting" and o.start in {occasion.start, None} for o in opened):
            continue
        if occasion.kind == "Meeting" and kinds & {"Call", "Presentation", "Vote"}:
            continue
        if occasion.kind == "Launch" and "Ceremony" in kinds or occasion.kind == "Ceremony" and "Presentation" in kinds:
            continue
        if occasion.kind == "Conference" and kinds & ({"Ceremony", "Vote"} if not occasion.persons else {"Ceremony"}):
            continue
        kept.append(occasion)
    return kept


def merge(scene: Scene, occasion: Occasion, occasions: list[Occasion]) -> None:
    """Put an occasion to the one it repeats, or at the end."""
    if (plan := _dropped(scene, occasion, occasions)) is not None:
        plan.status = occasion.status if plan.status != "held" else "held"
        if occasion.start and not scene.has_cue("at-first", occasion.sentence):
            plan.start, plan.end = occasion.start, occasion.end
        plan.sentences.append(occasion.sentence)
        return
    for other in reversed(occasions):
        if _crowns(other, occasion):
            other.persons = list(dict.fromkeys([*other.persons, *occasion.persons]))
            other.start, other.place = other.start or occasion.start, other.place or occasion.place
            other.sentences.append(occasion.sentence)
            return
        if other.told != occasion.told or _elsewhere(other, occasion):
            continue
        if occasion.kind == "Meeting" and other.kind == "Call" and _talks_on(other, occasion):
            other.sentences.append(occasion.sentence)
            return
        if other.kind != occasion.kind or (other.start and occasion.start and other.start != occasion.start):
            continue
        shared = set(other.persons) & set(occasion.persons)
        if _shown_round(scene, other, occasion):
            other.persons = list(dict.fromkeys([*other.persons, *occasion.persons]))
            other.sentences.append(occasion.sentence)
            return
        if occasion.kind in OPEN and bool(other.persons) != bool(occasion.persons) and occasion.sentence.index - other.sentence.index <= 3:
            other.persons, other.start = other.persons or occasion.persons, other.start or occasion.start
            other.place = other.place or occasion.place
            other.sentences.append(occasion.sentence)
            return
        if shared and (set(occasion.persons) <= set(other.persons) or set(other.persons) <= set(occasion.persons)):
            other.persons = list(dict.fromkeys([*other.persons, *occasion.persons]))
            other.start, other.place = other.start or occasion.start, other.place or occasion.place
            other.sentences.append(occasion.sentence)
            return
    occasions.append(occasion)


def called_by_rite(scene: Scene, occasions: list[Occasion]) -> list[Occasion]:
    """Call an opening that people came to a ceremony: of a house, a room, a monument, and not of what from then on runs."""
    for occasion in occasions:
        attended = occasion.kind == "Launch" and occasion.status == "held" and not occasion.told and occasion.persons
        if attended and not scene.has_cue("runs", occasion.sentence):
            occasion.kind = "Ceremony"
    return occasions


def _dropped(scene: Scene, occasion: Occasion, occasions: list[Occasion]) -> Occasion | None:
    """The plan told just before that a sentence says was put off or called off, with nobody else in it: `The trip was then deferred`."""
    if occasion.status not in {"postponed", "cancelled"} or occasion.persons and scene.persons(occasion.sentence):
        return None
    near = (o for o in reversed(occasions) if 0 < occasion.sentence.index - o.sentences[-1].index <= _NEXT and not o.told)
    at_first = scene.has_cue("at-first", occasion.sentence)
    return next((o for o in near if o.kind == occasion.kind and (at_first or o.status != "held") and not _elsewhere(o, occasion)), None)


def _talks_on(call: Occasion, talks: Occasion) -> bool:
    """Are talks with no day of their own those of the call just told: `Президенттер … пікір алмасты`?"""
    near = 0 < talks.sentence.index - call.sentences[-1].index <= _NEXT
    return near and set(talks.persons) <= set(call.persons) and talks.start in {None, call.start}


def _shown_round(scene: Scene, other: Occasion, occasion: Occasion) -> bool:
    """Does the next sentence tell who showed the guest round: `По шахте их провела директор …`?"""
    near = occasion.sentence.index - other.sentences[-1].index == 1 and occasion.sentence.paragraph == other.sentence.paragraph
    return near and occasion.kind == "Visit" and other.status == "held" and scene.has_cue("pronoun", occasion.sentence)


def _elsewhere(other: Occasion, occasion: Occasion) -> bool:
    """Are two visits to different places?"""
    return occasion.kind == "Visit" and bool(other.place and occasion.place) and other.place != occasion.place


def _crowns(other: Occasion, ceremony: Occasion) -> bool:
    """Is a ceremony told right after what it was held for: `Салтанатты рәсім 1 қыркүйекте Алматыда өтті`?"""
    near = 0 < ceremony.sentence.index - other.sentence.index <= _NEXT
    apt = ceremony.kind == "Ceremony" and other.kind in {"Signing", "Launch", "Presentation"} and other.status == ceremony.status == "held"
    apt = apt or other.kind == "Ceremony" and ceremony.kind == "Launch" and other.status == ceremony.status == "held"
    return near and apt and not other.told and (not other.start or ceremony.start in {None, other.start})

"""What Russian and English leave unsaid of talks: whom a report of them is about, whose they go on, who comes to their hosts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.occasions import DAY, Occasion
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene

__all__ = ["all_hosts", "goes_on", "told_of"]

_MET_WITH: Final = {
    "ru": re.compile(r"\b(?:встреч[аиу]|беседы?|переговоры|консультации) (?:также )?со? "),
    "en": re.compile(r"\b(?:meetings?|talks|consultations) (?:were |was )?(?:also )?(?:held |took place )?with "),
}
_SIDES: Final = {
    "ru": re.compile(r"(?:стороны|собеседники|обе стороны|участники встречи|дипломаты)\b"),
    "en": re.compile(r"(?:the (?:two )?(?:sides|parties|interlocutors|diplomats)|both sides|they)\b"),
}
_THAT: Final = re.compile(r"\b(?:что|that)\b")


def goes_on(scene: Scene, sentence: Sentence, hit: Hit, earlier: list[Occasion]) -> bool:
    """Does a sentence go on with the talks before it: `Стороны обсудили подготовку к визиту …`, with no day of its own?"""
    talks = any(o.kind in {"Meeting", "Call", "Presentation"} and not o.told for o in earlier)
    if hit.key != "Meeting" or not talks or _SIDES.get(scene.document.lang) is None:
        return False
    days = any(s.kind == "Date" and len(s.name) == DAY for s in scene.within(sentence.start, sentence.end))
    return not days and _SIDES[scene.document.lang].match(scene.document.folded, sentence.start) is not None


def told_of(scene: Scene, sentence: Sentence, hit: Hit) -> list[str]:
    """The persons of what somebody is reported to have said, himself left out: `сообщил, что страну посетит …`, in Russian and English."""
    document = scene.document
    said = None if document.lang == "kk" else _THAT.search(document.folded, sentence.start, hit.start)
    dated = said and any(s.kind == "Date" and len(s.name) == DAY for s in scene.within(said.end(), sentence.end))
    return scene.persons(replace(sentence, start=said.end())) if said and dated else []


def all_hosts(scene: Scene, occasion: Occasion, lead: str | None) -> bool:
    """Does a sentence name the other side only: `Состоялись также встречи с министром … и спикером …`? Russian and English tell."""
    if scene.document.lang == "kk" or lead is None or lead in occasion.persons or occasion.told:
        return False
    own, sides = scene.side(lead), scene.sides(occasion.persons)
    with_them = _MET_WITH[scene.document.lang].search(scene.document.folded, occasion.sentence.start, occasion.sentence.end)
    return own is not None and with_them is not None and len(sides) == 1 and own not in sides

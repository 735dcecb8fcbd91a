"""What Russian and English leave unsaid of talks: whom a report of them is about, whose they go on, who comes to their hosts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.occasions import DAY, Occasion
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.pointing import state_told
from elshi.ingest.annotate.scene import Scene

__all__ = ["all_hosts", "goes_on", "owner_of_visit", "tells_sides", "told_of", "visitors"]

_MET_WITH: Final = {
    "ru": re.compile(r"\b(?:встреч[аиу]|беседы?|переговоры|консультации) (?:также )?со? "),
    "en": re.compile(r"\b(?:meetings?|talks|consultations) (?:were |was )?(?:also )?(?:held |took place )?with "),
}
_SIDES: Final = {
    "ru": re.compile(r"(?:стороны|собеседники|обе стороны|участники встречи|дипломаты)\b"),
    "en": re.compile(r"(?:the (?:two )?(?:sides|parties|interlocutors|diplomats)|both sides|they)\b"),
}
_IN_TALKS: Final = {
    "ru": re.compile(
        r"(?:в (?:ходе|рамках|процессе|завершение|заключение)|во время|по (?:итогам|результатам|завершении|окончании)|в конце|на|в) (?:\w+ )?"
        r"(?:встреч|бесед|переговор|консультаци|заседани|разговор|аудиенци)\w*(?! со? )(?! межд)\b"
    ),
}
_WITH: Final = {
    "ru": re.compile(r"(?:в ходе|во время|на|в) (?:\w+ )?(?:встреч|бесед|переговор|разговор)\w* со? "),
    "en": re.compile(r"(?:during|at|in) (?:the|his|her|their) (?:meeting|talks|conversation|discussion)s? with "),
}
#: Offices whose bearer travels for his state.
_STATELY: Final = frozenset(
    "president prime-minister deputy-prime-minister minister deputy-minister state-secretary speaker-of-parliament chairperson "
    "secretary-general representative".split()
)
#: A journey as a noun, and letters before the words that open one in which it may stand.
_JOURNEY: Final = re.compile(r"\b(?:визит|поездк|приезд)\w*")
_NEAR: Final = 12
_THAT: Final = re.compile(r"\b(?:что|that)\b")


def goes_on(scene: Scene, sentence: Sentence, hit: Hit, earlier: list[Occasion]) -> bool:
    """Does a sentence go on with the talks before it: `Стороны обсудили подготовку к визиту …`, with no day of its own?"""
    talks = [o for o in earlier if o.kind in {"Meeting", "Call", "Presentation"} and not o.told]
    lang, text = scene.document.lang, scene.document.folded
    if hit.key != "Meeting" or not talks or lang not in _SIDES:
        return False
    if any(s.kind == "Date" and len(s.name) == DAY for s in scene.within(sentence.start, sentence.end)):
        return False
    if _SIDES[lang].match(text, sentence.start):
        return True
    within = lang in _IN_TALKS and _IN_TALKS[lang].match(text, sentence.start) is not None
    with_them = lang in _WITH and _WITH[lang].match(text, sentence.start) is not None
    persons = set(scene.persons(sentence))
    return (within or with_them and bool(persons)) and persons <= set(talks[-1].persons)


def tells_sides(scene: Scene, sentence: Sentence) -> bool:
    """Does a sentence say that what it tells is of the sides spoken of: `стороны условились провести форум`, `форум двух стран`?"""
    lang, text = scene.document.lang, scene.document.folded
    both = scene.has_cue("pair-state", sentence) or scene.has_cue("of-both", sentence)
    return both or lang in _SIDES and _SIDES[lang].search(text, sentence.start, sentence.end) is not None


def visitors(scene: Scene, occasion: Occasion) -> list[str]:
    """The state of whoever is to come, told by an office alone: `визит Премьер-министра Вьетнама, запланированный на ноябрь`."""
    if occasion.start is None and occasion.status not in {"postponed", "cancelled"}:
        return []
    spans = scene.within(occasion.sentence.start, occasion.sentence.end)
    offices = (s for s in spans if s.kind == "Office" and s.name in _STATELY and scene.holder_of(s) is None)
    state = next(filter(None, (state_told(scene, s) for s in offices)), None)
    key = scene.things.country(state, scene.book, scene.document.lang) if state else None
    return [key] if key else []


def owner_of_visit(scene: Scene, occasion: Occasion) -> tuple[list[str], list[str]] | None:
    """Whose a Russian visit is, told right behind the noun, `визит Президента Египта`: a person, else the state of the office."""
    document, sentence = scene.document, occasion.sentence
    noun = (
        _JOURNEY.search(document.folded, max(sentence.start, occasion.trigger.start - _NEAR), sentence.end)
        if document.lang == "ru"
        else None
    )
    span = next((s for s in scene.within(noun.end(), noun.end() + 2) if s.kind in {"Office", "Person"}), None) if noun else None
    if span is None:
        return None
    key = scene.key(span) if span.kind == "Person" else scene.holder_of(span)
    behind = next((s for s in scene.within(span.end, sentence.end) if s.kind == "Person" and scene.holds(s, span)), None)
    if behind is not None or key:
        who = scene.key(behind) if behind is not None else key
        return ([who], []) if who else None
    state = state_told(scene, span)
    country = scene.things.country(state, scene.book, document.lang) if state else None
    return ([], [country]) if country else None


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

"""Which states a figure is of: where visitors came and from where, whose schools and treaties are meant, which is the other side; who flies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.figures import Figure
from elshi.ingest.annotate.scene import Scene

__all__ = ["aim", "counterpart", "flies", "of_them", "origin_of", "party_of_treaties", "schools_of"]

_FROM: Final = re.compile(r"\b(?:from|of|by)(?: the)? $")
_SCHOOLS: Final = re.compile(r" (?:\w+ ){0,2}(?:жоғары оқу|оқу орын|университеттер|жоо)")
_OF_A_COUNTRY: Final = re.compile(r"([а-яё-]+ских) (?:вуз|университет|учебных заведени)(?:ах|ов|иях|ий)\b")
_OF_THEM: Final = re.compile(r" of (?:them|whom|these)\b")
_AT_SCHOOLS: Final = re.compile(r"\b(?:universities|colleges|schools|institutions)(?: \w+)? (?:in|of|across) (?:the )?$")
#: Letters of the noun before a name: `авиакомпания «`.
_NOUN: Final = 16
_FLIES: Final = re.compile(r"авиа|эйр|air|avia|\bfly|jet|wings|scat\b|lufthansa|lines\b")
_TO: Final = re.compile(r"\b(?:in|to|visited|visiting)(?: the)? $")


def _destination(scene: Scene, spans: Iterable[Span]) -> str | None:
    """The country that visitors came to: `citizens of Kazakhstan spent their holidays in Greece`, `Georgia saw 160,000 arrivals from …`."""
    countries = [s for s in spans if s.kind == "Country"]
    leads = {s: scene.document.folded[max(0, s.start - 16) : s.start] for s in countries}
    goals = [s for s in countries if _TO.search(leads[s])] or [s for s in countries if not _FROM.search(leads[s])]
    return scene.key(goals[0]) if goals else None


def party_of_treaties(scene: Scene, sentence: Sentence) -> str | None:
    """The first of the states between which treaties are in force, rather the one whose releases are read."""
    keys = [k for s in scene.within(sentence.start, sentence.end) if s.kind == "Country" and (k := scene.key(s))]
    home = next((k for k in keys if scene.things[k].country == "KZ"), None)
    between = " between " in scene.document.folded[sentence.start : sentence.end]
    return (home or keys[0]) if between and len(set(keys)) > 1 else None


def of_them(scene: Scene, end: int) -> bool:
    """Is a figure part of the one before it: `nine of them from Kazakhstan`?"""
    return scene.document.lang == "en" and _OF_THEM.match(scene.document.folded, end) is not None


def flies(scene: Scene, body: Span) -> bool:
    """Does a body's name, or in Russian the noun before it, tell an airline?"""
    start = body.start - _NOUN if scene.document.lang == "ru" else body.start
    return _FLIES.search(scene.document.folded[max(0, start) : body.end]) is not None


def aim(scene: Scene, spans: Iterable[Span]) -> str | None:
    """The country that visitors came to, by its Kazakh case, or not behind Russian `из`: `Қазақстаннан Грузияға … адам сапарлады`, `Грекияда … демалды`."""
    if scene.document.lang == "en":
        return _destination(scene, spans)
    if scene.document.lang == "ru":
        text = scene.document.folded
        return next(
            (scene.key(s) for s in spans if s.kind == "Country" and text[max(0, s.start - 4) : s.start].split()[-1:] != ["из"]), None
        )
    countries = [s for s in spans if s.kind == "Country"] if scene.document.lang == "kk" else []
    return next(
        (
            scene.key(s)
            for s in countries
            if scene.document.case(s.start, s.end) in {"Dat", "Loc"} and not scene.document.is_attributive(s.start, s.end)
        ),
        None,
    )


def schools_of(scene: Scene, sentence: Sentence) -> str | None:
    """The country whose schools a sentence speaks of: `Канаданың жоғары оқу орындарында`, `в ирландских вузах`."""
    countries = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Country"]
    if scene.document.lang == "ru":
        word = _OF_A_COUNTRY.search(scene.document.folded, sentence.start, sentence.end)
        iso = scene.book.adjective(word[1], "ru") if word else None
        return scene.things.country(iso, scene.book, "ru") if iso else None
    if scene.document.lang == "en":
        return next((scene.key(s) for s in countries if _AT_SCHOOLS.search(scene.document.folded[sentence.start : s.start])), None)
    return next((scene.key(s) for s in countries if _SCHOOLS.match(scene.document.folded[s.end :])), None)


def origin_of(scene: Scene, sentence: Sentence, figure: Figure) -> str | None:
    """The country people come from: `Қазақстаннан`, `из Казахстана`, `from Kazakhstan`, or a word for its people."""
    document = scene.document
    for span in scene.within(sentence.start, sentence.end):
        if span.kind != "Country" or abs(span.start - figure.start) > 70 or re.search(r"\d|, ", document.text[figure.end : span.start]):
            continue
        if document.lang == "kk" and document.case(span.start, span.end) == "Abl":
            return scene.key(span)
        lead = document.folded[max(0, span.start - 16) : span.start]
        if document.lang != "kk" and re.search(r"\b(?:из|from|citizens of|nationals of)(?: the)? $", lead):
            return scene.key(span)
    for word in re.findall(r"[\w-]+", document.text[figure.end : min(sentence.end, figure.end + 30)])[:2]:
        iso = scene.book.adjective(word, document.lang)
        if iso:
            return scene.things.country(iso, scene.book, document.lang)
    return None


def counterpart(scene: Scene, sentence: Sentence, about: str) -> str | None:
    """The other country of a bilateral figure: named with it, or the other of the two states that `екі ел` means."""
    keys = [k for s in scene.within(sentence.start, sentence.end) if s.kind == "Country" and (k := scene.key(s)) and k != about]
    if not keys and scene.has_cue("pair-state", sentence) and about in scene.states():
        keys = [k for k in scene.states() if k != about]
    return keys[0] if len(set(keys)) == 1 else None

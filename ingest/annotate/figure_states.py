"""Which states a figure is of: where visitors came and from where, whose trade, schools and treaties are meant, the other side; who flies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.figure_subjects import clause
from elshi.ingest.annotate.figures import Figure
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.scene import Scene

__all__ = ["aim", "counterpart", "country_of", "flies", "home", "land_of", "of_them", "origin_of", "parties_of_treaties", "schools_of"]

_FROM: Final = re.compile(r"\b(?:from|of|by)(?: the)? $")
_SCHOOLS: Final = re.compile(r" (?:\w+ ){0,2}(?:жоғары оқу|оқу орын|университеттер|жоо)")
_OF_A_COUNTRY: Final = re.compile(r"([а-яё-]+ских) (?:вуз|университет|учебных заведени)(?:ах|ов|иях|ий)\b")
_OF_THEM: Final = re.compile(r" (?:of (?:them|whom|these)|из (?:них|которых))\b")
_THEREOF: Final = re.compile(
    r"(?:(?:including|among them|из них|в том числе|среди них|в их числе)|(?:оның|олардың|солардың|соның) (?:ішінде|қатарында|арасында)|\bолардың|\bсолардың)"
    r"[ \u00a0](?:[\w-]+[ \u00a0]){0,3}$"
)
_OF_PLURAL: Final = re.compile(r"\d [\w-]+(?:ның|нің|дың|дің|тың|тің) \d+-(?:ы|і|сы|сі)$")
_THEREOF_REACH: Final = 60
_AT_SCHOOLS: Final = re.compile(r"\b(?:universities|colleges|schools|institutions)(?: \w+)? (?:in|of|across) (?:the )?$")
#: A country that is a place or a subject; how far from a figure any may stand, and how far a body counts that only a noun means.
_IN: Final = re.compile(r"\b(?:in|across|of|в|во|по)(?: the)?[ \u00a0]$")
_IS: Final = re.compile(r" (?:has|had|will|is|plans|intends|allocates|offers|provides|runs)\b")
_FAR: Final = 160
_MEANT: Final = 60
#: Letters of the noun before a name: `авиакомпания «`.
_NOUN: Final = 16
_FLIES: Final = re.compile(r"авиа|эйр|\w*air(?!port|field|bus)|avia|\bfly|jet|wings|scat\b|lufthansa|lines\b")
_AIRLINE: Final = re.compile(r"авиакомпани|авиаперевозчик|әуекомпания|әуе компания|авиалини|\bairlines?\b|\bcarrier\b")
_TO: Final = re.compile(r"\b(?:in|to|visited|visiting)(?: the)? $")


def _destination(scene: Scene, spans: Iterable[Span]) -> str | None:
    """The country that visitors came to: `citizens of Kazakhstan spent their holidays in Greece`, `Georgia saw 160,000 arrivals from …`."""
    countries = [s for s in spans if s.kind == "Country"]
    leads = {s: scene.document.folded[max(0, s.start - 16) : s.start] for s in countries}
    goals = [s for s in countries if _TO.search(leads[s])] or [s for s in countries if not _FROM.search(leads[s])]
    return scene.key(goals[0]) if goals else None


def home(scene: Scene) -> str | None:
    """The state whose releases are read, where a text names it."""
    return next((scene.key(s) for s in scene.spans if s.kind == "Country" and s.record == "country:KZ"), None)


def country_of(scene: Scene, sentence: Sentence) -> str | None:
    """The state whose trade a sentence tells: rather the one whose releases are read, in it or as one of the two that it means."""
    keys = [k for s in scene.within(sentence.start, sentence.end) if s.kind == "Country" and (k := scene.key(s))]
    own = next((k for k in keys if scene.things[k].country == "KZ"), None)
    if scene.document.lang == "kk" and scene.has_cue("pair-state", sentence):
        own = own or home(scene)
    return own or (keys[0] if keys else home(scene))


def land_of(scene: Scene, sentence: Sentence, figure: Figure, body: str | None) -> str | None:
    """The country where things are counted, `елімізде`, `в Монголии`, `living in Mongolia`, unless a body stands nearer to the figure."""
    document = scene.document
    start, end = clause(scene, sentence, figure.start)
    bodies = [s for s in scene.within(start, end) if body and scene.key(s) == body]
    best = min((_distance(figure, s.start, s.end) for s in bodies), default=_FAR if body is None else _MEANT)
    for span in scene.within(start, end):
        if span.kind == "Country" and _is_there(scene, span, figure) and _distance(figure, span.start, span.end) < best:
            best, body = _distance(figure, span.start, span.end), scene.key(span)
    for hit in scene.cues("at-home", sentence):
        if start <= hit.start < end and _distance(figure, hit.start, hit.end) < best:
            named = [s for s in scene.within(sentence.start, hit.start) if s.kind == "Country"]
            best, body = _distance(figure, hit.start, hit.end), scene.key(named[-1]) if named and document.lang != "kk" else home(scene)
    return body


def _distance(figure: Figure, start: int, end: int) -> float:
    return figure.start - end if end <= figure.start else 1.5 * (start - figure.end)


def _is_there(scene: Scene, country: Span, figure: Figure) -> bool:
    """Is a country the place, or the subject before the figure, and none that somebody speaks for?"""
    document = scene.document
    if any(country in {h.represents, h.accredited_to} for h in scene.held if isinstance(h.represents, Span)) or _office_beside(
        scene, country
    ):
        return False
    if document.lang == "kk":
        case, attributive = document.case(country.start, country.end), document.is_attributive(country.start, country.end)
        return case == "Loc" and not attributive or case == "Nom" and country.end < figure.start
    if document.lang == "ru" and country.end < figure.start and document.case(country.start, country.end) == "Nom":
        return True
    lead = document.folded[max(0, country.start - _NOUN) : country.start]
    return (
        _IN.search(lead) is not None
        or document.lang == "en"
        and country.end < figure.start
        and _IS.match(document.folded, country.end) is not None
    )


def _office_beside(scene: Scene, country: Span) -> bool:
    """Does a country complete an office: `Kazakhstan's Minister`, `министр … Казахстана`, `Қазақстанның министрі`?"""
    return any(s.kind == "Office" and abs(s.start - country.end) <= 3 for s in scene.within(country.end, country.end + 4))


def parties_of_treaties(scene: Scene, sentence: Sentence) -> str | None:
    """The first of the states that a sentence says have concluded treaties, rather the one whose releases are read."""
    together = {k for group in groups(scene, sentence) for k in group.keys if scene.things[k].kind == "Country"}
    keys = [k for s in scene.within(sentence.start, sentence.end) if s.kind == "Country" and (k := scene.key(s)) in together]
    if not keys and scene.has_cue("pair-state", sentence):
        keys = list(scene.states())
    own = next((k for k in keys if k and scene.things[k].country == "KZ"), None)
    return own or (keys[0] if keys else None)


def of_them(scene: Scene, sentence: Sentence, figure: Figure) -> bool:
    """Is a figure part of the one before it: `nine of them from Kazakhstan`, `девять из них`, `олардың тоғызы`, `оның ішінде 14`?"""
    document = scene.document
    if _OF_THEM.match(document.folded, figure.end):
        return figure.value > 1 or not figure.is_word  # `Norway is not one of them`
    if document.lang == "kk" and _OF_PLURAL.search(document.folded[sentence.start : figure.end]):
        return True
    return _THEREOF.search(document.folded[max(sentence.start, figure.start - _THEREOF_REACH) : figure.start]) is not None


def flies(scene: Scene, body: Span) -> bool:
    """Does a body's name, or the noun beside it, tell an airline?"""
    text = scene.document.folded
    if _AIRLINE.search(text, max(0, body.start - _NOUN), min(len(text), body.end + _NOUN)):
        return True
    thing = scene.things.of(body)
    return thing is not None and thing.kind == "Company" and _FLIES.search(text, body.start, body.end) is not None


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

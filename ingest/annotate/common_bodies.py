"""A body that an office has only by a common noun, `ректор академии`, `the institute's director`, or by what its holder speaks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.annotate.positions import Held
from elshi.ingest.languages.features import feature

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = [
    "bodies_meant",
    "body_behind",
    "body_by_noun",
    "body_possessed",
    "body_spoken_for",
    "kind_of_noun",
    "noun_of",
    "ruler_of_seat",
    "rules_region",
    "unhoused",
]

#: Words between an office and the noun that completes it, and letters by which a noun is known again in a name.
_WORDS: Final = 4
_STEM: Final = 5
#: Letters of the longest name.
_NAME: Final = 160
#: Nouns for bodies that head no name.
_PLAIN: Final = {
    "вуз": "University", "заведение": "University", "перевозчик": "Company", "venture": "Company",
    "предприятие": "Company", "предприятия": "Company", "предприятии": "Company", "кәсіпорын": "Company", "кәсіпорынның": "Company",
}  # fmt: skip
#: Kinds that a text has so many of that the noun itself must return in the name.
_COMMON: Final = frozenset({"GovernmentBody", "Organization", "InternationalOrganization", "ResearchCentre", "Company"})
_SEATS: Final = re.compile(
    r"акимат|администраци|мэри|^(?:народное )?правительство .*(?:провинци|област)|akimat|city hall|provincial|municipal|"
    r"әкімдіг|муниципалитет|провинция\w* (?:халық )?үкімет"
)
_AKIMAT: Final = re.compile(r"\bакимат|\bakimat\b|әкімдіг")
_OF_REGION: Final = re.compile(r"област|облыс|\bregion\b")
_REGIONAL: Final = re.compile(r"\b(?:region|province|district)\b")
#: Words that say that an office is of what was named last.
_ITS: Final = {"en": {"its", "whose"}, "ru": {"его", "ее", "чей", "чья"}, "kk": {"оның", "соның", "ондағы", "мұндағы", "сондағы"}}
_FROM: Final = {"ru": re.compile(r",? (?:из|от) [«“\"]?"), "en": re.compile(r",? (?:of|from|at) (?:the )?")}
_FOR: Final = {
    "ru": re.compile(r"(?:^|[^\w-])(?:от|со стороны|от имени)[ \u00a0][«“\"]?$"),
    "en": re.compile(r"(?:^|[^\w-])(?:for|on behalf of|representing)[ \u00a0](?:the )?$"),
}
#: What leads from a body to the one that houses it, and its letters.
_AT: Final = re.compile(r" (?:при|at(?: the)?) $")
_LEAD: Final = 8


def noun_of(scene: Scene, held: Held) -> str | None:
    """The common noun that completes an office in Russian and English, in its dictionary form; None where a name or nothing does."""
    document, office = scene.document, held.office
    if document.lang == "kk":
        return None
    last = document.tokens(office.start, office.end)[-1].i
    if document.lang == "en":
        first = document.tokens(office.start, office.end)[0].i
        before = [t for t in document.doc[max(0, first - 2) : first] if t.text not in {"'s", "’s", "'"}]
        noun = before[-1] if before else None
        definite = noun is not None and noun.i > 0 and document.doc[noun.i - 1].lower_ == "the" and document.doc[noun.i].text.istitle()
        if noun is not None and (noun.text.islower() or definite) and kind_of_noun(noun.lower_.removesuffix("'s").removesuffix("’s"), "en"):
            return noun.lower_.removesuffix("'s").removesuffix("’s")
    for token in document.doc[last + 1 : last + 1 + _WORDS]:
        if (
            document.lang == "ru"
            and token.pos_ == "ADJ"
            and token.text.islower()
            or document.lang == "en"
            and token.lower_ in {"of", "the", "this"}
        ):
            continue
        noun_like = token.pos_ == "NOUN" if document.lang == "ru" else token.i > last + 1
        return str(token.lemma_ or token.lower_) if noun_like and token.text.islower() and kind_of_noun(token.text, document.lang) else None
    return None


def kind_of_noun(word: str, lang: str) -> str | None:
    """The class of body that a common noun means: a head noun of names, `вуз`, `carrier`."""
    return (
        _PLAIN.get(word)
        or next((k for n, k in _PLAIN.items() if lang == "ru" and word.startswith(n)), None)
        or kind_of_name(word, lang, common=True)
    )


def bodies_meant(scene: Scene, sentence: Sentence) -> list[tuple[int, str]]:
    """Where a Russian or English sentence points to bodies named before it by common nouns, `в институте`, `the park`, and to which."""
    document = scene.document
    if document.lang == "kk":
        return []
    found = []
    for token in document.tokens(sentence.start, sentence.end):
        if not _points(scene, token, sentence) or kind_of_noun(token.lower_, document.lang) is None:
            continue
        span = body_by_noun(scene, token.idx, token.lemma_ if document.lang == "ru" else token.lower_, None)
        if span is not None and (key := scene.key(span)):
            found.append((token.idx, key))
    return found


def _points(scene: Scene, token: Token, sentence: Sentence) -> bool:
    """Is a noun a word on its own, in the singular, that no name takes in or follows, and in English a definite one?"""
    document = scene.document
    if document.lang == "en":
        before = document.doc[token.i - 1].lower_ if token.i else ""
        if before not in {"the", "this", "its"} or token.lower_.endswith("s"):
            return False
        titled = before == "the" and token.text.istitle()  # `the Union`
    else:
        if token.pos_ != "NOUN" or feature(token, "Number") == "Plur":
            return False
        titled = False
    if not (token.text.islower() or token.idx == sentence.start or titled) or document.in_quotation(token.idx) or token.is_punct:
        return False
    if any(s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - _NAME), token.idx + 1)):
        return False
    end = token.idx + len(token.text)
    after = document.text[end : end + 2].strip()
    return not (after[:1].isupper() or after[:1] in "«“")


def body_by_noun(scene: Scene, offset: int, noun: str, home: str | None) -> Span | None:
    """The last body before an offset that a common noun can mean: one with the noun in its name, else one of its kind."""
    kind, stem = kind_of_noun(noun, scene.document.lang), fold(noun)[:_STEM]
    earlier = [
        s for s in scene.within(0, offset)
        if s.kind not in {"Person", "Office", "Date"} and (t := scene.things.of(s)) and not scene.is_place(t)
    ]  # fmt: skip
    if home is not None:
        earlier = [s for s in earlier if (t := scene.things.of(s)) and t.country == home] or earlier
    alike = [s for s in earlier if any(w.startswith(stem) for n in _names(scene, s) for w in fold(n).split())]
    others = [s for s in earlier if (t := scene.things.of(s)) and t.kind == kind] if kind not in _COMMON else []
    if not alike and not others and kind == "Company":
        others = [s for s in earlier if (t := scene.things.of(s)) and t.kind == kind][-1:]
    return next(reversed(alike or others), None)


def _names(scene: Scene, span: Span) -> list[str]:
    thing = scene.things.of(span)
    return thing.names if thing else []


def _place_of(scene: Scene, held: Held) -> Span | None:
    """The town or region that an English office names behind it: `Akim of Turkistan Region`."""
    office, document = held.office, scene.document
    near = (s for s in scene.within(office.end, office.end + _STEM) if s.kind in {"City", "Region"})
    return next((s for s in near if document.lang == "en" and document.folded[office.end : s.start] in {" of ", " of the "}), None)


def rules_region(scene: Scene, held: Held) -> bool:
    """Is an akim, in English the same word for a town's and a region's, one of a region?"""
    document, office = scene.document, held.office
    place, seat = _place_of(scene, held), held.organization
    heads = held.office.name == "head" and seat is not None and fold(seat.name).startswith("akimat")
    if document.lang != "en" or not (heads or document.folded.startswith("akim", office.start)):
        return False
    return place.kind == "Region" if place is not None else seat is not None and _REGIONAL.search(fold(seat.name)) is not None


def ruler_of_seat(held: Held) -> str | None:
    """What the head of an akimat is: a region's governor or a town's mayor; None of any other office."""
    seat = fold(held.organization.name) if held.organization is not None else ""
    if held.office.name not in {"head", "director"} or not _AKIMAT.search(seat):
        return None
    return "governor" if _OF_REGION.search(seat) else "mayor"


def body_possessed(scene: Scene, held: Held) -> Span | None:
    """The body that `its President`, `оның ректоры` is of: the last one named in the sentence, else in the one before."""
    document = scene.document
    first = document.tokens(held.office.start, held.office.end)[0].i
    if document.lang == "ru" and scope_of(held.office.name, "ru") != "body":
        return None
    if not first or fold(document.doc[first - 1].text) not in _ITS.get(document.lang, set()):
        return None
    sentence = document.sentence_at(held.office.start)
    since = document.sentences[max(0, sentence.index - 1)].start
    named = [s for s in scene.within(since, held.office.start) if s.kind not in {"Person", "Office", "Date"} and scene.key(s)]
    named = [s for s in named if s.start >= sentence.start] or named
    thing = scene.things.of(named[-1]) if named else None
    return None if thing is None or scene.is_place(thing) else named[-1]


def body_behind(scene: Scene, held: Held) -> Span | None:
    """The body named behind the holder: `Professor Kenji Ota of | the University of Tokyo`, `профессор Кэндзи Ота из | Токийского университета`."""
    link = _FROM.get(scene.document.lang)
    if link is None or held.person.start < held.office.end or scope_of(held.office.name, scene.document.lang) != "body":
        return None
    behind = next((s for s in scene.within(held.person.end, held.person.end + _NAME) if s.kind != "Date"), None)
    thing = scene.things.of(behind) if behind is not None else None
    if behind is None or thing is None or thing.kind == "Person" or scene.is_place(thing):
        return None
    return behind if link.fullmatch(scene.document.folded[held.person.end : behind.start]) else None


def body_spoken_for(scene: Scene, held: Held) -> Span | None:
    """`От Страсбургского университета его подписал вице-президент …`; the seat of a governor or a mayor whom the text gives one."""
    document = scene.document
    if document.lang == "kk":
        return _seat(scene) if held.office.name in {"governor", "mayor"} else None
    sentence = document.sentence_at(held.office.start)
    for span in reversed(scene.within(sentence.start, held.office.start)):
        if span.kind == "Person" or re.search(r"[;:]", document.text[span.end : held.office.start]):
            break
        thing = scene.things.of(span)
        if thing is not None and not scene.is_place(thing) and _FOR[document.lang].search(document.folded[sentence.start : span.start]):
            return span
    if held.office.name in {"governor", "mayor"} and not _place_of(scene, held):
        return _seat(scene)
    return None


def _seat(scene: Scene) -> Span | None:
    """The one seat of a governor or a mayor that a text names."""
    seats = {k: s for s in scene.spans if s.kind == "GovernmentBody" and _SEATS.search(fold(s.name)) and (k := scene.key(s))}
    return next(iter(seats.values())) if len(seats) == 1 else None


def unhoused(scene: Scene, bodies: list[Span]) -> list[Span]:
    """Bodies without those that only house the one before them: `Институт гидрологии при Люблянском университете`."""
    text, kept = scene.document.folded, list[Span]()
    for span in bodies:
        at = _AT.search(text, max(0, span.start - _LEAD), span.start)
        if at is None or not any(s.end == at.start() for s in scene.bodies(scene.document.sentence_at(span.start))):
            kept.append(span)
    return kept

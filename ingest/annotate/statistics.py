"""Figures about bodies, countries and occasions: what is counted, about whom, from where, as of when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.common_bodies import bodies_meant
from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.figure_states import aim, counterpart, flies, of_them, origin_of, party_of_treaties, schools_of
from elshi.ingest.annotate.figures import Figure, canonical, figures
from elshi.ingest.annotate.founding import founding_words
from elshi.ingest.annotate.kazakh_pairs import noun_subject
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import PatternTable, read_table
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Event, Statistic

__all__ = ["find_statistics"]

_BY = "statistics/1"
_REACH: Final = 48
#: Letters of the longest name in which a figure may stand.
_NAME: Final = 80
_BODY_MEASURES: Final = frozenset({"students", "staff", "faculties", "members"})
#: Kinds of bodies that nobody studies at.
_NO_SCHOOLS: Final = frozenset({"Ministry", "Embassy", "GovernmentBody", "Parliament", "MediaOutlet", "InternationalOrganization"})
#: Words that say that countries are those whose people came.
_CAME: Final = re.compile(r"жинал|қатыс|келген|келді|бас қос|делегат|мүше|дауыс|қолда")
#: Sentences in which a body stays the one that is spoken of.
_NEAR: Final = 2
#: Words by which a Kazakh sentence points back to a body.
_POINTERS: Final = frozenset("онда мұнда оның ол мұндағы ондағы оқу мекеме мекемеде ордасы ордасында ұжым мұнымен сондағы соңғысы".split())
#: What a body has, runs or pays itself.
_OWN: Final = frozenset({"students", "staff", "faculties", "flights", "investment"})
_STATE_MEASURES: Final = frozenset({"turnover", "visitors", "investment"})


#: Words that say who came to an occasion, beside those that open one; words before a year from which a figure is counted.
_PEOPLE: Final = re.compile(r"[ \u00a0](?:\w+ )?(?:человек|граждан|казахстанц|соотечественник|иностранц|гост(?:ей|я))")
_CAME_TOGETHER: Final = re.compile(
    r"\b(?:собра(?:л[аои]?|вш\w+)\b(?!сь|ся)|привлек\w*|brought together|gathered|attracted|bringing together|drew)\b"
)
_SINCE: Final = re.compile(r"(?:^|[^\w-])(?:с|со|начиная с|since|from)[ \u00a0]$")
_SINCE_REACH: Final = 12


@lru_cache(maxsize=8)
def _measures(lang: str, side: str) -> PatternTable:
    return PatternTable([r for r in read_table(lang, "measures") if r["side"] == side])


@lru_cache(maxsize=4)
def _gathering(lang: str) -> PatternTable:
    return PatternTable([{"opens": r["opens"], "pattern": r["pattern"]} for r in read_table(lang, "events") if r["opens"] == "joins"])


def find_statistics(scene: Scene, events: Iterable[Event]) -> tuple[Statistic, ...]:
    """The figures of a document, each with the sentence that states it."""
    found: list[Statistic] = []
    known = list(events)
    for sentence in scene.document.body:
        dates = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date"]
        for year in dates:
            if (about := _founded(scene, sentence, year)) is not None:
                _add(found, Statistic("", about, "founding-year", year.name[:4], scene.document.evidence(sentence, by=_BY)))
        previous: Statistic | None = None
        for figure in figures(scene.document, sentence, dates):
            statistic = _read(scene, sentence, figure, dates, known, previous)
            if statistic is not None:
                previous = _add(found, statistic)
    return tuple(found)


def _add(found: list[Statistic], statistic: Statistic) -> Statistic:
    named = Statistic(f"s{len(found) + 1}", *(getattr(statistic, f) for f in Statistic.__slots__[1:]))
    same = [
        s for s in found if (s.about, s.measure, s.value, s.from_country) == (named.about, named.measure, named.value, named.from_country)
    ]
    if same:
        return same[0]
    found.append(named)
    return named


def _founded(scene: Scene, sentence: Sentence, year: Span) -> str | None:
    """The body that a year is the founding of, when the words around the year say so."""
    if not founding_words(scene, sentence, year):
        return None
    bodies = [s for s in scene.within(sentence.start, sentence.end) if _is_body(scene, s)]
    meant = [key for _, key in bodies_meant(scene, sentence)]
    return _nearest(scene, bodies, year.start) or next(iter(meant), None) or _speakers_body(scene, sentence) or _last_body(scene, sentence)


def _gap(start: int, end: int, span: Span) -> int:
    return max(start - span.end, span.start - end, 0)


def _is_body(scene: Scene, span: Span) -> bool:
    thing = scene.things.of(span)
    return thing is not None and span.kind not in {"Person", "Office", "Date"} and not scene.is_place(thing)


def _nearest(scene: Scene, spans: list[Span], offset: int) -> str | None:
    """The thing nearest to an offset, rather before than behind it."""
    if not spans:
        return None
    return scene.key(min(spans, key=lambda s: offset - s.end if s.end <= offset else (s.start - offset) * 1.5))


def _last_body(scene: Scene, sentence: Sentence) -> str | None:
    """The organisation the text speaks of before a sentence: the last one of the paragraph, else of the text."""
    earlier = [s for s in scene.within(0, sentence.start) if _is_body(scene, s)]
    return scene.key(earlier[-1]) if earlier else None


def _read(
    scene: Scene, sentence: Sentence, figure: Figure, dates: list[Span], events: list[Event], previous: Statistic | None
) -> Statistic | None:
    measure = _measure(scene, sentence, figure)
    if previous and previous.evidence[0].start == sentence.start and of_them(scene, figure.end):
        measure = previous.measure
    if measure is None or figure.value <= 0 or figure.is_measure:
        return None
    if any(
        s.start <= figure.start < s.end and s.kind != "Date" for s in scene.within(max(sentence.start, figure.start - _NAME), figure.end)
    ):
        return None
    if figure.is_word and (measure not in {"students", "staff", "faculties", "flights"} or figure.value > 30):
        return None
    about = _about(scene, sentence, figure, measure, events, previous)
    if about is None:
        return None
    years = sorted((d for d in dates if d.get("form") != "years"), key=lambda d: _gap(figure.start, figure.end, d))
    if years and _SINCE.search(scene.document.folded[max(0, years[0].start - _SINCE_REACH) : years[0].start]):
        years = []
    year = years[0].name[:4] if years and measure in _STATE_MEASURES and _gap(figure.start, figure.end, years[0]) < 2 * _REACH else None
    origin = origin_of(scene, sentence, figure) if measure in {"students", "staff", "visitors"} else None
    subset = (
        previous.id
        if previous and previous.measure == measure and Decimal(previous.value) > figure.value and previous.about == about
        else None
    )
    origin = origin or (previous.from_country if subset and previous else None)
    other = counterpart(scene, sentence, about) if measure == "turnover" else None
    evidence = scene.document.evidence(sentence, by=_BY)
    return Statistic(
        "", about, measure, canonical(figure.value), evidence, figure.unit, figure.approximate, origin, other, subset, year, 0.7
    )


def _measure(scene: Scene, sentence: Sentence, figure: Figure) -> str | None:
    """What is counted: by the noun that follows the figure, else by the one before it; money is told by its unit."""
    text, lang = scene.document.folded, scene.document.lang
    clause = re.split(r"[;:]|(?<!\d), (?=\w+ )", text[figure.end : sentence.end])[0]
    stop = figure.end + min(len(clause), _REACH)
    after = [h for h in _measures(lang, "after").every(text, figure.end, min(sentence.end, stop + 20)) if h.start < stop]
    before = list(_measures(lang, "before").every(text, max(sentence.start, figure.start - 2 * _REACH), figure.start))
    if figure.unit:
        money = [h for h in before + after if h.key in _STATE_MEASURES]
        return money[-1].key if money else None
    countable = [
        h
        for h in after
        if h.key not in {"investment", "turnover"} and len(text[figure.end : h.start].split()) <= (1 if figure.is_word else 4)
    ]
    if countable:
        key = min(countable, key=lambda h: (h.start, -h.end)).key
        if key == "participants" and any(h.key == "members" and figure.start - h.end < _REACH for h in before):
            return "members"
        return None if key == "-" else "participants" if key in {"staff", "participants"} and _gathers(scene, sentence) else key
    counted = _BODY_MEASURES | ({"flights", "visitors"} if lang == "ru" and _PEOPLE.match(text, figure.end) else {"flights"})
    backward = [h for h in before if h.key in counted and figure.start - h.end < _REACH]
    nouns = [h for h in backward if h.key != "members"]  # `персонал насчитывает …`
    return (nouns or backward)[-1].key if backward and not figure.is_word else None


def _gathers(scene: Scene, sentence: Sentence) -> bool:
    """Does the sentence say who came to an occasion?"""
    if _CAME_TOGETHER.search(scene.document.folded, sentence.start, sentence.end):
        return True
    return any(h.key == "joins" for h in _gathering(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end))


def _about(scene: Scene, sentence: Sentence, figure: Figure, measure: str, events: list[Event], previous: Statistic | None) -> str | None:
    inside = scene.within(sentence.start, sentence.end)
    if measure == "other" and scene.document.lang == "kk" and not _CAME.search(scene.document.folded, sentence.start, sentence.end):
        return None
    listed = previous is not None and previous.measure == "participants" and previous.evidence[0].start == sentence.start
    if measure == "other" and scene.document.lang != "kk" and not listed and not _gathers(scene, sentence):
        return None
    if measure in {"participants", "other"}:
        gathering = [
            e for e in events if e.kind in {"Conference", "Ceremony", "Vote", "Meeting", "Launch"} and e.evidence[0].start <= sentence.start
        ]
        return gathering[-1].id if gathering else None
    if measure in _OWN and (subject := noun_subject(scene, sentence)):
        return subject
    if measure == "visitors" and ((goal := aim(scene, inside)) or scene.document.lang == "ru"):
        return goal
    if measure in _STATE_MEASURES:
        countries = [s for s in inside if s.kind == "Country"]
        home = next((k for s in countries if (k := scene.key(s)) and scene.things[k].country == "KZ"), None)
        if measure == "turnover" and scene.document.lang == "kk" and scene.has_cue("pair-state", sentence):
            home = home or _home(scene)
        bodies = [s for s in inside if _is_body(scene, s)]
        if measure == "investment" and not bodies and scene.document.lang == "ru" and (own := _who_invests(scene, sentence)):
            return own
        if measure == "investment" and (bodies or not countries):
            return _nearest(scene, bodies, figure.start) or _investor(scene, sentence)
        return home or (scene.key(countries[0]) if countries else _home(scene))
    bodies = [s for s in inside if _is_body(scene, s)]
    if measure == "agreements" and scene.document.lang == "en" and (state := party_of_treaties(scene, sentence)):
        return state
    if measure == "flights":
        carriers = [s for s in scene.within(0, sentence.end) if (t := scene.things.of(s)) and t.kind == "Company"]
        if scene.document.lang == "en":
            return next((scene.key(s) for s in reversed(carriers) if s in bodies or flies(scene, s)), None)
        flying = [s for s in scene.within(0, sentence.end) if scene.document.lang == "ru" and _is_body(scene, s) and flies(scene, s)]
        bodies = flying[-1:] or [s for s in bodies if s in carriers] or carriers[-1:] or bodies
    before = [(at, key) for at, key in bodies_meant(scene, sentence) if at < figure.start]
    if before and measure in _BODY_MEASURES and not any(before[-1][0] < b.start < figure.start for b in bodies):
        return before[-1][1]
    if (
        previous is not None
        and measure in _BODY_MEASURES
        and previous.measure in _BODY_MEASURES | {"founding-year"}
        and not any(previous.evidence[0].start <= b.start and b.start > sentence.start and b.end > figure.start for b in bodies)
    ):
        return previous.about if previous.evidence[0].start == sentence.start else _nearest(scene, bodies, figure.start) or previous.about
    if measure == "students" and not bodies and (country := schools_of(scene, sentence)):
        return country
    about = _nearest(scene, bodies, figure.start) or _speakers_body(scene, sentence) or _meant_body(scene, sentence)
    return None if about and measure in {"students", "faculties"} and scene.things[about].kind in _NO_SCHOOLS else about


def _who_invests(scene: Scene, sentence: Sentence) -> str | None:
    """Whose money a Russian sentence tells: the body a noun means, else the speaker's; a ministry's is the state's."""
    meant = next(iter(key for _, key in bodies_meant(scene, sentence)), None) or _speakers_body(scene, sentence)
    if meant and scene.things[meant].kind in _NO_SCHOOLS - {"InternationalOrganization"}:
        return _home(scene) if scene.things[meant].country == "KZ" else None
    return meant


def _meant_body(scene: Scene, sentence: Sentence) -> str | None:
    """The body the text spoke of last, where Kazakh points back to it by a common noun or a pronoun: `Университетте`, `онда`."""
    document = scene.document
    near = document.sentences[max(0, sentence.index - _NEAR)].start
    if document.lang == "kk" and not any(_is_body(scene, s) for s in scene.within(near, sentence.start)):
        tokens = document.tokens(sentence.start, sentence.end)
        free = (t for t in tokens if not any(s.start <= t.idx < s.end for s in scene.within(sentence.start, t.idx + 1)))
        if not any(kind_of_name(t.text, "kk") or t.lower_ in _POINTERS for t in free):
            return None
    return _last_body(scene, sentence)


def _investor(scene: Scene, sentence: Sentence) -> str | None:
    """Whose money a sentence without names tells: the body of the sentences before it, the state where that is its ministry."""
    near = scene.document.sentences[max(0, sentence.index - _NEAR)].start
    bodies = [t for s in scene.within(near, sentence.start) if _is_body(scene, s) and (t := scene.things.of(s))]
    deal = scene.document.lang == "kk" and re.search(r"келісім|шарт|меморандум", scene.document.folded[sentence.start : sentence.end])
    if deal or not bodies or bodies[-1].kind == "InternationalOrganization":
        return None
    return _home(scene) if bodies[-1].kind in _NO_SCHOOLS else bodies[-1].key


def _speakers_body(scene: Scene, sentence: Sentence) -> str | None:
    """The body of whoever tells a figure in a sentence that names none: `ректор университетте … оқитынын айтты`."""
    told = set(scene.persons(sentence))
    bodies = {key for h in scene.held if scene.key(h.person) in told and h.organization and (key := scene.key(h.organization))}
    return bodies.pop() if len(bodies) == 1 else None


def _home(scene: Scene) -> str | None:
    countries = [s for s in scene.spans if s.kind == "Country" and s.record == "country:KZ"]
    return scene.key(countries[0]) if countries else None

"""Figures about bodies, countries and occasions: what is counted, about whom, from where, as of when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.figure_measures import ATTENDING, measure_of, part_of
from elshi.ingest.annotate.figure_states import (
    aim,
    counterpart,
    country_of,
    flies,
    home,
    land_of,
    of_them,
    origin_of,
    parties_of_treaties,
    schools_of,
)
from elshi.ingest.annotate.figure_subjects import is_body, named_bodies, subject, unread
from elshi.ingest.annotate.figures import Figure, canonical, figures
from elshi.ingest.annotate.founding import founding_words
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Event, Statistic

__all__ = ["find_statistics"]

_BY: Final = "statistics/1"
#: Letters of the longest name in which a figure may stand, and between a figure and the year it is of.
_NAME: Final = 80
_REACH: Final = 96
#: Kinds of bodies that nobody studies at.
_NO_SCHOOLS: Final = frozenset({"Ministry", "Embassy", "GovernmentBody", "Parliament", "MediaOutlet", "InternationalOrganization"})
_OFFICIAL: Final = _NO_SCHOOLS - {"InternationalOrganization"}
#: Kinds of occasions that people come to, and those at which money is put into something.
_GATHERINGS: Final = frozenset({"Conference", "Ceremony", "Vote", "Meeting", "Launch", "Presentation"})
_WORKS: Final = frozenset({"Ceremony", "Launch", "Signing"})
#: What a measure that is told apart here is called in the scheme.
_CALLED: Final = {ATTENDING: "other", "deputies": "members"}
_STATE_MEASURES: Final = frozenset({"turnover", "visitors", "investment"})
_COUNTED_IN_WORDS: Final = frozenset({"students", "staff", "faculties", "flights", "projects"})
#: A number in words that is no article, and one that names no few of a text's own.
_SMALL: Final = 30
_MANY: Final = 100
_SINCE: Final = re.compile(r"(?:^|[^\w-])(?:с|со|начиная с|since|from)[ \u00a0]$")
_SINCE_REACH: Final = 12
#: What money goes into that is no body: `in the project`, `объект стоимостью`, `жобаға`.
_WORK: Final = re.compile(r"жоба|нысан|құрылыс|проект|объект|строительств|\b(?:project|facility|construction)\b")


def find_statistics(scene: Scene, events: Iterable[Event]) -> tuple[Statistic, ...]:
    """The figures of a document, each with the sentence that states it."""
    found: list[Statistic] = []
    known = list(events)
    previous: Statistic | None = None
    for sentence in scene.document.body:
        dates = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date"]
        for year in dates:
            if founding_words(scene, sentence, year) and (about := _founded(scene, sentence, year, previous)) is not None:
                previous = _add(found, Statistic("", about, "founding-year", year.name[:4], scene.document.evidence(sentence, by=_BY)))
        for figure in figures(scene.document, sentence, dates):
            statistic = _read(scene, sentence, figure, dates, known, previous)
            if statistic is not None:
                previous = _add(found, statistic)
    return tuple(found)


def _founded(scene: Scene, sentence: Sentence, year: Span, previous: Statistic | None) -> str | None:
    return subject(scene, sentence, Figure(year.start, year.end, Decimal(1)), previous, lambda key: True)


def _add(found: list[Statistic], statistic: Statistic) -> Statistic:
    named = Statistic(f"s{len(found) + 1}", *(getattr(statistic, f) for f in Statistic.__slots__[1:]))
    same = [
        s for s in found if (s.about, s.measure, s.value, s.from_country) == (named.about, named.measure, named.value, named.from_country)
    ]
    if same:
        return same[0]
    found.append(named)
    return named


def _read(
    scene: Scene, sentence: Sentence, figure: Figure, dates: list[Span], events: list[Event], previous: Statistic | None
) -> Statistic | None:
    beside = previous if previous and previous.evidence[0].start == sentence.start else None
    near = previous if previous and sentence.index - scene.document.sentence_at(previous.evidence[0].start).index <= 1 else None
    part = near is not None and of_them(scene, sentence, figure)
    part = part and near is not None and near.measure != "founding-year" and Decimal(near.value) > figure.value
    measure = part_of(scene, sentence, near.measure) if part and near else measure_of(scene, sentence, figure, beside)
    if measure is None or figure.value < 1 or figure.is_measure or _is_in_name(scene, sentence, figure):
        return None
    if figure.is_word and figure.value < _MANY and (measure not in _COUNTED_IN_WORDS or figure.value > _SMALL) and not part:
        return None
    about = near.about if part and near else _about(scene, sentence, figure, measure, events, previous)
    if about is None:
        return None
    origin = origin_of(scene, sentence, figure) if measure in {"students", "staff", "visitors"} else None
    whole = near if near and near.measure == measure and Decimal(near.value) > figure.value and near.about == about else None
    whole = whole if beside or part else None
    origin = origin or (whole.from_country if whole else None)
    other = counterpart(scene, sentence, about) if measure in {"turnover", "agreements"} else None
    year = _year(scene, figure, dates) if measure in _STATE_MEASURES else None
    evidence = scene.document.evidence(sentence, by=_BY)
    return Statistic(
        "", about, _CALLED.get(measure, measure), canonical(figure.value), evidence, figure.unit, figure.approximate, origin, other,
        whole.id if whole else None, year, 0.7,
    )  # fmt: skip


def _is_in_name(scene: Scene, sentence: Sentence, figure: Figure) -> bool:
    spans = scene.within(max(sentence.start, figure.start - _NAME), figure.end)
    return any(s.start <= figure.start < s.end and s.kind != "Date" for s in spans)


def _year(scene: Scene, figure: Figure, dates: list[Span]) -> str | None:
    """The year that a figure holds for: the nearest, where it is near and no year since which is counted."""
    years = [d for d in dates if d.get("form") != "years"]
    nearest = min(years, key=lambda d: _gap(figure, d), default=None)
    if nearest is None or _gap(figure, nearest) >= _REACH:
        return None
    first = min(years, key=lambda d: d.start)
    return None if _SINCE.search(scene.document.folded[max(0, first.start - _SINCE_REACH) : first.start]) else nearest.name[:4]


def _gap(figure: Figure, span: Span) -> int:
    return max(figure.start - span.end, span.start - figure.end, 0)


def _about(scene: Scene, sentence: Sentence, figure: Figure, measure: str, events: list[Event], previous: Statistic | None) -> str | None:
    inside = scene.within(sentence.start, sentence.end)
    if measure in {"participants", ATTENDING}:
        gathering = [e for e in events if e.kind in _GATHERINGS and e.evidence[0].start <= sentence.start]
        return gathering[-1].id if gathering else None
    if measure == "visitors":
        return aim(scene, inside)
    if measure == "turnover":
        return country_of(scene, sentence)
    if measure == "investment":
        return _investor(scene, sentence, figure, events, previous)
    if measure == "agreements" and (state := parties_of_treaties(scene, sentence)):
        return state
    if measure == "other":
        own = subject(scene, sentence, figure, previous, lambda key: True, silent=False)
        return land_of(scene, sentence, figure, own)
    if measure == "flights":
        return _carrier(scene, sentence, figure, previous)
    if measure == "students" and (country := schools_of(scene, sentence)):
        return country

    def fits(key: str) -> bool:
        kind = scene.things[key].kind
        return kind not in _NO_SCHOOLS if measure in {"students", "faculties"} else measure != "deputies" or kind == "Parliament"

    return subject(scene, sentence, figure, previous, fits)


def _carrier(scene: Scene, sentence: Sentence, figure: Figure, previous: Statistic | None) -> str | None:
    """The airline of a sentence, else the last one before it, else the company that flies by the sentence's own words."""
    flying = {k for s in scene.within(0, len(scene.document.text)) if is_body(scene, s) and flies(scene, s) and (k := scene.key(s))}
    named = [s for s in scene.within(sentence.start, sentence.end) if scene.key(s) in flying]
    if named or unread(scene, sentence, sentence.start, sentence.end):
        return scene.key(named[-1]) if named else None
    before = [s for s in scene.within(0, sentence.start) if scene.key(s) in flying]
    if before:
        return scene.key(before[-1])
    return subject(scene, sentence, figure, previous, lambda key: scene.things[key].kind == "Company", silent=False)


def _investor(scene: Scene, sentence: Sentence, figure: Figure, events: list[Event], previous: Statistic | None) -> str | None:
    """Whose money, or money in whose country, a figure is: a body's, a ministry's for its state, a country's; that of a work begun."""
    own = subject(scene, sentence, figure, None, lambda key: True, silent=False)
    inside = scene.within(sentence.start, sentence.end)
    countries = [k for s in inside if s.kind == "Country" and (k := scene.key(s))]
    work = _WORK.search(scene.document.folded, sentence.start, sentence.end)
    state = next((k for k in countries if scene.things[k].country == "KZ"), next(iter(countries), None))
    if own is None and state and not work and not unread(scene, sentence, sentence.start, figure.start):
        return state
    begun = [e for e in events if e.kind in _WORKS and e.evidence[0].start <= sentence.start]
    about = own or _company(scene, sentence) or (begun[-1].id if work and begun else None)
    about = about or subject(scene, sentence, figure, None, lambda key: scene.things[key].kind in _OFFICIAL)
    if about and any(t.key == about and t.kind in _OFFICIAL for t in scene.things):
        return home(scene) if scene.things[about].country == "KZ" else None
    return about or state


def _company(scene: Scene, sentence: Sentence) -> str | None:
    """The one company of the two sentences before a sentence in which no body is named."""
    near = scene.document.sentences[max(0, sentence.index - 2)].start
    bodies = {k for s in named_bodies(scene, near, sentence.start) if (k := scene.key(s))}
    companies = {k for k in bodies if scene.things[k].kind == "Company"}
    inside = scene.within(sentence.start, sentence.end)
    known = {h.person for h in scene.held} | {s for s in scene.within(0, sentence.start) if s.kind == "Person"}
    strange = any(is_body(scene, s) or s.kind == "Person" and s not in known for s in inside)  # a company may be taken for a person
    return companies.pop() if len(companies) == 1 and not strange and not unread(scene, sentence, sentence.start, sentence.end) else None

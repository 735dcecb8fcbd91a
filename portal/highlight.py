"""A reading as a page: the text with what it names and states marked in place, and its facts beside their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from elshi.ingest.model import Agreement, Cooperation, Entity, Event, Mention, Position, Reading, StatedDate, Statistic

__all__ = ["Fact", "facts_of", "highlighted", "kind_name", "said"]

Fact = Position | Event | Cooperation | Agreement | Statistic | StatedDate
_STYLE: Final = """
body { font: 17px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1c2330; }
mark { border-radius: .2em; padding: 0 .15em; background: #e8ecf3; color: inherit; }
mark.Person { background: #ffe3c2; } mark.place { background: #d5eedd; } mark.Date { background: #eadcf7; }
mark.organisation { background: #d6e6fb; }
.states { text-decoration: underline dotted #8a93a5; text-underline-offset: .3em; }
.states:target, tr:target { background: #fff6cf; } sup a { text-decoration: none; color: #3a5a9b; }
.text { white-space: pre-wrap; } .q { color: #4b5568; } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
td.sure { font-variant-numeric: tabular-nums; }
h1 { font-size: 1.4rem; } article + article { margin-top: 3rem; border-top: 1px solid #d8dde6; padding-top: 1rem; }
"""
_PLACES: Final = frozenset({"Country", "City", "Region"})
_UNSAID: Final = frozenset({"id", "evidence", "confidence", "kind"})


def highlighted(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one page of HTML for all readings, piece by piece."""
    yield f'<!doctype html>\n<html><head><meta charset="utf-8"><title>Elshi</title><style>{_STYLE}</style></head><body>\n'
    for number, reading in enumerate(readings, start=1):
        yield _article(reading, f"r{number}")
    yield "</body></html>\n"


def facts_of(reading: Reading) -> tuple[Fact, ...]:
    """Return the facts of a reading but its dates, which the text shows as they stand."""
    return (*reading.positions, *reading.events, *reading.cooperations, *reading.agreements, *reading.statistics)


def kind_name(fact: Fact) -> str:
    """Return what a fact is: a Meeting, a Position."""
    return fact.kind if isinstance(fact, Event) else type(fact).__name__


def said(fact: Fact, reading: Reading) -> str:
    """Return what a fact says, in a line: its values in the order of their fields, things by their names.

    Evidence, identifiers and confidence are left out.
    """
    names = {entity.key: entity.name for entity in reading.entities}
    parts = []
    for field in fact.__dataclass_fields__:
        value = getattr(fact, field)
        if field not in _UNSAID and value:
            values = value if isinstance(value, tuple) else (value,)
            parts.append(f"{field.replace('_', ' ')}: {', '.join(names.get(str(each), str(each)) for each in values)}")
    return "; ".join(parts)


def _article(reading: Reading, prefix: str) -> str:
    release, facts = reading.release, facts_of(reading)
    rows = "".join(_row(fact, reading, f"{prefix}-f{i}", f"{prefix}-s{_first(fact).start}") for i, fact in enumerate(facts, start=1))
    head = "<tr><th></th><th>fact</th><th>says</th><th>quoted</th><th>sure</th><th>found by</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    return (
        f'<article lang="{release.lang}"><h1>{escape(release.title)}</h1><p class="q">{escape(release.source_name)}</p>\n'
        f'<div class="text">{"".join(_sentences(reading, prefix))}</div>\n{table}</article>\n'
    )


def _first(fact: Fact) -> Mention:
    return fact.evidence[0]


def _sentences(reading: Reading, prefix: str) -> Iterator[str]:
    """The text, its stating sentences linked to their facts and its names marked."""
    text, names = reading.release.text, _names(reading)
    stated: dict[tuple[int, int], list[int]] = {}
    for number, fact in enumerate(facts_of(reading), start=1):
        for mention in fact.evidence:
            stated.setdefault((mention.start, mention.end), []).append(number)
    done = 0
    for start, end in _apart(stated):
        yield from _marked(text, names, done, start)
        notes = "".join(f'<sup><a href="#{prefix}-f{n}">{n}</a></sup>' for n in stated[start, end])
        yield f'<span class="states" id="{prefix}-s{start}">{"".join(_marked(text, names, start, end))}</span>{notes}'
        done = end
    yield from _marked(text, names, done, len(text))


def _apart(spans: Mapping[tuple[int, int], object]) -> Iterator[tuple[int, int]]:
    edge = 0
    for start, end in sorted(spans):
        if start >= edge:
            yield start, end
            edge = end


def _names(reading: Reading) -> list[tuple[Mention, str, str]]:
    """What is marked: mentions of entities and dates, the outer of nested ones, with the class and the title of each."""
    entities = [
        (
            mention,
            "place" if entity.kind in _PLACES else entity.kind if entity.kind == "Person" else "organisation",
            _titled(entity, mention),
        )
        for entity in reading.entities
        for mention in entity.mentions
    ]
    dates = [(mention, "Date", f"Date: {date.value} (by {mention.by})") for date in reading.dates for mention in date.evidence]
    return _outermost(sorted([*entities, *dates], key=lambda marked: (marked[0].start, -marked[0].end)))


def _titled(entity: Entity, mention: Mention) -> str:
    linked = f"; linked to {entity.record}: {entity.why}" if entity.record else f"; {entity.why}" if entity.why else ""
    return f"{entity.kind}: {entity.name} ({mention.score:.2f}, by {mention.by or '-'}{linked})"


def _outermost(spans: Sequence[tuple[Mention, str, str]]) -> list[tuple[Mention, str, str]]:
    kept: list[tuple[Mention, str, str]] = []
    for span in spans:
        if not kept or span[0].start >= kept[-1][0].end:
            kept.append(span)
    return kept


def _marked(text: str, spans: Iterable[tuple[Mention, str, str]], start: int, end: int) -> Iterator[str]:
    """A stretch of the text with the names that lie in it marked."""
    for mention, kind, title in spans:
        if start <= mention.start and mention.end <= end:
            yield escape(text[start : mention.start])
            yield f'<mark class="{escape(kind)}" title="{escape(title)}">{escape(mention.text)}</mark>'
            start = mention.end
    yield escape(text[start:end])


def _row(fact: Fact, reading: Reading, anchor: str, sentence: str) -> str:
    quoted = " … ".join(mention.text for mention in fact.evidence)
    found = ", ".join(dict.fromkeys(mention.by for mention in fact.evidence))
    return (
        f'<tr id="{anchor}"><td><a href="#{sentence}">{anchor.rpartition("f")[2]}</a></td><td>{escape(kind_name(fact))}</td>'
        f'<td>{escape(said(fact, reading))}</td><td class="q">{escape(quoted)}</td>'
        f'<td class="sure">{fact.confidence:.2f}</td><td>{escape(found)}</td></tr>\n'
    )

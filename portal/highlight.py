"""A reading as a page: the text with what it names marked in place, and its facts beside their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from elshi.ingest.model import Agreement, Cooperation, Event, Mention, Position, Reading, StatedDate, Statistic

__all__ = ["Fact", "highlighted", "said"]

Fact = Position | Event | Cooperation | Agreement | Statistic | StatedDate
_STYLE: Final = """
body { font: 17px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1c2330; }
mark { border-radius: .2em; padding: 0 .15em; background: #e8ecf3; }
mark.Person { background: #ffe3c2; } mark.place { background: #d5eedd; } mark.Date { background: #eadcf7; }
mark.organisation { background: #d6e6fb; }
.text { white-space: pre-wrap; } .q { color: #4b5568; } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
h1 { font-size: 1.4rem; } article + article { margin-top: 3rem; border-top: 1px solid #d8dde6; padding-top: 1rem; }
"""
_PLACES: Final = frozenset({"Country", "City", "Region"})


def highlighted(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one page of HTML for all readings, piece by piece."""
    yield f'<!doctype html>\n<html><head><meta charset="utf-8"><title>Elshi</title><style>{_STYLE}</style></head><body>\n'
    for reading in readings:
        yield _article(reading)
    yield "</body></html>\n"


def _article(reading: Reading) -> str:
    release = reading.release
    facts = "".join(_row(fact, reading) for fact in _facts(reading))
    table = f"<table><thead><tr><th>fact</th><th>says</th><th>quoted</th></tr></thead><tbody>{facts}</tbody></table>" if facts else ""
    return (
        f'<article lang="{release.lang}"><h1>{escape(release.title)}</h1><p class="q">{escape(release.source_name)}</p>\n'
        f'<div class="text">{"".join(_marked(release.text, _names(reading)))}</div>\n{table}</article>\n'
    )


def _names(reading: Reading) -> list[tuple[Mention, str, str]]:
    """What is marked: mentions of entities and dates, the outer of nested ones, with the class and the title of each."""
    entities = [
        (
            mention,
            "place" if entity.kind in _PLACES else entity.kind if entity.kind == "Person" else "organisation",
            f"{entity.kind}: {entity.name}",
        )
        for entity in reading.entities
        for mention in entity.mentions
    ]
    dates = [(mention, "Date", f"Date: {date.value}") for date in reading.dates for mention in date.evidence]
    return _outermost(sorted([*entities, *dates], key=lambda marked: (marked[0].start, -marked[0].end)))


def _outermost(spans: Sequence[tuple[Mention, str, str]]) -> list[tuple[Mention, str, str]]:
    kept: list[tuple[Mention, str, str]] = []
    for span in spans:
        if not kept or span[0].start >= kept[-1][0].end:
            kept.append(span)
    return kept


def _marked(text: str, spans: Iterable[tuple[Mention, str, str]]) -> Iterator[str]:
    done = 0
    for mention, kind, title in spans:
        yield escape(text[done : mention.start])
        yield f'<mark class="{escape(kind)}" title="{escape(title)}">{escape(mention.text)}</mark>'
        done = mention.end
    yield escape(text[done:])


def _facts(reading: Reading) -> list[Fact]:
    return [*reading.positions, *reading.events, *reading.agreements, *reading.cooperations, *reading.statistics]


def _row(fact: Fact, reading: Reading) -> str:
    quoted = " … ".join(mention.text for mention in fact.evidence)
    kind = fact.kind if isinstance(fact, Event) else type(fact).__name__
    return f'<tr><td>{escape(kind)}</td><td>{escape(said(fact, reading))}</td><td class="q">{escape(quoted)}</td></tr>\n'


def said(fact: Fact, reading: Reading) -> str:
    """Return what a fact says, in a line: its values in the order of their fields, things by their names.

    Evidence, identifiers and confidence are left out.
    """
    names = {entity.key: entity.name for entity in reading.entities}
    parts = []
    for field in fact.__dataclass_fields__:
        value = getattr(fact, field)
        if field in ("id", "evidence", "confidence", "kind") or not value:
            continue
        values = value if isinstance(value, tuple) else (value,)
        parts.append(f"{field.replace('_', ' ')}: {', '.join(names.get(str(each), str(each)) for each in values)}")
    return "; ".join(parts)

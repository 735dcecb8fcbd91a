"""Pictures of time in SVG: from when to when something was said to hold, and what happened in which month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

from markupsafe import Markup

from elshi.portal.drawings import months, shortened, svg

__all__ = ["Happening", "Span", "happenings", "spans"]

_WIDTH: Final = 860
_LABEL: Final = 310  # of that, for what a row is
_ROW: Final = 24
_DOT: Final = 5.5
_MONTHS: Final = 72  # that are drawn one by one
_STACK: Final = 12  # dots above each other; what is more is said in the title


@dataclass(frozen=True, slots=True)
class Span:
    """Something that held from one day to another, as far as releases tell."""

    name: str
    first: str  # 2026, 2026-03 or 2026-03-04
    last: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, or will."""

    day: str
    name: str
    href: str
    status: str = "held"


def spans(rows: Sequence[Span], title: str) -> Markup:
    """Draw each row as a bar over time; nothing where all rows are of one day and there is nothing to compare."""
    if len({day for row in rows for day in (row.first, row.last)}) < 2:
        return Markup("")
    low, high = min(_years(row.first) for row in rows), max(_years(row.last, end=True) for row in rows)
    room = max(high - low, 0.25)

    def across(when: float) -> float:
        return _LABEL + (when - low) / room * (_WIDTH - _LABEL - 10)

    deep = len(rows) * _ROW
    ticks = "".join(
        f'<line class="grid" x1="{across(when):.1f}" x2="{across(when):.1f}" y1="0" y2="{deep}"/><text class="tick" x="{across(when):.1f}" y="{deep + 14}">{name}</text>'
        for when, name in _ticks(low, low + room)
    )
    bars = "".join(_bar(row, place, across) for place, row in enumerate(rows))
    said = f"{title}: " + "; ".join(f"{row.name} {row.first}–{row.last}" for row in rows)
    return svg(_WIDTH, deep + 20, ticks + bars, said, "spans")


def _bar(row: Span, place: int, across: Callable[[float], float]) -> str:
    left, right = across(_years(row.first)), across(_years(row.last, end=True))
    y = place * _ROW
    name = f'<text class="row" x="{_LABEL - 10}" y="{y + 16}" text-anchor="end">{escape(shortened(row.name, 42))}</text>'
    return (
        f'{name}<rect class="bar" x="{left:.1f}" y="{y + 6}" width="{max(right - left, 4):.1f}" height="{_ROW - 12}" rx="3">'
        f"<title>{escape(row.name)}: {row.first} – {row.last}</title></rect>"
    )


def happenings(found: Sequence[Happening], title: str) -> Markup:
    """Draw each happening as a dot over its month, linked to its page, planned ones hollow; over its year, where the months are many."""
    dated = sorted((each for each in found if len(each.day) >= len("2026-03")), key=lambda each: each.day)
    if not dated:
        return Markup("")
    every = months(dated[0].day[:7], dated[-1].day[:7])
    if len(every) > _MONTHS:
        every = list(dict.fromkeys(month[:4] for month in every))
    cut = len(every[0])
    step = min(48.0, (_WIDTH - 10) / len(every))
    stacks = {month: list(each) for month, each in groupby(dated, key=lambda each: each.day[:cut])}
    deep = 2 * _DOT * min(max(map(len, stacks.values())), _STACK) + 8
    dots = "".join(
        _dot(each, 6 + every.index(month) * step + step / 2, deep - _DOT - 2 - 2 * _DOT * place)
        for month, stack in stacks.items() for place, each in enumerate(stack[:_STACK])
    )  # fmt: skip
    ticks = "".join(
        f'<text class="tick" x="{6 + place * step + step / 2:.1f}" y="{deep + 15:.1f}" text-anchor="middle">{name}</text>'
        for place, name in _month_ticks(every, step)
    )
    wide = int(max(step * len(every) + 12, 60))
    axis = f'<line class="axis" x1="0" x2="{wide}" y1="{deep:.1f}" y2="{deep:.1f}"/>'
    said = f"{title}: " + ", ".join(f"{month} {len(stack)}" for month, stack in stacks.items())
    return svg(wide, int(deep + 22), axis + dots + ticks, said, "happenings", role="group")


def _dot(each: Happening, x: float, y: float) -> str:
    said = escape(f"{each.day}: {each.name}")
    return (
        f'<a href="{escape(each.href)}" aria-label="{said}"><circle class="dot {escape(each.status)}" cx="{x:.1f}" cy="{y:.1f}" r="{_DOT - 1}">'
        f"<title>{said}</title></circle></a>"
    )


def _month_ticks(every: Sequence[str], step: float) -> Iterator[tuple[int, str]]:
    """Month names where they have room, else years."""
    shown = -100.0
    for place, month in enumerate(every):
        if (step * place - shown >= 56 and (step >= 20 or month[4:] in ("", "-01"))) or place == 0:
            yield place, month if step >= 20 else month[:4]
            shown = step * place


def _years(day: str, *, end: bool = False) -> float:
    """A day as a number of years; a month or a year stands for its first day, or for its last."""
    year, month, date = ([*map(int, day.split("-")), 0, 0])[:3]
    whole = (month - 1) / 12 + ((date - 1) / 365 if date else (1 / 12 if end else 0)) if month else float(end)
    return year + whole


def _ticks(low: float, high: float) -> Iterator[tuple[float, str]]:
    """Years, or months where there are few years."""
    span = high - low
    if span > 2:
        every = max(round(span / 8), 1)
        yield from ((float(year), str(year)) for year in range(int(low) + 1, int(high) + 1) if year % every == 0)
        return
    step = 1 if span < 0.6 else 3
    for number in range(int(low * 12) - 1, int(high * 12) + 2):
        when = number / 12
        if number % step == 0 and low - 0.02 <= when <= high - 0.04:
            yield max(when, low), f"{number // 12:04d}-{number % 12 + 1:02d}"

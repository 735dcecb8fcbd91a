"""Small pictures in SVG, drawn on the server: bars over months, lines of figures, who meets whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

__all__ = ["Link", "Tie", "bars", "line", "months", "shortened", "svg", "wheel"]

_WIDTH: Final = 720
_WHEEL: Final = 900  # a wheel is wider, for the names on both sides of it
_MONTHS: Final = 12
_LONGEST: Final = 1200  # months: a hundred years


@dataclass(frozen=True, slots=True)
class Link:
    """A neighbour in a wheel."""

    name: str
    weight: int
    href: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two neighbours that come together, by their places in the wheel."""

    one: int
    other: int
    weight: int


def bars(counts: Sequence[tuple[str, int]], title: str) -> Markup:
    """Draw how many there were in each month (`2026-03`) from the first to the last, months without any too."""
    if not counts:
        return Markup("")
    by_month = dict(counts)
    every = months(min(by_month), max(by_month))
    step, top = min(48.0, _WIDTH / len(every)), max(by_month.values())
    parts = []
    for place, month in enumerate(every):
        if count := by_month.get(month, 0):
            height = 80 * count / top
            parts.append(
                f'<rect class="bar" x="{place * step:.1f}" y="{100 - height:.1f}" width="{max(step - 2, 1):.1f}" height="{height:.1f}">'
                f"<title>{month}: {count}</title></rect>"
            )
            if step > 20:
                parts.append(f'<text class="count" x="{place * step + step / 2 - 1:.1f}" y="{96 - height:.1f}">{count}</text>')
    said = f"{title}: " + ", ".join(f"{month} {count}" for month, count in sorted(by_month.items()))
    wide = max(int(step * len(every)), 60)
    axis = f'<line class="axis" x1="0" x2="{wide}" y1="100" y2="100"/>'
    return svg(wide, 120, "".join([*parts, axis, *_ticks(every, step)]), said, "bars")


def _ticks(every: Sequence[str], step: float) -> Iterator[str]:
    """The first month, and each January, where they do not touch."""
    free = -1.0
    for place, month in enumerate(every):
        if (place == 0 or month.endswith("-01")) and place * step >= free:
            name = month if step > 4 or place == 0 else month[:4]
            yield f'<text class="tick" x="{place * step:.1f}" y="115">{name}</text>'
            free = place * step + 60


def line(points: Sequence[tuple[str, float]], title: str) -> Markup:
    """Draw figures over days; nothing where there is only one."""
    if len({day for day, _ in points}) < 2:
        return Markup("")
    ordered = sorted(points)
    low, high = min(value for _, value in ordered), max(value for _, value in ordered)
    spread = (high - low) or 1.0
    spots = [(10 + 180 * place / (len(ordered) - 1), 40 - 30 * (value - low) / spread) for place, (_, value) in enumerate(ordered)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(day)}: {value:g}</title></circle>'
        for (x, y), (day, value) in zip(spots, ordered, strict=True)
    )
    said = f"{title}: " + ", ".join(f"{day} {value:g}" for day, value in ordered)
    return svg(200, 50, f'<polyline class="line" points="{path}"/>{dots}', said, "spark")


def wheel(centre: str, links: Sequence[Link], ties: Sequence[Tie], title: str) -> Markup:
    """Draw one thing in the middle and its neighbours around it, the closest ones with the thickest lines; ties run between neighbours."""
    if not links:
        return Markup("")
    top = max(link.weight for link in links)
    spots = [_on_wheel(place, len(links)) for place in range(len(links))]
    chords = "".join(
        f'<path class="tie" d="M{_spot(spots[tie.one])} Q{_WHEEL / 2},190 {_spot(spots[tie.other])}" stroke-width="{min(0.6 + tie.weight * 0.4, 3):.1f}"/>'
        for tie in ties
    )
    spokes = "".join(
        f'<line class="edge" x1="{_WHEEL / 2}" y1="190" x2="{x:.1f}" y2="{y:.1f}" stroke-width="{1 + 4 * link.weight / top:.1f}"/>'
        for link, (x, y) in zip(links, spots, strict=True)
    )
    rim = "".join(_neighbour(link, x, y) for link, (x, y) in zip(links, spots, strict=True))
    middle = f'<circle class="hub" cx="{_WHEEL / 2}" cy="190" r="9"/><text class="hub" x="{_WHEEL / 2}" y="214" text-anchor="middle">{escape(shortened(centre))}</text>'
    return svg(_WHEEL, 380, chords + spokes + rim + middle, title, "wheel", role="group")


def _neighbour(link: Link, x: float, y: float) -> str:
    aside = (x - _WHEEL / 2) / 200
    anchor = "middle" if abs(aside) < 0.25 else "start" if aside > 0 else "end"
    shift = {"middle": 0, "start": 10, "end": -10}[anchor]
    drop = (18 if y > 190 else -12) if anchor == "middle" else 4
    return (
        f'<a href="{escape(link.href)}"><title>{escape(link.name)}: {link.weight}</title><circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        f'<text x="{x + shift:.1f}" y="{y + drop:.1f}" text-anchor="{anchor}">{escape(shortened(link.name))} ({link.weight})</text></a>'
    )


def _on_wheel(place: int, of: int) -> tuple[float, float]:
    angle = 2 * pi * place / of - pi / 2
    return _WHEEL / 2 + 200 * cos(angle), 190 + 140 * sin(angle)


def _spot(spot: tuple[float, float]) -> str:
    return f"{spot[0]:.1f},{spot[1]:.1f}"


def svg(width: int, height: int, inside: str, said: str, kind: str, *, role: str = "img") -> Markup:
    """A drawing; `said` tells it to those who do not see it."""
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{role}" aria-label="{escape(said)}">{inside}</svg>'
    )


def shortened(name: str, longest: int = 30) -> str:
    """A name that fits beside a dot."""
    return name if len(name) <= longest else name[: longest - 2].rstrip() + "…"


def months(first: str, last: str) -> list[str]:
    """Every month from one to another: `2026-03`, `2026-04`, …"""
    year, month = map(int, first.split("-"))
    found = [first]
    while found[-1] < last and len(found) < _LONGEST:
        year, month = (year, month + 1) if month < _MONTHS else (year + 1, 1)
        found.append(f"{year:04d}-{month:02d}")
    return found

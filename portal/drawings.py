"""Small pictures in SVG, drawn on the server: bars over months, lines of figures, who meets whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

__all__ = ["Link", "bars", "line", "wheel"]

_WIDTH: Final = 720
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A neighbour in a wheel."""

    name: str
    weight: int
    href: str


def bars(counts: Sequence[tuple[str, int]], title: str) -> Markup:
    """Draw how many there were in each month (`2026-03`) from the first to the last, months without any too."""
    if not counts:
        return Markup("")
    by_month = dict(counts)
    months = list(_months(min(by_month), max(by_month)))
    step, top = min(48.0, _WIDTH / len(months)), max(by_month.values())
    parts = []
    for place, month in enumerate(months):
        count = by_month.get(month, 0)
        height = 90 * count / top
        if count:
            parts.append(
                f'<rect class="bar" x="{place * step:.1f}" y="{100 - height:.1f}" width="{max(step - 2, 1):.1f}" height="{height:.1f}">'
                f"<title>{month}: {count}</title></rect>"
            )
            if step > 20:
                parts.append(f'<text class="count" x="{place * step + step / 2 - 1:.1f}" y="{97 - height:.1f}">{count}</text>')
        if place == 0 or month.endswith("-01") or (len(months) <= _MONTHS and step > 40):
            parts.append(f'<text class="tick" x="{place * step:.1f}" y="115">{month}</text>')
    said = f"{title}: " + ", ".join(f"{month} {count}" for month, count in sorted(by_month.items()))
    return _svg(max(int(step * len(months)), 60), 120, "".join([*parts, f'<line class="axis" x1="0" x2="{step * len(months):.0f}" y1="100" y2="100"/>']), said, "bars")


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
    return _svg(200, 50, f'<polyline class="line" points="{path}"/>{dots}', said, "spark")


def wheel(centre: str, links: Sequence[Link], title: str) -> Markup:
    """Draw one thing in the middle and its neighbours around it, the closest ones with the thickest lines."""
    if not links:
        return Markup("")
    top = max(link.weight for link in links)
    parts = []
    for place, link in enumerate(links):
        angle = 2 * pi * place / len(links) - pi / 2
        x, y = _WIDTH / 2 + 200 * cos(angle), 190 + 140 * sin(angle)
        anchor = "middle" if abs(cos(angle)) < 0.3 else "start" if cos(angle) > 0 else "end"
        shift = 0 if anchor == "middle" else 10 if anchor == "start" else -10
        drop = (16 if sin(angle) > 0 else -12) if anchor == "middle" else 4
        parts.append(
            f'<line class="edge" x1="{_WIDTH / 2}" y1="190" x2="{x:.1f}" y2="{y:.1f}" stroke-width="{1 + 4 * link.weight / top:.1f}"/>'
            f'<a href="{escape(link.href)}"><circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
            f'<text x="{x + shift:.1f}" y="{y + drop:.1f}" text-anchor="{anchor}">{escape(_short(link.name))} ({link.weight})</text></a>'
        )
    middle = f'<circle class="hub" cx="{_WIDTH / 2}" cy="190" r="9"/><text class="hub" x="{_WIDTH / 2}" y="214" text-anchor="middle">{escape(_short(centre))}</text>'
    return _svg(_WIDTH, 380, "".join([*parts, middle]), title, "wheel", role="group")


def _svg(width: int, height: int, inside: str, said: str, kind: str, *, role: str = "img") -> Markup:
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{role}" aria-label="{escape(said)}">{inside}</svg>'
    )


def _short(name: str) -> str:
    return name if len(name) <= 30 else name[:28].rstrip() + "…"


def _months(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    months = [first]
    while months[-1] < last and len(months) < 1200:
        year, month = (year, month + 1) if month < _MONTHS else (year + 1, 1)
        months.append(f"{year:04d}-{month:02d}")
    return months

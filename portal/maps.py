"""A map in SVG: countries shaded and cities dotted by how much happened there, over the outlines of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import cos, radians, sqrt
from typing import Final

from markupsafe import Markup

from elshi import resource
from elshi.portal.drawings import shortened, svg

__all__ = ["OUTLINES", "Spot", "world"]

#: The file of the pages that has the outlines: ten units a degree, east to the right, south down.
OUTLINES: Final = "world.svg"
_WIDTH, _HEIGHT = 960, 420
_NARROWEST: Final = 240.0  # units that a map is wide at least: a country seen with its neighbours
_NORTH, _SOUTH = -840.0, 580.0
_LABELS: Final = 9
_PATH: Final = re.compile(r'<path id="(\w\w)" d="([^"]+)"')
_NUMBERS: Final = re.compile(r"(-?\d+),(-?\d+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map: a country by its code, or a city by where it lies."""

    name: str
    weight: int  # 0 where nothing happened: the place itself
    href: str
    iso: str = ""
    at: tuple[float, float] | None = None  # latitude and longitude


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the world that is shown, and its scale; a degree of longitude is as wide as it is halfway up the map."""

    left: float
    top: float
    down: float  # pixels a unit
    across: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.across, (y - self.top) * self.down


def world(spots: Sequence[Spot], title: str, outlines: str) -> Markup:
    """Draw the part of the world where the spots are; `outlines` is the address of the outlines."""
    countries = [spot for spot in spots if spot.iso in _countries()]
    cities = [spot for spot in spots if spot.at]
    if not countries and not cities:
        return Markup("")
    frame = _framed([*_edges(countries), *(_unit(spot) for spot in cities)])
    top = max([spot.weight for spot in (*countries, *cities)] + [1])
    x, y = frame.place(-1800, -900)
    ground = (
        f'<image class="world" href="{escape(outlines)}" x="{x:.1f}" y="{y:.1f}" width="{3600 * frame.across:.1f}" '
        f'height="{1800 * frame.down:.1f}" preserveAspectRatio="none"/>'
    )
    shaded = "".join(_country(spot, frame, top) for spot in sorted(countries, key=lambda each: each.weight))
    said = f"{title}: " + ", ".join(f"{spot.name} {spot.weight or ''}".strip() for spot in (*countries, *cities))
    return svg(_WIDTH, _HEIGHT, ground + shaded + "".join(_cities(cities, frame, top)), said, "map", role="group")


def _country(spot: Spot, frame: _Frame, top: int) -> str:
    x, y = frame.place(0, 0)
    shade = 0.25 + 0.5 * sqrt(spot.weight / top)
    return (
        f'<a href="{escape(spot.href)}" aria-label="{escape(_said(spot))}"><path class="land" fill-opacity="{shade:.2f}" '
        f'transform="translate({x:.1f} {y:.1f}) scale({frame.across:.4f} {frame.down:.4f})" d="{_countries()[spot.iso]}">'
        f"<title>{escape(_said(spot))}</title></path></a>"
    )


def _cities(spots: Sequence[Spot], frame: _Frame, top: int) -> Iterator[str]:
    """Dots, the big ones below the small; names where there is room, those of the busiest first."""
    busiest = sorted(spots, key=lambda each: (-each.weight, each.name))
    taken: list[tuple[float, float, float, float]] = []
    named: dict[Spot, tuple[float, float, str]] = {}
    for spot in busiest[: _LABELS * 2]:
        room = next((each for each in _rooms(spot, frame, top) if not any(_overlap(each[0], other) for other in taken)), None)
        if room and len(named) < _LABELS:
            taken.append(room[0])
            named[spot] = room[1]
    for spot in busiest:
        x, y = frame.place(*_unit(spot))
        label = ""
        if spot in named:
            left, base, anchor = named[spot]
            label = f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}">{escape(shortened(spot.name))}</text>'
        yield (
            f'<a href="{escape(spot.href)}" aria-label="{escape(_said(spot))}"><circle class="spot" cx="{x:.1f}" cy="{y:.1f}" '
            f'r="{_radius(spot, top):.1f}"><title>{escape(_said(spot))}</title></circle>{label}</a>'
        )


def _rooms(spot: Spot, frame: _Frame, top: int) -> Iterator[tuple[tuple[float, float, float, float], tuple[float, float, str]]]:
    """Where a name may stand: right of its dot, or left of it; the box it fills, then where it begins."""
    x, y = frame.place(*_unit(spot))
    gap, wide = _radius(spot, top) + 4, 6.6 * len(shortened(spot.name))
    if x + gap + wide < _WIDTH:
        yield (x - gap, y - 8, x + gap + wide, y + 6), (x + gap, y + 4, "start")
    if x - gap - wide > 0:
        yield (x - gap - wide, y - 8, x + gap, y + 6), (x - gap, y + 4, "end")


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _radius(spot: Spot, top: int) -> float:
    return 4 + 8 * sqrt(spot.weight / top)


def _said(spot: Spot) -> str:
    return f"{spot.name}: {spot.weight}" if spot.weight else spot.name


def _unit(spot: Spot) -> tuple[float, float]:
    assert spot.at, "a city that lies somewhere"
    return spot.at[1] * 10, -spot.at[0] * 10


def _framed(points: Sequence[tuple[float, float]]) -> _Frame:
    """The smallest frame of the map's shape that holds all points with some room around them."""
    (west, east), (north, south) = ((min(values), max(values)) for values in zip(*points, strict=True))
    middle = (north + south) / 2
    shrink = cos(radians(min(abs(middle) / 10, 65)))
    wide = max((east - west) * 1.25 * shrink, (south - north) * 1.3 * _WIDTH / _HEIGHT, _NARROWEST)
    scale = _WIDTH / min(wide, 3600 * shrink, (_SOUTH - _NORTH) * _WIDTH / _HEIGHT)
    high = _HEIGHT / scale
    top = min(max(middle - high / 2, _NORTH), max(_SOUTH - high, _NORTH))
    return _Frame((west + east) / 2 - _WIDTH / scale / shrink / 2, top, scale, scale * shrink)


def _edges(countries: Sequence[Spot]) -> Iterator[tuple[float, float]]:
    """Corners of the biggest piece of each country: overseas parts would zoom the map out for nothing."""
    for spot in countries:
        pieces = [[(int(x), int(y)) for x, y in _NUMBERS.findall(piece)] for piece in _countries()[spot.iso].split("M")[1:]]
        xs, ys = zip(*max(pieces, key=len), strict=True)
        yield from ((min(xs), min(ys)), (max(xs), max(ys)))


@cache
def _countries() -> Mapping[str, str]:
    """The outline of each country by its ISO code."""
    return dict(_PATH.findall(resource(f"portal/web/static/{OUTLINES}").read_text(encoding="utf-8")))

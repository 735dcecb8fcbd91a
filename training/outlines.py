"""Draws portal/web/static/world.svg: python -m training.outlines countries-110m.json (of npm's world-atlas 2; needs PyPI's pycountry).

A degree is ten units, east to the right and south down: `viewBox="-1800 -900 3600 1800"`. Antarctica is left out. Disputed areas are drawn
as on the maps of the United Nations: Crimea in Ukraine, Northern Cyprus in Cyprus, Somaliland in Somalia.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pycountry

TARGET = Path(__file__).parents[1] / "portal/web/static/world.svg"
JOINED = {"N. Cyprus": "CY", "Somaliland": "SO"}
#: A ring of Russia that lies wholly within these degrees of longitude and latitude is Crimea.
CRIMEA = ((32.0, 37.0), (44.0, 46.5))
STYLE = (
    "path{fill:#e9ecef;stroke:#c3cad2;stroke-width:.6;stroke-linejoin:round;vector-effect:non-scaling-stroke}"
    "@media(prefers-color-scheme:dark){path{fill:#252e3a;stroke:#445062}}"
)


def main(path: Path) -> None:
    """Read the topology, put every piece with its country and write the drawing."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    countries: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
            countries.setdefault(_code(geometry, polygon, arcs), []).extend(polygon)
    paths = (f'<path id="{code}" d="{_drawn(rings, arcs)}"/>' for code, rings in sorted(countries.items()) if code != "AQ")
    TARGET.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800"><style>{STYLE}</style>\n' + "\n".join(paths) + "\n</svg>\n"
    )


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield x * transform["scale"][0] + transform["translate"][0], y * transform["scale"][1] + transform["translate"][1]


def _code(geometry: dict[str, Any], polygon: list[list[int]], arcs: list[list[tuple[float, float]]]) -> str:
    name, found = geometry["properties"]["name"], pycountry.countries.get(numeric=geometry.get("id", ""))
    code = found.alpha_2 if found else JOINED.get(name, name.replace(" ", "-"))
    spots = [spot for ring in polygon for spot in _points(ring, arcs)]
    return "UA" if code == "RU" and all(_within(spot) for spot in spots) else code


def _within(spot: tuple[float, float]) -> bool:
    return all(low <= degrees <= high for degrees, (low, high) in zip(spot, CRIMEA, strict=True))


def _drawn(rings: list[list[int]], arcs: list[list[tuple[float, float]]]) -> str:
    return "".join(f"M{' '.join(spots)}Z" for ring in _stitched(rings) for spots in _unrolled(list(_points(ring, arcs))))


def _unrolled(points: list[tuple[float, float]]) -> Iterator[list[str]]:
    """A ring on a flat map: one that crosses the 180th meridian goes on beyond the map's edge, and once more beyond the other edge."""
    turns, previous, flat = 0, points[0][0], []
    for x, y in points:
        turns += -1 if x - previous > 180 else 1 if previous - x > 180 else 0
        previous = x
        flat.append((x + 360 * turns, y))
    for shift in (0, -360, 360):
        moved = [(x + shift, y) for x, y in flat]
        if shift == 0 or any(-180 < x < 180 for x, _ in moved):
            yield list(dict.fromkeys(f"{round(x * 10)},{round(-y * 10)}" for x, y in moved))


def _stitched(rings: list[list[int]]) -> list[list[int]]:
    """Leave out the borders between pieces of one country, which each of the two has in its own direction, and close the rings anew."""
    every = [arc for ring in rings for arc in ring]
    inner = {arc for arc in every if ~arc in every}
    if not inner:
        return rings
    following = {arc: ring[(place + 1) % len(ring)] for ring in rings for place, arc in enumerate(ring)}
    left, closed = [arc for arc in every if arc not in inner], []
    while left:
        ring = [left.pop(0)]
        while (after := _after(ring[-1], following, inner)) != ring[0]:
            left.remove(after)
            ring.append(after)
        closed.append(ring)
    return closed


def _after(arc: int, following: dict[int, int], inner: set[int]) -> int:
    after = following[arc]
    while after in inner:
        after = following[~after]
    return after


def _points(ring: Iterable[int], arcs: list[list[tuple[float, float]]]) -> Iterator[tuple[float, float]]:
    for arc in ring:
        yield from (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

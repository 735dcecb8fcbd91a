"""Where cities lie: the coordinates and the region that GeoNames gives, by its identifiers."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from elshi import resource

__all__ = ["coordinates", "region_codes", "region_of", "states_called"]


def coordinates(record: str) -> tuple[float, float] | None:
    """Return the latitude and the longitude of the place that a record describes, None where GeoNames has no city of it.

    >>> coordinates("gn:1526273"), coordinates("region:central-asia")
    ((51.18, 71.446), None)
    """
    found = _row(record)
    return (float(found[1]), float(found[2])) if found else None


def region_of(record: str) -> str | None:
    """Return GeoNames' code of the region that a city lies in, where towns of one name are told apart by it.

    >>> region_of("gn:4975802"), region_of("gn:1526273")
    ('US.ME', None)
    """
    found = _row(record)
    return found[3] or None if found else None


@cache
def region_codes() -> Mapping[str, str]:
    """GeoNames' codes of curated regions, by the identifiers of these: `region:maine` is `US.ME`."""
    return {f"region:{slug}": code for slug, code, _ in _codes()}


@cache
def states_called() -> Mapping[str, str]:
    """The codes of regions that are called as a country is, by that name in small letters: `georgia` is `US.GA`."""
    return {name.casefold(): code for _, code, name in _codes() if name}


def _codes() -> list[tuple[str, str, str]]:
    """Slug, code and the country whose name it bears."""
    lines = resource("data/authorities/region_codes.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "slug"))]
    return [(row[0], row[1], row[2]) for row in rows]


def _row(record: str) -> list[str] | None:
    """Identifier, latitude, longitude and region of a city."""
    authority, _, identifier = record.partition(":")
    if authority != "gn":
        return None
    at = bisect_left(_table(), int(identifier), key=_identifier)
    found = _table()[at].split("\t") if at < len(_table()) else [""]
    return found if found[0] == identifier else None


def _identifier(line: str) -> int:
    return int(line[: line.index("\t")])


@cache
def _table() -> list[str]:
    """The lines of the file, which is sorted by identifier: of all its cities a release names few."""
    import zstandard

    packed = resource("data/authorities/coordinates.tsv.zst").read_bytes()
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as body:
        return body.read().decode().splitlines()[1:]

"""Where cities lie: the coordinates and the region that GeoNames gives, by its identifiers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from elshi import resource

__all__ = ["coordinates", "region_codes", "region_of", "states_called"]


def coordinates(record: str) -> tuple[float, float] | None:
    """Return the latitude and the longitude of the place that a record describes, None where GeoNames has no city of it.

    >>> coordinates("gn:1526273"), coordinates("region:central-asia")
    ((51.18, 71.446), None)
    """
    authority, _, identifier = record.partition(":")
    found = _table().get(identifier) if authority == "gn" else None
    if found is None:
        return None
    latitude, longitude, _ = found.split("\t")
    return float(latitude), float(longitude)


def region_of(record: str) -> str | None:
    """Return GeoNames' code of the region that a city lies in, where towns of one name are told apart by it.

    >>> region_of("gn:4975802"), region_of("gn:1526273")
    ('US.ME', None)
    """
    authority, _, identifier = record.partition(":")
    found = _table().get(identifier) if authority == "gn" else None
    return (found or "").rpartition("\t")[2] or None


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


@cache
def _table() -> Mapping[str, str]:
    """Latitude, longitude and region as they stand in the file: of all its cities a release names few."""
    import zstandard

    packed = resource("data/authorities/coordinates.tsv.zst").read_bytes()
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as body:
        _, *lines = body.read().decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)

"""Where cities lie: the coordinates that GeoNames gives, by its identifiers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from elshi import resource

__all__ = ["coordinates"]


def coordinates(record: str) -> tuple[float, float] | None:
    """Return the latitude and the longitude of the place that a record describes, None where GeoNames has no city of it.

    >>> coordinates("gn:1526273"), coordinates("region:central-asia")
    ((51.18, 71.446), None)
    """
    authority, _, identifier = record.partition(":")
    found = _table().get(identifier) if authority == "gn" else None
    if found is None:
        return None
    latitude, longitude = found.split("\t")
    return float(latitude), float(longitude)


@cache
def _table() -> Mapping[str, str]:
    """Latitude and longitude as they stand in the file: of all its cities a release names few."""
    import zstandard

    packed = resource("data/authorities/coordinates.tsv.zst").read_bytes()
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as body:
        _, *lines = body.read().decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)

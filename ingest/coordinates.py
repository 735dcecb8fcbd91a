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
    return _table().get(identifier) if authority == "gn" else None


@cache
def _table() -> Mapping[str, tuple[float, float]]:
    import zstandard

    packed = resource("data/authorities/coordinates.tsv.zst").read_bytes()
    with io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)), encoding="utf-8") as lines:
        next(lines)
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {identifier: (float(latitude), float(longitude)) for identifier, latitude, longitude in rows}

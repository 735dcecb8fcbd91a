"""Countries that a reading's facts speak of though the release does not name them: described by the book alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from elshi.ingest.authorities import Book
from elshi.ingest.model import Entity, Reading

__all__ = ["implied_countries"]

_COUNTRY: Final = re.compile(r"place/([a-z]{2})")


def implied_countries(reading: Reading, book: Book) -> tuple[Entity, ...]:
    """Return the countries that facts or entities of a reading refer to and that are no entities of it."""
    described = {entity.key for entity in reading.entities}
    found = sorted(set(_keys(reading)) - described)
    codes = [match[1].upper() for key in found if (match := _COUNTRY.fullmatch(key))]
    records = [record for code in codes if (record := book.country(code))]
    # The first name of an entity is its release's own; these have no release, so every name counts as known.
    return tuple(
        Entity(r.key, "Country", (("", ""), *(n for n in r.names if n[1] in ("kk", "ru", "en"))), country=r.country, same_as=r.same_as)
        for r in records
    )


def _keys(reading: Reading) -> Iterator[str]:
    for position in reading.positions:
        yield from filter(None, (position.organization, position.represents, position.accredited_to))
    for event in reading.events:
        yield from (*event.participants, *event.parties)
    for cooperation in reading.cooperations:
        yield from (*cooperation.parties, *cooperation.scope)
    for agreement in reading.agreements:
        yield from (*agreement.parties, *agreement.scope)
    for statistic in reading.statistics:
        yield from filter(None, (statistic.about, statistic.from_country, statistic.counterpart))
    for entity in reading.entities:
        if entity.country:
            yield f"place/{entity.country.lower()}"

"""The page of a person, an organisation, a place or a topic, gathered: its sections, and pictures of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from elshi.portal import drawings
from elshi.portal.kinds import finest
from elshi.portal.links import Links
from elshi.portal.maps import OUTLINES, Spot, world
from elshi.portal.network import network
from elshi.portal.records import EntityPage, Picture
from elshi.portal.sections import Names, Section, Source
from elshi.portal.timelines import Happening, Span, happenings, spans
from elshi.store.base import Term

__all__ = ["SECTIONS", "drawn_months", "drawn_places", "entity_page"]

#: Sections of an entity's page, in their order, by the first segment of its path.
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("positions", "occasions", "company", "spots", "pacts", "figures", "months", "reports"),
    "organization": ("positions", "occasions", "company", "spots", "pacts", "figures", "parts", "months", "reports"),
    "place": ("positions", "occasions", "company", "spots", "pacts", "figures", "months", "reports"),
    "topic": ("parts", "sides", "pacts", "occasions", "spots", "months", "reports"),
}
#: Offices that are drawn; where there are more, the table tells them better.
_MOST_SPANS: Final = 24


def entity_page(source: Source, lang: str, iri: str, classes: tuple[str, ...], links: Links) -> EntityPage:
    """Gather the page of an entity."""
    kind = iri.removeprefix(source.base_iri).partition("/")[0]
    labels, known, guessed, circle = (source.section(name, thing=iri) for name in ("names", "links", "guesses", "circle"))
    whole = [found for name in SECTIONS[kind] if (found := source.section(name, thing=iri))]
    names = source.names_in([known, guessed, *whole], lang, iri, *classes)
    title, title_lang = names.tagged(iri)
    drawn = {section.name: _drawn(section, circle, iri, title, names, links) for section in whole}
    sections = tuple(section.without(iri) for section in (*([guessed] if guessed else ()), *whole))
    return EntityPage(
        names, iri, title, title_lang, finest(classes), labels, known, sections,
        pictures={name: picture for name, picture in drawn.items() if picture.drawn},
        sparks=tuple(_sparks(next((section for section in whole if section.name == "figures"), None), names)),
    )  # fmt: skip


def drawn_months(section: Section, title: str) -> Picture:
    """Draw how many releases there were in each month."""
    return Picture(drawings.bars([(month.value, int(count.value)) for month, count in section.rows if month and count], title))


def drawn_places(section: Section, names: Names, links: Links, title: str) -> Picture:
    """Draw places on a map."""
    spots = [
        Spot(names.of(place.value), int(_value(row, "events") or 0), links.resource(place.value), _value(row, "iso"), _lies(row))
        for row in section.records() if (place := row["place"])
    ]  # fmt: skip
    return Picture(world(spots, title, links.static(OUTLINES)))


def _drawn(section: Section, circle: Section, iri: str, title: str, names: Names, links: Links) -> Picture:
    if section.name in ("company", "sides"):
        return network(section, circle, iri, title, names, links)
    if section.name == "spots":
        return drawn_places(section, names, links, title)
    if section.name == "months":
        return drawn_months(section, title)
    if section.name == "occasions":
        return Picture(happenings(list(_happenings(section, names, links)), title))
    if section.name == "positions" and len(section.rows) <= _MOST_SPANS:
        return Picture(spans(list(_spans(section, iri, names)), title))
    return Picture(Markup(""))


def _happenings(section: Section, names: Names, links: Links) -> Iterator[Happening]:
    for row in section.records():
        event = row["event"]
        if event:
            status = _value(row, "status").rpartition("#")[2] or "held"
            yield Happening(_value(row, "date"), names.of(event.value), links.resource(event.value), status)


def _spans(section: Section, iri: str, names: Names) -> Iterator[Span]:
    """What each office is, without whom the page is about."""
    for row in section.records():
        first, last = _value(row, "first"), _value(row, "last")
        told = [
            names.of(term.value)
            for name in ("person", "role", "organisation", "accredited")
            if (term := row.get(name)) and term.value != iri
        ]
        if first and last:
            yield Span(", ".join(told), first[:10], last[:10])


def _sparks(figures: Section | None, names: Names) -> Iterator[tuple[str, Markup]]:
    points: dict[str, list[tuple[str, float]]] = {}
    for row in figures.records() if figures else ():
        measure, value, day = row.get("measure"), row.get("value"), row.get("day")
        if measure and value and day and not row.get("from"):
            points.setdefault(measure.value, []).append((day.value, float(value.value)))
    for iri, found in points.items():
        if picture := drawings.line(found, names.of(iri)):
            yield names.of(iri), picture


def _lies(row: Mapping[str, Term | None]) -> tuple[float, float] | None:
    latitude, longitude = _value(row, "latitude"), _value(row, "longitude")
    return (float(latitude), float(longitude)) if latitude and longitude else None


def _value(row: Mapping[str, Term | None], name: str) -> str:
    term = row.get(name)
    return term.value if term else ""

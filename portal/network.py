"""Who takes part with whom, as a wheel that is drawn and as a graph to be explored."""

from __future__ import annotations

from typing import Final

from elshi.portal.drawings import Link, Tie, wheel
from elshi.portal.links import Links
from elshi.portal.records import Picture
from elshi.portal.sections import Names, Section

__all__ = ["network"]

#: Neighbours that are drawn; the table below the picture has the others.
_DRAWN: Final = 16


def network(section: Section, ties: Section, iri: str, title: str, names: Names, links: Links) -> Picture:
    """Draw the closest neighbours of a thing, and which of them come together."""
    near = [(other.value, int(count.value)) for other, count, *_ in section.rows if other and count and other.value != iri][:_DRAWN]
    place = {other: number for number, (other, _) in enumerate(near)}
    tied = [
        (one.value, other.value, int(count.value)) for one, other, count in ties.rows
        if one and other and count and one.value in place and other.value in place
    ]  # fmt: skip
    drawn = wheel(
        title, [Link(names.of(other), count, links.resource(other)) for other, count in near],
        [Tie(place[one], place[other], count) for one, other, count in tied], title,
    )  # fmt: skip
    things = [(iri, title), *((other, names.of(other)) for other, _ in near)]
    nodes = [{"id": thing, "name": name, "page": links.resource(thing), "kind": thing.rsplit("/", 2)[-2]} for thing, name in things]
    edges = [(iri, other, count) for other, count in near] + tied
    return Picture(drawn, {"nodes": nodes, "edges": [{"source": one, "target": other, "weight": count} for one, other, count in edges]})

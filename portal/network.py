"""Who takes part with whom, as a wheel that is drawn and as a graph to be explored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Final

from elshi.portal.drawings import Link, Tie, wheel
from elshi.portal.links import Links
from elshi.portal.records import Picture
from elshi.portal.sections import Names, Section

__all__ = ["network"]

#: Neighbours that are drawn; the table below the picture has the others.
_DRAWN: Final = 16


def network(section: Section, circle: Section, iri: str, title: str, names: Names, links: Links) -> Picture:
    """Draw the closest neighbours of a thing, and which of them come together in its events, which `circle` lists with those who take part."""
    near = [(other.value, int(count.value)) for other, count, *_ in section.rows if other and count and other.value != iri][:_DRAWN]
    place = {other: number for number, (other, _) in enumerate(near)}
    tied = [(one, other, count) for (one, other), count in sorted(_together(circle, place).items())]
    drawn = wheel(
        title, [Link(names.of(other), count, links.resource(other)) for other, count in near],
        [Tie(place[one], place[other], count) for one, other, count in tied], title,
    )  # fmt: skip
    things = [(iri, title), *((other, names.of(other)) for other, _ in near)]
    nodes = [{"id": thing, "name": name, "page": links.resource(thing), "kind": thing.rsplit("/", 2)[-2]} for thing, name in things]
    edges = [(iri, other, count) for other, count in near] + tied
    return Picture(drawn, {"nodes": nodes, "edges": [{"source": one, "target": other, "weight": count} for one, other, count in edges]})


def _together(circle: Section, near: Mapping[str, int]) -> Counter[tuple[str, str]]:
    """In how many events each two of the neighbours take part."""
    events: dict[str, set[str]] = {}
    for event, who in circle.rows:
        if event and who and who.value in near:
            events.setdefault(event.value, set()).add(who.value)
    return Counter(pair for those in events.values() for pair in combinations(sorted(those), 2))

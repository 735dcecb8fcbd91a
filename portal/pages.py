"""What each page shows, gathered from the store: records that the templates draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from elshi.ontology.vocab import expand
from elshi.portal.entity import SECTIONS, drawn_months, drawn_places, entity_page
from elshi.portal.kinds import finest, telling
from elshi.portal.links import Links
from elshi.portal.records import EntityPage, FactPage, ListPage, Page, Picture, ReleasePage, Resource, StartPage
from elshi.portal.release import release_page
from elshi.portal.sections import Section, Source

__all__ = [
    "TEMPLATES",
    "EntityPage",
    "FactPage",
    "ListPage",
    "Page",
    "ReleasePage",
    "Resource",
    "StartPage",
    "list_page",
    "resource_page",
    "start_page",
]

#: What draws the page of a resource.
TEMPLATES: Final[Mapping[type[Resource], str]] = {EntityPage: "entity.html", FactPage: "fact.html", ReleasePage: "release.html"}
#: Of whom the start page tells which are mentioned most.
_LEADING: Final = ("schema:Person", "org:Organization", "schema:Country", "elshi:Topic")
_LATEST: Final = 12
_FIRST: Final = 6
#: Things on one page of a list.
_LISTED: Final = 200


def start_page(source: Source, lang: str, links: Links | None = None) -> StartPage:
    """Gather the start page; with links, its pictures too."""
    counts, latest = source.section("counts"), source.section("latest").first(_LATEST)
    leading = {expand(kind): source.section("things", kind=expand(kind), limit=_FIRST) for kind in _LEADING}
    drawn = {name: source.section(name) for name in ("allmonths", "allplaces")}
    names = source.names_in([counts, latest, *leading.values(), *drawn.values()], lang, *map(expand, _LEADING))
    pictures: dict[str, Picture] = {}
    if links:
        pictures = {
            "allmonths": drawn_months(drawn["allmonths"], "Elshi"),
            "allplaces": drawn_places(drawn["allplaces"], names, links, "Elshi"),
        }
    found = {name: picture for name, picture in pictures.items() if picture.drawn}
    return StartPage(names, counts, latest, {kind: section for kind, section in leading.items() if section}, found, drawn)


def list_page(source: Source, lang: str, iri: str, number: int = 1) -> ListPage:
    """Gather a page of the things of a class, the most mentioned first; of releases, the latest."""
    most, skipped = _LISTED + 1, (number - 1) * _LISTED
    if iri == expand("elshi:Release"):
        things = source.section("latest", limit=most, offset=skipped)
    else:
        things = source.section("things", kind=iri, limit=most, offset=skipped)
    shown = things.first(_LISTED)
    return ListPage(source.names_in([shown], lang, iri), iri, shown, number, len(things.rows) > _LISTED)


def resource_page(source: Source, lang: str, iri: str, links: Links) -> Resource:
    """Gather the page of a resource that the store knows."""
    kind = iri.removeprefix(source.base_iri).partition("/")[0]
    classes = tuple(term.value for term in source.section("classes", thing=iri).column("class"))
    if kind == "release" and expand("elshi:Release") in classes:
        return release_page(source, lang, iri, classes)
    if kind in SECTIONS:
        return entity_page(source, lang, iri, classes, links)
    return _fact(source, lang, iri, classes)


def _fact(source: Source, lang: str, iri: str, classes: tuple[str, ...]) -> FactPage:
    content, quotes, figures = (source.section(name, thing=iri) for name in ("fact", "quotes", "figures"))
    content = content.ordered(lambda row: telling(row[0].value if row[0] else ""))
    names = source.names_in([content, quotes, figures], lang, iri, *classes)
    title, title_lang = names.tagged(iri)
    more: tuple[Section, ...] = (figures.without(iri),) if figures else ()
    return FactPage(names, iri, title, title_lang, finest(classes), content, quotes, more)

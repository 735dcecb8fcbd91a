"""What search engines read in a page: schema.org, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from elshi.ontology.vocab import expand
from elshi.portal.export.catalogue import Distribution
from elshi.portal.export.figures import Figures
from elshi.portal.export.publication import Publication
from elshi.portal.pages import EntityPage, FactPage, Page, ReleasePage
from elshi.portal.sections import Names

__all__ = ["about_data", "about_list", "about_resource", "embedded"]

#: Gives the address of a resource's page.
Url = Callable[[str], str]
_STATUS: Final[Mapping[str, str]] = {
    "held": "EventScheduled", "planned": "EventScheduled", "postponed": "EventPostponed", "cancelled": "EventCancelled",
}  # fmt: skip
_MOST: Final = 60  # things that an article is said to mention


def embedded(said: Mapping[str, Any]) -> Markup:
    """Return JSON-LD that may stand in a page: nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def about_resource(page: Page, lang: str, url: Url) -> dict[str, Any]:
    """What a page of a resource is about."""
    if isinstance(page, ReleasePage):
        return _article(page, url)
    if isinstance(page, EntityPage):
        return _entity(page, lang, url)
    return _fact(page, lang, url) if isinstance(page, FactPage) else {}


def about_list(name: str, url: str, lang: str) -> dict[str, Any]:
    """What a list of things is."""
    return {"@type": "CollectionPage", "name": name, "url": url, "inLanguage": lang}


def about_data(what: Publication, held: Figures, files: Sequence[Distribution], lang: str) -> dict[str, Any]:
    """The data as search engines for data want it."""
    said: dict[str, Any] = {
        "@type": "Dataset", "@id": f"{what.base_url}#dataset", "url": what.base_url, "name": _text(what.title, lang),
        "description": _text(what.description, lang), "inLanguage": list(held.languages), "isAccessibleForFree": True,
        "keywords": list(what.keywords.get(lang) or what.keywords.get("", ())),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": what.base_url + file.path, "encodingFormat": file.media_type, "contentSize": str(file.size)}
            for file in files
        ],
    }  # fmt: skip
    if held.first:
        said["temporalCoverage"] = f"{held.first[:10]}/{held.last[:10]}"
    if held.modified:
        said["dateModified"] = held.modified
    if what.licence:
        said["license"] = what.licence.url
    if what.publisher:
        said["creator"] = said["publisher"] = _filled(
            {"@type": "Organization", "name": _text(what.publisher, lang), "url": what.publisher_url}
        )
    return _filled(said | {"identifier": what.identifier, "datePublished": what.issued})


def _article(page: ReleasePage, url: Url) -> dict[str, Any]:
    about = {name: term.value for name, term in page.about.items()}
    return _filled({
        "@type": "NewsArticle", "@id": page.iri, "url": url(page.iri), "headline": page.title, "inLanguage": page.lang,
        "datePublished": about.get("issued", ""), "isBasedOn": about.get("url", ""),
        "publisher": {"@type": "Organization", "name": page.names.of(about["publisher"])} if "publisher" in about else "",
        "mentions": [_named(iri, page.names, url) for iri in list(page.classes)[:_MOST]],
    })  # fmt: skip


def _entity(page: EntityPage, lang: str, url: Url) -> dict[str, Any]:
    linked = _values(page.links.records())
    kind = _kind(page)
    others = sorted({row["name"].value for row in page.labels.records() if row["name"]} - {page.title})
    said: dict[str, Any] = {
        "@type": kind, "@id": page.iri, "url": url(page.iri), "name": page.title, "alternateName": others,
        "sameAs": linked.get(expand("owl:sameAs"), []),
    }  # fmt: skip
    if kind == "Person":
        said |= _offices(page)
    for property, name, other in (
        ("org:subOrganizationOf", "parentOrganization", "Organization"), ("schema:containedInPlace", "containedInPlace", "Place"),
        ("schema:location", "location", "Place"),
    ):  # fmt: skip
        if found := linked.get(expand(property)):
            said[name] = {"@type": other, **_named(found[0], page.names, url)}
    return _filled(said)


def _offices(page: EntityPage) -> dict[str, Any]:
    rows = [row for section in page.sections if section.name == "positions" for row in section.records()]
    roles = dict.fromkeys(page.names.of(role.value) for row in rows if (role := row.get("role")))
    bodies = dict.fromkeys(page.names.of(body.value) for row in rows if (body := row.get("organisation")))
    return {"jobTitle": list(roles), "affiliation": [{"@type": "Organization", "name": name} for name in bodies]}


def _fact(page: FactPage, lang: str, url: Url) -> dict[str, Any]:
    said = _values(page.content.records())
    releases = dict.fromkeys(row["release"].value for row in page.quotes.records() if row["release"])
    shared = {"@id": page.iri, "url": url(page.iri), "name": page.title}
    if "/event/" not in page.iri:
        articles = [{"@type": "NewsArticle", **_named(release, page.names, url)} for release in releases]
        return _filled({"@type": "Claim", **shared, "inLanguage": lang, "appearance": articles})
    status = next(iter(said.get(expand("elshi:status"), [""]))).rpartition("#")[2]
    return _filled({
        "@type": "Event", **shared, "startDate": next(iter(said.get(expand("schema:startDate"), [])), ""),
        "endDate": next(iter(said.get(expand("schema:endDate"), [])), ""),
        "location": [{"@type": "Place", **_named(place, page.names, url)} for place in said.get(expand("schema:location"), [])],
        "attendee": [_named(who, page.names, url) for who in said.get(expand("elshi:participant"), [])],
        "eventStatus": f"https://schema.org/{_STATUS[status]}" if status in _STATUS else "",
        "subjectOf": [{"@type": "NewsArticle", **_named(release, page.names, url)} for release in releases],
    })  # fmt: skip


def _kind(page: EntityPage) -> str:
    kinds = {iri.rpartition("/")[2].rpartition("#")[2] for iri in page.kinds}
    path = page.iri.split("/")
    special = next((kind for kind in ("Country", "City") if kind in kinds), None)
    return special or {"person": "Person", "organization": "Organization", "topic": "DefinedTerm"}.get(path[-2], "Place")


def _named(iri: str, names: Names, url: Url) -> dict[str, str]:
    return {"@id": iri, "name": names.of(iri), "url": url(iri)}


def _values(rows: Iterator[Mapping[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["property"] and row["value"]:
            found.setdefault(row["property"].value, []).append(row["value"].value)
    return found


def _text(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("") or next(iter(texts.values()), "")


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in said.items() if value not in ("", [], {}, None)}

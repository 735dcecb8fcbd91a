"""Where the pages of a static site lie, and the links between them: relative, so that the site may stand anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from elshi import resource
from elshi.ontology.vocab import prefixes
from elshi.portal.export.entities import file_stem
from elshi.portal.links import Links
from elshi.portal.sections import page_queries, page_query
from elshi.queries.catalogue import bind, saved
from elshi.queries.formats import curie

__all__ = ["BUNDLES", "Addresses", "StaticLinks", "has_bundle"]

_KNOWN: Final = 1 << 16  # resources of which it is remembered whether there is a page
#: Bundles of others that pages use where they have been fetched.
BUNDLES: Final = ("cytoscape.min.js",)
#: Pages of a server that a site has too, and what they are called there.
_PAGES: Final[Mapping[str, str]] = {"/": "index", "/queries": "queries"}


def has_bundle(name: str) -> bool:
    """Tell whether a bundle has been fetched."""
    return resource(f"portal/web/vendor/{name}").is_file()


@dataclass(slots=True)
class Addresses:
    """The addresses of a site's files; it notes which lists of things have been linked to, so that they get written."""

    base_iri: str
    languages: tuple[str, ...]  # the first one's pages have plain names
    endpoint: str
    knows: Callable[[str], bool]
    lists: dict[str, str] = field(default_factory=dict)  # class -> stem of its page

    def __post_init__(self) -> None:
        """Remember what is known."""
        self.knows = lru_cache(maxsize=_KNOWN)(self.knows)

    def file(self, stem: str, lang: str | None, end: str = "html") -> str:
        """The path of a page from the root of the site."""
        return f"{stem}.{end}" if lang in (None, self.languages[0]) else f"{stem}.{lang}.{end}"

    def resource(self, iri: str) -> str:
        """The stem of a resource's files."""
        return f"id/{file_stem(iri.removeprefix(self.base_iri))}"

    def things(self, iri: str) -> str:
        """The stem of the list of a class."""
        if iri not in self.lists:
            self.lists[iri] = f"things/{curie(iri, prefixes(self.base_iri)).replace(':', '-').replace('/', '-')}"
        return self.lists[iri]

    def links(self, stem: str, lang: str, root: str | None = None) -> StaticLinks:
        """The links of a page; `root` makes them absolute."""
        up = "../" * stem.count("/") if root is None else root
        return StaticLinks(self.base_iri, lang=lang, up=up, site=self)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticLinks(Links):
    """Makes the links of one page."""

    up: str  # leads from the page to the root of the site
    site: Addresses

    def resource(self, iri: str, form: str = "html") -> str:
        """The page of a resource, or another form of it; anything without a page is linked as it is."""
        if not self.ours(iri):
            return iri if iri.startswith(("http://", "https://")) else "#"
        return self.up + self.site.file(self.site.resource(iri), self.lang if form == "html" else None, form)

    def ours(self, iri: str) -> bool:
        """Whether the site has a page of a resource."""
        return iri.startswith(self.base_iri) and self.site.knows(iri)

    def things(self, iri: str) -> str:
        """The list of the things of a class."""
        return self.up + self.site.file(self.site.things(iri), self.lang)

    def paged(self, iri: str, number: int) -> str:
        """One page of a list that has several."""
        stem = self.site.things(iri)
        return self.up + self.site.file(stem if number == 1 else f"{stem}-{number}", self.lang)

    def sparql(self, query: str, format: str = "html") -> str:
        """The answer to a query, where there is an endpoint."""
        said = {"query": query} if format == "html" else {"query": query, "format": format}
        return f"{self.site.endpoint}?{urlencode(said)}" if self.site.endpoint else ""

    def query(self, name: str, given: Mapping[str, str] | None = None) -> str:
        """The text of a saved query; with parameters, its answer, where there is an endpoint."""
        if given is None:
            return f"{self.up}queries/{name}.rq"
        if not self.site.endpoint:
            return ""
        query = page_query(name) if name in page_queries() else saved(name)
        return self.sparql(bind(query, given, base_iri=self.base_iri) if given else query.text)

    def static(self, name: str) -> str:
        """A file that belongs to the pages."""
        return f"{self.up}static/{name}"

    def page(self, path: str, given: Mapping[str, str] | None = None, *, chosen: bool = True) -> str:
        """A page by its path on a server, where the site has it."""
        if path == "/sparql":
            return self.site.endpoint
        if path.startswith("/vendor/") and path.removeprefix("/vendor/") in BUNDLES and has_bundle(path.removeprefix("/vendor/")):
            return f"{self.up}{path[1:]}"
        if path == "/feed.atom":
            return self.up + self.site.file("feed", self.lang, "atom")
        return self.up + self.site.file(_PAGES[path], self.lang) if path in _PAGES else ""

    def in_language(self, here: str, code: str) -> str:
        """The same page in another language."""
        return self.up + self.site.file(here, code)

    def vocabulary(self) -> str:
        """The pages about the terms."""
        return self.up + self.site.file("ns/index", self.lang)

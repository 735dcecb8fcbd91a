"""A static site: the pages of the server as files, each resource with its Turtle and JSON-LD beside it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import count
from typing import Any, Final, TypeVar

from elshi import resource
from elshi.ontology.graph import serialized
from elshi.portal import pages
from elshi.portal.export.addresses import BUNDLES, Addresses, has_bundle
from elshi.portal.export.catalogue import Distribution
from elshi.portal.export.entities import tells_of, things
from elshi.portal.export.figures import Figures
from elshi.portal.export.folder import Folder
from elshi.portal.export.publication import Publication
from elshi.portal.export.structured import about_data, about_list, about_resource, embedded
from elshi.portal.jsonld import compact
from elshi.portal.labels import LANGUAGES
from elshi.portal.questions import questions
from elshi.portal.render import Renderer
from elshi.portal.sections import Source
from elshi.queries.catalogue import catalogue as saved_queries
from elshi.queries.formats import FORMATS
from elshi.store.base import Row, View

__all__ = ["Website"]

T = TypeVar("T")
_AT_ONCE: Final = 3  # resources asked about at a time
_TURTLE: Final = FORMATS["ttl"].media_type
_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")


class Website:
    """Writes the pages of a site in some languages, one resource after the other."""

    def __init__(self, view: View, folder: Folder, what: Publication, languages: Sequence[str], *, provenance: bool = True) -> None:
        """Write the pages of a store into a folder."""
        self._source = _Remembering(view, what.base_iri)
        self._view, self._folder, self._what = view, folder, what
        self.languages = {lang: LANGUAGES[lang] for lang in languages}
        self.addresses = Addresses(what.base_iri, tuple(languages), what.endpoint, self._has)
        self._renderer = Renderer(what.base_iri)
        self._provenance = provenance

    def resources(self) -> Iterator[str]:
        """Write the files of every resource; yield each IRI when they are there."""
        told = things(self._view, self._what.base_iri, provenance=self._provenance)
        # The engine lets go of the interpreter while it searches: some resources are asked about while another is drawn.
        with ThreadPoolExecutor(_AT_ONCE, "elshi-draws") as pool:
            for iri, files in _ahead(pool, self._resource, told):
                for path, body in files:
                    self._folder.write(path, body)
                yield iri

    def start(self, held: Figures, files: Sequence[Distribution], *, catalogued: bool) -> None:
        """Write the start page: what there is, and what can be fetched."""
        for lang in self.languages:
            page = pages.start_page(self._source, lang, self.addresses.links("index", lang))
            about = embedded(about_data(self._what, held, files, lang))
            shown: dict[str, Any] = {"page": page, "downloads": files, "catalogued": catalogued, "licence": self._what.licence}
            self.page("index", lang, "site-start.html", structured=about, **shown)

    def lists(self) -> Iterator[str]:
        """Write the lists of things that pages have linked to, and those which these link to; yield the stems of their pages."""
        written: set[str] = set()
        while waiting := sorted(self.addresses.lists.keys() - written):
            for iri in waiting:
                written.add(iri)
                yield from self._list(iri)

    def _list(self, iri: str) -> Iterator[str]:
        """Write a list, page by page."""
        for number in count(1):
            stem = self.addresses.lists[iri] if number == 1 else f"{self.addresses.lists[iri]}-{number}"
            self._source.forget()
            for lang in self.languages:
                page = pages.list_page(self._source, lang, iri, number)
                about = about_list(page.names.of(iri), self.url(stem, lang), lang)
                self.page(stem, lang, "list.html", page=page, structured=embedded(about))
            yield stem
            if not page.more:
                return

    def queries(self) -> None:
        """Write the saved queries, and the page that lists them."""
        for name, query in saved_queries().items():
            self._folder.write(f"queries/{name}.rq", query.text)
        for lang in self.languages:
            self.page("queries", lang, "queries.html", queries=questions(lang))

    def feed(self) -> None:
        """Write the feed of new releases in each language; its links are absolute."""
        latest = self._source.section("latest")
        days = sorted(term.value[:10] for term in latest.column("day"))
        updated = f"{days[-1] if days else '1970-01-01'}T00:00:00Z"
        for lang in self.languages:
            links = self.addresses.links("feed", lang, self._what.base_url)
            names = self._source.names_in([latest], lang)
            text = self._renderer.page("feed.atom", lang, links=links, latest=latest, names=names, updated=updated, origin="")
            self._folder.write(self.addresses.file("feed", lang, "atom"), text)

    def assets(self) -> None:
        """Write the files that the pages need."""
        for path, body in _files("portal/web/static"):
            self._folder.write(f"static/{path}", body)
        for name in filter(has_bundle, BUNDLES):
            for file in (name, "LICENSES.txt"):
                self._folder.write(f"vendor/{file}", resource(f"portal/web/vendor/{file}").read_bytes())

    def page(self, stem: str, lang: str, template: str, **context: Any) -> None:
        """Write a page; `links` in the context makes other links than its place does."""
        self._folder.write(*self._page(stem, lang, template, **context))

    def _page(self, stem: str, lang: str, template: str, **context: Any) -> tuple[str, str]:
        """The path of a page, and the page."""
        common = {"links": self.addresses.links(stem, lang), "languages": self.languages}
        return self.addresses.file(stem, lang), self._renderer.page(template, lang, here=stem, **{**common, **context})

    def url(self, stem: str, lang: str) -> str:
        """The address of a page on the web."""
        return self._what.base_url + self.addresses.file(stem, lang)

    def _has(self, iri: str) -> bool:
        """Whether the site has a page of a resource."""
        return _SAFE.fullmatch(iri) is not None and tells_of(self._view, iri, self._what.base_iri, provenance=self._provenance)

    def _resource(self, iri: str) -> list[tuple[str, str]]:
        """The paths of the files of a resource, and what is in them."""
        source, stem = _Remembering(self._view, self._what.base_iri), self.addresses.resource(iri)
        lines = sorted(source.triples(iri))
        files = [
            (f"{stem}.ttl", serialized(lines, _TURTLE, prefixes=source.prefixes)),
            (f"{stem}.jsonld", compact(lines, iri, source.prefixes)),
        ]
        for lang in self.languages:
            links = self.addresses.links(stem, lang)
            page = pages.resource_page(source, lang, iri, links)
            about = about_resource(page, lang, self._url_of(lang))
            context = {"links": links, "page": page, "structured": embedded(about) if about else None}
            files.append(self._page(stem, lang, pages.TEMPLATES[type(page)], **context))
        return files

    def _url_of(self, lang: str) -> Callable[[str], str]:
        links = self.addresses.links("", lang, self._what.base_url)
        return links.resource


class _Remembering(Source):
    """Asks each query once about a resource, whatever the languages of its pages."""

    def __init__(self, view: View, base_iri: str) -> None:
        """Ask a view."""
        super().__init__(view, base_iri)
        self._answers: dict[str, tuple[tuple[str, ...], tuple[Row, ...]]] = {}

    def forget(self) -> None:
        """Turn to another resource."""
        self._answers.clear()

    def _rows(self, text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        if text not in self._answers:
            self._answers[text] = super()._rows(text)
        return self._answers[text]


def _ahead(pool: Executor, make: Callable[[str], T], names: Iterable[str]) -> Iterator[tuple[str, T]]:
    """Yield what is made of each name, in their order, while what comes next is being made; never much more than is asked for."""
    waiting: deque[tuple[str, Future[T]]] = deque()
    for name in names:
        waiting.append((name, pool.submit(make, name)))
        if len(waiting) > 2 * _AT_ONCE:
            first, made = waiting.popleft()
            yield first, made.result()
    for name, made in waiting:
        yield name, made.result()


def _files(name: str, under: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(resource(name).iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(f"{name}/{entry.name}", f"{under}{entry.name}/")
        else:
            yield f"{under}{entry.name}", entry.read_bytes()

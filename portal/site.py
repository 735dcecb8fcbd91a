"""The pages over HTTP: each handler reads what was asked, gathers the page and renders it; rendered pages are kept while the edition lasts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from elshi.ontology.graph import serialized
from elshi.ontology.vocab import ENTITY_CLASSES, RESOURCE_KINDS, expand
from elshi.portal import pages
from elshi.portal.answer import Limits
from elshi.portal.edition import Edition, Shelf
from elshi.portal.endpoint import HTML, tagged
from elshi.portal.jsonld import compact
from elshi.portal.labels import LANGUAGES, words
from elshi.portal.makers import Makers
from elshi.portal.negotiation import choose, preferred_language
from elshi.portal.protocol import Refused
from elshi.portal.render import Renderer
from elshi.portal.sections import Source
from elshi.queries.formats import FORMATS
from elshi.queries.lookup import search

__all__ = ["Site", "language"]

#: The forms of a resource, by the end of the address.
_FORMS: Final = {"html": HTML, "ttl": FORMATS["ttl"].media_type, "jsonld": FORMATS["jsonld"].media_type}
_RDF: Final = {media_type: form for form, media_type in _FORMS.items()}
_ALIASES: Final = {"application/xhtml+xml": "html", "application/json": "jsonld", "application/x-turtle": "ttl"}
_KEPT: Final = 512  # rendered pages
_DIGITS: Final = 7  # of the number of a page


def language(request: Request) -> tuple[str, str | None]:
    """Return the language of a page, and the same where it was chosen by `?lang=`."""
    chosen = request.query_params.get("lang")
    if chosen is not None and chosen in LANGUAGES:
        return chosen, chosen
    return preferred_language(request.headers.get("accept-language"), list(LANGUAGES)), None


class Site:
    """The pages of a store."""

    def __init__(self, shelf: Shelf, base_iri: str, root: str = "", *, limits: Limits = Limits()) -> None:
        """Show the current edition of a store, under a path, within limits for each page."""
        self.shelf, self.base_iri, self._limits = shelf, base_iri, limits
        self.makers = Makers(patience=limits.seconds)
        self.renderer = Renderer(base_iri, root)
        self._root = root
        self._kept: OrderedDict[tuple[str, ...], str] = OrderedDict()
        self._lock = threading.Lock()

    async def start(self, request: Request) -> Response:
        """The start page."""
        links = self.renderer.links(language(request)[1])
        return await self._page(request, lambda source, lang: ("start.html", {"page": pages.start_page(source, lang, links)}))

    async def things(self, request: Request) -> Response:
        """The things of a class."""
        iri = request.query_params.get("class", "")
        if not iri.startswith(("http://", "https://")):
            raise Refused(400, "name a class: ?class=https://schema.org/Person")
        asked = request.query_params.get("page", "1")
        number = max(int(asked), 1) if asked.isdecimal() and len(asked) < _DIGITS else 1
        return await self._page(request, lambda source, lang: ("list.html", {"page": pages.list_page(source, lang, iri, number)}))

    async def search(self, request: Request) -> Response:
        """Entities and releases by name."""
        sought = request.query_params.get("q", "").strip()[:200]

        def gather(source: Source, lang: str) -> tuple[str, dict[str, object]]:
            found = search(self.shelf.now().view, sought, lang=lang, base_iri=self.base_iri)[:50] if sought else []
            hits = [(hit, expand(ENTITY_CLASSES.get(hit.kind, (f"elshi:{hit.kind}",))[0])) for hit in found]
            titles = source.section("titles", text=sought) if sought else None
            names = source.names_in([titles] if titles else [], lang, *(kind for _, kind in hits))
            return "search.html", {"sought": sought, "hits": hits, "titles": titles, "names": names}

        return await self._page(request, gather)

    async def feed(self, request: Request) -> Response:
        """New releases, for feed readers."""

        def gather(source: Source, lang: str) -> tuple[str, dict[str, object]]:
            latest = source.section("latest")
            days = sorted(term.value[:10] for term in latest.column("day"))
            updated = f"{days[-1] if days else '1970-01-01'}T00:00:00Z"
            return "feed.atom", {"latest": latest, "names": source.names_in([latest], lang), "updated": updated, "origin": origin}

        origin = f"{request.url.scheme}://{request.url.netloc}"
        return await self._page(request, gather, media_type="application/atom+xml", also=origin)

    async def resource(self, request: Request) -> Response:
        """A resource, or one of its forms: the IRI itself leads on to the form wanted most."""
        path = self._path(request)
        iri, form = await run_in_threadpool(self._found, path)
        if form is None:
            return self._led_on(request, iri)
        if form != "html":
            return await self._described(request, iri, form)
        chosen = language(request)[1]

        def gather(source: Source, lang: str) -> tuple[str, dict[str, object]]:
            page = pages.resource_page(source, lang, iri, self.renderer.links(chosen))
            return pages.TEMPLATES[type(page)], {"page": page}

        return await self._page(request, gather)

    def source(self, edition: Edition) -> Source:
        """What asks the queries of pages."""
        return Source(edition.view, self.base_iri, most=self._limits.rows)

    def here(self, request: Request) -> str:
        """The address of a page with all but the language."""
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
        return str(request.url.replace(scheme="", netloc="", query="").include_query_params(**dict(kept))) or "/"

    def problem(self, request: Request, status: int, sentence: str, heading: str = "error") -> Response:
        """The page that says why there is no page."""
        lang, chosen = language(request)
        own = "" if heading == "not_found" else "en"
        text = self.renderer.page(
            "problem.html", lang, chosen=chosen, here=self.here(request), heading=words(lang)[heading], sentence=sentence, sentence_lang=own
        )  # fmt: skip
        return Response(text, status, media_type=HTML, headers={"Cache-Control": "no-store"})

    def absent(self, request: Request, what: str) -> Response:
        """The page for what is not there."""
        return self.problem(request, 404, words(language(request)[0])["not_found_about"].format(what), "not_found")

    async def _page(
        self, request: Request, gather: Callable[[Source, str], tuple[str, dict[str, object]]], *, media_type: str = HTML, also: str = ""
    ) -> Response:
        lang, chosen = language(request)
        edition, here = self.shelf.now(), self.here(request)
        tag = tagged(edition, lang, here, chosen or "", also)
        headers = {"ETag": tag, "Vary": "Accept-Language", "Cache-Control": "no-cache", "Content-Language": lang}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)

        def rendered() -> str:
            template, context = gather(self.source(edition), lang)
            return self.renderer.page(template, lang, chosen=chosen, here=here, **context)

        key = (edition.name, tag)
        text = await self.makers.make(lambda: self._once(key, rendered), key)
        return Response(text, media_type=media_type, headers=headers)

    def _once(self, key: tuple[str, ...], make: Callable[[], str]) -> str:
        """Return the page kept under a key, or make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def _found(self, path: str) -> tuple[str, str | None]:
        """The resource a path stands for and, where the path ends in one, its form; raises Refused with 404."""
        source = self.source(self.shelf.now())
        if path.partition("/")[0] in RESOURCE_KINDS:
            if source.knows(self.base_iri + path):
                return self.base_iri + path, None
            stem, _, form = path.rpartition(".")
            if form in _FORMS and source.knows(self.base_iri + stem):
                return self.base_iri + stem, form
        raise Refused(404, path)

    def _led_on(self, request: Request, iri: str) -> Response:
        offered = (HTML, _FORMS["ttl"], _FORMS["jsonld"], *_ALIASES)
        wanted = choose(request.headers.get("accept"), offered)
        if wanted is None:
            raise Refused(406, f"{iri} has none of the forms accepted: accept one of {', '.join(_FORMS.values())}")
        form = _ALIASES.get(wanted) or _RDF[wanted]
        links = self.renderer.links(language(request)[1])
        return RedirectResponse(links.resource(iri, form), 303, {"Vary": "Accept", "Cache-Control": "no-cache"})

    async def _described(self, request: Request, iri: str, form: str) -> Response:
        edition = self.shelf.now()
        tag = tagged(edition, iri, form)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        source = self.source(edition)
        media_type = _FORMS[form]

        def written() -> str:
            lines = source.triples(iri)
            return compact(lines, iri, source.prefixes) if form == "jsonld" else serialized(lines, media_type, prefixes=source.prefixes)

        text = await self.makers.make(written, (edition.name, tag))
        return Response(
            text, media_type=media_type, headers={"ETag": tag, "Cache-Control": "no-cache", "Link": f'<{iri}>; rel="describedby"'}
        )

    def _path(self, request: Request) -> str:
        """The path under the base, as it was sent: `%2F` in it is part of a name."""
        raw = bytes(request.scope.get("raw_path") or request.url.path.encode()).decode("ascii", "replace").partition("?")[0]
        path = raw.removeprefix(self._root)
        for under in (self.renderer.links(None).folder, "/id/", "/"):
            if path.startswith(under):
                return path.removeprefix(under)
        return path.lstrip("/")

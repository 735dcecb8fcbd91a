"""What programs ask besides SPARQL: the Reconciliation API, and whether the server is well."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from elshi import __version__
from elshi.portal.endpoint import body_of
from elshi.portal.makers import Makers
from elshi.portal.protocol import Refused, fields
from elshi.portal.reconcile import Reconciliation, manifest
from elshi.portal.site import Site, language

__all__ = ["Services"]

#: Pages of other sites may always reconcile: OpenRefine is one.
_OPEN: Final = [Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])]
#: A preview may be shown in a frame anywhere, and can do nothing there.
_FRAMED: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_LONGEST: Final = 4 << 20  # bytes of a batch of queries


class Services:
    """Answers programs over the current edition."""

    def __init__(self, site: Site, makers: Makers) -> None:
        """Serve the store of a site, by hands of their own: the first to reconcile waits until every name is read, and pages do not."""
        self._site, self._makers = site, makers
        self._making = threading.Lock()
        self._made: tuple[str, Reconciliation] | None = None

    def routes(self) -> list[Route]:
        """Where the services are."""
        return [
            _open("/reconcile", self.reconcile, "GET", "POST"),
            *(_open(f"/reconcile/suggest/{what}", self.suggest, "GET") for what in ("entity", "type", "property")),
            _open("/reconcile/properties", self.properties, "GET"),
            _open("/reconcile/preview", self.preview, "GET"),
            Route("/health", self.health),
        ]

    async def reconcile(self, request: Request) -> Response:
        """The manifest; or candidates for queries, or values for entities."""
        given = dict(request.query_params)
        if request.method == "POST":
            given |= dict(fields(await body_of(request, _LONGEST)))
        lang = language(request)[0]
        for name in ("queries", "extend"):
            if name in given:
                answer = getattr(self, f"_{name}")
                return _shared(await self._makers.make(partial(answer, given[name], lang)), given.get("callback"))
        return _shared(manifest(self._site.base_iri, _origin(request), self._page(request)), given.get("callback"))

    async def suggest(self, request: Request) -> Response:
        """What a few letters may become: an entity, a class or a property."""
        prefix, lang = request.query_params.get("prefix", "")[:200], language(request)[0]
        what = request.url.path.rpartition("/")[2]
        cursor = _number(request.query_params.get("cursor"))
        found = await self._makers.make(lambda: self._now().suggested(what, prefix, lang, cursor))
        return _shared(found, request.query_params.get("callback"))

    async def properties(self, request: Request) -> Response:
        """The properties that entities of a class can be extended by."""
        kind, lang = request.query_params.get("type", ""), language(request)[0]
        found = await self._makers.make(lambda: self._now().proposed(kind, lang))
        return _shared(found, request.query_params.get("callback"))

    async def preview(self, request: Request) -> Response:
        """A few words about an entity, to be shown in a frame of another site."""
        lang = language(request)[0]
        found = await self._makers.make(lambda: self._now().described(request.query_params.get("id", ""), lang))
        if found is None:
            raise Refused(404, "that id")
        thing, name, _, kinds = found
        text = self._site.renderer.page("preview.html", lang, thing=thing, name=name, kinds=kinds, origin=_host(request))
        return Response(text, media_type="text/html", headers={"Content-Security-Policy": _FRAMED, "Cache-Control": "no-cache"})

    async def health(self, request: Request) -> Response:
        """Whether the store can be read."""
        edition = self._site.shelf.now()
        try:
            well = await run_in_threadpool(edition.view.query, "ASK { ?s ?p ?o }")
        except Exception as fault:
            raise Refused(503, "the store cannot be read just now", retry_after=5) from fault
        said = {"status": "ok" if well else "empty", "edition": edition.name, "version": __version__}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    def _queries(self, text: str, lang: str) -> dict[str, Any]:
        return self._now().answers(text, lang)

    def _extend(self, text: str, lang: str) -> dict[str, Any]:
        return self._now().extended(text, lang)

    def _now(self) -> Reconciliation:
        """What reconciles with the current edition: its names are read once, whoever asks first."""
        with self._making:
            edition = self._site.shelf.now()
            if self._made is None or self._made[0] != edition.name:
                self._made = (edition.name, Reconciliation(self._site.source(edition), edition.view))
            return self._made[1]

    def _page(self, request: Request) -> str:
        """The address of an entity's page, `{{id}}` standing for the entity."""
        links = self._site.renderer.links(None)
        return f"{_host(request)}{links.root}{links.folder}{{{{id}}}}"


def _open(path: str, handler: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
    """A route that pages of any site may use."""

    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join((*methods, "HEAD", "OPTIONS"))})
        return await handler(request)

    return Route(path, answered, methods=[*methods, "OPTIONS"], middleware=_OPEN)


def _host(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 10 else 0


def _origin(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _shared(said: dict[str, Any], callback: str | None) -> Response:
    """JSON; or a call of the function named, for pages of a time before CORS."""
    if callback is None:
        return JSONResponse(said, headers={"Cache-Control": "no-cache"})
    if not _CALLBACK.fullmatch(callback[:200]):
        raise Refused(400, "callback is no name of a function in JavaScript")
    return Response(f"/**/{callback}({json.dumps(said, ensure_ascii=True)});", media_type="application/javascript")

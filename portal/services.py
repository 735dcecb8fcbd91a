"""What programs ask besides SPARQL: the Reconciliation API, and whether the server is well."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from elshi import __version__
from elshi.portal import reconcile
from elshi.portal.protocol import Refused
from elshi.portal.reconcile import Index
from elshi.portal.sections import Source
from elshi.portal.site import Site, language

__all__ = ["Services"]

#: Pages of other sites may always reconcile: OpenRefine is one.
_OPEN: Final = [Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])]
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_LONGEST: Final = 4 << 20  # bytes of a batch of queries


class Services:
    """Answers programs over the current edition."""

    def __init__(self, site: Site) -> None:
        """Serve the store of a site."""
        self._site = site
        self._made: tuple[str, Index] | None = None

    def routes(self) -> list[Route]:
        """Where the services are."""
        return [
            _open("/reconcile", self.reconcile, "GET", "POST"),
            _open("/reconcile/suggest/entity", self.suggest, "GET"),
            Route("/health", self.health),
        ]

    async def reconcile(self, request: Request) -> Response:
        """The manifest, or candidates for queries."""
        given = dict(request.query_params)
        if request.method == "POST":
            given |= await _form(request)
        if "queries" not in given:
            return _shared(reconcile.manifest(self._site.base_iri, _origin(request), self._page(request)), given.get("callback"))
        lang = language(request)[0]
        found = await run_in_threadpool(lambda: reconcile.reconciled(given["queries"], self._now(), self._source(), lang))
        return _shared(found, given.get("callback"))

    async def suggest(self, request: Request) -> Response:
        """Entities whose names begin with what was typed."""
        prefix, lang = request.query_params.get("prefix", ""), language(request)[0]
        found = await run_in_threadpool(lambda: reconcile.suggested(prefix, self._now(), self._source(), lang))
        return _shared(found, request.query_params.get("callback"))

    async def health(self, request: Request) -> Response:
        """Whether the store can be read."""
        edition = self._site.shelf.now()
        try:
            well = await run_in_threadpool(edition.view.query, "ASK { ?s ?p ?o }")
        except Exception as fault:
            raise Refused(503, "the store cannot be read just now", retry_after=5) from fault
        said = {"status": "ok" if well else "empty", "edition": edition.name, "version": __version__}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    def _source(self) -> Source:
        return self._site.source(self._site.shelf.now())

    def _now(self) -> Index:
        edition = self._site.shelf.now()
        if self._made is None or self._made[0] != edition.name:
            self._made = (edition.name, Index.of(self._site.source(edition)))
        return self._made[1]

    def _page(self, request: Request) -> str:
        """The address of an entity's page, `{{id}}` standing for the entity."""
        links = self._site.renderer.links(None)
        return f"{request.url.scheme}://{request.url.netloc}{links.root}{links.folder}{{{{id}}}}"


def _open(path: str, handler: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
    """A route that pages of any site may use."""

    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join((*methods, "HEAD", "OPTIONS"))})
        return await handler(request)

    return Route(path, answered, methods=[*methods, "OPTIONS"], middleware=_OPEN)


def _origin(request: Request) -> str:
    return str(request.base_url).rstrip("/")


async def _form(request: Request) -> dict[str, str]:
    declared = request.headers.get("content-length", "0")
    if int(declared if declared.isdecimal() else 0) > _LONGEST:
        raise Refused(413, f"the request is larger than {_LONGEST >> 20} MB: send fewer queries at a time")
    async with request.form(max_fields=100, max_part_size=_LONGEST) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _shared(said: dict[str, Any], callback: str | None) -> Response:
    """JSON; or a call of the function named, for pages of a time before CORS."""
    if callback is None:
        return JSONResponse(said, headers={"Cache-Control": "no-cache"})
    if not _CALLBACK.fullmatch(callback[:200]):
        raise Refused(400, "callback is no name of a function in JavaScript")
    return Response(f"/**/{callback}({json.dumps(said, ensure_ascii=True)});", media_type="application/javascript")

"""The server: the endpoint and the pages put together, with what every response has."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from elshi import __version__, resource
from elshi.ontology.vocab import BASE_IRI
from elshi.portal import reconcile
from elshi.portal.answer import Limits
from elshi.portal.edition import Shelf
from elshi.portal.endpoint import Endpoint, refusal
from elshi.portal.negotiation import choose
from elshi.portal.protocol import Refused
from elshi.portal.querying import Querying
from elshi.portal.site import Site, language
from elshi.portal.workers import Pool, Room

__all__ = ["Serving", "application", "serve"]

_ACCESS: Final = logging.getLogger("elshi.access")
#: Pages load nothing from elsewhere; the SPARQL editor writes styles into its elements.
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Serving:
    """How a store is served."""

    store: str
    host: str = "127.0.0.1"
    port: int = 8000
    base_iri: str = BASE_IRI
    root: str = ""  # the path under which a proxy passes requests on
    cors: bool = False
    allowed_hosts: frozenset[str] = frozenset()  # that SERVICE may call
    limits: Limits = field(default_factory=Limits)
    room: Room = field(default_factory=Room)


def serve(serving: Serving) -> None:
    """Serve a store until the process is told to stop; raises StoreNotFound where there is none."""
    uvicorn.run(
        application(serving), host=serving.host, port=serving.port, access_log=False, log_level="warning", server_header=False,
        timeout_keep_alive=20, timeout_graceful_shutdown=5,
    )  # fmt: skip


def application(serving: Serving) -> Starlette:
    """Return the server as an ASGI application."""
    shelf = Shelf(serving.store)
    site = Site(shelf, serving.base_iri, serving.root)
    endpoint = Endpoint(shelf, Pool(serving.limits, serving.room), base_iri=serving.base_iri, allowed_hosts=serving.allowed_hosts)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            endpoint.close()

    app = Starlette(
        routes=_routes(site, endpoint, serving),
        middleware=_middleware(serving),
        exception_handlers={Refused: _refused, HTTPException: _http_problem},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.state.site = site
    return app


def _routes(site: Site, endpoint: Endpoint, serving: Serving) -> list[Route | Mount]:
    querying, services = Querying(site, endpoint), _Services(site, serving)
    folders = [Mount(f"/{name}", _Files(directory=str(resource(f"portal/web/{name}")), check_dir=False)) for name in ("static", "vendor")]
    return [
        Route("/", site.start),
        Route("/sparql", querying.sparql, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        Route("/search", site.search),
        Route("/things", site.things),
        Route("/queries", querying.queries),
        Route("/queries/{name}", querying.query),
        Route("/feed.atom", site.feed),
        Route("/terms.json", querying.terms),
        Route("/reconcile", services.reconcile, methods=["GET", "POST"]),
        Route("/reconcile/suggest/entity", services.suggest),
        Route("/health", services.health),
        *folders,
        Route("/{path:path}", site.resource),
    ]


def _middleware(serving: Serving) -> list[Middleware]:
    cors = [
        Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"], expose_headers=["ETag", "Retry-After"])
    ] if serving.cors else []  # fmt: skip
    return [Middleware(_Access), *cors, Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]


class _Services:
    """What programs ask besides SPARQL."""

    def __init__(self, site: Site, serving: Serving) -> None:
        self._site, self._serving = site, serving
        self._index: tuple[str, reconcile.Index] | None = None

    async def reconcile(self, request: Request) -> Response:
        """The Reconciliation API: the manifest, or candidates for queries."""
        given = dict(request.query_params)
        if request.method == "POST":
            async with request.form() as form:
                given |= {name: value for name, value in form.items() if isinstance(value, str)}
        if "queries" not in given:
            origin = f"{request.url.scheme}://{request.url.netloc}{self._serving.root}"
            page = f"{origin}{self._site.renderer.links(None).folder}{{{{id}}}}"
            return _shared(reconcile.manifest(self._site.base_iri, origin, page), given.get("callback"))
        lang = language(request)[0]
        found = await run_in_threadpool(lambda: reconcile.reconciled(given["queries"], self._names(), self._source(), lang))
        return _shared(found, given.get("callback"))

    async def suggest(self, request: Request) -> Response:
        """Entities whose names begin with what was typed."""
        prefix, lang = request.query_params.get("prefix", ""), language(request)[0]
        found = await run_in_threadpool(lambda: reconcile.suggested(prefix, self._names(), self._source(), lang))
        return _shared(found, request.query_params.get("callback"))

    async def health(self, request: Request) -> Response:
        """Whether the store can be read."""
        edition = self._site.shelf.now()
        well = await run_in_threadpool(lambda: edition.view.query("ASK { ?s ?p ?o }"))
        said = {"status": "ok" if well else "empty", "edition": edition.name, "version": __version__}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    def _source(self) -> Any:
        return self._site.source(self._site.shelf.now())

    def _names(self) -> reconcile.Index:
        edition = self._site.shelf.now()
        if self._index is None or self._index[0] != edition.name:
            self._index = (edition.name, reconcile.Index.of(self._site.source(edition)))
        return self._index[1]


class _Files(StaticFiles):
    """Files of the pages, which browsers may keep for a while."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "max-age=3600")
        return response


class _Access:
    """Gives every response its safety headers and writes a line about it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.monotonic(), 500, 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_SAFETY]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            client = (scope.get("client") or ("-",))[0]
            took = (time.monotonic() - began) * 1000
            _ACCESS.info("%s %s %s %d %d bytes %.0f ms", client, scope["method"], scope["path"], status, size, took)


_SAFETY: Final = [
    (b"content-security-policy", _POLICY.encode()), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"),
]  # fmt: skip


def _shared(said: dict[str, Any], callback: str | None) -> Response:
    """JSON that pages of other sites may read, as the Reconciliation API wants it."""
    if callback and callback.replace("_", "").replace(".", "").isalnum():
        return Response(f"/**/{callback}({json.dumps(said, ensure_ascii=False)});", media_type="application/javascript")
    return JSONResponse(said, headers={"Access-Control-Allow-Origin": "*"})


def _wants_page(request: Request) -> bool:
    return choose(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html"


async def _refused(request: Request, fault: Refused) -> Response:
    site: Site = request.app.state.site
    if not _wants_page(request):
        return refusal(Refused(fault.status, f"there is nothing at {fault}") if fault.status == 404 else fault)
    return site.absent(request, str(fault)) if fault.status == 404 else site.problem(request, fault.status, str(fault))


async def _http_problem(request: Request, fault: HTTPException) -> Response:
    if _wants_page(request):
        site: Site = request.app.state.site
        return site.absent(request, request.url.path) if fault.status_code == 404 else site.problem(request, fault.status_code, fault.detail)
    return PlainTextResponse(f"{fault.detail}\n", fault.status_code, dict(fault.headers or {}))

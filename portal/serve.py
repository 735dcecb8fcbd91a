"""The server: the endpoint, the services and the pages put together."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from elshi import ElshiError, resource
from elshi.ontology.vocab import BASE_IRI
from elshi.portal.about import About
from elshi.portal.answer import Limits
from elshi.portal.edition import Shelf
from elshi.portal.endpoint import Endpoint, refusal
from elshi.portal.frame import Frame
from elshi.portal.makers import Makers
from elshi.portal.negotiation import choose
from elshi.portal.protocol import Refused
from elshi.portal.querying import Querying
from elshi.portal.services import Services
from elshi.portal.site import Site
from elshi.portal.workers import Pool, Room

__all__ = ["Serving", "application", "serve"]

#: Seconds that what is being answered is given to finish once the server is told to stop.
_PARTING: Final = 5
_LONGEST_HEAD: Final = 256 << 10  # bytes of a request's head: a query sent by GET is in it


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
    said: Mapping[str, object] = field(default_factory=dict)  # the settings, which say of the data whose it is
    limits: Limits = field(default_factory=Limits)
    room: Room = field(default_factory=Room)


def serve(serving: Serving, *, ready: Callable[[str], None] = lambda address: None) -> None:
    """Serve a store until the process is told to stop, once `ready` has been told at which address.

    Raises StoreNotFound where there is no store, ElshiError where the port cannot be had.
    """
    listening = _listening(serving.host, serving.port)
    config = uvicorn.Config(
        application(serving), log_config=None, access_log=False, log_level="warning", server_header=False, timeout_keep_alive=20,
        timeout_graceful_shutdown=_PARTING, h11_max_incomplete_event_size=_LONGEST_HEAD,
    )  # fmt: skip
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: None)  # to be told to stop is no failure: uvicorn would raise the signal again
    ready(f"{_address(listening)}{serving.root}/")
    _Server(config).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that, told to stop, answers what it still can and refuses the rest in time."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End; queries that take longer than the time there is are told so, before their connections are cut."""
        app = self.config.app
        if isinstance(app, Starlette):
            asyncio.get_running_loop().call_later(_PARTING - 1, app.state.endpoint.close)
        await super().shutdown(sockets)


def _listening(host: str, port: int) -> socket.socket:
    try:
        if ":" in host:
            return socket.create_server((host, port), family=socket.AF_INET6, backlog=2048, dualstack_ipv6=host == "::")
        return socket.create_server((host, port), backlog=2048)
    except (OSError, ValueError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise ElshiError(f"no listening at {host}, port {port}: {why}: choose another with --host and --port") from fault


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def application(serving: Serving) -> Starlette:
    """Return the server as an ASGI application."""
    shelf = Shelf(serving.store)
    site = Site(shelf, serving.base_iri, serving.root, limits=serving.limits)
    about = About(site, serving.said)
    endpoint = Endpoint(shelf, Pool(serving.limits, serving.room), base_iri=serving.base_iri, allowed_hosts=serving.allowed_hosts)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            endpoint.close()

    app = Starlette(
        routes=[*about.routes(), *_routes(site, endpoint, serving.limits.seconds)],
        middleware=_middleware(serving),
        exception_handlers={Refused: _refused, HTTPException: _http_problem},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.state.site, app.state.endpoint = site, endpoint
    return app


def _routes(site: Site, endpoint: Endpoint, patience: float) -> list[Route | Mount]:
    querying = Querying(site, endpoint)
    folders = [Mount(f"/{name}", _Files(directory=str(resource(f"portal/web/{name}")), check_dir=False)) for name in ("static", "vendor")]
    return [
        Route("/", site.start),
        *(Route(path, querying.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        Route("/search", site.search),
        Route("/things", site.things),
        Route("/queries", querying.queries),
        Route("/queries/{name}", querying.query),
        Route("/feed.atom", site.feed),
        Route("/terms.json", querying.terms),
        *Services(site, Makers(patience=patience)).routes(),
        *folders,
        Route("/{path:path}", site.resource),
    ]


def _middleware(serving: Serving) -> list[Middleware]:
    exposed = ["ETag", "Retry-After", "Link"]
    cors = [
        Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"], expose_headers=exposed)
    ] if serving.cors else []  # fmt: skip
    return [Middleware(Frame, root=serving.root), *cors, Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]


class _Files(StaticFiles):
    """Files of the pages, which browsers may keep for a while."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "max-age=3600")
        return response


def _wants_page(request: Request) -> bool:
    return choose(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html"


async def _refused(request: Request, fault: Refused) -> Response:
    site: Site = request.app.state.site
    if not _wants_page(request):
        return refusal(Refused(fault.status, f"there is nothing at {fault}") if fault.status == 404 else fault)
    response = site.absent(request, str(fault)) if fault.status == 404 else site.problem(request, fault.status, str(fault))
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


async def _http_problem(request: Request, fault: HTTPException) -> Response:
    headers = dict(fault.headers or {})
    if fault.status_code == 405:
        headers["Allow"] = ", ".join(sorted({*headers.get("Allow", "GET").replace(" ", "").split(","), "OPTIONS"}))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
        return PlainTextResponse(f"{request.method} is not possible here: use one of {headers['Allow']}\n", 405, headers)
    if _wants_page(request):
        site: Site = request.app.state.site
        return (
            site.absent(request, request.url.path) if fault.status_code == 404 else site.problem(request, fault.status_code, fault.detail)
        )
    return PlainTextResponse(f"{fault.detail}\n", fault.status_code, headers)

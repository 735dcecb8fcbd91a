"""`/sparql`: a request becomes an operation, the operation a task for a worker, its reply a response."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from elshi.ontology.vocab import prefixes
from elshi.portal.answer import Reply, Task
from elshi.portal.description import rdf_formats, service_description
from elshi.portal.edition import Edition, Shelf
from elshi.portal.guard import Form, look
from elshi.portal.negotiation import choose
from elshi.portal.protocol import Operation, Refused, operation
from elshi.portal.workers import Pool
from elshi.queries.formats import FORMATS

__all__ = ["HTML", "Asked", "Endpoint", "body_of", "known", "refusal", "tagged"]

_LOG: Final = logging.getLogger("elshi.serve")
HTML: Final = "text/html"
_TABLES: Final = tuple(FORMATS[name].media_type for name in ("json", "xml", "csv", "tsv"))
#: Other names under which clients ask for a format.
_ALIASES: Final[Mapping[str, str]] = {"application/json": _TABLES[0], "application/xml": _TABLES[1], "text/xml": _TABLES[1]}
_RDF_ALIASES: Final[Mapping[str, str]] = {
    "application/x-turtle": FORMATS["ttl"].media_type, "text/plain": FORMATS["nt"].media_type,
    "application/json": FORMATS["jsonld"].media_type, "application/xml": FORMATS["rdf"].media_type,
}  # fmt: skip
_STATUS: Final[Mapping[str, int]] = {"failed": 503, "gone": 503}  # anything else is the query's fault
_TRIES: Final = 3  # snapshots that may be taken away under a query before it is refused
_LISTED: Final = 100  # named graphs in the description: there may be one for each of a hundred thousand releases
_SHORT: Final = 8000  # characters: to look at no more takes less time than to change threads
_LONGEST: Final = 1 << 20  # bytes of a request


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that may be carried out, and how its answer is to look."""

    operation: Operation
    form: Form
    media_type: str
    graphs: str = ""  # the query for its dataset, where that has to be merged
    repeatable: bool = True


class Endpoint:
    """Answers queries over the current edition of a store."""

    def __init__(self, shelf: Shelf, pool: Pool, *, base_iri: str, allowed_hosts: frozenset[str] = frozenset()) -> None:
        """Serve a store by the workers of a pool."""
        self.shelf, self.pool = shelf, pool
        self.prefixes = prefixes(base_iri)
        self._base, self._allowed = base_iri, allowed_hosts

    async def respond(self, request: Request) -> Response:
        """Answer a request of the SPARQL protocol; raises Refused."""
        asked = await self.read(request)
        edition = self.shelf.now()
        if asked is None:
            return await self.describe(request, edition)
        tag = tagged(edition, asked.media_type, request.url.query)
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        if asked.repeatable and request.method != "POST":
            headers["ETag"] = tag
            if known(request, tag):
                return Response(status_code=304, headers=headers)
        reply = await self._reply(asked, edition, asked.media_type, request)
        return Response(reply.body, media_type=_with_charset(asked.media_type), headers=headers)

    async def read(self, request: Request, *, pages: bool = False) -> Asked | None:
        """Return what a request asks, None when it asks for the service description; with `pages`, HTML is on offer too."""
        body = await body_of(request) if request.method == "POST" else b""
        found = operation(request.method, request.scope["query_string"], request.headers.get("content-type"), body)
        if found is None:
            return None
        if len(found.query) < _SHORT:
            seen = look(found.query, allowed_hosts=self._allowed)
        else:
            seen = await run_in_threadpool(look, found.query, allowed_hosts=self._allowed)
        return Asked(
            found, seen.form, _media_type(found, seen.form, request.headers.get("accept"), pages=pages), seen.graphs, seen.repeatable
        )

    async def ask(self, asked: Asked, edition: Edition, *, media_type: str | None = None) -> bytes:
        """Return the answer as bytes; raises Refused."""
        return (await self._reply(asked, edition, media_type or asked.media_type)).body

    async def _reply(self, asked: Asked, edition: Edition, media_type: str, request: Request | None = None) -> Reply:
        for _ in range(_TRIES):
            reply = await self._attended(self._task(asked, edition, media_type), request)
            if reply.outcome == "done":
                return reply
            if reply.detail:
                _LOG.warning("%s (%s)", reply.sentence, reply.detail)
            if reply.outcome != "gone":
                break
            edition = self.shelf.now()
        raise Refused(_STATUS.get(reply.outcome, 400), reply.sentence, retry_after=1 if reply.outcome == "gone" else None)

    def _task(self, asked: Asked, edition: Edition, media_type: str) -> Task:
        what = asked.operation
        return Task(
            str(edition.folder), what.query, media_type, what.default_graphs, what.named_graphs, what.has_dataset, asked.graphs,
            self.prefixes, self._base,
        )  # fmt: skip

    async def _attended(self, task: Task, request: Request | None) -> Reply:
        """Wait for a worker's reply; where the client goes away, the query is stopped."""
        given_up = threading.Event()
        answering = asyncio.wrap_future(self.pool.submit(task, given_up))
        leaving = asyncio.ensure_future(_left(request)) if request else None
        awaited: set[asyncio.Future[Any]] = {answering, leaving} if leaving else {answering}
        try:
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                raise ClientDisconnect
            return answering.result()
        finally:
            given_up.set()
            answering.add_done_callback(_heard)
            if leaving:
                leaving.cancel()

    async def describe(self, request: Request, edition: Edition) -> Response:
        """Return the service description in the RDF format wanted most; raises Refused."""
        chosen = _described_as(request)
        tag = tagged(edition, chosen, str(request.base_url))
        headers = {"Vary": "Accept", "ETag": tag, "Cache-Control": "no-cache"}
        if known(request, tag):
            return Response(status_code=304, headers=headers)
        address = str(request.url.replace(query="", fragment=""))
        text = await run_in_threadpool(self._description, address, edition, chosen)
        return Response(text, media_type=_with_charset(chosen), headers=headers)

    def _description(self, address: str, edition: Edition, media_type: str) -> str:
        graphs = islice(edition.view.graphs(), _LISTED)
        return service_description(address, graphs, calls_others=bool(self._allowed), media_type=media_type)

    def close(self) -> None:
        """End the workers."""
        self.pool.close()


def refusal(fault: Refused) -> Response:
    """Return the response that says why there is no answer."""
    headers = {"Cache-Control": "no-store"}
    if fault.retry_after:
        headers["Retry-After"] = str(fault.retry_after)
    if fault.status == 405:
        headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    return PlainTextResponse(f"{fault}\n", fault.status, headers)


def tagged(edition: Edition, *parts: str) -> str:
    """Return an entity tag: another for every edition of the store, and for every form of an answer."""
    return f'W/"{edition.name}-{blake2b(chr(0).join(parts).encode(), digest_size=6).hexdigest()}"'


def known(request: Request, tag: str) -> bool:
    """Whether a client has this very answer already, by the `If-None-Match` it sent."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag.removeprefix("W/") in (each.strip().removeprefix("W/") for each in given.split(","))


def _described_as(request: Request) -> str:
    format = request.query_params.get("format")
    if format:
        named = FORMATS.get(format)
        if named is None or named.media_type not in rdf_formats():
            raise _unacceptable(rdf_formats())
        return named.media_type
    chosen = choose(request.headers.get("accept"), [*rdf_formats(), *_RDF_ALIASES])
    if chosen is None:
        raise _unacceptable(rdf_formats())
    return _RDF_ALIASES.get(chosen, chosen)


def _media_type(found: Operation, form: Form, accept: str | None, *, pages: bool) -> str:
    formats = _TABLES if form in ("SELECT", "ASK") else rdf_formats()
    if found.format == "html" and pages:
        return HTML
    if found.format:
        named = FORMATS.get(found.format)
        if named is None or named.media_type not in formats:
            known = ", ".join(name for name, each in FORMATS.items() if each.media_type in formats)
            raise Refused(406, f"the answer to {form} has no form as {found.format}: choose one of {known}")
        return named.media_type
    aliases = _ALIASES if form in ("SELECT", "ASK") else _RDF_ALIASES
    offered = (*formats, *((HTML,) if pages else ()), *aliases)
    chosen = choose(accept, offered)
    if chosen is None:
        raise _unacceptable(formats)
    return aliases.get(chosen, chosen)


def _unacceptable(formats: Sequence[str]) -> Refused:
    return Refused(406, f"the answer has none of the forms accepted: accept one of {', '.join(formats)}")


def _with_charset(media_type: str) -> str:
    """Say UTF-8 where a text type would otherwise mean something else."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def body_of(request: Request, most: int = _LONGEST) -> bytes:
    """Return the body of a request; raises Refused with 413 for one that is larger than it may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413, f"the request is larger than {most >> 20} MB: ask for less at a time")
    return bytes(body)


async def _left(request: Request) -> None:
    """Return when the client has gone; its body has been read by now."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _heard(future: asyncio.Future[Reply]) -> None:
    """Take note of how an answer ended that nobody waits for any more, so that nothing complains that nobody did."""
    if not future.cancelled():
        future.exception()

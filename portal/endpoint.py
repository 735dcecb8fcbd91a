"""`/sparql`: a request becomes an operation, the operation a task for a worker, its reply a response."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from elshi.ontology.vocab import prefixes
from elshi.portal.answer import Reply, Task
from elshi.portal.description import rdf_formats, service_description
from elshi.portal.edition import Edition, Shelf
from elshi.portal.guard import Form, form_of
from elshi.portal.negotiation import choose
from elshi.portal.protocol import Operation, Refused, operation
from elshi.portal.workers import Pool
from elshi.queries.formats import FORMATS

__all__ = ["HTML", "Asked", "Endpoint", "refusal", "tagged"]

HTML: Final = "text/html"
_TABLES: Final = tuple(FORMATS[name].media_type for name in ("json", "xml", "csv", "tsv"))
#: Other names under which clients ask for a format.
_ALIASES: Final[Mapping[str, str]] = {"application/json": _TABLES[0], "application/xml": _TABLES[1], "text/xml": _TABLES[1]}
_RDF_ALIASES: Final[Mapping[str, str]] = {
    "application/x-turtle": FORMATS["ttl"].media_type, "text/plain": FORMATS["nt"].media_type,
    "application/json": FORMATS["jsonld"].media_type, "application/xml": FORMATS["rdf"].media_type,
}  # fmt: skip
_LISTED: Final = 100  # named graphs in the description: there may be one for each of a hundred thousand releases
_LONGEST: Final = 1 << 20  # bytes of a request


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that may be carried out, and how its answer is to look."""

    operation: Operation
    form: Form
    media_type: str


class Endpoint:
    """Answers queries over the current edition of a store."""

    def __init__(self, shelf: Shelf, pool: Pool, *, base_iri: str, allowed_hosts: frozenset[str] = frozenset()) -> None:
        """Serve a store by the workers of a pool."""
        self.shelf, self.pool = shelf, pool
        self.prefixes = prefixes(base_iri)
        self._allowed = allowed_hosts
        self._threads = ThreadPoolExecutor(pool.room.quick + pool.room.long + pool.room.waiting, "elshi-asks")

    async def respond(self, request: Request) -> Response:
        """Answer a request of the SPARQL protocol; raises Refused."""
        asked = await self.read(request)
        edition = self.shelf.now()
        if asked is None:
            return self.describe(request, edition)
        tag = tagged(edition, asked.media_type, request.url.query)
        if request.method != "POST" and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
        body = await self.ask(asked, edition)
        headers = {"Vary": "Accept", "ETag": tag, "Cache-Control": "no-cache"}
        return Response(body, media_type=_with_charset(asked.media_type), headers=headers)

    async def read(self, request: Request, *, pages: bool = False) -> Asked | None:
        """Return what a request asks, None when it asks for the service description; with `pages`, HTML is on offer too."""
        body = await _body(request) if request.method == "POST" else b""
        found = operation(request.method, request.scope["query_string"], request.headers.get("content-type"), body)
        if found is None:
            return None
        form = form_of(found.query, allowed_hosts=self._allowed)
        return Asked(found, form, _media_type(found, form, request.headers.get("accept"), pages=pages))

    async def ask(self, asked: Asked, edition: Edition, *, media_type: str | None = None) -> bytes:
        """Return the answer as bytes; raises Refused."""
        what = asked.operation
        task = Task(
            str(edition.folder), what.query, media_type or asked.media_type, what.default_graphs, what.named_graphs, what.has_dataset,
            self.prefixes,
        )  # fmt: skip
        reply = await asyncio.get_running_loop().run_in_executor(self._threads, self.pool.ask, task)
        return _body_of(reply)

    def describe(self, request: Request, edition: Edition) -> Response:
        """Return the service description in the RDF format wanted most; raises Refused."""
        chosen = choose(request.headers.get("accept"), rdf_formats())
        if chosen is None:
            raise _unacceptable(rdf_formats())
        text = service_description(
            str(request.url.replace(query="", fragment="")), islice(edition.view.graphs(), _LISTED), calls_others=bool(self._allowed), media_type=chosen
        )
        return Response(text, media_type=_with_charset(chosen), headers={"Vary": "Accept", "ETag": tagged(edition, chosen)})

    def close(self) -> None:
        """End the workers."""
        self.pool.close()
        self._threads.shutdown(wait=False, cancel_futures=True)


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


def _body_of(reply: Reply) -> bytes:
    if reply.outcome == "done":
        return reply.body
    raise Refused(503 if reply.outcome == "failed" else 400, reply.sentence)


def _with_charset(media_type: str) -> str:
    """Say UTF-8 where a text type would otherwise mean something else."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise Refused(413, f"the request is larger than {_LONGEST >> 20} MB: shorten the query")
    return bytes(body)

"""The saved queries and the SPARQL form as pages; what they ask goes to the workers like any other query."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from elshi.portal.answers import Shown, shown_table, shown_triples
from elshi.portal.endpoint import HTML, Asked, Endpoint, refusal
from elshi.portal.guard import form_of
from elshi.portal.labels import LANGUAGES
from elshi.portal.negotiation import choose
from elshi.portal.protocol import Operation, Refused
from elshi.portal.questions import hints, question, questions
from elshi.portal.sections import page_queries, page_query
from elshi.portal.site import Site, language
from elshi.queries.catalogue import Saved, UnknownQuery, bind, saved
from elshi.queries.formats import FORMATS
from elshi.queries.values import ParameterError

__all__ = ["Querying"]

_START: Final = "SELECT ?class (COUNT(?thing) AS ?things) WHERE {\n  ?thing a ?class\n} GROUP BY ?class ORDER BY DESC(?things)"
#: The forms that the plain form offers, by the name that a link gives: a table on the page, spreadsheets, what programs read.
_FORMATS: Final = {
    "html": "", "csv": "CSV", "excel": "CSV (Excel)", "tsv": "TSV", "json": "JSON", "xml": "XML", "ttl": "Turtle", "nt": "N-Triples",
    "jsonld": "JSON-LD", "rdf": "RDF/XML",
}  # fmt: skip
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class Querying:
    """Pages that ask."""

    def __init__(self, site: Site, endpoint: Endpoint) -> None:
        """Draw with a site and ask an endpoint."""
        self._site, self._endpoint = site, endpoint

    async def sparql(self, request: Request) -> Response:
        """The endpoint; to a browser, the form and the answer in a table."""
        try:
            if request.query_params.get("format") == "excel":
                return await self._for_excel(request)
            if not self._for_people(request):
                return await self._endpoint.respond(request)
            if request.query_params.keys() <= {"lang", "format"}:
                return self._form(request, _START, None)
            asked = await self._endpoint.read(request, pages=True)
        except Refused as fault:
            if fault.status != 405 and self._for_people(request):
                return self._form(request, request.query_params.get("query", ""), Shown(error=str(fault)), fault.status)
            return refusal(fault)
        assert asked is not None, "an operation of the protocol has a query"
        answer, status = await self._answered(asked)
        return await self._site.makers.make(lambda: self._form(request, asked.operation.query, answer, status))

    async def queries(self, request: Request) -> Response:
        """The list of saved queries."""
        return self._drawn(request, "queries.html", 200, queries=questions(language(request)[0]))

    async def query(self, request: Request) -> Response:
        """A saved query: its parameters and, once they are given, its answer."""
        query = _asked_for(request.path_params["name"])
        if query is None:
            return self._site.absent(request, request.path_params["name"])
        takes = {parameter.name for parameter in query.parameters}
        given = {name: value for name, value in request.query_params.items() if name in takes and value}
        if "lang" in takes and "lang" not in given and any(p.name == "lang" and p.default for p in query.parameters):
            given["lang"] = language(request)[0]
        needs = [p.name for p in query.parameters if p.about.startswith("required") and p.name not in given]
        text, answer, status = ("", None, 200) if needs and "run" not in request.query_params else await self._asked(query, given)
        lang = language(request)[0]
        shown = {"query": query, "told": question(query, lang), "hints": hints(lang), "given": given, "text": text, "answer": answer}
        return await self._site.makers.make(lambda: self._drawn(request, "query.html", status, **shown))

    async def terms(self, request: Request) -> Response:
        """Classes and properties in use, for completion while typing."""
        edition = self._site.shelf.now()
        body = await self._site.makers.make(lambda: _terms(self._site, edition.name), ("terms", edition.name))
        return Response(body, media_type="application/json", headers={"Cache-Control": "max-age=300"})

    async def _asked(self, query: Saved, given: dict[str, str]) -> tuple[str, Shown, int]:
        try:
            text = bind(query, given, base_iri=self._site.base_iri)
        except ParameterError as fault:
            return "", Shown(error=str(fault)), 400
        answer, status = await self._answered(Asked(Operation(text), form_of(text), HTML))
        return text, answer, status

    async def _answered(self, asked: Asked) -> tuple[Shown, int]:
        table = asked.form in ("SELECT", "ASK")
        try:
            body = await self._endpoint.ask(asked, self._site.shelf.now(), media_type=FORMATS["json" if table else "ttl"].media_type)
        except Refused as fault:
            return Shown(error=str(fault)), fault.status
        return (shown_table(body) if table else shown_triples(body)), 200

    async def _for_excel(self, request: Request) -> Response:
        """CSV that Excel reads as UTF-8, which it does only after a byte order mark."""
        given = [(name, "csv" if name == "format" else value) for name, value in request.query_params.multi_items()]
        asked = Request({**request.scope, "query_string": urlencode(given).encode()}, request.receive)
        answer = await self._endpoint.respond(asked)
        headers = {"Content-Disposition": 'attachment; filename="elshi.csv"', "Vary": "Accept"}
        return Response(_BYTE_ORDER_MARK + bytes(answer.body), answer.status_code, headers, answer.media_type)

    def _for_people(self, request: Request) -> bool:
        """Whether a page is wanted rather than data: a browser asks, or a form of ours."""
        if request.method not in ("GET", "HEAD"):
            return False
        format = request.query_params.get("format")
        if format:
            return format == "html"
        accept = request.headers.get("accept", "")
        return HTML in accept and choose(accept, ["application/sparql-results+json", "text/turtle", HTML]) == HTML

    def _form(self, request: Request, text: str, answer: Shown | None, status: int = 200) -> Response:
        told = questions(language(request)[0])
        return self._drawn(request, "sparql.html", status, text=text, start=_START, answer=answer, queries=told, formats=_FORMATS)

    def _drawn(self, request: Request, template: str, status: int, **context: object) -> Response:
        lang, chosen = language(request)
        answer = context.get("answer")
        things = [term.value for row in answer.rows for term in row if term and term.kind == "iri"] if isinstance(answer, Shown) else []
        names = self._site.source(self._site.shelf.now()).names(things, lang)
        text = self._site.renderer.page(template, lang, chosen=chosen, here=self._site.here(request), **{"names": names, **context})
        headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache", "Content-Language": lang}
        return Response(text, status, media_type=HTML, headers=headers)


def _asked_for(name: str) -> Saved | None:
    """A saved query, or one of the pages' own, which numbers link to."""
    try:
        return saved(name)
    except UnknownQuery:
        return page_query(name) if name in page_queries() else None


@lru_cache(maxsize=2)
def _terms(site: Site, edition: str) -> str:
    found = site.source(site.shelf.now())
    section = found.section("terms")
    names = {lang: found.names((term.value for term in section.column("term")), lang) for lang in LANGUAGES}
    said = [
        {"iri": row["term"].value, "kind": row["kind"].value, "labels": {lang: names[lang].of(row["term"].value) for lang in LANGUAGES}}
        for row in section.records() if row["term"] and row["kind"]
    ]  # fmt: skip
    return json.dumps({"prefixes": found.prefixes, "terms": said}, ensure_ascii=False)

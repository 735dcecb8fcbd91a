"""What the server says of its data as a whole: VoID, found from `/.well-known/void`."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from elshi.ontology.graph import serialized
from elshi.portal.edition import Edition
from elshi.portal.endpoint import known, tagged
from elshi.portal.export.figures import Figures, figures
from elshi.portal.export.publication import Publication, publication
from elshi.portal.export.statements import PUBLISHING
from elshi.portal.export.void import void
from elshi.portal.site import Site
from elshi.queries.formats import FORMATS

__all__ = ["About"]


class About:
    """Describes the current edition of a store."""

    def __init__(self, site: Site, said: Mapping[str, object]) -> None:
        """Take what the settings say of the data; raises PublicationError."""
        self._site, self._said = site, said
        self._counting = threading.Lock()
        self._counted: tuple[str, Figures] | None = None
        self._publication("http://localhost/")

    def routes(self) -> list[Route]:
        """Where the description is."""
        return [Route("/.well-known/void", self.well_known), Route("/void.ttl", self.void)]

    async def well_known(self, request: Request) -> Response:
        """Lead on to the description."""
        return RedirectResponse(str(request.base_url).rstrip("/") + "/void.ttl", 302)

    async def void(self, request: Request) -> Response:
        """The description in Turtle."""
        edition = self._site.shelf.now()
        origin = str(request.base_url).rstrip("/") + "/"
        tag = tagged(edition, "void", origin)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if known(request, tag):
            return Response(status_code=304, headers=headers)
        text = await self._site.makers.make(lambda: self._described(edition, origin), (edition.name, tag))
        return Response(text, media_type=FORMATS["ttl"].media_type, headers=headers)

    def _described(self, edition: Edition, origin: str) -> str:
        lines = void(self._publication(origin), self._figures(edition), ())
        return serialized(lines, FORMATS["ttl"].media_type, prefixes={**PUBLISHING, "": f"{origin}void.ttl#"})

    def _publication(self, origin: str) -> Publication:
        """What is said of the data; where it is, unless that was set, is where it is asked for."""
        base = str(self._said.get("base_url") or origin)
        given = {"base_url": base, "endpoint": f"{base.rstrip('/')}/sparql", **self._said}
        return publication(given, base_iri=self._site.base_iri)

    def _figures(self, edition: Edition) -> Figures:
        """The figures of an edition, which take a while: they are counted once, whoever asks first."""
        with self._counting:
            if self._counted is None or self._counted[0] != edition.name:
                self._counted = (edition.name, figures(edition.view, self._site.base_iri))
            return self._counted[1]

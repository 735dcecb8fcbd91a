"""Where the pages link to, on a server: the one place that knows its paths. An empty link means that there is no such page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from elshi import resource
from elshi.ontology.vocab import ONTOLOGY, RESOURCE_KINDS

__all__ = ["Links"]


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links; an exported site has its own."""

    base_iri: str
    root: str = ""  # the path under which the server is mounted
    lang: str | None = None  # the language that was chosen, where one was, so that it stays

    @property
    def folder(self) -> str:
        """The path of the base, under which resources are: `/elshi/id/`."""
        return urlsplit(self.base_iri).path

    def resource(self, iri: str, form: str = "html") -> str:
        """The page of a resource of ours, or another form of it (ttl, jsonld); anything else is linked as it is."""
        if not self.ours(iri):
            return iri if iri.startswith(("http://", "https://")) else "#"
        return self.page(f"{self.folder}{iri.removeprefix(self.base_iri)}.{form}", chosen=form == "html")

    def ours(self, iri: str) -> bool:
        """Whether an IRI is that of a resource that has a page."""
        return iri.startswith(self.base_iri) and iri.removeprefix(self.base_iri).partition("/")[0] in RESOURCE_KINDS

    def things(self, iri: str) -> str:
        """The list of the things of a class."""
        return self.page("/things", {"class": iri})

    def paged(self, iri: str, number: int) -> str:
        """One page of the list of the things of a class, where it has several."""
        return self.page("/things", {"class": iri, "page": str(number)})

    def sparql(self, query: str, format: str = "html") -> str:
        """The answer to a query in SPARQL: as a page, or in another form."""
        return self.page("/sparql", {"query": query, "format": format}, chosen=format == "html")

    def query(self, name: str, given: Mapping[str, str] | None = None) -> str:
        """The page of a saved query."""
        return self.page(f"/queries/{quote(name)}", given)

    def static(self, name: str) -> str:
        """A file that belongs to the pages."""
        return f"{self.root}/static/{name}"

    def bundle(self, name: str) -> str:
        """A file of somebody else's that pages load, where `dev.py web` or the wheel has brought it."""
        return self.page(f"/vendor/{name}", chosen=False) if resource(f"portal/web/vendor/{name}").is_file() else ""

    def page(self, path: str, given: Mapping[str, str] | None = None, *, chosen: bool = True) -> str:
        """A page by its path."""
        said = dict(given or {})
        if chosen and self.lang:
            said["lang"] = self.lang
        return f"{self.root}{path}{'?' + urlencode(said) if said else ''}"

    def vocabulary(self) -> str:
        """The pages about the terms; a server has none."""
        return ""

    def in_language(self, here: str, code: str) -> str:
        """The same page in another language, given its path with all but the language."""
        return f"{here}{'&' if '?' in here else '?'}lang={code}"

    @staticmethod
    def is_term(iri: str) -> bool:
        """Whether an IRI is a term of the ontology."""
        return iri.startswith(f"{ONTOLOGY}#")

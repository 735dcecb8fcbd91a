"""Pages as HTML and feeds as Atom: the templates, and what they may call."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from elshi import __version__
from elshi.ontology.vocab import prefixes
from elshi.portal.labels import LANGUAGES, words
from elshi.portal.links import Links
from elshi.queries.formats import curie
from elshi.store.base import Term

__all__ = ["Renderer"]


class Renderer:
    """Renders templates for the pages of one store."""

    def __init__(self, base_iri: str, root: str = "") -> None:
        """Link to resources under a base and to pages under a path."""
        self._links = Links(base_iri, root)
        self._prefixes = prefixes(base_iri)

    def links(self, chosen: str | None) -> Links:
        """The links of a page whose language was chosen, or was not."""
        return replace(self._links, lang=chosen)

    def page(self, template: str, lang: str, *, chosen: str | None = None, here: str = "", **context: object) -> str:
        """Return a page in a language; `here` is its own path with all but the language, `links` in the context makes other links than a server's."""
        said = words(lang)
        common = {"names": None, "structured": None, "links": self.links(chosen), "languages": LANGUAGES}
        return _environment().get_template(template).render(
            **{**common, **context}, t=said, lang=lang, here=here, version=__version__, curie=lambda iri: curie(iri, self._prefixes),
            base_iri=self._links.base_iri,
        )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("elshi.portal", "web/templates"),
        autoescape=select_autoescape(("html", "xml", "atom"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["upper_first"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    environment.filters["plain"] = lambda term: term.value if isinstance(term, Term) else ""
    environment.filters["number"] = _number
    return environment


def _number(value: str) -> str:
    """A number with its thousands apart, by a narrow space; anything else as it is."""
    return f"{int(value):,}".replace(",", " ") if value.isdecimal() and len(value) > 4 else value

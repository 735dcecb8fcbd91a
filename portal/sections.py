"""What pages show: answers to the page's own queries, each with the query that gave it and the names of what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

from elshi import ElshiError, resource
from elshi.ontology import literals
from elshi.ontology.vocab import expand, prefixes
from elshi.portal.protocol import Refused
from elshi.queries.catalogue import Saved, bind, parse
from elshi.queries.formats import curie
from elshi.store.base import Row, Table, Term, View

__all__ = ["Names", "Section", "Source", "page_queries", "page_query"]

_SLOT: Final = "VALUES ?thing { UNDEF }"
_LIMIT: Final = re.compile(r"LIMIT \d+\s*\Z")
#: Kinds of resource that have no names of their own.
_FACTS: Final = frozenset({"event", "position", "cooperation", "agreement", "statistic", "date"})
_EVENT: Final = expand("elshi:Event")
_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
#: In which languages a name is looked for after the one wanted.
_FALLBACK: Final = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Section:
    """The answer to a query, and the query."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    query: str

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows)

    def column(self, name: str) -> Iterator[Term]:
        """Yield what a column holds, the empty cells left out."""
        place = self.columns.index(name)
        return (term for row in self.rows if (term := row[place]) is not None)

    def records(self) -> Iterator[Mapping[str, Term | None]]:
        """Yield each row by the names of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def first(self, most: int) -> Section:
        """The same with so many rows at most."""
        return Section(self.name, self.columns, self.rows[:most], self.query)

    def ordered(self, key: Callable[[Row], Any]) -> Section:
        """The same with the rows in another order."""
        return Section(self.name, self.columns, tuple(sorted(self.rows, key=key)), self.query)

    def grouped(self, name: str) -> list[tuple[Term, list[Mapping[str, Term | None]]]]:
        """Gather the rows that have the same in a column, in the order in which that comes first."""
        found: dict[Term, list[Mapping[str, Term | None]]] = {}
        for row in self.records():
            if term := row[name]:
                found.setdefault(term, []).append(row)
        return list(found.items())

    def without(self, iri: str) -> Section:
        """Leave out the columns that say nothing but one thing, or nothing at all."""
        kept = [
            place for place in range(len(self.columns)) if {term.value if (term := row[place]) else "" for row in self.rows} - {iri, ""}
        ]  # fmt: skip
        return Section(
            self.name,
            tuple(self.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in self.rows),
            self.query,
        )


class Names:
    """What things are called in the language of a page; what has no name is called by its IRI, shortened."""

    def __init__(self, found: Mapping[str, Mapping[str, str]], lang: str, known: Mapping[str, str]) -> None:
        """Take the names by IRI and language."""
        self._found, self._known = found, known
        self._order = (lang, *(each for each in _FALLBACK if each != lang))

    def of(self, iri: str) -> str:
        """The name of a thing."""
        return self.tagged(iri)[0]

    def tagged(self, iri: str) -> tuple[str, str]:
        """The name of a thing and its language, which is empty where the IRI has to do."""
        named = self._found.get(iri, {})
        language = next((each for each in (*self._order, *named) if each in named), None)
        return (named[language], language) if language is not None else (curie(iri, self._known), "")

    def has(self, iri: str) -> bool:
        """Whether a thing has a name of its own."""
        return iri in self._found


class Source:
    """Asks a view the queries of the pages."""

    def __init__(self, view: View, base_iri: str, *, most: int | None = None) -> None:
        """Ask a view whose resources are under a base; `most` is how many rows one answer may have."""
        self.base_iri, self._most = base_iri, most
        self.prefixes = prefixes(base_iri)
        self._view = view

    def section(self, name: str, *, limit: int | None = None, offset: int = 0, **given: str) -> Section:
        """Return the answer to a page's query; of a list, so many rows after so many others."""
        text = bind(page_query(name), given, base_iri=self.base_iri)
        if limit is not None:
            text = _LIMIT.sub(f"LIMIT {limit:d} OFFSET {offset:d}", text)
        return Section(name, *self._rows(text), query=text)

    def names(self, things: Iterable[str], lang: str) -> Names:
        """Return the names of things; a fact, which has none, is called by what it is and whom it is about."""
        wanted = {iri for iri in things if _SAFE.fullmatch(iri)}
        kinds: dict[str, str] = {}
        about: dict[str, set[str]] = {}
        for thing, kind, who in self._about("kinds", filter(self._is_fact, wanted)):
            if thing and kind and kinds.get(thing.value, _EVENT) == _EVENT:
                kinds[thing.value] = kind.value
            if thing and who:
                about.setdefault(thing.value, set()).add(who.value)
        found = {iri: dict(named) for iri, named in _known_terms().items()}
        for thing, name in self._about("labels", wanted.union(kinds.values(), *about.values())):
            if thing and name:
                kept = found.setdefault(thing.value, {})
                kept[name.lang or ""] = min(kept.get(name.lang or "", name.value), name.value)
        named = Names(found, lang, self.prefixes)
        for iri, what in kinds.items():
            found.setdefault(iri, {lang: _called(named, what, about.get(iri, ()))})
        return named

    def names_in(self, sections: Sequence[Section], lang: str, *also: str) -> Names:
        """Return the names of all that sections speak of."""
        things = {term.value for section in sections for row in section.rows for term in row if term and term.kind == "iri"}
        return self.names(things | set(also), lang)

    def triples(self, iri: str) -> list[str]:
        """Return what the store states about a thing, in N-Triples; of a fact, its evidence too."""
        from elshi.store.base import Triples

        this = literals.node(iri)
        text = f"""CONSTRUCT {{ {this} ?p ?o . ?mention ?mp ?mo . ?part ?pp ?po }} WHERE {{
          {{ {this} ?p ?o }} UNION
          {{ {this} elshi:evidence ?mention . {{ ?mention ?mp ?mo }} UNION
             {{ ?mention oa:hasTarget/oa:hasSelector? ?part . ?part ?pp ?po FILTER(?pp != oa:hasBody) }} }} }}"""
        answer = self._view.query(text, prefixes=self.prefixes)
        if not isinstance(answer, Triples):
            raise ElshiError(f"no description of {iri}: report this")
        return list(answer.lines)

    def knows(self, iri: str) -> bool:
        """Whether the store states anything about a thing."""
        return _SAFE.fullmatch(iri) is not None and self._view.query(f"ASK {{ {literals.node(iri)} ?property ?value }}") is True

    def _is_fact(self, iri: str) -> bool:
        return iri.startswith(self.base_iri) and iri.removeprefix(self.base_iri).partition("/")[0] in _FACTS

    def _about(self, name: str, things: Iterable[str]) -> Iterator[Row]:
        """Ask a query about many things, some at a time."""
        ordered = sorted(iri for iri in things if _SAFE.fullmatch(iri) and "://" in iri)
        for start in range(0, len(ordered), 500):
            part = " ".join(map(literals.node, ordered[start : start + 500]))
            text = page_query(name).text.replace(_SLOT, f"VALUES ?thing {{ {part} }}")
            yield from self._rows(text)[1]

    def _rows(self, text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        answer = self._view.query(text, prefixes=self.prefixes)
        assert isinstance(answer, Table), "the queries of pages are SELECT"
        columns, rows = answer.columns, tuple(answer.rows if self._most is None else islice(answer.rows, self._most + 1))
        del answer  # the thread that asked must be the one to let go of it, and a refusal is told by another
        if self._most is not None and len(rows) > self._most:
            raise Refused(503, f"this page would take more than {self._most} rows: ask for a part of them in SPARQL")
        return columns, rows


@cache
def page_queries() -> frozenset[str]:
    """Return the names of the queries of the pages."""
    return frozenset(entry.name.removesuffix(".rq") for entry in resource("portal/web/queries").iterdir())


@cache
def page_query(name: str) -> Saved:
    """Return a query of the pages."""
    return parse(name, resource(f"portal/web/queries/{name}.rq").read_text(encoding="utf-8"))


@cache
def _known_terms() -> Mapping[str, Mapping[str, str]]:
    """Names of terms of other vocabularies, by IRI and language."""
    lines = resource("portal/web/terms.tsv").read_text(encoding="utf-8").splitlines()
    (_, *languages), *rows = (line.split("\t") for line in lines)
    return {expand(term): dict(zip(languages, named, strict=True)) for term, *named in rows}


def _called(names: Names, kind: str, who: Collection[str]) -> str:
    what = names.of(kind)
    about = ", ".join(names.of(iri) if "://" in iri else iri for iri in sorted(who)[:3])
    return f"{what[:1].upper()}{what[1:]}{': ' if about else ''}{about}{', …' if len(who) > 3 else ''}"

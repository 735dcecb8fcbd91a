"""What a document shows once its names are known: who stands in which sentence, holding what, speaking for whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.patterns import PatternTable, read_table
from elshi.ingest.annotate.positions import Held, holdings
from elshi.ingest.annotate.things import Thing, Things
from elshi.ingest.authorities import Book

__all__ = ["Scene"]


@lru_cache(maxsize=4)
def _definite(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "definite"))


class Scene:
    """Spans of a document in order, the things they name, the offices that persons hold."""

    def __init__(self, document: Document, spans: Iterable[Span], things: Things, book: Book) -> None:
        self.document = document
        self.things = things
        self.book = book
        self.spans = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in self.spans]
        self.held: list[Held] = []
        for sentence in document.sentences:
            inside = [s for s in self.within(sentence.start, sentence.end) if s.kind != "Date"]
            self.held += holdings(document, sentence, inside, book)
        self._holders = {h.office: h.person for h in self.held}

    def within(self, start: int, end: int) -> list[Span]:
        """Spans that begin in a stretch."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def persons(self, sentence: Sentence) -> list[str]:
        """Keys of the persons a sentence names or points to, in order, each once."""
        found: list[tuple[int, str]] = []
        for span in self.within(sentence.start, sentence.end):
            if span.kind == "Person" and (thing := self.things.of(span)):
                found.append((span.start, thing.key))
            elif span.kind == "Office" and span not in self._holders and (key := self.holder_of(span)):
                found.append((span.start, key))
        for hit in _definite(self.document.lang).longest(self.document.folded, sentence.start, sentence.end):
            if hit.key != "=" and (key := self._pointed(hit.key.split(), hit.start)):
                found.append((hit.start, key))
        return list(dict.fromkeys(key for _, key in sorted(found)))

    def bodies(self, sentence: Sentence) -> list[Span]:
        """Organisations and countries that a sentence names."""
        inside = self.within(sentence.start, sentence.end)
        return [s for s in inside if s.kind not in {"Person", "Office", "Date", "City", "Region"}]

    def names_sides(self, sentence: Sentence) -> bool:
        """Does a sentence speak of the sides of the open event?"""
        return any(h.key == "=" for h in _definite(self.document.lang).every(self.document.folded, sentence.start, sentence.end))

    def key(self, span: Span) -> str | None:
        """Key of the thing that a span names."""
        thing = self.things.of(span)
        return thing.key if thing else None

    def holder_of(self, office: Span) -> str | None:
        """The person whom a bare office means: the last one named with it."""
        if office in self._holders:
            return self.key(self._holders[office])
        after = next((s for s in self.within(office.end, office.end + 60) if s.kind not in {"Date"}), None)
        if after is not None and after.kind == "Person" and after.start - office.end <= 2:
            return self.key(after)
        return self._pointed([office.name], office.start)

    def _pointed(self, roles: list[str], offset: int) -> str | None:
        if roles == ["*"]:
            return self._visitor(offset)
        for held in reversed(self.held):
            if held.office.name in roles and held.person.start < offset:
                return self.key(held.person)
        return None

    def _visitor(self, offset: int) -> str | None:
        """The first person of the text who is not at home: the one a visit is about."""
        return next((self.key(h.person) for h in self.held if h.person.start < offset), None)

    def side(self, person: str) -> str | None:
        """For whom a person speaks: the state for its officials, else the body where the office is."""
        best: str | None = None
        for held in self.held:
            if self.key(held.person) != person:
                continue
            if held.represents:
                return self.things.country(held.represents, self.book, self.document.lang)
            if held.organization is not None and (thing := self.things.of(held.organization)):
                if thing.country and thing.kind in {"Ministry", "Parliament", "Embassy"}:
                    return self.things.country(thing.country, self.book, self.document.lang)
                best = best or thing.key
        return best

    def sides(self, persons: Iterable[str]) -> tuple[str, ...]:
        """The sides of several persons, each once."""
        return tuple(dict.fromkeys(side for p in persons if (side := self.side(p))))

    def is_place(self, thing: Thing) -> bool:
        """Is the thing a place?"""
        return thing.kind in PLACES

"""What a document shows once its names are known: who stands in which sentence, holding what, speaking for whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.accreditation import received
from elshi.ingest.annotate.common_bodies import ruler_of_seat, rules_region
from elshi.ingest.annotate.completion import completed, stately
from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.pointing import is_honoured, is_several, pointed, several, whom
from elshi.ingest.annotate.positions import Held, holdings
from elshi.ingest.annotate.things import Thing, Things
from elshi.ingest.authorities import Book

__all__ = ["Scene"]

#: Bodies whose officials act for their state.
_STATE_BODIES: Final = frozenset({"Ministry", "Parliament", "Embassy"})
#: Offices that only parliaments have, whatever their names look like: `Assembly of the Republic`.
_OF_HOUSES: Final = frozenset({"speaker-of-parliament", "member-of-parliament"})
#: Offices whose holders are addressed as professors.
_ACADEMIC: Final = frozenset({"rector", "vice-rector", "dean", "president", "director", "head", "chairperson", "minister"})
#: Parts of a university that sign and negotiate in its name, and how near its own name stands to theirs.
_UNITS: Final = frozenset({"Faculty", "School", "Campus"})
_BESIDE: Final = 24


@lru_cache(maxsize=4)
def _definite(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "definite"))


@lru_cache(maxsize=4)
def _cues(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "cues"))


@lru_cache(maxsize=1)
def _by_body() -> dict[tuple[str, str], str]:
    return {(row["role"], row["body"]): row["becomes"] for row in read_table("any", "offices_by_body")}


class Scene:
    """Spans of a document in order, the things they name, the offices that persons hold."""

    def __init__(self, document: Document, spans: Iterable[Span], things: Things, book: Book) -> None:
        self.document = document
        self.things = things
        self.book = book
        self.spans = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in self.spans]
        self.opened: dict[Sentence, tuple[Hit, ...]] = {}  # what opens an occasion in a sentence that was asked about
        self._persons: dict[tuple[int, int], list[str]] = {}
        self._cues: dict[tuple[int, int], dict[str, list[Hit]]] = {}
        self.held: list[Held] = []
        for sentence in document.sentences:
            inside = [s for s in self.within(sentence.start, sentence.end) if s.kind != "Date"]
            self.held += holdings(document, sentence, inside, book)
        self.held = [completed(self, h) for h in self.held]
        self.held = [received(self, stately(self, h)) for h in self.held if not self._is_mere_title(h)]
        self._holders = {h.office: h.person for h in self.held}

    def _is_mere_title(self, held: Held) -> bool:
        """Is `Professor` how the text speaks of somebody to whom it gives another office: `Rector Jaanson`, then `Professor Jaanson`?"""
        bare = held.office.name == "professor" and held.start == held.office.start and 0 < held.person.start - held.office.end <= 2
        own = bare and self.document.text[held.office.start : held.office.end].count(" ") == 0 and self.key(held.person)
        follows = bare and held.organization is not None and held.organization.start > held.person.start
        return bool(own) and not follows and any(h.office.name in _ACADEMIC and self.key(h.person) == own for h in self.held)

    def within(self, start: int, end: int) -> list[Span]:
        """Spans that begin in a stretch."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def persons(self, sentence: Sentence) -> list[str]:
        """Keys of the persons a sentence names or points to, in order, each once."""
        known = self._persons.get((sentence.start, sentence.end))
        if known is None:
            known = self._persons[sentence.start, sentence.end] = self._persons_in(sentence)
        return list(known)

    def _persons_in(self, sentence: Sentence) -> list[str]:
        found: list[tuple[int, str]] = []
        for span in self.within(sentence.start, sentence.end):
            if span.kind in {"Person", "Office"} and is_honoured(self, span):
                continue
            if span.kind == "Person" and (thing := self.things.of(span)):
                found.append((span.start, thing.key))
            elif span.kind == "Office" and span not in self._holders and is_several(self, span):
                found += [(span.start, key) for key in several(self, span)]
            elif span.kind == "Office" and span not in self._holders and (key := self.holder_of(span)):
                found.append((span.start, key))
        for hit in _definite(self.document.lang).longest(self.document.folded, sentence.start, sentence.end):
            if hit.key in {"*", "**"} and self._is_beside(hit, found):
                continue  # `The Minister led a delegation`
            if hit.key != "=" and (key := pointed(self, hit.key.split(), hit.start)):
                found.append((hit.start, key))
        return list(dict.fromkeys(key for _, key in sorted(found)))

    def _is_beside(self, hit: Hit, found: list[tuple[int, str]]) -> bool:
        """Is a guest only spoken of behind somebody: `The Minister led a delegation`, `қонақтар құрметіне`?"""
        named = any(at < hit.start for at, _ in found)
        return named and (self.document.lang != "kk" or self.document.folded.startswith(" құрмет", hit.end))

    def bodies(self, sentence: Sentence) -> list[Span]:
        """Organisations and countries that a sentence names."""
        inside = self.within(sentence.start, sentence.end)
        bodies = [s for s in inside if s.kind not in {"Person", "Office", "Date", "City", "Region"}]
        return [s for s in bodies if (t := self.things.of(s)) and t.kind not in {"Person", "City", "Region"}]

    def key(self, span: Span) -> str | None:
        """Key of the thing that a span names."""
        thing = self.things.of(span)
        return thing.key if thing else None

    def role_of(self, held: Held) -> str:
        """The scheme's word for an office, which the kind of body may change: a parliament's chairman is its speaker."""
        thing = self.things.of(held.organization) if held.organization else None
        role = "governor" if rules_region(self, held) else ruler_of_seat(held) or held.office.name
        return _by_body().get((role, thing.kind if thing else "*")) or _by_body().get((role, "*"), role)

    def state_of(self, held: Held) -> str | None:
        """ISO code of the state that the holder acts for: named beside the office, else the ministry's or parliament's own."""
        thing = self.things.of(held.organization) if held.organization else None
        domestic = thing is not None and thing.kind == "Ministry" and scope_of(held.office.name, self.document.lang) == "body"
        if held.represents and not (domestic and thing and thing.country):  # `директор Департамента Америки МИД Казахстана`
            return (
                held.represents
                if thing is None
                or scope_of(held.office.name, self.document.lang) != "body"
                or thing.kind in _STATE_BODIES
                or held.office.name in _OF_HOUSES
                else None
            )
        return thing.country if thing and thing.kind in _STATE_BODIES else None

    def receiving_of(self, held: Held) -> str | None:
        """Key of the side an envoy is sent to; a consul's city stands for its country, a region of several states for none."""
        post = held.accredited_to
        thing = self.things.of(post) if post else None
        if thing is None:
            iso = post.record.partition(":")[2] if post and post.record and post.kind == "Country" else None
            return self.things.country(iso, self.book, self.document.lang) if iso else None
        if thing.kind != "Country" and thing.country:
            return self.things.country(thing.country, self.book, self.document.lang)
        return None if thing.kind in PLACES - {"Country"} else thing.key

    def holder_of(self, office: Span) -> str | None:
        """The person whom an office means: who holds it, else whom the text points to by a bare one."""
        return self.key(self._holders[office]) if office in self._holders else whom(self, office)

    def state_key(self, held: Held) -> str | None:
        """Key of the state that the holder acts for."""
        iso = self.state_of(held)
        return self.things.country(iso, self.book, self.document.lang) if iso else None

    def side(self, person: str) -> str | None:
        """For whom a person speaks: the state for its officials, else the body where the office is."""
        best: str | None = None
        for held in self.held:
            if self.key(held.person) != person:
                continue
            state = self.state_key(held)
            if state:
                return state
            if held.organization is not None and (thing := self.things.of(held.organization)):
                best = best or self._whole(held.organization, thing).key
        return best

    def _whole(self, span: Span, unit: Thing) -> Thing:
        """Whom a faculty or school acts for: the university beside its name or in it; any other body acts for itself."""
        if unit.kind not in _UNITS:
            return unit
        words = set(re.findall(r"[\w-]+", unit.name))
        sentence = self.document.sentence_at(span.start)
        for other in self.within(sentence.start, sentence.end):
            thing = self.things.of(other)
            gap = self.document.text[min(span.end, other.end) : max(span.start, other.start)]
            if thing is not None and thing.kind == "University" and len(gap) <= _BESIDE and not re.search(r"[,.;:]", gap):
                return thing
        named = (t for t in self.things if t.kind == "University" and t.acronym in words)
        return next(named, unit)

    def sides(self, persons: Iterable[str]) -> tuple[str, ...]:
        """The sides of several persons, each once."""
        return tuple(dict.fromkeys(side for p in persons if (side := self.side(p))))

    def has_cue(self, cue: str, sentence: Sentence) -> bool:
        """Does a sentence hold one of the small words of a kind?"""
        return bool(self.cues(cue, sentence))

    def cues(self, cue: str, sentence: Sentence) -> list[Hit]:
        """Where a sentence holds the small words of a kind."""
        known = self._cues.get((sentence.start, sentence.end))
        if known is None:
            known = self._cues[sentence.start, sentence.end] = {}
            for hit in _cues(self.document.lang).every(self.document.folded, sentence.start, sentence.end):
                known.setdefault(hit.key, []).append(hit)
        return known.get(cue, [])

    def holds(self, person: Span, office: Span) -> bool:
        """Does a person hold an office where both stand?"""
        return self._holders.get(office) == person

    def states(self) -> tuple[str, ...]:
        """The two countries a bilateral text is between: the two it names most."""
        counts = Counter(k for s in self.spans if s.kind == "Country" and (k := self.key(s)))
        pair = [key for key, _ in counts.most_common(2)]
        return tuple(pair) if len(pair) == 2 else ()

    def last_body(self, sentence: Sentence, kinds: set[str]) -> Thing | None:
        """The last body of some kinds that the text named before a sentence."""
        earlier = [t for s in self.within(0, sentence.start) if (t := self.things.of(s)) and t.kind in kinds]
        return earlier[-1] if earlier else None

    def is_place(self, thing: Thing) -> bool:
        """Is the thing a place?"""
        return thing.kind in PLACES

"""What a document shows once its names are known: who stands in which sentence, holding what, speaking for whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.common_bodies import rules_region
from elshi.ingest.annotate.completion import completed, stately
from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.evidence import is_plural
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.positions import Held, holdings
from elshi.ingest.annotate.things import Thing, Things
from elshi.ingest.authorities import Book

__all__ = ["Scene"]

#: Bodies whose officials act for their state.
_STATE_BODIES: Final = frozenset({"Ministry", "Parliament", "Embassy"})
#: Words for people of a kind, which point to nobody by themselves.
_NOBODY: Final = frozenset({"expert", "student", "researcher"})
_HONOURED: Final = re.compile(
    r"[ \u00a0](?:туғанына[ \u00a0])?(?:\d{1,3}[ \u00a0-]*(?:жылды\w*|жас\w*)|мерейтой\w*|рухына|құрметіне|шығарма\w*|атындағы|еске[ \u00a0]ал\w*|"
    r"шақыруымен|шақыруы[ \u00a0]бойынша|тапсырмасы\w*|атынан|сәлемін|жолдауын|үндеуін|құттықтауын|жарлығы\w*|бастамасы\w*|өкімі\w*)"
)
#: Spans that own no office.
_NO_OWNERS: Final = frozenset({"Office", "Date", "Person"})
#: A Russian office and the beginning of a capitalised word behind it.
_BODY_WORD: Final = re.compile(r"[\w-]+ ([А-ЯЁ]\w{2,4})")
#: Letters of an office by which its words are told to be the same: `Президент`, not `Мемлекет басшысы`.
_SAME: Final = 6
#: As many persons a plural may point back to.
_FEW: Final = 4
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
        self.held: list[Held] = []
        for sentence in document.sentences:
            inside = [s for s in self.within(sentence.start, sentence.end) if s.kind != "Date"]
            self.held += holdings(document, sentence, inside, book)
        self.held = [completed(self, h) for h in self.held]
        self.held = [stately(self, h) for h in self.held]
        self._holders = {h.office: h.person for h in self.held}

    def within(self, start: int, end: int) -> list[Span]:
        """Spans that begin in a stretch."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def persons(self, sentence: Sentence) -> list[str]:
        """Keys of the persons a sentence names or points to, in order, each once."""
        found: list[tuple[int, str]] = []
        for span in self.within(sentence.start, sentence.end):
            if span.kind in {"Person", "Office"} and self._is_honoured(span):
                continue
            if span.kind == "Person" and (thing := self.things.of(span)):
                found.append((span.start, thing.key))
            elif span.kind == "Office" and span not in self._holders and self._is_plural(span):
                found += [(span.start, key) for key in self._several(span)]
            elif span.kind == "Office" and span not in self._holders and (key := self.holder_of(span)):
                found.append((span.start, key))
        for hit in _definite(self.document.lang).longest(self.document.folded, sentence.start, sentence.end):
            if hit.key == "*" and any(at < hit.start for at, _ in found) and self.document.lang == "en":
                continue  # `The Minister led a delegation`
            if hit.key != "=" and (key := self._pointed(hit.key.split(), hit.start)):
                found.append((hit.start, key))
        return list(dict.fromkeys(key for _, key in sorted(found)))

    def _is_honoured(self, person: Span) -> bool:
        """Is a person only whom an occasion honours, `Абайдың 180 жылдығына арналған`, or who bade or sent others? Kazakh tells."""
        return self.document.lang == "kk" and _HONOURED.match(self.document.folded[person.end :]) is not None

    def _is_plural(self, office: Span) -> bool:
        """Does an office stand for several persons: `президенттер`, `министры`, `senators`?"""
        if self.document.lang != "kk":
            return is_plural(self.document, office)
        return self.document.tokens(office.start, office.end)[-1].morph.get("Number", []) == ["Plur"]

    def _several(self, office: Span) -> list[str]:
        """The two or three persons whom the text has named with an office, when it says no more than `министры` in Russian or English."""
        named = (self.key(h.person) for h in self.held if h.office.name == office.name and h.person.start < office.start)
        known = list(dict.fromkeys(key for key in named if key))
        return known if 2 <= len(known) <= _FEW and self.document.lang != "kk" else []

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
        role = "governor" if rules_region(self, held) else held.office.name
        return _by_body().get((role, thing.kind if thing else "*")) or _by_body().get((role, "*"), role)

    def state_of(self, held: Held) -> str | None:
        """ISO code of the state that the holder acts for: named beside the office, else the ministry's or parliament's own."""
        thing = self.things.of(held.organization) if held.organization else None
        domestic = thing is not None and thing.kind == "Ministry" and scope_of(held.office.name, self.document.lang) == "body"
        if held.represents and not (domestic and thing and thing.country):  # `директор Департамента Америки МИД Казахстана`
            return (
                held.represents
                if thing is None or scope_of(held.office.name, self.document.lang) != "body" or thing.kind in _STATE_BODIES
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
        """The person whom a bare office means: the last one named with it."""
        if office in self._holders:
            return self.key(self._holders[office])
        if office.name in _NOBODY or self.document.text[office.start : office.end] == "жетекші":
            return None
        after = next((s for s in self.within(office.end, office.end + 60) if s.kind not in {"Date"}), None)
        if after is not None and after.kind == "Person" and after.start - office.end <= 2:
            return self.key(after)
        word = self.document.folded[office.start : office.start + _SAME]
        return self._pointed([office.name], office.start, word, self._state_behind(office), self._owner_behind(office))

    def _owner_behind(self, office: Span) -> str | None:
        """The body right behind a bare office in Russian and English: `Председатель Сабора`, `the Chairman of the Mazhilis`."""
        if self.document.lang == "kk":
            return None
        behind = next((s for s in self.within(office.end, office.end + 12) if s.kind not in PLACES and s.kind not in _NO_OWNERS), None)
        between = self.document.folded[office.end : behind.start].strip(" «“\"\u00a0") if behind else ","
        return self.key(behind) if behind and between in {"", "of", "of the"} else None

    def _state_behind(self, office: Span) -> str | None:
        """The state that a bare office has in it or behind it in Russian: `глава казахстанского ведомства`, `глава МИД Казахстана`."""
        inside = re.findall(r"[\w-]+", self.document.text[office.start : office.end])[1:]
        if self.document.lang == "ru" and (iso := next(filter(None, (self.book.adjective(w, "ru") for w in inside)), None)):
            return iso
        behind = (
            [s for s in self.within(office.start, office.end + 2) if s.kind in {"Country", "Ministry"}]
            if self.document.lang == "ru"
            else []
        )
        thing = self.things.of(behind[0]) if behind else None
        return thing.country if thing else None

    def _pointed(self, roles: list[str], offset: int, word: str = "", state: str | None = None, behind: str | None = None) -> str | None:
        if roles == ["*"]:
            return self._visitor(offset, self._nation(offset))
        owner, nation = self._owner(offset) or behind, state or self._nation(offset)
        fitting = [h for h in self.held if h.office.name in roles and h.person.start < offset]
        fitting = self._of_the_same(fitting, offset)
        if nation is not None:
            fitting = [h for h in fitting if self.state_of(h) == nation]
        owned = [h for h in fitting if owner and owner in {self.key(h.organization) if h.organization else None, self._state_key(h)}]
        if owner and not owned:
            return None
        called = [h for h in owned or fitting if word and self.document.folded.startswith(word, h.office.start)]
        if not owner and self.held[:1] and self.held[0] in (called or fitting):  # the text is about him
            return self.key(self.held[0].person)
        return self.key((called or owned or fitting)[-1].person) if fitting else self._lead(offset) if word and not (owner or nation) else None

    def _lead(self, offset: int) -> str | None:
        """The person a text is about where it never says what he is: `Аскар Жандосов на посту Посла`, and then `Посол`."""
        first = next((s for s in self.spans if s.kind == "Person"), None)
        if first is None or first.start > offset or any(self.key(h.person) == self.key(first) for h in self.held):
            return None
        return self.key(first)

    def _of_the_same(self, fitting: list[Held], offset: int) -> list[Held]:
        """Those whose office a Russian text follows with the same capitalised word as here: `Председатель Сабора`."""
        word = _BODY_WORD.match(self.document.text, offset) if self.document.lang == "ru" else None
        named = [h for h in fitting if word and word[1] in self.document.text[h.office.end : h.person.start]]
        return named or fitting

    def _owner(self, offset: int) -> str | None:
        """The body or state right before a bare office: `Хурал Төрағасы`, `Кения Президенті`."""
        if self.document.lang != "kk":
            return None
        before = [s for s in self.within(max(0, offset - 80), offset) if s.kind not in {"Office", "Date", "Person"}]
        if (
            not before
            or self.document.text[before[-1].end : offset].strip(' »”"')
            or self.document.case(before[-1].start, before[-1].end) not in {"Nom", "Gen"}
        ):
            return None
        return self.key(before[-1])

    def _state_key(self, held: Held) -> str | None:
        iso = self.state_of(held)
        return self.things.country(iso, self.book, self.document.lang) if iso else None

    def _visitor(self, offset: int, nation: str | None) -> str | None:
        """The first person of the text who is not at home, of a nation where one is told: the one a visit is about."""
        guests = (h for h in self.held if h.person.start < offset and (nation is None or self.state_of(h) in {nation, None}))
        return next((self.key(h.person) for h in guests), None)

    def _nation(self, offset: int) -> str | None:
        """The state that a Russian or English word before a bare office tells: `египетский дипломат`, `the Kazakh delegation`."""
        if self.document.lang == "kk":
            return None
        words = re.findall(r"[\w-]+", self.document.text[max(0, offset - 40) : offset])
        return self.book.adjective(words[-1], self.document.lang) if words else None

    def side(self, person: str) -> str | None:
        """For whom a person speaks: the state for its officials, else the body where the office is."""
        best: str | None = None
        for held in self.held:
            if self.key(held.person) != person:
                continue
            state = self._state_key(held)
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
        return [h for h in _cues(self.document.lang).every(self.document.folded, sentence.start, sentence.end) if h.key == cue]

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

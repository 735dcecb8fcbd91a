"""From spans to the things of a document: every name of a person, body or place meets its other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.authorities import Book
from elshi.ingest.keys import inner_key
from elshi.ingest.languages.names import matches_short
from elshi.ingest.model import Entity, Mention

__all__ = ["Thing", "Things", "gather"]


@dataclass(slots=True)
class Thing:
    """One thing of a document while its mentions are being gathered."""

    key: str
    kind: str
    name: str
    spans: list[Span] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    acronym: str | None = None
    record: str | None = None
    country: str | None = None
    part_of: str | None = None
    why: str = ""  # what in the text says which record is meant

    @property
    def first(self) -> int:
        """Offset of the first mention."""
        return min(s.start for s in self.spans)


class Things:
    """The things of a document, by key and by span."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things = {t.key: t for t in things}
        self._by_span = {span: t.key for t in self._things.values() for span in t.spans}

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things.values())

    def __getitem__(self, key: str) -> Thing:
        return self._things[key]

    def of(self, span: Span) -> Thing | None:
        """The thing that a span names."""
        key = self._by_span.get(span)
        return self._things[key] if key else None

    def country(self, iso: str, book: Book, lang: str) -> str:
        """Key of a country, which joins the document when nothing has named it yet."""
        found = next((t.key for t in self._things.values() if t.kind == "Country" and t.country == iso), None)
        if found:
            return found
        record = book.country(iso)
        name = (record.name(lang) if record else None) or iso
        thing = Thing(f"#{len(self._things)}", "Country", name, [], [name], record=f"country:{iso}", country=iso)
        self._things[thing.key] = thing
        return thing.key

    def entities(self, document: Document, used: set[str]) -> tuple[Entity, ...]:
        """The things as entities with local keys; one that the text does not name stays only if a fact uses it."""
        return tuple(_entity(document, t) for t in self._things.values() if t.spans or t.key in used)


def _entity(document: Document, thing: Thing) -> Entity:
    lang = document.lang
    mentions = tuple(
        Mention(s.start, s.end, document.text[s.start : s.end], thing.kind, s.score, s.by)
        for s in sorted(thing.spans, key=lambda s: s.start)
    )
    others = tuple((n, lang) for n in dict.fromkeys(thing.names) if n != thing.name)
    return Entity(
        thing.key, thing.kind, ((thing.name, lang),), mentions, others, thing.acronym, thing.country, thing.part_of, record=thing.record,
        why=thing.why if thing.record else "",
    )  # fmt: skip


def gather(document: Document, spans: Iterable[Span], acronyms: Mapping[Span, tuple[Span, ...]], book: Book) -> Things:
    """Put the spans of one thing together: the same record, name, acronym; a surname under its full name."""
    named = [s for s in spans if s.kind not in {"Office", "Date"}]
    things: list[Thing] = []
    for span in named:
        if span.kind == "Person":
            continue
        abroad = _house_abroad(things, span, named)
        if abroad is not None:
            abroad.spans.append(span)
            continue
        alike = [t for t in things if _same_body(t, span, document.lang)]
        thing = max(alike, key=lambda t: t.spans[-1].start) if span.kind == "Parliament" and alike else next(iter(alike), None)
        if thing is None:
            thing = _thing(f"#{len(things)}", span, book, document.lang)
            thing.country = thing.country or _owner(document, span, named)
            things.append(thing)
        if span in acronyms:
            thing.acronym = thing.acronym or acronyms[span][0].name
        if thing.kind == "Parliament":
            thing.country = thing.country or _country_in(span.name, document.lang, book) or _owner(document, span, named)
        _take(thing, span, document)
        for short in acronyms.get(span, ()):
            thing.acronym = thing.acronym or short.name
            thing.names.append(short.name)
            if short not in named:
                thing.spans.append(short)
    things = _join_acronyms(things)
    people = _people([s for s in named if s.kind == "Person"], document, len(things))
    return Things([*things, *people])


def _house_abroad(things: Iterable[Thing], span: Span, named: Iterable[Span]) -> Thing | None:
    """The foreign house that a bare `Senate` means: one named before it, where the text names no house of its own state in full."""
    if span.kind != "Parliament" or not span.record or " " in span.name or any(s.record == span.record and " " in s.name for s in named):
        return None
    bare = fold(span.name)
    houses = (t for t in things if t.kind == "Parliament" and t.record != span.record and t.country and " " in t.name)
    alike = (t for t in houses if any(word.startswith(bare) for word in fold(t.name).split()))
    return max(alike, key=lambda t: t.spans[-1].start, default=None)


def _thing(key: str, span: Span, book: Book, lang: str) -> Thing:
    record = book.record(span.record) if span.record else None
    country = record.country if record else None if span.kind in PLACES else _country_in(span.name, lang, book)
    if span.record and span.record.startswith("country:"):
        country = span.record.split(":")[1]
    kind = record.kind if record and record.kind != "Organization" else span.kind
    country = country or span.get("country")
    return Thing(key, kind, span.name, [], [], record=span.record, country=country, why=span.get("why") or "")


def _owner(document: Document, span: Span, spans: Iterable[Span]) -> str | None:
    """The country in the genitive beside a body: `Бразилияның Ауыл шаруашылығы министрлігі`, `Национального совета Словацкой Республики`."""
    if span.kind in PLACES or span.kind == "InternationalOrganization":
        return None
    if document.lang == "kk":
        owner = next((s for s in spans if s.kind == "Country" and 0 <= span.start - s.end <= 1), None)
        genitive = owner is not None and document.case(owner.start, owner.end) == "Gen"
    else:
        link = r"(?: \([^()]*\))? " if document.lang == "ru" else r"(?: \([^()]*\))? of (?:the )?"
        behind = (s for s in spans if s.kind == "Country" and re.fullmatch(link, document.text[span.end : s.start]))
        owner = next(behind, None)
        genitive = owner is not None and (document.lang == "en" or document.case(owner.start, owner.end) == "Gen")
    return owner.record.partition(":")[2] if owner is not None and owner.record and genitive else None


def _country_in(name: str, lang: str, book: Book) -> str | None:
    """The country that a body's own name tells: first words in Kazakh, last in Russian, either in English, or an adjective."""
    words = re.findall(r"[\w'’-]+", name)
    if (
        lang == "kk"
        and len(words) > 1
        and words[0][:1].isupper()
        and (owner := book.lookup(inner_key(words[0], lang), lang, kinds={"Country"}))
    ):
        return owner[0].country
    for size in (3, 2, 1):
        for part in (words[:size], words[-size:]):
            if len(words) > size and part[0][:1].isupper():
                found = book.named(" ".join(part), lang, kinds={"Country"})
                if found:
                    return found[0].country or found[0].id.split(":")[1]
    return next((iso for w in words if w[:1].isupper() and (iso := book.adjective(w, lang))), None)


def _take(thing: Thing, span: Span, document: Document) -> None:
    thing.spans.append(span)
    thing.names.append(span.name)
    if thing.kind == "Organization" and not thing.record:
        thing.kind = span.kind
    latin = None if thing.acronym else re.match(r"[A-Z][\w&-]+(?: [A-Z][\w&-]+)*(?= [а-яәғқңөұүһі])", span.name)
    if latin and latin[0] != span.name:
        thing.names.append(latin[0])
    thing.record = thing.record or span.record
    if len(span.name) > len(thing.name) and not thing.record:
        thing.name = span.name


def _same_body(thing: Thing, span: Span, lang: str) -> bool:
    if thing.record and span.record:
        return thing.record == span.record
    if (thing.kind in PLACES) != (span.kind in PLACES):
        return False
    if thing.kind == "City" and (span.get("country") or thing.record is None and thing.country) and span.get("country") != thing.country:
        return False
    mine = {fold(n) for n in thing.names}
    other = fold(span.name)
    known = thing.record or thing.country  # a bare house whose state is known is another than one of a state named later
    if "Parliament" in {thing.kind, span.kind} and any(
        n.startswith(f"{other} ") or (" " in n or not known) and other.startswith(f"{n} ") for n in mine
    ):
        return lang != "kk"  # `Сенат` after `Сенат Парламента Казахстана`, `Палата представителей` before that of a country
    if other in mine:
        return True
    if thing.kind in PLACES:
        return False
    return any(_is_shorter(other, name) or _is_shorter(name, other) for name in mine)


def _is_shorter(short: str, full: str) -> bool:
    """Is one name the other with words left off: `Археология институты` of `Ә.Х. Марғұлан атындағы Археология институты`?"""
    few, many = re.findall(r"\w+", short), re.findall(r"\w+", full)
    if len(few) == 1 and 2 <= len(many) <= 3:
        return many[0] == few[0] and bool(re.fullmatch(r"[a-z]\w+", few[0]))
    if len(few) < 2 or len(few) >= len(many):
        return False
    tail = many[-len(few) :]
    return tail[:-1] == few[:-1] and _same_noun(tail[-1], few[-1]) or many[: len(few)] == few and len(many) - len(few) >= 2


def _same_noun(one: str, other: str) -> bool:
    """The same word, with a possessive ending or without: `хурал`, `хуралы`."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


def _join_acronyms(things: list[Thing]) -> list[Thing]:
    """A thing that is called by another's acronym is that other."""
    kept: list[Thing] = []
    full = {fold(t.acronym): t for t in things if t.acronym}
    full |= {fold(n): t for t in things for n in t.names if t.acronym}
    for thing in things:
        owner = full.get(fold(thing.name))
        if owner is None or owner is thing or thing.kind in PLACES:
            kept.append(thing)
            continue
        owner.spans += thing.spans
        owner.names += thing.names
        owner.record = owner.record or thing.record
    return kept


def _people(spans: list[Span], document: Document, offset: int) -> list[Thing]:
    """Persons by their fullest name; initials and bare surnames go to the one person they fit."""
    people: list[Thing] = []
    for span in sorted(spans, key=lambda s: (_is_short(s.name), s.start)):
        fits = [
            p for p in people if any(fold(p.name) == fold(n) or matches_short(p.name, n, document.lang) for n in _readings(document, span))
        ]
        if fits:
            person = min(fits, key=lambda p: min(abs(s.start - span.start) for s in p.spans))
        else:
            person = Thing("", "Person", span.name)
            people.append(person)
        person.spans.append(span)
        person.names.append(span.name)
    people.sort(key=lambda p: p.first)
    for i, person in enumerate(people):
        person.key = f"#{offset + i + 1000}"
        person.names = [person.name]
    return people


def _readings(document: Document, span: Span) -> list[str]:
    """A short name as it was declined, as it stands, and as a woman's: `Ш. Ергазиной` is of `Ергазин` or of `Ергазина`."""
    surface = document.text[span.start : span.end]
    if document.lang != "ru" or not _is_short(span.name):
        return [span.name]
    return [span.name, surface, *([f"{span.name}а"] if surface != span.name and span.name.endswith(("в", "н")) else [])]


def _is_short(name: str) -> bool:
    return "." in name or " " not in name

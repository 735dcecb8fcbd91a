"""Organisations and places by the grammar of their names: quoted, bracketed, headed by a noun, in Latin script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import is_capitalised, stops
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.extents import EXTENTS
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.kazakh_extents import embassy
from elshi.ingest.annotate.patterns import Hit, PatternTable, fold, read_table
from elshi.ingest.languages.given import is_given

__all__ = ["apposed_names", "headed_names", "headed_places", "kind_of_name", "latin_names", "place_kind", "quoted_names"]

_BY = "organisations/1"
#: In the table, nouns that stand before names and in none: `the battery maker Voltara`.
_SHOWS: Final = "never"
_LATIN: Final = re.compile(r"[A-Z][A-Za-zÀ-ɏ&'’-]+(?:[ -](?:of|for|de|und|and|&|der|du|la|[A-Z][A-Za-zÀ-ɏ0-9&'’-]*))*")
_NOT_NAMES: Final = frozenset({"PhD", "MBA", "IT", "AI", "COVID-19", "SMS", "VIP", "URL", "MoU", "USD", "EUR", "AA", "GPS", "LED", "DNA"})
#: Classes whose head noun only says what a foreign name is: `Jacto компаниясы`, `Euronews телеарнасы`.
_GENERIC: Final = frozenset({"Company", "MediaOutlet"})
#: Units of a larger body, which Russian writes with a small letter.
_INNER: Final = frozenset({"Faculty", "School", "ResearchInstitute", "Campus"})
#: Bodies that Kazakh speaks of in the plural without naming one.
_SINGLE: Final = frozenset({"University", "ResearchInstitute", "School", "Company", "Faculty", "Embassy", "Ministry", "MediaOutlet"})
_ROMAN: Final = re.compile("[IVX]+")
_PORTFOLIO: Final = re.compile(r"\b(?:ministers?|secretary|undersecretary|commissioner) (?:of|for) $")
#: What a lower-case noun names in quotes that is no body: a programme, a platform, a network.
_NO_BODIES: Final = ("програм", "платформ", "сет", "бағдарлама", "желі", "programme", "program", "platform", "network")
#: Words of a name that a common noun shows, and kinds whose nouns stand before other names too: `the embassy Monday`.
_WORDS: Final = 4
_PLACED: Final = frozenset({"Embassy", "Campus", "Ministry", "GovernmentBody", "Parliament", "Faculty", "School"})
#: How many words a title in quotes has at most.
_TITLE: Final = 8


@lru_cache(maxsize=4)
def _heads(lang: str) -> PatternTable:
    return PatternTable([row for row in read_table(lang, "org_heads") if row["alone"] != _SHOWS])


@lru_cache(maxsize=4)
def _nouns(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "org_heads"))


@lru_cache(maxsize=4)
def _place_heads(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "place_heads"))


@lru_cache(maxsize=10_000)
def kind_of_name(name: str, lang: str, *, common: bool = False) -> str | None:
    """The class that the head noun of a name tells: the last one in Kazakh, the first in Russian, any in English.

    What only common nouns tell, `maker`, counts where the word is `common`.

    >>> kind_of_name("Льеж ғарыш зерттеулер орталығы", "kk"), kind_of_name("Институт археологии", "ru")
    ('ResearchCentre', 'ResearchInstitute')
    """
    hits = (_nouns if common else _heads)(lang).longest(fold(name))
    if not hits:
        return None
    return hits[-1 if lang == "kk" else 0].key


@lru_cache(maxsize=512)
def place_kind(word: str, lang: str) -> str | None:
    """The class of place that a common noun names, None for any other word.

    >>> place_kind("штата", "ru"), place_kind("посла", "ru")
    ('Region', None)
    """
    hits = _place_heads(lang).longest(fold(word))
    return hits[0].key if hits and hits[0].end == len(word) else None


def headed_names(document: Document, claims: Claims, known: Iterable[Span] = ()) -> Iterator[Span]:
    """Names that a head noun closes or opens: `Льеж университеті`, `Министерство финансов`, `University of Tokyo`.

    Of `known` names a place is none of them (`Российская Федерация`), and a neighbour stays out (`… Union and Serbia`).
    """
    others = [s for s in known if s.kind in PLACES]
    places = {(s.start, s.end) for s in others}
    walk = EXTENTS[document.lang]
    for hit in _heads(document.lang).longest(document.folded, document.sentences[0].start if document.sentences else 0):
        if not claims.is_free(hit.start, hit.end) or "-" in document.text[max(0, hit.start - 1) : hit.start]:
            continue
        tokens = document.tokens(hit.start, hit.end)
        if document.lang == "kk" and hit.key in _SINGLE and tokens[-1].morph.get("Number", []) == ["Plur"]:
            continue  # `Ирландия университеттері` are many
        alone = bool(hit.row.get("alone"))
        extent = walk(
            document.doc,
            tokens[-1].i if document.lang == "kk" else tokens[0].i,
            claims.taken,
            alone=alone,
            inner=hit.key == "Faculty" or (hit.key in _INNER and document.lang != "kk"),
        )
        if hit.key == "Embassy" and document.lang == "kk":
            extent = embassy(document.doc, tokens[-1].i) or extent
        if extent is None and alone and is_capitalised(tokens[0]):
            extent = (tokens[0].i, tokens[-1].i + 1)
        if extent is not None and not _is_portfolio(document, document.doc[extent[0]].idx, hit):
            span = _named(document, _without_neighbour(document, extent, others), hit)
            if span is not None and (span.start, span.end) not in places and not _only_in_headline(document, span):
                yield span


def _is_portfolio(document: Document, start: int, hit: Hit) -> bool:
    """Do English words only say what a minister deals with, though one of them heads names too: `Minister of | Petroleum and Energy`?"""
    return document.lang == "en" and hit.key != "Ministry" and _PORTFOLIO.search(document.folded, max(0, start - 24), start) is not None


def _only_in_headline(document: Document, span: Span) -> bool:
    """Is a name one of an English headline, where everything has a capital, that the body does not repeat?"""
    title = document.sentence_at(span.start)
    return document.lang == "en" and title.is_title and document.text.find(span.name, title.end) < 0


def apposed_names(document: Document, claims: Claims, barred: frozenset[int]) -> Iterator[Span]:
    """English names that a common noun before them shows: `the pharmaceutical company Hemofarm`, `the state agency Enterprise Greece`."""
    first = document.body[0].start if document.body else 0
    for hit in _nouns(document.lang).every(document.folded, first) if document.lang == "en" else ():
        i = document.tokens(hit.start, hit.end)[-1].i + 1
        noun = document.text[hit.start : hit.end]
        if (
            not noun.islower()
            or " " in noun
            and hit.row["alone"] != _SHOWS
            or noun.endswith("s")
            or i >= len(document.doc)
            or i in claims.taken
            or hit.key in _PLACED
            and noun != "agency"
        ):
            continue
        end = i
        while end < len(document.doc) and end - i < _WORDS and end not in claims.taken and _goes_into_name(document.doc[end]):
            end += 1
        opening, last = document.doc[i], document.doc[end - 1]
        if hit.row["alone"] == _SHOWS and is_given(opening.text, "en"):
            continue
        if end == i or opening.is_sent_start or fold(opening.text) in stops("en") or i in barred and end == i + 1:
            continue
        start, stop = opening.idx, last.idx + len(last.text)
        if document.text[hit.end : start] in {" ", ' "', " “"}:
            yield Span(start, stop, hit.key, document.nominative(start, stop), score=0.8, by=_BY)


def _goes_into_name(token: Token) -> bool:
    return is_capitalised(token) and token.text.replace("-", "").isalnum() and not token.is_sent_start


def _without_neighbour(document: Document, extent: tuple[int, int], places: list[Span]) -> tuple[int, int]:
    """A name up to the `and` behind which a place stands that has a name of its own."""
    if document.lang != "en":
        return extent
    end = document.doc[extent[1] - 1].idx + len(document.doc[extent[1] - 1].text)
    place = next((s for s in places if s.end == end and s.start > document.doc[extent[0]].idx and s.kind == "Country"), None)
    if place is None:
        return extent
    first = document.tokens(place.start, place.end)[0].i
    first -= document.doc[first - 1].lower_ == "the"
    return (extent[0], first - 1) if document.doc[first - 1].lower_ == "and" and first - 1 > extent[0] + 1 else extent


def _named(document: Document, extent: tuple[int, int], hit: Hit) -> Span | None:
    first, last = document.doc[extent[0]], document.doc[extent[1] - 1]
    start, end = first.idx, last.idx + len(last.text)
    if "\n" in document.text[start:end]:
        return None
    before = document.text[start : hit.start].rstrip()
    if hit.key in _GENERIC and document.lang == "kk" and _LATIN.fullmatch(before):
        return Span(start, start + len(before), hit.key, before, score=0.85, by=_BY)
    return Span(start, end, hit.key, document.nominative(start, end), score=0.8, by=_BY)


def quoted_names(document: Document, claims: Claims) -> Iterator[Span]:
    """«Эйр Астана» авиакомпаниясы, компания «Эйр Астана»: a head noun beside the quotes says that a name is quoted."""
    heads = _heads(document.lang)
    for start, end in document.quotes:
        inside = (start + 1, end - 1)
        words = document.text[inside[0] : inside[1]].split()
        if not 1 <= len(words) <= _TITLE or not claims.is_free(*inside) or not words[0][:1].isupper():
            continue
        after = next(
            (h for h in heads.every(document.folded, end, min(len(document.folded), end + 40)) if _close(document, end, h.start)), None
        )
        near = [] if document.lang == "kk" else list(heads.every(document.folded, max(0, start - 80), start))
        before = next((h for h in near if not document.text[h.end : start].strip()), None)
        longer = _with_its_head(document, claims, near, (start, end)) if document.lang == "ru" else None
        hit = before or after
        name = " ".join(words)
        if longer is not None:
            yield longer
        elif hit is not None and not (
            (hit is before or document.lang == "kk") and document.folded[hit.start : hit.end].startswith(_NO_BODIES)
        ):
            yield Span(*inside, hit.key, name, score=0.85, by=_BY)
        elif hit is None and document.lang == "ru" and (office := _office_before(document, claims, start)):
            kind = "Company" if office.name in {"chief-executive", "general-director"} else "Organization"
            yield Span(*inside, kind, document.nominative(*inside), score=0.75, by=_BY)


def _with_its_head(document: Document, claims: Claims, heads: Iterable[Hit], quote: tuple[int, int]) -> Span | None:
    """A name that begins before its quotes: `Международный финансовый центр «Астана»`."""
    for hit in heads:
        extent = EXTENTS["ru"](document.doc, document.tokens(hit.start, hit.end)[0].i, claims.taken)
        last = document.doc[extent[1] - 1] if extent else None
        if extent and last is not None and not document.text[last.idx + len(last.text) : quote[0]].strip():
            start, end = document.doc[extent[0]].idx, last.idx + len(last.text)
            return Span(start, quote[1], hit.key, f"{document.nominative(start, end)} {document.text[slice(*quote)]}", score=0.8, by=_BY)
    return None


def _office_before(document: Document, claims: Claims, quote: int) -> Span | None:
    """The office right before quotes, `генеральный директор «Грузинской железной дороги»`, whose body they name."""
    return next((s for s in claims.within(max(0, quote - 60), quote) if s.kind == "Office" and s.end == quote - 1), None)


def _close(document: Document, end: int, start: int) -> bool:
    between = document.text[end:start]
    return between.count(" ") <= 2 and not re.search(r"[.,;:()\n]", between)


def latin_names(document: Document, claims: Claims) -> Iterator[Span]:
    """Names in Latin script inside Cyrillic text: foreign bodies keep theirs, persons do not."""
    if document.lang == "en":
        return
    first = document.sentences[0].start if document.sentences else 0
    for match in _LATIN.finditer(document.text, first):
        start, end = match.span()
        word = document.text[start:end]
        if word in _NOT_NAMES or _ROMAN.fullmatch(word) or len(word) < 3 or not claims.is_free(start, end):
            continue
        if document.text[start - 1 : start] == "(" or re.search(r"\([^)\n]*$", document.text[max(0, start - 80) : start]):
            continue
        tokens = document.tokens(start, end)
        stop = tokens[-1].idx + len(tokens[-1].text)
        kind = kind_of_name(word, "en") or "Organization"
        yield Span(start, stop, kind, document.nominative(start, stop), score=0.75, by=_BY)


def headed_places(document: Document, claims: Claims) -> Iterator[Span]:
    """Places that a noun shows as such: `Нарита қаласындағы`, `штат Сан-Паулу`, `Bayan-Ölgii Province`."""
    first = document.sentences[0].start if document.sentences else 0
    for hit in _place_heads(document.lang).longest(document.folded, first):
        if document.text[hit.end : hit.end + 1] == "-" or document.text[hit.start : hit.end].isupper():
            continue
        tokens = document.tokens(hit.start, hit.end)
        sides = {"kk": (-1,), "ru": (1, -1), "en": (-1,)}[document.lang]
        if document.lang == "en" and document.folded[hit.end : hit.end + 4] == " of " and hit.key == "City":
            sides = (1,)
        for side in sides:
            extent = _capitals(document, tokens[0].i, side, 1 if side == 1 and hit.key == "City" else 3)
            if extent is None:
                continue
            names = bool(hit.row.get("name")) and not (document.lang == "en" and not is_capitalised(tokens[0]))
            first_token = min(extent[0], tokens[0].i) if names else extent[0]
            last_token = max(extent[1] - 1, tokens[0].i) if names else extent[1] - 1
            start, last = document.doc[first_token].idx, document.doc[last_token]
            end = last.idx + len(last.text)
            if claims.is_free(start, end):
                yield Span(start, end, hit.key, document.nominative(start, end), score=0.8, by=_BY)
            break


def _capitals(document: Document, head: int, side: int, most: int) -> tuple[int, int] | None:
    """The run of capitalised words next to a token on one side; adjectives only before it in Russian."""
    i = head + side + (1 if side == 1 and document.lang == "en" else 0)
    run: list[int] = []
    while 0 <= i < len(document.doc) and len(run) < most:
        token = document.doc[i]
        if not is_capitalised(token) or token.is_punct or token.text.isupper() and len(token.text) > 1:
            break
        if document.lang == "ru" and side == -1 and token.pos_ != "ADJ":
            break
        if document.lang == "kk" and (run and token.morph.get("Case", ["Nom"]) != ["Nom"] or token.morph.get("Attr", []) == ["Yes"]):
            break
        run.append(i)
        i += side
    if not run or (document.doc[min(run)].is_sent_start and len(run) == 1 and document.lang != "kk"):
        return None
    return min(run), max(run) + 1

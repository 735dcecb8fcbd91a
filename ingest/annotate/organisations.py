"""Organisations and places by the grammar of their names: quoted, bracketed, headed by a noun, in Latin script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.extents import EXTENTS, is_capitalised
from elshi.ingest.annotate.patterns import Hit, PatternTable, fold, read_table

__all__ = ["bracketed_acronyms", "headed_names", "headed_places", "kind_of_name", "latin_names", "named_again", "quoted_names"]

_BY = "organisations/1"
_BRACKET: Final = re.compile(r"[ \u00a0]\(([^()\n]{2,80})\)")
_ACRONYM: Final = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w&-]*(?: [A-Z][\w&-]*){0,4}")
_LATIN: Final = re.compile(r"[A-Z][A-Za-zÀ-ɏ&'’-]+(?:[ -](?:of|for|de|und|and|&|der|du|la|[A-Z][A-Za-zÀ-ɏ0-9&'’-]*))*")
_NOT_NAMES: Final = frozenset({"PhD", "MBA", "IT", "AI", "COVID-19", "SMS", "VIP", "URL", "MoU", "USD", "EUR", "AA", "GPS", "LED", "DNA"})
#: Classes whose head noun only says what a foreign name is: `Jacto компаниясы`, `Euronews телеарнасы`.
_GENERIC: Final = frozenset({"Company", "MediaOutlet"})
#: Units of a larger body, which Russian writes with a small letter.
_INNER: Final = frozenset({"Faculty", "School", "ResearchInstitute", "Campus"})
_ROMAN: Final = re.compile(r"[IVXLC]+")


@lru_cache(maxsize=4)
def _heads(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "org_heads"))


@lru_cache(maxsize=4)
def _place_heads(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "place_heads"))


def kind_of_name(name: str, lang: str) -> str | None:
    """The class that the head noun of a name tells: the last one in Kazakh, the first in Russian, any in English.

    >>> kind_of_name("Льеж ғарыш зерттеулер орталығы", "kk"), kind_of_name("Институт археологии", "ru")
    ('ResearchCentre', 'ResearchInstitute')
    """
    hits = _heads(lang).longest(fold(name))
    if not hits:
        return None
    return hits[-1 if lang == "kk" else 0].key


def headed_names(document: Document, claims: Claims) -> Iterator[Span]:
    """Names that a head noun closes or opens: `Льеж университеті`, `Министерство финансов`, `University of Tokyo`."""
    walk = EXTENTS[document.lang]
    for hit in _heads(document.lang).longest(document.folded, document.sentences[0].start if document.sentences else 0):
        if not claims.is_free(hit.start, hit.end) or "-" in document.text[max(0, hit.start - 1) : hit.start]:
            continue
        tokens = document.tokens(hit.start, hit.end)
        alone = bool(hit.row.get("alone"))
        extent = walk(
            document.doc,
            tokens[-1].i if document.lang == "kk" else tokens[0].i,
            claims.taken,
            alone=alone,
            inner=hit.key == "Faculty" or (hit.key in _INNER and document.lang != "kk"),
        )
        if extent is None and alone and is_capitalised(tokens[0]):
            extent = (tokens[0].i, tokens[-1].i + 1)
        if extent is not None:
            span = _named(document, extent, hit)
            if span is not None:
                yield span


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
        if not 1 <= len(words) <= 8 or not claims.is_free(*inside) or not words[0][:1].isupper():
            continue
        after = next(
            (h for h in heads.every(document.folded, end, min(len(document.folded), end + 40)) if _close(document, end, h.start)), None
        )
        before = next(
            (h for h in heads.every(document.folded, max(0, start - 40), start) if not document.text[h.end : start].strip()), None
        )
        hit = before if document.lang != "kk" and before else after
        if hit is not None:
            name = " ".join(words)
            yield Span(*inside, hit.key, document.nominative(*inside) if start == 0 else name, score=0.85, by=_BY)


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


def bracketed_acronyms(document: Document, claims: Claims) -> dict[Span, tuple[Span, ...]]:
    """Acronyms in brackets after a name, each with the span that it abbreviates: `… университеті (ҚНУ)`."""
    found: dict[Span, tuple[Span, ...]] = {}
    for match in _BRACKET.finditer(document.text):
        owner = next(
            (s for s in reversed(claims.within(max(0, match.start() - 200), match.start())) if _ends_at(document, s, match.start())), None
        )
        if owner is None:
            continue
        parts = []
        for piece in re.finditer(r"[^,;/–—]+", match[1]):
            text = piece[0].strip()
            start = match.start(1) + piece.start() + piece[0].index(text) if text else 0
            if text and _ACRONYM.fullmatch(text) and not _ROMAN.fullmatch(text) and not (owner.name.isupper() and " " in text):
                parts.append(Span(start, start + len(text), owner.kind, text, owner.record, 0.9, _BY))
        if parts:
            found[owner] = tuple(parts)
    return found


def named_again(document: Document, acronyms: Mapping[Span, tuple[Span, ...]]) -> Iterator[Span]:
    """The later mentions of bodies by the acronyms that brackets gave them: `… қауымдастығы (ҚБСҚ)`, then `ҚБСҚ-ның`."""
    given = {short.start for shorts in acronyms.values() for short in shorts}
    for owner, shorts in acronyms.items():
        for short in shorts:
            if sum(c.isupper() for c in short.name) < 2:
                continue
            for match in re.finditer(rf"(?<![\w-]){re.escape(short.name)}(?!\w)", document.text[owner.end :]):
                start = owner.end + match.start()
                last = document.tokens(start, start + len(short.name))[-1]
                if start not in given and document.doc[last.i].idx <= start + len(short.name):
                    yield Span(start, last.idx + len(last.text), owner.kind, short.name, owner.record, 0.85, _BY)


def _ends_at(document: Document, span: Span, offset: int) -> bool:
    between = document.text[span.end : offset]
    return not between.strip(' »"”') and len(between) < 4


def headed_places(document: Document, claims: Claims) -> Iterator[Span]:
    """Places that a noun shows as such: `Нарита қаласындағы`, `штат Сан-Паулу`, `Bayan-Ölgii Province`."""
    first = document.sentences[0].start if document.sentences else 0
    for hit in _place_heads(document.lang).longest(document.folded, first):
        if document.text[hit.end : hit.end + 1] == "-":
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

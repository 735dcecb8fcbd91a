"""Offices that several persons share, and posts that one person holds beside his own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.evidence import is_plural
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.authorities import Book

__all__ = ["concurrent_posts", "counterparts", "second_holder", "sharers", "state_behind"]

_ALSO: Final = {
    "kk": re.compile(r"\b(?:міндетін|қызметін|лауазымын) қоса атқар"),
    "ru": re.compile(
        r"по совместительству,?(?: также)?(?: аккредитован\w*)? (?:в|на)[ \u00a0]|одновременно аккредитован\w* (?:в|на)[ \u00a0]"
    ),
    "en": re.compile(
        r"(?:concurrently|also|non-resident(?: ambassador)?|with concurrent accreditation|with parallel accreditation)"
        r"(?: serving as ambassador)?(?: accredited)? (?:to|in) (?:the )?"
    ),
}
_TWO: Final = re.compile(r"[ \u00a0](?:и|and)[ \u00a0](?:the )?")
_COUNTERPART: Final = re.compile(r"\b(?:his|her|their) (?:new )?(?:([A-Z][\w-]+) )?counterpart,? (?:Mr |Ms |Mrs |Dr )?$")
#: Letters in which a counterpart's name comes.
_NEAR: Final = 60
_LISTED: Final = {
    "kk": re.compile(r"^(?:,|[ \u00a0](?:мен|пен|бен|және))[ \u00a0]$"),
    "ru": re.compile(r"^(?:,|,?[ \u00a0](?:и|а также))[ \u00a0](?:в |на )?$"),
    "en": re.compile(r"^(?:,|,?[ \u00a0]and)[ \u00a0](?:to )?(?:the )?$"),
}


def concurrent_posts(
    document: Document, sentence: Sentence, spans: list[Span], holders: Mapping[Span, Span]
) -> Iterator[tuple[Span, Span, Span]]:
    """`Б. Садықов Латвия мен Литвада да Елші міндетін қоса атқарады`: the office, its holder, each country."""
    also = _ALSO[document.lang].search(document.folded, sentence.start, sentence.end)
    if also is None:
        return
    if document.lang == "kk":
        yield from _kazakh_posts(document, spans, also.start())
        return
    office = next((o for o in reversed(spans) if o.kind == "Office" and o.end <= also.start() and o in holders), None)
    end = also.end()
    for span in (s for s in spans if s.start >= also.end()):
        listed = span.start == end if end == also.end() else bool(_LISTED[document.lang].match(document.folded[end : span.start]))
        if office is None or span.kind not in PLACES or not listed:
            return
        yield office, holders[office], span
        end = span.end


def _kazakh_posts(document: Document, spans: list[Span], also: int) -> Iterator[tuple[Span, Span, Span]]:
    office = next((o for o in spans if o.kind == "Office" and 0 <= also - o.end <= 1), None)
    person = next((s for s in spans if s.kind == "Person"), None)
    if office is None or person is None or person.start > office.start:
        return
    posts = [s for s in spans if s.kind in PLACES and person.end <= s.start < office.start]
    located = [s for s in posts if document.case(s.start, s.end) == "Loc"]
    for span in posts:
        if located and span.start <= located[-1].start:
            yield office, person, span


def sharers(document: Document, office: Span, person: Span, spans: list[Span]) -> Iterator[Span]:
    """The persons that share an office in the plural: `депутаттар Айгүл Құспан мен Марат Башимов`, `senators Anna Kim and Lee Wan`."""
    if not _stands_for_several(document, office) or person.start < office.end:
        return
    end = person.end
    for span in (s for s in spans if s.start >= end):
        if (
            span.kind in PLACES
            and (gap := document.text[end : span.start]).strip() == "("
            and document.text[span.end : span.end + 1] == ")"
        ):
            end += len(gap) + span.end + 1 - span.start  # `послы Карел Смит (Нидерланды), …`
            continue
        if span.kind != "Person" or not _LISTED[document.lang].match(document.folded[end : span.start]):
            return
        yield span
        end = span.end


def state_behind(document: Document, person: Span, spans: list[Span]) -> Span | None:
    """The country behind a name for which its bearer holds an office: `Karel Smit (Netherlands)`, `Ambassador Suri of India`."""
    behind = next((s for s in spans if s.start >= person.end), None)
    if behind is None or behind.kind != "Country":
        return None
    between = document.folded[person.end : behind.start]
    bracketed = between.strip() == "(" and document.text[behind.end : behind.end + 1] == ")"
    return behind if bracketed or document.lang == "en" and between in {" of ", " of the "} else None


def counterparts(
    document: Document, spans: list[Span], holders: Mapping[Span, Span], book: Book
) -> Iterator[tuple[Span, Span, str | None]]:
    """An office whose holder meets one who has it in another state, that one, his state: `Foreign Minister … and his Kazakh counterpart, …`."""
    held = set(holders.values())
    for person in (s for s in spans if s.kind == "Person" and s not in held and document.lang == "en"):
        match = _COUNTERPART.search(document.text, max(0, person.start - _NEAR), person.start)
        office = next((o for o in reversed(spans) if match and o.end <= match.start() and o in holders and holders[o] != person), None)
        if match and office is not None:
            yield office, person, book.adjective(match[1], "en") if match[1] else None


def second_holder(document: Document, left: Span, right: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """Of two persons behind two offices the other's: `ректор и проректор Университета Порту Руй Мораиш и | Ана Мартинш`."""
    person = holders.get(right)
    if document.lang == "kk" or person is None or holders.get(left) != person or person.start < right.end or left.name == right.name:
        return None
    if not _TWO.fullmatch(document.folded[left.end : right.start]) or is_plural(document, left) or is_plural(document, right):
        return None
    behind = [s for s in spans if s.start >= person.end][:2]
    listed = behind and behind[0].kind == "Person" and _LISTED[document.lang].match(document.folded[person.end : behind[0].start])
    follows = len(behind) > 1 and behind[1].kind == "Office" and document.folded[behind[0].end : behind[1].start].strip(" \u00a0–—-,") == ""
    return behind[0] if listed and not follows else None


def _stands_for_several(document: Document, office: Span) -> bool:
    if document.lang == "kk":
        return document.tokens(office.start, office.end)[-1].morph.get("Number", []) == ["Plur"]
    return is_plural(document, office)

"""Offices that a text names: `Төтенше және Өкілетті Елшісі`, `заместитель министра`, `Vice-Rector`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.evidence import BINDING, is_plural
from elshi.ingest.annotate.patterns import Hit, PatternTable, fold, read_table
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["find_offices", "scope_of"]

_BY = "offices/1"
#: The office whose last word may head the name of a body: `председатель Комитета национальной безопасности`.
_OF_COMMITTEE: Final = "committee-chair"
#: What is a body of its own where it has a capital.
_LABORATORY: Final = " of the Laboratory"
#: What makes an English committee a body, or one of a body named before it: `heads | the Olympic Committee`, `chairs | the Senate's …`.
_OWN_COMMITTEE: Final = re.compile(r" (?:of )?the (?:[\w-]+ ){0,2}(?:[\w-]+['’]s |olympic |paralympic )")
_OF_HOUSE: Final = re.compile(r" of the [\w ]+$")
_HOUSE: Final = re.compile(r" of the (?:mazhilis|majilis|senate|national assembly|parliament|security council|national security council)$")


@lru_cache(maxsize=4)
def _roles(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "roles"))


@lru_cache(maxsize=256)
def scope_of(role: str, lang: str) -> str:
    """What completes an office: `state`, `body` or `any`."""
    return next((row["scope"] for row in read_table(lang, "roles") if row["role"] == role), "any")


def find_offices(document: Document, claims: Claims) -> list[Span]:
    """Spans of kind `Office`, `name` the role's slug; words inside other names are left out."""
    start = document.sentences[0].start if document.sentences else 0
    table = _roles(document.lang)
    return [
        Span(hit.start, hit.end - _house(document, hit), "Office", hit.key, by=_BY, attributes=(("scope", hit.row["scope"]),))
        for hit in table.longest(document.folded, start)
        if hit.key != "-"
        and claims.is_free(hit.start, hit.end - _house(document, hit))
        and not _ends_in_no_office(table, document.folded, hit)
        and not _is_name(document, hit)
    ]


def _house(document: Document, hit: Hit) -> int:
    """Letters by which an office leaves its house a name of its own: `President | of the Senate of Poland`, `глава | МИД`."""
    if document.lang == "en":
        if hit.key == _OF_COMMITTEE and (own := _OWN_COMMITTEE.search(document.folded, hit.start, hit.end)):
            return hit.end - own.start()
        if document.text.startswith(_LABORATORY, hit.end - len(_LABORATORY)):
            return len(_LABORATORY)
        if document.folded.startswith("a.i.", hit.end - 3):
            return -1
        member = hit.key == "member-of-parliament" and " of the " in hit.row["pattern"]
        house = (_OF_HOUSE if member else _HOUSE).search(document.folded, hit.start, hit.end)
        return len(house[0]) if house else 0
    last = document.text[hit.start : hit.end].rsplit(None, 1)[-1]
    named = (
        hit.key == _OF_COMMITTEE
        and last[:1].isupper()
        or last.isupper()
        and not is_plural(document, Span(hit.start, hit.end, "Office", hit.key))
    )
    return len(last) + 1 if document.lang == "ru" and named and len(last) < hit.end - hit.start else 0


def _is_name(document: Document, hit: Hit) -> bool:
    """Is a ruler's title somebody's given name: `Султан бин Саад Аль-Мурайхи`, `Sultan bin Ahmed`?"""
    if hit.key != "monarch" or not document.text[hit.start].isupper() or " " in document.text[hit.start : hit.end]:
        return False
    behind = document.doc[slice(*(document.tokens(hit.start, hit.end)[-1].i + i for i in (1, 2)))]
    return any(t.lower_ in BINDING or t.is_title and looks_like_surname(t.text, document.lang) for t in behind)


def _ends_in_no_office(table: PatternTable, folded: str, hit: Hit) -> bool:
    """Does a longer pattern end in a word that only looks like an office, `федералды министрлігі`, and that it does not spell out itself?"""
    last = folded.rfind(" ", hit.start, hit.end) + 1
    if last <= hit.start or not any(other.key == "-" for other in table.at(folded, last, len(folded))):
        return False
    return not re.search(rf"(?<![\w-]){re.escape(folded[last : hit.end])}(?![\w*-])", fold(hit.row["pattern"]))

"""Offices that a text names: `Төтенше және Өкілетті Елшісі`, `заместитель министра`, `Vice-Rector`."""

from __future__ import annotations

from functools import lru_cache

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table

__all__ = ["find_offices", "scope_of"]

_BY = "offices/1"


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
        Span(hit.start, hit.end, "Office", hit.key, by=_BY, attributes=(("scope", hit.row["scope"]),))
        for hit in table.longest(document.folded, start)
        if hit.key != "-" and claims.is_free(hit.start, hit.end) and not _ends_in_no_office(table, document.folded, hit)
    ]


def _ends_in_no_office(table: PatternTable, folded: str, hit: Hit) -> bool:
    """Does a longer pattern end in a word that only looks like an office: `федералды министрлігі`?"""
    last = folded.rfind(" ", hit.start, hit.end) + 1
    return last > hit.start and any(other.key == "-" for other in table.at(folded, last, len(folded)))

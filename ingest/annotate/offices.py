"""Offices that a text names: `Төтенше және Өкілетті Елшісі`, `заместитель министра`, `Vice-Rector`."""

from __future__ import annotations

from functools import lru_cache

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.patterns import PatternTable, read_table

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
    return [
        Span(hit.start, hit.end, "Office", hit.key, by=_BY, attributes=(("scope", hit.row["scope"]),))
        for hit in _roles(document.lang).longest(document.folded, start)
        if hit.key != "-" and claims.is_free(hit.start, hit.end)
    ]

"""Kazakh offices that several persons share, and posts that one person holds beside his own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.gazetteer import PLACES

__all__ = ["concurrent_posts", "sharers"]

_ALSO: Final = re.compile(r"\b(?:міндетін|қызметін|лауазымын) қоса атқар")
_LISTED: Final = re.compile(r"^(?:,|[ \u00a0](?:мен|пен|бен|және))[ \u00a0]$")


def concurrent_posts(document: Document, sentence: Sentence, spans: list[Span], offices: list[Span]) -> Iterator[tuple[Span, Span, Span]]:
    """`Б. Садықов Латвия мен Литвада да Елші міндетін қоса атқарады`: the office, its holder, each country."""
    also = _ALSO.search(document.folded, sentence.start, sentence.end) if document.lang == "kk" else None
    office = next((o for o in offices if also and 0 <= also.start() - o.end <= 1), None)
    person = next((s for s in spans if s.kind == "Person"), None)
    if office is None or person is None or person.start > office.start:
        return
    posts = [s for s in spans if s.kind in PLACES and person.end <= s.start < office.start]
    located = [s for s in posts if document.case(s.start, s.end) == "Loc"]
    for span in posts:
        if located and span.start <= located[-1].start:
            yield office, person, span


def sharers(document: Document, office: Span, person: Span, spans: list[Span]) -> Iterator[Span]:
    """The persons that share a Kazakh office in the plural: `депутаттар Айгүл Құспан мен Марат Башимов`."""
    if (
        document.lang != "kk"
        or document.tokens(office.start, office.end)[-1].morph.get("Number", []) != ["Plur"]
        or person.start < office.end
    ):
        return
    end = person.end
    for span in (s for s in spans if s.start >= end):
        if span.kind != "Person" or not _LISTED.match(document.folded[end : span.start]):
            return
        yield span
        end = span.end

"""Offices that a text names beside a person who does not hold them: one he has left, one of whomever he speaks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table

__all__ = ["Former", "without_principals"]

#: Offices that are held for the holder of another: `спецпредставитель Президента`, `adviser to the Prime Minister`.
_FOR_ANOTHER: Final = frozenset({"representative", "expert", "spokesperson"})
#: What stands between such an office and the other.
_OF: Final = {"ru": re.compile(r" "), "en": re.compile(r" (?:of|to|for) (?:the )?"), "kk": re.compile(r" (?:[\w-]+ ){0,5}")}
_WORDS: Final = 2


@lru_cache(maxsize=4)
def _cues(lang: str) -> PatternTable:
    return PatternTable([row for row in read_table(lang, "cues") if row["cue"] == "former"])


def without_principals(document: Document, spans: list[Span]) -> list[Span]:
    """The spans without offices that only say for whom another office is held: `спецпредставитель | Президента | Казахстана`."""
    offices = [s for s in spans if s.kind == "Office"]
    dropped = {p for left, right in zip(offices, offices[1:], strict=False) if (p := _principal(document, left, right))}
    return [s for s in spans if s not in dropped]


def _principal(document: Document, left: Span, right: Span) -> Span | None:
    """Of two offices in a row the one that the other is held for; Kazakh puts it first."""
    agent, other = (right, left) if document.lang == "kk" else (left, right)
    if (
        agent.name not in _FOR_ANOTHER
        or other.name in _FOR_ANOTHER
        or not _OF[document.lang].fullmatch(document.folded[left.end : right.start])
    ):
        return None
    first = document.tokens(other.start, other.end)
    word = first[-1] if document.lang == "kk" else first[0]
    return other if document.lang == "en" or word.morph.get("Case", []) == ["Gen"] else None


class Former:
    """Offices of a sentence that their bearers have left: `бывший министр`, `экс-президент`, `former Norwegian Prime Minister`."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self._document = document
        self._hits: list[Hit] = list(_cues(document.lang).every(document.folded, sentence.start, sentence.end))

    def __contains__(self, office: Span) -> bool:
        return any(self._leads_to(hit, office) for hit in self._hits)

    def _leads_to(self, hit: Hit, office: Span) -> bool:
        between = self._document.folded[hit.end : office.start]
        return hit.start <= office.start and (
            hit.end >= office.start or re.fullmatch(rf"-|[ \u00a0](?:[\w-]+[ \u00a0]){{0,{_WORDS}}}", between) is not None
        )

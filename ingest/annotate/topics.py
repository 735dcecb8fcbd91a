"""What a release deals with: topics by their trigger words, weighed by where and how often they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Sentence
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.model import Subject

__all__ = ["find_topics", "subjects", "topics_in"]

_BY = "topics/1"
#: Letters of an English office and its domain, and the offices and bodies that have one.
_PHRASE: Final = 90
_OFFICE_OF: Final = re.compile(
    r"\b(?:ministers?|ministry|ministries|secretary|commissioner|department|committee|directorate)"
    r" (?:of|for|on)(?: the)?(?:(?! (?:met|said|discussed|held|visited|is|was|has|to|in|at|with)\b),? [\w-]+){0,7}[ ,]+$"
)
_OFFICE_AFTER: Final = re.compile(r" (?:vice[- ]|deputy )?(?:minister|ministry|secretary|department|committee)\b")
#: Words in which the domain of a minister is told at most: `Қоршаған орта, энергетика және климат министрі`.
_DOMAIN: Final = 8
_MINISTERS: Final = ("министр", "вице-министр")
_OFFICES: Final = ("министр", "министерств", "вице-министр", "замминистр", "департамент", "комитет")


@lru_cache(maxsize=4)
def _triggers(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "topics"))


def find_topics(document: Document, claims: Claims) -> list[tuple[str, Hit]]:
    """Topic slugs with the words that show them; words inside names (a ministry's domain) show nothing."""
    start = document.sentences[0].start if document.sentences else 0
    hits = [h for h in _triggers(document.lang).longest(document.folded, start) if not _is_domain(document, h)]
    return [(topic, hit) for hit in hits if claims.is_free(hit.start, hit.end) for topic in hit.key.split()]


def topics_in(document: Document, sentences: Iterable[Sentence]) -> set[str]:
    """Topic slugs that the words of sentences show, names and offices not set apart."""
    return {h.key for s in sentences for h in _triggers(document.lang).longest(document.folded, s.start, s.end)}


def _is_domain(document: Document, hit: Hit) -> bool:
    """Does a word only say what an office or a body is for: `Энергетика вице-министрі`, `Minister of Energy`?"""
    if document.lang == "en":
        sentence = document.sentence_at(hit.start)
        before = _OFFICE_OF.search(document.folded[max(sentence.start, hit.start - _PHRASE) : hit.start])
        return before is not None or _OFFICE_AFTER.match(document.folded, hit.end) is not None
    if document.lang != "kk":
        return document.lang == "ru" and _is_domain_behind(document, hit)
    tokens = document.tokens(hit.start, hit.end)
    for token in document.doc[tokens.start : tokens.end + _DOMAIN]:
        if token.lower_.startswith(_MINISTERS):
            return True
        case = next(iter(token.morph.get("Case", [])), "Nom")
        if (
            case != "Nom"
            or token.morph.get("Attr", [])
            or token.morph.get("VerbForm", []) == ["Fin"]
            or token.text in {".", "–", "(", "»", ":", ";"}
        ):
            return False
    return False


def _is_domain_behind(document: Document, hit: Hit) -> bool:
    """Does a Russian word stand among the genitives behind an office or its ministry?"""
    first = document.tokens(hit.start, hit.end)[0]
    if "Gen" not in first.morph.get("Case", []):
        return False
    for token in reversed(document.doc[max(0, first.i - _DOMAIN) : first.i]):
        if token.lower_.startswith(_OFFICES):
            return True
        if token.text not in {",", "и"} and "Gen" not in token.morph.get("Case", []) or token.is_space:
            return False
    return False


def subjects(document: Document, found: Iterable[tuple[str, Hit]]) -> tuple[Subject, ...]:
    """The release's topics, each with the sentences that show it; the headline counts twice."""
    sentences: dict[str, dict[int, Sentence]] = defaultdict(dict)
    for topic, hit in found:
        sentence = document.sentence_at(hit.start)
        sentences[topic][sentence.index] = sentence
    out = []
    for topic, where in sentences.items():
        evidence = tuple(m for s in list(where.values())[:3] for m in document.evidence(s, by=_BY))
        weight = len(where) + any(s.is_title for s in where.values())
        out.append(Subject(topic, evidence, round(min(0.95, 0.55 + 0.15 * weight), 2)))
    return tuple(out)

"""What a release deals with: topics by their trigger words, weighed by where and how often they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.model import Subject

__all__ = ["find_topics", "subjects", "topics_in"]

_BY = "topics/1"
#: Letters of an English office and its domain, and the offices and bodies that have one.
_PHRASE: Final = 90
_OFFICE_OF: Final = re.compile(
    r"\b(?:ministers?|ministry|ministries|secretary|commissioner|department|committee|directorate|representative)"
    r" (?:of|for|on|to)(?: the)?(?:(?! (?:met|said|discussed|held|visited|is|was|has|to|in|at|with)\b),? [\w-]+){0,7}[ ,]+$"
)
_OFFICE_AFTER: Final = re.compile(r" (?:vice[- ]|deputy )?(?:minister|ministry|secretary|department|committee)\b")
#: Words in which the domain of a minister is told at most: `Қоршаған орта, энергетика және климат министрі`.
_DOMAIN: Final = 8
_MINISTERS: Final = ("министр", "вице-министр", "департамент", "комитет")
#: What stands between a body's noun and its office; why something did not take place; since when states have had relations.
_TO_OFFICE: Final = re.compile(r"(?:['’]s)?[ \u00a0]")
_BECAUSE: Final = re.compile(
    r"(?:\b(?:because of|due to|owing to|on account of)|(?<!\w)(?:из-за|вследствие|по причине|ввиду)) (?:[\w-]+ ){0,3}$"
)
_DUE_TO: Final = re.compile(r"\w*(?: [\w-]+){0,3} (?:байланысты|салдарынан|кесірінен|себепті|себебінен)")
_RELATIONS: Final = re.compile(r"дипломатиялық қатынас|дипломатическ\w+ отношени|diplomatic relations")
_BEGAN: Final = re.compile(r"қатынас\w*(?: [\d\w]+){0,5} (?:орнат|орна(?:ды|ған))|установлен[ыо]\b|установил[иа]\b|\bestablished\b")
_AT_BODIES: Final = re.compile(r"представител\w+ (?:\w+ )?при $")
_OFFICES: Final = ("министр", "министерств", "вице-министр", "замминистр", "департамент", "комитет")


@lru_cache(maxsize=4)
def _triggers(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "topics"))


@lru_cache(maxsize=1)
def _broader() -> Mapping[str, str]:
    return {row["topic"]: row["broader"] for row in read_table("any", "broader_topics")}


@lru_cache(maxsize=4)
def _undone(lang: str) -> PatternTable:
    return PatternTable([r for r in read_table(lang, "status") if r["status"] in {"postponed", "cancelled"}])


def find_topics(document: Document, claims: Claims, offices: Iterable[Span] = ()) -> list[tuple[str, Hit]]:
    """Topic slugs with the words that show them; words inside names, of offices and of mere circumstances show nothing."""
    start = document.sentences[0].start if document.sentences else 0
    held = tuple((office.start, office.end) for office in offices)
    found = [
        (topic, hit)
        for hit in _triggers(document.lang).longest(document.folded, start)
        if claims.is_free(hit.start, hit.end) and not _is_domain(document, hit) and not _is_passing(document, hit, held)
        for topic in hit.key.split()
    ]
    return _told(document, found)


def _told(document: Document, found: list[tuple[str, Hit]]) -> list[tuple[str, Hit]]:
    """What is found without topics that stand only beside narrower ones of theirs, or only in one saying."""
    sentences: dict[str, set[int]] = defaultdict(set)
    spoken: dict[str, bool] = defaultdict(lambda: True)
    for topic, hit in found:
        sentences[topic].add(document.sentence_at(hit.start).index)
        spoken[topic] &= document.in_quotation(hit.start) and not document.in_title(hit.start, hit.end)
    narrower: dict[str, set[int]] = defaultdict(set)
    for topic, where in sentences.items():
        for wider in _wider(topic):
            narrower[wider] |= where
    kept = {t for t, where in sentences.items() if not where <= narrower[t] and not (spoken[t] and len(where) == 1)}
    return [(topic, hit) for topic, hit in found if topic in kept]


def _wider(topic: str) -> Iterator[str]:
    while topic in _broader():
        topic = _broader()[topic]
        yield topic


def _is_passing(document: Document, hit: Hit, offices: tuple[tuple[int, int], ...]) -> bool:
    """Is what a word names only whose office somebody holds, `музей директоры`, why something was put off, or when relations began?"""
    text, sentence = document.folded, document.sentence_at(hit.start)
    after = _TO_OFFICE.match(text, hit.end)
    before = hit.start - 1 if document.lang == "ru" else None  # `директор музея`
    if any(start == hit.start and " " in text[hit.end : end] or after and start == after.end() or end == before for start, end in offices):
        return True
    if _RELATIONS.match(text, hit.start) and _BEGAN.search(text, sentence.start, sentence.end):
        return True
    if document.lang == "kk":
        due = _DUE_TO.match(text, hit.end)
        return due is not None and any(_undone("kk").every(text, sentence.start, sentence.end))
    return _BECAUSE.search(text[sentence.start : hit.start]) is not None


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
    if _AT_BODIES.search(document.folded[max(0, hit.start - _PHRASE) : hit.start]):
        return True
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

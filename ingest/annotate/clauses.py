"""Occasions told by a noun and a verb of one clause, however far apart they stand: `Форумды министр А. … пен төраға Б. … ашты`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.patterns import Hit, PatternTable, longest, read_table
from elshi.ingest.annotate.scene import Scene

__all__ = ["told_by_clause"]

#: What a noun stands under that only says when, why or about what: `форум аясында`, `сапарына дайындық`.
_ASIDE: Final = re.compile(
    r"[»”\"]? (?:аясында|шеңберінде|барысында|кезінде|қорытындысы\w*|соңында|кейін|бұрын|туралы|жөнінде|үшін|бойынша|арқылы|ретінде|"
    r"алдында|қарсаңында|жұмысы\w*|мен|пен|бен|және)\b"
)
#: A clause that only describes the noun before it: `форум, который должен был пройти в мае, отложен`.
_RELATIVE: Final = re.compile(r",? (?:котор\w+|which|that) [^,;:]*,")
#: Words at most between a Russian or English noun and its verb.
_APART: Final = 14


@lru_cache(maxsize=4)
def _nouns(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "occasion_nouns"))


@lru_cache(maxsize=4)
def _verbs(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "occasion_verbs"))


def told_by_clause(scene: Scene, sentence: Sentence) -> list[Hit]:
    """The occasions that a noun in the case its verb asks for opens: one a kind, from the noun to the verb."""
    document, found = scene.document, dict[str, Hit]()
    nouns = longest(_nouns(document.lang).every(document.folded, sentence.start, sentence.end))
    verbs = longest(_verbs(document.lang).every(document.folded, sentence.start, sentence.end))
    for noun in nouns:
        verb = _verb_of(scene, noun, nouns, verbs)
        if verb is not None:
            row = {"kind": noun.key, "opens": "main"}
            found.setdefault(noun.key, Hit(min(noun.start, verb.start), max(noun.end, verb.end), row))
    return list(found.values())


def _verb_of(scene: Scene, noun: Hit, nouns: list[Hit], verbs: list[Hit]) -> Hit | None:
    """The verb of which a noun is the subject or the object: behind it in Kazakh and English, on either side in Russian."""
    document = scene.document
    if document.lang == "kk" and _ASIDE.match(document.folded[noun.end :]):
        return None
    case = document.case(noun.start, noun.end) if document.lang != "en" else "Nom"
    sides = [next((v for v in verbs if v.start >= noun.end), None)]
    if document.lang == "ru":
        sides.append(next((v for v in reversed(verbs) if v.end <= noun.start), None))
    for verb in filter(None, sides):
        start, end = min(noun.end, verb.end), max(noun.start, verb.start)
        between = document.text[start:end]
        if any(start <= other.start < end and document.case(other.start, other.end) in {"Nom", "Acc"} for other in nouns):
            continue
        if ";" in between or ":" in between or "\n" in between or document.lang != "kk" and len(between.split()) > _APART:
            continue
        if verb.key == case and not _is_parted(scene, start, end):
            return verb
    return None


def _is_parted(scene: Scene, start: int, end: int) -> bool:
    """Does a finite verb of another clause stand between the two?"""
    inside = [m.span() for m in _RELATIVE.finditer(scene.document.folded, start, end + 1)]
    verbs = (t.idx for t in scene.document.tokens(start, max(start + 1, end)) if t.morph.get("VerbForm", []) == ["Fin"])
    return any(start <= at < end and not any(a <= at < b for a, b in inside) for at in verbs)

"""How far an occasion has come: by the words of its sentence, the tense of its verb, and the day it falls on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.occasions import DAY, Occasion, openings
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.scene import Scene

__all__ = ["in_future", "is_denied", "status_by_day", "status_of", "status_told"]

#: Letters before a signature in which it is told to come: `is expected to be signed`.
_BEFORE: Final = 40
#: Words that deny a verb right behind them, and letters before one in which they stand.
_NOT: Final = {
    "ru": re.compile(r"\b(?:не|ни разу не) (?:встре|посе|подпи|прие|прин|прош|откр|прибы|побыва|участв|провод|провел|заключ)\w*"),
    "en": re.compile(r"\b(?:did|does|do|has|have|had|was|were|will|would|could|can)(?: not|n['’]t| never) (?:yet |ever |been )?\w+"),
}
_BESIDE: Final = 16
#: Tenses of what is still to come; the Kazakh present is one.
_AHEAD: Final = {"kk": frozenset({"Pres", "Fut"}), "ru": frozenset({"Fut"}), "en": frozenset({"Fut"})}


@lru_cache(maxsize=4)
def _statuses(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "status"))


def status_of(scene: Scene, start: int, end: int) -> str:
    """`planned`, `postponed`, `cancelled` or `held`, by the words of a stretch; the weightiest word wins."""
    found = {h.key for h in _statuses(scene.document.lang).every(scene.document.folded, start, end)}
    return next((s for s in ("cancelled", "postponed", "planned") if s in found), "held")


def status_by_day(scene: Scene, occasion: Occasion) -> str:
    """What the sentence says, unless the release's own day knows better: a plan for a past day was held, a day ahead is planned."""
    said, today = status_told(scene, occasion), scene.document.release.reported_on
    if occasion.start is None or not today or said in {"cancelled", "postponed"}:
        return said
    if said == "planned" and len(occasion.start) < DAY and today.startswith(occasion.start):
        return said
    return "planned" if occasion.start[:DAY] > today[: len(occasion.start)] else "held"


def status_told(scene: Scene, occasion: Occasion) -> str:
    """The status by the words of an occasion's sentence, else by the tense of its verb."""
    said = _said(scene, occasion)
    return "planned" if said == "held" and in_future(scene, occasion.trigger) else said


def in_future(scene: Scene, hit: Hit) -> bool:
    """Is the last finite verb among the words that open an occasion one of what is still to come?"""
    finite = [t for t in scene.document.tokens(hit.start, hit.end) if t.morph.get("VerbForm", []) == ["Fin"]]
    return bool(finite) and bool(_AHEAD[scene.document.lang].intersection(finite[-1].morph.get("Tense", [])))


def is_denied(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Do the words that open an occasion say that it has not been: `қол қойған жоқ`, `did not make the journey`, and not that it was dropped?"""
    document = scene.document
    if status_of(scene, sentence.start, sentence.end) in {"postponed", "cancelled"}:
        return False
    if document.lang == "kk":
        last = document.tokens(hit.start, hit.end)[-1]
        return document.folded.startswith((" жоқ", " емес"), hit.end) or last.morph.get("Polarity", []) == ["Neg"]
    return _NOT[document.lang].search(document.folded, max(sentence.start, hit.start - _BESIDE), hit.end) is not None


def _said(scene: Scene, occasion: Occasion) -> str:
    """The status by an occasion's sentence; in Kazakh by its own part of it, a converb's by the verb that ends the sentence."""
    sentence, trigger = occasion.sentence, occasion.trigger
    whole = status_of(scene, sentence.start, sentence.end)
    if (
        scene.document.lang == "en" and trigger.row.get("kind") == "Signing" and whole == "planned"
    ):  # `a memorandum signed by A, under which B will …`
        whole = status_of(scene, max(sentence.start, trigger.start - _BEFORE), trigger.end)
    others = [h for h in openings(scene, sentence) if h.start >= trigger.end or h.end <= trigger.start]
    if scene.document.lang != "kk" or whole == "held" or not others:
        return whole
    start = max((h.end for h in others if h.start < trigger.start), default=sentence.start)
    end = min((h.start for h in others if h.start > trigger.start), default=sentence.end)
    own = status_of(scene, min(start, trigger.start), max(end, trigger.end))
    if own == "held" and _is_converb(scene, trigger.end) and not _ends_in_past(scene, sentence):
        return whole
    return own


def _is_converb(scene: Scene, end: int) -> bool:
    return scene.document.tokens(end - 1, end)[-1].morph.get("VerbForm", []) == ["Conv"]


def _ends_in_past(scene: Scene, sentence: Sentence) -> bool:
    """Is the verb that ends a sentence in the past tense?"""
    finite = [t for t in scene.document.tokens(sentence.start, sentence.end) if t.morph.get("VerbForm", []) == ["Fin"]]
    return bool(finite) and finite[-1].morph.get("Tense", []) == ["Past"]

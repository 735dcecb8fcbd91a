"""Who takes part in an occasion besides those its own sentence names: whoever attends, speaks, leads a delegation, or will come."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.kazakh_occasions import hosts, invited
from elshi.ingest.annotate.occasion_status import status_of
from elshi.ingest.annotate.occasions import Occasion, place_of, triggers
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.annotate.scene import Scene

__all__ = ["OPEN", "attends_open", "join", "only_named", "will_attend"]

_DAY: Final = len("2026-03-04")
#: Occasions that many attend: whoever speaks in the sentences that follow took part.
OPEN: Final = frozenset({"Conference", "Ceremony", "Launch", "Signing", "Vote"})

#: Of these, those who attend when a sentence names them again.
_NAMED_AGAIN: Final = frozenset({"Conference", "Ceremony", "Launch", "Signing"})


def attends_open(hit: Hit, sentence: Sentence, earlier: list[Occasion]) -> bool:
    """Does somebody only attend what the text has opened: `Форумға 200 делегат қатысты` after `форум өтті`, `Рәсімге …`?"""
    open_ones = [o for o in earlier if not o.told and o.status == "held"]
    return hit.row["opens"] == "attends" and any(o.kind == hit.key or hit.start == sentence.start for o in open_ones)


def join(scene: Scene, sentence: Sentence, occasions: list[Occasion], again: Occasion | None = None) -> None:
    """Whoever attends or speaks in a sentence that opens nothing joins the open event, or the one that the sentence names again."""
    if again is not None:
        _complete(scene, sentence, again)
        if again.kind in _NAMED_AGAIN and not scene.has_cue("absent", sentence):
            left_out = only_named(scene, sentence, again.kind)
            again.persons += [p for p in scene.persons(sentence) if p not in again.persons and p not in left_out]
            again.sentences.append(sentence)
            return
    occasion = _joined(scene, sentence, occasions)
    if occasion is None or (occasion.kind not in OPEN and _has_its_own_day(scene, sentence, occasion)):
        return
    if scene.has_cue("organisers", sentence) and not occasion.persons and sentence.index - occasion.sentence.index == 1:
        occasion.bodies = list(dict.fromkeys(key for s in scene.bodies(sentence) if (key := scene.key(s))))
        occasion.sentences.append(sentence)
        return
    joins = any(h.row["opens"] == "joins" for h in triggers(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end))
    if (joins or _speaks_there(scene, sentence, occasion) or hosts(scene, sentence, occasion)) and not scene.has_cue("absent", sentence):
        new = [p for p in scene.persons(sentence) if p not in occasion.persons]
        if new:
            occasion.persons += new
            occasion.sentences.append(sentence)


def _complete(scene: Scene, sentence: Sentence, occasion: Occasion) -> None:
    """Give an occasion the day and the place that a sentence states which names it again."""
    days = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and len(s.name) == _DAY]
    if occasion.start is None and len(days) == 1:
        occasion.start, occasion.end = days[0].name, days[0].get("end")
    occasion.place = occasion.place or place_of(scene, replace(occasion, sentence=sentence))


def _joined(scene: Scene, sentence: Sentence, occasions: list[Occasion]) -> Occasion | None:
    """The occasion that a sentence goes on with: the last one held, or a plan where the sentence tells who will come."""
    if not occasions:
        return None
    last = occasions[-1]
    planned = last.status in {"planned", "postponed"} and not last.told and sentence.index - last.sentence.index == 1
    named = scene.has_cue("organisers", sentence) or status_of(scene, sentence.start, sentence.end) == "planned"
    if planned and scene.document.lang == "ru" and named:
        return last
    held = next((o for o in reversed(occasions) if o.status == "held" and not o.told), None)
    return held or (last if scene.document.lang == "kk" and not last.told else None)


def _has_its_own_day(scene: Scene, sentence: Sentence, occasion: Occasion) -> bool:
    """Does a sentence tell of another day than talks before it, which nobody joins on another day?"""
    days = {s.name for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and len(s.name) == _DAY}
    return bool(days) and occasion.start not in days


def _speaks_there(scene: Scene, sentence: Sentence, occasion: Occasion) -> bool:
    """Does a sentence tell what is said at an occasion: where many attend, or by those who show a visitor round?"""
    if not scene.has_cue("speech", sentence):
        return False
    shown = occasion.kind == "Visit" and scene.document.lang == "ru" and sentence.paragraph == occasion.sentence.paragraph
    crowd = OPEN - {"Signing"} if scene.document.lang != "ru" else OPEN
    return occasion.kind in crowd or shown


def will_attend(scene: Scene, sentence: Sentence) -> list[str]:
    """Who has said that he will come to a conference: `принял приглашение участвовать в форуме, который пройдёт …`."""
    cue = next(iter(scene.cues("will-attend", sentence)), None)
    if cue is not None and scene.document.lang == "kk" and "шақыр" in scene.document.folded[cue.start : cue.end]:
        return invited(scene, sentence, cue.start)
    return scene.persons(replace(sentence, end=cue.start))[-1:] if cue else []


def only_named(scene: Scene, sentence: Sentence, kind: str) -> set[str]:
    """Those whom a sentence names without their being there: `передал слова приветствия от Президента …`, `обсудили визит Премьер-министра …`."""
    cues = [*scene.cues("sent-by", sentence), *(scene.cues("visit-of", sentence) if kind != "Visit" else [])]
    ends = {hit.end for hit in cues}
    held = (h for h in scene.held if sentence.start <= h.start < sentence.end and h.start - 1 in ends)
    return {key for h in held if (key := scene.key(h.person))}

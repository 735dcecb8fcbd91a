"""Sentences that go on with an occasion by naming it again: `Отырысты … ашты`, `Церемонию открыли …`, `The session was opened by …`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.occasions import DAY, Occasion
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.scene import Scene

__all__ = ["Reference", "is_of", "referred"]

#: Sentences after an occasion in which it is still named by a bare noun.
_NEAR: Final = 3
#: What may stand before the noun: an article, a preposition, a word that goes on.
_LEAD: Final = {
    "kk": re.compile(r"(?:(?:сондай-ақ|бұл|осы|аталған)[ \u00a0])?"),
    "ru": re.compile(r"(?:(?:также|эт[ауо]|этой|этом|данн\w+|в|во|на|к|ко|под|сам\w?)[ \u00a0])*"),
    "en": re.compile(r"(?:(?:at|in|to|for|also|the|this|that)[ \u00a0])*"),
}


class Reference:
    """An occasion named again, and where the noun for it ends."""

    __slots__ = ("end", "occasion")

    def __init__(self, occasion: Occasion, end: int) -> None:
        self.occasion, self.end = occasion, end


@lru_cache(maxsize=4)
def _references(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "occasion_references"))


def referred(scene: Scene, sentence: Sentence, earlier: list[Occasion]) -> Reference | None:
    """The occasion that the first noun of a sentence names again, where the one it can mean was told not long before."""
    document = scene.document
    lead = _LEAD[document.lang].match(document.folded, sentence.start)
    start = lead.end() if lead else sentence.start
    hit = max(_references(document.lang).at(document.folded, start, sentence.end), key=lambda h: h.end, default=None)
    if hit is None or not earlier or document.lang == "en" and start == sentence.start and not hit.row["pattern"].startswith("it "):
        return None
    kinds = set(hit.key.split())
    if kinds == {"Signing"} and not (scene.has_cue("signs", sentence) and scene.persons(sentence)):
        return None
    near = (o for o in reversed(earlier) if not o.told and sentence.index - o.sentences[-1].index <= _NEAR)
    meant = next((o for o in near if o.kind in kinds), None)
    return (
        Reference(meant, hit.end)
        if meant is not None and _is_bare(scene, sentence, hit) and not _is_another(scene, sentence, meant)
        else None
    )


def is_of(scene: Scene, sentence: Sentence, hit: Hit, again: Reference) -> bool:
    """Is a trigger only what a sentence says of the occasion it names again: `The event … was hosted by the library`?"""
    if hit.start < again.end:
        return True
    return scene.document.lang == "en" and (
        hit.key == "Meeting" and not scene.persons(sentence) or hit.key in {"Launch", "Ceremony"} and again.occasion.kind == "Conference"
    )


def _is_another(scene: Scene, sentence: Sentence, occasion: Occasion) -> bool:
    """Does a sentence give what it names a day of its own, other than the one for which it was first set?"""
    today = scene.document.release.reported_on or ""
    dates = [s.name for s in scene.within(sentence.start, sentence.end) if s.kind == "Date"]
    others = [d for d in dates if (len(d) == DAY or d > today) and not (occasion.start or d).startswith(d)]
    return bool(others) and len(others) == len(dates) and not scene.has_cue("at-first", sentence)


def _is_bare(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Is a noun all there is of a name, with nothing behind it that tells which of several: `Встреча с министром …`, `The meeting of …`?"""
    behind = scene.document.folded[hit.end : sentence.end]
    return scene.document.lang == "kk" or re.match(r" (?:с|со|по|of|with|on|between)\b", behind) is None

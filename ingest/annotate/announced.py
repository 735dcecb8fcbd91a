"""Occasions told without persons: when they count, and whose they are."""

from __future__ import annotations

import re
from typing import Final

from elshi.ingest.annotate.attendance import OPEN
from elshi.ingest.annotate.common_bodies import bodies_meant
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.kazakh_occasions import agreed_on
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.talks import tells_sides

__all__ = ["announced", "is_dropped"]

#: Sides of an open occasion that the next forum is sure to be of; of many nobody knows who will come.
_BOTH: Final = 2
#: Letters of the longest dateline.
_DATELINE: Final = 30


def announced(scene: Scene, occasion: Occasion, earlier: list[Occasion]) -> Occasion | None:
    """An occasion without persons counts when the text dates it; its sides are those of the open event."""
    if occasion.persons:
        return occasion
    if not occasion.start and not _is_news(scene, occasion) and not is_dropped(occasion):
        return None
    least = 2 if occasion.kind == "Signing" and scene.document.lang != "kk" else 1
    open_sides = next((sides for o in reversed(earlier) if len(sides := _sides(scene, o, occasion)) >= least), ())
    alone = not tells_sides(scene, occasion.sentence) if scene.document.lang == "ru" else not agreed_on(scene, occasion.sentence)
    crowd = occasion.kind == "Conference" and (len(open_sides) > _BOTH or occasion.status != "held" and alone)
    apart = (
        scene.document.lang == "en"
        and occasion.kind in {"Conference", "Launch", "Ceremony"}
        and not _of_the_sides(scene, occasion.sentence, earlier)
    )
    if occasion.kind == "Launch" and not occasion.bodies and scene.document.lang == "ru":
        occasion.bodies = list(dict.fromkeys(key for _, key in bodies_meant(scene, occasion.sentence)))
    between = next(iter(scene.cues("between", occasion.sentence)), None) if occasion.kind == "Signing" else None
    if between is not None and scene.document.lang != "kk":  # `между портами Актау и Риека`
        told = (s for s in scene.bodies(occasion.sentence) if s.start >= between.end)
        occasion.bodies = list(dict.fromkeys(key for s in told if (key := scene.key(s))))
    if not occasion.bodies and not occasion.told and scene.has_cue("pair-state", occasion.sentence):  # `заседание межправкомиссии`
        occasion.bodies = list(scene.states())
    if not occasion.bodies and open_sides and between is None and not crowd and not apart and not _is_background(scene, occasion):
        occasion.bodies = list(open_sides)
    return occasion


def is_dropped(occasion: Occasion) -> bool:
    """Was an occasion put off or called off, which is told even where nobody says who would have come or when?"""
    return occasion.status in {"postponed", "cancelled"}


def _of_the_sides(scene: Scene, sentence: Sentence, earlier: list[Occasion]) -> bool:
    """Does an English occasion belong to the sides of the talks: told in their paragraph, or as what they want?"""
    if earlier and sentence.paragraph == earlier[-1].sentences[-1].paragraph:
        return True
    return (
        re.search(r"\b(?:agree|propos|invit|sides|parties|two|both|they|their)", scene.document.folded[sentence.start : sentence.end])
        is not None
    )


def _sides(scene: Scene, open_one: Occasion, occasion: Occasion) -> tuple[str, ...]:
    """The sides of an open occasion: its persons', and for a signature the bodies that met."""
    met = occasion.kind == "Signing" and open_one.kind in {"Meeting", "Visit"}
    return scene.sides(open_one.persons) or (tuple(open_one.bodies) if met else ())


def _is_news(scene: Scene, occasion: Occasion) -> bool:
    """Does an undated occasion belong to what the release reports: told first of all, or as what the talks came to?"""
    if occasion.status != "held" or occasion.told or occasion.kind not in OPEN | {"Meeting", "Presentation"}:
        return False
    return occasion.sentence == _lead_sentence(scene) or (occasion.kind == "Signing" and scene.has_cue("result", occasion.sentence))


def _lead_sentence(scene: Scene) -> Sentence:
    """The first sentence of the body that says something: `Алматы. KAZINFORM –` only says where it was written."""
    body = scene.document.body
    return next((s for s in body if s.end - s.start > _DATELINE), body[0])


def _is_background(scene: Scene, occasion: Occasion) -> bool:
    """Is an opening of an earlier year told as history, with nobody of today's sides in it?"""
    today = scene.document.release.reported_on or ""
    return occasion.kind == "Launch" and bool(occasion.start) and (occasion.start or "")[:4] < today[:4]

"""Which body is part of which: by the genitive in front of a name, by words like `жанындағы`, `при`, `part of`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Span
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Entity

__all__ = ["with_parents"]

#: Bodies that stand inside another when its name is beside theirs.
_INNER: Final = frozenset({"Faculty", "School", "Campus", "ResearchCentre", "ResearchInstitute", "Organization", "InternationalOrganization", "Company"})
_WHOLE: Final = frozenset({"University", "ResearchInstitute", "ResearchCentre", "Campus", "InternationalOrganization", "Company", "Ministry", "Organization"})
_LINKS: Final[dict[str, re.Pattern[str]]] = {
    "kk": re.compile(r"^[»”\" ]*(?:\([^()]*\) ?)?(?:құрамындағы|жанындағы|жанынан|қарасты|еншілес|-?ның|-?нің)? ?$"),
    "ru": re.compile(r"^ (?:\([^()]*\) ?)?(?:при|в составе|действующ\w+ при)? ?$"),
    "en": re.compile(r"^(?:['’]s|,)? (?:\([^()]*\) ?)?(?:of|at|, part of|, part of the|, its|of the|at the|, the research platform of)? ?(?:the )?$"),
}


def with_parents(scene: Scene, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Entities with `part_of` where the text puts one body inside another."""
    parents = _found(scene)
    return tuple(replace(e, part_of=parents[e.key]) if e.part_of is None and e.key in parents else e for e in entities)


def _found(scene: Scene) -> dict[str, str]:
    parents: dict[str, str] = {}
    bodies = [s for s in scene.spans if s.kind not in {"Person", "Office", "Date", "Country", "City", "Region"}]
    for left, right in zip(bodies, bodies[1:], strict=False):
        pair = _pair(scene, left, right)
        if pair is None:
            continue
        part, whole = (scene.key(s) for s in pair)
        if part and whole and part != whole and parents.get(whole) != part:
            parents.setdefault(part, whole)
    return parents


def _pair(scene: Scene, left: Span, right: Span) -> tuple[Span, Span] | None:
    """(part, whole) of two neighbouring bodies, None where neither stands inside the other."""
    document = scene.document
    between = document.folded[left.end : right.start]
    if not _LINKS[document.lang].match(between):
        return None
    if document.lang == "kk":
        inside = document.case(left.start, left.end) == "Gen" or "жанындағы" in between or "құрамындағы" in between or "қарасты" in between
        return (right, left) if inside and right.kind in _INNER and left.kind in _WHOLE else None
    if document.lang == "en" and between.startswith(("'s", "’s")):
        return (right, left) if right.kind in _INNER else None
    return (left, right) if left.kind in _INNER and right.kind in _WHOLE else None

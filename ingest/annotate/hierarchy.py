"""Which body is part of which: by the genitive in front of a name, by words like `жанындағы`, `при`, `part of`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from elshi.ingest.annotate.document import Span
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.annotate.things import Thing
from elshi.ingest.model import Entity

__all__ = ["with_parents"]

#: Bodies that stand inside another when its name is beside theirs.
_INNER: Final = frozenset(
    {"Faculty", "School", "Campus", "ResearchCentre", "ResearchInstitute", "Organization", "InternationalOrganization", "Company"}
)
_UNITS: Final = frozenset({"Faculty", "School", "Campus"})
_RESEARCH: Final = frozenset({"ResearchCentre", "ResearchInstitute"})
_NO_BODIES: Final = frozenset({"Person", "Country", "City", "Region"})
_LATIN: Final = re.compile(r"[A-Z][\w&-]+(?: [A-Z][\w&-]+)*")
_WHOLE: Final = frozenset(
    {"University", "ResearchInstitute", "ResearchCentre", "Campus", "InternationalOrganization", "Company", "Ministry", "Organization"}
)
_LINKS: Final[dict[str, re.Pattern[str]]] = {
    "kk": re.compile(r"^[»”\" ]*(?:\([^()]*\) ?)?(?:құрамындағы|жанындағы|жанынан|қарасты|еншілес|-?ның|-?нің)? ?$"),
    "ru": re.compile(r"^ (?:\([^()]*\) ?)?(?:при|в составе|действующ\w+ при)? ?$"),
    "en": re.compile(
        r"^(?:['’]s|,)? (?:\([^()]*\) ?)?(?:of|at|, part of|, part of the|, its|of the|at the|, the research platform of)? ?(?:the )?$"
    ),
}


def with_parents(scene: Scene, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Entities with `part_of` where the text puts one body inside another."""
    parents = _found(scene)
    return tuple(replace(e, part_of=parents[e.key]) if e.part_of is None and e.key in parents else e for e in entities)


def _found(scene: Scene) -> dict[str, str]:
    """Each part's whole: said by the grammar first, then by its name, then by its kind and its neighbours."""
    parents = _by_grammar(scene)
    for rule in (_by_name, _by_kind, _by_company):
        for part, whole in rule(scene, parents):
            if part != whole and parents.get(whole) != part:
                parents.setdefault(part, whole)
    return parents


def _by_name(scene: Scene, parents: dict[str, str]) -> Iterator[tuple[str, str]]:
    """`Gembloux Agro-Bio Tech ғылыми платформасы` belongs to `Gembloux Agro-Bio Tech`, `HEC Liège` to `ULiège`."""
    things = [t for t in scene.things if t.kind not in _NO_BODIES]
    for part in things:
        for whole in things:
            if part is whole or part.kind not in _INNER:
                continue
            latin = next((n for n in whole.names if _LATIN.fullmatch(n)), None)
            if latin and " " in latin and part.acronym and part.name.startswith(latin + " "):
                yield part.key, whole.key
            elif (
                whole.kind == "University"
                and part.kind in _UNITS | {"ResearchCentre"}
                and part.record is None
                and _shares_place(part, whole)
            ):
                yield part.key, whole.key


def _shares_place(part: Thing, whole: Thing) -> bool:
    """Do both carry the same proper word: `Льеж университеті` and `Льеж ғарыш зерттеулер орталығы`?"""
    words = {w.casefold() for n in (whole.name, whole.acronym or "") for w in re.findall(r"[^\W\d_]{4,}", n) if w[:1].isupper()}
    own = [w.casefold() for w in re.findall(r"[^\W\d_]{4,}", part.name) if w[:1].isupper()]
    return any(w in mine for w in own for mine in words if not w.startswith(("универ", "univer")))


def _by_kind(scene: Scene, parents: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A faculty, a campus, a school is nobody's own: it belongs to the university the text speaks of there."""
    for span in scene.spans:
        part = scene.things.of(span)
        if part is None or part.kind not in _UNITS or part.record:
            continue
        earlier = Counter(t.key for s in scene.within(0, span.start) if (t := scene.things.of(s)) and t.kind == "University")
        if earlier:
            yield part.key, earlier.most_common(1)[0][0]


def _by_company(scene: Scene, parents: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is named in one breath with a part of a body, `CSL мен STAR институты арқылы`, is a part of it too."""
    for sentence in scene.document.body:
        for group in groups(scene, sentence):
            known = [k for k in group.keys if k in parents and scene.things[k].kind in _RESEARCH]
            others = [k for k in group.keys if k not in parents and scene.things[k].kind in _RESEARCH and scene.things[k].record is None]
            yield from ((other, parents[known[0]]) for other in others if known)


def _by_grammar(scene: Scene) -> dict[str, str]:
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

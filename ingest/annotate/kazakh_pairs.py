"""Two bodies that a Kazakh sentence means without naming both: `екі оқу орны`, `Әкімдік пен компания`, `Университет … институтымен бірлескен`."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.common_bodies import body_by_noun
from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.languages.features import feature

__all__ = ["both_meant", "noun_subject", "partners_of_subject"]

_TWO: Final = re.compile(r"(?<!\w)(?:екі|қос)[ \u00a0](\w+(?:[ \u00a0]оқу)?)(?:[ \u00a0](?:оқу[ \u00a0])?(?:орны|ордасы)\w*)?")
_SCHOOLS: Final = ("оқу", "жоғары", "вуз", "жоо", "білім")
_NOUNS: Final = re.compile(r"(?<!\w)(\w+)[ \u00a0](?:мен|пен|бен)[ \u00a0](\w+)[ \u00a0]арасын")
#: Sentences back to which two bodies may lie, and kinds that no word for two bodies tells apart.
_BACK: Final = 5
_ANY: Final = frozenset({"Organization", "GovernmentBody"})
_JOINT: Final = re.compile(r"(?<!\w)(?:бірлес|бірге(?!\w)|ортақ|алмас)")
_POINTING: Final = frozenset("бұл осы аталған сол".split())


def both_meant(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """The two bodies named last that `екі университет` means, or the two that common nouns coordinate; none where it names fewer."""
    if scene.document.lang != "kk":
        return ()
    nouns = _NOUNS.search(scene.document.folded, sentence.start, sentence.end)
    if nouns is not None and all(kind_of_name(noun, "kk") for noun in nouns.groups()):
        meant = [_meant(scene, nouns.start(), noun) for noun in nouns.groups()]
        keys = tuple(dict.fromkeys(key for key in meant if key))
        return keys if len(keys) == len(meant) else ()
    two = _TWO.search(scene.document.folded, sentence.start, sentence.end) if scene.has_cue("pair-body", sentence) else None
    if two is None:
        return ()
    kind = "University" if two[1].startswith(_SCHOOLS) else kind_of_name(two[1], "kk")
    near = scene.document.sentences[max(0, sentence.index - _BACK)].start
    for since in (near, 0):
        bodies = [s for s in scene.within(since, two.start()) if _is_body(scene, s)]
        fitting = [s for s in bodies if kind in _ANY or (t := scene.things.of(s)) and t.kind == kind]
        last = list(dict.fromkeys(key for s in reversed(fitting) if (key := scene.key(s))))[:2]
        if len(last) == 2:
            return tuple(reversed(last))
    return ()


def noun_subject(scene: Scene, sentence: Sentence) -> str | None:
    """The body that a common noun at the head of a Kazakh sentence means: `Компания … салады`, `1991 жылы құрылған банк …`."""
    document = scene.document
    if document.lang != "kk":
        return None
    bodies = (s.start for s in scene.within(sentence.start, sentence.end) if _is_body(scene, s))
    first = next(bodies, sentence.end)
    for token in document.tokens(sentence.start, sentence.end):
        if token.idx >= first or feature(token, "VerbForm") == "Fin":
            return None
        if _points(scene, token, sentence) and kind_of_name(token.text, "kk"):
            return _meant(scene, token.idx, fold(token.lemma_))
    return None


def partners_of_subject(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """A body meant by a noun and the one in the instrumental with which it does something together."""
    subject = noun_subject(scene, sentence)
    if subject is None or not _JOINT.search(scene.document.folded, sentence.start, sentence.end):
        return ()
    named = [s for s in scene.within(sentence.start, sentence.end) if _is_body(scene, s) and scene.document.case(s.start, s.end) == "Ins"]
    keys = {key for s in named if (key := scene.key(s))} - {subject}
    return (subject, keys.pop()) if len(keys) == 1 else ()


def _meant(scene: Scene, offset: int, noun: str) -> str | None:
    span = body_by_noun(scene, offset, noun, None)
    return scene.key(span) if span is not None else None


def _is_body(scene: Scene, span: Span) -> bool:
    thing = scene.things.of(span)
    return thing is not None and span.kind not in {"Person", "Office", "Date"} and not scene.is_place(thing)


def _points(scene: Scene, token: Token, sentence: Sentence) -> bool:
    """Does a noun stand for a body of its own: bare, no part of a name, no owner of the noun behind it, pointed to or first?"""
    document = scene.document
    first = token.idx == sentence.start
    if (
        token.pos_ not in {"NOUN", "PROPN"}
        or feature(token, "Case") != "Nom"
        or feature(token, "Number") == "Plur"
        or feature(token, "Person[psor]")
    ):
        return False
    if not (token.text.islower() or first) or any(
        s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - 160), token.idx + 1)
    ):
        return False
    after = document.doc[token.i + 1] if token.i + 1 < len(document.doc) else None
    if after is not None and feature(after, "Person[psor]") == "3":
        return False
    before = document.doc[token.i - 1]
    return first or before.lower_ in _POINTING or before.morph.get("VerbForm", []) == ["Part"]

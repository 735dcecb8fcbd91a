"""The two bodies that a plural points back to in Russian: `университеты обмениваются студентами`, `между двумя вузами`."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.common_bodies import kind_of_noun
from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.languages.features import feature

__all__ = ["pair_meant"]

#: Kinds of bodies that a plural can point to: of ministries, councils and organisations a text speaks in general.
_KINDS: Final = frozenset({"University", "ResearchInstitute", "School", "Company", "ResearchCentre"})
_BOTH: Final = re.compile(r"(?:двумя|двух|двум|оба|обоих|обоими|обоим|два|этими|этих|эти)[ \u00a0]$")
#: Letters of the longest name.
_NAME: Final = 160


def pair_meant(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """Keys of the two bodies; none where the text has named more of the kind and no number says which."""
    if scene.document.lang != "ru":
        return ()
    for token in scene.document.tokens(sentence.start, sentence.end):
        kind = kind_of_noun(token.lower_, "ru") if _stands_alone(scene, token, sentence) else None
        if kind not in _KINDS:
            continue
        named = [t.key for s in scene.within(0, token.idx) if (t := scene.things.of(s)) and t.kind == kind]
        last = list(dict.fromkeys(reversed(named)))
        numbered = _BOTH.search(scene.document.folded[max(0, token.idx - 12) : token.idx]) is not None
        if len(last) == 2 or numbered and len(last) > 2:
            return (last[1], last[0])
    return ()


def _stands_alone(scene: Scene, token: Token, sentence: Sentence) -> bool:
    """Is a plural noun without an adjective or a name that says of which bodies it speaks: not `ведущими вузами`, `университеты мира`?"""
    document = scene.document
    if token.pos_ != "NOUN" or feature(token, "Number") != "Plur" or not (token.text.islower() or token.idx == sentence.start):
        return False
    if document.in_quotation(token.idx) or any(
        s.start <= token.idx < s.end for s in scene.within(max(0, token.idx - _NAME), token.idx + 1)
    ):
        return False
    before = document.doc[token.i - 1] if token.i else None
    if before is not None and before.idx >= sentence.start and before.pos_ == "ADJ":
        return False
    after = document.doc[token.i + 1] if token.i + 1 < len(document.doc) else None
    return after is None or not (after.pos_ in {"NOUN", "PROPN", "ADJ"} and "Gen" in after.morph.get("Case", []) or after.text[:1] in "«“")

"""What an English verb says of time: held, has been held, will be held, is expected to be held, may be held."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import lemminflect

from elshi import resource

__all__ = ["verb_features"]

_BE: Final = frozenset("be am is are was were been being 's 're 'm".split())
_HAVE: Final = frozenset("have has had having 've".split())
_PAST_AUX: Final = frozenset("was were had did".split())
_SKIPPED: Final = frozenset(
    "not n't also already now then soon jointly officially recently currently further be been being have has had".split()
)


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, str]]:
    rows = resource("data/lexicons/en/verb_groups.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith(("#", "word\t")))
    return {word: (key, value) for word, feature in pairs for key, value in [feature.split("=")]}


@lru_cache(maxsize=20_000)
def _forms(lemma: str) -> dict[str, frozenset[str]]:
    return {tag: frozenset(lemminflect.getInflection(lemma, tag)) for tag in ("VBD", "VBN", "VBG", "VBZ")}


def verb_features(word: str, lemma: str, before: Sequence[str]) -> str:
    """Return the features of a verb form, given the lower-case words that stand before it in its sentence.

    >>> verb_features("held", "hold", ["will", "be"])
    'Tense=Fut|VerbForm=Fin|Voice=Pass'
    >>> verb_features("held", "hold", ["is", "expected", "to", "be"])
    'Tense=Fut|VerbForm=Fin|Voice=Pass'
    >>> verb_features("met", "meet", ["ambassador"])
    'Tense=Past|VerbForm=Fin|Voice=Act'
    """
    auxiliaries = _auxiliaries(before)
    features = {"VerbForm": "Fin", "Voice": "Act"} | _own(word, lemma, auxiliaries)
    if any(a in _PAST_AUX for a in auxiliaries):
        features["Tense"] = "Past"
    for size in (1, 2):
        for i in range(len(before) - size + 1):
            group = _groups().get(" ".join(before[i : i + size]))
            if group and all(w in _SKIPPED or w.endswith("ly") for w in before[i + size :]):
                features[group[0]] = group[1]
                features["VerbForm"] = "Fin"
    return "|".join(f"{key}={features[key]}" for key in sorted(features))


def _auxiliaries(before: Sequence[str]) -> list[str]:
    found: list[str] = []
    for word in reversed(before):
        if word in _BE or word in _HAVE or word in ("do", "does", "did"):
            found.insert(0, word)
        elif word not in _SKIPPED and not word.endswith("ly"):
            break
    return found


def _own(word: str, lemma: str, auxiliaries: Sequence[str]) -> dict[str, str]:
    """What the form and the auxiliaries right before it tell."""
    forms = _forms(lemma)
    last = auxiliaries[-1] if auxiliaries else ""
    perfect = {"Aspect": "Perf"} if any(a in _HAVE for a in auxiliaries) else {}
    if word in forms["VBG"]:
        return {"Aspect": "Prog", "Tense": "Pres"} if last in _BE else {"VerbForm": "Ger"}
    if last in _BE and word in forms["VBN"]:
        return {"Voice": "Pass", "Tense": "Past" if perfect else "Pres", **perfect}
    if last in _HAVE and word in forms["VBN"]:
        return {"Tense": "Past", **perfect}
    if word in forms["VBD"]:
        return {"Tense": "Past"}
    if word in forms["VBN"]:
        return {"VerbForm": "Part", "Voice": "Pass", "Tense": "Past"}
    return {"Tense": "Pres"} if word in forms["VBZ"] else {"VerbForm": "Inf"}

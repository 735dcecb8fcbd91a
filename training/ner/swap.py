"""Other names in the old ones' places: what a sentence has slots for, and where the names come from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from elshi import ElshiError

from .labelled import Labelled

__all__ = ["OPENING", "Draw", "Frame", "Pools", "Slot", "sort_of", "swapped"]

#: Draws a name in the nominative.
Draw = Callable[[random.Random], str]

OPENING = frozenset('«“"„')
_INITIALS = re.compile(r"(?:[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ][жзh]?\.)+(\s?)(?=[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ])")
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүІіҺһ]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A name that others can stand for: which of the sentence's spans, what sort of name, in which form."""

    span: int
    sort: str
    case: str = "Nom"
    attr: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence and the slots in it."""

    sentence: Labelled
    slots: tuple[Slot, ...]

    def name(self, slot: Slot) -> str:
        """Return the name in a slot as it stands there."""
        start, end, _ = self.sentence.spans[slot.span]
        return self.sentence.text[start:end]


@dataclass(frozen=True, slots=True)
class Pools:
    """Names in the nominative by sort, and how a name is put into the form of a slot; `ElshiError` where it has none."""

    draw: dict[str, Draw]
    form: Callable[[str, Slot], str] = lambda name, slot: name


def sort_of(name: str, label: str, *, quoted: bool, latin: bool = False) -> str:
    """Return the sort of a name, "" of one that no other should stand for; `latin` in texts that are all in Latin letters."""
    if label == "PERSON":
        if match := _INITIALS.match(name):
            return "initialled" if match[1] else "initialled close"
        return "person" if " " in name else "surname"
    if label == "GPE":
        return "place" if len(name) > 3 else ""
    if name.isupper() and " " not in name:
        return "acronym" if latin or _CYRILLIC.search(name) else "latin acronym"
    if quoted:
        return "quoted body"
    if not latin and not _CYRILLIC.search(name):
        return "latin body"
    return "body" if " " in name else ""


def swapped(frame: Frame, pools: Pools, rng: random.Random, share: float = 0.75) -> Labelled:
    """Return the sentence with new names in most of its slots."""
    sentence = frame.sentence
    for slot in reversed(frame.slots):
        if rng.random() > share or slot.sort not in pools.draw:
            continue
        start, end, _ = sentence.spans[slot.span]
        try:
            sentence = sentence.with_text(start, end, pools.form(pools.draw[slot.sort](rng), slot))
        except ElshiError:
            continue
    return sentence

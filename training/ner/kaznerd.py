"""KazNERD, read as releases would write it: figures in digits, each sentence in one of its spellings, offices left open inside."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .labelled import UNKNOWN, Labelled, Span, from_tokens, iob_spans, read_lines

__all__ = ["Spellings", "read_all_of_kaznerd", "read_kaznerd", "spoken_sentences"]

_ORDINAL_YEAR = re.compile(r"(\d{4})-(?:ын|ін|н)?(?:шы|ші)$")
_YEARS = re.compile(r"жыл(?!дық)")
_REPAIR = re.compile(r"[а-яәғқңөұүіһ]{1,12}$")


@dataclass(frozen=True, slots=True)
class Spellings:
    """One sentence of KazNERD in all the spellings that the corpus has of it."""

    base: str
    forms: tuple[Labelled, ...]

    def one(self, rng: random.Random) -> Labelled:
        """Return one of the spellings."""
        return rng.choice(self.forms)


def read_kaznerd(path: Path, *, outermost: bool = False) -> list[Spellings]:
    """Return the corpus by sentence.

    Its offices enclose the country and the body they belong to, ours do not: `outermost=False` marks what is inside
    an office of several words as unknown, `outermost=True` leaves the labels as they are.
    """
    found: dict[str, list[Labelled]] = defaultdict(list)
    for record in read_lines(path):
        words, spans = _as_written(record["tokens"], list(iob_spans(record["tags"])))
        if not outermost:
            spans = [(s, e, UNKNOWN if label == "POSITION" and e - s > 1 else label) for s, e, label in spans]
        found[record["id"][1:]].append(from_tokens(words, spans))
    return [Spellings(base, tuple(dict.fromkeys(forms))) for base, forms in sorted(found.items())]


def read_all_of_kaznerd(path: Path) -> list[Spellings]:
    """Return the corpus with all its labels as they are; each spelling as it was spoken and as it would be written."""
    found: dict[str, list[Labelled]] = defaultdict(list)
    for record in read_lines(path):
        tokens, spans = record["tokens"], list(iob_spans(record["tags"]))
        spoken, written = from_tokens(tokens, spans, labels=None), from_tokens(*_as_written(tokens, spans), labels=None)
        found[record["id"][1:]] += dict.fromkeys((spoken, written))
    return [Spellings(base, tuple(forms)) for base, forms in sorted(found.items())]


def spoken_sentences(path: Path) -> list[Labelled]:
    """Return every sentence of the corpus as it is, in all its spellings, with all labels: what a model of it is measured with."""
    return [from_tokens(record["tokens"], iob_spans(record["tags"]), labels=None) for record in read_lines(path)]


def _as_written(tokens: list[str], spans: list[Span]) -> tuple[list[str], list[Span]]:
    """Return tokens and spans with years in digits and without the speaker's slips."""
    kept = [i for i in range(len(tokens)) if not any(_is_repair(tokens[j : j + 3]) for j in range(max(0, i - 2), i + 1))]
    where = {old: new for new, old in enumerate(kept)}
    words = [_year(tokens, i) for i in kept]
    moved = [
        (where[inside[0]], where[inside[-1]] + 1, label) for s, e, label in spans if (inside := [i for i in range(s, e) if i in where])
    ]
    return words, moved


def _is_repair(tokens: list[str]) -> bool:
    """Return whether three tokens are a speaker's slip in brackets, `( ыы )`."""
    return len(tokens) == 3 and tokens[0] == "(" and tokens[2] == ")" and bool(_REPAIR.match(tokens[1]))


def _year(tokens: list[str], i: int) -> str:
    match = _ORDINAL_YEAR.match(tokens[i])
    follows = i + 1 < len(tokens) and _YEARS.match(tokens[i + 1])
    return match[1] if match and follows else tokens[i]

"""How alike two names sound, word by word, once they are folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import permutations
from typing import Final

from elshi.ingest.languages.romanisation import skeleton

__all__ = ["SAME_PERSON", "alike"]

#: From here on two names are taken for one person's: see the test on the development stories.
SAME_PERSON: Final = 0.9
#: An initial that fits is worth this much of a whole word.
_INITIAL: Final = 0.88
#: What a word costs that the other name lacks.
_EXTRA: Final = 0.04


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two names are, given as folded words, in the best order of the words."""
    short, long = sorted((tuple(one), tuple(other)), key=len)
    if not short or len(long) > 6:
        return 0.0
    if len(short) == 1 and len(long) > 1:
        return max(0.0, max(_words_alike(short[0], word) for word in long) - 0.2)
    best = max(_aligned(short, order) for order in permutations(long, len(short)))
    return max(0.0, best - _EXTRA * (len(long) - len(short)))


def _aligned(one: Sequence[str], other: Sequence[str]) -> float:
    """The mean of the words' likeness, drawn towards the worst: two words alike do not make up for a third that is not."""
    scores = [_words_alike(a, b) for a, b in zip(one, other, strict=True)]
    return 0.6 * sum(scores) / len(scores) + 0.4 * min(scores)


@lru_cache(maxsize=100_000)
def _words_alike(a: str, b: str) -> float:
    if len(a) == 1 or len(b) == 1:
        return _INITIAL if a[:1] == b[:1] else 0.0
    if _is_couple(a, b):
        return 0.4
    sounds, bones = _ratio()(a, b) / 100, _ratio()(skeleton(a), skeleton(b)) / 100
    return max(sounds, 0.45 * sounds + 0.55 * bones)


def _is_couple(a: str, b: str) -> bool:
    """Are these the masculine and the feminine of one surname?"""
    one, other = sorted((a, b), key=len)
    if one.endswith("ski"):
        return other in (one[:-1] + "aa", one[:-1] + "aia", one[:-1] + "a")
    return other == one + "a" and one.endswith(("ov", "ev", "in"))


@cache
def _ratio() -> Callable[[str, str], float]:
    """What compares two words, loaded when two have to be: a single release may need none."""
    from rapidfuzz.fuzz import ratio

    return ratio

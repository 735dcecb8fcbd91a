"""Sentences that say nearly the same, found without comparing each with each: shingles, MinHash and its bands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple
from zlib import crc32

__all__ = ["NEARLY", "Passage", "bands", "likeness", "numbers", "passages", "refrain_keys"]

#: From here on two sentences say nearly the same: one word in ten may differ.
NEARLY: Final = 0.6
#: Shorter sentences recur by chance.
FEWEST_WORDS: Final = 6
#: Bands and rows: of sentences that are 60 % alike three in four share a band, of those 30 % alike one in four.
_BANDS, _ROWS = 3, 2
#: For what is not compared again: of sentences 90 % alike seven in eight share a band, of those 40 % alike one in twenty.
_STRICT_BANDS, _STRICT_ROWS = 2, 4
_MASK: Final = (1 << 64) - 1
_WORD: Final = re.compile(r"\w+")
_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?…]+[»”\"’')\]]*(?=\s)|(?=\n)|$)")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:[\u00a0\u202f ,]\d{3})+(?![\d])|(?<![\w.,])\d+(?:[.,]\d+)?(?!\d)")


class Passage(NamedTuple):
    """A sentence of a release: where it stands, and its shingles."""

    start: int
    end: int
    shingles: tuple[int, ...]  # sorted hashes of its pairs of neighbouring words


def passages(text: str) -> Iterator[Passage]:
    """Yield the sentences of a text that are long enough to be recognised again."""
    for match in _SENTENCE.finditer(text):
        words = _WORD.findall(match[0].casefold())
        if len(words) >= FEWEST_WORDS:
            lead = len(match[0]) - len(match[0].lstrip())
            pairs = {crc32(f"{a} {b}".encode()) for a, b in zip(words, words[1:], strict=False)}
            yield Passage(match.start() + lead, match.end(), tuple(sorted(pairs)))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the Jaccard index of two sets of shingles.

    >>> likeness((1, 2, 3), (2, 3, 4))
    0.5
    """
    shared = len(set(one) & set(other))
    return shared / (len(one) + len(other) - shared) if one or other else 0.0


def bands(shingles: tuple[int, ...]) -> tuple[int, ...]:
    """Return the keys under which a sentence is filed: those of one text, looked at again, will share some."""
    return _banded(shingles, _BANDS, _ROWS)


def refrain_keys(shingles: tuple[int, ...], lang: str) -> tuple[int, ...]:
    """Return the keys of which sentences of a language share one when they are as good as the same."""
    return tuple(crc32(f"{lang} {key}".encode()) for key in _banded(shingles, _STRICT_BANDS, _STRICT_ROWS))


def _banded(shingles: tuple[int, ...], count: int, size: int) -> tuple[int, ...]:
    lows = [min([a * shingle & _MASK for shingle in shingles]) for a in _multipliers()[: count * size]]
    return tuple(crc32(repr((n, lows[n * size : (n + 1) * size])).encode()) for n in range(count))


@cache
def _multipliers() -> tuple[int, ...]:
    """Odd multipliers, one a hash function: always the same, so that stores filled on different days agree."""
    state, found = 0x9E3779B97F4A7C15, []
    for _ in range(max(_BANDS * _ROWS, _STRICT_BANDS * _STRICT_ROWS)):
        state = (state * 6364136223846793005 + 1442695040888963407) & _MASK
        found.append(state | 1)
    return tuple(found)


def numbers(text: str) -> frozenset[str]:
    """Return the figures of a text that are telling: three digits or more, or a fraction, and no year.

    >>> sorted(numbers("27 000 студентов, 1,240 sites, 12,4 млн, 8 человек, 2025 год"))
    ['12.4', '1240', '27000']
    """
    found = set()
    for match in _NUMBER.finditer(text):
        plain = re.sub(r"[\u00a0\u202f ]|,(?=\d{3}(?:\D|$))", "", match[0]).replace(",", ".")
        if ("." in plain or len(plain) > 2) and not re.fullmatch(r"(?:1[5-9]|20)\d\d", plain):
            found.add(plain)
    return frozenset(found)

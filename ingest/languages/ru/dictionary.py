"""The dictionary of Russian, opened once: how it reads a word, and the nominatives of a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pymorphy3
from pymorphy3.units import DictionaryAnalyzer

__all__ = ["is_known", "nominatives", "parses"]


@lru_cache(maxsize=1)
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=100_000)
def is_known(word: str) -> bool:
    """Does the dictionary hold a lower-case word as it is written?"""
    return bool(_analyser().word_is_known(word))


@lru_cache(maxsize=20_000)
def parses(word: str) -> tuple[Any, ...]:
    """Return what a lower-case word may be, likeliest first; one that the dictionary does not hold is read by its beginning or end."""
    return tuple(_analyser().parse(word))


def nominatives(parse: Any, pos: str, number: str, gender: str) -> Sequence[str]:
    """Return the nominatives of a form's lexeme that have a part of speech, a number and, where one is given, a gender."""
    first, *further = parse.methods_stack
    if further or not isinstance(first[0], DictionaryAnalyzer):
        wanted = {"nomn", number, gender} - {""}
        return [form.word for form in parse.lexeme if wanted <= form.tag.grammemes and form.tag.POS == pos]
    _, word, paradigm, index = first
    dictionary = _analyser().dictionary
    stem = dictionary.build_stem(dictionary.paradigms[paradigm], index, word)
    return [f"{before}{stem}{after}" for before, after in _nominative_affixes(paradigm, pos, number, gender)]


@lru_cache(maxsize=20_000)
def _nominative_affixes(paradigm: int, pos: str, number: str, gender: str) -> tuple[tuple[str, str], ...]:
    wanted = {"nomn", number, gender} - {""}
    forms = _analyser().dictionary.build_paradigm_info(paradigm)
    return tuple((before, after) for before, tag, after in forms if wanted <= tag.grammemes and tag.POS == pos)

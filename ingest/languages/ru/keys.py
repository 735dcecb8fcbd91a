"""The key of a Russian word: what its inflected forms have in common, without looking at the words around it."""

from __future__ import annotations

from functools import lru_cache

from elshi.ingest.keys import russian_stem
from elshi.ingest.languages.ru.dictionary import is_known, parses

__all__ = ["word_key"]


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """Return the commonest dictionary form of a known word, and of an unknown one its stem.

    >>> word_key("Организации"), word_key("объединённых"), word_key("Льежского")
    ('организация', 'объединить', 'льежский')
    >>> word_key("Пирасикабы") == word_key("Пирасикаба")
    True
    """
    folded = word.casefold().replace("ё", "е")
    if is_known(folded):
        return str(parses(folded)[0].normal_form).replace("ё", "е")
    return russian_stem(folded)

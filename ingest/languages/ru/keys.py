"""The key of a Russian word: what its inflected forms have in common, without looking at the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from elshi.ingest.languages.ru.dictionary import is_known, parses

__all__ = ["word_key"]

_ENDING = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|ами|ями|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ой|ей|ом|ем|ам|ям|ах|ях|ов|ев|ую|юю|ью|[аяуюыиеоьй])$"
)


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
    if folded.endswith(("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")):
        return folded[: folded.rindex("ск")] + "ский"
    stem = _ENDING.sub("", folded)
    return stem if len(stem) >= 3 else folded

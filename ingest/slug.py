"""The last part of an IRI, made from a name."""

from __future__ import annotations

import unicodedata

from elshi.ingest.keys import plain

__all__ = ["slug"]

_LETTERS = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)


def slug(name: str) -> str:
    """Return a name in Latin letters, digits and hyphens; what is in neither script is spelled by its code points.

    >>> slug("Шет тілдері факультеті"), slug("Université de Liège")
    ('shet-tilderi-fakulteti', 'universite-de-liege')
    """
    latin = unicodedata.normalize("NFKD", plain(name).translate(_TABLE))
    words = "".join(_letter(c) for c in latin if not unicodedata.combining(c)).split()
    return "-".join(words)[:120].strip("-")


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else " "
    return f"u{ord(character):x}" if character.isalnum() else " "

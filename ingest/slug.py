"""The last part of an IRI, made from a name."""

from __future__ import annotations

import re
import unicodedata

from elshi.ingest.keys import plain

__all__ = ["person_slug", "slug"]

_LETTERS = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)

#: Applied in this order to the romanised name; what two romanisations write differently comes out alike.
_RULES: tuple[tuple[str, str], ...] = (
    (r"shch|sch", "sh"), (r"tch", "ch"),
    (r"chzh|dzh|dj|j", "zh"), (r"th", "t"), (r"kh", "h"), (r"gh", "g"), (r"ph", "f"), (r"tz", "ts"), (r"ck|q", "k"),
    (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"w", "v"), (r"x", "ks"), (r"oo|ou", "u"), (r"ee", "i"),
    (r"ye|(?<=[aeiou])ie", "e"), (r"y", "i"), (r"i+", "i"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def slug(name: str) -> str:
    """Return a name in Latin letters, digits and hyphens; what is in neither script is spelled by its code points.

    >>> slug("Шет тілдері факультеті"), slug("Université de Liège")
    ('shet-tilderi-fakulteti', 'universite-de-liege')
    """
    latin = unicodedata.normalize("NFKD", plain(name).translate(_TABLE))
    words = "".join(_letter(c) for c in latin if not unicodedata.combining(c)).split()
    return "-".join(words)[:120].strip("-")


def person_slug(name: str) -> str:
    """Return the key of a full name in the nominative, in words joined by hyphens.

    >>> person_slug("Роман Василенко"), person_slug("Roman Vassilenko")
    ('roman-vasilenko', 'roman-vasilenko')
    >>> person_slug("Ерлан Қасымов") == person_slug("Ерлан Касымов") == person_slug("Yerlan Kassymov")
    True
    """
    return "-".join(filter(None, (_word_key(word) for word in slug(name).split("-"))))


def _word_key(word: str) -> str:
    for pattern, replacement in _RULES:
        word = re.sub(pattern, replacement, word)
    return word


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else " "
    return f"u{ord(character):x}" if character.isalnum() else " "

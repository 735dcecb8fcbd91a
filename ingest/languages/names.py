"""The key of a person's name, under which its Kazakh, Russian and Latin spellings meet as far as spelling goes."""

from __future__ import annotations

import re

from elshi.ingest.slug import slug

__all__ = ["name_key"]

#: Applied in this order to the romanised name; what two romanisations write differently comes out alike.
_RULES: tuple[tuple[str, str], ...] = (
    (r"shch|sch", "sh"), (r"tch", "ch"),
    (r"chzh|dzh|dj|j", "zh"), (r"th", "t"), (r"kh", "h"), (r"gh", "g"), (r"ph", "f"), (r"tz", "ts"), (r"ck|q", "k"),
    (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"w", "v"), (r"x", "ks"), (r"oo|ou", "u"), (r"ee", "i"),
    (r"ye|(?<=[aeiou])ie", "e"), (r"y", "i"), (r"i+", "i"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def name_key(name: str) -> str:
    """Return the key of a full name in the nominative, in words joined by hyphens.

    >>> name_key("Роман Василенко"), name_key("Roman Vassilenko")
    ('roman-vasilenko', 'roman-vasilenko')
    >>> name_key("Ерлан Қасымов") == name_key("Ерлан Касымов") == name_key("Yerlan Kassymov")
    True
    """
    return "-".join(filter(None, (_word_key(word) for word in slug(name).split("-"))))


def _word_key(word: str) -> str:
    for pattern, replacement in _RULES:
        word = re.sub(pattern, replacement, word)
    return word

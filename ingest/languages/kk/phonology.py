"""How Kazakh sounds meet at a suffix boundary: sound classes, vowel harmony, voicing and the vowels that come and go."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["agrees", "fits", "harmony", "is_cyrillic", "sound_class", "softened", "surnames_free", "voiced", "with_vowel_back"]

BACK = frozenset("аоұыяё")
FRONT = frozenset("әеөүіэ")
#: Letters that carry a vowel but leave harmony to their neighbours.
NEUTRAL = frozenset("иую")
VOWELS = BACK | FRONT | NEUTRAL
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}
_VOICELESS = {voiced: plain for plain, voiced in _VOICED.items()}
#: Suffixes that have one form for both harmonies.
_INVARIANT = frozenset(("мен", "бен", "пен"))
_CLASSES = {
    **dict.fromkeys("аәоөұүыіеэяёю", "V"),
    **dict.fromkeys("пфкқтсшщчцхһбвгғд", "T"),  # б в г ғ д end loans only, and take the suffixes of voiceless sounds
    **dict.fromkeys("мнң", "N"),
    **dict.fromkeys("жз", "Z"),
    **dict.fromkeys("рй", "R"),
    "л": "L",
    "у": "U",
    "и": "I",
}


def is_cyrillic(letter: str) -> bool:
    """Return whether a letter belongs to the Cyrillic block, whose words spell their harmony."""
    return "\u0400" <= letter <= "\u04ff"


def sound_class(stem: str) -> str:
    """Return the class of the sound a stem ends in; `X` where the spelling does not tell (Latin, digits, signs).

    >>> sound_class("қазақстан"), sound_class("кремль"), sound_class("uliège")
    ('N', 'L', 'X')
    """
    last = stem[-1:]
    if last in "ьъ" and len(stem) > 1:
        last = stem[-2]
    return _CLASSES.get(last, "X")


def harmony(stem: str) -> str:
    """Return which suffix vowels a stem takes: `back`, `front`, or `` where both are written.

    >>> harmony("астана"), harmony("министрлік"), harmony("йорк"), harmony("назарбаев"), harmony("гонконг")
    ('back', 'front', 'front', '', '')
    """
    if not stem or not is_cyrillic(stem[-1]) or stem[-1] == "ь" or surnames_free(stem):
        return ""
    if stem[-1] in "кг":  # of foreign names usage wavers: Хынгқа, Гонконгке; Новактың, Новактің
        return "" if stem.endswith("нг") or stem[-2:-1] in BACK else "front"
    for i in range(len(stem) - 1, -1, -1):
        letter = stem[i]
        if letter in BACK:
            return "" if "ь" in stem[i:] else "back"  # Хольмнің, Вильнюстің: a soft consonant behind the vowel
        if letter in FRONT:
            return "front"
        if letter in NEUTRAL:  # Париж, Берлин, but also қиын, жиын: both are read
            return ""
    return ""


def surnames_free(stem: str) -> bool:
    """Return whether a stem ends like a Russian-style surname, after which usage wavers (Әуезовтің, Назарбаевтың)."""
    return len(stem) > 4 and stem.endswith(("ев", "ов", "ёв"))


def agrees(stem: str, suffix: str) -> bool:
    """Return whether a suffix's vowels are in harmony with a stem."""
    own = _own_harmony(suffix)
    return not own or harmony(stem) in ("", own)


@lru_cache(maxsize=1_000)
def _own_harmony(suffix: str) -> str:
    """Return the harmony that the vowels of a suffix show, `` where it has none or goes with both."""
    first = next((letter for letter in suffix if letter in BACK or letter in FRONT), "")
    return "" if not first or suffix in _INVARIANT else "back" if first in BACK else "front"


def fits(stem: str, suffix: str, after: str) -> bool:
    """Return whether a suffix may follow a stem: sound class in `after`, vowels in harmony."""
    found = sound_class(stem)
    return found == "X" or (found in after and agrees(stem, suffix))


def softened(stem: str) -> str | None:
    """Return the stem as a vowel-initial suffix makes it sound: қонақ -> қонағ-; None where nothing changes."""
    weak = _VOICED.get(stem[-1:])
    return stem[:-1] + weak if weak and len(stem) > 1 and stem[-2] in VOWELS else None


def voiced(stem: str) -> str | None:
    """Return the dictionary form of a stem whose last sound a suffix has voiced: қонағ- -> қонақ."""
    plain = _VOICELESS.get(stem[-1:])
    return stem[:-1] + plain if plain else None


def with_vowel_back(stem: str) -> str | None:
    """Return the stem with the close vowel that a possessive squeezed out: орн- -> орын, көрк- -> көрік.

    >>> with_vowel_back("халқ"), with_vowel_back("кәсіп")
    ('халық', None)
    """
    if len(stem) < 2 or stem[-1] in VOWELS or (stem[-2] in VOWELS and not (stem[-2] == "у" and stem[-1] in "знлс")):
        return None
    return f"{stem[:-1]}{'і' if _last_vowel_is_front(stem) else 'ы'}{stem[-1]}"


def _last_vowel_is_front(stem: str) -> bool:
    return next((letter in FRONT for letter in reversed(stem) if letter in BACK or letter in FRONT), False)

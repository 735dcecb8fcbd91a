"""Kazakh suffixes run forward: the form that a lemma takes in a case, with a possessor, in the plural."""

from __future__ import annotations

from functools import cache

from elshi import ElshiError
from elshi.ingest.languages.kk.lexicon import rows
from elshi.ingest.languages.kk.nouns import Suffix, suffixes
from elshi.ingest.languages.kk.phonology import BACK, FRONT, VOWELS, harmony, is_cyrillic, softened, sound_class

__all__ = ["inflect"]


def inflect(lemma: str, *, case: str = "Nom", poss: str | None = None, number: str = "Sing", attr: bool = False) -> str:
    """Return a form of a nominal; what is not Cyrillic takes its suffix after a hyphen.

    `poss` is a possessor as `Analysis.poss` writes it; a lemma that ends in a possessive already (`университеті`) is
    inflected as such with `poss="="`. Raises ElshiError for a case, number or possessor the suffix table lacks.

    >>> inflect("университет", poss="3", case="Gen"), inflect("Бельгия", case="Loc", attr=True), inflect("ULiège", case="Loc")
    ('университетінің', 'Бельгиядағы', 'ULiège-де')
    """
    form, owner, vowels = lemma, poss, vowels_of(lemma)
    if number == "Plur":
        form = _joined(form, "number", number, vowels)
    elif number != "Sing":
        raise ElshiError(f"no number {number!r} in the Kazakh suffix table: use Sing or Plur")
    if poss and poss != "=":
        form = _joined(_before_possessor(form) if number == "Sing" else form, "possessor", poss, vowels)
    owner = "3" if poss == "=" else poss
    if case != "Nom":
        form = _joined(form, {None: "case", "3": "case after 3"}.get(owner, "case after 1 2"), case, vowels)
    if attr:
        form = _joined(form, "attribute", "Yes", vowels)
    return form


def _joined(stem: str, slot: str, value: str, vowels: str) -> str:
    """Return a stem with the suffix of a slot that suits its last sound and its vowels."""
    sound = sound_of(stem)
    for suffix in suffixes(slot):
        if suffix.value == value and sound in suffix.after and _suits(suffix, vowels):
            return f"{stem}{'-' if _foreign(stem) else ''}{suffix.form}"
    raise ElshiError(f"no suffix for {slot} {value!r} after {stem!r}: see data/lexicons/kk/nominal_suffixes.tsv")


def _suits(suffix: Suffix, vowels: str) -> bool:
    first = next((letter for letter in suffix.form if letter in VOWELS), "")
    return not first or suffix.value == "Ins" or (first in BACK) == (vowels == "back")


def _foreign(stem: str) -> bool:
    """Return whether suffixes stand after a hyphen: Latin names, digits, and acronyms that are read letter by letter."""
    return "-" not in stem[-8:] and (not is_cyrillic(stem[-1:]) or (len(stem) > 1 and stem.isupper()))


def sound_of(stem: str) -> str:
    """Return the class of the sound a stem ends in as it is read aloud: of an acronym without vowels, its last letter's name."""
    found = sound_class(_spoken(stem))
    return "V" if found in ("I", "X") else found


def vowels_of(stem: str) -> str:
    """Return the harmony of a stem as one of two, where both are written the commoner one."""
    spoken = _spoken(stem)
    if found := harmony(spoken):
        return found
    root = spoken[:-2] if spoken.endswith(("ев", "ов", "ёв")) else spoken
    if root.endswith("ль"):
        return "front"
    last = next((letter for letter in reversed(root) if letter in VOWELS and letter not in "ую"), "")
    return "front" if last in FRONT or last == "и" else "back"


def _spoken(stem: str) -> str:
    """Return how a stem is read: acronyms as words where they have a vowel (АҚШ), else by letters (ТМД, BMW); Latin by sound."""
    last = stem[-1:].lower()
    if len(stem) > 1 and stem.isupper() and is_cyrillic(stem[-1]):
        low = stem.lower()
        return low if VOWELS & set(low) else _letter_names().get(last, last).replace("е", "а")
    if stem and not is_cyrillic(stem[-1]):
        word = "".join(_latin().get(letter, "") for letter in stem.lower())
        spelt = not stem[-1].isalpha() or (stem.isupper() and not VOWELS & set(word))
        return _letter_names().get(last, last) if spelt else word
    return stem.lower()


def _before_possessor(stem: str) -> str:
    """Return a stem as it sounds before a vowel: халық -> халқ-, министрлік -> министрліг-."""
    low = stem.lower()
    for full, short in _elisions().items():
        if low.endswith(full):
            return stem[: len(stem) - len(full)] + short
    if low.endswith("ь"):
        return stem[:-1]
    weak = softened(low)
    return stem[:-1] + weak[-1] if weak else stem


@cache
def _elisions() -> dict[str, str]:
    return {row["full"]: row["short"] for row in rows("elisions.tsv")}


@cache
def _letter_names() -> dict[str, str]:
    return {row["letter"]: row["spoken"] for row in rows("letters.tsv") if row["use"] == "name"}


@cache
def _latin() -> dict[str, str]:
    return {row["letter"]: row["spoken"] for row in rows("letters.tsv") if row["use"] == "sound"}

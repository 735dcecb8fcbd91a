"""Given names of many cultures in three spellings, and the family names that stand first in East Asia."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from elshi import resource

__all__ = ["english_spelling", "family_first", "family_spelling", "gender_of", "is_given"]

_LANGUAGES = ("kk", "ru", "en")


@lru_cache(maxsize=1)
def _names() -> tuple[dict[tuple[str, str], str], tuple[tuple[str, str, str], ...]]:
    """The genders of whole names, and of last parts such as -бек, by language."""
    whole: dict[tuple[str, str], str] = {}
    parts: list[tuple[str, str, str]] = []
    for line in resource("data/lexicons/given_names.tsv").read_text("utf-8").splitlines():
        if line.startswith(("#", "gender\t")):
            continue
        gender, *spellings = line.split("\t")
        for lang, name in zip(_LANGUAGES, spellings, strict=True):
            if name.startswith("-"):
                parts.append((lang, _folded(name[1:]), gender))
            else:
                known = whole.setdefault((lang, _folded(name)), gender)
                whole[lang, _folded(name)] = gender if known == gender else ""
    return whole, tuple(parts)


def _folded(name: str) -> str:
    return name.casefold().replace("ё", "е")


def is_given(name: str, lang: str) -> bool:
    """Return whether a word is in the list of given names, in its nominative.

    >>> is_given("Дәурен", "kk"), is_given("Университет", "kk")
    (True, False)
    """
    return (lang, _folded(name)) in _names()[0]


@lru_cache(maxsize=20_000)
def gender_of(name: str, lang: str) -> str:
    """Return "Masc" or "Fem" for a given name in its nominative, "" where it does not tell.

    >>> gender_of("Айгерим", "ru"), gender_of("Нурболат", "ru"), gender_of("Ниссен", "ru")
    ('Fem', 'Masc', '')
    """
    whole, parts = _names()
    word = _folded(name)
    if (lang, word) in whole:
        return whole[lang, word]
    return next((gender for tag, part, gender in parts if tag == lang and word.endswith(part) and len(word) > len(part) + 2), "")


@lru_cache(maxsize=1)
def _families() -> dict[str, dict[str, str]]:
    """The cultures of a family name and how it is spelled in Latin there."""
    found: dict[str, dict[str, str]] = {}
    for line in resource("data/lexicons/family_first.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "culture\t")):
            culture, cyrillic, latin = line.split("\t")
            for name in (cyrillic, latin):
                found.setdefault(_folded(name), {}).setdefault(culture, latin)
    return found


def family_first(name: str) -> frozenset[str]:
    """Return the cultures (zh, ko, vi) in which a word is a family name that stands before the given name.

    >>> sorted(family_first("Ли")), family_first("Касымов")
    (['ko', 'zh'], frozenset())
    """
    return frozenset(_families().get(_folded(name), ()))


def family_spelling(name: str, cultures: Sequence[str]) -> str | None:
    """Return the Latin spelling of an East Asian family name in the first of the cultures that has it.

    >>> family_spelling("Пак", ["ko"])
    'Park'
    """
    known = _families().get(_folded(name), {})
    return next((known[c] for c in cultures if c in known), None)


@lru_cache(maxsize=1)
def _english() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in resource("data/lexicons/given_names.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "gender\t")) and "\t-" not in line:
            spellings = line.split("\t")[1:]
            keys = [(lang, _folded(name)) for lang, name in zip(_LANGUAGES, spellings, strict=True)]
            first = next((found[key] for key in keys if key in found), spellings[2])
            for key in keys:
                found.setdefault(key, first)
    return found


def english_spelling(name: str, lang: str) -> str | None:
    """Return the English spelling of a listed given name, one for all its rows; None for other words.

    >>> english_spelling("Грейс", "ru"), english_spelling("Ниссен", "ru")
    ('Grace', None)
    """
    return _english().get((lang, _folded(name)))

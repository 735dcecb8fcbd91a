"""Given names of many cultures in three spellings, and the family names that stand first in East Asia."""

from __future__ import annotations

from functools import lru_cache

from elshi import resource

__all__ = ["family_first", "gender_of", "is_given"]

_LANGUAGES = ("kk", "ru", "en")


@lru_cache(maxsize=1)
def _names() -> tuple[dict[tuple[str, str], str], tuple[tuple[str, str, str], ...]]:
    """The genders of whole names, and of last parts such as -бек, by language."""
    whole: dict[tuple[str, str], str] = {}
    parts: list[tuple[str, str, str]] = []
    for line in resource("data/lexicons/given_names.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or line.startswith("gender\t"):
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
def _families() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in resource("data/lexicons/family_first.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "culture\t")):
            culture, *spellings = line.split("\t")
            for name in spellings:
                found.setdefault(_folded(name), set()).add(culture)
    return {name: frozenset(cultures) for name, cultures in found.items()}


def family_first(name: str) -> frozenset[str]:
    """Return the cultures (zh, ko, vi) in which a word is a family name that stands before the given name.

    >>> sorted(family_first("Ли")), family_first("Касымов")
    (['ko', 'zh'], frozenset())
    """
    return _families().get(_folded(name), frozenset())

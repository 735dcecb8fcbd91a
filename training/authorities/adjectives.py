"""The adjectives Russian makes of city names: every form the rules allow, since a wrong one is never written."""

from __future__ import annotations

import re

__all__ = ["city_adjectives"]

_SOFT = {"г": "ж", "к": "ч"}


def city_adjectives(name: str) -> list[str]:
    """Return the masculine adjectives a Russian city name may have.

    >>> "токийский" in city_adjectives("Токио"), "пражский" in city_adjectives("Прага")
    (True, True)
    >>> "мюнхенский" in city_adjectives("Мюнхен"), "алматинский" in city_adjectives("Алматы")
    (True, True)
    """
    word = name.casefold().replace("ё", "е")
    if " " in word or len(word) < 4 or not re.fullmatch("[а-я-]+", word):
        return []
    return sorted(_forms(word))


def _forms(word: str) -> set[str]:
    if re.search("ск$", word):
        return {word[:-2] + "ский", word + "ий"}
    if word.endswith("ь"):
        return {word + "ский", word[:-1] + "ский"}
    if word[-1] in "бвгджзйклмнпрстфхцчшщ":
        return {word + "ский", word[:-1] + _SOFT.get(word[-1], word[-1]) + "ский"} | ({word + "ьский"} if word[-1] == "л" else set())
    stem = word[:-1]
    forms = {stem + "ский", stem + "нский", stem + "инский", word + "нский", word + "ский", stem + "йский", word + "йский", stem + "анский"}
    if stem[-1] == "л":
        forms.add(stem + "ьский")
    if len(stem) > 2 and stem[-1] in _SOFT:
        forms.update({stem[:-1] + "жский" if stem[-1] == "г" else stem[:-1] + "цкий"})
    return forms

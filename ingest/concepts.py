"""What the words of an organisation's name mean, so that a name and its translation can be held side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from elshi import resource
from elshi.ingest.keys import inner_key, plain
from elshi.ingest.slug import slug

__all__ = ["Placer", "alike", "concepts"]

#: Returns what place some words name, in a language, or None.
Placer = Callable[[str, str], str | None]

_SAME = str.maketrans("hwqcyjz", "gvkkiis")
_FAMILIES = (("ph", "f"), ("ts", "s"), ("tz", "s"), ("kh", "g"), ("sch", "sh"), ("ks", "x"))
_SHORTEST_STEM = 3
_LONGEST_PARTICLE = 5
#: What may follow a stem of three letters.
_ENDINGS = {
    "kk": re.compile("(?:[лдт][ае]р)?(?:с?[ыі])?(?:н?[ае]|[ғгқк][ае]|н?[дт][ае]|м?[ае]н)?"),
    "ru": re.compile(".{1,3}"),
    "en": re.compile("e?s"),
}


@lru_cache(maxsize=20_000)
def concepts(name: str, lang: str, placer: Placer) -> frozenset[str]:
    """Return the concepts a name is made of: known words, places, and the consonants of whatever else it says.

    >>> sorted(concepts("Халықаралық мал шаруашылығы ғылыми-зерттеу институты", "kk", lambda words, lang: None))
    ['institute', 'international', 'livestock', 'research', 'science']
    """
    words = [inner_key(word, "kk") if lang == "kk" else word for word in plain(name).split()]
    found: set[str] = set()
    at = 0
    while at < len(words):
        size, concept = _read(words, at, lang, placer)
        found.update({concept} - {"-", ""})
        at += size
    return frozenset(found)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two names share, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _read(words: Sequence[str], at: int, lang: str, placer: Placer) -> tuple[int, str]:
    for size in (3, 2):
        if at + size <= len(words) and (place := placer(" ".join(words[at : at + size]), lang)):
            return size, place
    word = words[at]
    if not word or len(word) == 1:
        return 1, ""
    return 1, _known(word, lang) or placer(word, lang) or _bones(word)


@lru_cache(maxsize=20_000)
def _known(word: str, lang: str) -> str | None:
    """Return the concept whose longest stem the word begins with; a particle must be the word, a short stem nearly so."""
    lang = lang if re.search("[а-яәғқңөұүһі]", word) else "en"
    for size in range(len(word), 1, -1):
        concept = _stems()[lang].get(word[:size])
        if concept is not None and _fits(word[size:], size, lang, particle=concept == "-"):
            return concept
    return None


def _fits(ending: str, size: int, lang: str, *, particle: bool) -> bool:
    if not ending:
        return True
    if size <= (_LONGEST_PARTICLE if particle else _SHORTEST_STEM - 1):
        return False
    return size > _SHORTEST_STEM or bool(_ENDINGS[lang].fullmatch(ending))


@lru_cache(maxsize=1)
def _stems() -> Mapping[str, Mapping[str, str]]:
    stems: dict[str, dict[str, str]] = {"kk": {}, "ru": {}, "en": {}}
    table = resource("data/authorities/name_words.tsv").read_text("utf-8").splitlines()
    for line in table:
        if line.startswith(("#", "concept\t")):
            continue
        concept, *columns = line.split("\t")
        for lang, column in zip(("kk", "ru", "en"), columns, strict=True):
            for stem in filter(None, column.split("|")):
                stems[lang].setdefault(stem, concept)
    return stems


def _bones(word: str) -> str:
    """Return the first consonants of a word, as far as they survive from one script to another."""
    latin = slug(word)
    for written, heard in _FAMILIES:
        latin = latin.replace(written, heard)
    bones = re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", latin.translate(_SAME)))
    return f"'{bones[:5]}"

"""Cyrillic names in Latin letters, and the fold under which spellings of one sound meet: Қасымов, Касымов, Kassymov."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from elshi import resource
from elshi.ingest.languages.given import family_first

__all__ = ["fold_word", "hepburn", "is_pinyin", "pinyin", "romanise", "skeleton"]

_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_LATIN: Final = str.maketrans(
    {"ø": "o", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "e", "œ": "e", "ə": "a", "ŋ": "ng", "ß": "ss"}
)
#: ö and ü as Russian writes them: Кёлер, Юрген.
_UMLAUTS: Final = str.maketrans({"ö": "yo", "ü": "yu"})


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in resource("data/lexicons/romanisation.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "table\t")):
            table, source, target = line.split("\t")
            found.setdefault(table, []).append((source, "" if target == "-" else target))
    return {table: tuple(rows) for table, rows in found.items()}


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(_rows()["letter"])
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


@lru_cache(maxsize=1)
def _folds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(source), target) for source, target in _rows()["fold"])


@lru_cache(maxsize=1)
def _syllables() -> tuple[re.Pattern[str], dict[str, str]]:
    """The syllables of Chinese as Palladius writes them, and their pinyin."""
    rows = _rows()
    table = dict(rows["syllable"])
    for initials, finals in (("initial", "hardfinal"), ("initial", "softfinal"), ("hard", "hardfinal"), ("soft", "softfinal")):
        for a, latin_a in rows[initials]:
            for b, latin_b in rows[finals]:
                table.setdefault(a + b, latin_a + latin_b)
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


@lru_cache(maxsize=1)
def _pinyin_word() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(set(_syllables()[1].values()), key=len, reverse=True)) + "){1,3}")


@lru_cache(maxsize=20_000)
def pinyin(word: str) -> str | None:
    """Return a Chinese word, written as Palladius writes it, in pinyin; None for any other word.

    >>> pinyin("Хунвэй"), pinyin("Цзиньпин"), pinyin("Касымов")
    ('hongwei', 'jinping', None)
    """
    pattern, table = _syllables()
    text, at, out = word.casefold().replace("ъ", ""), 0, ""
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            return None
        out += table[match[0]]
        at = match.end()
    return out


def is_pinyin(word: str) -> bool:
    """Could a word in Latin letters be one to three Chinese syllables?"""
    return bool(_pinyin_word().fullmatch(word.casefold()))


@lru_cache(maxsize=1)
def _japanese() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = dict(_rows()["japanese"])
    options = "|".join(sorted(table, key=len, reverse=True))
    return re.compile(f"(?:{options})+"), re.compile(options), table


def hepburn(words: Sequence[str]) -> list[str] | None:
    """Return a Japanese name, written as Polivanov writes it, in Hepburn's spelling; None for any other name.

    >>> hepburn(["Кэнъити", "Морисита"]), hepburn(["Ерлан", "Касымов"])
    (['kenichi', 'morishita'], None)
    """
    whole, syllable, table = _japanese()
    lower = [w.casefold() for w in words]
    if len(words) != 2 or not all(whole.fullmatch(w) for w in lower):
        return None
    return [syllable.sub(lambda m: table[m[0]], w) for w in lower]


def romanise(name: str, lang: str) -> str:
    """Return a name in Latin letters; Latin letters stay as they are.

    >>> romanise("Ерлан Қасымов", "kk"), romanise("Чжао Хунвэй", "ru"), romanise("Kassymov", "en")
    ('Yerlan Kasymov', 'Zhao Hongwei', 'Kassymov')
    """
    words = name.split()
    if japanese := hepburn(words):
        return " ".join(word.capitalize() for word in japanese)
    chinese = len(words) > 1 and "zh" in family_first(words[0])
    return " ".join(_romanised(word, lang, chinese=chinese) for word in words)


def _romanised(word: str, lang: str, *, chinese: bool) -> str:
    if not _CYRILLIC.search(word):
        return word
    latin = pinyin(word) if chinese else None
    latin = latin or "-".join(_spelled(part) for part in word.casefold().split("-"))
    if not word[:1].isupper():
        return latin
    return "-".join(part[:1].upper() + part[1:] for part in latin.split("-"))


def _spelled(word: str) -> str:
    pattern, table = _letters()
    return pattern.sub(lambda m: table[m[0]], "ye" + word[1:] if word[:1] == "е" else word)


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Return the sound of a word, coarsely, in plain Latin letters.

    >>> {fold_word(w) for w in ("Қасымов", "Касымов", "Kassymov")}
    {'kasimov'}
    >>> {fold_word(w) for w in ("Сейілбеков", "Сеилбеков", "Seilbekov")}
    {'seilbekov'}
    """
    pattern, table = _letters()
    text = unicodedata.normalize("NFC", word.casefold()).translate(_UMLAUTS)
    text = pattern.sub(lambda m: table[m[0]], text).translate(_LATIN)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"[^a-z0-9]", "", text)
    for source, target in _folds():
        text = source.sub(target, text)
    return text


def skeleton(folded: str) -> str:
    """Return what stays of a folded word when its vowels go, but for the first letter.

    >>> skeleton(fold_word("Схунарс")) == skeleton(fold_word("Schoenaers"))
    True
    """
    rest = re.sub(r"[aeiou]|(?<=[aeiou])h(?=[^aeiou]|$)", "", folded[1:]).replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", folded[:1] + rest)

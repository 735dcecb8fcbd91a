"""The keys under which spellings of one name meet, in Kazakh, Russian and Latin script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["final_key", "inner_key", "key", "plain", "russian_stem", "script", "spelled_keys"]

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*(?:[-‐‑–][^\W_]+)*", re.UNICODE)
_CYRILLIC = re.compile(r"[\u0400-\u052F]")
_LATIN = str.maketrans({"ø": "o", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ŋ": "ng"})
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_HYPHENS = re.compile(r"[-‐‑–]")
_GENITIVE = re.compile(r"(?<=.{3})(?:ның|нің|дың|дің|тың|тің)$")
_LOOKALIKES = str.maketrans("aceopxyikmthbABCEHIKMOPTXYeE", "асеорхуікмтнвАВСЕНІКМОРТХУеЕ")
_RUSSIAN_ENDING = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|ами|ями|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ой|ей|ом|ем|ам|ям|ах|ях|ов|ев|ую|юю|ью|[аяуюыиеоьй])$"
)
_RUSSIAN_ADJECTIVE = ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")
_SILENT_LATIN = frozenset({"the", "and"})
_SILENT_RU = {"им": "имя", "и": ""}


def script(text: str) -> str:
    """Return "cyrl" when any letter of the text is Cyrillic, else "latn"."""
    return "cyrl" if _CYRILLIC.search(text) else "latn"


def plain(text: str) -> str:
    """Return the text in lower case, with plain letters, single blanks and no marks around words.

    >>> plain("«Назарбаев  Университеті»"), plain("Xi'an"), plain("São Paulo")
    ('назарбаев университеті', 'xian', 'sao paulo')
    """
    return " ".join(filter(None, (_plain_word(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text)))))


@lru_cache(maxsize=50_000)
def key(name: str, lang: str) -> str:
    """Return the key of a name in its dictionary form.

    >>> key("The University of Liège", "en"), key("Университета Льежа", "ru")
    ('university of liege', 'университет льеж')
    >>> key("Қазақстан Республикасының Үкіметі", "kk") == key("Қазақстан Республикасы Үкіметі", "kk")
    True
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", name))
    if not found:
        return ""
    keys = [inner_key(word, lang) for word in found[:-1]] + [final_key(found[-1], lang)]
    return " ".join(filter(None, keys)) or plain(name)


def spelled_keys(name: str) -> tuple[str, ...]:
    """Return the keys that a name has in Russian if each of its words is one that the dictionary gives as it is, or none that it holds.

    >>> spelled_keys("Асмара"), spelled_keys("Тель-Авив")
    (('асмара', 'асмар'), ('тель авив', 'тел авив'))
    """
    written = plain(name)
    return tuple(dict.fromkeys((written, " ".join(map(russian_stem, written.split())))))


def russian_stem(word: str) -> str:
    """Return what the inflected forms of a Russian word that no dictionary holds have in common; of an adjective in -ский, its first form."""
    if word.endswith(_RUSSIAN_ADJECTIVE):
        return word[: word.rindex("ск")] + "ский"
    stem = _RUSSIAN_ENDING.sub("", word)
    return stem if len(stem) >= 3 else word


@lru_cache(maxsize=100_000)
def inner_key(word: str, lang: str) -> str:
    """Return the key of a word that is not the last of its name; "" for one that adds nothing, such as an initial."""
    return _word_key(word, lang, inner=True)


@lru_cache(maxsize=100_000)
def final_key(word: str, lang: str) -> str:
    """Return the key of the last word of a name, which Kazakh must give in its dictionary form."""
    return _word_key(word, lang, inner=False)


def _word_key(word: str, lang: str, *, inner: bool) -> str:
    folded = _plain_word(word)
    if not folded:
        return ""
    if script(folded) == "latn":
        return "" if folded in _SILENT_LATIN and inner else _uninflected(folded) if inner else folded
    if len(folded) == 1 and inner:
        return ""
    if lang == "ru":
        return " ".join(filter(None, (_russian(part) for part in folded.split())))
    return _uninflected(folded) if inner else folded


@lru_cache(maxsize=200_000)
def _plain_word(word: str) -> str:
    word = _lettered(word)
    folded = _APOSTROPHES.sub("", word.casefold())
    if script(folded) == "latn":
        folded = unicodedata.normalize("NFKD", folded).translate(_LATIN)
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _HYPHENS.sub(" ", folded.replace("ё", "е")).strip()


def _lettered(word: str) -> str:
    """Undo Latin look-alikes in a Cyrillic word ("Cыртқы" with a Latin C)."""
    if _CYRILLIC.search(word) and re.search("[A-Za-z]", word):
        repaired = word.translate(_LOOKALIKES)
        if not re.search("[A-Za-z]", repaired):
            return repaired
    return word


def _uninflected(word: str) -> str:
    """Take the Kazakh genitive off a word inside a name: its presence varies from text to text."""
    if " " in word:
        head, last = word.rsplit(" ", 1)
        if re.fullmatch("(?:н|д|т)[ыі]ң", last):
            return head
    return _GENITIVE.sub("", word) if script(word) == "cyrl" else word


def _russian(word: str) -> str:
    from elshi.ingest.languages.ru.keys import word_key

    return _SILENT_RU[word] if word in _SILENT_RU else word_key(word)

"""Personal names in three languages: their parts, the short forms that refer to them, and the key of the person they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from elshi import resource
from elshi.ingest.languages.given import english_spelling, family_first, family_spelling
from elshi.ingest.languages.given import is_given as is_given_name
from elshi.ingest.languages.romanisation import fold_word, hepburn, is_pinyin, pinyin, romanise
from elshi.ingest.languages.similarity import SAME_PERSON, alike

__all__ = [
    "SAME_PERSON", "NameParts", "is_given_name", "looks_like_surname", "matches_short", "name_key", "parts", "romanise", "same_person",
]  # fmt: skip

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`´.-][^\W\d_]+)*['’ʼ`´]?\.?")
_GLUED: Final = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]|Дж|Дз|Yu|Zh|Sh|Ch|Kh|Th)\.?")
_PATRONYMIC: Final = re.compile(
    r".{3,}(?:[оеё]вич|ьич|[оеё]вна|ична|ұлы|улы|қызы|кызы|[oe]vich|yevich|[oe]vna|yevna|uly|kyzy)", re.IGNORECASE
)
_MONGOLIAN: Final = re.compile(r"(.{4,})ийн|(.{7,})ын")
_PARTICLES: Final = frozenset(
    "ван фон дер ден де да ди ду дю дел дос дас ла ле лос аль әл эль ас бен бин ибн абу тер тен зу эт "
    "van von der den de da di du del dos das la le los al el as ben bin ibn abu ter ten zu bint".split()
)
_CASE_ENDINGS: Final = {
    "ru": frozenset("а у ым ом ем е ой ого ому ого я ю и ы".split()),
    "kk": frozenset("ның нің дың дің тың тің ға ге қа ке на не ды ді ты ті ны ні мен пен бен да де та те нан нен дан ден тан тен".split()),
    "en": frozenset(("s",)),
}
#: How much more a difference counts within one language than across two.
_WITHIN: Final = 3.0
_FEMININE: Final = re.compile(r"(?:[оеё]в|ин|ын)а")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A full name in its parts, each as written; "" where the name has none."""

    given: str
    middle: str
    family: str


@lru_cache(maxsize=2)
def _lists(name: str) -> dict[tuple[str, ...], frozenset[str]]:
    rows = resource(f"data/lexicons/{name}.tsv").read_text("utf-8").splitlines()
    cells = (row.split("\t") for row in rows if not row.startswith(("#", "lang\t")))
    return {tuple(row[:-1]): frozenset(row[-1].split()) for row in cells}


def looks_like_surname(word: str, lang: str) -> bool:
    """Does a word end as surnames of the region do, in the nominative?

    >>> looks_like_surname("Қасымов", "kk"), looks_like_surname("Киев", "ru"), looks_like_surname("Belmont", "en")
    (True, False, False)
    """
    endings, barred = _lists("surname_endings")[lang, "ending"], _lists("surname_endings")[lang, "not"]
    folded = word.casefold()
    return len(folded) > 4 and folded not in barred and folded.endswith(tuple(endings)) and word[:1].isupper()


def parts(name: str, lang: str) -> NameParts:
    """Split a full name.

    >>> parts("Касым-Жомарт Кемелевич Токаев", "ru")
    NameParts(given='Касым-Жомарт', middle='Кемелевич', family='Токаев')
    >>> parts("Park Joon-ho", "en"), parts("Урсула фон дер Ляйен", "ru")
    (NameParts(given='Joon-ho', middle='', family='Park'), NameParts(given='Урсула', middle='', family='фон дер Ляйен'))
    """
    if "," in name:
        family, _, rest = name.partition(",")
        name = f"{rest.strip()} {family.strip()}"
    words = _words(name)
    if len(words) < 2:
        return NameParts("", "", "".join(words)) if not words or not is_given_name(words[0], lang) else NameParts(words[0], "", "")
    if _family_stands_first(words, lang):
        patronymic = words[-1] if _PATRONYMIC.fullmatch(words[-1]) and len(words) > 2 else ""
        given = words[1:-1] if patronymic else words[1:]
        return NameParts(" ".join(given), patronymic, words[0])
    if len(words) == 2 and _MONGOLIAN.fullmatch(words[0]):
        return NameParts(words[1], words[0], "")
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return NameParts(words[0], " ".join(words[1:start]), " ".join(words[start:]))


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_GLUED.sub(" ", name)))


def _family_stands_first(words: Sequence[str], lang: str) -> bool:
    """Is it an East Asian name, or one written surname first with the patronymic last?"""
    if len(words) > 2 and _PATRONYMIC.fullmatch(words[-1]) and looks_like_surname(words[0], lang):
        return True
    cultures, rest = family_first(words[0]), words[1:]
    if not cultures or any(is_given_name(w, lang) or looks_like_surname(w, lang) or w.endswith(".") for w in rest):
        return False
    if len(rest) == 2 or len(rest) == 1 and "-" in rest[0]:
        return all(len(part) <= 6 for w in rest for part in w.split("-"))
    return len(rest) == 1 and ("zh" in cultures and bool(pinyin(rest[0]) or is_pinyin(rest[0])) or cultures == {"vi"})


@lru_cache(maxsize=20_000)
def name_key(name: str, lang: str) -> str:
    """Return the key of the person a full name names: one for most spellings in Kazakh, Russian and English.

    Patronymics, titles and initials of patronymics add nothing; the words stay in their order.

    >>> {name_key("Ерлан Қасымов", "kk"), name_key("Ерлан Касымов", "ru"), name_key("Yerlan Kassymov", "en")}
    {'erlan-kasimov'}
    >>> name_key("Роман Юрьевич Василенко", "ru"), name_key("Mr Roman Vassilenko", "en")
    ('roman-vasilenko', 'roman-vasilenko')
    """
    return "-".join(_key_words(name, lang))


def _key_words(name: str, lang: str) -> list[str]:
    words = list(_without_titles(_words(name), lang))
    if len(words) > 2:
        words = [w for i, w in enumerate(words) if i == 0 or not (_PATRONYMIC.fullmatch(w) or _INITIAL.fullmatch(w))]
    if len(words) > 1 and _family_stands_first(words, lang) and family_first(words[0]):
        return _east_asian(words)
    if len(words) == 2 and (match := _MONGOLIAN.fullmatch(words[0])):
        words[0] = match[1] or match[2]
    return [key for word in hepburn(words) or words for key in _folded(word, lang)]


def _folded(word: str, lang: str) -> list[str]:
    if (known := english_spelling(word, lang)) is not None:
        word = known
    return [key for key in (fold_word(part) for part in re.split(r"[-‐‑]", word)) if key]


def _east_asian(words: Sequence[str]) -> list[str]:
    """Each syllable of a Korean or Vietnamese name stands alone; Chinese ones are read as Palladius writes them."""
    if _is_chinese(words):
        spelled = [pinyin(w) or w for w in words]
    else:
        spelled = [family_spelling(words[0], ("ko", "vi", "zh")) or words[0], *words[1:]]
    return [key for w in spelled for key in (fold_word(part) for part in re.split(r"[-‐‑]", w)) if key]


def _is_chinese(words: Sequence[str]) -> bool:
    return "zh" in family_first(words[0]) and len(words) == 2 and "-" not in words[1]


def _without_titles(words: Sequence[str], lang: str) -> Sequence[str]:
    titles = _lists("name_titles")[(lang,)]
    return [w for w in words if w.casefold().rstrip(".") not in titles] or words


def same_person(a: str, lang_a: str, b: str, lang_b: str) -> float:
    """Return how alike two full names sound, from 0 to 1; at `SAME_PERSON` and above they name one person.

    Order of the words, patronymics and initials in place of names are forgiven. Within one language a name is
    hardly spelled in two ways, so a difference counts for more.

    >>> same_person("Фредерик Схунарс", "ru", "Frédéric Schoenaers", "en") >= SAME_PERSON
    True
    """
    likeness = alike(_key_words(a, lang_a), _key_words(b, lang_b))
    return likeness if lang_a != lang_b else max(0.0, 1 - _WITHIN * (1 - likeness))


def matches_short(full: str, short: str, lang: str) -> bool:
    """Does a surname, a surname with initials or with a title refer to a full name of the same text?

    >>> matches_short("Дәурен Сейілбеков", "Д. Сейілбеков", "kk"), matches_short("Cho Tae-yul", "Mr Cho", "en")
    (True, True)
    >>> matches_short("Дәурен Сейілбеков", "Р. Сейілбеков", "kk"), matches_short("Grace Wanjiru", "Grace", "en")
    (False, False)
    """
    words = _words(full)
    names, initials = _short_parts(short, lang)
    matched: list[int | None] = []
    for name in names:
        matched.append(next((i for i, w in enumerate(words) if _same_word(w, name, lang)), None))
        if matched[-1] is None:
            return False
    if not names:
        return False
    taken = {i for i in matched if i is not None}
    if len(words) > 1 and taken == {0} and not _family_stands_first(words, lang):
        return False
    return _initials_fit(initials, [w for i, w in enumerate(words) if i not in taken])


@lru_cache(maxsize=10_000)
def _short_parts(short: str, lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and the initials of a short name."""
    asked = _without_titles(_words(short), lang)
    initials = tuple(w for w in asked if _INITIAL.fullmatch(w))
    return tuple(w for w in asked if w not in initials and w.casefold() not in _PARTICLES), initials


@lru_cache(maxsize=20_000)
def _same_word(word: str, asked: str, lang: str) -> bool:
    """Are two words of one language the same, the second perhaps with a case ending that was left on?"""
    a, b = (re.sub(r"['’ʼ`´-]", "", w.casefold().replace("ё", "е")) for w in (word, asked))
    if a == b or len(a) > 4 and fold_word(a) == fold_word(b):
        return True
    rest = b.removeprefix(a)
    if not b.startswith(a) or len(a) < 4 or not rest:
        return False
    return rest in _CASE_ENDINGS[lang] and not (lang != "en" and rest == "а" and _FEMININE.search(b))


def _initials_fit(initials: Sequence[str], words: Sequence[str]) -> bool:
    """Do initials begin the remaining words, in order, some of which may go without?"""
    rest = iter(words)
    return all(any(_begins(word, initial) for word in rest) for initial in initials) or bool(words) and _begins(words[0], initials[0])


def _begins(word: str, initial: str) -> bool:
    letters = initial.rstrip(".").casefold()
    return word.casefold().startswith(letters) or fold_word(word)[:1] == fold_word(letters + "а" if len(letters) == 1 else letters)[:1]

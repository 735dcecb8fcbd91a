"""The nominative of a Russian name: the words that agree with its head change together, what hangs from the head stays."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import product
from typing import Final

from spacy.tokens import Token

from elshi.ingest.languages.features import feature
from elshi.ingest.languages.given import family_first, gender_of
from elshi.ingest.languages.ru.context import Evidence, governed
from elshi.ingest.languages.ru.morphology import name_evidence
from elshi.ingest.languages.ru.readings import CASES, Reading, fold, readings

__all__ = ["is_person_like", "nominative"]

_PARTICLES: Final = frozenset(
    "аль ас эль ад ар аш ибн бин бен бинт бинти абу ван фон дер ден де ди да ду дю ла ле дос дас оглы кызы уулу заде паша бей".split()
)
#: Cases in which a man's name has an ending that no woman's has.
_PLAIN: Final = frozenset(("Ins", "Dat"))
#: What a word costs that cannot stand in the case, number and gender supposed for the name.
_MISFIT: Final = -6.0
_NONE: Final = (_MISFIT, None)
_NUMBERS: Final = ("Sing", "Plur")
_GENDERS: Final = ("Masc", "Fem", "Neut")
_WHOLES: Final = tuple(product(CASES, _NUMBERS, _GENDERS))
#: Letters of the longest syllable that is a name's word.
_SYLLABLE: Final = 5
_VOWEL: Final = re.compile("[аеёиоуыэюя]+", re.IGNORECASE)
#: What a common noun costs that would be a person's name.
_NO_NAME: Final = -2.5
#: How many words before a name its office is looked for, what ends the search, and what it counts for that a name is in its case.
_REACH: Final = 16
_CLOSING: Final = frozenset(".;:!?")
_OF_OFFICE: Final = 3.0
_MEANT: Final = 1.2
_WITH_OFFICE: Final = 0.8


def nominative(tokens: Sequence[Token], *, kind: str | None = None) -> str:
    """Return a name's nominative, agreeing as it does in its sentence.

    `Льежского университета` gives `Льежский университет`, `Министерством иностранных дел` gives
    `Министерство иностранных дел`; a foreign name that does not change stays as it is. Every word of a
    `PERSON` agrees; without a kind the words themselves must tell.
    """
    words = [t.text for t in tokens]
    person = kind == "PERSON" or is_person_like(tokens)
    head = _movable_words(tokens) if person else _head(tokens)
    if not head:
        return _joined(tokens, words)
    if person and (family_first(words[0]) or _of_syllables(words)):  # `Чан Куок Хынгом`: only the last word of such a name changes
        head = head[-1:]
    evidence = name_evidence(tokens[0].doc)
    chosen = _agreeing([tokens[i] for i in head], evidence, _cases_of_office(tokens[0]) if person else {}, person)
    for i, reading in zip(head, chosen, strict=True):
        if reading is not None:
            words[i] = _double(words[i], _recased(words[i], reading.base), reading)
    return _joined(tokens, words)


def _of_syllables(words: Sequence[str]) -> bool:
    """Is it an East Asian name by its shape, three words or more of one syllable each: `Лоу Ци Мина`?"""
    stems = [*words[:-1], words[-1].rstrip("аумео")]
    return len(words) > 2 and all(len(w) <= _SYLLABLE and len(_VOWEL.findall(w)) <= 1 for w in stems)


def _double(word: str, base: str, reading: Reading) -> str:
    """Both halves of a double surname in the nominative: `Ольшевской-Новак`, `Ковальской-Вишневской`."""
    first, hyphen, rest = word.partition("-")
    if not hyphen or not rest[:1].isupper() or not base.startswith(first + hyphen) or reading.case == "Nom":
        return base
    genders = {reading.gender or "Fem"} | ({"Masc"} if reading.case in _PLAIN and not reading.gender else set())
    same = [r for r in readings(first) if r.nominal and r.case == reading.case]
    alike = (r for r in same if any(_fits(r, reading.number or "Sing", gender) for gender in genders))
    half = max(alike, key=lambda r: r.score, default=None)
    return _recased(first, half.base) + base[len(first) :] if half and half.name else base


def _joined(tokens: Sequence[Token], words: Sequence[str]) -> str:
    return "".join(word + ("" if i == len(words) - 1 else tokens[i].whitespace_) for i, word in enumerate(words)).strip()


def _movable(word: str) -> bool:
    """May a word change at all: a Russian word that is no initial, acronym, particle or numeral?"""
    return (
        len(word) > 1
        and not word.endswith(".")
        and not word.isupper()
        and fold(word) not in _PARTICLES
        and any(r.nominal for r in readings(word))
    )


def _movable_words(tokens: Sequence[Token]) -> list[int]:
    return [i for i, t in enumerate(tokens) if _movable(t.text)]


def is_person_like(tokens: Sequence[Token]) -> bool:
    """Could these words be one person's name: capitalised, none a common noun, an adjective of a place, or a place?"""
    words = [t.text for t in tokens]
    plain = [w for w in words if fold(w) not in _PARTICLES and any(c.isalpha() for c in w)]
    if not plain or not all(w[:1].isupper() for w in plain) or any(t.is_quote for t in tokens):
        return False
    return _is_given(plain[0]) or not any(_institutional(w) for w in plain if _movable(w))


def _is_given(word: str) -> bool:
    return any(r.name == "Given" and r.score > -3.0 or r.name and gender_of(r.base, "ru") for r in readings(word))


def _institutional(word: str) -> bool:
    found = readings(word)
    if any(r.name in ("Given", "Sur", "Pat") and r.score > -4.0 for r in found):
        return False
    best = found[0]
    return best.name in ("Geo", "Org") and best.score > -1.9 or not best.name and best.nominal and len(word) > 3


def _head(tokens: Sequence[Token]) -> list[int]:
    """The indexes of the words of a body's or a place's name that agree: up to the first noun."""
    movable = _movable_words(tokens)
    found: list[int] = []
    for i, token in enumerate(tokens):
        if token.is_quote or token.text in '«»“”„"(' or token.text.isupper() and len(token.text) > 1:
            break
        if i not in movable:
            if found and token.text != "и" or _latin(token.text):
                break
            continue
        if _stands_bare(token, tokens[i + 1 :]):
            continue
        found.append(i)
        if _is_noun(token, tokens[i + 1 :]):
            break
    return found + _coordinated(tokens, found)


def _latin(word: str) -> bool:
    return word[:1].isascii() and word[:1].isalpha()


def _is_noun(token: Token, rest: Sequence[Token]) -> bool:
    """Does the head end here, at a noun and not at an adjective before its noun?"""
    options = [r for r in readings(token.text) if r.nominal]
    following = next((t for t in rest if t.text != "и"), None)
    if not any(r.adjectival for r in options):
        return True
    return not all(r.adjectival for r in options) and not (following and _agrees_with_next(token, following))


def _stands_bare(token: Token, rest: Sequence[Token]) -> bool:
    """Does a name stand unchanged before the noun that changes, as in `Назарбаев Университета`, `Эйр Астаны`?"""
    options = readings(token.text)
    bare = any(r.name and r.case == "Nom" and r.score > -2.5 for r in options) and all(r.name for r in options)
    return bare and bool(rest) and rest[0].text[:1].isupper() and _is_declined(rest[0].text)


def _is_declined(word: str) -> bool:
    """Is it a known noun or place in another case than the nominative, or a common noun?"""
    best = readings(word)[0]
    return best.pos == "NOUN" or best.name == "Geo" and best.case != "Nom"


def _agrees_with_next(token: Token, following: Token) -> bool:
    return any(
        a.adjectival and a.case == b.case and a.number == b.number and (a.number == "Plur" or a.gender == b.gender or not b.gender)
        for a, b in product(readings(token.text), readings(following.text))
        if b.nominal
    )


def _coordinated(tokens: Sequence[Token], head: Sequence[int]) -> list[int]:
    """The second half of `Боснии и Герцеговины`, where nothing else hangs from the first."""
    if not head or head[-1] + 3 != len(tokens) or tokens[head[-1] + 1].text not in ("и", "–", "—"):
        return []
    first, second = tokens[head[-1]].text, tokens[head[-1] + 2].text
    return [head[-1] + 2] if first[:1].isupper() and second[:1].isupper() and _movable(second) else []


def _cases_of_office(name: Token) -> dict[str, float]:
    """How well each case fits the office before a name, whose case is the name's: `ректору Лундского университета | Исикаве`."""
    start = name.sent.start
    before = name.nbor(-1) if name.i > start else None
    if before is not None and before.pos_ == "ADP":
        return dict.fromkeys(governed(before.text)[:1], _OF_OFFICE + _MEANT)
    cases: dict[str, float] = {}
    for token in reversed(name.doc[max(start, name.i - _REACH) : name.i]):
        if token.text in _CLOSING or feature(token, "VerbForm") == "Fin" or feature(token, "NameType") == "Given":
            break
        if token.pos_ == "NOUN" and feature(token, "Animacy") == "Anim":
            meant = feature(token, "Case")
            cases = {r.case: _OF_OFFICE + (_MEANT if r.case == meant else 0.0) for r in readings(token.text) if r.pos == "NOUN" and r.case}
            object_of = token.i > start and feature(token.nbor(-1), "VerbForm") == "Fin"
            if "Acc" in cases and object_of:  # `поздравили председателя`
                cases |= {"Acc": _OF_OFFICE + _MEANT, "Gen": _OF_OFFICE - _MEANT}
            if "Gen" not in cases or object_of:
                break
    return cases


def _agreeing(tokens: Sequence[Token], evidence: Evidence, office: dict[str, float], person: bool) -> list[Reading | None]:
    """Choose for each word the reading that fits best one case, number and gender of the whole."""
    options = [_fitting(token, evidence, _WITH_OFFICE if office else 1.5, _NO_NAME if person else 0.0) for token in tokens]
    best, most = _WHOLES[0], -math.inf
    for whole in _WHOLES:
        total = (0.2 if whole[0] == "Nom" else 0.0) + office.get(whole[0], 0.0)
        for fitting in options:
            total += fitting.get(whole, _NONE)[0]
        if total > most:
            best, most = whole, total
    return [fitting.get(best, _NONE)[1] for fitting in options]


def _fitting(token: Token, evidence: Evidence, vote: float, nameless: float) -> dict[tuple[str, str, str], tuple[float, Reading | None]]:
    """The best reading of a word for every case, number and gender that it may have.

    `vote` is what the case counts that the sentence gave the word, `nameless` what a reading does that is no name.
    """
    word, case, capital = token.text, feature(token, "Case"), token.text[:1].isupper()
    found: dict[tuple[str, str, str], tuple[float, Reading | None]] = {}
    for reading in readings(word):
        if not reading.nominal:
            continue
        # what the sentence says: the case it gave the word, and whether it took it for a name
        said = (vote if case == reading.case else 0.0) + (0.7 if reading.name and capital else nameless)
        score = reading.score + evidence(word, reading) + said
        for number in (reading.number,) if reading.number else _NUMBERS:
            for gender in (reading.gender,) if reading.gender and number != "Plur" else _GENDERS:
                whole = (reading.case, number, gender)
                if whole not in found or found[whole][0] < score:
                    found[whole] = (score, reading)
    return found


def _fits(reading: Reading, number: str, gender: str) -> bool:
    if reading.number and reading.number != number:
        return False
    return number == "Plur" or not reading.gender or reading.gender == gender


def _recased(word: str, base: str) -> str:
    """Write a nominative with the capitals and the ё of the form it was made from."""
    letters = list(base)
    for i, (old, new) in enumerate(zip(word, base, strict=False)):
        if fold(old) != fold(new):
            break
        letters[i] = old
    out = "".join(letters)
    return out if "ё" in word.lower() or "ё" not in out.lower() or "ё" in word else _without_new_yo(word, out)


def _without_new_yo(word: str, base: str) -> str:
    return base.replace("ё", "е") if len(word) > 2 else base

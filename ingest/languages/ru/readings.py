"""What a Russian word may be: its readings by the dictionary, or by the endings that names take when the dictionary is silent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from os.path import commonprefix
from typing import Any, Final

from elshi.ingest.languages.given import family_first, gender_of, is_given
from elshi.ingest.languages.ru.dictionary import is_known, nominatives, parses
from elshi.ingest.languages.ru.endings import Guess, guesses
from elshi.ingest.languages.ru.places import is_place

__all__ = ["CASES", "Reading", "fold", "readings"]

CASES: Final = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")
_CASE: Final = {
    "nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc", "voct": "Voc",
    "gen1": "Gen", "gen2": "Gen", "acc1": "Acc", "acc2": "Acc", "loc1": "Loc", "loc2": "Loc",
}  # fmt: skip
_POS: Final = {
    "NOUN": "NOUN", "ADJF": "ADJ", "ADJS": "ADJ", "COMP": "ADV", "VERB": "VERB", "INFN": "VERB", "PRTF": "VERB", "PRTS": "VERB",
    "GRND": "VERB", "NUMR": "NUM", "ADVB": "ADV", "NPRO": "PRON", "PRED": "ADV", "PREP": "ADP", "CONJ": "CCONJ", "PRCL": "PART",
    "INTJ": "INTJ",
}  # fmt: skip
_VERB_FORM: Final = {"VERB": "Fin", "INFN": "Inf", "PRTF": "Part", "PRTS": "Part", "GRND": "Conv"}
_FEATURES: Final = {
    "masc": ("gender", "Masc"), "femn": ("gender", "Fem"), "neut": ("gender", "Neut"), "sing": ("number", "Sing"),
    "plur": ("number", "Plur"), "anim": ("animacy", "Anim"), "inan": ("animacy", "Inan"), "past": ("tense", "Past"),
    "pres": ("tense", "Pres"), "futr": ("tense", "Fut"),
    "perf": ("aspect", "Perf"), "impf": ("aspect", "Imp"), "actv": ("voice", "Act"), "pssv": ("voice", "Pass"),
    "Name": ("name", "Given"), "Surn": ("name", "Sur"), "Patr": ("name", "Pat"), "Geox": ("name", "Geo"), "Orgn": ("name", "Org"),
}  # fmt: skip
_RUSSIAN: Final = re.compile("[а-яё]")
_ARTICLES: Final = frozenset("аль эль ас эс аз ад ан ар ат аш уль".split())
_NAMES: Final = ("Given", "Sur", "Pat")
_ADJECTIVAL: Final = ("ADJ", "VERB", "DET")
_PERSONAL: Final = frozenset((*_NAMES, "?"))
_UNLIKELY: Final = frozenset({"Voc"})
#: посол, the salting of fish; глава, a chapter; член, a limb.
_UNLIKELY_NOUNS: Final = frozenset({("посол", "Inan"), ("глава", "Inan"), ("член", "Inan")})
#: What a name's ending counts for less where the dictionary knows another name in that form.
_ALSO: Final = 2.2
#: Pronouns that begin a clause and agree with nothing that follows.
_RELATIVE: Final = frozenset({"который", "кто", "что", "чей", "каковой"})


@dataclass(slots=True, eq=False)  # not frozen, which is several times slower to make: a new word takes dozens
class Reading:
    """One way to understand a word: `base` is its nominative in the same number and gender, `lemma` its dictionary form, ё read as е."""

    lemma: str
    base: str
    pos: str
    case: str = ""
    number: str = ""
    gender: str = ""
    animacy: str = ""
    tense: str = ""
    aspect: str = ""
    verb_form: str = ""
    voice: str = ""
    name: str = ""  # Given, Sur, Pat, Geo, Org; ? for a guessed name of unknown sort
    score: float = 0.0
    #: Does it agree with a noun that follows: an adjective, a full participle, an ordinal, a determiner?
    adjectival: bool = field(init=False, repr=False)
    personal: bool = field(init=False, repr=False)  # may it be part of a person's name?
    office: bool = field(init=False, repr=False)  # may it speak of a person by office?

    def __post_init__(self) -> None:
        self.adjectival = bool(self.case) and self.pos in _ADJECTIVAL
        self.personal = self.name in _PERSONAL
        self.office = self.pos == "NOUN" and self.animacy == "Anim"

    @property
    def nominal(self) -> bool:
        """Does it carry a case?"""
        return bool(self.case)

    @property
    def as_verb(self) -> tuple[str, str, str]:
        """What a subject has to agree with: gender, number, tense."""
        return self.gender, self.number, self.tense

    @property
    def morph(self) -> str:
        """The features as Universal Dependencies writes them."""
        pairs = (
            ("Animacy", self.animacy), ("Aspect", self.aspect), ("Case", self.case), ("Gender", self.gender),
            ("NameType", self.name if self.name in ("Given", "Sur", "Pat", "Geo") else ""), ("Number", self.number),
            ("Tense", self.tense), ("VerbForm", self.verb_form), ("Voice", self.voice),
        )  # fmt: skip
        return "|".join(f"{key}={value}" for key, value in pairs if value)


def fold(word: str) -> str:
    """Return a word in lower case with ё as е."""
    return word.casefold().replace("ё", "е")


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a word as written, likeliest first; a capital makes it a possible name.

    >>> readings("университета")[0].base, readings("Схунарсом")[0].base, readings("Кулжановой")[0].base
    ('университет', 'схунарс', 'кулжанова')
    """
    if not _RUSSIAN.search(word.lower()):
        return (_foreign(word),)
    capital = word[:1].isupper()
    if capital and word.isupper() and len(word) > 1:
        return (Reading(word, word.lower(), "PROPN", name="Org"),)
    if "-" in word and (glued := _glued(word)):
        return glued
    if capital and "-" in word:
        return tuple(_distinct(_hyphenated(word))) or (_foreign(word),)
    known = is_known(word.lower())
    found = list(_dictionary(word.lower())) if known or not capital else []
    if capital:
        found.extend(_as_name(word.lower(), known, tuple(found)))
    return tuple(_distinct(found)) or (_foreign(word),)


def _as_name(word: str, known: bool, found: Sequence[Reading]) -> Iterator[Reading]:
    """What a capital adds: names the dictionary lacks, and the freedom of foreign names not to change."""
    if not any(r.name in _NAMES and r.number != "Plur" for r in found):
        yield from _guessed(word, discount=3.0 if known and any(r.name not in _NAMES for r in found) else 0.0)
    else:
        yield from (r for r in _guessed(word, discount=_ALSO) if r.gender and r.case != "Nom")
    if not known:
        yield from _dictionary(word, discount=3.0, only="adjectival")
        yield from _dictionary(word, discount=1.5, only="caseless")
    for guess in guesses(word):
        if is_given(guess.base, "ru") and guess.gender in ("", gender_of(guess.base, "ru")):
            yield _reading(replace(guess, kind="Given", gender=gender_of(guess.base, "ru"), weight=-0.7), 0.0)
        elif guess.weight > -2.6 and is_place(guess.base):
            yield _reading(replace(guess, kind="Geo", weight=-0.3), 0.0)
    if family_first(word):
        yield from _unchanged(word, "", -1.0)
    elif any(r.name in ("Given", "Sur") for r in found):
        yield from _unchanged(word, *(("", -4.5) if word[-1] in "оуыэюеи" else ("Fem", -3.0) if word[-1] not in "аяйь" else ("", -6.0)))


def _unchanged(word: str, gender: str, score: float) -> Iterator[Reading]:
    """A foreign name may look like the form of a native one (`Эдуарду`, `Карлу`) and yet not change at all."""
    for case in CASES:
        yield Reading(fold(word), word, "PROPN", case, "Sing", gender, "Anim", name="?", score=score)


def _foreign(word: str) -> Reading:
    if any(letter.isdigit() for letter in word):
        return Reading(word, word, "NUM")
    if not any(letter.isalpha() for letter in word):
        return Reading(word, word, "PUNCT")
    return Reading(word if word[:1].isupper() else word.lower(), word.lower(), "PROPN" if word[:1].isupper() else "X")


def _dictionary(word: str, *, discount: float = 0.0, only: str = "") -> Iterator[Reading]:
    """What the dictionary says a word may be: any word, or `only` what agrees with a noun, or has no case."""
    for features, likelihood, rarity in _entries(word, bool(only)):
        reading = Reading(*features)
        reading.score = likelihood - discount - rarity
        if not only or (only == "adjectival") == reading.nominal:
            yield reading


@lru_cache(maxsize=20_000)
def _entries(word: str, nounless: bool) -> tuple[tuple[tuple[Any, ...], float, float], ...]:
    """The features of what the dictionary says a word may be, or may be besides a noun; how likely it is, and what speaks against it."""
    found = []
    for parse in parses(word):
        meant = _meant(parse.tag)
        if meant is None or meant.abbreviated and len(word) > 1:
            continue
        pos = ("PRON" if parse.normal_form in _RELATIVE else "DET") if meant.pronominal else meant.pos
        if nounless and meant.case and pos not in _ADJECTIVAL:
            continue
        features = (fold(parse.normal_form), _base(parse, meant), pos, meant.case, *meant.features)
        found.append((features, math.log(parse.score + 0.002), _rarity(meant, parse.normal_form)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag of the dictionary in our words, and the dictionary's own for the nominative."""

    pos: str
    case: str
    features: tuple[str, ...]  # as `Reading` has them, from number to name
    abbreviated: bool
    pronominal: bool
    nominative: tuple[str, str, str]  # part of speech, number, and gender in the singular


@lru_cache(maxsize=5_000)
def _meant(tag: Any) -> _Tag | None:
    """What a tag says, None where no press release means it."""
    case = _CASE.get(str(tag.case), "")
    if case in _UNLIKELY or tag.POS is None:
        return None
    said = dict(_FEATURES[g] for g in sorted(tag.grammemes) if g in _FEATURES)
    if "ms-f" in tag.grammemes or "Ms-f" in tag.grammemes:
        said["gender"] = ""
    own = str(tag.POS)
    pos = "PROPN" if _POS[own] == "NOUN" and said.get("name") else _POS[own]
    number, gender = (str(tag.number) if tag.number else ""), (str(tag.gender) if tag.gender and tag.number == "sing" else "")
    said["verb_form"] = _VERB_FORM.get(own, "")
    features = tuple(said.get(name, "") for name in ("number", "gender", "animacy", "tense", "aspect", "verb_form", "voice", "name"))
    return _Tag(pos, case, features, "Abbr" in tag, own == "ADJF" and "Apro" in tag, (own, number, gender))


def _rarity(meant: _Tag, lemma: str) -> float:
    """People are rarely named in the plural, and some homonyms never turn up in a press release."""
    number, _, animacy, *_, name = meant.features
    if name in _NAMES and number == "Plur":
        return 4.0
    return 4.0 if (lemma, animacy) in _UNLIKELY_NOUNS else 0.0


def _base(parse: Any, meant: _Tag) -> str:
    if not meant.case or meant.case == "Nom":
        return str(parse.word)
    if not meant.nominative[1]:
        return str(parse.normal_form)
    forms = nominatives(parse, *meant.nominative)
    # A lexeme may hold several nominatives (высшая, высочайшая): the one that begins as the word does is meant.
    return (
        forms[0] if len(forms) == 1 else max(forms, key=lambda form: len(commonprefix((form, parse.word))), default=str(parse.normal_form))
    )


def _guessed(word: str, *, discount: float) -> Iterator[Reading]:
    for guess in guesses(word):
        yield _reading(guess, discount)


def _reading(guess: Guess, discount: float) -> Reading:
    animacy = "Inan" if guess.kind == "Geo" else "Anim" if guess.kind in ("Sur", "Given", "Pat") else ""
    return Reading(
        fold(guess.base), guess.base, "PROPN", guess.case, "Sing", guess.gender, animacy, name=guess.kind or "?",
        score=guess.weight - discount,
    )  # fmt: skip


@lru_cache(maxsize=5_000)
def _glued(word: str) -> tuple[Reading, ...]:
    """What a name may be behind the Arabic article, `Аль-Мурайхи`, `эль-Сайед`: it changes as it would alone, or not at all."""
    article, _, rest = word.partition("-")
    if fold(article) not in _ARTICLES or not rest[:1].isupper() or "-" in rest:
        return ()
    declined = (
        replace(r, lemma=f"{fold(article)}-{r.lemma}", base=f"{fold(article)}-{r.base}", name=r.name or "?", animacy="Anim")
        for r in readings(rest)
        if r.nominal and r.number != "Plur" and (r.name or r.pos == "NOUN") and not (rest[-1] in "иы" and r.base != rest.lower())
    )
    return tuple(_distinct([*declined, *_unchanged(word, "Fem", -1.0), *_unchanged(word, "", -1.7)]))


def _hyphenated(word: str) -> Iterator[Reading]:
    """Read a compound by its last part; the first part changes with it when it cannot be a nominative (`Анны-Марии`, `Анн-Софи`)."""
    first, _, last = word.rpartition("-")
    known = is_known(word.lower())
    if known:
        yield from _dictionary(word.lower())
    elif last[:1].islower():
        yield from (replace(r, score=r.score - 0.5) for r in _dictionary(word.lower()))
        return
    heads = [r for r in readings(first) if r.nominal and r.number != "Plur"]
    frozen = not heads or any(r.case == "Nom" for r in heads) or "-" in first
    for r in readings(last):
        if not r.nominal or known and not r.name:
            continue
        stems = {h.base for h in heads if h.case == r.case and (not h.gender or not r.gender or h.gender == r.gender)}
        for stem in {first.lower()} if frozen else stems or {first.lower()}:
            penalty = 0.0 if frozen or stem in stems else 2.0
            base = f"{stem}-{r.base}"
            yield replace(r, lemma=fold(base), base=base, score=r.score - penalty - (1.0 if known else 0.0))


def _distinct(found: Iterable[Reading]) -> list[Reading]:
    """Keep the best-scored of the readings that differ in nothing the context could tell."""
    best: dict[tuple[str, ...], Reading] = {}
    for r in found:
        key = (r.base, r.pos, r.case, r.number, r.gender, r.name, r.tense, r.verb_form, r.animacy)
        if key not in best or best[key].score < r.score:
            best[key] = r
    return sorted(best.values(), key=lambda r: -r.score)

"""Which reading of a Kazakh form is the likely one: lemma, case, possessor, number, and the tense of verbs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from elshi.ingest.languages.kk.lexicon import Lexicon, lexicon
from elshi.ingest.languages.kk.nouns import NounReading, noun_readings
from elshi.ingest.languages.kk.verbs import VerbReading, verb_readings

__all__ = ["Analysis", "analyse", "bare_suffix", "evidence_of", "readings"]

#: What a listed stem counts before it is met, and a stem of three letters that is not listed; as in training/kk_lexicon.py.
LISTED, UNLISTED, PER_LETTER = 0.3, 0.03, 0.15
#: The log probability of suffixes never met in training.
UNMET = -13.0
#: What a passive or a negation costs where it was never met with the suffixes beside it.
RARE_MARK = -2.5
#: What speaks against a plural or a possessive on a name that no list knows.
NAME_PLURAL, NAME_POSSESSOR = -7.0, -4.0
#: What speaks for a stem that ends as names do.
NAME_ENDING = 5.0
#: What speaks against a stem of two letters that no list knows.
SHORT = -4.0
#: What each further form of the same stem in a document is worth, and how many are counted.
PER_FORM, MOST_FORMS = 4.0, 2
#: What the last word of a clause adds to a finite reading, and any other place takes from it.
CLAUSE_END, ELSEWHERE = 2.5, -1.0
#: What a capital inside a sentence takes from the reading as a verb.
CAPITAL_VERB = -14.0

_HYPHENATED = re.compile(r"^(.*[0-9A-Za-zÀ-ɏА-ЯЁӘҒҚҢӨҰҮІҺ%°»”\"')])([-‑–])([а-яёәғқңөұүіһ]{1,9})$")
#: Stems after which any suffix is in harmony, one per class of final sound, to read the suffix after a hyphen by.
_CARRIERS = ("ата", "әке", "ат", "ет", "ан", "ән", "ал", "ел", "аз", "ез")
_VOICED_END = re.compile("ғ$|(?<=[іеү])г$")
_VOICELESS_END = re.compile("қ$|(?<=[іеү])к$")
#: No Kazakh word of more than one syllable ends as a genitive does; lists of words hold some that are none (францияның).
_GENITIVE_END = re.compile("(?<=...)[ндт][ыі]ң$")
_PSOR = {"1": "Number[psor]=Sing|Person[psor]=1", "2": "Number[psor]=Sing|Person[psor]=2", "3": "Person[psor]=3",
         "1+": "Number[psor]=Plur|Person[psor]=1", "2f": "Person[psor]=2|Polite=Form"}  # fmt: skip


@dataclass(slots=True)  # not frozen, which is several times slower to make: a new form takes several
class Analysis:
    """How a form is read; `form[:len(form) - cut]` is its nominative, possessive ending kept."""

    form: str
    lemma: str
    pos: str = "NOUN"
    case: str | None = "Nom"
    poss: str | None = None  # "3", "1", "2", "1+" (our), "2f" (your, polite)
    number: str | None = "Sing"
    attr: bool = False
    verb: str = ""  # features of the verb form, as Universal Dependencies writes them
    cut: int = 0
    score: float = 0.0
    known: bool = True  # the stem is listed
    #: All features in the notation of Universal Dependencies, with `Attr=Yes` for -ғы.
    features: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.features = _features(self.verb, self.case, self.number, self.poss, self.attr)

    @property
    def nominative(self) -> str:
        """The form without case: `университетінің` gives `университеті`."""
        return self.form[: len(self.form) - self.cut] if self.cut else self.form


@lru_cache(maxsize=5_000)
def _features(verb: str, case: str | None, number: str | None, poss: str | None, attr: bool) -> str:
    parts = verb.split("|") if verb else []
    if case:
        parts += [f"Case={case}"]
    if number:
        parts += [f"Number={number}"]
    if poss:
        parts += _PSOR[poss].split("|")
    if attr:
        parts += ["Attr=Yes"]
    return "|".join(sorted(parts, key=str.lower))


def analyse(form: str, *, clause_end: bool | None = None, evidence: Mapping[str, int] | None = None, initial: bool = True) -> Analysis:
    """Return the likeliest reading of a form.

    `clause_end` tells whether a finite verb could stand there, `initial` whether a capital may be that of a sentence;
    `evidence` counts, by stem in lower case, the distinct forms of a document that could belong to it (see `evidence_of`).

    >>> analyse("министрлігінің").lemma, analyse("министрлігінің").nominative
    ('министрлік', 'министрлігі')
    """
    found = readings(form)
    named = not initial and form[:1].isupper()
    if len(found) == 1 or (clause_end is None and not evidence and not named):
        return found[0]

    def weight(reading: Analysis) -> float:
        score = reading.score
        if clause_end is not None and "VerbForm=Fin" in reading.verb:
            score += CLAUSE_END if clause_end else ELSEWHERE
        if named and reading.verb:
            score += CAPITAL_VERB
        if evidence and not reading.known:
            score += PER_FORM * min(evidence.get(reading.lemma.lower(), 1) - 1, MOST_FORMS)
        return score

    return max(found, key=weight)


@lru_cache(maxsize=1 << 17)
def readings(form: str) -> tuple[Analysis, ...]:
    """Return every reading of a form, the likeliest first; never empty."""
    words = lexicon()
    low = form.lower()
    if not form.isalpha() and not any(letter.isalpha() for letter in form):
        return (Analysis(form, form, pos="NUM" if any(letter.isdigit() for letter in form) else "PUNCT", case=None, number=None),)
    if found := words.closed.get(low):
        return (_closed(form, found.lemma, found.pos, found.features),)
    if not form.isalpha() and (hyphenated := _HYPHENATED.match(form)):
        if after := _after_hyphen(form, hyphenated[1], hyphenated[3]):
            return (after,)
    if _is_acronym(form):
        return (Analysis(form, form, pos="PROPN"),)
    apart = list(noun_readings(low))
    nouns = [_noun(form, reading, words) for reading in apart]
    verbs = list(_verbs(form, apart, words))
    best: dict[tuple[str, str], Analysis] = {}
    for reading in sorted(nouns + verbs, key=lambda one: -one.score):
        best.setdefault((reading.lemma, reading.features), reading)
    return tuple(best.values())


def evidence_of(forms: Iterable[str]) -> Counter[str]:
    """Count for every stem in lower case the distinct forms that could belong to it.

    >>> evidence_of(["Мваураға", "Мваура"])["мваура"]
    2
    """
    stems: Counter[str] = Counter()
    for form in {form.lower() for form in forms}:
        stems.update({reading.lemma.lower() for reading in readings(form.capitalize()) if not reading.verb})
    return stems


@cache
def bare_suffix(form: str) -> str | None:
    """Return the case that a token marks which is nothing but a suffix, as after a closing quote: `-ның`, `ға`."""
    suffix = form.lstrip("-‑–")
    found = _after_hyphen(form, "X", suffix) if 1 < len(suffix) < 8 and suffix.islower() else None
    return found.case if found and found.case != "Nom" else None


def _noun(form: str, reading: NounReading, words: Lexicon) -> Analysis:
    capital = form[0].isupper()
    known, weight = _stem_weight(reading.stem, words)
    key = f"{reading.key} {reading.repair}".strip()
    score = weight + _log_prior(key)
    name = capital and (reading.stem in words.names or reading.stem not in words.common)
    if not reading.length and _GENITIVE_END.search(reading.stem):
        score += UNMET
    if not known:
        score += SHORT if len(reading.stem) < 3 and reading.length else 0.0
        score += UNMET if _doubtful_end(reading) else 0.0
    if capital and not known:
        score += NAME_ENDING * (len(reading.stem) > 4 and reading.stem.endswith(words.endings))
        score += NAME_PLURAL * reading.plural + NAME_POSSESSOR * bool(reading.possessor)
    stem = reading.stem
    lemma = (form[: len(stem)] if form.lower().startswith(stem) else stem[0].upper() + stem[1:]) if name else stem
    return Analysis(form, lemma, "PROPN" if name else "NOUN", reading.case, reading.possessor or None,
                    "Plur" if reading.plural else "Sing", reading.attribute, "", reading.cut, score, known)  # fmt: skip


def _doubtful_end(reading: NounReading) -> bool:
    """Return whether a stem that no list knows ends as no word should: an unmade change, or one made without need.

    Kazakh words do not end in ғ, nor in г after і, so that агенттігі can only be агенттік; other changes are left to listed stems.
    """
    voiced_end = _VOICED_END.search(reading.stem) is not None
    return voiced_end if not reading.repair else not (reading.repair == "voice" and _VOICELESS_END.search(reading.stem))


@lru_cache(maxsize=1 << 12)
def _log_prior(key: str) -> float:
    """Return the log probability of suffixes; of what was never met, that of its parts less what a rare joint costs."""
    priors = lexicon().priors
    if key in priors:
        return priors[key]
    verb, joint, noun = key.partition(" + ")
    if joint and verb in priors and noun in priors:
        return priors[verb] + priors[noun]
    for mark in ("Voice=Pass", "Polarity=Neg"):
        if mark in key:
            rest = "|".join(part for part in verb.split("|") if part != mark)
            return max(_log_prior(rest + joint + noun) + RARE_MARK, UNMET)
    return UNMET


def _stem_weight(stem: str, words: Lexicon) -> tuple[bool, float]:
    """Return whether a nominal stem is listed, and the logarithm of its weight; a hyphenated one is listed if its last part is."""
    count = words.nouns.get(stem)
    if count is None and "-" in stem:
        count = words.nouns.get(stem.rpartition("-")[2])
    if count is not None:
        return True, math.log(count + LISTED)
    return False, math.log(UNLISTED) + (len(stem) - 3) * math.log(PER_LETTER)


def _verbs(form: str, apart: list[NounReading], words: Lexicon) -> Iterable[Analysis]:
    low = apart[0].stem
    for reading in verb_readings(low, words.verbs):
        number = "Sing" if "Vnoun" in reading.features else None
        yield _verb(form, reading, NounReading(low, case="Nom" if number else ""), words)
    for noun in apart:
        if noun.length and not noun.repair and noun.stem[-1] in "нсруюық":
            for reading in verb_readings(noun.stem, words.verbs):
                if "VerbForm=Vnoun" in reading.features or "VerbForm=Part" in reading.features:
                    yield _verb(form, reading, noun, words)


def _verb(form: str, reading: VerbReading, noun: NounReading, words: Lexicon) -> Analysis:
    key = f"{reading.features} + {noun.key}" if noun.length else reading.features
    score = math.log(words.verbs[reading.stem] + LISTED) + _log_prior(key)
    lemma = noun.stem if "VerbForm=Vnoun" in reading.features else reading.stem
    number = ("Plur" if noun.plural else "Sing") if noun.case else None
    return Analysis(
        form, lemma, "VERB", noun.case or None, noun.possessor or None, number, noun.attribute, reading.features, noun.cut, score
    )


def _closed(form: str, lemma: str, pos: str, features: str) -> Analysis:
    pairs = dict(feature.split("=") for feature in features.split("|")) if features else {}
    case, attr, owner = pairs.pop("Case", None), pairs.pop("Attr", None), pairs.pop("Person[psor]", None)
    number = pairs.pop("Number", None)
    rest = "|".join(f"{name}={value}" for name, value in pairs.items())
    return Analysis(form, lemma, pos, case, owner, number, attr is not None, rest)


def _after_hyphen(form: str, stem: str, suffix: str) -> Analysis | None:
    """Read `ULiège-де`: suffixes after a hyphen, whatever the harmony of what stands before it."""
    for carrier in _CARRIERS:
        for reading in noun_readings(carrier + suffix):
            if reading.stem == carrier and reading.length == len(suffix):
                cut = reading.cut + (reading.cut == len(suffix))
                return Analysis(form, stem, "PROPN" if stem[-1].isalpha() else "NUM", reading.case, reading.possessor or None,
                                "Plur" if reading.plural else "Sing", reading.attribute, "", cut)  # fmt: skip
    return None


def _is_acronym(form: str) -> bool:
    return len(form) > 1 and form.isupper() and len(form) < 7 or any(letter.isdigit() for letter in form)

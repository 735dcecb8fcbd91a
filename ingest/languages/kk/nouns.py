"""Kazakh nominals, both ways: the readings a form may have, and the form a reading has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from elshi.ingest.languages.kk.lexicon import rows
from elshi.ingest.languages.kk.phonology import VOWELS, fits, sound_class, voiced, with_vowel_back

__all__ = ["NounReading", "Suffix", "lengths", "noun_readings", "suffixes"]

#: What loans lose at the end before a suffix: туристер (турист), процестің (процесс), металдан (металл), съезге (съезд).
_SHORTENED = {"с": "тс", "л": "л", "з": "д", "м": "м"}


@dataclass(frozen=True, slots=True)
class Suffix:
    """One row of the suffix table: which value it marks and after which sounds it stands."""

    value: str
    form: str
    after: str


@dataclass(slots=True)  # not frozen, which is several times slower to make: a new form takes several
class NounReading:
    """One way to take a nominal apart; `cut` is how many letters case and attributive take off the end."""

    stem: str
    plural: bool = False
    possessor: str = ""  # "", "3", "1", "2", "1+", "2f"
    case: str = "Nom"
    attribute: bool = False
    cut: int = 0
    length: int = 0  # of all suffixes
    repair: str = ""  # what the suffix changed in the stem: "", "voice", "vowel", "soft", "loan"

    @property
    def key(self) -> str:
        """What the reading says apart from the stem, as the table of priors writes it."""
        return f"{'Plur' if self.plural else 'Sing'} {self.possessor or '0'} {self.case}{' Attr' if self.attribute else ''}"


class Peeled(NamedTuple):
    """What has been taken off the end of a form so far."""

    possessor: str = ""
    case: str = "Nom"
    attribute: bool = False
    cut: int = 0
    length: int = 0

    def taking(
        self, *, possessor: str = "", case: str = "", attribute: bool = False, cut: Suffix | None = None, suffix: Suffix | None = None
    ) -> Peeled:
        """Return this with one more suffix off, which counts for the nominative if it is given as `cut`."""
        gone = len(cut.form) if cut else 0
        size = gone + (len(suffix.form) if suffix else 0)
        return Peeled(possessor or self.possessor, case or self.case, attribute or self.attribute, self.cut + gone, self.length + size)

    def reading(self, stem: str, *, plural: bool = False, repair: str = "") -> NounReading:
        """Return the reading that leaves a stem."""
        return NounReading(stem, plural, self.possessor, self.case, self.attribute, self.cut, self.length, repair)


_WHOLE = Peeled()


@cache
def suffixes(slot: str) -> tuple[Suffix, ...]:
    """Return the suffixes of one slot of the nominal, in the table's order."""
    return tuple(Suffix(row["value"], row["form"], row["after"]) for row in rows("nominal_suffixes.tsv") if row["slot"] == slot)


def noun_readings(form: str) -> Iterator[NounReading]:
    """Yield every way the suffix table can take apart a form in lower case, the bare form first."""
    yield NounReading(form)
    yield from _without_case(form, _WHOLE)
    for mark, rest in _endings(form, "attribute"):
        if rest[-1:] in ("а", "е"):
            located = _WHOLE.taking(attribute=True, cut=mark)
            yield from (reading for reading in _without_case(rest, located) if reading.case == "Loc")
    for mark, rest in _endings(form, "attribute of time"):
        if rest in _time_words():
            yield NounReading(rest, attribute=True, cut=len(mark.form), length=len(mark.form))


def _endings(form: str, slot: str) -> Iterator[tuple[Suffix, str]]:
    """Yield the suffixes of a slot that may end a form, each with what stands before it."""
    table, sizes = _table(slot)
    for size in sizes.get(form[-1:], ()):
        for suffix in table.get(form[-size:], ()):
            rest = form[:-size]
            if rest and fits(rest, suffix.form, suffix.after):
                yield suffix, rest


@cache
def _table(slot: str) -> tuple[dict[str, list[Suffix]], dict[str, list[int]]]:
    """The suffixes of a slot by their form, and the lengths they have by the letter they end in."""
    found: dict[str, list[Suffix]] = {}
    for suffix in suffixes(slot):
        found.setdefault(suffix.form, []).append(suffix)
    return found, lengths(found)


def lengths(forms: Iterable[str]) -> dict[str, list[int]]:
    """Return the lengths that forms have, the shortest first, by the letter they end in."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for form in forms:
        found[form[-1]].add(len(form))
    return {last: sorted(sizes) for last, sizes in found.items()}


def _without_case(form: str, outer: Peeled) -> Iterator[NounReading]:
    yield from _without_possessor(form, outer, "123")
    for slot, owners in (("case", ""), ("case after 3", "3"), ("case after 1 2", "12")):
        for suffix, rest in _endings(form, slot):
            inner = outer.taking(case=suffix.value, cut=suffix)
            if owners:
                yield from _without_possessor(rest, inner, owners)
            else:
                yield from _without_plural(rest, inner)


def _without_possessor(form: str, outer: Peeled, owners: str) -> Iterator[NounReading]:
    """Yield the readings of a form without case; `owners` are the grammatical persons whose possessive it may carry."""
    if outer.case == "Nom":
        yield from _without_plural(form, outer)
    for suffix, rest in _endings(form, "possessor"):
        if suffix.value[0] in owners:
            inner = outer.taking(possessor=suffix.value, suffix=suffix)
            yield from _without_plural(rest, inner)
            if suffix.form[0] in "ыі":
                yield from _repaired(rest, inner)


def _without_plural(form: str, outer: Peeled) -> Iterator[NounReading]:
    if outer.length and _may_be_stem(form):
        yield outer.reading(form)
        yield from (outer.reading(form + letter, repair="loan") for letter in _SHORTENED.get(form[-1], ""))
    for suffix, rest in _endings(form, "number"):
        if _may_be_stem(rest):
            inner = outer.taking(suffix=suffix)
            yield inner.reading(rest, plural=True)
            yield from (inner.reading(rest + letter, plural=True, repair="loan") for letter in _SHORTENED.get(rest[-1], ""))


def _repaired(stem: str, outer: Peeled) -> Iterator[NounReading]:
    """Yield readings whose stem gets back what the possessive changed: a voiceless end, a vowel, a soft sign."""
    plain = voiced(stem)
    if plain and stem[-2:-1] and stem[-2] in VOWELS:
        yield outer.reading(plain, repair="voice")
    full = _elided().get(stem) or with_vowel_back(stem)
    if full and len(stem) > 2:
        yield outer.reading(full, repair="vowel")
        weak = voiced(full)
        if weak:
            yield outer.reading(weak, repair="vowel")
    if sound_class(stem) == "L":
        yield outer.reading(f"{stem}ь", repair="soft")


@cache
def _elided() -> dict[str, str]:
    """Return the stems that lose a vowel before a possessive, by what is left of them: қауп -> қауіп."""
    return {row["short"]: row["full"] for row in rows("elisions.tsv")}


@cache
def _time_words() -> frozenset[str]:
    """Return the nouns that take -ғы without a locative: жылғы, бүгінгі."""
    return frozenset(row["stem"] for row in rows("time_words.tsv"))


def _may_be_stem(form: str) -> bool:
    return len(form) >= 2 and not VOWELS.isdisjoint(form)

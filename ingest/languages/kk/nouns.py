"""Kazakh nominals, both ways: the readings a form may have, and the form a reading has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from elshi.ingest.languages.kk.lexicon import rows
from elshi.ingest.languages.kk.phonology import VOWELS, fits, sound_class, voiced, with_vowel_back

__all__ = ["NounReading", "noun_readings"]

#: What loans lose at the end before a suffix: туристер (турист), процестің (процесс), металдан (металл), съезге (съезд).
_SHORTENED = {"с": "тс", "л": "л", "з": "д", "м": "м"}


@dataclass(frozen=True, slots=True)
class Suffix:
    """One row of the suffix table: which value it marks and after which sounds it stands."""

    value: str
    form: str
    after: str


@dataclass(frozen=True, slots=True)
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


@cache
def suffixes(slot: str) -> tuple[Suffix, ...]:
    """Return the suffixes of one slot of the nominal, in the table's order."""
    return tuple(Suffix(row["value"], row["form"], row["after"]) for row in rows("nominal_suffixes.tsv") if row["slot"] == slot)


def noun_readings(form: str) -> Iterator[NounReading]:
    """Yield every way the suffix table can take apart a form in lower case, the bare form first."""
    yield NounReading(form)
    yield from _without_case(form, NounReading(form))
    for mark in suffixes("attribute"):
        if form.endswith(mark.form) and form[-3:-2] in ("а", "е"):
            located = NounReading(form, attribute=True, cut=2, length=2)
            yield from (reading for reading in _without_case(form[:-2], located) if reading.case == "Loc")


def _without_case(form: str, outer: NounReading) -> Iterator[NounReading]:
    yield from _without_possessor(form, outer, "123")
    for slot, owners in (("case", ""), ("case after 3", "3"), ("case after 1 2", "12")):
        for suffix in suffixes(slot):
            rest = form.removesuffix(suffix.form)
            if len(rest) < len(form) and rest and fits(rest, suffix.form, suffix.after):
                size = len(suffix.form)
                inner = replace(outer, case=suffix.value, cut=outer.cut + size, length=outer.length + size)
                if owners:
                    yield from _without_possessor(rest, inner, owners)
                else:
                    yield from _without_plural(rest, inner)


def _without_possessor(form: str, outer: NounReading, owners: str) -> Iterator[NounReading]:
    """Yield the readings of a form without case; `owners` are the grammatical persons whose possessive it may carry."""
    if outer.case == "Nom":
        yield from _without_plural(form, outer)
    for suffix in suffixes("possessor"):
        rest = form.removesuffix(suffix.form)
        if suffix.value[0] not in owners or len(rest) == len(form) or not rest or not fits(rest, suffix.form, suffix.after):
            continue
        inner = replace(outer, possessor=suffix.value, length=outer.length + len(suffix.form))
        yield from _without_plural(rest, inner)
        if suffix.form[0] in "ыі":
            yield from _repaired(rest, inner)


def _without_plural(form: str, outer: NounReading) -> Iterator[NounReading]:
    if outer.length and _may_be_stem(form):
        yield replace(outer, stem=form)
        yield from (replace(outer, stem=form + letter, repair="loan") for letter in _SHORTENED.get(form[-1], ""))
    for suffix in suffixes("number"):
        rest = form.removesuffix(suffix.form)
        if len(rest) < len(form) and _may_be_stem(rest) and fits(rest, suffix.form, suffix.after):
            inner = replace(outer, stem=rest, plural=True, length=outer.length + len(suffix.form))
            yield inner
            yield from (replace(inner, stem=rest + letter, repair="loan") for letter in _SHORTENED.get(rest[-1], ""))


def _repaired(stem: str, outer: NounReading) -> Iterator[NounReading]:
    """Yield readings whose stem gets back what the possessive changed: a voiceless end, a vowel, a soft sign."""
    plain = voiced(stem)
    if plain and stem[-2:-1] and stem[-2] in VOWELS:
        yield replace(outer, stem=plain, repair="voice")
    full = with_vowel_back(stem)
    if full and len(stem) > 2:
        yield replace(outer, stem=full, repair="vowel")
        weak = voiced(full)
        if weak:
            yield replace(outer, stem=weak, repair="vowel")
    if sound_class(stem) == "L":
        yield replace(outer, stem=f"{stem}ь", repair="soft")


def _may_be_stem(form: str) -> bool:
    return len(form) >= 2 and any(letter in VOWELS for letter in form)

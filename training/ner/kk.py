"""Kazakh sentences with other names in the old ones' places, in the same cases."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from elshi import ElshiError
from elshi.ingest.languages.kk import analyse, inflect, nominative

from .labelled import Labelled
from .names import Persons, rows

__all__ = ["Frame", "Pools", "frames", "kazakh_pools", "swapped"]

_INITIALS = re.compile(r"(?:[А-ЯЁӘҒҚҢӨҰҮІҺ][жзh]?\.)+(\s?)(?=[А-ЯЁӘҒҚҢӨҰҮІҺ])")
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүІіҺһ]")
_OPENING = '«“"„'


@dataclass(frozen=True, slots=True)
class Slot:
    """A name that others can stand for: which of the sentence's spans, what sort of name, in which form."""

    span: int
    sort: str
    case: str
    attr: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence and the slots in it."""

    sentence: Labelled
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Pools:
    """Names in the nominative by sort."""

    draw: dict[str, Callable[[random.Random], str]]


def declined(name: str, case: str, *, attr: bool) -> str:
    """Return a name of several words in a case; raises ElshiError where the suffix table has no form.

    >>> declined("Льеж университеті", "Gen", attr=False)
    'Льеж университетінің'
    """
    head, blank, last = name.rpartition(" ")
    own = analyse(last).poss == "3" and bool(blank)
    return head + blank + inflect(last, case=case, attr=attr, poss="=" if own else None)


def frames(sentences: Iterable[Labelled], nlp: Language) -> list[Frame]:
    """Return the sentences with those of their names that the suffixes, run backwards and forwards, give back as they were."""
    return [Frame(sentence, tuple(_slots(sentence, nlp))) for sentence in sentences]


def _slots(sentence: Labelled, nlp: Language) -> Iterable[Slot]:
    doc = nlp(sentence.text)
    for i, (start, end, label) in enumerate(sentence.spans):
        tokens = doc.char_span(start, end)
        if tokens is None or label not in ("PERSON", "ORGANISATION", "GPE"):
            continue
        plain, morph = nominative(tokens, kind=label), tokens[-1].morph
        case, attr = next(iter(morph.get("Case")), "Nom"), morph.get("Attr") == ["Yes"]
        sort = _sort(plain, label, sentence.text[:start][-1:] in (*_OPENING,) and start > 0)
        try:
            if sort and declined(plain, case, attr=attr) == tokens.text:
                yield Slot(i, sort, case, attr)
        except ElshiError:
            continue


def _sort(name: str, label: str, quoted: bool) -> str:
    if label == "PERSON":
        if match := _INITIALS.match(name):
            return "initialled" if match[1] else "initialled close"
        return "person" if " " in name else "surname"
    if label == "GPE":
        return "place" if len(name) > 3 else ""
    if not _CYRILLIC.search(name):
        return "latin body" if " " in name or not name.isupper() else "latin acronym"
    if quoted:
        return "quoted body"
    if name.isupper() and " " not in name:
        return "acronym"
    return "body" if " " in name else ""


def swapped(frame: Frame, pools: Pools, rng: random.Random, share: float = 0.75) -> Labelled:
    """Return the sentence with new names in most of its slots."""
    sentence = frame.sentence
    for slot in reversed(frame.slots):
        if rng.random() > share:
            continue
        start, end, _ = sentence.spans[slot.span]
        try:
            name = declined(pools.draw[slot.sort](rng), slot.case, attr=slot.attr)
        except ElshiError:
            continue
        sentence = sentence.with_text(start, end, name)
    return sentence


def kazakh_pools(
    tables: Path,
    persons: Persons,
    cities: Sequence[str],
    countries: Sequence[str],
    met: Sequence[Frame],
    latin: Sequence[str],
    acronyms: Sequence[str],
) -> Pools:
    """Return the names that may take a slot: of the project's tables, of the corpus itself, and new ones."""
    bodies, short, quoted = _bodies(tables / "organisations.tsv")
    patterns = [one for row in rows(tables / "name_templates.tsv") for one in row["kk"].split("|") if "{p}" in one]
    seen = [sentence_name(frame, slot) for frame in met for slot in frame.slots if slot.sort == "body" and slot.case == "Nom"]
    short += [sentence_name(frame, slot) for frame in met for slot in frame.slots if slot.sort == "acronym" and slot.case == "Nom"]
    ministries = [
        name for name in bodies if name.endswith("министрлігі") and not re.search("Республикасы|(?:ның|нің|дың|дің|тың|тің) ", name)
    ]
    states = [name for name in countries if " " in name or name.endswith("стан")]

    def place(rng: random.Random) -> str:
        roll = rng.random()
        return rng.choice(countries) if roll < 0.5 else rng.choice(cities) if roll < 0.9 else persons.speller.name(rng)

    def body(rng: random.Random) -> str:
        roll = rng.random()
        if roll < 0.4:
            where = persons.speller.name(rng) if rng.random() < 0.2 else rng.choice(cities)
            return rng.choice(patterns).replace("{p}", where)
        if roll < 0.5:
            return f"{rng.choice(states)} {rng.choice(ministries)}"
        if roll < 0.58:
            return f"{persons.full(rng)} атындағы {rng.choice(patterns).replace('{p}', rng.choice(cities))}"
        return rng.choice(bodies if roll < 0.8 else seen)

    def acronym(rng: random.Random) -> str:
        return (
            rng.choice(short)
            if rng.random() < 0.5
            else "".join(rng.choice("АБГҒДЕЖЗИКҚЛМНОӨПРСТУҰФХШЫЭ") for _ in range(rng.choice((2, 3, 3, 3, 4, 4, 5))))
        )

    return Pools({
        "person": persons.full,
        "surname": persons.surname,
        "initialled": lambda rng: persons.initialled(rng, " "),
        "initialled close": lambda rng: persons.initialled(rng, ""),
        "place": place,
        "body": body,
        "quoted body": lambda rng: rng.choice(quoted) if rng.random() < 0.3 else persons.speller.name(rng) if rng.random() < 0.5 else rng.choice(latin),
        "acronym": acronym,
        "latin acronym": lambda rng: rng.choice(acronyms),
        "latin body": lambda rng: rng.choice(latin),
    })  # fmt: skip


def sentence_name(frame: Frame, slot: Slot) -> str:
    """Return the name in a slot as it stands there."""
    start, end, _ = frame.sentence.spans[slot.span]
    return frame.sentence.text[start:end]


def _bodies(path: Path) -> tuple[list[str], list[str], list[str]]:
    """Return names of organisations, their acronyms, and the names that stand in quotation marks."""
    names: list[str] = []
    short: list[str] = []
    quoted: list[str] = []
    for row in rows(path):
        for name in filter(None, (one.strip("+ ") for one in row["kk"].split("|"))):
            inside = re.match(r"«([^»]+)»", name)
            if inside:
                quoted.append(inside[1])
            elif " " in name:
                names.append(name)
            elif row["kind"] == "Company":
                quoted.append(name)
        short += filter(None, row["kk_acronym"].split("|"))
    return names, [s for s in short if s.isupper()], quoted

"""Russian and English sentences with other names where the old ones stand in the nominative."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Token

from .labelled import Labelled
from .names import Persons, rows
from .swap import OPENING, Frame, Pools, Slot, sort_of

__all__ = ["frames", "pools"]


def frames(sentences: Iterable[Labelled], nlp: Language, nominative: Callable[[Sequence[Token]], str]) -> list[Frame]:
    """Return the sentences with those of their names that stand as a dictionary has them."""
    return [Frame(sentence, tuple(_slots(sentence, nlp, nominative))) for sentence in sentences]


def _slots(sentence: Labelled, nlp: Language, nominative: Callable[[Sequence[Token]], str]) -> Iterable[Slot]:
    doc = nlp(sentence.text)
    for i, (start, end, label) in enumerate(sentence.spans):
        tokens = doc.char_span(start, end)
        if tokens is None or label not in ("PERSON", "ORGANISATION", "GPE") or nominative(list(tokens)) != tokens.text:
            continue
        if nlp.lang == "ru" and next(iter(tokens[-1].morph.get("Case", [])), "Nom") != "Nom":
            continue
        quoted = sentence.text[max(0, start - 1) : start] in OPENING
        if sort := sort_of(tokens.text, label, quoted=quoted, latin=nlp.lang == "en"):
            yield Slot(i, sort)


def pools(
    tables: Path,
    lang: str,
    persons: Persons,
    cities: Sequence[str],
    countries: Sequence[str],
    bodies: Sequence[str],
    acronyms: Sequence[str],
) -> Pools:
    """Return the names that may take a slot; `bodies` and `acronyms` are in Latin letters."""
    listed = [name.strip("+ ") for row in rows(tables / "organisations.tsv") for name in row[lang].split("|")]
    own = [name for name in listed if " " in name and not any(mark in name for mark in '«»"')]
    short = [name for row in rows(tables / "organisations.tsv") for name in row[f"{lang}_acronym"].split("|") if name]
    patterns = [one for row in rows(tables / "name_templates.tsv") for one in row[lang].split("|") if "{p}" in one and "{a}" not in one]

    def place(rng: random.Random) -> str:
        roll = rng.random()
        return rng.choice(countries) if roll < 0.5 else rng.choice(cities) if roll < 0.9 else persons.speller.name(rng)

    def body(rng: random.Random) -> str:
        roll = rng.random()
        if lang == "en" and roll < 0.3:
            return rng.choice(bodies)
        return rng.choice(patterns).replace("{p}", rng.choice(cities)) if roll < 0.65 else rng.choice(own)

    return Pools({
        "person": persons.full,
        "surname": persons.surname,
        "initialled": lambda rng: persons.initialled(rng, " "),
        "initialled close": lambda rng: persons.initialled(rng, ""),
        "place": place,
        "body": body,
        "quoted body": lambda rng: persons.speller.name(rng) if rng.random() < 0.5 else rng.choice(bodies),
        "acronym": lambda rng: rng.choice(short if rng.random() < 0.5 or lang == "ru" else acronyms),
        "latin acronym": lambda rng: rng.choice(acronyms),
        "latin body": lambda rng: rng.choice(bodies),
    })  # fmt: skip

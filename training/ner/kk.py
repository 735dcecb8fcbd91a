"""Kazakh sentences with other names in the old ones' places, in the same cases."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language

from elshi import ElshiError
from elshi.ingest.languages.kk import analyse, inflect, nominative

from .labelled import Labelled
from .names import Persons, rows
from .swap import OPENING, Frame, Pools, Slot, sort_of

__all__ = ["frames", "kazakh_pools"]


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
        case, attr = next(iter(morph.get("Case", [])), "Nom"), morph.get("Attr", []) == ["Yes"]
        sort = sort_of(plain, label, quoted=sentence.text[max(0, start - 1) : start] in OPENING)
        try:
            if sort and declined(plain, case, attr=attr) == tokens.text:
                yield Slot(i, sort, case, attr)
        except ElshiError:
            continue


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
    seen = [frame.name(slot) for frame in met for slot in frame.slots if slot.sort == "body" and slot.case == "Nom"]
    short += [frame.name(slot) for frame in met for slot in frame.slots if slot.sort == "acronym" and slot.case == "Nom"]
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
        "quoted body": lambda rng: persons.speller.name(rng) if rng.random() < 0.5 else rng.choice(quoted if rng.random() < 0.6 else latin),
        "acronym": acronym,
        "latin acronym": lambda rng: rng.choice(acronyms),
        "latin body": lambda rng: rng.choice(latin),
    }, lambda name, slot: declined(name, slot.case, attr=slot.attr))  # fmt: skip


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

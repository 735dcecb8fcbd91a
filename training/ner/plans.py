"""What each language's recogniser learns from and is measured with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from elshi.ingest.languages import en, kk, ru

from . import known, plain
from .kaznerd import read_all_of_kaznerd, read_kaznerd, spoken_sentences
from .kk import frames, kazakh_pools
from .labelled import Labelled, own
from .learn import Plan
from .measure import NAMES
from .news import english, factrueval, taught_sentences, wide_places
from .sources import cities, countries, cyrillic_persons, latin_bodies, latin_cities, latin_persons, taught
from .swap import swapped
from .units import by_units, units_of

__all__ = ["PLANS"]

#: How often a round repeats the project's own sentences with other names.
_COPIES: Final = 3


def kazakh(root: Path, resources: Path, news: Path) -> Plan:
    """Return the plan for Kazakh: our own sentences, three times with other names, and KazNERD in one spelling each."""
    nlp = kk.make_nlp()
    tables = root / "data/authorities"
    train, kept = own(root / "training/data", "kk")
    spellings = read_kaznerd(resources / "kaznerd/kaznerd_valid_train.jsonl.gz")
    met = frames(train, nlp)
    tv = [frames(one.forms, nlp) for one in spellings]
    persons = cyrillic_persons(root / "data/lexicons", taught(news), "kk")
    pools = kazakh_pools(tables, persons, cities(resources), countries(resources, tables, "kk"), met, *latin_bodies(resources))

    def sentences(rng: random.Random) -> list[Labelled]:
        own_ones = [swapped(frame, pools, rng) for _ in range(_COPIES) for frame in met]
        others = [swapped(rng.choice(forms), pools, rng, 0.3) for forms in tv]
        return [*train, *own_ones, *others]

    tv_kept = [form for one in read_kaznerd(resources / "kaznerd/kaznerd_valid_dev.jsonl.gz") for form in one.forms[:1]]
    return Plan(nlp, sentences, {"own": (0.7, kept), "kaznerd": (0.3, tv_kept)})


def all_of_kaznerd(root: Path, resources: Path, news: Path) -> Plan:
    """Return the plan for KazNERD alone, with all its labels in its own convention: measured, not shipped (see README.md)."""
    nlp = kk.make_nlp()
    nlp.add_pipe(known.NAME)
    tables, folder = root / "data/authorities", resources / "kaznerd"
    met = frames(own(root / "training/data", "kk")[0], nlp)
    tv = [frames(one.forms, nlp) for one in read_all_of_kaznerd(folder / "kaznerd_valid_train.jsonl.gz")]
    persons = cyrillic_persons(root / "data/lexicons", taught(news), "kk")
    pools = kazakh_pools(tables, persons, cities(resources), countries(resources, tables, "kk"), met, *latin_bodies(resources))

    def sentences(rng: random.Random) -> list[Labelled]:
        return [swapped(rng.choice(forms), pools, rng, 0.3) for forms in tv]

    kept = spoken_sentences(folder / "kaznerd_valid_dev.jsonl.gz")
    units = units_of(spoken_sentences(folder / "kaznerd_valid_train.jsonl.gz"), nlp)
    return Plan(
        nlp, sentences, {"kaznerd": (1.0, kept)}, rounds=18, patience=8, drop=0.3, all_labels=True, config="known.cfg",
        after=partial(by_units, units=units),
    )  # fmt: skip


def russian(root: Path, resources: Path, news: Path) -> Plan:
    """Return the plan for Russian: our own sentences, factRuEval, and Wikinews as natasha labels it; these know names only."""
    nlp = ru.make_nlp()
    tables, records = root / "data/authorities", taught(news)
    train, kept = (_names(part) for part in own(root / "training/data", "ru"))
    wide = wide_places(tables)
    met = plain.frames(train, nlp, ru.nominative)
    told = [one for one in taught_sentences(records, nlp, wide) if one.spans]
    facts = _names(factrueval(resources / "russian_extra/factrueval_devset.jsonl.gz", nlp, wide))
    persons = cyrillic_persons(root / "data/lexicons", records, "ru")
    pools = plain.pools(tables, "ru", persons, cities(resources), countries(resources, tables, "ru"), *latin_bodies(resources))

    def sentences(rng: random.Random) -> list[Labelled]:
        own_ones = [swapped(frame, pools, rng) for _ in range(2 * _COPIES) for frame in met]
        return [*train, *train, *own_ones, *facts, *rng.sample(told, len(told) // 4)]

    return Plan(nlp, sentences, {"own": (1.0, kept)}, rounds=10)


def english_plan(root: Path, resources: Path, news: Path) -> Plan:
    """Return the plan for English: our own sentences, the open genres of GUM, and UNER; names only."""
    nlp = en.make_nlp()
    tables, folder = root / "data/authorities", resources / "english"
    train, kept = (_names(part) for part in own(root / "training/data", "en"))
    met = plain.frames(train, nlp, en.nominative)
    others = _names(english((folder / "gum_open_train.jsonl.gz", folder / "uner_ewt_dev_train.jsonl.gz")))
    bodies, acronyms = latin_bodies(resources)
    persons = latin_persons(root / "data/lexicons", [*train, *others])
    pools = plain.pools(tables, "en", persons, latin_cities(resources), countries(resources, tables, "en"), bodies, acronyms)

    def sentences(rng: random.Random) -> list[Labelled]:
        own_ones = [swapped(frame, pools, rng, 0.5) for _ in range(_COPIES) for frame in met]
        return [*train, *train, *own_ones, *others]

    measured = {name: english([folder / f"{file}.jsonl.gz"]) for name, file in (("gum", "gum_open_dev"), ("uner", "uner_ewt_dev_dev"))}
    return Plan(nlp, sentences, {"own": (0.8, kept), "gum": (0.1, measured["gum"]), "uner": (0.1, measured["uner"])}, rounds=10)


def _names(sentences: Iterable[Labelled]) -> list[Labelled]:
    return [one.only(NAMES) for one in sentences]


#: The plan of each language.
PLANS: Final[dict[str, Callable[[Path, Path, Path], Plan]]] = {"kk": kazakh, "kaznerd": all_of_kaznerd, "ru": russian, "en": english_plan}

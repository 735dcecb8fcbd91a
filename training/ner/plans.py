"""What each language's recogniser learns from and is measured with."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from elshi.ingest.languages import kk

from .kaznerd import read_kaznerd
from .kk import frames, kazakh_pools, swapped
from .labelled import Labelled, own
from .learn import Plan
from .sources import cities, countries, cyrillic_persons, latin_bodies, taught

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


#: The plan of each language.
PLANS: Final[dict[str, Callable[[Path, Path, Path], Plan]]] = {"kk": kazakh}

"""What is read may not get worse: macro F1 per language over the gold stories, and how surely an event of several versions is one node."""

import json
from functools import cache
from pathlib import Path

import pytest

from elshi.flow import Options, ingest_sources
from elshi.queries.coreference import Coreference, coreference
from elshi.queries.evaluation import Scores, evaluate
from elshi.queries.gold import read_gold
from elshi.store.base import open_writer
from elshi.store.intake import IntoStore
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine

ROOT = Path(__file__).parents[2]
FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
TEXTS = {"dev": ROOT / "data/samples"}


@cache
def scored(name: str) -> tuple[Scores, Coreference]:
    """The scores of a folder of gold."""
    folder = ROOT / "data/gold" / name if name != "dev" else ROOT / "data/gold"
    texts, stories = TEXTS.get(name, folder), read_gold(folder)
    with open_writer("memory:") as store:
        intake = IntoStore(store, Quarantine(None), Run("2026-01-01T00:00:00Z", "test", "elshi"))
        ingest_sources([str(texts / f"{s['id']}.{v}.txt") for s in stories for v in s["versions"]], intake, Options(jobs=1))
        return evaluate(store, stories), coreference(store, stories)


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "macro" in FLOORS[name]))
def test_reading_keeps_its_floors(name: str) -> None:
    scores, _ = scored(name)
    assert not scores.absent
    found = {lang: round(100 * scores.macro(lang), 1) for lang in scores.languages()}
    assert all(found[lang] >= floor for lang, floor in FLOORS[name]["macro"].items()), found
    for lang in scores.languages():
        for slot, floor in FLOORS[name].get("precision", {}).items():
            assert 100 * scores.counts[lang, slot].precision >= floor, (lang, slot)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_an_event_that_several_versions_tell_of_is_one_node(name: str) -> None:
    _, met = scored(name)
    floor = FLOORS[name]["one event"]
    assert 100 * met.read.f1 >= floor["f1"] and 100 * met.read.precision >= floor["precision"], met.read

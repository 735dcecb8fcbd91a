"""What is read may not get worse: macro F1 per language over the gold stories, and how surely an event of several versions is one node."""

import json
import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from elshi.flow import Options, ingest_sources
from elshi.queries.coreference import Coreference, coreference
from elshi.queries.evaluation import Scores, evaluate
from elshi.queries.gold import ask, read_gold
from elshi.store.base import View, open_writer
from elshi.store.intake import IntoStore
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine
from elshi.store.stories import Stories
from elshi.stories.index import Index

ROOT = Path(__file__).parents[2]
FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
RELEASES = "SELECT ?graph WHERE { GRAPH ?graph { ?release a elshi:Release } }"
TEXTS = {"dev": ROOT / "data/samples"}


class Scored(NamedTuple):
    """The scores of a folder of gold, and the graphs they are of: as each release gave them, and as they came out together."""

    scores: Scores
    met: Coreference
    own: dict[str, str]
    together: dict[str, list[str]]


def stored(store: View, graphs: Iterable[str]) -> dict[str, list[str]]:
    """Graphs, line by line."""
    return {graph: sorted(store.quads(graph)) for graph in graphs}


@cache
def scored(name: str) -> Scored:
    """Read a folder of gold and score it."""
    folder = ROOT / "data/gold" / name if name != "dev" else ROOT / "data/gold"
    texts, stories = TEXTS.get(name, folder), read_gold(folder)
    with open_writer("memory:") as store:
        intake = IntoStore(store, Quarantine(None), Run("2026-01-01T00:00:00Z", "test", "elshi"))
        ingest_sources([str(texts / f"{s['id']}.{v}.txt") for s in stories for v in s["versions"]], intake, Options(jobs=1))
        stories_of, graphs = Stories(store, Index(None)), [graph for (graph,) in ask(store, RELEASES)]
        own = {graph: stories_of.own(graph) for graph in graphs}
        return Scored(evaluate(store, stories), coreference(store, stories), own, stored(store, graphs))


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "macro" in FLOORS[name]))
def test_reading_keeps_its_floors(name: str) -> None:
    scores = scored(name).scores
    assert not scores.absent
    found = {lang: round(100 * scores.macro(lang), 1) for lang in scores.languages()}
    assert all(found[lang] >= floor for lang, floor in FLOORS[name]["macro"].items()), found
    for lang in scores.languages():
        for slot, floor in FLOORS[name].get("precision", {}).items():
            assert 100 * scores.counts[lang, slot].precision >= floor, (lang, slot)


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "themes" in FLOORS[name]))
def test_facts_keep_to_what_they_are_about(name: str) -> None:
    themes = scored(name).scores.themes
    found = {slot: round(min(100 * counts.f1 for (_, at), counts in themes.items() if at == slot)) for slot in FLOORS[name]["themes"]}
    assert all(found[slot] >= floor for slot, floor in FLOORS[name]["themes"].items()), found


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_an_event_that_several_versions_tell_of_is_one_node(name: str) -> None:
    met = scored(name).met
    floor = FLOORS[name]["one event"]
    assert 100 * met.read.f1 >= floor["f1"] and 100 * met.read.precision >= floor["precision"], met.read


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_versions_of_real_stories_come_out_the_same_in_any_order(name: str) -> None:
    had = scored(name)
    order = list(had.own.items())
    random.Random(1).shuffle(order)
    with open_writer("memory:") as store:
        stories = Stories(store, Index(None))
        for graph, rows in order:
            stories.replace(graph, rows)
        assert stored(store, had.own) == had.together

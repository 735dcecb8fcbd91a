"""What the rules read in single sentences they were not tuned on may not get worse: events, who takes part, status, steps, topics."""

import json
from importlib import import_module
from pathlib import Path

FLOORS = json.loads(Path(__file__).with_name("fact_floors.json").read_text("utf-8"))


def test_facts_of_single_sentences_are_read_at_least_this_well() -> None:
    counts = import_module("training.facts.measure").measure()
    found = {(lang, slot): (100 * had.precision, 100 * had.recall) for (lang, slot), had in counts.items()}
    floors = {(lang, slot): floor for lang, slots in FLOORS.items() for slot, floor in slots.items()}
    low = {at: found[at] for at, (precision, recall) in floors.items() if found[at][0] < precision or found[at][1] < recall}
    assert not low, low

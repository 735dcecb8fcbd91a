"""The name recognisers that ship, measured on the project's own sentences they were not trained on."""

import importlib
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import spacy

from elshi.ingest.annotate import annotate
from elshi.ingest.model import Lang, Release
from elshi.ingest.reader import load_reader

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads(Path(__file__).with_name("ner_floors.json").read_text("utf-8"))
NAMES = ("PERSON", "ORGANISATION", "GPE", "LOCATION")
#: Of every file the last tenth of the lines is kept for measuring; training/ner/labelled.py leaves it out of training.
KEPT = 10


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_corpus", ROOT / "training" / "corpus.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def kept_sentences(corpus: ModuleType, lang: str) -> Iterator[tuple[str, set[tuple[int, int, str]]]]:
    for path in sorted((ROOT / "training/data").glob(f"{lang}-*.txt")):
        found = list(corpus.read_corpus([path]))
        for sentence in found[len(found) - len(found) * KEPT // 100 :]:
            yield sentence.text, {span for span in sentence.spans if span[2] in NAMES}


@pytest.mark.parametrize("lang", sorted(FLOORS))
def test_names_are_found_at_least_this_well(corpus: ModuleType, lang: str) -> None:
    importlib.import_module(f"elshi.ingest.languages.{lang}")
    nlp = spacy.load(ROOT / f"data/models/{lang}_ner")
    right, found, there = Counter[str](), Counter[str](), Counter[str]()
    for text, gold in kept_sentences(corpus, lang):
        read = {(e.start_char, e.end_char, e.label_) for e in nlp(text).ents if e.label_ in NAMES}
        for spans, counts in ((gold & read, right), (read, found), (gold, there)):
            counts.update(label for *_, label in spans)
    f1 = {label: 200 * right[label] / max(found[label] + there[label], 1) for label in NAMES}
    f1["names"] = 200 * right.total() / (found.total() + there.total())
    assert all(f1[label] >= floor for label, floor in FLOORS[lang].items() if label in f1), f1


@pytest.mark.parametrize("lang", sorted(FLOORS))
def test_persons_are_read_at_least_this_well(corpus: ModuleType, lang: Lang) -> None:
    reader = load_reader(lang)
    right = found = there = 0
    for text, gold in kept_sentences(corpus, lang):
        release = Release("kept", lang, "", text, "", "kept.txt", issued="2026-03-04")
        persons = (entity for entity in annotate(release, reader).entities if entity.kind == "Person")
        read = {(mention.start, mention.end) for entity in persons for mention in entity.mentions}
        named = {(start, end) for start, end, label in gold if label == "PERSON"}
        right, found, there = right + len(read & named), found + len(read), there + len(named)
    f1 = 200 * right / (found + there)
    assert f1 >= FLOORS[lang]["persons as read"], f1


def test_all_models_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "data/models").rglob("*") if path.is_file()) < 40_000_000

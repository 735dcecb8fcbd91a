"""How well Kazakh is read, measured on corpora that lie beside the checkout; skipped where they do not."""

import gzip
import importlib.util
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from elshi.ingest.languages.kk import Kazakh
from elshi.ingest.languages.sentences import boundaries

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT.parent / "shared" / "resources"
KTB = RESOURCES / "kazakh_text" / "ktb_all.conllu.gz"
KAZNERD = RESOURCES / "kaznerd" / "kaznerd_valid_dev.jsonl.gz"
pytestmark = pytest.mark.skipif(not KTB.is_file() or not KAZNERD.is_file(), reason=f"no corpora in {RESOURCES}")

#: Percent of nouns and names of UD_Kazakh-KTB.
FLOORS = {"lemma": 97.0, "case": 98.3, "number": 98.8, "possessor": 98.3}
#: Precision and recall, in percent, of what the verb table says of all words of KTB.
VERB_FLOORS = {"Tense=Past": (97.0, 89.0), "Tense=Pres": (85.0, 88.0), "VerbForm=Fin": (93.0, 76.0), "Voice=Pass": (89.0, 64.0)}


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kk_morphology", ROOT / "benchmarks" / "kk_morphology.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_nouns_and_names_are_read_at_least_this_well(benchmark: ModuleType) -> None:
    scores = benchmark.nominal_scores(list(benchmark.treebank(KTB)))["all"]
    assert {what: scores[what] >= floor for what, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True), scores


def test_verbs_tell_tense_and_voice_at_least_this_well(benchmark: ModuleType) -> None:
    scores = benchmark.verb_scores(list(benchmark.treebank(KTB)))
    low = {mark: scores[mark] for mark, floor in VERB_FLOORS.items() if not all(a >= b for a, b in zip(scores[mark], floor, strict=True))}
    assert not low


def test_tokens_are_those_of_kaznerd() -> None:
    nlp, right, whole = Kazakh(), 0, 0
    with gzip.open(KAZNERD, "rt", encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)["tokens"]
            found = [token.text for token in nlp.make_doc(joined(gold)) if not token.is_space]
            right += len(spans(gold) & spans(found))
            whole += len(gold)
    assert right / whole >= 0.999


def test_sentences_of_joined_text_are_found_again() -> None:
    with gzip.open(KTB, "rt", encoding="utf-8") as lines:
        sentences = [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")]
    right = found = wanted = 0
    for at in range(0, len(sentences), 20):
        part = sentences[at : at + 20]
        gold = {sum(len(one) + 1 for one in part[:n]) for n in range(1, len(part))}
        guess = set(boundaries(" ".join(part), "kk"))
        right, found, wanted = right + len(gold & guess), found + len(guess), wanted + len(gold)
    assert 2 * right / (found + wanted) >= 0.985


def joined(tokens: Iterable[str]) -> str:
    """Write tokens as running text: marks stand at the word before them, opening quotes and brackets at the word after."""
    text, glued, quoted = "", True, False
    for token in tokens:
        if token == '"':
            text += token if quoted or glued else f" {token}"
            quoted = glued = not quoted
            continue
        text += token if glued or token[0] in ".,!?;:)»…%" else f" {token}"
        glued = token in ("(", "«")
    return text


def spans(tokens: Iterable[str]) -> set[tuple[int, str]]:
    found, at = set(), 0
    for token in tokens:
        found.add((at, token))
        at += len(token)
    return found

"""How Kazakh falls into tokens; the sample is of our own making, in KazNERD's manner."""

import json
from pathlib import Path

import pytest
import spacy

from elshi.ingest.languages.kk import Kazakh
from elshi.ingest.languages.kk.tokens import like_num

SAMPLE = Path(__file__).with_name("kk_tokens.jsonl")
NLP = Kazakh()


@pytest.mark.parametrize("line", SAMPLE.read_text(encoding="utf-8").splitlines())
def test_tokens_are_those_of_the_sample(line: str) -> None:
    gold = json.loads(line)
    assert [token.text for token in NLP.make_doc(gold["text"])] == gold["tokens"]


def test_the_language_is_found_by_its_code() -> None:
    assert isinstance(spacy.blank("kk"), Kazakh)


@pytest.mark.parametrize(("text", "answer"), [("27", True), ("5700-ге", True), ("он", True), ("4,2", True), ("ел", False), ("АҚШ", False)])
def test_numbers_are_known_in_digits_and_words(text: str, answer: bool) -> None:
    assert like_num(text) is answer


def test_stop_words_are_words_of_grammar() -> None:
    assert {"және", "үшін", "бұл"} <= Kazakh.Defaults.stop_words
    assert not {"елші", "екі"} & Kazakh.Defaults.stop_words

"""Plain words are taken whole without a search for signs; what has a sign is parted at it."""

from importlib import import_module

import pytest
from spacy.language import Language


@pytest.fixture(params=["kk", "ru", "en"], scope="module")
def nlp(request: pytest.FixtureRequest) -> Language:
    made: Language = import_module(f"elshi.ingest.languages.{request.param}").make_nlp()
    return made


def test_no_letter_that_makes_a_word_plain_would_be_parted_from_it(nlp: Language) -> None:
    tokenizer = nlp.tokenizer
    letters = [chr(code) for code in range(0x3000) if tokenizer.token_match(chr(code))]
    assert {"a", "Z", "é", "ж", "Ё", "қ", "Һ"} <= {*letters}
    for letter in letters:
        word = f"{letter}а{letter}Z{letter}"
        parts = tokenizer.prefix_search(word), tokenizer.suffix_search(word), [*tokenizer.infix_finditer(word)]
        assert parts == (None, None, []), letter


def test_signs_are_parted_from_plain_words(nlp: Language) -> None:
    doc = nlp.make_doc("(Ломе) «Того», Абиджан…Бамако 25%")
    assert [token.text for token in doc] == ["(", "Ломе", ")", "«", "Того", "»", ",", "Абиджан", "…", "Бамако", "25", "%"]

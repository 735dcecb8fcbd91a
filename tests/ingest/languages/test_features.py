"""A feature is one value whatever the language, and empty where a token has none."""

from importlib import import_module

import pytest

from elshi.ingest.languages.features import feature


@pytest.mark.parametrize(
    ("lang", "text", "name", "values"),
    [
        ("kk", "Лимада елшілігіміздің жиыны басталды", "Case", ["Loc", "Gen", "Nom", ""]),
        ("ru", "Лимского порта достигли", "Number", ["Sing", "Sing", "Plur"]),
        ("en", "The harbours reopened", "Number", ["", "Plur", ""]),
        ("en", "The harbours reopened", "Tense", ["", "", "Past"]),
    ],
)
def test_a_token_has_one_value_of_a_feature_or_none(lang: str, text: str, name: str, values: list[str]) -> None:
    assert [feature(token, name) for token in import_module(f"elshi.ingest.languages.{lang}").make_nlp()(text)] == values

"""The tables that reading rests on say only what the schemes of the ontology know."""

import pytest

from elshi.ingest.annotate.patterns import read_table
from elshi.ontology.scheme import concepts

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "column", "scheme"),
    [("roles", "role", "role"), ("topics", "topic", "topic"), ("measures", "measure", "measure"), ("commitments", "step", "commitment")],
)
def test_every_row_stands_for_a_concept_of_its_scheme(lang: str, table: str, column: str, scheme: str) -> None:
    known = set(concepts(scheme))
    named = {slug for row in read_table(lang, table) for slug in row[column].split()} - {"-"}
    assert named <= known | (_RENAMED if table == "roles" else set())


#: Offices that whatever body they belong to renames, so that the scheme needs none of them.
_RENAMED = {row["role"] for row in read_table("any", "offices_by_body") if row["body"] == "*"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_of_the_vocabulary_has_words_in_every_language(lang: str) -> None:
    tops = {slug for slug, concept in concepts("topic").items() if not concept.broader}
    assert set(concepts("topic")) - tops <= {slug for row in read_table(lang, "topics") for slug in row["topic"].split()}


def test_offices_change_with_their_body_only_into_offices_of_the_scheme() -> None:
    known, rows = set(concepts("role")), read_table("any", "offices_by_body")
    assert {row["becomes"] for row in rows} <= known
    assert {row["role"] for row in rows} <= known | _RENAMED

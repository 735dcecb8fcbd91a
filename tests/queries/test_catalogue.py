"""Parameters are data: whatever is typed becomes one term or is refused, and never another query."""

from __future__ import annotations

import pytest

from elshi.queries.catalogue import Parameter, Saved, UnknownQuery, bind, parse, saved
from elshi.queries.values import ParameterError
from elshi.store.base import Table, open_writer

HOSTILE = ['x"} } ; DROP ALL #', "x> ?p ?o } #", 'a\\" b', "a\nb", "}", "' OR '1'='1", "\\", "{ UNDEF }", "?s"]
ECHO = Saved("echo", "echo", "SELECT ?text WHERE { VALUES ?text { UNDEF } }", (Parameter("text", "text"),))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_as_it_was_typed(text: str) -> None:
    with open_writer("memory:") as store:
        answer = store.query(bind(ECHO, {"text": text}))
        assert isinstance(answer, Table)
        assert [row[0].value for row in answer.rows if row[0]] == [text.strip()]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("parameter", ["country", "person", "since"])
def test_what_is_no_place_person_or_day_is_refused(parameter: str, text: str) -> None:
    with pytest.raises(ParameterError, match=parameter):
        bind(saved("meetings"), {parameter: text})


@pytest.mark.parametrize("iri", [
    "https://e/a>", "https://e/a> } #", "https://e/a b", 'https://e/"', "https://e/{x}", "https://e/a\\u003e", "urn:a>b", "place:a> } #", "person:a b", "place/a>",
])  # fmt: skip
@pytest.mark.parametrize(("query", "parameter"), [("meetings", "country"), ("meetings", "person"), ("facts", "entity")])
def test_an_iri_that_would_end_its_brackets_is_refused(query: str, parameter: str, iri: str) -> None:
    with pytest.raises(ParameterError, match=parameter):
        bind(saved(query), {parameter: iri})


@pytest.mark.parametrize(("typed", "term"), [
    ("BE", "place/be"), ("be", "place/be"), ("place:be", "place/be"), ("place/be", "place/be"), ("gn-2797656", "place/gn-2797656"),
])  # fmt: skip
def test_a_place_may_be_typed_in_many_ways(typed: str, term: str) -> None:
    assert f"VALUES ?country {{ <https://w3id.org/elshi/id/{term}> }}" in bind(saved("meetings"), {"country": typed})


def test_another_base_moves_the_things_that_are_asked_about() -> None:
    assert "<https://example.org/place/be>" in bind(saved("meetings"), {"country": "BE"}, base_iri="https://example.org/")


def test_a_parameter_not_given_leaves_no_trace_and_a_default_holds() -> None:
    text = bind(saved("meetings"), {})
    assert "?country { " not in text
    assert 'VALUES ?lang { "en" }' in text


def test_slots_in_comments_strings_and_iris_are_left_alone() -> None:
    text = '# VALUES ?a { UNDEF }\nSELECT * { VALUES ?a { UNDEF } ?s ?p "VALUES ?a { UNDEF }" , <http://e/VALUES?a> }'
    bound = bind(Saved("q", "q", text, (Parameter("a", "text"),)), {"a": "x"})
    assert bound.count('{ "x" }') == 1
    assert bound.startswith("# VALUES ?a { UNDEF }")


def test_what_a_query_does_not_take_or_lacks_is_said() -> None:
    with pytest.raises(ParameterError, match="it takes country"):
        bind(saved("meetings"), {"colour": "red"})
    with pytest.raises(ParameterError, match="needs entity"):
        bind(saved("facts"), {})
    with pytest.raises(UnknownQuery, match="@meetings"):
        saved("@nothing")


def test_a_header_is_read() -> None:
    query = parse("q", "# title: T\n# param a: place|organization = KZ - who\n# columns: x, y\nSELECT ?x ?y {}")
    assert query.parameters == (Parameter("a", "place|organization", "KZ", "who"),)
    assert (query.title, query.columns) == ("T", ("x", "y"))

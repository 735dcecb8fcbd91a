"""The same thing gets the same IRI in every language and every run."""

from __future__ import annotations

import pytest

from elshi.ontology.iri import IriError, distinct, graph_path, is_path, outer, release_path, resource_iri
from elshi.ontology.vocab import BASE_IRI


def test_facts_that_differ_in_their_key_facts_are_apart() -> None:
    paths = distinct("event", [(("Meeting", "a"), ("x",)), (("Visit", "a"), ("x",))])
    assert len(set(paths)) == 2 and all(is_path(path) for path in paths)


def test_finer_facts_count_only_where_key_facts_collide() -> None:
    key = ("Meeting", ("person/a",), "2026-03-04")
    [alone] = distinct("event", [(key, ("Astana",))])
    [elsewhere] = distinct("event", [(key, ())])
    assert alone == elsewhere
    one, other = distinct("event", [(key, ("Astana",)), (key, ("Almaty",))])
    assert len({alone, one, other}) == 3


def test_the_order_of_a_release_does_not_matter() -> None:
    facts = [(("k",), ("a",)), (("k",), ("b",)), (("l",), ())]
    assert distinct("event", facts[::-1]) == distinct("event", facts)[::-1]


def test_a_release_key_may_be_anything() -> None:
    for key in ("https://www.gov.kz/a?b=c#d", "сообщение 1", "a" * 64):
        assert is_path(release_path(key)) and is_path(graph_path(key))


@pytest.mark.parametrize("key", ["#3", "", "place", "place/", "unicorn/a", "place/a b", "place/kz>"])
def test_a_key_that_is_no_path_has_no_iri(key: str) -> None:
    with pytest.raises(IriError, match="link the entity first"):
        resource_iri(key)


def test_the_base_is_one_setting() -> None:
    assert resource_iri("place/kz", "https://example.org/") == "https://example.org/place/kz"
    assert resource_iri("place/kz") == BASE_IRI + "place/kz"


def test_iris_from_outside_are_made_safe() -> None:
    assert outer(' https://example.org/<a>"b ') == "https://example.org/%3Ca%3E%22b"

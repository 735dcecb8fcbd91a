"""The Reconciliation API 0.2 as OpenRefine uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from elshi.portal.serve import Serving
from elshi.tests.portal.serving.asking import FORM, Running, within

UGENT, MEYERS = "organization/ror-00cv9y106", "person/petra-meyers"
ORG, UNIVERSITY = "http://www.w3.org/ns/org#Organization", "https://w3id.org/elshi/ontology#University"


@pytest.fixture(scope="module")
def service(store: Path) -> Iterator[Running]:
    with within(Serving(str(store))) as running:
        yield running


def candidates(service: Running, **query: Any) -> list[dict[str, Any]]:
    """What a table is offered for a name."""
    answer = service.ask(
        "POST", "/reconcile", urlencode({"queries": json.dumps({"q0": query})}), {"Content-Type": FORM, "Accept-Language": "en"}
    )
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["q0"]["result"]
    return found


def test_the_manifest_says_what_the_service_can(service: Running) -> None:
    said = service.get("/reconcile").json()
    assert said["versions"] == ["0.2"] and {"name", "identifierSpace", "schemaSpace"} <= said.keys()
    assert "{{id}}" in said["view"]["url"] and "{{id}}" in said["preview"]["url"]
    for each in (*said["suggest"].values(), said["extend"]["propose_properties"]):
        assert service.get((each["service_url"] + each["service_path"]).removeprefix(service.url), {"prefix": "a"}).status == 200
    page = said["view"]["url"].replace("{{id}}", UGENT).removeprefix(service.url)
    assert service.get(page, accept="text/html").status == 303


@pytest.mark.parametrize("name", ["Гент университеті", "Гентский университет", "Ghent University", "university GHENT", "UGent"])
def test_a_name_in_any_language_is_matched(service: Running, name: str) -> None:
    best = candidates(service, query=name)[0]
    assert (best["id"], best["match"], best["score"]) == (UGENT, True, 100)
    assert best["name"] == "Ghent University"
    assert {kind["id"] for kind in best["type"]} == {ORG, UNIVERSITY}
    assert "Belgium" in best["description"]


def test_a_misspelt_name_is_offered_and_not_matched(service: Running) -> None:
    best = candidates(service, query="Gent Universty")[0]
    assert (best["id"], best["match"]) == (UGENT, False)
    assert 60 < best["score"] < 95
    assert best["features"][0]["id"] == "name_similarity"


def test_a_name_that_nothing_has_gives_nothing(service: Running) -> None:
    assert candidates(service, query="zzzz qqqq") == candidates(service, query="«»") == []


def test_a_type_narrows_the_candidates(service: Running) -> None:
    person = "https://schema.org/Person"
    assert candidates(service, query="Petra Meyers", type=person)[0]["id"] == MEYERS
    assert candidates(service, query="Petra Meyers", type="schema:Country") == []
    assert candidates(service, query="Petra Meyers", type=[{"id": person}, {"id": ORG}])[0]["id"] == MEYERS
    assert candidates(service, query="Ghent University", type=[ORG, person], type_strict="all") == []
    assert candidates(service, query="Ghent University", type=[ORG, UNIVERSITY], type_strict="all")[0]["id"] == UGENT
    assert candidates(service, query="Ghent University", type=person, type_strict="should")[0]["id"] == UGENT


@pytest.mark.parametrize(
    ("property", "value", "agrees"),
    [
        ("elshi:country", "Belgium", True),
        ("elshi:country", "Бельгия", True),
        ("https://w3id.org/elshi/ontology#country", {"id": "place/be", "name": "whatever"}, True),
        ("elshi:country", "place/be", True),
        ("elshi:country", ["Kazakhstan", "Belgium"], True),
        ("elshi:country", "Kazakhstan", False),
        ("schema:foundingDate", 1817, True),
        ("schema:foundingDate", "1990", False),
        ("owl:sameAs", "https://ror.org/00cv9y106", True),
    ],
)
def test_what_else_a_table_knows_counts(service: Running, property: str, value: Any, agrees: bool) -> None:
    best = candidates(service, query="Ghent University", properties=[{"pid": property, "v": value}])[0]
    assert (best["id"], best["match"], best["score"]) == (UGENT, agrees, 100 if agrees else 80)


def test_a_property_that_nothing_is_known_of_changes_nothing(service: Running) -> None:
    assert candidates(service, query="Ghent University", properties=[{"pid": "P31", "v": "x"}])[0]["match"]


def test_a_limit_is_kept(service: Running) -> None:
    assert len(candidates(service, query="университет", limit=1)) == 1 < len(candidates(service, query="университет", limit=5))


def test_a_batch_is_answered_query_by_query_by_get_and_post(service: Running) -> None:
    queries = json.dumps({"a": {"query": "Petra Meyers"}, "b": {"query": "Belgium"}})
    by_get = service.get("/reconcile", {"queries": queries}).json()
    by_post = service.ask("POST", "/reconcile", urlencode({"queries": queries}), {"Content-Type": FORM}).json()
    assert {name: found["result"][0]["id"] for name, found in by_get.items()} == {"a": MEYERS, "b": "place/be"}
    assert by_get == by_post


@pytest.mark.parametrize(
    "queries", ["", "{", "[]", "7", '{"q0": 1}', '{"q0": {}}', '{"q0": {"query": "a", "limit": "many"}}', "[" * 50_000]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(service: Running, queries: str) -> None:
    answer = service.ask("POST", "/reconcile", urlencode({"queries": queries}), {"Content-Type": FORM})
    assert (answer.status, "cannot be read" in answer.text) == (400, True)
    assert answer.headers["Access-Control-Allow-Origin"] is None, "no other site asked"


def test_too_many_queries_are_refused(service: Running) -> None:
    queries = json.dumps({f"q{n}": {"query": "x"} for n in range(501)})
    assert service.ask("POST", "/reconcile", urlencode({"queries": queries}), {"Content-Type": FORM}).status == 413


def test_pages_of_any_site_may_reconcile(service: Running) -> None:
    for path in ("/reconcile", "/reconcile/suggest/entity?prefix=a", "/reconcile?queries=%7B"):
        assert service.get(path, origin="http://127.0.0.1:3333").headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "http://127.0.0.1:3333", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = service.ask("OPTIONS", "/reconcile", headers=asked)
    assert (preflight.status, preflight.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert service.get("/sparql", {"query": "ASK {}"}, origin="http://127.0.0.1:3333").headers["Access-Control-Allow-Origin"] is None


def test_a_callback_is_called_and_nothing_else(service: Running) -> None:
    called = service.get("/reconcile", {"callback": "jQuery1_2.found", "queries": '{"q": {"query": "Petra Meyers"}}'})
    assert called.media_type == "application/javascript"
    assert json.loads(called.text.removeprefix("/**/jQuery1_2.found(").removesuffix(");"))["q"]["result"][0]["id"] == MEYERS
    assert service.get("/reconcile", {"callback": "alert(1)//"}).status == 400


@pytest.mark.parametrize(
    ("what", "prefix", "expected"),
    [
        ("entity", "gh", UGENT), ("entity", "Гент", UGENT), ("entity", "mey", MEYERS), ("type", "univ", UNIVERSITY), ("type", "universit", UNIVERSITY),
        ("property", "count", "https://w3id.org/elshi/ontology#country"), ("property", "ел", "https://w3id.org/elshi/ontology#country"),
    ],
)  # fmt: skip
def test_a_few_letters_are_completed(service: Running, what: str, prefix: str, expected: str) -> None:
    found = service.get(f"/reconcile/suggest/{what}", {"prefix": prefix}, accept_language="en").json()["result"]
    assert expected in [each["id"] for each in found]
    assert all(each["name"] for each in found)
    assert service.get(f"/reconcile/suggest/{what}", {"prefix": "zzzz"}).json() == {"result": []}


def test_a_table_is_extended_by_properties(service: Running) -> None:
    asked = {
        "ids": [UGENT, MEYERS, "person/nobody", 'x"> } #'],
        "properties": [{"id": "elshi:country"}, {"id": "schema:foundingDate"}, {"id": "owl:sameAs"}],
    }
    said = service.get("/reconcile", {"extend": json.dumps(asked)}, accept_language="en").json()
    country, founded, same = (each["id"] for each in said["meta"])
    assert [each["name"] for each in said["meta"]][0] == "country"
    assert said["rows"][UGENT][country] == [{"id": "place/be", "name": "Belgium"}]
    assert said["rows"][UGENT][founded] == [{"date": "1817"}]
    assert {"str": "https://ror.org/00cv9y106"} in said["rows"][UGENT][same]
    assert said["rows"]["person/nobody"] == {country: [], founded: [], same: []}
    proposed = service.get("/reconcile/properties", {"type": ORG}).json()["properties"]
    assert country in [each["id"] for each in proposed]


@pytest.mark.parametrize("asked", ["{", '{"ids": []}', '{"ids": ["x"], "properties": [{"id": "no:such"}]}'])
def test_an_extension_that_cannot_be_made_is_refused(service: Running, asked: str) -> None:
    assert service.get("/reconcile", {"extend": asked}).status == 400


def test_a_preview_is_a_small_page_for_a_frame(service: Running) -> None:
    answer = service.get("/reconcile/preview", {"id": UGENT}, accept_language="en")
    assert (answer.status, answer.media_type, "Ghent University" in answer.text) == (200, "text/html", True)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert service.get("/reconcile/preview", {"id": "person/nobody"}).status == 404

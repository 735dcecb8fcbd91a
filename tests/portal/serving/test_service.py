"""SERVICE is off; where a host is allowed, only that host is called, however the query is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from elshi.portal.guard import look
from elshi.portal.protocol import Refused
from elshi.tests.portal.serving.asking import Running, started

Listener = Callable[[], tuple[str, list[bytes]]]
#: Ways to write a call, `{url}` being who is called. Oxigraph wants no spaces between words.
CALLS = [
    "ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "ask{{service<{url}>{{?s ?p ?o}}}}",
    "ASK {{ SERVICESILENT <{url}> {{ ?s ?p ?o }} }}",
    "PREFIX : <{url}> ASK {{ SERVICE:x {{ ?s ?p ?o }} }}",
    "PREFIX x: <{url}> ASK {{ SERVICEx:y {{ ?s ?p ?o }} }}",
    "BASE <{url}> ASK {{ SERVICE <a> {{ ?s ?p ?o }} }}",
    "ASK {{ # \rSERVICE <{url}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER(1<2)SERVICE <{url}> {{ ?s ?p ?o }} FILTER(3>2) }}",
    "ASK {{ VALUES ?x {{ 1 }} BIND(1 AS ?b) FILTER(?b=1e0)SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }} }}",
    'ASK {{ BIND(<x:\\u0041#> AS ?a) BIND("\\u0022" AS ?q) SERVICE <{url}> {{ ?s ?p ?o }} BIND("\\u0022" AS ?z) }}',
    "ASK {{ BIND('\\'' AS ?a) SERVICE <{url}> {{ ?s ?p ?o }} BIND('\\'' AS ?b) }}",
    'ASK {{ BIND(""" "" \\""" """ AS ?a) SERVICE <{url}> {{ ?s ?p ?o }} }}',
    "ASK {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
]
INNOCENT = [
    "PREFIX service: <http://x/service/> SELECT ?service { GRAPH service:a { ?service service:b 'SERVICE' } }",
    'ASK { ?a ?b "SERVICE <http://x/>" } # SERVICE <http://x/> {}',
    "ASK FROM <http://x/SERVICE> { ?a <http://x/service#y> ?b }",
    "PREFIX service: <x:> ASK FROM service:g { ?a ?b ?c }",
]


@pytest.mark.parametrize("text", CALLS)
def test_no_way_to_write_a_call_gets_through(endpoint: Running, listener: Listener, text: str) -> None:
    url, heard = listener()
    answer = endpoint.query(text.format(url=url))
    assert (answer.status, "SERVICE is off" in answer.text, heard) == (403, True, [])


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_a_call_is_answered(endpoint: Running, text: str) -> None:
    assert endpoint.query(text).status == 200


def test_a_host_that_is_allowed_is_called_and_no_other(documents: Path, listener: Listener) -> None:
    url, heard = listener()
    with started(documents, "--allow-service", url.split("/")[2], "--allow-service", "sparql.example.org") as running:
        assert running.query(f"SELECT ?x {{ SERVICE <{url}sparql> {{ ?x a ?y }} }}").json()["results"]["bindings"] == [
            {"x": {"type": "uri", "value": "x:there"}}
        ]
        assert len(heard) == 1
        for other in (
            "http://localhost:1/",
            "http://127.0.0.1/",
            url.replace("//", "//sparql.example.org\\u002F@"),
            "http://evil@sparql.example.org/",
            "file:///etc/passwd",
        ):
            answer = running.query(f"ASK {{ SERVICE SILENT <{other}> {{ ?s ?p ?o }} }}")
            assert (answer.status, "may only call" in answer.text) == (403, True)
        assert [
            running.query(text.format(url=url)).status for text in CALLS if "SERVICE <{url}>" not in text and "service<" not in text
        ] == [403] * 5
        assert "ETag" not in running.query(f"SELECT ?x {{ SERVICE <{url}sparql> {{ ?x a ?y }} }}").headers
        failed = running.query("ASK { SERVICE <http://sparql.example.org/> { ?s ?p ?o } }")
        assert (failed.status, "failed" in failed.text, "example.org" in failed.text) == (503, True, False)


def test_fetching_graphs_is_no_way_around(endpoint: Running, listener: Listener) -> None:
    url, heard = listener()
    assert endpoint.query(f"SELECT * FROM <{url}> FROM NAMED <{url}a> {{ ?s ?p ?o }}").json()["results"]["bindings"] == []
    assert endpoint.get("/sparql", {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": url}).json()["results"]["bindings"] == []
    assert heard == []


@pytest.mark.parametrize("text", ["a." * 9000, '"""' + "a" * 20_000, "<a" * 9000, '\\"' * 9000, "'\"'" * 9000, "-" * 20_000])
def test_looking_at_a_query_takes_time_in_proportion_to_its_length(text: str) -> None:
    import time

    def taken(length: int) -> float:
        began = time.perf_counter()
        try:
            look("ASK {" + text[: len(text) // length])
        except Refused:
            pass
        return time.perf_counter() - began

    taken(1)
    assert min(taken(1) for _ in range(3)) < 60 * max(min(taken(8) for _ in range(3)), 1e-4), (
        "eight times the length is no sixty times the time"
    )

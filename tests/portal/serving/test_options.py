"""What the options of `elshi serve` do, and what every response has."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from elshi.portal.serve import Serving
from elshi.tests.portal.serving.asking import FORM, SPARQL, Running, started, within

SD = "http://www.w3.org/ns/sparql-service-description#"
ASK = "/sparql?query=ASK%20%7B%7D"


@pytest.fixture(scope="module")
def open_server(store: Path) -> Iterator[Running]:
    """A server for other sites, behind a proxy, on IPv6."""
    with started(store, "--host", "::1", "--cors", "--root-path", "elshi-portal/", "--log-format", "json") as running:
        yield running


def test_it_listens_on_ipv6(open_server: Running) -> None:
    assert urlsplit(open_server.url).hostname == "::1"
    assert open_server.ask("GET", ASK).json()["boolean"]


@pytest.mark.parametrize("root", ["", "/elshi-portal"])
def test_a_proxy_may_take_its_path_away_or_leave_it(open_server: Running, root: str) -> None:
    assert open_server.ask("GET", root + ASK).json()["boolean"]
    assert 'href="/elshi-portal/sparql' in open_server.get(root + "/", accept="text/html").text
    assert open_server.get(root + "/static/elshi.css").status == 200
    assert "/elshi-portal/sparql>" in open_server.get(root + "/sparql", accept="application/n-triples").text
    thing = open_server.get(root + "/elshi/id/person/petra-meyers", accept="text/turtle")
    assert (thing.status, thing.headers["Location"]) == (303, "/elshi-portal/elshi/id/person/petra-meyers.ttl")
    assert open_server.get(root + "/elshi/id/person/petra-meyers.ttl").status == 200
    manifest = open_server.get(root + "/reconcile").json()
    assert manifest["suggest"]["entity"]["service_url"].endswith("/elshi-portal")
    assert "/elshi-portal/" in open_server.get(root + "/feed.atom").text


def test_pages_of_other_sites_may_ask_where_cors_is_on(open_server: Running, endpoint: Running) -> None:
    origin = {"Origin": "https://example.org"}
    answer = open_server.ask("GET", ASK, headers=origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Retry-After"} <= {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type, accept"}
    preflight = open_server.ask("OPTIONS", "/sparql", headers=asked)
    assert (preflight.status, preflight.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "content-type" in preflight.headers["Access-Control-Allow-Headers"].lower()
    assert open_server.ask("GET", "/sparql?query=broken", headers=origin).headers["Access-Control-Allow-Origin"] == "*", (
        "errors are read too"
    )
    assert endpoint.ask("GET", ASK, headers=origin).headers["Access-Control-Allow-Origin"] is None


def test_the_log_has_a_line_for_every_request(open_server: Running, endpoint: Running) -> None:
    endpoint.ask("GET", ASK + "&x=%0Aforged")
    open_server.ask("GET", "/nothing%0A%22here?a=b")
    line = json.loads(open_server.logged("nothing"))
    assert {"client": "::1", "method": "GET", "status": 404}.items() <= line.items()
    assert line["address"].endswith("/nothing%0A%22here?a=b")
    plain = r"\S+ 127\.0\.0\.1 GET /sparql\?query=ASK%20%7B%7D&x=%0Aforged 200 \d+ bytes \d+ ms\n"
    assert re.fullmatch(plain, endpoint.logged("forged"))


def test_every_response_is_safe_to_show(endpoint: Running) -> None:
    for answer in (endpoint.get("/"), endpoint.ask("GET", ASK), endpoint.get("/nothing"), endpoint.ask("PUT", "/sparql")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Server"] is None


@pytest.mark.parametrize("name", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_without_a_query_the_service_describes_itself(endpoint: Running, name: str) -> None:
    answer = endpoint.get("/sparql", accept=name)
    assert (answer.status, answer.media_type) == (200, name)
    said = {
        (str(q.predicate.value), getattr(q.object, "value", "")) for q in ox.parse(answer.body, format=ox.RdfFormat.from_media_type(name))
    }
    assert (f"{SD}endpoint", f"{endpoint.url}/sparql") in said
    assert (f"{SD}supportedLanguage", f"{SD}SPARQL11Query") in said
    assert (f"{SD}supportedLanguage", f"{SD}SPARQL11Update") not in said and (f"{SD}feature", f"{SD}BasicFederatedQuery") not in said
    formats = {value.rpartition("/")[2] for predicate, value in said if predicate == f"{SD}resultFormat"}
    assert {
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "JSON-LD",
        "RDF_XML",
    } == formats
    assert (f"{SD}name", "http://example.org/g1") in said


def test_the_description_is_chosen_and_cached_like_an_answer(endpoint: Running) -> None:
    assert endpoint.get("/sparql", {"format": "nt"}).media_type == "application/n-triples"
    assert endpoint.get("/sparql", accept="image/png").status == endpoint.get("/sparql", {"format": "csv"}).status == 406
    tag = endpoint.get("/sparql").headers["ETag"]
    assert endpoint.get("/sparql", if_none_match=tag).status == 304
    assert endpoint.get("/sparql", accept="text/html").media_type == "text/html", "to a browser, the form"


def test_health_tells_that_the_store_can_be_read(endpoint: Running) -> None:
    answer = endpoint.get("/health")
    assert (answer.status, answer.json()["status"], answer.headers["Cache-Control"]) == (200, "ok", "no-store")


def refused(*options: str) -> tuple[int, str]:
    ended = subprocess.run([sys.executable, "-m", "elshi", "serve", *options], capture_output=True, text=True, timeout=60)
    return ended.returncode, ended.stderr


def test_a_server_that_cannot_start_says_why(store: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, said = refused("--store", str(store), "--port", str(taken.getsockname()[1]))
    assert (status, "--port" in said, said.count("\n")) == (1, True, 1)
    status, said = refused("--store", str(tmp_path / "none"))
    assert (status, "no store at" in said, said.count("\n")) == (5, True, 1)


def test_an_error_within_is_told_without_its_trace(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"secret of {store}")

    monkeypatch.setattr("elshi.portal.endpoint.look", broken)
    with within(Serving(str(store))) as running:
        for answer in (running.ask("GET", ASK), running.ask("POST", "/sparql", "query=ASK+%7B%7D", {"Content-Type": FORM})):
            assert (answer.status, answer.media_type, "secret" in answer.text) == (500, "text/plain", False)


def test_requests_that_are_no_http_do_no_harm(endpoint: Running) -> None:
    twice = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"
    for sent in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", twice, b"POST /sparql HTTP/1.1\r\n" + b"a" * 400_000):
        with socket.create_connection(("127.0.0.1", endpoint.port)) as caller:
            caller.settimeout(10)
            try:
                caller.sendall(sent)
                caller.shutdown(socket.SHUT_WR)
                said = caller.recv(4000)
            except OSError:  # the door was closed on it
                continue
            assert not said or said.startswith(b"HTTP/1.1 4")
    with socket.create_connection(("127.0.0.1", endpoint.port)) as caller:
        caller.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\nASK {")
    assert endpoint.ask("POST", "/sparql", "ASK {}", {"Content-Type": SPARQL}).json()["boolean"]


# Resources and the feed


@pytest.fixture(scope="module")
def things(store: Path) -> Iterator[Running]:
    with within(Serving(str(store))) as running:
        yield running


@pytest.mark.parametrize(
    ("accept", "end"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"), ("*/*", ".html"), ("text/turtle", ".ttl"),
        ("application/ld+json;q=0.9, text/turtle;q=0.8", ".jsonld"), ("application/json", ".jsonld"), ("text/html;q=0.2, text/turtle", ".ttl"),
    ],
)  # fmt: skip
def test_the_iri_of_a_thing_leads_on_to_the_form_wanted_most(things: Running, accept: str, end: str) -> None:
    answer = things.get("/elshi/id/person/petra-meyers", accept=accept)
    assert (answer.status, answer.headers["Location"]) == (303, f"/elshi/id/person/petra-meyers{end}")
    assert "Accept" in answer.headers["Vary"]
    form = things.get(answer.headers["Location"], accept=accept)
    assert form.status == 200 and form.headers["ETag"]
    assert things.get(answer.headers["Location"], accept=accept, if_none_match=form.headers["ETag"]).status == 304


def test_a_form_that_no_thing_has_and_a_thing_that_is_not_there_are_told_apart(things: Running) -> None:
    assert things.get("/elshi/id/person/petra-meyers", accept="image/png").status == 406
    assert things.get("/elshi/id/person/nobody", accept="text/turtle").status == 404
    assert things.get("/elshi/id/person/nobody.ttl").status == 404


def test_the_feed_is_atom_with_the_newest_first(things: Running) -> None:
    from xml.etree import ElementTree

    answer = things.get("/feed.atom", accept_language="en")
    assert (answer.status, answer.media_type) == (200, "application/atom+xml")
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.body)
    assert feed.tag == f"{space}feed"
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    for element in (feed, *feed.iter(f"{space}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{space}{name}")) == 1 and element.findtext(f"{space}{name}"), f"{name} stands once (RFC 4287, 4.1)"
        assert moment.fullmatch(element.findtext(f"{space}updated", ""))
        assert urlsplit(element.findtext(f"{space}id", "")).scheme, "an id is an IRI"
    entries = feed.findall(f"{space}entry")
    assert len(entries) == len({entry.findtext(f"{space}id") for entry in entries}) == 3
    days = [entry.findtext(f"{space}updated", "") for entry in entries]
    assert days == sorted(days, reverse=True) and feed.findtext(f"{space}updated") == days[0]
    assert feed.find(f"{space}author") is not None, "entries without an author have the feed's"
    links = [link.get("href", "") for entry in entries for link in entry.findall(f"{space}link") if link.get("rel") == "alternate"]
    assert [things.get(link.removeprefix(things.url)).status for link in links] == [200] * 3
    (itself,) = [link.get("href") for link in feed.findall(f"{space}link") if link.get("rel") == "self"]
    assert itself == f"{things.url}/feed.atom"
    assert things.get("/feed.atom", accept_language="en", if_none_match=answer.headers["ETag"]).status == 304


def test_the_data_are_described_where_clients_look_for_it(things: Running) -> None:
    led_on = things.get("/.well-known/void")
    assert (led_on.status, led_on.headers["Location"]) == (302, f"{things.url}/void.ttl")
    answer = things.get("/void.ttl")
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    said = {
        (quad.predicate.value.rpartition("#")[2], getattr(quad.object, "value", ""))
        for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)
    }
    assert ("sparqlEndpoint", f"{things.url}/sparql") in said and ("uriSpace", "https://w3id.org/elshi/id/") in said
    assert ("triples", str(things.number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))) in said
    examples = [value for name, value in said if name == "exampleResource"]
    assert examples and all(things.get(value.removeprefix("https://w3id.org")).status == 303 for value in examples)
    assert things.get("/void.ttl", if_none_match=answer.headers["ETag"]).status == 304

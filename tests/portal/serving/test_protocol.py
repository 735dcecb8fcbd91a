"""The query operation of the SPARQL 1.1 Protocol over HTTP, section by section of the specification."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from elshi.tests.portal.serving.asking import DATA, EX, FORM, ODD, SPARQL, Running

ASK = "ASK%20%7B%7D"
EVERYTHING = f"SELECT ?thing ?value {{ ?thing <{EX}value> ?value }} ORDER BY ?thing"
TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


# 2.1.1 to 2.1.3: the three ways to send a query


def test_a_query_may_be_sent_by_get(endpoint: Running) -> None:
    assert endpoint.ask("GET", "/sparql?query=ASK%20%7B%7D").json() == {"head": {}, "boolean": True}


def test_a_query_may_be_sent_by_post_as_a_form(endpoint: Running) -> None:
    assert endpoint.ask("POST", "/sparql", "query=ASK%20%7B%7D", {"Content-Type": FORM}).json()["boolean"]


def test_a_query_may_be_sent_by_post_as_it_is(endpoint: Running) -> None:
    text = 'ASK { BIND("Қазақша & %20 + =" AS ?x) FILTER(STRLEN(?x) = 17) }'
    assert endpoint.ask("POST", "/sparql", text, {"Content-Type": f"{SPARQL}; charset=UTF-8"}).json()["boolean"]


def test_a_form_is_decoded_once(endpoint: Running) -> None:
    text = 'SELECT ("<http://x/a%2Fb>+" AS ?x) {}'
    by_form = endpoint.ask("POST", "/sparql", urlencode({"query": text}), {"Content-Type": FORM, "Accept": "text/csv"})
    assert by_form.text.split() == ["x", "<http://x/a%2Fb>+"] == endpoint.query(text, accept="text/csv").text.split()


@pytest.mark.parametrize("order", [0, 1])
def test_parameters_come_in_any_order(endpoint: Running, order: int) -> None:
    given = [("query", f"ASK {{ <{DATA[1]}> a ?type }}"), ("default-graph-uri", DATA[1])]
    assert endpoint.get("/sparql", given[order:] + given[:order]).json()["boolean"]


def test_the_address_may_end_in_a_slash(endpoint: Running) -> None:
    assert endpoint.ask("POST", "/sparql/", "ASK {}", {"Content-Type": SPARQL}).json()["boolean"]


def test_parameters_of_others_and_empty_ones_are_passed_over(endpoint: Running) -> None:
    assert endpoint.ask("GET", "/sparql?default-graph-uri=&query=ASK%20%7B%7D&timeout=0&&should-sponge").json()["boolean"]


# 2.1.4: the dataset


def test_without_a_dataset_the_default_graph_has_every_triple_once(endpoint: Running) -> None:
    assert endpoint.number(f"SELECT (COUNT(*) AS ?n) {{ <{EX}s> <{EX}p> ?o }}") == 3
    assert endpoint.number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ <{EX}s> <{EX}p> ?o }} }}") == 4


@pytest.mark.parametrize("how", ["GET", "form", "direct"])
def test_default_graphs_of_the_protocol_are_merged(endpoint: Running, how: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graphs = [("default-graph-uri", f"{EX}g1"), ("default-graph-uri", f"{EX}g2")]
    address = "/sparql?" + urlencode([*graphs, ("query", query)] if how == "GET" else graphs if how == "direct" else [])
    body = {"GET": None, "form": urlencode([*graphs, ("query", query)]), "direct": query}[how]
    headers = {"Accept": "text/csv", **({} if how == "GET" else {"Content-Type": FORM if how == "form" else SPARQL})}
    assert endpoint.ask("GET" if how == "GET" else "POST", address.rstrip("?"), body, headers).text.split() == ["n", "3"]


def test_default_graphs_of_the_query_are_merged(endpoint: Running) -> None:
    prologue = f"BASE <{EX}> PREFIX e: <{EX}> "
    assert endpoint.number(prologue + "SELECT (COUNT(*) AS ?n) FROM <g1> FROM e:g2 { ?s ?p ?o }") == 3
    assert (
        endpoint.number(prologue + "SELECT (COUNT(*) AS ?n) FROM <g1> FROM NAMED <g2> FROM e:g2 { ?s ?p ?o GRAPH e:g2 { ?s ?p ?o } }") == 2
    )
    assert endpoint.number(prologue + "SELECT (COUNT(*) AS ?n) FROM <g1> FROM e:g2 { GRAPH ?g { ?s ?p ?o } }") == 0


def test_named_graphs_of_the_protocol_are_the_only_ones(endpoint: Running) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    answer = endpoint.get("/sparql", [("query", query), ("named-graph-uri", DATA[1]), ("named-graph-uri", DATA[2])], accept="text/csv")
    assert answer.text.split() == ["n", "2"]
    assert endpoint.number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"named-graph-uri": DATA[1]}) == 0


def test_the_protocols_dataset_stands_in_place_of_the_querys(endpoint: Running) -> None:
    query = f"SELECT ?s FROM <{DATA[1]}> FROM NAMED <{DATA[3]}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    by_both = endpoint.get("/sparql", {"query": query, "default-graph-uri": DATA[2]}, accept="text/csv")
    assert by_both.text.split() == ["s", DATA[2]]


def test_a_graph_that_is_not_there_is_empty(endpoint: Running) -> None:
    assert endpoint.number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"default-graph-uri": f"{EX}nowhere"}) == 0


def test_a_dataset_needs_whole_iris(endpoint: Running) -> None:
    answer = endpoint.get("/sparql", {"query": "ASK {}", "default-graph-uri": "no iri"})
    assert (answer.status, "IRI of a graph" in answer.text) == (400, True)


# 2.1.5: content negotiation


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_in_every_format_by_accept_and_by_name(endpoint: Running, name: str) -> None:
    by_accept = endpoint.query(EVERYTHING, accept=TABLES[name])
    by_name = endpoint.get("/sparql", {"query": EVERYTHING, "format": name})
    assert (by_accept.status, by_accept.media_type, by_accept.body) == (200, TABLES[name], by_name.body)
    assert by_accept.headers.get_content_charset() in (None, "utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_truth_comes_in_every_format(endpoint: Running, name: str) -> None:
    answer = endpoint.query("ASK {}", accept=TABLES[name])
    assert (answer.status, answer.media_type, "true" in answer.text) == (200, TABLES[name], True)


@pytest.mark.parametrize("query", [f"CONSTRUCT {{ ?s <{EX}is> ?o }} {{ ?s <{EX}value> ?o }}", f"DESCRIBE <{EX}k1> <{EX}k4>"])
@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_comes_in_every_format(endpoint: Running, name: str, query: str) -> None:
    answer = endpoint.query(query, accept=GRAPHS[name])
    assert (answer.status, answer.media_type) == (200, GRAPHS[name])
    triples = {str(quad.triple) for quad in ox.parse(answer.body, format=ox.RdfFormat.from_media_type(GRAPHS[name]))}
    plain = endpoint.get("/sparql", {"query": query, "format": "nt"})
    assert triples == {line.removesuffix(" .") for line in plain.text.splitlines()}
    assert ox.Literal(ODD) in {quad.object for quad in ox.parse(answer.body, format=ox.RdfFormat.from_media_type(GRAPHS[name]))}


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml"),
        ("text/*, application/sparql-results+json;q=0.1", "csv"),
        ("text/csv;q=0, text/*;q=0.3, */*;q=0.1", "tsv"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("text/xml;charset=utf-8;q=0.4, image/png", "xml"),
        ("TEXT/CSV", "csv"),
        ("text/html, application/xhtml+xml;q=0.9, text/csv;q=0.8", None),
    ],
)
def test_what_is_wanted_most_is_given(endpoint: Running, accept: str, given: str | None) -> None:
    assert endpoint.query("SELECT * {}", accept=accept).media_type == (TABLES[given] if given else "text/html")


def test_without_accept_a_table_is_json_and_a_graph_turtle(endpoint: Running) -> None:
    assert endpoint.query("SELECT * {}").media_type == TABLES["json"]
    assert endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }").media_type == GRAPHS["ttl"]


@pytest.mark.parametrize("query", ["SELECT * {}", "DESCRIBE <x:y>"])
def test_a_form_there_is_none_of_is_refused_with_those_there_are(endpoint: Running, query: str) -> None:
    answer = endpoint.query(query, accept="image/png")
    assert (answer.status, "text/" in answer.text, answer.media_type) == (406, True, "text/plain")
    named = endpoint.get("/sparql", {"query": query, "format": "png"})
    assert (named.status, "choose one of" in named.text) == (406, True)


def test_answers_vary_by_accept(endpoint: Running) -> None:
    for answer in (endpoint.query("ASK {}"), endpoint.ask("GET", "/sparql"), endpoint.query("ASK {}", accept="text/html")):
        assert "accept" in answer.headers["Vary"].lower()


# 2.1.6 and the formats: what an answer says


def test_json_has_every_kind_of_term(endpoint: Running) -> None:
    rows = [row["value"] for row in endpoint.query(EVERYTHING).json()["results"]["bindings"]]
    assert rows[:4] == [
        {"type": "literal", "value": "plain"}, {"type": "literal", "xml:lang": "kk", "value": "tagged"},
        {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "5"}, {"type": "uri", "value": f"{EX}iri"},
    ]  # fmt: skip
    assert rows[4]["value"] == ODD


def test_xml_says_what_json_says(endpoint: Running) -> None:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(endpoint.query(EVERYTHING, accept=TABLES["xml"]).body)
    cells = [binding[0] for binding in root.iter(f"{space}binding") if binding.get("name") == "value"]
    assert [cell.tag.removeprefix(space) for cell in cells] == ["literal", "literal", "literal", "uri", "literal"]
    assert cells[1].get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    assert cells[4].text == ODD


def test_csv_quotes_what_it_must_and_ends_lines_as_its_rfc_says(endpoint: Running) -> None:
    answer = endpoint.query(EVERYTHING, accept="text/csv")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert rows[0] == ["thing", "value"]
    assert [row[1] for row in rows[1:]] == ["plain", "tagged", "5", f"{EX}iri", ODD]
    assert answer.text.startswith("thing,value\r\n")


def test_tsv_writes_terms_as_turtle_does(endpoint: Running) -> None:
    lines = endpoint.query(EVERYTHING, accept=TABLES["tsv"]).text.splitlines()
    assert lines[0] == "?thing\t?value"
    cells = [line.split("\t")[1] for line in lines[1:]]
    assert cells[:4] == ['"plain"', '"tagged"@kk', "5", f"<{EX}iri>"]
    read = next(iter(ox.parse(f"<x:s> <x:p> {cells[4]} .".encode(), format=ox.RdfFormat.TURTLE))).object
    assert read == ox.Literal(ODD)


def test_an_unbound_variable_leaves_its_cell_empty(endpoint: Running) -> None:
    query = "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) (UNDEF 2) } }"
    assert [set(row) for row in endpoint.query(query).json()["results"]["bindings"]] == [{"a"}, {"b"}]
    assert endpoint.query(query, accept="text/csv").text == "a,b\r\n1,\r\n,2\r\n"


def test_a_constructed_triple_comes_once(endpoint: Running) -> None:
    answer = endpoint.query(f"CONSTRUCT {{ <{EX}a> <{EX}b> 1 }} {{ GRAPH ?g {{ ?s ?p ?o }} }}", accept=GRAPHS["nt"])
    assert len(answer.text.splitlines()) == 1


def test_relative_iris_are_resolved_against_the_base_of_resources(endpoint: Running) -> None:
    answer = endpoint.query("CONSTRUCT { <person/x> <p> 1 } WHERE {}", accept=GRAPHS["nt"])
    assert answer.text.startswith("<https://w3id.org/elshi/id/person/x> <https://w3id.org/elshi/id/p> ")


def test_prefixes_of_the_graph_need_not_be_declared(endpoint: Running) -> None:
    assert endpoint.truth('ASK { FILTER(STR(person:x) = "https://w3id.org/elshi/id/person/x" && STR(skos:Concept) != "") }')


def test_turtle_declares_the_prefixes_it_uses_and_no_others(endpoint: Running) -> None:
    text = endpoint.query("CONSTRUCT { person:x a skos:Concept } WHERE {}", accept=GRAPHS["ttl"]).text
    assert {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")} == {"person:", "skos:"}


# 2.1.7: what goes wrong


@pytest.mark.parametrize(
    ("method", "address", "body", "content_type", "status"),
    [
        ("PUT", f"/sparql?query={ASK}", None, None, 405),
        ("DELETE", f"/sparql?query={ASK}", None, None, 405),
        ("PATCH", f"/sparql?query={ASK}", None, None, 405),
        ("PROPFIND", f"/sparql?query={ASK}", None, None, 405),
        ("GET", f"/sparql?query={ASK}&query={ASK}", None, None, 400),
        ("POST", "/sparql", f"query={ASK}&query={ASK}", FORM, 400),
        ("POST", f"/sparql?query={ASK}", "ASK {}", SPARQL, 400),
        ("GET", "/sparql?query=", None, None, 400),
        ("GET", "/sparql?default-graph-uri=x:y", None, None, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("POST", "/sparql", "ASK {}", "text/plain", 415),
        ("POST", "/sparql", f"query={ASK}", "multipart/form-data", 415),
        ("POST", "/sparql", f"query={ASK}", None, 415),
        ("POST", "/sparql", "ASK {}", None, 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{SPARQL}; charset=UTF-16", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), SPARQL, 400),
        ("POST", "/sparql", b"ASK { ?x ?y \"\xe9\" }", SPARQL, 400),
        ("GET", "/sparql?query=ASK%20%7B%20%3Fa%20%3Fb%20%22%E9%22%20%7D", None, None, 400),
        ("POST", "/sparql", b"query=%FF", FORM, 400),
        ("GET", "/sparql?query=ASK%20%7B", None, None, 400),
        ("GET", "/sparql?query=nothing", None, None, 400),
        ("GET", "/sparql?query=SELECT%20*%20%7B%20%3Fs%20undeclared%3Ax%20%3Fo%20%7D", None, None, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
        ("POST", "/sparql", "update=CLEAR%20ALL", FORM, 400),
        ("POST", "/sparql", "CLEAR ALL", "application/sparql-update", 415),
        ("GET", "/sparql?query=CLEAR%20ALL", None, None, 400),
        ("POST", "/sparql", "INSERT DATA { <x:a> <x:b> 1 }", SPARQL, 400),
        ("POST", "/sparql", "LOAD <http://127.0.0.1/>", SPARQL, 400),
        ("POST", "/sparql", "ASK {} # " + "x" * (1 << 20), SPARQL, 413),
        ("POST", "/sparql", "ASK " + "{" * 120_000, SPARQL, 413),
    ],
)  # fmt: skip
def test_a_request_that_asks_nothing_is_refused(
    endpoint: Running, method: str, address: str, body: str | bytes | None, content_type: str | None, status: int
) -> None:
    answer = endpoint.ask(method, address, body, {"Content-Type": content_type} if content_type else {})
    assert answer.status == status, answer.text
    assert answer.media_type == "text/plain"
    assert len(answer.text.strip()) > 20 and "\n" not in answer.text.strip(), "a sentence says why"
    assert ("Allow" in answer.headers) == (status == 405)
    if status == 405:
        assert {each.strip() for each in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_syntax_error_is_told_with_its_place(endpoint: Running) -> None:
    assert "error at 2:" in endpoint.query("ASK {\n?s ?p }").text


def test_to_a_browser_a_mistake_is_a_page_with_the_query_still_there(endpoint: Running) -> None:
    answer = endpoint.query("ASK { broken", accept="text/html")
    assert (answer.status, answer.media_type, "ASK { broken" in answer.text) == (400, "text/html", True)


# Beside the protocol: HTTP


def test_head_says_what_get_would(endpoint: Running) -> None:
    address = f"/sparql?query={ASK}"
    head, got = endpoint.ask("HEAD", address), endpoint.ask("GET", address)
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(got.body)))
    assert head.media_type == got.media_type and head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("address", ["/sparql", "/", "/reconcile", "/search"])
def test_options_tells_the_methods(endpoint: Running, address: str) -> None:
    answer = endpoint.ask("OPTIONS", address)
    assert answer.status in (200, 204) and "GET" in answer.headers["Allow"]


def test_an_answer_is_sent_compressed_to_who_takes_it(endpoint: Running) -> None:
    import gzip

    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    plain, packed = endpoint.query(query), endpoint.query(query, accept_encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body) / 4
    assert "accept-encoding" in packed.headers["Vary"].lower()


def test_who_has_the_answer_already_is_not_sent_it_again(endpoint: Running) -> None:
    first = endpoint.query("ASK {}")
    tag = first.headers["ETag"]
    for given in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = endpoint.query("ASK {}", if_none_match=given)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
        assert "Accept" in again.headers["Vary"]
    assert endpoint.query("ASK {}", if_none_match='"other"').status == 200
    assert endpoint.query("ASK {}", if_none_match=tag, accept="text/csv").status == 200
    assert endpoint.query("ASK { }", if_none_match=tag).status == 200


def test_what_differs_from_time_to_time_has_no_tag(endpoint: Running) -> None:
    assert "ETag" not in endpoint.query("SELECT (NOW() AS ?t) {}").headers
    assert "ETag" not in endpoint.query("SELECT (struuid() AS ?t) {}").headers


def test_connections_are_kept(endpoint: Running) -> None:
    connection = endpoint.connection()
    for _ in range(3):
        connection.request("GET", f"/sparql?query={ASK}")
        assert json.loads(connection.getresponse().read())["boolean"]
    connection.close()


def test_a_long_query_may_be_sent_by_get(endpoint: Running) -> None:
    values = " ".join(f"<{EX}{n}>" for n in range(4000))
    assert endpoint.ask("GET", "/sparql?query=" + quote(f"ASK {{ VALUES ?x {{ {values} }} }}")).json()["boolean"]

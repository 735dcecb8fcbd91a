"""The requests of the W3C's SPARQL 1.1 protocol test suite, with what it expects; its updates are refused here, as the server only reads."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

import pytest

from elshi.tests.portal.serving.asking import DATA, FORM, SPARQL, Running

TRUTH = {"application/sparql-results+json", "application/sparql-results+xml"}
TABLE = TRUTH | {"text/csv", "text/tab-separated-values"}
RDF = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
UPDATE = "application/sparql-update"
D0, D1, D2, D3 = (quote(iri, safe="") for iri in DATA)
NAMED = f"GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }}"
BOTH = f"<{DATA[1]}> a ?type . <{DATA[2]}> a ?type ."


class Case(NamedTuple):
    """A request, and what is expected: media types of a success, none for a refusal."""

    name: str
    method: str
    query_string: str = ""
    body: str = ""
    content_type: str | None = None
    expected: set[str] | None = None
    encoding: str = "utf-8"


QUERIES = [
    Case("query_post_form", "POST", f"default-graph-uri={D0}", "query=ASK%20%7B%7D", FORM, TRUTH),
    Case("query_dataset_default_graphs_get", "GET", f"query={quote(f'ASK {{ {BOTH} }}')}&default-graph-uri={D1}&default-graph-uri={D2}", expected=TRUTH),
    Case("query_dataset_default_graphs_post", "POST", f"default-graph-uri={D1}&default-graph-uri={D2}", f"ASK {{ {BOTH} }}", SPARQL, TRUTH),
    Case("query_dataset_named_graphs_post", "POST", f"named-graph-uri={D1}&named-graph-uri={D2}", f"ASK {{ {NAMED} }}", SPARQL, TRUTH),
    Case("query_dataset_named_graphs_get", "GET", f"query={quote(f'ASK {{ {NAMED} }}')}&named-graph-uri={D1}&named-graph-uri={D2}", expected=TRUTH),
    Case("query_dataset_full", "POST", f"default-graph-uri={D3}&named-graph-uri={D1}&named-graph-uri={D2}",
         f"ASK {{ <{DATA[3]}> a ?type {NAMED} }}", SPARQL, TRUTH),
    Case("query_multiple_dataset", "POST", f"named-graph-uri={D1}&named-graph-uri={D2}", f"ASK FROM <{DATA[3]}> {{ {NAMED} }}", SPARQL, TRUTH),
    Case("query_get", "GET", f"query=ASK%20%7B%7D&default-graph-uri={D0}", expected=TRUTH),
    Case("query_content_type_select", "POST", f"default-graph-uri={D0}", "SELECT (1 AS ?value) {}", SPARQL, TABLE),
    Case("query_content_type_ask", "POST", f"default-graph-uri={D0}", "ASK {}", SPARQL, TRUTH),
    Case("query_content_type_describe", "POST", f"default-graph-uri={D0}", "DESCRIBE <http://example.org/>", SPARQL, RDF),
    Case("query_content_type_construct", "POST", f"default-graph-uri={D0}", "CONSTRUCT { <s> <p> 1 } WHERE {}", SPARQL, RDF),
    Case("query_post_direct", "POST", "", "ASK {}", SPARQL, TRUTH),
]  # fmt: skip
REFUSED = [
    Case("bad_query_method", "PUT", f"query=ASK%20%7B%7D&default-graph-uri={D0}", "", FORM),
    Case("bad_multiple_queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    Case("bad_query_wrong_media_type", "POST", "", "ASK {}", "text/plain"),
    Case("bad_query_missing_form_type", "POST", "", "query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "POST", "", "ASK {}"),
    Case("bad_query_non_utf8", "POST", "", "ASK {}", f"{SPARQL}; charset=UTF-16", encoding="utf-16"),
    Case("bad_query_syntax", "GET", "query=ASK%20%7B"),
    Case("bad_update_get", "GET", "update=CLEAR%20ALL"),
    Case("bad_multiple_updates", "POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    Case("bad_update_wrong_media_type", "POST", "", "CLEAR NAMED", "text/plain"),
    Case("bad_update_missing_form_type", "POST", "", "update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", "POST", "", "CLEAR NAMED", f"{UPDATE}; charset=UTF-16", encoding="utf-16"),
    Case("bad_update_syntax", "POST", "", "update=CLEAR%20XYZ", FORM),
    Case("bad_update_dataset_conflict", "POST", "using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
         "WITH <http://example/addresses> DELETE { ?p ?q 'Bill' } INSERT { ?p ?q 'William' } WHERE { ?p ?q 'Bill' }", UPDATE),
    # What the suite expects to be done, where a server takes updates
    Case("update_dataset_default_graph", "POST", f"using-graph-uri={D1}", "INSERT { <x:s> <x:p> ?s } WHERE { ?s ?p ?o }", UPDATE),
    Case("update_post_form", "POST", "", "update=CLEAR+ALL", FORM),
    Case("update_post_direct", "POST", "", "CLEAR ALL", UPDATE),
    Case("update_base_uri", "POST", "", "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> <test> } }", UPDATE),
]  # fmt: skip


@pytest.mark.parametrize("case", [*QUERIES, *REFUSED], ids=lambda case: case.name)
def test_the_suite_passes(endpoint: Running, case: Case) -> None:
    headers = {"Content-Type": case.content_type} if case.content_type else {}
    address = "/sparql/" + (f"?{case.query_string}" if case.query_string else "")
    answer = endpoint.ask(case.method, address, case.body.encode(case.encoding) if case.method != "GET" else None, headers)
    if case.expected is None:
        assert 400 <= answer.status < 500, answer.text
        return
    assert answer.status == 200, answer.text
    assert answer.media_type in case.expected
    if case.expected is TRUTH:
        assert answer.json()["boolean"] is True


def test_nothing_was_written(endpoint: Running) -> None:
    assert endpoint.truth(f"ASK {{ GRAPH <{DATA[1]}> {{ <{DATA[1]}> a ?type }} }}")

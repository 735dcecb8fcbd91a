"""Answers keep their values in every form, and other readers can read them."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from elshi.queries.formats import FORMATS, FormatError, write
from elshi.store.base import Answer, Row, Table, Term, Triples

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = [
    Term("iri", "https://schema.org/Person"), Term("literal", 'tab\t "quote" \\ line\nend', "kk"), Term("literal", "a|b, <c> & d"),
    Term("literal", "5", None, f"{XSD}integer"), Term("literal", "0.5", None, f"{XSD}decimal"), Term("literal", "2026-03", None, f"{XSD}gYearMonth"),
    Term("bnode", "b0"), None,
]  # fmt: skip
ROWS: list[Row] = [(value, Term("literal", str(number))) for number, value in enumerate(VALUES)]


def written(answer: Answer, format: str | None = None) -> str:
    out = io.StringIO(newline="")
    write(answer, out, format=format, prefixes={"schema": "https://schema.org/"})
    return out.getvalue()


def table() -> Table:
    return Table(("value", "n"), iter(ROWS))


@pytest.mark.parametrize(("name", "syntax"), [
    ("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV),
])  # fmt: skip
def test_the_standard_forms_are_read_back_by_another_reader(name: str, syntax: ox.QueryResultsFormat) -> None:
    results = ox.parse_query_results(written(table(), name).encode(), format=syntax)
    assert isinstance(results, ox.QuerySolutions)
    for row, (value, _) in zip(results, ROWS, strict=True):
        found = row["value"]
        assert (found is None) == (value is None)
        if value is not None and found is not None and value.kind != "bnode":
            assert found.value == value.value
            assert getattr(found, "language", None) == value.lang


def test_csv_holds_the_bare_values() -> None:
    rows = list(csv.reader(io.StringIO(written(table(), "csv"), newline="")))
    assert rows[0] == ["value", "n"]
    assert [row[0] for row in rows[1:]] == ["" if v is None else f"_:{v.value}" if v.kind == "bnode" else v.value for v in VALUES]


def test_json_lines_have_numbers_as_numbers() -> None:
    lines = [json.loads(line)["value"] for line in written(table(), "jsonl").splitlines()]
    assert lines[3:5] == [5, 0.5]
    assert lines[-1] is None


def test_a_row_of_a_markdown_or_plain_table_stays_one_line() -> None:
    assert len(written(table(), "md").splitlines()) == len(ROWS) + 2
    assert len(written(table(), "table").splitlines()) == len(ROWS) + 2
    assert "a\\|b" in written(table(), "md")
    assert "schema:Person" in written(table())


@pytest.mark.parametrize("truth", [True, False])
def test_yes_and_no_have_every_form_of_a_table(truth: bool) -> None:
    assert json.loads(written(truth, "json"))["boolean"] is truth
    assert ElementTree.fromstring(written(truth, "xml"))[1].text == str(truth).lower()
    assert written(truth).strip() == ("yes" if truth else "no")


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld"])
def test_triples_are_read_back_from_every_form(name: str) -> None:
    line = '<https://schema.org/a> <https://schema.org/name> "Елші"@kk .'
    format = ox.RdfFormat.from_media_type(FORMATS[name].media_type)
    (quad,) = ox.parse(written(Triples([line]), name).encode(), format=format)
    assert f"{quad.triple} ." == line


def test_an_answer_without_that_form_is_refused_with_those_it_has() -> None:
    with pytest.raises(FormatError, match="csv"):
        written(table(), "ttl")
    with pytest.raises(FormatError, match="ttl"):
        written(Triples([]), "csv")
    with pytest.raises(FormatError, match="choose one of table"):
        written(table(), "docx")

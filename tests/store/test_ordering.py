"""Rows that are put in order here come in the order that Oxigraph itself would give."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from elshi.store.base import Table
from elshi.store.ordering import MOST, order_of
from elshi.store.oxigraph import answer

P = "https://example.org/"
VALUES = {
    "iri": lambda draw: f"<{P}{draw.choice('abzЖқ')}{draw.randrange(9)}>",
    "text": lambda draw: f'"{draw.choice(["", "б", "Б", "e", "é", "ғ", "z", "😀", "￿"])}{draw.randrange(3)}"',
    "name": lambda draw: f'"{draw.choice(["Алматы", "алма", "Lund"])}"@{draw.choice(["kk", "ru", "en"])}',
    "number": lambda draw: str(draw.randrange(-12, 120)),
    "day": lambda draw: f'"20{draw.randrange(10, 30)}-0{draw.randrange(1, 10)}-11"^^<http://www.w3.org/2001/XMLSchema#date>',
    "share": lambda draw: f'"0.{draw.randrange(1, 99)}"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    "mixed": lambda draw: draw.choice(["1", '"1"', f"<{P}1>", '"1"@en', "2.5"]),
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Two hundred things with a value of each kind, one in seven of them without."""
    draw, made = random.Random(5), ox.Store()
    for thing in range(200):
        for kind, value in VALUES.items():
            if draw.randrange(7):
                made.update(f"INSERT DATA {{ <{P}thing/{thing}> <{P}{kind}> {value(draw)} }}")
    return made


def asked(keys: str, end: str = "", select: str = "*") -> str:
    wanted = " ".join(f"OPTIONAL {{ ?thing <{P}{kind}> ?{kind} }}" for kind in VALUES)
    return f"SELECT {select} WHERE {{ ?thing ?any ?value {wanted} }}\nORDER BY {keys} {end}"


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("way", ["?{} ?thing", "DESC(?{}) DESC( ?thing )", "ASC(?{})?thing"])
def test_the_order_is_that_of_the_engine(store: ox.Store, kind: str, way: str) -> None:
    keys = way.format(kind)
    text = asked(keys, "LIMIT 90 OFFSET 20", f"DISTINCT ?{kind} ?thing")
    found, wanted = answer(store, text, {}, order=True), answer(store, text, {})
    assert isinstance(found, Table) and isinstance(wanted, Table)
    assert found.columns == wanted.columns and list(found.rows) == list(wanted.rows)


@pytest.mark.parametrize("kind", sorted(VALUES.keys() - {"share", "mixed"}))
def test_columns_of_one_plain_kind_are_put_in_order_here(store: ox.Store, kind: str) -> None:
    order = order_of(asked(f"?{kind} ?thing"))
    assert order
    rows = answer(store, order.rest, {})
    assert isinstance(rows, Table) and order.of(rows.rows, rows.columns)


@pytest.mark.parametrize("kind", ["share", "mixed"])
def test_other_columns_are_left_to_the_engine(store: ox.Store, kind: str) -> None:
    order = order_of(asked(f"?{kind}"))
    assert order
    rows = answer(store, order.rest, {})
    assert isinstance(rows, Table) and order.of(rows.rows, rows.columns) is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?a ?b ?c }",
        "SELECT * WHERE { { SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a LIMIT 3 } }",
        "SELECT * WHERE { ?a ?b ?c } ORDER BY STR(?a)",
        "SELECT * WHERE { ?a ?b ?c } ORDER BY ?a VALUES ?b { <urn:x> }",
        "SELECT * WHERE { ?a ?b ?c } # ORDER BY ?a",
        "SELECT * WHERE { ?a ?b ?c } ORDER BY ?a LIMIT 3 LIMIT 4",
    ],
)
def test_what_is_no_plain_order_of_the_whole_is_left_to_the_engine(text: str) -> None:
    assert order_of(text) is None


def test_of_very_many_rows_and_of_variables_that_are_not_asked_for_the_order_is_left_to_the_engine() -> None:
    order = order_of("SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a")
    assert order and order.of([(None,)] * (MOST + 1), ["a"]) is None
    assert order.of([(None,)] * 2, ["b"]) is None and order.of([(None,)] * 2, ["a"]) == [(None,), (None,)]

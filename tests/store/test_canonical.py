"""Lines that are taken for canonical without a second look are what a store would make of them."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from elshi.store.base import StoreError
from elshi.store.canonical import canonical, canonical_lines

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = (
    "0",
    "-0",
    "5",
    "05",
    "+5",
    "-7",
    "0.50",
    "0.5",
    "-0.5",
    "1.0",
    "1.",
    ".5",
    "12345678901234567890",
    "0.1234567890123456789",
    "1e3",
    "",
)
DAYS = (
    "2026-03-04",
    "2026-3-4",
    "2026-02-30",
    "2026-13-01",
    "0999-01-01",
    "-2026-01-01",
    "2026-03-04Z",
    "2026-03",
    "2026",
    "2026-13",
    "26",
)
MOMENTS = ("2026-03-04T10:00:00Z", "2026-03-04T10:00:00.000Z", "2026-03-04T10:00:00+00:00", "2026-03-04T24:00:00Z", "2026-03-04T10:00:00")
TYPED = [
    f'"{value}"^^<{XSD}{name}>'
    for names, values in (
        (("integer", "decimal", "int", "nonNegativeInteger", "double", "string"), NUMBERS),
        (("date", "gYearMonth", "gYear"), DAYS),
        (("dateTime", "dateTimeStamp"), MOMENTS),
        (("boolean",), ("true", "false", "1", "0", "True")),
        (("duration",), ("PT60S", "P1D")),
    )
    for name in names
    for value in values
]
SIGNS = [
    f'"a{chr(code)}b"'
    for code in (*range(0x20), *range(0x7E, 0xA1), 0xD7FF, 0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F680)
    if code not in (10, 13)
]
TEXTS = ['"a"@en', '"a"@EN', '"a"@kk-KZ', '"a"@en-x-y', r'"\u0061"', r'"\""', r'"\t"', r'"\n\r\\"', r'"\b"', '""', '"a > <x> ."', "_:b1"]
IRIS = [
    "<https://e.org/%41?a=b#c>",
    "<HTTPS://e.org/>",
    "<https://e.org:80>",
    "<urn:a:b>",
    "<https://e.org/қ>",
    r"<https://e.org/\u0061>",
    "<https://h/?a/b?c>",
]


@pytest.mark.parametrize("term", [*TYPED, *SIGNS, *TEXTS, *IRIS])
def test_a_line_is_written_as_the_store_writes_it(term: str) -> None:
    rows = f"<https://e.org/s> <https://e.org/p> {term} <https://e.org/g> .\n"
    store = ox.Store()
    store.load(rows, format=ox.RdfFormat.N_QUADS)
    (line,) = canonical_lines(rows)
    if not term.startswith("_"):
        assert line == "".join(f"{quad} .\n" for quad in store)
    assert line == "".join(f"{quad} .\n" for quad in canonical(rows))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_lines_there_are_they_are_those_of_the_store_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    terms = [*TYPED, *SIGNS, *TEXTS, *IRIS]
    rows = "".join(
        f"<https://e.org/{chance.randrange(3)}> <https://e.org/p> {chance.choice(terms)} {chance.choice(['<https://e.org/g> ', '<https://e.org/h> ', '<x:g> ', ''])}.\n"
        for _ in range(30)
    )
    assert canonical_lines(rows).keys() == {f"{quad} .\n" for quad in canonical(rows)}
    assert set(canonical_lines(rows).values()) == {getattr(quad.graph_name, "value", "") for quad in canonical(rows)}


@pytest.mark.parametrize(
    "broken", ["<https://e.org/s> <https://e.org/p> .", "<https://e.org/a b> <x:p> <x:o> <x:g> .", '<x:s> <x:p> "a" <x:g>', "nothing"]
)
def test_what_is_no_n_quads_is_refused(broken: str) -> None:
    sound = "<https://e.org/s> <https://e.org/p> <https://e.org/o> <https://e.org/g> .\n"
    for rows in (broken, sound + broken, broken + "\n" + sound):
        with pytest.raises(StoreError, match="this is not N-Quads"):
            canonical_lines(rows)

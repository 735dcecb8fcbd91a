"""A small store made of readings by hand: one story in two languages, what came of it, and a second version of a release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from elshi.ingest.model import Cooperation, Entity, Event, Mention, Position, Reading, Release
from elshi.ontology.mapping import authority_rows, graph_iri, rows
from elshi.shapes.validate import validate
from elshi.store.base import View, open_writer
from elshi.store.intake import IntoStore, Product
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine

EN = """Ambassador visits Ghent
Kazakhstan's Ambassador to Belgium Aida Omarova met Petra Meyers, Rector of Ghent University, on 10 February 2026.
Kazakhstan and Ghent University plan joint space projects.
The Space Lab of the Faculty of Engineering takes part."""
KZ, BE, UGENT = "place/kz", "place/be", "organization/ror-00cv9y106"
OMAROVA, MEYERS = "person/aida-omarova", "person/petra-meyers"
FACULTY, LAB = "organization/ror-00cv9y106-engineering", "organization/ror-00cv9y106-engineering-space-lab"
NAMES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (KZ, "Country", "Kazakhstan", {"country": "KZ"}),
    (BE, "Country", "Belgium", {"country": "BE"}),
    (UGENT, "University", "Ghent University", {"country": "BE", "same_as": ("https://ror.org/00cv9y106",)}),
    (OMAROVA, "Person", "Aida Omarova", {}),
    (MEYERS, "Person", "Petra Meyers", {}),
    (FACULTY, "Faculty", "Faculty of Engineering", {"country": "BE", "part_of": UGENT}),
    (LAB, "ResearchCentre", "Space Lab", {"country": "BE", "part_of": FACULTY}),
)


def quoted(text: str, part: str, kind: str = "sentence") -> tuple[Mention, ...]:
    start = text.index(part)
    return (Mention(start, start + len(part), part, kind, 0.9, "rule:hand/1"),)


def later() -> Reading:
    """Three months on: a new ambassador, and what was considered is planned."""
    first, second = EN.split("\n")[1:3]
    entities = tuple(
        Entity(key, kind, ((name, "en"),), quoted(EN, name, kind), **more)
        for key, kind, name, more in NAMES
    )
    return Reading(
        Release("d01-en", "en", EN.split("\n")[0], EN, sha256(EN.encode()).hexdigest(), "d01.en.txt", issued="2026-02-11"),
        entities,
        positions=(Position("p1", OMAROVA, "ambassador", quoted(EN, first), None, KZ, BE),),
        events=(Event("e1", "Meeting", quoted(EN, first), (OMAROVA, MEYERS), (KZ, UGENT), "2026-02-10"),),
        cooperations=(Cooperation("c1", (KZ, UGENT), "planned", quoted(EN, second), ("space",)),),
    )


def revised(reading: Reading) -> Reading:
    """The release as put right by its publisher: 14 students, not 12; nothing of a figure about the forum."""
    text = reading.release.text.replace(" 12 ", " 14 ")
    release = replace(reading.release, text=text, sha256=sha256(text.encode()).hexdigest())
    figures = tuple(replace(s, value="14") if s.value == "12" else s for s in reading.statistics if s.id != "s3")

    def requoted(facts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(f, evidence=tuple(replace(m, text=text[m.start : m.end]) for m in f.evidence)) for f in facts)

    return replace(reading, release=release, statistics=requoted(figures), dates=requoted(reading.dates))


def product(reading: Reading) -> Product:
    graph = rows(reading)
    report = validate(graph)
    assert report.conforms, report.violations
    return Product(reading, graph_iri(reading.release), graph, authority_rows(reading.entities), report)


@pytest.fixture(scope="session")
def sample(reading_kk: Reading, reading_ru: Reading) -> Iterator[View]:
    """The sample store; the Russian version was revised on the second day."""
    with open_writer("memory:") as store:
        for day, readings in ((1, (reading_kk, reading_ru, later())), (2, (revised(reading_ru),))):
            intake = IntoStore(store, Quarantine(None), Run(f"2026-03-0{day}T00:00:00Z", "hand", "by hand"))
            assert [intake.take(product(reading)) for reading in readings] == ["stored"] * len(readings)
            intake.finish()
        yield store

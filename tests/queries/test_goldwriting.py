"""A release written as gold says what the release says, so that it scores in full against itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elshi.ingest.model import Reading
from elshi.ontology.mapping import release_iri
from elshi.queries.evaluation import evaluate
from elshi.queries.goldwriting import reviewed, story_of
from elshi.queries.lookup import EntityNotFound
from elshi.store.base import open_writer
from elshi.store.curator import Curator
from elshi.store.decisions import Decision
from elshi.store.stories import Stories
from elshi.stories.index import Index


def test_a_story_written_from_a_release_is_met_by_that_release(reading_kk: Reading, take: Callable[..., None]) -> None:
    with open_writer("memory:") as store:
        take(store, 4, reading_kk)
        story, name, text = story_of(store, release_iri(reading_kk.release))
        assert (story["id"], story["versions"], name, text) == ("d00-kk", ["kk"], "d00-kk.kk.txt", reading_kk.release.text)
        assert {kind: len(story[kind]) for kind in ("persons", "organisations", "places", "positions", "events", "agreements", "statistics")} == {
            "persons": 2, "organisations": 3, "places": 3, "positions": 2, "events": 3, "agreements": 1, "statistics": 4,
        }  # fmt: skip
        (university,) = (body["id"] for body in story["organisations"] if body["name"]["kk"] == "Гент университеті")
        assert {
            "about": university,
            "measure": "students",
            "value": 50000,
            "approximate": True,
            "from_country": None,
            "year": None,
        } in story["statistics"]
        (meeting,) = (event for event in story["events"] if event["kind"] == "Meeting")
        assert (meeting["date"], meeting["date_stated"], meeting["participants"]) == ("2025-11-17", True, ["p1", "p2"])
        story["id"] = "d00"  # the release in the store is called d00.kk.txt
        scores = evaluate(store, [story])
    assert scores.absent == []
    assert {slot for (_, slot), counts in scores.counts.items() if counts.wanted and counts.f1 < 1} == set()
    themes = scores.themes["kk", "events"]
    assert 0 < themes.wanted == themes.found == themes.hits


def test_only_what_was_decided_about_is_reviewed(reading_kk: Reading, reading_ru: Reading, take: Callable[..., None]) -> None:
    with open_writer("memory:") as store:
        take(store, 4, reading_kk, reading_ru)
        assert reviewed(store) == []
        curator = Curator(store, Stories(store, Index(None)))
        curator.decide(
            Decision("relabelled", ("https://w3id.org/elshi/id/person/petra-meyers",), "A", "2026-03-05T00:00:00Z", label=("П. М.", "ru"))
        )
        assert reviewed(store) == [release_iri(reading_ru.release)]


def test_there_is_no_story_of_a_release_that_is_not_there() -> None:
    with open_writer("memory:") as store, pytest.raises(EntityNotFound):
        story_of(store, "https://w3id.org/elshi/id/release/none")

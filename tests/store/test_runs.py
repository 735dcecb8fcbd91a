"""A run leaves a report that tells whether it came to its end; one that did not is taken up."""

from __future__ import annotations

import json
import time
from pathlib import Path

from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.catalogue import bind, saved
from elshi.store.base import Table, Writer, open_writer
from elshi.store.intake import IntoStore
from elshi.store.moments import now
from elshi.store.provenance import Run, finish
from elshi.store.quarantine import Quarantine
from elshi.store.runs import KEPT, Journal, interrupted

DAY = "2026-03-04T00:00:00Z"


def test_a_run_that_noted_its_end_is_not_taken_up(tmp_path: Path) -> None:
    with Journal(str(tmp_path), DAY, ["a.txt"], {"lang": "kk"}) as journal:
        journal.note('{"name": "a.txt", "state": "stored", "key": "1"}')
        assert interrupted(str(tmp_path)) is not None, "while it goes on it looks like one that was broken off"
        journal.end({"stored": 1}, DAY)
    assert interrupted(str(tmp_path)) is None


def test_a_run_that_was_broken_off_tells_what_it_was_asked_and_how_far_it_came(tmp_path: Path) -> None:
    with Journal(str(tmp_path), DAY, ["a.txt", "b.txt"], {"lang": "kk"}) as journal:
        journal.note('{"name": "a.txt", "state": "failed", "key": ""}')
        journal.note('{"name": "b.txt", "st')  # cut off by the kill
    broken = interrupted(str(tmp_path))
    assert broken is not None
    assert (broken.started, broken.sources, broken.options, broken.settled) == (DAY, ("a.txt", "b.txt"), {"lang": "kk"}, 1)


def test_a_run_that_is_taken_up_goes_on_in_its_own_journal(tmp_path: Path) -> None:
    for ends in (False, True):
        with Journal(str(tmp_path), DAY, ["a.txt"], {}) as journal:
            if ends:
                journal.end({"stored": 1}, DAY)
    assert interrupted(str(tmp_path)) is None
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_old_journals_make_room(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        Journal(str(tmp_path), f"2026-03-04T00:{number // 60:02}:{number % 60:02}Z", [], {}).__exit__(None, None, None)
    kept = sorted(path.name for path in (tmp_path / "runs").iterdir())
    assert len(kept) == KEPT + 1
    assert kept[-1] == "20260304T000144Z.jsonl"


def test_a_store_elsewhere_keeps_no_journal() -> None:
    with Journal("memory:", DAY, [], {}) as journal:
        journal.note("{}")
    assert interrupted("memory:") is None


def counted(store: Writer) -> list[dict[str, str | None]]:
    answer = store.query(bind(saved("runs"), {}), prefixes=prefixes())
    assert isinstance(answer, Table)
    return [dict(zip(answer.columns, (term and term.value for term in row), strict=True)) for row in answer.rows]


def test_every_run_is_an_activity_whose_counts_add_up_to_its_inputs() -> None:
    with open_writer("memory:") as store:
        intake = IntoStore(store, Quarantine(None), Run(DAY, "rules", "elshi"))
        intake.finish({"stored": 0, "unchanged": 30, "quarantined": 2, "failed": 1})
        (run,) = counted(store)
        assert [run[state] for state in ("stored", "unchanged", "quarantined", "failed")] == ["0", "30", "2", "1"]
        assert run["ended"] is not None


def test_runs_that_begin_within_one_second_are_runs_of_their_own() -> None:
    with open_writer("memory:") as store:
        for _ in range(3):
            IntoStore(store, Quarantine(None), Run(now(), "rules", "elshi")).finish({"unchanged": 1})
            time.sleep(0.002)
        assert len(counted(store)) == 3


def test_a_run_that_ends_twice_has_the_counts_of_the_last_time() -> None:
    run = Run(DAY, "rules", "elshi")
    with open_writer("memory:") as store:
        finish(store, run, {"stored": 1, "failed": 3}.items(), now=DAY)
        finish(store, run, {"stored": 4, "failed": 0}.items(), now="2026-03-04T01:00:00Z")
        (row,) = counted(store)
        assert (row["stored"], row["failed"], row["ended"]) == ("4", "0", "2026-03-04T01:00:00Z")


def test_a_journal_names_no_run_of_the_graph_and_the_graph_no_source_of_the_journal(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    with open_writer(location) as store, Journal(location, DAY, [str(tmp_path / "secret.txt")], {}) as journal:
        IntoStore(store, Quarantine(None), Run(DAY, "rules", "elshi"), noted=journal.end).finish({"stored": 0})
        said = "\n".join(store.quads(f"{BASE_IRI}graph/provenance"))
    assert "secret" not in said and str(tmp_path) not in said
    (path,) = (tmp_path / "store" / "runs").iterdir()
    assert [sorted(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == [
        ["options", "sources", "started"],
        ["ended", "stored"],
    ]

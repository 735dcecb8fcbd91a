"""A run killed at any moment leaves a store that opens and holds whole releases only, and the next run completes it."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from elshi import resource
from elshi.store.base import open_view, open_writer

#: How many kills; more of them with `ELSHI_KILLS=200 python3 dev.py test tests/test_crash.py`.
KILLS = int(os.environ.get("ELSHI_KILLS", "3"))
SAMPLES = str(resource("data/samples").joinpath("d0[1-3].*.txt"))
COUNT = 9
#: IRIs of what several releases may tell of.
NAMES = re.compile(r"<https://w3id\.org/elshi/id/(?:person|event|agreement|cooperation|statistic|mention)/[^>]*>")
STATES = ("stored", "unchanged", "quarantined", "failed")
#: A run of the real flow over readings made before, so that a kill falls into the writing and not into loading a model.
RUN = """
import sys
from elshi.flow import Options, ingest_sources
from elshi.ingest.model import Reading
from elshi.store.base import open_writer
from elshi.store.intake import IntoStore
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine
from elshi.store.runs import Journal
readings = {r.release.source_name: r for r in map(Reading.from_json, open(sys.argv[2], encoding="utf-8"))}
with open_writer(sys.argv[1]) as writer, Journal(sys.argv[1], "2026-03-04T00:00:00Z", [sys.argv[3]], {}) as journal:
    print("ready", flush=True)
    run = Run("2026-03-04T00:00:00Z", "rules", "elshi")
    intake = IntoStore(writer, Quarantine.of(sys.argv[1]), run, noted=journal.end)
    told = []
    def tell(outcome):
        journal.note(outcome.to_json())
        told.append(outcome)
        if len(told) == int(sys.argv[4]):
            print("there", flush=True)
            sys.stdin.read()
    summary = ingest_sources([sys.argv[3]], intake, Options(), reads=lambda release: readings[release.source_name], tell=tell)
print(summary.stored, summary.unchanged, summary.quarantined, summary.failed)
"""


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The readings of all samples, as `elshi extract` writes them."""
    path = tmp_path_factory.mktemp("crash") / "readings.jsonl"
    subprocess.run([sys.executable, "-m", "elshi", "extract", SAMPLES, "--jobs", "1", "-q", "-o", str(path)], check=True)
    return path


def begun(location: Path, readings: Path, *, halt: int = -1) -> subprocess.Popen[str]:
    """A run that has opened its store and begins to write; it stands still once `halt` inputs have met their end."""
    command = [sys.executable, "-c", RUN, str(location), str(readings), SAMPLES, str(halt)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def ended(process: subprocess.Popen[str]) -> list[int]:
    """How many inputs ended in which state."""
    out, _ = process.communicate()
    assert process.returncode == 0
    return [int(word) for word in out.split()]


def graphs(location: Path) -> dict[str, list[str]]:
    with open_view(str(location)) as view:
        return {graph: sorted(view.quads(graph)) for graph in view.graphs() if not graph.endswith("graph/provenance")}


def masked(quads: list[str]) -> list[str]:
    """What a release says whatever its things are called, since that hangs on the other releases that tell of them."""
    return sorted(NAMES.sub("<>", quad) for quad in quads)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, readings: Path) -> tuple[dict[str, list[str]], float]:
    """The graphs of a run that nobody disturbed, and how long it wrote."""
    location = tmp_path_factory.mktemp("calm") / "store"
    with begun(location, readings) as process:
        start = time.monotonic()
        assert ended(process) == [COUNT, 0, 0, 0]
    return graphs(location), time.monotonic() - start


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_leaves_whole_releases_and_is_completed_by_the_next(
    number: int, tmp_path: Path, readings: Path, calm: tuple[dict[str, list[str]], float]
) -> None:
    whole, seconds = calm
    with begun(tmp_path / "store", readings) as process:
        time.sleep(random.Random(number).random() * seconds)
        os.kill(process.pid, signal.SIGKILL)
    left = graphs(tmp_path / "store")
    releases = [graph for graph in left if any("ontology#Release>" in quad for quad in left[graph])]
    assert all(masked(left[graph]) == masked(whole[graph]) for graph in releases), "no half release"
    with open_writer(str(tmp_path / "store")) as store:
        merged = store.query("ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }")
        unmerged = store.query("ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }")
    assert (merged, unmerged) == (False, False), "the merged graph holds what the named ones hold"
    with begun(tmp_path / "store", readings) as again:
        assert sum(ended(again)) == COUNT, "every input is accounted for"
    assert graphs(tmp_path / "store") == whole
    (journal,) = (tmp_path / "store" / "runs").iterdir()
    end = json.loads(journal.read_text("utf-8").splitlines()[-1])
    assert sum(end[state] for state in STATES) == COUNT


def test_a_run_that_is_taken_up_counts_what_it_had_stored_before_it_was_broken_off(tmp_path: Path, readings: Path) -> None:
    with begun(tmp_path / "store", readings, halt=3) as process:
        assert process.stdout and process.stdout.readline() == "there\n"
        os.kill(process.pid, signal.SIGKILL)
    with begun(tmp_path / "store", readings) as again:
        assert ended(again) == [COUNT, 0, 0, 0]

"""The benchmarks run on data that is the same every time, and every question has an answer in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import elshi
from elshi.benchmarks import speed
from elshi.benchmarks.synthetic import QUESTIONS, release, releases, vocabulary, write
from elshi.ontology.vocab import prefixes
from elshi.store.base import Table, View, open_writer

ROOT = Path(elshi.__file__).parent


@pytest.fixture(scope="module")
def view() -> View:
    writer = open_writer("memory:")
    writer.add("".join([vocabulary(), *releases(60)]))
    return writer


def test_the_same_release_is_made_every_time_and_another_is_another() -> None:
    assert release(5) == release(5) != release(6)
    assert release(5) != release(5, seed=8)


def test_a_release_is_about_as_large_as_a_real_one() -> None:
    sizes = [rows.count("\n") for rows in releases(20)]
    assert 150 < min(sizes) <= max(sizes) < 400


def test_what_is_written_is_n_quads(tmp_path: Path) -> None:
    quads = write(tmp_path / "graph.nq", 3)
    assert len(list(ox.parse(path=tmp_path / "graph.nq", format=ox.RdfFormat.N_QUADS))) == quads


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer(view: View, question: str) -> None:
    answer = view.query(QUESTIONS[question], prefixes=prefixes())
    assert isinstance(answer, Table) and list(answer.rows)


def test_queries_are_timed_over_http() -> None:
    command = [sys.executable, str(ROOT / "benchmarks/http_queries.py"), "--releases", "60", "--rounds", "1", "--json", "-"]
    done = subprocess.run([*command, "--without", "rdflib, HTTP", "--without", "Virtuoso"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout[done.stdout.index("{") :])
    assert figures["other_rows"] == [] and set(figures["median_ms"]) == {"Elshi", "rdflib"}
    assert all(taken > 0 for of in figures["median_ms"].values() for taken in of.values())


def test_every_meeting_of_made_stories_comes_out_once() -> None:
    command = [sys.executable, str(ROOT / "benchmarks/stories.py"), "--releases", "90", "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout[done.stdout.index("{") :])
    assert figures["held"] == figures["wanted"] and figures["growth"] > 0


def test_rows_of_the_speed_table_can_be_measured(tmp_path: Path) -> None:
    """The quick ones; `.ci/run` measures all of them."""
    assert {"names", "building", "validation", "load"} < set(speed.ROWS)
    rows = [argument for row in ("names", "building", "validation", "load") for argument in ("--only", row)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/speed.py"), "--quick", *rows, "--json", str(tmp_path / "f.json")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "f.json").read_text())
    told = [line["what"] for line in figures["lines"]]
    assert [what.split()[0] for what in told] == ["everything", "of", "building", "validation", "bulk"]
    assert all(line["ratio"] > 0 and line["sense"] in ("<=", ">=") for line in figures["lines"])
    assert all(what[:40] in done.stdout for what in told)

"""A server shows what is ingested beside it, without a restart and without a hitch."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from elshi import resource
from elshi.portal.edition import Edition, Shelf
from elshi.portal.serve import Serving
from elshi.store.base import open_writer
from elshi.tests.portal.serving.asking import EX, Running, started, within

GRAPH = f"{EX}growing"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"


def rows(number: int) -> str:
    return "".join(f'<{EX}row{n}> <{EX}p> "{n}" <{GRAPH}> .\n' for n in range(number))


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Path, Running]]:
    folder = tmp_path / "store"
    with open_writer(str(folder)) as writer:
        writer.replace(GRAPH, rows(1))
    with started(folder, "--workers", "2") as running:
        yield folder, running


def test_an_ingest_beside_the_server_shows_at_once(growing: tuple[Path, Running]) -> None:
    folder, running = growing
    release = "SELECT (COUNT(?r) AS ?n) { ?r a elshi:Release }"
    first = running.query(release)
    health = running.get("/health").json()
    assert (running.number(release), health["status"]) == (0, "ok")
    sample = str(resource("data/samples/d10.kk.txt"))
    subprocess.run([sys.executable, "-m", "elshi", "ingest", sample, "--store", str(folder), "--jobs", "1", "-q"], check=True, timeout=120)
    assert running.number(release) == 1
    changed = running.query(release, if_none_match=first.headers["ETag"])
    assert (changed.status, changed.headers["ETag"] != first.headers["ETag"]) == (200, True)
    assert running.get("/health").json()["edition"] != health["edition"]
    assert "/release/" in running.get("/", {"lang": "kk"}).text and "/release/" in running.get("/feed.atom").text


def test_readers_see_whole_snapshots_only_and_no_error(growing: tuple[Path, Running]) -> None:
    folder, running = growing
    seen: list[list[int]] = []
    done = threading.Event()

    def read() -> None:
        mine: list[int] = []
        while not done.is_set():
            mine.append(running.number(COUNT))
        seen.append(mine)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with open_writer(str(folder)) as writer:
        for number in range(2, 40):
            writer.replace(GRAPH, rows(number * 10))
            writer.publish()
    done.set()
    for reader in readers:
        reader.join()
    assert len(seen) == 4, "no reader met an error"
    assert {count for mine in seen for count in mine} <= {1, *(number * 10 for number in range(2, 40))}
    assert all(mine == sorted(mine) for mine in seen), "nobody saw an older state after a newer one"
    assert running.number(COUNT) == 390


def test_snapshots_of_the_past_do_not_stay(growing: tuple[Path, Running], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.store.disk._FRESH", 0.0)
    folder, running = growing
    for number in range(2, 8):
        with open_writer(str(folder)) as writer:
            writer.replace(GRAPH, rows(number))
        assert running.number(COUNT) == number
        running.get("/")
    assert len([path for path in (folder / "snapshots").iterdir() if path.name.isdigit()]) <= 2
    assert running.process is not None
    held = {os.readlink(path) for path in Path(f"/proc/{running.process.pid}/fd").iterdir() if path.is_symlink()}
    assert not [name for name in held if "(deleted)" in name and str(folder) in name], "a file that is held is not freed on disk"


def test_a_snapshot_that_is_taken_away_under_a_query_is_replaced_by_the_next(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, asked = Shelf.now, itertools.count()

    def late(shelf: Shelf) -> Edition:
        edition = now(shelf)
        return replace(edition, folder=edition.folder / "gone") if next(asked) in (0, 1, 3, 4, 5) else edition

    monkeypatch.setattr(Shelf, "now", late)
    with within(Serving(str(documents))) as running:
        assert running.query("ASK {}").status == 200, "at the third"
        refused = running.query("ASK {}")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "1"), "and no more than three"
        assert str(documents) not in refused.text
        assert running.query("ASK {}").status == 200


def test_a_store_that_cannot_be_read_is_told_without_a_path(growing: tuple[Path, Running]) -> None:
    folder, running = growing
    (folder / "snapshots").rename(folder / "gone")
    answer = running.query("ASK {}")
    assert answer.status in (200, 503)
    assert str(folder) not in answer.text and "IO error" not in answer.text
    (folder / "gone").rename(folder / "snapshots")
    assert running.truth("ASK {}")


def test_a_store_that_is_made_anew_in_its_place_is_another_edition(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_writer(str(folder)) as writer:
        writer.replace(GRAPH, rows(1))
    shelf = Shelf(str(folder))
    folder.rename(tmp_path / "aside")
    with open_writer(str(folder)) as writer:
        writer.replace(GRAPH, rows(5))
    assert len(list(shelf.now().view.quads(GRAPH))) == 5

"""Files are handed out once they are at rest, and again only when they have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from elshi.ingest.watching import Watched


class Clock:
    """Seconds since now, as `time.time` gives them."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self.path = path
        self.now = path.stat().st_mtime

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in/deep").mkdir(parents=True)
    return tmp_path / "in"


def test_a_file_is_read_only_when_it_has_been_left_alone(folder: Path, clock: Clock) -> None:
    watched = Watched([str(folder)], settle=10, clock=clock, passing=clock)
    file = folder / "deep/1.kk.txt"
    file.write_text("Елші")
    assert watched.fresh() == ([], [file])
    clock.now += 9
    file.write_text("Елші келді")  # still being written, whatever its times say
    os.utime(file, (clock.now, clock.now))
    assert watched.fresh() == ([], [file])
    clock.now += 11
    assert watched.fresh() == ([str(file)], [])


def test_a_file_is_handed_out_again_only_when_it_has_changed(folder: Path, clock: Clock) -> None:
    watched = Watched([str(folder), f"{folder}/*.txt"], settle=1, clock=clock, passing=clock)
    file = folder / "1.txt"
    file.write_text("Елші")
    clock.now += 500
    assert watched.fresh() == ([str(file)], [])
    assert watched.fresh() == ([str(file)], []), "nobody said that it was read"
    watched.taken()
    assert watched.fresh() == ([], [])
    file.write_text("Елші келді")
    clock.now += 500
    assert watched.fresh() == ([str(file)], [])


def test_a_file_from_the_future_is_read_once_it_was_seen_unchanged(folder: Path, clock: Clock) -> None:
    watched = Watched([str(folder)], settle=10, clock=clock, passing=clock)
    file = folder / "1.txt"
    file.write_text("Елші")
    os.utime(file, (clock.now + 9_999, clock.now + 9_999))
    assert watched.fresh() == ([], [file])
    clock.now += 11
    assert watched.fresh() == ([str(file)], [])


def test_a_clock_that_is_set_back_holds_no_file_up(folder: Path, clock: Clock) -> None:
    passing = Clock(clock.path)
    watched = Watched([str(folder)], settle=10, clock=clock, passing=passing)
    file = folder / "1.txt"
    file.write_text("Елші")
    assert watched.fresh() == ([], [file])
    clock.now -= 3_600
    passing.now += 10
    assert watched.fresh() == ([str(file)], [])


@pytest.mark.parametrize("name", ["1.txt.part", ".1.txt.x7", "1.txt~", "photo.jpg", "1.txt.tmp"])
def test_what_is_not_finished_hidden_or_of_another_kind_is_passed_over(folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_text("Елші")
    clock.now += 100
    assert Watched([str(folder)], settle=1, clock=clock, passing=clock).fresh() == ([], [])


def test_urls_and_what_is_not_there_are_handed_out_every_time(folder: Path, clock: Clock) -> None:
    sources = ["https://example.org/feed", str(folder / "none"), f"{folder}/*.md"]
    watched = Watched(sources, settle=1, clock=clock, passing=clock)
    for _ in range(2):
        assert watched.fresh() == (sources, [])
        watched.taken()

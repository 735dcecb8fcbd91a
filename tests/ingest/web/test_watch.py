"""`elshi watch`: nothing is read early, nothing twice, and nothing is lost however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from elshi.cli import run
from elshi.ontology.vocab import prefixes
from elshi.store.base import open_view
from elshi.store.provenance import known

POLITE = ("--allow-private", "--pace", "0", "--jobs", "1", "--no-progress")
RELEASE = (
    "On November {0}, 2025, Ambassador of Kazakhstan to Japan Askar Berdibayev met in Kyoto with Hiroshi Nakamura, Rector of Kyoto University. "
    "The sides discussed cooperation in science and the exchange of students."
)


def feed(site: Any, html: Any, numbers: range) -> str:
    """A feed of releases."""
    urls = [site.page(f"/en/{n}", html(f"Ambassador visits Kyoto for the {n}th time", RELEASE.format(n))) for n in numbers]
    return str(
        site.page("/feed", f'<rss version="2.0"><channel>{"".join(f"<item><link>{url}</link></item>" for url in urls)}</channel></rss>')
    )


def stored(store: Path) -> int:
    """How many releases a store holds."""
    with open_view(str(store)) as view:
        return len(known(view, prefixes()))


def closing(capsys: pytest.CaptureFixture[str]) -> str:
    """The last line on standard error."""
    return capsys.readouterr().err.strip().splitlines()[-1]


def test_looking_once_reads_what_is_new_in_folders_and_feeds(
    site: Any, html: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    (folder / "1.en.txt").write_text(f"date 2025-11-20 Ambassador visits Kyoto\n{RELEASE.format(1)}\n")
    (folder / "2.en.txt.part").write_text("half a rel")
    look = ["watch", str(folder), feed(site, html, range(2, 4)), "--once", "--settle", "0", "--store", str(store), *POLITE]
    assert run(look) == 0
    assert closing(capsys) == "ingested 3, unchanged 0"
    assert run(look) == 0
    assert closing(capsys) == "ingested 0, unchanged 3"
    assert stored(store) == 3


def test_a_file_that_is_still_being_written_is_left_for_the_next_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "1.txt"
    file.write_text("half a rel")
    look = ["watch", str(tmp_path), "--once", "--settle", "3s", "--store", str(tmp_path / "s"), *POLITE]
    writing = Event()
    writer = Thread(target=lambda: [file.write_text("half a rel" * n) for n in range(10_000) if not writing.wait(0.02)])
    writer.start()
    try:
        assert run(look) == 0
    finally:
        writing.set()
        writer.join()
    assert capsys.readouterr().err == f"{file}: still being written: left for the next look\ningested 0, unchanged 0\n"
    assert not (tmp_path / "s").exists()


def test_a_source_that_cannot_be_reached_is_status_five(tmp_path: Path, site: Any) -> None:
    assert run(["watch", f"{site.base}/none", "--once", "--store", str(tmp_path / "s"), *POLITE]) == 5
    assert run(["watch", "-", "--store", str(tmp_path / "s")]) == 2
    assert run(["watch", "x", "--every", "soon", "--store", str(tmp_path / "s")]) == 2


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_a_killed_watch_is_taken_up_and_a_terminated_one_finishes_what_is_at_hand(
    site: Any, html: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    source = feed(site, html, range(1, 13))
    command = ["watch", source, "--every", "1s", "--store", str(store), *POLITE]

    def ended_at(path: str, number: int) -> int:
        """Run it until it asks for a page, send it a signal then, and return its status."""
        process = subprocess.Popen([sys.executable, "-m", "elshi", *command], stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[3])
        answer = site.routes[path]

        def strike(it: Any) -> None:
            process.send_signal(number)
            site.routes[path] = answer
            answer(it)

        site.routes[path] = strike
        return process.wait(120)

    assert ended_at("/en/6", signal.SIGKILL) == -signal.SIGKILL
    assert stored(store) <= 5  # what waited to be written is read again by the next
    assert ended_at("/en/7", signal.SIGTERM) == 0
    assert stored(store) == 7
    assert "/en/8" not in site.asked
    site.asked.clear()
    assert run(["watch", source, "--once", "--store", str(store), *POLITE]) == 0
    assert closing(capsys) == "ingested 5, unchanged 7"
    assert stored(store) == 12
    # a feed without dates says nothing of change, yet what has not changed in it costs nothing
    assert site.pages_asked() == ["/feed", *(f"/en/{n}" for n in range(8, 13))]

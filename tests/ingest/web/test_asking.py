"""What a command was told about its sources reaches servers, journals and the exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from elshi.cli import run
from elshi.commands.sources import Asking, visits_file

ENGLISH = "The Ambassador of Kazakhstan met the Rector of the university in Ghent. The sides discussed cooperation in science."
ASKING = Asking(
    lang="kk", publisher="gov.kz", jobs=4, cluster=None, since=datetime(2026, 3, 4), limit=7, match="/press/", sites=None, pace=0.5,
    user_agent="desk", allow_private=True, robots=False,
)  # fmt: skip


def test_a_run_that_is_taken_up_asks_as_it_was_told_to_with_the_workers_there_are_now() -> None:
    noted = json.loads(json.dumps(ASKING.noted()))
    now = replace(
        ASKING, lang="auto", publisher=None, jobs=1, since=None, limit=None, match=None, pace=1.0, user_agent=None, allow_private=False
    )
    assert now.as_noted(noted) == replace(ASKING, jobs=1)
    assert replace(ASKING, since=None).noted()["since"] is None


def test_what_is_known_of_the_web_is_kept_beside_the_store(tmp_path: Path) -> None:
    assert visits_file(str(tmp_path)) == tmp_path / "web.sqlite"
    assert visits_file("memory:") is None
    remote = visits_file("https://store.example.org/sparql")
    assert remote and remote != visits_file("https://other.example.org/sparql") and remote.name.endswith(".web.sqlite")


def test_each_failure_is_one_line_and_the_others_are_read(site: Any, html: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, gone = site.page("/en/1", html("Ambassador visits Ghent", ENGLISH)), f"{site.base}/gone"
    flags = ["--allow-private", "--pace", "0", "--jobs", "1", "--no-progress", "--user-agent", "desk/1.0 (desk@example.org)"]
    (tmp_path / "mine.tsv").write_text("host\n")
    assert run(["extract", good, gone, *flags]) == 4
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"{gone}: 404 Not Found", "extracted 1, failed 1"]
    assert json.loads(said.out)["release"]["url"] == good
    assert {headers["user-agent"] for headers in site.headers} == {"desk/1.0 (desk@example.org)"}
    assert run(["extract", gone, *flags]) == 5
    assert run(["extract", good, "--pace", "0"]) == 4  # private, and nobody allowed that
    assert run(["extract", good, "--match", "("]) == 2
    assert run(["extract", good, "--sites", str(tmp_path / "mine.tsv")]) == 2

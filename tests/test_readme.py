"""The README cannot lie: its commands run and its examples hold."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import elshi

ROOT = Path(elshi.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = "\n".join(re.findall(r"```console\n(.*?)```", README, re.DOTALL))
#: Done; or done in part, some releases in quarantine.
FINE = {0, 4}


def commands(blocks: str) -> list[tuple[str, str]]:
    """Each command of console blocks with the output shown under it."""
    parts = re.split(r"^\$ ", blocks, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def test_the_python_examples_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parsed = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    assert parsed.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(parsed).failed == 0


@pytest.mark.skipif(os.name == "nt", reason="the examples are written for a POSIX shell")
def test_the_console_examples_run_in_order(tmp_path: Path) -> None:
    if not (ROOT / "cli.py").exists():
        pytest.skip("the command line is not there yet")
    (tmp_path / "data").symlink_to(ROOT / "data")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    for command, shown in commands(CONSOLE):
        run = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode in FINE, f"$ {command}\n{run.stderr}"
        if shown.strip() != "...":
            assert doctest.OutputChecker().check_output(shown, run.stdout, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), run.stdout


def test_the_two_commands_are_those_of_dev_py() -> None:
    told = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert told
    assert told[1].split("\n")[:-1] == ["python3 dev.py demo", "python3 dev.py test"]
    offered = subprocess.run([sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "{demo,test,check,web,wheel,lock,bench}" in offered


def test_every_file_the_readme_points_at_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target

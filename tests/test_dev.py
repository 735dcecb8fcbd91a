"""Setting up from a clone: once, from a hashed lock, and with plain words where a machine lacks something."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import elshi

ROOT = Path(elshi.__file__).parent


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, set in a clone of its own that has nothing but the lock files."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for name, value in {"ROOT": tmp_path, "VENV": venv, "PYTHON": venv / "bin" / "python", "STAMP": venv / "stamp.json"}.items():
        monkeypatch.setattr(script, name, value)
    return script


def test_it_needs_nothing_but_the_standard_library() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE)) <= sys.stdlib_module_names


def test_an_old_python_is_told_which_one_to_use(dev: ModuleType) -> None:
    assert dev.too_old((3, 11)) == dev.too_old((3, 14)) == ""
    assert "needs Python 3.11 or newer and this is 3.9" in dev.too_old((3, 9))


def test_a_missing_venv_is_named_with_its_package(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(dev.shutil, "which", lambda name, path=None: None)
    with pytest.raises(SystemExit) as ended:
        dev.environment(dev.RUN_LOCK)
    assert ended.value.code == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_an_environment_is_fresh_until_its_lock_or_its_python_changes(dev: ModuleType) -> None:
    assert not dev.fresh(dev.RUN_LOCK)
    dev.PYTHON.touch()
    dev.STAMP.write_text(json.dumps({"python": dev.version(), dev.DEV_LOCK: dev.digest(dev.DEV_LOCK)}))
    assert dev.fresh(dev.DEV_LOCK)
    assert dev.fresh(dev.RUN_LOCK), "the development lock holds all of the other"
    dev.STAMP.write_text(json.dumps({"python": "3.10.0", dev.DEV_LOCK: dev.digest(dev.DEV_LOCK)}))
    assert not dev.fresh(dev.DEV_LOCK)
    dev.STAMP.write_text(json.dumps({"python": dev.version(), dev.DEV_LOCK: dev.digest(dev.DEV_LOCK)}))
    (dev.ROOT / dev.DEV_LOCK).write_text("click==9 --hash=sha256:0\n")
    assert not dev.fresh(dev.DEV_LOCK)


def test_a_stamp_that_was_cut_off_counts_as_none(dev: ModuleType) -> None:
    dev.PYTHON.touch()
    dev.STAMP.write_text('{"python": "3.')
    assert not dev.fresh(dev.RUN_LOCK)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-web.lock"])
def test_every_pin_is_hashed_and_no_host_is_named(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert pins and all(re.match(r"[\w.-]+==\S+", pin) and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in lock and "--index" not in lock


def test_the_locks_hold_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=\[ ]", line)[0] for line in project["project"]["dependencies"]} | {"setuptools"}
    development = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependency-groups"]["dev"] if isinstance(line, str)}
    locks = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")]
    pinned, pinned_dev = (set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)) for lock in locks)
    assert names <= pinned
    assert names | development | pinned <= pinned_dev


def test_what_the_pages_load_is_pinned_by_its_content_and_no_registry_is_named() -> None:
    asked = json.loads((ROOT / "portal/web/package.json").read_text(encoding="utf-8"))
    text = (ROOT / "portal/web/package-lock.json").read_text(encoding="utf-8")
    root, *packages = json.loads(text)["packages"].values()
    assert root["dependencies"] == asked["dependencies"] and root["devDependencies"] == asked["devDependencies"]
    assert packages and all(package["integrity"].startswith("sha512-") for package in packages)
    assert "://" not in text and '"resolved"' not in text


def test_bundles_are_laid_out_once_for_a_lock(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    web = dev.ROOT / "portal" / "web"
    web.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (web / name).write_bytes((ROOT / "portal/web" / name).read_bytes())
    runs = []

    def install(command: list[str], *, cwd: Path, check: bool) -> None:
        runs.append(command)
        for folder, package in json.loads((cwd / "package-lock.json").read_text())["packages"].items():
            if folder:
                (cwd / folder).mkdir(parents=True, exist_ok=True)
                card = {"name": folder.removeprefix("node_modules/"), "version": package["version"], "license": package.get("license")}
                (cwd / folder / "package.json").write_text(json.dumps(card))
        for source in dev.BUNDLES:
            (cwd / "node_modules" / source).parent.mkdir(parents=True, exist_ok=True)
            (cwd / "node_modules" / source).write_text(source)

    monkeypatch.setattr(dev, "environment", lambda name: None)
    monkeypatch.setattr(dev, "npm", lambda: "npm")
    monkeypatch.setattr(dev.subprocess, "run", install)
    assert dev.web([]) == dev.web([]) == 0
    assert [command[:2] for command in runs] == [["npm", "ci"]], "the second time everything is there"
    assert {path.name for path in (web / "vendor").iterdir()} == {*dev.BUNDLES.values(), "LICENSES.txt"}
    licences = (web / "vendor" / "LICENSES.txt").read_text()
    assert "@zazuko/yasgui 4" in licences and "jquery" in licences and "axe-core" not in licences, "axe-core is for tests alone"
    (web / "vendor" / "yasgui.min.js").unlink()
    dev.web([])
    assert len(runs) == 2, "a bundle that is gone is fetched again"

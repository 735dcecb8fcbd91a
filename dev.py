"""Set Elshi up from a clone and run it: `python3 dev.py demo | test | check | web | wheel | lock | bench`. Standard library only."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "elshi-stamp.json"
OLDEST = (3, 11)
RUN_LOCK, DEV_LOCK, NPM_LOCK = "requirements.lock", "requirements-dev.lock", "requirements-web.lock"
#: Where npm puts packages, and which of their files the pages load, as what.
PACKAGES = Path(".elshi", "web")
BUNDLES = {
    "@zazuko/yasgui/build/yasgui.min.js": "yasgui.min.js",
    "@zazuko/yasgui/build/yasgui.min.css": "yasgui.min.css",
    "cytoscape/dist/cytoscape.min.js": "cytoscape.min.js",
}
#: What `demo` shows of the store, in this order: the names of saved queries.
DEMO_QUERIES = ("meetings", "topics", "statistics")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "demo": demo,
        "test": test,
        "check": check,
        "web": web,
        "wheel": wheel,
        "lock": lock,
        "bench": bench,
    }
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.add_argument("command", choices=commands, help="; ".join(f"{name}: {run.__doc__}" for name, run in commands.items()))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on: to pytest, to the benchmark, to uv")
    chosen = parser.parse_args(arguments)
    complaint = too_old(sys.version_info[:2])
    if complaint:
        return refuse(complaint)
    try:
        return commands[chosen.command](chosen.rest)
    except subprocess.CalledProcessError as failed:
        return refuse(f"`{' '.join(map(str, failed.cmd))}` ended with status {failed.returncode}")
    except KeyboardInterrupt:
        return 130


def demo(rest: list[str]) -> int:
    """ingest the bundled releases into .elshi/demo and ask it three questions"""
    environment(RUN_LOCK)
    store = ["--store", str(Path(".elshi", "demo"))]
    status = elshi("ingest", str(Path("data", "samples")), *store, *rest)
    if status not in (0, 4):  # 4: some releases were quarantined, the others are stored
        return status
    elshi("validate", *store)
    for name in DEMO_QUERIES:
        elshi("query", f"@{name}", *store)
    say("\nNow try, in this folder:")
    for line in ("query --list", "query @agreements", "show person:roman-vasilenko", "serve --open", "ingest YOUR-RELEASE.txt"):
        say(f"  {PYTHON.relative_to(ROOT)} -m elshi {line} {' '.join(store) if line != 'query --list' else ''}".rstrip())
    return status


def test(rest: list[str]) -> int:
    """run the tests"""
    environment(DEV_LOCK)
    return pytest(*(rest or ["--ignore=tests/eval"]))


def check(rest: list[str]) -> int:
    """run ruff, mypy --strict, the tests and the quality floors"""
    environment(DEV_LOCK)
    statuses = [python("-m", "ruff", "check", "."), python("-m", "ruff", "format", "--check", "."), types(), pytest(*rest)]
    return max(statuses)


def web(rest: list[str]) -> int:
    """fetch the SPARQL editor and the graph view for the pages, by npm; without them plain forms and tables serve"""
    environment(RUN_LOCK)
    vendor, packages = ROOT / "portal" / "web" / "vendor", ROOT / PACKAGES
    pinned = hashlib.sha256((ROOT / "portal" / "web" / "package-lock.json").read_bytes()).hexdigest()
    stamp = packages / "stamp"
    if stamp.exists() and stamp.read_text() == pinned and all((vendor / name).exists() for name in BUNDLES.values()):
        return 0
    packages.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "portal" / "web" / name, packages)
    subprocess.run([npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *rest], cwd=packages, check=True)
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir()
    for source, name in BUNDLES.items():
        shutil.copy(packages / "node_modules" / source, vendor / name)
    (vendor / "LICENSES.txt").write_text(licences(packages), encoding="utf-8")
    stamp.write_text(pinned)
    say(f"{', '.join(BUNDLES.values())} are in {vendor.relative_to(ROOT)}")
    return 0


def wheel(rest: list[str]) -> int:
    """build the wheel into dist/, with what `web` fetches"""
    return web(rest) or python("-c", "from setuptools import build_meta; print(build_meta.build_wheel('dist'))")


def lock(rest: list[str]) -> int:
    """resolve the dependencies again and write both hashed lock files (needs uv; pass --upgrade for newer versions)"""
    uv = shutil.which("uv") or shutil.which("uv", path=str(PYTHON.parent))
    if not uv:
        return refuse("`lock` needs uv: `pip install uv` in .venv, or see docs.astral.sh/uv")
    resolve = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    run(*resolve, "pyproject.toml", "--group", "build", "-o", RUN_LOCK, *rest)
    run(*resolve, "pyproject.toml", "--group", "dev", "-c", RUN_LOCK, "-o", DEV_LOCK, *rest)
    run(*resolve, "--group", "web", "-o", NPM_LOCK, *rest)
    return 0


def bench(rest: list[str]) -> int:
    """run the benchmark named (all of them by default)"""
    environment(DEV_LOCK)
    names = rest[:1] or sorted(path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    return max((python(str(Path("benchmarks", f"{name}.py")), *rest[1:]) for name in names), default=0)


def environment(name: str) -> None:
    """Make .venv hold what the lock file `name` pins, and Elshi itself; return at once when it already does."""
    if fresh(name):
        return
    uv = shutil.which("uv")
    if not uv:
        complaint = missing_venv()
        if complaint:
            raise SystemExit(refuse(complaint))
    say(f"Installing what {name} pins into .venv (once; {'seconds' if uv else 'about a minute'}) ...")
    if recorded().get("python", version()) != version() or not usable(uv):
        make = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        run(*make, "--clear", str(VENV))
    install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install", "--quiet"]
    run(*install, "--require-hashes", "-r", name)
    run(*install, "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(json.dumps({**recorded(), "python": version(), name: digest(name)}), encoding="utf-8")


def fresh(name: str) -> bool:
    """Whether .venv already holds this lock, or the development lock, which holds all of it."""
    stamp = recorded()
    return PYTHON.exists() and stamp.get("python") == version() and any(stamp.get(each) == digest(each) for each in (name, DEV_LOCK))


def npm() -> str:
    """The machine's npm, or the one that PyPI has, which is installed into .venv when it is needed."""
    found = shutil.which("npm") or shutil.which("npm", path=str(PYTHON.parent))
    if not found:
        uv = shutil.which("uv")
        install = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
        run(*install, "--quiet", "--require-hashes", "-r", NPM_LOCK)
        found = shutil.which("npm", path=str(PYTHON.parent))
    return found or "npm"


def licences(packages: Path) -> str:
    """The licences of what the bundles are made of: who wrote each package, where, and the text it came with."""
    pinned = json.loads((packages / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts = []
    for folder in sorted(each for each, package in pinned.items() if each and not package.get("dev")):
        card = json.loads((packages / folder / "package.json").read_text(encoding="utf-8"))
        texts = sorted(each for each in (packages / folder).iterdir() if each.name.lower().startswith(("licen", "copying")))
        author = card.get("author", "")
        head = [
            f"{card['name']} {card['version']}",
            card.get("license"),
            author["name"] if isinstance(author, dict) else author,
            card.get("homepage"),
        ]
        parts.append(
            "\n\n".join([", ".join(filter(None, head)), *(each.read_text(encoding="utf-8", errors="replace").strip() for each in texts)])
        )
    return f"\n\n{'-' * 78}\n\n".join(parts) + "\n"


def usable(uv: str | None) -> bool:
    """Whether .venv can be installed into: an interrupted run may have left half of it."""
    needed = [str(PYTHON), "--version"] if uv else [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and subprocess.run(needed, capture_output=True, check=False).returncode == 0


def recorded() -> dict[str, str]:
    """What the last installation wrote down; nothing when it never finished."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def digest(name: str) -> str:
    """The SHA-256 of everything that decides what an environment holds."""
    parts = [(ROOT / path).read_bytes() for path in (name, "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, version().encode()])).hexdigest()


def version() -> str:
    """The running Python's version, of which the environment is made."""
    return ".".join(map(str, sys.version_info[:3]))


def too_old(running: tuple[int, ...]) -> str:
    """Say what to do when this Python is too old; empty when it is not."""
    if running >= OLDEST:
        return ""
    return (
        f"Elshi needs Python {OLDEST[0]}.{OLDEST[1]} or newer and this is {'.'.join(map(str, running))}: "
        "run dev.py with a newer one, such as `python3.12 dev.py demo`"
    )


def missing_venv() -> str:
    """Say what to do when this Python cannot make an environment; empty when it can."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return ""
    return "this Python has no venv: `sudo apt install python3-venv` on Debian and Ubuntu, or install uv, then run this again"


def types() -> int:
    """Type-check the package, which mypy names after its folder: so it sees the repository as .types/elshi."""
    link = ROOT / ".types" / "elshi"
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink():
        link.symlink_to("..", target_is_directory=True)
    return python("-m", "mypy", "-p", "elshi", MYPYPATH=str(link.parent))


def pytest(*arguments: str) -> int:
    """Run pytest in the environment."""
    return python("-m", "pytest", *arguments)


def elshi(*arguments: str) -> int:
    """Run an Elshi command, shown as a user would type it."""
    say(f"\n$ elshi {' '.join(arguments)}")
    return python("-m", "elshi", *arguments)


def python(*arguments: str, **variables: str) -> int:
    """Run the environment's Python in the repository and return its status."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env={**os.environ, **variables}, check=False).returncode


def run(*command: str) -> None:
    """Run a command in the repository; raises CalledProcessError when it fails."""
    subprocess.run(command, cwd=ROOT, check=True)


def say(words: str) -> None:
    """Tell the person at the terminal; what the commands print stays apart."""
    print(words, file=sys.stderr, flush=True)


def refuse(complaint: str) -> int:
    """Print why nothing was done and return the status that says so."""
    say(f"dev.py: {complaint}")
    return 1


if __name__ == "__main__":
    sys.exit(main())

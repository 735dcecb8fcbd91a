"""The house stands as its plan says: imports run one way, each foreign library has one door, and what ships loads."""

from __future__ import annotations

import ast
import doctest
import importlib
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph
import pytest
import zstandard

import elshi

ROOT = Path(elshi.__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: The rooms in the order a release passes through them; each may use those before it.
ROOMS = ("ingest", "ontology", "shapes", "stories", "store", "queries", "portal", "flow", "commands", "cli", "__main__")
#: Where each foreign library comes into the house. Everything else reaches it through these modules.
DOORS = {
    "click": ("cli", "commands"),
    "spacy": ("ingest.annotate", "ingest.languages"),
    "thinc": ("ingest.annotate", "ingest.languages"),
    "py3langid": ("ingest.language",),
    "charset_normalizer": ("ingest.decode",),
    "trafilatura": ("ingest.article",),
    "lxml": ("ingest.article", "ingest.listing"),
    "distributed": ("ingest.cluster",),
    "feedparser": ("ingest.listing",),
    "protego": ("ingest.web.robots",),
    "urllib3": ("ingest.web",),
    "pymorphy3": ("ingest.languages.ru",),
    "lemminflect": ("ingest.languages.en",),
    "requests": ("ingest.web", "store.remote"),
    "pyshacl": ("shapes.engine",),
    "pyoxigraph": ("ontology.graph", "shapes.validate", "store.embedded", "store.oxigraph", "store.canonical", "portal"),
}
LONGEST_MODULE = 300
SETTINGS = PROJECT["tool"]["setuptools"]
MODULES = sorted(
    path
    for name in ["elshi", *SETTINGS["packages"]]
    for path in (ROOT / Path(*name.split(".")[1:])).glob("*.py")
    if path != ROOT / "dev.py"
)


def dotted(path: Path) -> str:
    """A module's name inside the package: `ingest.read`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """The full name of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{dotted(path)} has a relative import: write `from elshi.…`"
            yield node.module or ""
            if node.module == "elshi":
                yield from (f"elshi.{alias.name}" for alias in node.names if alias.name in ROOMS)


every_module = pytest.mark.parametrize("path", MODULES, ids=dotted)


@every_module
def test_imports_point_upstream(path: Path) -> None:
    here = dotted(path).split(".")[0]
    allowed = ROOMS[: ROOMS.index(here) + 1] if here in ROOMS else ()
    used = {name.split(".")[1] for name in imported(path) if name.startswith("elshi.")}
    assert used <= {*allowed, here}, f"{dotted(path)} may use {allowed}"


@every_module
def test_rooms_are_imported_as_parts_of_elshi(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & {*ROOMS, "data", "training", "benchmarks", "tests", "dev"}


@every_module
def test_each_foreign_library_comes_in_by_its_own_door(path: Path) -> None:
    here = dotted(path)
    for library in {name.split(".")[0] for name in imported(path)} & DOORS.keys():
        assert any(here == door or here.startswith(f"{door}.") for door in DOORS[library]), f"{library} belongs to {DOORS[library]}"


@every_module
def test_what_is_imported_is_declared(path: Path) -> None:
    declared = {re.split(r"[<>=\[ ]", line)[0].replace("-", "_") for line in PROJECT["project"]["dependencies"]}
    optional = {re.split(r"[<>=\[ ]", each)[0] for extra in PROJECT["project"].get("optional-dependencies", {}).values() for each in extra}
    ours = {"elshi", "thinc", "lxml"}  # thinc comes with spacy, lxml with trafilatura
    foreign = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names) - ours
    assert foreign <= declared | {name.replace("-", "_") for name in optional}


@every_module
def test_a_module_fits_in_the_head(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_MODULE
    assert not source.strip() or ast.get_docstring(ast.parse(source)), "a module opens with a sentence that says what it is"


def test_every_package_and_root_module_is_listed_for_the_wheel() -> None:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("__init__.py")}
    assert set(SETTINGS["packages"]) == {"elshi.data", *(f"elshi.{dotted(folder)}" for folder in folders)}
    root_modules = {f"elshi.{path.stem}" for path in ROOT.glob("*.py")} - {"elshi.dev", "elshi.__init__"}
    assert root_modules <= set(SETTINGS["py-modules"])


def test_the_wheel_carries_the_rooms_and_nothing_of_the_workshop(monkeypatch: pytest.MonkeyPatch) -> None:
    from setuptools import Distribution

    monkeypatch.chdir(ROOT)
    distribution = Distribution({"script_name": "setup.py"})
    distribution.parse_config_files(["pyproject.toml"])
    building = distribution.get_command_obj("build_py")
    building.ensure_finalized()
    shipped = {Path(output).as_posix().split("/lib/", 1)[-1] for output in building.get_outputs(include_bytecode=False)}
    assert {"elshi/__init__.py", "elshi/ingest/read.py", "elshi/data/samples/d01.kk.txt"} <= shipped
    assert any(name.endswith("py.typed") for name in shipped)
    unwanted = re.compile(r"elshi/(dev\.py|tests|training|benchmarks|\.)|__pycache__|\.pyc$")
    assert not [name for name in shipped if unwanted.match(name) or "__pycache__" in name]


@every_module
def test_the_doctests_hold(path: Path) -> None:
    if ">>>" in path.read_text(encoding="utf-8"):
        assert doctest.testmod(importlib.import_module(f"elshi.{dotted(path)}")).failed == 0


DATA = sorted(
    path
    for room in ("data", *ROOMS[:6])
    for path in (ROOT / room).rglob("*")
    if path.is_file() and path.suffix in {".tsv", ".json", ".jsonl", ".ttl", ".rq", ".zst", ".txt"} and "models" not in path.parts
)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_data_file_loads(path: Path) -> None:
    suffix, raw = path.suffix, path.read_bytes()
    if suffix == ".zst":
        suffix, raw = path.with_suffix("").suffix, zstandard.ZstdDecompressor().stream_reader(io.BytesIO(raw)).read()
    assert raw.strip(), "an empty data file"
    LOADERS.get(suffix, bytes.decode)(raw)


def load_table(raw: bytes) -> None:
    """A table has a header and as many cells in every row."""
    rows = [line.split("\t") for line in raw.decode().splitlines() if line and not line.startswith("#")]
    widths = {width: len(list(same)) for width, same in groupby(sorted(map(len, rows)))}
    assert len(widths) == 1, f"rows by number of cells: {widths}"


def load_lines(raw: bytes) -> None:
    """Every line is JSON."""
    for line in raw.splitlines():
        json.loads(line)


def load_turtle(raw: bytes) -> None:
    """Turtle that states something."""
    assert list(pyoxigraph.parse(raw, format=pyoxigraph.RdfFormat.TURTLE))


def load_query(raw: bytes) -> None:
    """A query that an empty store answers."""
    pyoxigraph.Store().query(raw.decode())


LOADERS = {".tsv": load_table, ".json": json.loads, ".jsonl": load_lines, ".ttl": load_turtle, ".rq": load_query}


def test_saved_questions_and_what_they_take_are_told_in_the_languages_of_the_pages() -> None:
    from elshi.portal.labels import LANGUAGES
    from elshi.portal.questions import hints, questions
    from elshi.queries.catalogue import catalogue

    purposes = {parameter.about.removeprefix("required").lstrip(": ") for query in catalogue().values() for parameter in query.parameters}
    for lang in LANGUAGES:
        assert not [each.name for each in questions(lang) if each.lang != lang], "add them to portal/web/questions.tsv"
        assert not purposes - hints(lang).keys() - {""}, "add them to portal/web/hints.tsv"


@pytest.mark.parametrize("room", ["stories", "store"])
def test_statements_are_parted_at_newlines_alone(room: str) -> None:
    """A literal may hold U+2028, at which `str.splitlines` would tear its statement apart: `in_lines` does not."""
    torn = [path.name for path in (ROOT / room).rglob("*.py") if re.search(r"(?<!body)\.splitlines\(", path.read_text(encoding="utf-8"))]
    assert not torn

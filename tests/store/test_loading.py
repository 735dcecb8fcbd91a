"""A store is made of shards or dumps in bulk: it holds what an ingest leaves, or there is none."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
import zstandard

from elshi import resource
from elshi.cli import run
from elshi.ontology.vocab import BASE_IRI
from elshi.store.base import open_view

SAMPLES = [str(resource("data/samples").joinpath(name)) for name in ("d03.kk.txt", "d03.en.txt", "d10.kk.txt")]
RUNS = f"{BASE_IRI}graph/provenance"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same releases in a store, `s`, and in a folder of shards, `shards`."""
    folder = tmp_path_factory.mktemp("made")
    assert run(["ingest", *SAMPLES, "--store", str(folder / "s"), "--jobs", "1", "-q"]) == 0
    assert run(["ingest", *SAMPLES, "--shards", str(folder / "shards"), "--jobs", "1", "-q"]) == 0
    return folder


@pytest.fixture
def shards(made: Path, tmp_path: Path) -> Path:
    """A copy of the shards, to be spoiled."""
    return Path(shutil.copytree(made / "shards", tmp_path / "shards"))


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    return run([str(each) for each in arguments]), capsys.readouterr().err


def graphs(store: Path) -> dict[str, list[str]]:
    with open_view(str(store)) as view:
        assert view.query("ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }") is False, (
            "the merged graph holds what the named ones hold"
        )
        assert view.query("ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }") is False
        return {graph: sorted(view.quads(graph)) for graph in view.graphs() if graph != RUNS}


def test_shards_become_the_store_that_an_ingest_makes_and_the_next_ingest_knows_them(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, words = said(capsys, "load", made / "shards", "--store", tmp_path / "t")
    assert (status, words) == (0, "loaded 3 releases from 2 files\n")
    assert graphs(tmp_path / "t") == graphs(made / "s"), "versions of one story share their things, and no blank node is another"
    assert said(capsys, "doctor", "--store", tmp_path / "t")[0] == 0
    assert said(capsys, "ingest", *SAMPLES, "--store", tmp_path / "t", "--jobs", "1")[1].endswith("ingested 0, unchanged 3\n")
    assert run(["query", "@runs", "--store", str(tmp_path / "t"), "-f", "csv"]) == 0
    assert ",3,0,0,0," in capsys.readouterr().out


@pytest.mark.parametrize("packed", ["gz", "zst", "none"])
def test_a_dump_becomes_the_store_it_was_taken_from(made: Path, tmp_path: Path, packed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "export", tmp_path / "dump", "--format", "nq", "--compress", packed, "--store", made / "s")[0] == 0
    assert said(capsys, "load", tmp_path / "dump", "--store", tmp_path / "t") == (0, "loaded 3 releases from 1 files\n")
    assert graphs(tmp_path / "t") == graphs(made / "s")
    assert said(capsys, "ingest", *SAMPLES, "--store", tmp_path / "t", "--jobs", "1")[1].endswith("ingested 0, unchanged 3\n")


def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, *sources: Path, status: int = 1) -> str:
    """What is said where nothing is loaded, of which nothing stays."""
    found, words = said(capsys, "load", *sources, "--store", tmp_path / "t")
    assert (found, words.count("\n")) == (status, 1), words
    assert not (tmp_path / "t").exists() and not (tmp_path / "t.part").exists()
    return words


@pytest.mark.parametrize("ending", ["zst", "gz"])
def test_a_file_that_was_cut_off_is_named_and_nothing_is_loaded(
    shards: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = zstandard.ZstdDecompressor().stream_reader((shards / "000001.nq.zst").read_bytes()).read()
    (shards / "000001.nq.zst").unlink()
    packed = gzip.compress(plain) if ending == "gz" else zstandard.compress(plain)
    (tmp_path / f"half.nq.{ending}").write_bytes(packed[: len(packed) // 2])
    assert f"half.nq.{ending} cannot be read to its end" in refused(capsys, tmp_path, shards, tmp_path / f"half.nq.{ending}")


@pytest.mark.parametrize(("text", "words"), [
    ("<x:s> <x:p> <x:o> <x:g> .\n<x:s> <x:p> oops <x:g> .\n", "odd.nq is not N-Quads"), ("<x:s> <x:p> <x:o> .\n", "every line names its graph"),
    ("\N{NULL}\N{NULL}", "odd.nq is not N-Quads"),
])  # fmt: skip
def test_a_file_of_something_else_is_named_and_nothing_is_loaded(
    shards: Path, tmp_path: Path, text: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd.nq").write_text(text)
    assert words in refused(capsys, tmp_path, shards, tmp_path / "odd.nq")


def test_releases_that_do_not_conform_are_loaded_only_by_who_wants_them(
    shards: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = zstandard.ZstdDecompressor().stream_reader((shards / "000001.nq.zst").read_bytes()).read().decode()
    spoiled = "".join(line for line in text.splitlines(keepends=True) if "/inLanguage>" not in line)
    (tmp_path / "spoiled.nq").write_text(spoiled, encoding="utf-8")
    assert "do not conform" in refused(capsys, tmp_path, tmp_path / "spoiled.nq", status=3)
    assert said(capsys, "load", tmp_path / "spoiled.nq", "--no-check", "--store", tmp_path / "t")[0] == 0
    assert said(capsys, "validate", "--store", tmp_path / "t")[0] == 3


def test_a_release_that_stands_in_two_folders_is_not_made_a_mixture(
    shards: Path, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "stand in two folders" in refused(capsys, tmp_path, shards, made / "shards")


def test_a_shard_that_a_killed_run_left_is_passed_over(
    shards: Path, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shards / "000002.nq.zst").write_bytes(b"half")
    (tmp_path / "t.part").mkdir()
    (tmp_path / "t.part" / "junk").touch()
    assert said(capsys, "load", shards, "--store", tmp_path / "t")[0] == 0
    assert graphs(tmp_path / "t") == graphs(made / "s") and not (tmp_path / "t.part").exists()


def test_only_a_new_store_is_loaded_and_only_what_is_there(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = said(capsys, "load", made / "shards", "--store", made / "s")
    assert status == 1 and "is not empty" in words
    (tmp_path / "empty").mkdir()
    assert "holds no N-Quads" in refused(capsys, tmp_path, tmp_path / "empty", status=5)
    assert "holds no N-Quads" in refused(capsys, tmp_path, tmp_path / "none.nq", status=5)
    assert said(capsys, "load", made / "shards", "--store", "sparql+http://127.0.0.1:1/")[0] == 5

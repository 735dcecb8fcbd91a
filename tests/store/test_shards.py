"""Shards: whole files of N-Quads with each release in one of them, however often and from wherever a run is taken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from elshi import resource
from elshi.cli import run
from elshi.flow import produce
from elshi.ingest.model import Reading
from elshi.store.base import StoreError
from elshi.store.intake import Product
from elshi.store.shards import IntoShards


@pytest.fixture
def product(reading_kk: Reading) -> Callable[..., Product]:
    """What was made of a release; of a name and a text of one's own."""

    def make(key: str = "d00", sha256: str = "1" * 64) -> Product:
        reading = replace(reading_kk, release=replace(reading_kk.release, key=key, sha256=sha256))
        (made,) = produce([reading.release], reads=lambda release: replace(reading, release=release))
        assert isinstance(made, Product)
        return made

    return make


def lines(folder: Path) -> list[str]:
    found: list[str] = []
    for path in sorted(folder.glob("0*.nq.zst")):
        found += zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().decode().splitlines()
    return found


def shards(folder: Path, *taken: Product, engine: str = "e", size: int = 2) -> None:
    with IntoShards(folder, engine, size=size) as intake:
        for product in taken:
            assert intake.take(product) == "stored"


def test_every_batch_is_a_file_and_the_vocabulary_another(tmp_path: Path, product: Callable[..., Product]) -> None:
    shards(tmp_path / "s", *(product(f"r{n}") for n in range(5)))
    assert sorted(path.name for path in (tmp_path / "s").glob("*.zst")) == [
        "000001.nq.zst",
        "000002.nq.zst",
        "000003.nq.zst",
        "vocabulary.nq.zst",
    ]
    assert set(product("r4").rows.splitlines()) <= set(lines(tmp_path / "s"))


def test_what_stands_in_a_shard_is_not_read_again(tmp_path: Path, product: Callable[..., Product]) -> None:
    shards(tmp_path / "s", product("r1"))
    with IntoShards(tmp_path / "s", "e") as intake:
        assert [intake.met("r1", "1" * 64), intake.met("r1", "2" * 64), intake.met("r2", "1" * 64)] == ["unchanged", None, None]
    with IntoShards(tmp_path / "s", "another engine") as intake:
        assert intake.met("r1", "1" * 64) is None


def test_a_new_reading_takes_the_place_of_the_old_one(tmp_path: Path, product: Callable[..., Product]) -> None:
    shards(tmp_path / "s", product("r1"), product("r2"))
    shards(tmp_path / "s", product("r1", "2" * 64))
    told = [line for line in lines(tmp_path / "s") if "terms/identifier>" in line]
    assert sorted(line.split('"')[1][0] for line in told) == ["1", "2"]
    with IntoShards(tmp_path / "s", "e") as intake:
        assert [intake.met("r1", "2" * 64), intake.met("r2", "1" * 64)] == ["unchanged", "unchanged"]


def test_a_run_that_was_killed_leaves_no_half_shard(tmp_path: Path, product: Callable[..., Product]) -> None:
    shards(tmp_path / "s", product("r1"))
    whole = lines(tmp_path / "s")
    (tmp_path / "s/000002.nq.zst").write_bytes(b"half")
    with (tmp_path / "s/shards.jsonl").open("a") as listing:
        listing.write('{"shard":"000002.nq')
    shards(tmp_path / "s")
    assert lines(tmp_path / "s") == whole
    shards(tmp_path / "s", product("r2"))
    assert set(whole) < set(lines(tmp_path / "s"))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="no folder of shards"):
        IntoShards(tmp_path, "e")


def test_the_command_writes_shards_and_takes_them_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = resource("data/samples")
    for sources, said in ((["d10.kk.txt"], "ingested 1, unchanged 0"), (["d10.kk.txt", "d10.en.txt"], "ingested 1, unchanged 1")):
        assert run(["ingest", *(str(samples.joinpath(name)) for name in sources), "--jobs", "1", "--shards", str(tmp_path / "s")]) == 0
        assert capsys.readouterr().err.splitlines()[-1] == said
    assert len(list((tmp_path / "s").glob("0*.nq.zst"))) == 2

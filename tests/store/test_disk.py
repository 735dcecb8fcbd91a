"""A store's folder: copies, formats, and what happens on a disk that is full or cannot be written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from elshi.store.base import StoreError, StoreNotFound, open_view, open_writer
from elshi.store.disk import FORMAT, copy_store, format_of, restore_store

G = "https://example.org/graph/1"


def quads(graph: str, count: int, size: int = 1) -> str:
    return "".join(f'<https://example.org/{i}> <https://schema.org/name> "{i}{os.urandom(size).hex()}" <{graph}> .\n' for i in range(count))


def held(location: Path) -> list[str]:
    with open_view(str(location)) as view:
        return sorted(view.quads())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes."""
    where = tmp_path / "disk"
    where.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(where)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield where
    subprocess.run(["umount", "-l", str(where)], check=True)


def test_a_full_disk_is_told_in_a_sentence_and_what_was_stored_before_is_whole(small_disk: Path) -> None:
    location = small_disk / "store"
    with open_writer(str(location)) as store:
        store.replace(G, quads(G, 10))
    before = held(location)
    with pytest.raises(StoreError, match=r"full|space|room") as told:
        fill(location)
    assert "\n" not in str(told.value) and str(told.value).endswith("run again"), "the store is whole: what is wanted is room"
    (small_disk / "filler").unlink(missing_ok=True)
    assert [quad for quad in held(location) if f"<{G}>" in quad] == before
    with open_writer(str(location)) as store:
        graphs = {graph: len(list(store.quads(graph))) for graph in store.graphs()}
    assert set(graphs.values()) <= {10, 2000}, "no half graph"


def fill(location: Path) -> None:
    with open_writer(str(location)) as store:
        (location.parent / "filler").write_bytes(b"\0" * (4 << 20))
        for number in range(2, 200):
            graph = f"https://example.org/graph/{number}"
            store.replace(graph, quads(graph, 2000, 200))
            store.publish()


def test_a_disk_that_cannot_be_written_is_told_in_a_sentence_and_can_still_be_read(small_disk: Path) -> None:
    location = small_disk / "store"
    with open_writer(str(location)) as store:
        store.replace(G, quads(G, 10))
    before = held(location)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        with pytest.raises(StoreError, match="(?i)read-only") as told, open_writer(str(location)) as store:
            store.replace(G, quads(G, 20))
        assert "\n" not in str(told.value) and "can be written to" in str(told.value)
        assert held(location) == before
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


def test_what_a_killed_writer_left_on_a_full_disk_is_read_as_it_was_published(small_disk: Path) -> None:
    location = small_disk / "store"
    with open_writer(str(location)) as store:
        store.replace(G, quads(G, 10))
    before = held(location)
    (location / "unpublished").touch()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"), filler.open("wb") as out:
        while True:
            out.write(b"\0" * 4096)
            out.flush()
    assert held(location) == before


def test_a_copy_is_restored_as_the_store_it_was_with_its_quarantine(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")) as store:
        store.replace(G, quads(G, 10))
    (tmp_path / "store" / "quarantine").mkdir()
    (tmp_path / "store" / "quarantine" / "a.json").write_text("{}")
    copy_store(str(tmp_path / "store"), tmp_path / "copy")
    restore_store(tmp_path / "copy", str(tmp_path / "again"))
    assert held(tmp_path / "again") == held(tmp_path / "store")
    assert (tmp_path / "again" / "quarantine" / "a.json").exists()
    with open_writer(str(tmp_path / "again")) as store:
        store.replace(G, quads(G, 1))
    assert len(held(tmp_path / "copy")) == 10, "the copy stays what it was"


def test_a_copy_is_not_restored_over_anything_and_nothing_is_made_of_what_is_no_copy(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")) as store:
        store.replace(G, quads(G, 1))
    copy_store(str(tmp_path / "store"), tmp_path / "copy")
    with pytest.raises(StoreError, match="not empty"):
        restore_store(tmp_path / "copy", str(tmp_path / "store"))
    with pytest.raises(StoreNotFound, match="no copy"):
        restore_store(tmp_path, str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def as_of_format(location: Path, number: int) -> None:
    """Make a store look as an earlier Elshi left it."""
    (location / "elshi-store.json").write_text(json.dumps({"format": number, "made_by": "elshi 0.0.1"}))
    shutil.rmtree(location / "runs", ignore_errors=True)


def test_a_store_of_an_earlier_format_is_read_as_it_is_and_moved_on_by_the_next_writer(tmp_path: Path) -> None:
    location = tmp_path / "store"
    with open_writer(str(location)) as store:
        store.replace(G, quads(G, 5))
    as_of_format(location, 1)
    assert len(held(location)) == 5 and format_of(location) == 1
    open_writer(str(location)).close()
    assert format_of(location) == FORMAT
    assert (location / "runs").is_dir() and len(held(location)) == 5


def test_a_store_of_a_later_format_is_refused(tmp_path: Path) -> None:
    open_writer(str(tmp_path / "store")).close()
    as_of_format(tmp_path / "store", FORMAT + 1)
    with pytest.raises(StoreError, match="upgrade elshi"):
        open_writer(str(tmp_path / "store"))


def test_what_an_interrupted_bulk_load_left_is_swept_away(tmp_path: Path) -> None:
    open_writer(str(tmp_path / "store")).close()
    orphan = tmp_path / "store" / "db" / "bulk-123.sst"
    orphan.write_bytes(b"left")
    open_writer(str(tmp_path / "store")).close()
    assert not orphan.exists()

"""Archives give the releases in them, whatever their names, and nothing that is hidden, locked, nested or swollen."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from elshi.ingest.acquire import Failure, acquire

TEXT = "Елші келді. Ол ректормен кездесу өткізді."


def packed(path: Path, **files: str | bytes) -> str:
    """An archive of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return str(path)


def test_releases_come_in_the_order_of_their_names_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": TEXT}) for _ in range(2)).encode()
    files = {
        "b/2.kk.txt": TEXT,
        "a/1.html": "<p>x</p>",
        "photo.jpg": b"x",
        ".hidden.txt": TEXT,
        "__MACOSX/b/2.kk.txt": b"x",
        "c.jsonl.gz": gzip.compress(lines),
    }
    found = list(acquire([packed(tmp_path / "r.zip", **files)]))
    assert [each.name for each in found] == ["r.zip/a/1.html", "r.zip/b/2.kk.txt", "r.zip/c.jsonl.gz:1", "r.zip/c.jsonl.gz:2"]
    packed(tmp_path / "folder.zip", **files)
    assert len(list(acquire([str(tmp_path)]))) == 8


def test_a_name_never_leads_out_of_the_archive(tmp_path: Path) -> None:
    found = list(acquire([packed(tmp_path / "r.zip", **{"../../etc/1.txt": TEXT, "/abs/2.txt": TEXT, "C:\\dos\\3.txt": TEXT})]))
    assert sorted(each.name for each in found) == ["r.zip/abs/2.txt", "r.zip/dos/3.txt", "r.zip/etc/1.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp866"])
def test_names_without_a_word_on_their_encoding_are_read_as_utf_8_or_dos(tmp_path: Path, encoding: str) -> None:
    name = "Посол.txt".encode(encoding)
    place = "N" * len(name.removesuffix(b".txt")) + ".txt"
    path = Path(packed(tmp_path / "r.zip", **{place: TEXT}))
    path.write_bytes(path.read_bytes().replace(place.encode(), name))  # zipfile itself would mark such a name as UTF-8
    assert [each.name for each in acquire([str(path)])] == ["r.zip/Посол.txt"]


def test_what_is_locked_nested_or_too_large_is_named_and_the_rest_read(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("1.txt", TEXT)
    path = packed(tmp_path / "r.zip", **{"1.txt": TEXT, "bomb.txt": bytes(9_000_000), "inner.zip": inner.getvalue(), "locked.txt": TEXT})
    raw = bytearray(Path(path).read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # mark the last file as encrypted
        raw[raw.rindex(sign) + flags] |= 1
    Path(path).write_bytes(bytes(raw))
    found = list(acquire([path]))
    assert [str(each) if isinstance(each, Failure) else each.name for each in found] == [
        "r.zip/1.txt",
        "r.zip/bomb.txt: over the limit of 5 MB for one release",
        "r.zip/inner.zip: an archive in an archive is not opened: unpack the outer one first",
        "r.zip/locked.txt: locked with a password: unpack the archive first",
    ]


def test_an_archive_that_would_swell_beyond_bounds_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.ingest.archive._MOST_BYTES", 1_000_000)
    (failure,) = acquire([packed(tmp_path / "bomb.zip", **{f"{n}.jsonl": bytes(300_000) for n in range(4)})])
    assert isinstance(failure, Failure) and failure.cause.startswith("4 files, 0.0 GB unpacked: split it")


@pytest.mark.parametrize("files", [{}, {".hidden.txt": TEXT}, {"photo.jpg": b"x"}])
def test_an_archive_without_releases_does_not_vanish(files: dict[str, str | bytes], tmp_path: Path) -> None:
    (failure,) = acquire([packed(tmp_path / "r.zip", **files)])
    assert isinstance(failure, Failure) and failure.cause == "no releases in this archive"


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "r.zip", **{"1.txt": TEXT * 50, "2.txt": TEXT})
    raw = bytearray(Path(path).read_bytes())
    raw[45:60] = bytes(15)
    Path(path).write_bytes(bytes(raw))
    found = list(acquire([path]))
    assert isinstance(found[0], Failure) and found[0].cause.startswith("damaged in the archive") and found[1].name == "r.zip/2.txt"
    Path(path).write_bytes(bytes(raw[:80]))
    assert [str(each) for each in acquire([path])] == ["r.zip: not a whole zip archive"]


def test_a_damaged_list_of_files_costs_no_more_than_the_file_it_is_of(tmp_path: Path) -> None:
    sound = Path(packed(tmp_path / "r.zip", **{"1.txt": TEXT, "2.txt": TEXT})).read_bytes()
    listed = sound.index(b"PK\x01\x02")
    (tmp_path / "r.zip").write_bytes(sound[:-6] + (listed + 7).to_bytes(4, "little") + sound[-2:])  # the first file begins at -7
    assert [(type(each) is Failure, each.name) for each in acquire([str(tmp_path / "r.zip")])] == [
        (True, "r.zip/1.txt"),
        (True, "r.zip/2.txt"),
    ]
    nameless = bytearray(sound)
    nameless[listed + 28 : listed + 30] = b"\0\0"  # the length of its name
    nameless[listed + 32 : listed + 34] = b"\x05\0"  # so that the name passes for a remark
    (tmp_path / "r.zip").write_bytes(bytes(nameless))
    found = list(acquire([str(tmp_path / "r.zip")]))
    assert [(type(each) is Failure, each.name) for each in found] == [(False, "r.zip/2.txt"), (True, "r.zip/unnamed")]

"""Broken inputs by the thousand: each is accounted for in a line that names it, none ends in a fault of ours."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from elshi import resource
from elshi.flow import Options, Outcome, ingest_sources, produce, read_sources
from elshi.ingest.model import Release
from elshi.store.base import open_writer
from elshi.store.intake import IntoStore, Product
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine

SAMPLES = [entry.read_bytes() for entry in sorted(Path(str(resource("data/samples"))).glob("*.txt"))]
#: How many files are broken; more with `ELSHI_FUZZ=20000 python3 dev.py test tests/test_fuzz.py`.
FILES = int(os.environ.get("ELSHI_FUZZ", "1500"))
#: What is told of an error that nobody foresaw.
UNFORESEEN = "please report"


def flipped(body: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, cut out and doubled."""
    broken = bytearray(body)
    for _ in range(rng.randint(1, 40)):
        at = rng.randrange(len(broken) or 1)
        choice = rng.randrange(4)
        if choice == 0 and broken:
            broken[at] = rng.randrange(256)
        elif choice == 1:
            del broken[at : at + rng.randint(1, 30)]
        elif choice == 2:
            broken[at:at] = rng.randbytes(rng.randint(1, 8))
        else:
            broken[at:at] = broken[at : at + rng.randint(1, 60)]
    return bytes(broken)


def cut(body: bytes, rng: random.Random) -> bytes:
    return body[: rng.randrange(len(body) + 1)]


def encoded(body: bytes, rng: random.Random) -> bytes:
    return body.decode().encode(rng.choice(["utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "utf-8-sig", "cp1252"]), "replace")


def zeros(body: bytes, rng: random.Random) -> bytes:
    return body[:200].replace(b" ", b"\0") + b"\0" * rng.randint(0, 3000)


def noise(body: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 4000))


def odd_signs(body: bytes, rng: random.Random) -> bytes:
    """Signs that turn, join, hide, break lines or count as two; a few kinds a file, because one NUL makes all of it binary."""
    text = list(body.decode())
    kinds = rng.sample("\u202e\u200d\ufeff\u0000\x0b\x1f\u2028\u2029\x85\U0001f680\u0301\ufffe«»\"'<&;\\\t\r", rng.randint(1, 4))
    for _ in range(60):
        text.insert(rng.randrange(len(text)), rng.choice(kinds))
    return "".join(text).encode()


def one_line(body: bytes, rng: random.Random) -> bytes:
    return body.replace(b"\n", b" ") * rng.randint(1, 6)


def as_html(body: bytes, rng: random.Random) -> bytes:
    tags = [
        b"<p>",
        b"</p>",
        b"<div><table>",
        b"<!--",
        b"</html>",
        b"<script>",
        b"<meta charset=utf-7>",
        b"<![CDATA[",
        b"<a href='",
        b"&#x110000;",
    ]
    return b"<html><body>" + b"".join(rng.choice(tags) + flipped(line, rng) for line in body.split(b"\n"))


def as_lines(body: bytes, rng: random.Random) -> bytes:
    line = json.dumps({"text": body.decode(), "lang": rng.choice(["kk", "xx", 7, None]), "date": rng.choice(["2026-03-04", "soon", 3, {}])})
    return flipped(b"\n".join([line.encode(), b"{}", b"[1]", b"null", line.encode()]), rng)


def as_gzip(body: bytes, rng: random.Random) -> bytes:
    return flipped(gzip.compress(as_lines(body, rng)), rng)


def as_zip(body: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(rng.choice(["a.txt", "../../a.txt", "/etc/a.txt", "b/c.html", "\u202ea.txt", "x" * 200 + ".txt"]), body)
    return flipped(out.getvalue(), rng) if rng.random() < 0.7 else out.getvalue()


WAYS: list[tuple[Callable[[bytes, random.Random], bytes], str]] = [
    (flipped, ".txt"), (cut, ".txt"), (encoded, ".txt"), (zeros, ".txt"), (noise, ".txt"), (odd_signs, ".txt"), (one_line, ".md"),
    (as_html, ".html"), (as_lines, ".jsonl"), (as_gzip, ".jsonl.gz"), (noise, ".html"), (odd_signs, ".md"), (as_zip, ".zip"),
]  # fmt: skip


def broken(folder: Path, count: int, seed: int) -> list[Path]:
    rng = random.Random(seed)
    made = []
    for number in range(count):
        way, suffix = WAYS[number % len(WAYS)]
        made.append(folder / f"{number:05}{suffix}")
        made[-1].write_bytes(way(rng.choice(SAMPLES), rng))
    return made


def test_every_broken_file_gives_releases_or_a_line_that_names_it(tmp_path: Path) -> None:
    for path in broken(tmp_path, FILES, 1):
        found = list(read_sources([str(path)]))
        assert found, f"{path.name} vanished"
        for each in found:
            if isinstance(each, Outcome):
                assert each.state == "failed" and each.detail and "\n" not in each.detail
                assert UNFORESEEN not in each.detail, (path.name, each.detail)
                assert path.name.partition(".")[0] in each.name or path.suffix == ".zip", (path.name, each.name)
            else:
                assert each.text.strip() and each.title and each.lang in ("kk", "ru", "en")
                each.text.encode()  # no half of a surrogate pair


def test_broken_files_among_sound_ones_are_counted_with_them(tmp_path: Path) -> None:
    sound = [str(path) for path in sorted(Path(str(resource("data/samples"))).glob("d03.*.txt"))]
    files = broken(tmp_path, max(3 * len(WAYS), FILES // 20), 2)
    told: list[Outcome] = []
    with open_writer("memory:") as store:
        intake = IntoStore(store, Quarantine(None), Run("2026-03-04T00:00:00Z", "test", "elshi"))
        summary = ingest_sources([*sound, *map(str, files)], intake, Options(jobs=1), tell=told.append)
    assert summary.total == len(told) == len(list(read_sources([*sound, *map(str, files)])))
    assert {outcome.name: outcome.state for outcome in told if outcome.name.startswith("d03")} == dict.fromkeys(
        ("d03.en.txt", "d03.kk.txt", "d03.ru.txt"), "stored"
    )
    assert not [outcome for outcome in told if UNFORESEEN in outcome.detail]


def shuffled(rng: random.Random) -> str:
    """Sentences of several releases torn apart and put together anew, in one language or several."""
    words = " ".join(rng.choice(SAMPLES).decode() for _ in range(2)).split(" ")
    pieces = [words[at : at + rng.randint(1, 25)] for at in (rng.randrange(len(words)) for _ in range(rng.randint(2, 14)))]
    text = rng.choice([" ", "\n", ". ", ", "]).join(" ".join(piece) for piece in pieces)
    letters = list(text)
    for _ in range(rng.randint(0, 25)):
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(["", letters[at] * 2, letters[at].upper(), " ", ".", "«", ")", "–", "\n", "1"])
    return f"date 2026-03-04 Title\n{''.join(letters)}"


@pytest.mark.parametrize("seed", range(3))
def test_text_without_sense_is_read_and_its_graph_conforms(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    for number in range(25):
        (tmp_path / f"{number}.txt").write_text(shuffled(rng), encoding="utf-8")
    releases = [found for found in read_sources([str(tmp_path)]) if isinstance(found, Release)]
    assert len(releases) == 25
    for made in produce(releases):
        assert isinstance(made, Product), made
        assert not made.refusal, (made.reading.release.text, made.refusal)

"""Whatever is asked for comes as pages in order, and what gives none is named once and stops nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from elshi.ingest.acquire import Failure, acquire
from elshi.ingest.model import Page
from elshi.ingest.read import Unreadable, read

RELEASE = "date 2026-03-04 Елші кездесті\nҚазақстанның Бельгиядағы Елшісі университет ректорымен кездесу өткізді."


def write(path: Path, content: str | bytes = RELEASE) -> Path:
    """A file with this content, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(found: list[Page | Failure]) -> list[str]:
    """What came, in order; failures in brackets."""
    return [f"[{Path(each.name).name}]" if isinstance(each, Failure) else each.name for each in found]


def line(**fields: object) -> str:
    """A JSON line."""
    return json.dumps(fields, ensure_ascii=False)


def test_folders_are_walked_in_order_and_leave_out_what_is_hidden_or_of_another_kind(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/b.md", ".git/c.txt", ".d.txt", "photo.jpg", "LICENSE"):
        write(tmp_path / name)
    assert names(list(acquire([str(tmp_path)]))) == ["b.txt", "b.md", "z.html"]


def test_globs_may_be_quoted(tmp_path: Path) -> None:
    for name in ("1.kk.txt", "1.ru.txt", "deep/2.kk.txt"):
        write(tmp_path / name)
    assert names(list(acquire([f"{tmp_path}/*.kk.txt"]))) == ["1.kk.txt"]
    assert names(list(acquire([f"{tmp_path}/**/*.kk.txt"]))) == ["1.kk.txt", "2.kk.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    assert names(list(acquire([str(write(tmp_path / "release[1].txt"))]))) == ["release[1].txt"]


def test_a_page_never_carries_a_local_path(tmp_path: Path) -> None:
    write(tmp_path / "news.jsonl", line(text=RELEASE))
    write(tmp_path / "1.txt")
    assert not any(str(tmp_path) in repr(page) for page in acquire([str(tmp_path)]))


def test_json_lines_say_what_they_know(tmp_path: Path) -> None:
    stated = {"id": 4711, "url": "https://example.org/4711", "lang": "kk", "title": "Елші", "date": "05.03.2026", "publisher": "СІМ"}
    web = line(html="<p>…</p>", issued="2026-03-04T10:00:00Z")
    file = write(tmp_path / "news.jsonl", f"{line(text=RELEASE, unknown=[1], **stated)}\n\n{web}")
    first, second = (page for page in acquire([str(file)]) if isinstance(page, Page))
    assert (first.source_id, first.url, first.lang, first.title) == ("4711", "https://example.org/4711", "kk", "Елші")
    assert (first.issued, first.publisher, first.media_type, first.body.decode()) == ("2026-03-05", "СІМ", "text/plain", RELEASE)
    assert (second.name, second.media_type, second.issued) == ("news.jsonl:3", "text/html", "2026-03-04")


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    broken = ['{"text": "Елші', "[1, 2]", line(title="Елші"), line(text=RELEASE, date="soon")]
    lines = "\n".join([line(text=RELEASE), *broken, "", line(text=RELEASE, id="7")])
    for file in (write(tmp_path / "a.jsonl", lines), write(tmp_path / "a.jsonl.gz", gzip.compress(lines.encode()))):
        found = list(acquire([str(file)]))
        assert names(found) == [f"{file.name}:1", *(f"[{file.name}:{n}]" for n in (2, 3, 4, 5)), f"{file.name}:7"]
        causes = [each.cause for each in found if isinstance(each, Failure)]
        assert [cause.split(":")[0] for cause in causes] == [
            "broken JSON line",
            "broken JSON line",
            'no "text" and no "html" in this line',
            "'soon' is no date",
        ]
        assert not any("\n" in cause for cause in causes)


def test_a_damaged_gzip_gives_what_it_holds_and_one_failure(tmp_path: Path) -> None:
    packed = gzip.compress((line(text=RELEASE) + "\n").encode() + os.urandom(200_000))
    found = list(acquire([str(write(tmp_path / "cut.jsonl.gz", packed[: len(packed) // 2])), str(write(tmp_path / "no.jsonl.gz", "text"))]))
    assert names(found)[0] == "cut.jsonl.gz:1"
    assert [str(each) for each in found if isinstance(each, Failure)][-2:] == [
        "cut.jsonl.gz: not a whole gzip file",
        "no.jsonl.gz: not a whole gzip file",
    ]


@pytest.mark.parametrize(
    ("sent", "media_type"),
    [(RELEASE, "text/plain"), ("\ufeff  <!DOCTYPE html><html></html>", "text/html"), ("\n" + line(text=RELEASE), "text/plain")],
)
def test_standard_input_is_text_a_web_page_or_json_lines(sent: str, media_type: str) -> None:
    (page,) = acquire(["-"], stdin=io.BytesIO(sent.encode()))
    assert isinstance(page, Page)
    assert page.name.startswith("stdin") and page.media_type == media_type


def test_language_and_publisher_may_be_given_for_all(tmp_path: Path) -> None:
    (page,) = acquire([str(write(tmp_path / "1.txt"))], lang="kk", publisher="СІМ")
    assert isinstance(page, Page)
    assert (page.lang, page.publisher) == ("kk", "СІМ")


def test_what_is_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    big = write(tmp_path / "big.txt", "Елші келді. " * 1_000_000)
    lines = write(tmp_path / "long.jsonl", line(text="x" * 6_000_000) + "\n" + line(text=RELEASE))
    found = list(acquire([str(big), str(lines)]))
    assert names(found) == ["[big.txt]", "[long.jsonl:1]", "long.jsonl:2"]
    assert str(found[0]) == f"{big}: 21.0 MB, over the limit of 5 MB for one release"
    assert names(list(acquire([str(big)], largest=30_000_000))) == ["big.txt"]


def test_what_is_not_there_is_told_from_what_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "letter.docx")
    (tmp_path / "empty").mkdir()
    sources = [tmp_path / "none.txt", tmp_path / "*.html", tmp_path / "letter.docx", tmp_path / "empty", "https://example.org/1"]
    found = [each for each in acquire(map(str, sources)) if isinstance(each, Failure)]
    assert [each.found for each in found] == [False, False, True, True, True]
    assert [each.cause.split(":")[0] for each in found] == [
        "not found",
        "nothing matches",
        ".docx files are not read",
        "no releases in this folder",
        "https",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt")
    secret.chmod(0)
    assert str(next(acquire([str(secret)]))) == f"{secret}: cannot be read: permission denied"


def test_url_schemes_are_a_table(tmp_path: Path) -> None:
    fetched = Page(name="https://example.org/1", body=b"<p>", media_type="text/html")
    assert list(acquire(["https://example.org/1"], schemes={"https": lambda url: iter([fetched])})) == [fetched]


def test_one_bad_input_never_stops_the_others(tmp_path: Path) -> None:
    bad: dict[str, bytes] = {
        "binary.txt": os.urandom(5_000) + b"\0",
        "empty.txt": b"",
        "menu.html": b"<html><body><ul><li>Home</li></ul></body></html>",
        "news.jsonl": b'{"text": broken\n' + line(text=RELEASE).encode(),
        "twenty.txt": RELEASE.encode() * 120_000,
    }
    for name, content in bad.items():
        write(tmp_path / name, content)
    write(tmp_path / "good.txt")
    write(tmp_path / "windows.txt", "date 2026-03-04 Посол\nПосол Казахстана встретился с ректором университета.".encode("cp1251"))
    read_, refused = [], []
    for found in acquire([str(tmp_path)]):
        try:
            if isinstance(found, Failure):
                raise Unreadable(found.cause, Path(found.name).name)
            read_.append(read(found).source_name)
        except Unreadable as why:
            refused.append(why.name)
    assert read_ == ["good.txt", "news.jsonl:2", "windows.txt"]
    assert refused == ["binary.txt", "empty.txt", "menu.html", "news.jsonl:1", "twenty.txt"]

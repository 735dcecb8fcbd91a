"""Curation from the command line: decide, see, take back, review, write as gold."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from elshi import resource
from elshi.cli import run
from elshi.ingest.model import Reading
from elshi.shapes.report import Report
from elshi.store.quarantine import Quarantine, Refused

SAMPLES = str(resource("data/samples"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("curate") / "store")
    assert run(["ingest", f"{SAMPLES}/d03.kk.txt", f"{SAMPLES}/d03.en.txt", "--store", where, "--jobs", "1", "-q"]) == 0
    return where


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(list(arguments))
    out = capsys.readouterr()
    return status, out.out, out.err


def rows(capsys: pytest.CaptureFixture[str], store: str, query: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in said(capsys, "query", query, "--store", store, "-f", "jsonl")[1].splitlines()]


def decided(capsys: pytest.CaptureFixture[str], store: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in said(capsys, "decisions", "list", "--json", "--store", store)[1].splitlines()]


def test_a_release_is_retracted_by_the_name_of_its_file_and_stays_out(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "retract", "d03.en.txt", "--why", "a trial", "--who", "A. Omarova", "--store", store)
    assert status == 0 and "changed 1 releases" in err
    assert "unchanged 1" in said(capsys, "ingest", f"{SAMPLES}/d03.en.txt", "--store", store)[2]
    languages = rows(capsys, store, "SELECT DISTINCT ?l WHERE { ?r a elshi:Release ; schema:inLanguage ?l }")
    assert languages == [{"l": "kk"}]
    (decision,) = decided(capsys, store)
    assert (decision["who"], decision["why"], decision["verdict"]) == ("A. Omarova", "a trial", "retracted")
    assert said(capsys, "decisions", "undo", decision["decision"], "--store", store)[0] == 0
    assert len(rows(capsys, store, "SELECT DISTINCT ?l WHERE { ?r a elshi:Release ; schema:inLanguage ?l }")) == 2


def test_a_trial_leaves_no_decision(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(decided(capsys, store))
    status, _, err = said(capsys, "relabel", "person:serikjan-abildaev", "С. Ә.", "--lang", "kk", "--dry-run", "-v", "--store", store)
    assert status == 0 and "would change 1 releases" in err and "+ <https://w3id.org/elshi/id/person/serikjan-abildaev>" in err
    assert len(decided(capsys, store)) == before


def test_things_of_different_kinds_are_not_merged(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "merge", "person:serikjan-abildaev", "place:kz", "--store", store)
    assert status == 1 and "of another kind" in err


def test_what_is_not_there_is_not_decided_about(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "reject", "event:none", "--store", store)
    assert status == 5 and "not in this store" in err
    assert said(capsys, "reject", "event:none", "--store", f"{store}-none")[0] == 5


def test_a_review_takes_one_answer_for_each_and_can_take_the_last_one_back(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {each["decision"] for each in decided(capsys, store)}
    monkeypatch.setattr("sys.stdin", io.StringIO("r\nu\ns\na\nq\n"))
    status, out, err = said(capsys, "review", "--below", "0.95", "--store", store)
    assert status == 0 and "undone" in out and "decided about 1 of" in err
    made = [each for each in decided(capsys, store) if each["decision"] not in before]
    assert [(each["verdict"], bool(each["undone"])) for each in made] in (
        [("rejected", True), ("accepted", False)],
        [("accepted", False), ("rejected", True)],
    )


def test_what_was_decided_about_is_written_as_gold(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "decisions", "gold", str(tmp_path), "d03.kk.txt", "--store", store)[0] == 0
    story = json.loads((tmp_path / "d03-kk.json").read_text("utf-8"))
    assert story["versions"] == ["kk"] and story["persons"] and (tmp_path / "d03-kk.kk.txt").exists()


BASE = "https://data.example.org/elshi/id/"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store whose IRIs are an organisation's own."""
    where = str(tmp_path_factory.mktemp("elsewhere") / "store")
    assert run(["ingest", f"{SAMPLES}/d03.kk.txt", f"{SAMPLES}/d03.en.txt", "--store", where, "--base-iri", BASE, "--jobs", "1", "-q"]) == 0
    return where


def foreign(capsys: pytest.CaptureFixture[str], store: str) -> list[dict[str, str]]:
    """Things whose IRIs begin as those of another store would."""
    query = 'SELECT DISTINCT ?x { GRAPH ?g { { ?x ?p ?o } UNION { ?s ?p ?x } } FILTER(STRSTARTS(STR(?x), "https://w3id.org/elshi/id/")) }'
    return rows(capsys, store, query)


def test_a_store_is_asked_and_decided_about_without_saying_again_what_its_iris_begin_with(
    elsewhere: str, capsys: pytest.CaptureFixture[str]
) -> None:
    person = "person:serikjan-abildaev"
    assert f"{BASE}person/serikjan-abildaev" in said(capsys, "show", person, "--json", "--store", elsewhere)[1]
    assert f"  {person}" in said(capsys, "search", "Abildaev", "--store", elsewhere)[1]
    assert rows(capsys, elsewhere, f"SELECT DISTINCT ?p {{ {person} a ?c . BIND({person} AS ?p) }}") == [
        {"p": f"{BASE}person/serikjan-abildaev"}
    ]
    for arguments in (
        ["relabel", person, "С. Әбілдаев", "--lang", "kk"], ["retract", "d03.en.txt"],
        ["split", person, "--release", "d03.kk.txt", "--name", "С. Ә.", "--lang", "kk"],
    ):  # fmt: skip
        status, _, err = said(capsys, *arguments, "--store", elsewhere)
        assert status == 0 and ("changed 1 releases" in err or "changed 2 releases" in err), arguments
    listed = said(capsys, "decisions", "list", "--store", elsewhere)[1]
    assert f"relabelled {person} as" in listed and "retracted release:" in listed and f"split {person} -> {person}-2" in listed
    assert all(said(capsys, "decisions", "undo", each["decision"], "--store", elsewhere)[0] == 0 for each in decided(capsys, elsewhere))
    assert foreign(capsys, elsewhere) == []


def test_a_review_of_a_store_with_iris_of_its_own_finds_what_is_doubtful(
    elsewhere: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))
    status, out, err = said(capsys, "review", "--below", "0.95", "--store", elsewhere)
    assert status == 0 and "decided about 1 of" in err and "https://data.example.org" not in out, "names are short"
    assert foreign(capsys, elsewhere) == []


def test_what_was_refused_is_tried_again_under_the_iris_of_its_store(elsewhere: str, capsys: pytest.CaptureFixture[str]) -> None:
    held = Quarantine.of(elsewhere)
    reading = Reading.from_json(said(capsys, "extract", f"{SAMPLES}/d03.kk.txt", "--jobs", "1")[1])
    held.put(Refused(reading.release.key, "2026-03-04T10:00:00Z", "another engine", reading, "", Report(())))
    status, _, err = said(capsys, "quarantine", "retry", "--store", elsewhere)
    assert status == 0 and list(held) == [], err
    assert foreign(capsys, elsewhere) == []
    assert len(rows(capsys, elsewhere, "SELECT DISTINCT ?r { ?r a elshi:Release }")) == 2


def test_a_store_takes_no_iris_that_begin_otherwise(elsewhere: str, capsys: pytest.CaptureFixture[str]) -> None:
    more = ["ingest", f"{SAMPLES}/d03.kk.txt", "--store", elsewhere, "--jobs", "1"]
    status, _, err = said(capsys, *more, "--base-iri", "https://other.example.org/id/")
    assert status == 1 and f"begin with {BASE}" in err and err.count("\n") == 1
    assert said(capsys, *more)[2].endswith("ingested 0, unchanged 1\n")
    assert foreign(capsys, elsewhere) == []

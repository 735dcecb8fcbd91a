"""The corpus that training reads, and the facts marked in a part of it, hold together; a fault in either is named."""

import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from elshi.ingest.model import Entity, Event, Mention, Reading, Release, Subject
from elshi.queries.evaluation import Counts

corpus, marked, measure = (import_module(f"training.{name}") for name in ("corpus", "facts.marked", "facts.measure"))
ROOT = Path(__file__).parents[1]
FIVE = "kk-a01.txt\t5\tMeeting\tДәурен Сейтқали; Родриго Сепульведа Моралеспен\theld\t-\t-"


def test_the_corpus_is_well_formed() -> None:
    assert not list(corpus.problems(sorted(marked.DATA.glob("*.txt"))))


def test_the_marked_facts_are_well_formed() -> None:
    assert not list(marked.problems())


def test_the_sample_takes_from_every_file_and_has_enough_of_every_language() -> None:
    rows = marked.read_rows()
    assert {row.file for row in rows} == {path.name for path in marked.DATA.glob("*-*.txt")}
    sizes = {
        lang: len({(row.file, row.line) for row in rows if row.file.startswith(lang) and marked.sampled(row.file, row.line)})
        for lang in ("kk", "ru", "en")
    }
    assert sizes["kk"] >= 150 and min(sizes.values()) >= 66, sizes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of the corpus and its facts."""
    shutil.copy(marked.DATA / "kk-a01.txt", tmp_path)
    lines = (marked.DATA / "facts.tsv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "facts.tsv").write_text("".join(line for line in lines if line.startswith(("#", "file", "kk-a01"))), "utf-8")
    assert not list(marked.problems(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (FIVE.replace("Meeting", "Parade"), "unknown kind 'Parade'"),
        (FIVE.replace("held", "done"), "status 'done' of Meeting"),
        (FIVE.replace("held", "-"), "status '-' of Meeting"),
        (FIVE.replace("held\t-", "held\tagreed"), "step 'agreed' of Meeting"),
        (FIVE.replace("Meeting", "Cooperation").replace("held\t-", "-\tpromised"), "step 'promised' of Cooperation"),
        (FIVE.replace("Meeting", "Agreement").replace("held\t-", "-\tdiscussed"), "step 'discussed' of Agreement"),
        (FIVE.replace("Дәурен Сейтқали", "Дәурен"), "'Дәурен' is no person, body or country marked in it"),
        (FIVE.replace("Дәурен Сейтқали", "Елшісі"), "'Елшісі' is no person"),
        (FIVE.replace("Дәурен Сейтқали", "Родриго Сепульведа Моралеспен"), "listed twice"),
        (FIVE.removesuffix("-") + "weather", "unknown topic 'weather'"),
        (FIVE.replace("Meeting", "-").replace("held", "-"), "somebody takes part in nothing"),
        (f"{FIVE}\n{FIVE}", "stated 2 times: Meeting"),
        (f"{FIVE}\nkk-a01.txt\t5\t-\t-\t-\t-\t-", "states nothing, and yet something"),
        ("kk-a01.txt\t500\t-\t-\t-\t-\t-", "no such sentence"),
        ("kk-z99.txt\t5\t-\t-\t-\t-\t-", "no such sentence"),
        ("", "kk-a01.txt:5: of the sample, and not marked"),
    ],
)
def test_a_fault_in_the_facts_is_named(folder: Path, row: str, fault: str) -> None:
    path = folder / "facts.tsv"
    text = path.read_text("utf-8")
    assert FIVE + "\n" in text
    path.write_text(text.replace(FIVE + "\n", row and row + "\n"), "utf-8")
    assert any(fault in found for found in marked.problems(folder)), list(marked.problems(folder))


@pytest.mark.parametrize(
    "text", ["", "file\tline\n", FIVE + "\n", "\t".join(marked.COLUMNS) + "\n" + FIVE.replace("\t5\t", "\tfive\t") + "\n"]
)
def test_what_is_no_table_of_facts_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "facts.tsv").write_text(text, "utf-8")
    with pytest.raises(marked.FactsError, match=r"facts\.tsv"):
        marked.read_rows(tmp_path)


def test_a_reading_scores_by_what_is_marked() -> None:
    sentence = corpus.parse_line("[Анна Ли|PERSON] met [Ben Roe|PERSON] of [Acme|ORGANISATION] on space.")
    row = marked.Row("en-00.txt", 5, "Meeting", ("Анна Ли", "Ben Roe"), "held", "-", ("space",))
    told = [Mention(at := sentence.text.index(name), at + len(name), name, kind) for name, kind in
            (("Анна Ли", "Person"), ("Ben", "Person"), ("Acme", "Company"))]  # fmt: skip
    entities = tuple(Entity(f"#{i}", mention.kind, ((mention.text, "en"),), (mention,)) for i, mention in enumerate(told))
    release = Release("x", "en", "", sentence.text, "", "x.txt")
    read = Reading(
        release, entities, events=(Event("e1", "Meeting", (), ("#0", "#1", "#2"), status="planned"),), subjects=(Subject("space", ()),)
    )
    score = measure.score(read, sentence, [row])
    assert score["events"] == score["topics"] == Counts(1, 1, 1)
    assert score["participants"] == Counts(2, 3, 2)
    assert score["status"] == Counts(0, 1, 1) and score["status not held"] == Counts(0, 1, 0)
    assert score["steps"] == score["parties"] == Counts(0, 0, 0)
    assert measure.score(Reading(release), sentence, [row])["participants"] == Counts(0, 0, 2)


def test_every_shipped_model_says_what_it_is_and_what_it_was_trained_on() -> None:
    cards = json.loads((ROOT / "training/ner/cards.json").read_text("utf-8"))
    shipped = {path.parent.name: json.loads(path.read_text("utf-8")) for path in ROOT.glob("data/models/*_ner/meta.json")}
    assert set(shipped) == {card["name"] for card in cards.values()}
    for lang, card in cards.items():
        assert {key: shipped[f"{lang}_ner"][key] for key in card} == card
        assert all(source["name"] and source["license"] for source in card["sources"])

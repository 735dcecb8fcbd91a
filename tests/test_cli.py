"""The command line as its users meet it: real commands, their output and exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from elshi import resource
from elshi.cli import run

SAMPLES = str(resource("data/samples"))


def elshi(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command; exit status, standard output, standard error."""
    capsys.readouterr()
    status = run(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with three versions of two stories."""
    where = str(tmp_path_factory.mktemp("cli") / "store")
    assert (
        run(
            [
                "ingest",
                *(f"{SAMPLES}/{d}.{lang}.txt" for d in ("d01", "d10") for lang in ("kk", "ru", "en")),
                "--store",
                where,
                "--jobs",
                "1",
            ]
        )
        == 0
    )
    return where


def test_ingesting_the_same_again_changes_nothing(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = elshi("ingest", f"{SAMPLES}/d10.kk.txt", "--store", store, capsys=capsys)
    assert (status, err.strip().splitlines()[-1]) == (0, "ingested 0, unchanged 1")


def test_one_meeting_in_three_languages_is_one_row(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = elshi("query", "@meetings", "--store", store, "-f", "jsonl", capsys=capsys)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert any("Vassilenko" in str(row["participants"]) for row in rows)


def test_every_statistic_comes_with_its_sentence(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = elshi("query", "@statistics", "--store", store, "-f", "jsonl", capsys=capsys)
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows
    assert all(row["quote"] for row in rows)


@pytest.mark.parametrize("name", [
    "meetings", "representatives", "counterparts", "topics", "agreements", "hierarchy", "upcoming", "statistics", "divergence", "network",
    "climb", "doubtful", "unresolved", "changes",
])  # fmt: skip
def test_every_saved_query_runs(name: str, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    required = {"hierarchy": ["-p", "under=organization:ror-00afp2z80"]}.get(name, [])
    status, out, err = elshi("query", f"@{name}", "--store", store, "-f", "json", *required, capsys=capsys)
    assert status == 0, err
    assert json.loads(out)["head"]["vars"]


def test_a_card_is_found_by_name_and_quotes_its_facts(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = elshi("show", "Льеж университеті", "--store", store, capsys=capsys)
    assert status == 0
    assert "ror-00afp2z80" in out.splitlines()[0]
    assert "“" in out


def test_searching_puts_the_likest_first(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = elshi("search", "University of Jordan", "--store", store, "--json", capsys=capsys)
    assert "University of Jordan" in json.loads(out.splitlines()[0])["name"]


@pytest.mark.parametrize(("arguments", "status"), [
    (["query", "SELECT * { ?s", "--store", "STORE"], 7), (["query", "@nothing", "--store", "STORE"], 2), (["show", "Nobody Atall", "--store", "STORE"], 5),
    (["stats", "--store", "NONE"], 5), (["ingest", "no-such-file.txt", "--store", "NONE"], 5), (["query"], 2), (["nonsense"], 2),
])  # fmt: skip
def test_exit_status_tells_what_went_wrong(
    arguments: list[str], status: int, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [{"STORE": store, "NONE": str(tmp_path / "none")}.get(a, a) for a in arguments]
    found, _, err = elshi(*given, capsys=capsys)
    assert found == status, err
    assert "Traceback" not in err


def test_bad_inputs_are_named_and_the_others_ingested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (inputs / "huge.txt").write_bytes("сөз ".encode() * 3_000_000)
    (inputs / "bare.html").write_text("<html><body><nav>menu</nav></body></html>", encoding="utf-8")
    (inputs / "broken.jsonl").write_text('{"id": "x", "text": \n', encoding="utf-8")
    (inputs / "good.kk.txt").write_text(Path(f"{SAMPLES}/d10.kk.txt").read_text("utf-8"), encoding="utf-8")
    status, _, err = elshi("ingest", str(inputs), "--store", str(tmp_path / "store"), "--jobs", "1", capsys=capsys)
    assert status == 4
    assert err.strip().splitlines()[-1] == "ingested 1, unchanged 0, failed 5"
    for name in ("empty.txt", "binary.txt", "huge.txt", "bare.html", "broken.jsonl"):
        assert any(f"{name}:" in line for line in err.splitlines()), name


def test_a_trial_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = elshi("ingest", f"{SAMPLES}/d10.ru.txt", "--dry-run", "--store", str(tmp_path / "s"), capsys=capsys)
    assert (status, err.strip().splitlines()[-1]) == (0, "would have ingested 1, unchanged 0")
    assert not (tmp_path / "s").exists()


def test_dumps_are_the_same_bytes_every_time(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats = [f for name in ("nq", "trig", "ttl", "jsonld", "csv") for f in ("-f", name)]
    for at in ("one", "two"):
        assert elshi("export", str(tmp_path / at), "--store", store, *formats, capsys=capsys)[0] == 0
    assert (tmp_path / "one/SHA256SUMS").read_text() == (tmp_path / "two/SHA256SUMS").read_text()
    assert {p.name for p in (tmp_path / "one").iterdir()} >= {
        "elshi.nq.gz",
        "elshi.trig.gz",
        "elshi.ttl.gz",
        "jsonld",
        "csv",
        "SHA256SUMS",
    }


def test_a_dump_read_back_conforms(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elshi("export", str(tmp_path), "--store", store, "-f", "nq", "--compress", "none", capsys=capsys)
    assert elshi("validate", str(tmp_path / "elshi.nq"), capsys=capsys)[0] == 0


def test_validation_of_a_broken_graph_is_status_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = "<https://w3id.org/elshi/id/release/x>"
    graph = "<https://w3id.org/elshi/id/graph/x>"
    (tmp_path / "bad.nq").write_text(
        f"{release} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/elshi/ontology#Release> {graph} .\n"
    )
    status, out, _ = elshi("validate", str(tmp_path / "bad.nq"), capsys=capsys)
    assert status == 3
    assert "Violation" in out


@pytest.mark.parametrize("form", ["jsonl", "table", "html"])
def test_a_reading_prints_in_every_form(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = elshi("extract", f"{SAMPLES}/d10.en.txt", "-f", form, "--jobs", "1", capsys=capsys)
    assert status == 0
    assert "University of Jordan" in out
    assert form != "html" or '<mark class="Person"' in out


def test_state_is_told(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(elshi("stats", "--store", store, "--json", capsys=capsys)[1])["elshi:Release"] == 6
    assert elshi("doctor", "--store", store, capsys=capsys)[0] == 0
    assert elshi("backup", str(tmp_path / "copy"), "--store", store, capsys=capsys)[0] == 0
    assert json.loads(elshi("stats", "--store", str(tmp_path / "copy"), "--json", capsys=capsys)[1])["elshi:Release"] == 6
    assert elshi("config", "--json", capsys=capsys)[0] == 0
    assert "elshi" in elshi("completion", "bash", capsys=capsys)[1]


def test_asking_does_not_load_the_reader() -> None:
    code = "import sys; from elshi.cli import run; run(['query', '--list']); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_help_starts_at_once() -> None:
    """Imports decide it, whatever the machine: nothing heavy is loaded to print help."""
    code = "import sys; from elshi.cli import run; run(['--help']); sys.exit(bool({'spacy', 'rdflib', 'pyshacl', 'pyoxigraph'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def loaded_by(*arguments: str) -> set[str]:
    """The packages and modules that a command in a process of its own has loaded in the end."""
    code = "import sys; from elshi.cli import run; run(sys.argv[1:]); print('loaded', *sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(ended.stdout.rpartition("loaded ")[2].split())


def test_a_query_loads_nothing_that_opens_urls(store: str) -> None:
    assert not {"urllib.request", "http.client", "ssl", "requests"} & loaded_by("query", "@meetings", "--store", store)


def test_a_release_in_one_language_loads_the_dictionaries_of_no_other() -> None:
    found = loaded_by("ingest", f"{SAMPLES}/d10.kk.txt", "--jobs", "1", "--dry-run", "-q")
    assert "elshi.ingest.languages.kk" in found
    assert not {"pymorphy3", "lemminflect", "spacy.lang.ru", "spacy.lang.en"} & found


def test_files_that_are_known_load_neither_the_reader_nor_what_asks_the_web(store: str) -> None:
    found = loaded_by("ingest", f"{SAMPLES}/d10.kk.txt", "--store", store, "--jobs", "1", "-q")
    assert "elshi.flow" in found
    assert not {"spacy", "requests"} & found

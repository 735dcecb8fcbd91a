"""From sources to a store: every input is accounted for, a refused release is kept and tried again."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

import elshi
from elshi import resource
from elshi.flow import Options, Outcome, engine, ingest_sources
from elshi.ingest.model import Cooperation, Reading, Release
from elshi.ingest.reader import read_release
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.store.base import open_writer
from elshi.store.intake import IntoStore
from elshi.store.loading import load_store
from elshi.store.provenance import Run, known
from elshi.store.quarantine import Quarantine
from elshi.store.shards import IntoShards

SAMPLES = resource("data/samples")
ONE = str(SAMPLES.joinpath("d10.en.txt"))


def run_of(number: int) -> Run:
    return Run(f"2026-03-0{number}T00:00:00Z", "test", "elshi test")


def one_sided(release: Release) -> Reading:
    """A reading that the shapes refuse: somebody cooperating with nobody."""
    reading = read_release(release)
    pact = Cooperation("c99", reading.events[0].parties[:1] or ("place/kz",), "discussed", reading.events[0].evidence)
    return replace(reading, cooperations=(pact,))


def test_the_four_ends_add_up_to_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    told: list[Outcome] = []
    with open_writer("memory:") as store:
        intake = IntoStore(store, Quarantine(None), run_of(1))
        summary = ingest_sources([ONE, str(tmp_path / "empty.txt"), str(tmp_path / "none.txt")], intake, Options(jobs=1), tell=told.append)
    assert summary.total == 3 == len(told)
    assert (summary.stored, summary.failed, summary.missing) == (1, 2, 1)


def test_a_refused_release_waits_in_quarantine_with_its_reading_and_is_stored_once_it_conforms(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "q")
    with open_writer("memory:") as store:
        summary = ingest_sources([ONE], IntoStore(store, quarantine, run_of(1)), Options(jobs=1), reads=one_sided)
        assert summary.quarantined == 1
        (entry,) = quarantine
        assert entry.reading.release.source_name == "d10.en.txt"
        assert "Cooperation" in entry.worst or "cooperation" in entry.worst
        assert not any("release" in g or "d10" in g for g in store.graphs() if entry.key in g)
        again = ingest_sources([ONE], IntoStore(store, quarantine, run_of(2), again=True), Options(jobs=1))
        assert again.stored == 1
        assert list(quarantine) == []


def unread(release: Release) -> Reading:
    raise AssertionError(f"{release.source_name} was read again")


def test_the_same_bytes_are_not_read_again_by_the_same_engine_and_are_by_another(tmp_path: Path) -> None:
    with open_writer("memory:") as store:
        ingest_sources([ONE], IntoStore(store, Quarantine(None), run_of(1)), Options(jobs=1))
        before = {graph: sorted(store.quads(graph)) for graph in store.graphs()}
        again = ingest_sources([ONE], IntoStore(store, Quarantine(None), run_of(2)), Options(jobs=1), reads=unread)
        assert (again.unchanged, again.total) == (1, 1)
        after = {graph: sorted(store.quads(graph)) for graph in store.graphs()}
        runs = f"{BASE_IRI}graph/provenance"
        assert {graph for graph in after if after[graph] != before[graph]} == {runs}
        assert any("unchangedCount" in quad and '"1"' in quad for quad in set(after[runs]) - set(before[runs]))
        newer = Run("2026-03-03T00:00:00Z", "another engine", "elshi test")
        assert ingest_sources([ONE], IntoStore(store, Quarantine(None), newer), Options(jobs=1), reads=unread).failed == 1


def test_a_refused_release_is_not_read_again_until_it_or_the_engine_changes(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "q")
    with open_writer("memory:") as store:
        ingest_sources([ONE], IntoStore(store, quarantine, run_of(1)), Options(jobs=1), reads=one_sided)
        again = ingest_sources([ONE], IntoStore(store, quarantine, run_of(2)), Options(jobs=1), reads=unread)
        assert (again.quarantined, again.total) == (1, 1)


def test_a_refused_version_leaves_the_stored_one_in_place(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "q")
    with open_writer("memory:") as store:
        ingest_sources([ONE], IntoStore(store, quarantine, run_of(1)), Options(jobs=1))
        (graph,) = known(store, prefixes())
        before = sorted(store.quads(graph))
        assert ingest_sources([ONE], IntoStore(store, quarantine, run_of(2), again=True), Options(jobs=1), reads=one_sided).quarantined == 1
        assert sorted(store.quads(graph)) == before


def test_two_processes_store_what_one_does(tmp_path: Path) -> None:
    sources = [str(SAMPLES.joinpath(f"d0{n}.kk.txt")) for n in range(1, 7)]
    kept = []
    for jobs in (1, 2):
        with open_writer("memory:") as store:
            ingest_sources(sources, IntoStore(store, Quarantine(None), run_of(1)), Options(jobs=jobs))
            kept.append(sorted(q for g in store.graphs() if not g.endswith("provenance") for q in store.quads(g)))
            store.close()
    assert kept[0] == kept[1]


def test_nothing_of_the_machine_enters_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELSHI_SECRET", "s3cr3t-of-the-environment")
    (tmp_path / "in").mkdir()
    for name in ("d10.en.txt", "d03.kk.txt"):
        (tmp_path / "in" / name).write_bytes(SAMPLES.joinpath(name).read_bytes())
    location = str(tmp_path / "store")
    with open_writer(location) as store:
        intake = IntoStore(store, Quarantine.of(location), Run("2026-03-01T00:00:00Z", engine(), "elshi"))
        assert ingest_sources([str(tmp_path / "in")], intake, Options(jobs=1)).stored == 2
        said = "\n".join(store.quads())
    for private in (str(tmp_path), str(Path.home()), socket.gethostname(), "s3cr3t", str(Path(elshi.__file__).parent)):
        assert private not in said


#: What Unicode calls a line break, and stands in N-Quads as it is.
BREAKS = "\u2028\u2029\x85"


@pytest.mark.parametrize("mark", BREAKS, ids=[f"U+{ord(mark):04X}" for mark in BREAKS])
def test_a_text_with_line_breaks_of_other_kinds_goes_the_whole_way(mark: str, tmp_path: Path) -> None:
    text = Path(ONE).read_text(encoding="utf-8").replace(" in ", f"{mark}in ", 3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "odd.txt").write_text(text, encoding="utf-8", newline="\n")
    sources = [str(tmp_path / "in")]
    with open_writer(str(tmp_path / "store")) as store:
        first = ingest_sources(sources, IntoStore(store, Quarantine(None), run_of(1)), Options(jobs=1))
        again = ingest_sources(sources, IntoStore(store, Quarantine(None), run_of(2)), Options(jobs=1), reads=unread)
        graphs = {graph: sorted(store.quads(graph)) for graph in store.graphs()}
    assert (first.stored, first.failed, again.unchanged) == (1, 0, 1)
    ((graph, rows),) = ((graph, rows) for graph, rows in graphs.items() if any("articleBody" in row and mark in row for row in rows))
    with IntoShards(tmp_path / "shards", engine()) as shards:
        assert ingest_sources(sources, shards, Options(jobs=1)).stored == 1
    load_store([tmp_path / "shards"], str(tmp_path / "loaded"), started="2026-03-05T00:00:00Z", engine=engine(), label="elshi test")
    with open_writer(str(tmp_path / "loaded")) as loaded:
        assert [row for row in sorted(loaded.quads(graph)) if "wasGeneratedBy" not in row] == [
            row for row in rows if "wasGeneratedBy" not in row
        ]

"""What every store keeps to: graphs go in whole, each triple is counted once, the same again changes nothing."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from elshi.store.base import QueryError, StoreError, StoreLocked, StoreNotFound, Table, Triples, View, open_view, open_writer
from elshi.store.embedded import EmbeddedStore

G1, G2 = "https://example.org/graph/1", "https://example.org/graph/2"


def quads(graph: str, *names: str) -> str:
    return "".join(f'<https://example.org/{n}> <https://schema.org/name> "{n}" <{graph}> .\n' for n in names)


def count(view: View, pattern: str = "?s ?p ?o") -> int:
    answer = view.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, Table)
    ((number,),) = list(answer.rows)
    assert number is not None
    return int(number.value)


@pytest.fixture(params=["disk", "memory", "virtuoso"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "virtuoso":
        return str(request.getfixturevalue("on_virtuoso"))
    return str(tmp_path / "store") if request.param == "disk" else "memory:"


def test_a_triple_in_two_graphs_is_counted_once(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a", "b"))
        store.replace(G2, quads(G2, "b", "c"))
        assert count(store) == 3
        assert count(store, f"GRAPH <{G1}> {{ ?s ?p ?o }}") == 2


def test_a_triple_is_forgotten_only_when_no_graph_states_it(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a", "b"))
        store.replace(G2, quads(G2, "b", "c"))
        assert store.remove(G1)
        assert count(store) == 2
        assert not store.remove(G1)


def test_replacing_a_graph_by_itself_changes_nothing(location: str) -> None:
    with open_writer(location) as store:
        assert store.replace(G1, quads(G1, "a", "b"))
        assert not store.replace(G1, quads(G1, "b", "a"))


def test_a_replacement_tells_what_it_added_and_removed(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a", "b"))
        change = store.replace(G1, quads(G1, "b", "c"))
        assert [len(change.added), len(change.removed)] == [1, 1]


def test_what_was_written_is_there_for_the_next_reader(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")) as store:
        store.replace(G1, quads(G1, "a"))
        store.publish()
    with open_view(str(tmp_path / "store")) as view:
        assert count(view) == 1


def test_a_second_writer_is_told_that_the_store_is_locked(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")), pytest.raises(StoreLocked), open_writer(str(tmp_path / "store")):
        pass


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound):
        open_view(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_readers_see_what_was_published_while_a_writer_goes_on(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a"))
        store.publish()
        with open_view(location) as early:
            store.replace(G1, quads(G1, "a", "b", "c"))
            assert count(early) == 1
            with open_view(location) as still:
                assert count(still) == 1
            store.publish()
            assert count(early) == 1, "an open view stands still"
        with open_view(location) as late:
            assert count(late) == 3


def test_a_failed_write_leaves_the_graph_as_it_was(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a", "b"))
        for wrong in ("<https://example.org/x> nonsense .", quads(G2, "c")):
            with pytest.raises(StoreError):
                store.replace(G1, wrong)
        assert sorted(store.quads(G1)) == sorted(line for line in quads(G1, "a", "b").splitlines())


def test_what_is_added_and_discarded_is_counted_once_in_the_default_graph(location: str) -> None:
    with open_writer(location) as store:
        assert [store.add(quads(G1, "a", "b")), store.add(quads(G1, "b")), store.add(quads(G2, "b"))] == [2, 0, 1]
        assert store.discard(quads(G1, "b")) == 1
        assert count(store) == 2, "the other graph still states it"


def test_a_graph_with_nothing_in_it_is_gone(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a"))
        store.replace(G1, "")
        assert (list(store.graphs()), count(store)) == ([], 0)


def test_named_graphs_are_those_of_the_store_alone(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G2, quads(G2, "a"))
        store.replace(G1, quads(G1, "a"))
        assert list(store.graphs()) == [G1, G2]
        answer = store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
        assert isinstance(answer, Table)
        assert [graph.value for (graph,) in answer.rows if graph] == [G1, G2]


def test_an_earlier_version_is_kept_apart_from_the_default_graph(location: str) -> None:
    past = "https://example.org/version/1~abc"
    with open_writer(location) as store:
        store.replace(past, quads(past, "a", "b"))
        store.replace(G1, quads(G1, "b", "c"))
        assert (count(store), count(store, "GRAPH ?g { ?s ?p ?o }")) == (2, 4)
        store.replace(G1, quads(G1, "c"))
        assert count(store) == 1, "the version states it, but that is past"
        assert store.remove(past)


XSD = "http://www.w3.org/2001/XMLSchema#"
#: Terms that some store or other rewrites: as they are written, and as every store gives them back.
TERMS = {
    '"05"^^<I>': '"5"^^<I>', '"4200000000"^^<I>': '"4200000000"^^<I>', '"-9007199254740993"^^<I>': '"-9007199254740993"^^<I>',
    '"0.50"^^<D>': '"0.5"^^<D>', '"1.0"^^<D>': '"1"^^<D>', '"1"^^<B>': '"true"^^<B>', '"false"^^<B>': '"false"^^<B>',
    '"2026-03-15T10:00:00.000Z"^^<T>': '"2026-03-15T10:00:00Z"^^<T>', '"2026"^^<Y>': '"2026"^^<Y>', '"2026-03"^^<M>': '"2026-03"^^<M>',
    '"аты"@kk-KZ': '"аты"@kk-kz', '"«Ғарыш» 🚀 \\"q\\" \\\\ \\n\\t"': '"«Ғарыш» 🚀 \\"q\\" \\\\ \\n\\t"', "<https://example.org/Қ?a=1&b=%D2>": "<https://example.org/Қ?a=1&b=%D2>",
}  # fmt: skip


def spelled(term: str) -> str:
    for short, name in {"I": "integer", "D": "decimal", "B": "boolean", "T": "dateTime", "Y": "gYear", "M": "gYearMonth"}.items():
        term = term.replace(f"<{short}>", f"<{XSD}{name}>")
    return term


def test_terms_come_back_from_every_store_alike(location: str) -> None:
    rows = "".join(f"<https://example.org/{n}> <https://schema.org/value> {spelled(term)} <{G1}> .\n" for n, term in enumerate(TERMS))
    expected = sorted(
        f"<https://example.org/{n}> <https://schema.org/value> {spelled(term)} <{G1}> ." for n, term in enumerate(TERMS.values())
    )
    with open_writer(location) as store:
        store.replace(G1, rows)
        assert sorted(store.quads(G1)) == expected
        assert not store.replace(G1, rows), "and are the same again"
        answer = store.query("SELECT ?o { ?s <https://schema.org/value> ?o } ORDER BY ?s")
        assert isinstance(answer, Table)
        values = {(t.value, t.lang, t.datatype) for (t,) in answer.rows if t}
        assert {
            ("5", None, f"{XSD}integer"),
            ("true", None, f"{XSD}boolean"),
            ("аты", "kk-kz", None),
            ("4200000000", None, f"{XSD}integer"),
        } <= values


def test_a_long_text_is_kept_whole(location: str) -> None:
    body = "Қазақстан " * 15_000
    with open_writer(location) as store:
        store.replace(G1, f'<https://example.org/a> <https://schema.org/articleBody> "{body}"@kk <{G1}> .\n')
        assert count(store) == 1
        assert body in next(iter(store.quads(G1)))


def test_blank_nodes_are_the_same_nodes_the_next_time(location: str) -> None:
    rows = f"_:x <https://schema.org/about> _:y <{G1}> .\n_:y <https://schema.org/about> _:x <{G1}> .\n"
    with open_writer(location) as store:
        assert store.replace(G1, rows)
        assert not store.replace(G1, rows)


def test_a_query_that_is_wrong_is_refused_and_a_yes_is_a_yes(location: str) -> None:
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a"))
        assert store.query("ASK { ?s ?p ?o }") is True
        assert store.query("ASK { ?s <https://example.org/never> ?o }") is False
        with pytest.raises(QueryError):
            store.query("SELECT * { ?s")
        built = store.query("CONSTRUCT { ?s a <https://example.org/T> } WHERE { ?s ?p ?o }")
        assert isinstance(built, Triples)
        assert len(list(built.lines)) == 1


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="not a store"):
        open_writer(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_of_a_later_format_is_refused(tmp_path: Path) -> None:
    location = tmp_path / "store"
    open_writer(str(location)).close()
    (location / "elshi-store.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    for opens in (open_writer, open_view):
        with pytest.raises(StoreError, match="upgrade"):
            opens(str(location))


def test_a_bulk_load_leaves_what_graph_by_graph_leaves(tmp_path: Path) -> None:
    past = "https://example.org/version/1~abc"
    rows = quads(G1, "a", "b") + quads(G2, "b", "c") + quads(past, "d")
    with open_writer(str(tmp_path / "bulk")) as bulk, open_writer(str(tmp_path / "single")) as single:
        assert isinstance(bulk, EmbeddedStore)
        bulk.load(rows)
        single.add(rows)
        assert list(bulk.quads()) == list(single.quads())
        assert count(bulk) == count(single) == 3
        with pytest.raises(StoreError, match="empty"):
            bulk.load(rows)
    with open_view(str(tmp_path / "bulk")) as view:
        assert count(view) == 3


def test_a_store_on_disk_can_be_read_from_memory(tmp_path: Path) -> None:
    location = str(tmp_path / "store")
    with open_writer(location) as store:
        store.replace(G1, quads(G1, "a", "b"))
        store.replace(G2, quads(G2, "b", "c"))
    with open_view(f"memory:{location}") as view:
        assert (count(view), count(view, "GRAPH ?g { ?s ?p ?o }")) == (3, 4)
        open_writer(location).close()  # nothing is held open
    with pytest.raises(StoreNotFound):
        open_view(f"memory:{tmp_path / 'none'}")
    with pytest.raises(StoreError, match="for reading"):
        open_writer(f"memory:{location}")


def test_old_snapshots_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.store.disk._FRESH", 0.0)
    with open_writer(str(tmp_path / "store")) as store:
        for n in range(6):
            store.replace(G1, quads(G1, f"n{n}"))
            store.publish()
    assert len([path for path in (tmp_path / "store/snapshots").iterdir() if path.is_dir()]) == 2


def _write_on(location: str, ready: str) -> None:
    with open_writer(location) as store:
        Path(ready).touch()
        for i in range(100_000):
            graph = f"https://example.org/graph/{i}"
            store.replace(graph, quads(graph, *(f"{i}-{j}" for j in range(20))))


def test_a_killed_writer_leaves_whole_graphs_and_a_store_that_opens(tmp_path: Path) -> None:
    location, ready = str(tmp_path / "store"), tmp_path / "ready"
    process = multiprocessing.get_context("spawn").Process(target=_write_on, args=(location, str(ready)))
    process.start()
    while not ready.exists():
        time.sleep(0.02)
    time.sleep(0.3)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with open_writer(location) as store:
        sizes = {len(list(store.quads(graph))) for graph in store.graphs()}
        assert sizes <= {20}
        assert count(store) == 20 * len(list(store.graphs()))


def _write_once(location: str, ready: str) -> None:
    store = open_writer(location)
    store.replace(G1, quads(G1, "a", "b"))
    Path(ready).touch()
    time.sleep(60)


def test_what_a_killed_writer_had_written_reaches_the_next_reader(tmp_path: Path) -> None:
    location, ready = str(tmp_path / "store"), tmp_path / "ready"
    with open_writer(location) as store:
        store.replace(G2, quads(G2, "c"))
    process = multiprocessing.get_context("spawn").Process(target=_write_once, args=(location, str(ready)))
    process.start()
    while not ready.exists():
        time.sleep(0.02)
    with open_view(location) as view:
        assert count(view) == 1, "while it lives, readers have what was published"
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with open_view(location) as view:
        assert count(view) == 3


def test_a_snapshot_that_a_reader_may_be_about_to_open_is_kept(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")) as store:
        for n in range(6):
            store.replace(G1, quads(G1, f"n{n}"))
            store.publish()
    assert (tmp_path / "store/snapshots/1").is_dir()

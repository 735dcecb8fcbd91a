"""What every store keeps to: graphs go in whole, each triple is counted once, the same again changes nothing."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from elshi.store.base import StoreLocked, StoreNotFound, Table, View, open_view, open_writer

G1, G2 = "https://example.org/graph/1", "https://example.org/graph/2"


def quads(graph: str, *names: str) -> str:
    return "".join(f'<https://example.org/{n}> <https://schema.org/name> "{n}" <{graph}> .\n' for n in names)


def count(view: View, pattern: str = "?s ?p ?o") -> int:
    answer = view.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, Table)
    ((number,),) = list(answer.rows)
    assert number is not None
    return int(number.value)


@pytest.fixture(params=["disk", "memory"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
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

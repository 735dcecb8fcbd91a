"""What waits to be written together is there for everybody who asks, and in the end as if nothing had waited."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from elshi.store import embedded
from elshi.store.base import PAST, StoreError, Table, open_view, open_writer
from elshi.store.embedded import EmbeddedStore

GRAPHS = ("https://example.org/graph/1", "https://example.org/graph/2", f"https://example.org/{PAST}1~a")


def quads(graph: str, names: list[str]) -> str:
    return "".join(f'<https://example.org/{n}> <https://schema.org/name> "{n}" <{graph}> .\n' for n in names)


def everything(store: EmbeddedStore) -> tuple[list[str], list[object]]:
    answer = store.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert isinstance(answer, Table)
    return sorted(store.quads()), sorted(map(str, answer.rows))


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_done_ends_as_if_nothing_had_waited(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(embedded, "BULK", 3)
    calm, gathered = EmbeddedStore.empty(), EmbeddedStore.empty()
    gathered.gather()
    for _ in range(60):
        graph, names = chance.choice(GRAPHS), chance.sample("abcd", chance.randrange(4))
        act = chance.choice(("replace", "replace", "add", "add", "discard", "remove", "quads", "settle"))
        if act == "settle":
            gathered.settle()
            continue
        given = {"replace": (graph, quads(graph, names)), "remove": (graph,), "quads": (graph,)}.get(act, (quads(graph, names),))
        if act == "remove" and not list(calm.quads(graph)):
            continue  # of a graph that holds nothing stores may tell that it is there
        one, other = (getattr(store, act)(*given) for store in (calm, gathered))
        assert sorted(one) == sorted(other) if act == "quads" else one == other, act
    assert everything(calm) == everything(gathered)


def test_what_waits_is_written_when_the_store_is_closed(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "store")) as store:
        store.gather()
        store.replace(GRAPHS[0], quads(GRAPHS[0], ["a", "b"]))
    with open_view(str(tmp_path / "store")) as view:
        assert len(list(view.quads())) == 2


def test_a_graph_that_changes_is_read_as_it_will_be_and_waits_with_the_others() -> None:
    store = EmbeddedStore.empty()
    store.replace(GRAPHS[0], quads(GRAPHS[0], ["a", "b"]))
    store.gather()
    change = store.replace(GRAPHS[0], quads(GRAPHS[0], ["b", "c"]))
    assert {line.split('"')[1] for line in change.added} == {"c"} and {line.split('"')[1] for line in change.removed} == {"a"}
    assert sorted(store.quads(GRAPHS[0])) == quads(GRAPHS[0], ["b", "c"]).splitlines()
    assert sorted(quad.object.value for quad in store._store) == ["a", "a", "b", "b"], "nothing was written"
    store.settle()
    assert sorted(quad.object.value for quad in store._store) == ["b", "b", "c", "c"]


def test_where_writing_breaks_off_no_graph_is_left_between_what_it_was_and_what_it_is_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore.empty()
    store.replace(GRAPHS[0], quads(GRAPHS[0], ["a", "b"]))
    store.gather()
    store.replace(GRAPHS[0], quads(GRAPHS[0], ["b", "c"]))
    store.replace(GRAPHS[1], quads(GRAPHS[1], ["d"]))
    with monkeypatch.context() as patch:
        patch.setattr(embedded, "BULK", 1)
        patch.setattr(embedded, "commit", broken)
        with pytest.raises(StoreError):
            store.settle()
    held = {(quad.object.value, getattr(quad.graph_name, "value", "")) for quad in store._store}
    assert held == {("a", GRAPHS[0]), ("b", GRAPHS[0]), ("d", GRAPHS[1]), ("a", ""), ("b", ""), ("d", "")}
    store.settle()
    assert sorted(store.quads(GRAPHS[0])) == quads(GRAPHS[0], ["b", "c"]).splitlines()


def broken(*_: object) -> None:
    raise StoreError("the disk is full")


def test_nothing_is_written_before_it_is_settled(tmp_path: Path) -> None:
    written: list[int] = []
    with open_writer(str(tmp_path / "store")) as store:
        assert isinstance(store, EmbeddedStore)
        store.gather()
        store.add(quads(GRAPHS[0], ["a"]))
        written.append(len(store._store))
        store.settle()
        written.append(len(store._store))
    assert written == [0, 2], "the named graph and the merged one"

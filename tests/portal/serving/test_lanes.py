"""Places are given out in the order they are asked for, and a query that was long is remembered as one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from elshi.portal.answer import Limits, Task
from elshi.portal.lanes import Lane, Memory, Place
from elshi.portal.protocol import Refused
from elshi.portal.workers import GaveUp, Pool, Room
from elshi.store.disk import current_snapshot
from elshi.tests.portal.serving.test_limits import CROSS

JSON = "application/sparql-results+json"


def stays() -> bool:
    return False


def soon(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_who_asked_first_comes_first() -> None:
    lane, came = Lane(1), []
    assert lane.enter_now() and not lane.enter_now()

    def come(number: int) -> None:
        assert lane.enter(20, stays)
        came.append(number)
        lane.leave()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        soon(lambda wanted=number: lane.waiting >= wanted)
    lane.leave()
    for thread in threads:
        thread.join()
    assert came == list(range(8)) and lane.waiting == 0


def test_who_leaves_the_queue_takes_no_place() -> None:
    lane = Lane(1)
    assert lane.enter_now()
    assert not lane.enter(0, stays), "no patience"
    assert not lane.enter(60, lambda: True), "left"
    assert lane.waiting == 0
    lane.leave()
    assert lane.enter_now()


def test_a_query_moves_to_the_long_lane_where_there_is_room() -> None:
    quick, long = Lane(2), Lane(1)
    assert quick.enter_now() and quick.enter_now()
    first, second = Place(quick, long), Place(quick, long)
    assert first.become_long() and first.long
    assert not second.become_long() and not second.long
    assert quick.enter_now(), "the first gave its place up"
    first.leave()
    assert second.become_long()


def test_long_queries_are_remembered_until_they_are_quick_or_many_others_are_long() -> None:
    memory = Memory(2)
    for query in "abc":
        memory.note(query, long=True)
    assert ["a" in memory, "b" in memory, "c" in memory] == [False, True, True]
    memory.note("c", long=False)
    assert "c" not in memory


@pytest.fixture
def pool(documents: Path) -> Pool:
    return Pool(Limits(seconds=1.5), Room(quick=1, long=1))


def task(documents: Path, query: str) -> Task:
    return Task(str(current_snapshot(documents)), query, JSON)


def test_a_query_that_was_long_is_no_longer_let_among_the_quick(documents: Path, pool: Pool) -> None:
    try:
        assert pool.ask(task(documents, "ASK {}")).outcome == "done"
        with pytest.raises(Refused, match="no answer in"):
            pool.ask(task(documents, CROSS))
        assert CROSS in pool._found_long and "ASK {}" not in pool._found_long
        endless = [pool.submit(task(documents, CROSS)) for _ in range(3)]
        soon(lambda: pool._long.waiting == 2)
        assert pool._quick.enter_now(), "one is at work and two wait, none of them in the quick lane"
        pool._quick.leave()
        assert pool.ask(task(documents, "ASK {}")).outcome == "done"
        assert all(isinstance(each.exception(), Refused) for each in endless)
    finally:
        pool.close()


def test_a_query_is_given_up_where_it_waits_and_where_it_is_at_work(documents: Path, pool: Pool) -> None:
    try:
        leaves = threading.Event()
        asked = [pool.submit(task(documents, CROSS), leaves) for _ in range(4)]
        leaves.set()
        assert all(isinstance(each.exception(), GaveUp) for each in asked)
        assert pool.ask(task(documents, "ASK {}")).outcome == "done"
    finally:
        pool.close()


def test_a_pool_that_is_closed_refuses_and_may_be_closed_again(documents: Path, pool: Pool) -> None:
    asked = pool.submit(task(documents, CROSS))
    pool.close()
    pool.close()
    assert isinstance(asked.exception(), Refused)
    with pytest.raises(Refused):
        pool.ask(task(documents, "ASK {}"))

"""Work is spread in order, and a worker that dies takes only the item that killed it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from elshi.ingest.batch import spread

DEADLY = 7


def doubled(items: Sequence[int]) -> list[int | str]:
    return [2 * item for item in items]


def dies_of_seven(items: Sequence[int]) -> list[int | str]:
    if DEADLY in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in items]


def raises(items: Sequence[int]) -> list[int | str]:
    raise ArithmeticError(f"no {items[0]}")


def lost(item: int) -> str:
    return f"lost {item}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(spread(range(11), doubled, lost=lost, jobs=jobs, size=3)) == [2 * n for n in range(11)]


def test_an_item_that_kills_its_worker_is_the_only_one_lost() -> None:
    found = list(spread(range(12), dies_of_seven, lost=lost, jobs=2, size=4))
    assert found == [f"lost {n}" if n == DEADLY else 2 * n for n in range(12)]


def test_few_items_are_worked_on_here() -> None:
    assert list(spread([1, 2], lambda batch: [os.getpid() for _ in batch], lost=lambda _: 0, jobs=4, size=20)) == [os.getpid()] * 2


def test_no_more_is_taken_than_the_workers_can_hold() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    results = spread(items(), doubled, lost=lost, jobs=2, size=5)
    assert next(results) == 0
    assert len(taken) <= 30
    results.close()  # type: ignore[attr-defined]


def test_a_mistake_in_the_work_is_not_taken_for_a_dead_worker() -> None:
    with pytest.raises(ArithmeticError):
        list(spread(range(12), raises, lost=lost, jobs=2, size=4))

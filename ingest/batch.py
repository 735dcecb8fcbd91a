"""Work in batches, in this process or spread over several; a worker that dies takes no more than one item with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import chain, islice
from typing import Final, TypeVar

__all__ = ["ALONE", "Work", "spread"]

T = TypeVar("T")
R = TypeVar("R")
#: What is done to a batch: one result for each item, in order. Spread over processes, it must be picklable.
Work = Callable[[Sequence[T]], list[R]]
#: Items in a batch when nobody waits for it in another process: small, so that progress is seen.
ALONE: Final = 4


def spread(
    items: Iterable[T], work: Work[T, R], *, lost: Callable[[T], R], jobs: int = 1, size: int = 20,
    workers: Callable[[], Executor] | None = None, stopped: Callable[[], bool] = lambda: False,
) -> Iterator[R]:  # fmt: skip
    """Yield the result of every item in order, worked on in batches of `size` by `jobs` processes.

    `lost` gives the result of an item whose worker died of it. Where there are too few items to share, or one job, the work
    is done here. `workers` makes another executor, such as a Dask client's, in place of a pool of processes. Once `stopped`, no more
    is begun: what follows after the batch at hand is left.
    """
    waiting = iter(items)
    if jobs > 1 or workers:
        first = list(islice(waiting, size))
        more = list(islice(waiting, 1)) if len(first) == size else []
        waiting = chain(first, more, waiting)
        if more:
            from elshi.ingest.processes import shared  # and multiprocessing: only where there is enough to share

            yield from shared(waiting, work, lost, max(1, jobs), size, workers, stopped)
            return
    for batch in _batches(waiting, min(size, ALONE)):
        yield from work(batch)
        if stopped():
            return


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(items, size)):
        yield batch

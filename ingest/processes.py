"""Batches of work spread over processes; one that dies takes no more than one item with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import resource_tracker
from typing import Final, TypeVar

from elshi.ingest.batch import ALONE, Work

__all__ = ["shared"]

T = TypeVar("T")
R = TypeVar("R")
#: Batches handed out per worker: enough that none waits, few enough that memory stays flat.
WINDOW: Final = 2
_PARTING: Final = 10.0  # seconds for which dismissed workers are waited for


def shared(
    items: Iterator[T], work: Work[T, R], lost: Callable[[T], R], jobs: int, size: int, workers: Callable[[], Executor] | None,
    stopped: Callable[[], bool],
) -> Iterator[R]:  # fmt: skip
    """Yield the result of every item in order, worked on in batches of `size` by `jobs` processes or by what `workers` makes.

    `lost` gives the result of an item whose worker died of it. Once `stopped`, no more is begun.
    """
    batches = _shares(items, size, jobs)
    workers = workers or partial(_pool, jobs)
    pool = workers()
    handed: deque[tuple[list[T], Future[list[R]]]] = deque()
    try:
        while True:
            try:
                while len(handed) < WINDOW * jobs and not (handed and handed[0][1].done()):  # what is done waits for no slow source
                    if (batch := next(batches, None)) is None:
                        break
                    handed.append((batch, _submitted(pool, work, batch)))
                if not handed:
                    return
                results = handed[0][1].result()
            except BrokenExecutor:
                pool.shutdown(wait=False, cancel_futures=True)
                for batch, _ in handed:
                    yield from _rescued(batch, work, lost)
                handed.clear()
                pool = workers()
                continue
            handed.popleft()
            yield from results
            if stopped():
                return
    except BaseException:  # Ctrl-C too: nobody waits for what is being worked on
        _dismiss(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _dismiss(pool: Executor) -> None:
    """End the processes of a pool in the middle of their work; a cluster's stay."""
    processes = list((getattr(pool, "_processes", None) or {}).values())  # Executor.terminate_workers comes with Python 3.14
    watching: threading.Thread | None = getattr(pool, "_executor_manager_thread", None)
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    if watching:
        watching.join(_PARTING)  # a program that ends while it is at it ends with a trace


def _submitted(pool: Executor, work: Work[T, R], batch: list[T]) -> Future[list[R]]:
    """Hand a batch out; a pool found broken answers like one that breaks over it."""
    try:
        with _undisturbed():
            return pool.submit(work, batch)
    except BrokenExecutor as fault:
        broken: Future[list[R]] = Future()
        broken.set_exception(fault)
        return broken


def _rescued(batch: list[T], work: Work[T, R], lost: Callable[[T], R]) -> Iterator[R]:
    """Work on a batch that may have killed a worker, by halves, until the item that does is alone."""
    try:
        with _pool(1) as pool:
            results = _submitted(pool, work, batch).result()
    except BrokenExecutor:
        if len(batch) == 1:
            yield lost(batch[0])
            return
        for half in (batch[: len(batch) // 2], batch[len(batch) // 2 :]):
            yield from _rescued(half, work, lost)
        return
    yield from results


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Forked workers would inherit locks held by other threads; spawned ones start clean on every platform.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_calm)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting while workers are started: until they are told that it is not for them, they would die of it with a trace."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # which would let Ctrl-C through again once it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _calm() -> None:
    """One thread for each worker: they are as many as there are cores to share; and none outlives the process it works for.

    Ctrl-C is for that process, which then ends them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A parent that was killed tells nobody: its workers would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _shares(items: Iterator[T], size: int, jobs: int) -> Iterator[list[T]]:
    """Cut batches of `size`, and smaller ones of what is left at the end, so that all workers end together."""
    ahead = deque(islice(items, size * jobs))
    while ahead:
        share = size if len(ahead) >= size * jobs else min(size, max(ALONE, -(-len(ahead) // jobs)))
        yield [ahead.popleft() for _ in range(min(share, len(ahead)))]
        ahead.extend(islice(items, share))

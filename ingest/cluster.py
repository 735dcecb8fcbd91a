"""A Dask cluster in place of worker processes: batches are handed to it, and what it loses is read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from elshi import ElshiError

__all__ = ["Cluster", "ClusterError", "connected"]

_PATIENCE: Final = "10s"


class ClusterError(ElshiError):
    """A cluster that cannot be used."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is connected: how many read at a time, and what makes an executor for them."""

    jobs: int
    workers: Callable[[], Executor]


@contextmanager
def connected(address: str, engine: Callable[[], str]) -> Iterator[Cluster]:
    """Connect to a scheduler, whose workers must read as this process does: `engine` says how. Raises ClusterError."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("a cluster needs the package distributed: `pip install 'elshi[cluster]'`, here and on its workers") from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as fault:
        raise ClusterError(f"no scheduler at {address}: {' '.join(str(fault).split())[:120]}: start one with `dask scheduler`") from fault
    with client:
        jobs = sum(client.nthreads().values())
        if not jobs:
            raise ClusterError(f"the scheduler at {address} has no workers: start some with `dask worker {address}`")
        _check(client, engine)
        yield Cluster(jobs, lambda: _Handing(client))


def _check(client: Any, engine: Callable[[], str]) -> None:
    try:
        others = client.run(engine)
    except Exception as fault:  # whatever a worker raises comes back as it is
        raise ClusterError(f"a worker cannot read: {' '.join(str(fault).split())[:160]}: install the same elshi there") from fault
    strange = [worker for worker, found in others.items() if found != engine()]
    if strange:
        raise ClusterError(f"the worker {strange[0]} has another elshi than this one: install the same version, rules and models on all")


class _Handing(Executor):
    """Hands work to a cluster; what the cluster loses fails as if a pool of processes had broken."""

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call out."""
        handed: Future[Any] = Future()
        try:
            self._executor.submit(fn, *args, **kwargs).add_done_callback(lambda done: _pass_on(done, handed))
        except (OSError, RuntimeError) as fault:
            raise BrokenExecutor(str(fault)) from fault
        return handed

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of what has not been done; the cluster itself stays."""
        self._executor.shutdown(wait=wait and not cancel_futures)


def _pass_on(done: Future[Any], handed: Future[Any]) -> None:
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    fault = CancelledError("the cluster let go of it") if done.cancelled() else done.exception()
    if fault is None:
        handed.set_result(done.result())
    elif isinstance(fault, KilledWorker | CancelledError | CommClosedError):
        handed.set_exception(BrokenExecutor(f"the cluster lost it: {fault}"))
    else:
        handed.set_exception(fault)

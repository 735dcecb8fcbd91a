"""A Dask cluster in place of worker processes: batches are handed to it, and what it loses is read here."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import zstandard

from elshi import ElshiError

__all__ = ["Cluster", "ClusterError", "connected"]

_PATIENCE: Final = "10s"
_LOOK: Final = 15.0  # seconds between two looks at a cluster that is waited for
_FORLORN: Final = 120.0  # seconds after which a cluster without workers is given up


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
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say of a lost scheduler, the fault raised says
    with client:
        jobs = sum(client.nthreads().values())
        if not jobs:
            raise ClusterError(f"the scheduler at {address} has no workers: start some with `dask worker {address}`")
        _check(client, engine)
        yield Cluster(jobs, lambda: _Handing(_Scheduler(address, client)))


def _check(client: Any, engine: Callable[[], str]) -> None:
    try:
        others = client.run(engine)
    except Exception as fault:  # whatever a worker raises comes back as it is
        raise ClusterError(f"a worker cannot read: {' '.join(str(fault).split())[:160]}: install the same elshi there") from fault
    strange = [worker for worker, found in others.items() if found != engine()]
    if strange:
        raise ClusterError(f"the worker {strange[0]} has another elshi than this one: install the same version, rules and models on all")


@dataclass(frozen=True, slots=True)
class _Scheduler:
    """The scheduler that a run hands its work to."""

    address: str
    client: Any

    @property
    def lost(self) -> bool:
        """Whether it went away since."""
        return bool(self.client.status != "running")

    def fault(self, what: str) -> ClusterError:
        """What ends the run."""
        return ClusterError(f"the scheduler at {self.address} {what}: what was read is kept, start the cluster again and add --resume")


class _Handing(Executor):
    """Hands work to a cluster; what the cluster loses fails as if a pool of processes had broken."""

    def __init__(self, scheduler: _Scheduler) -> None:
        self._scheduler, self._executor = scheduler, scheduler.client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call out; raises ClusterError when the scheduler is gone."""
        if self._scheduler.lost:
            raise self._scheduler.fault("went away")
        handed = _Awaited(self._scheduler)
        try:
            self._executor.submit(_packed, fn, *args, **kwargs).add_done_callback(handed.pass_on)
        except (OSError, RuntimeError) as fault:
            raise BrokenExecutor(str(fault)) from fault
        return handed

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of what has not been done; the cluster itself stays."""
        if not self._scheduler.lost:
            self._executor.shutdown(wait=wait and not cancel_futures)


class _Awaited(Future[Any]):
    """What a cluster is to do; one without workers is not waited for to the end of time."""

    def __init__(self, scheduler: _Scheduler) -> None:
        super().__init__()
        self._scheduler = scheduler

    def result(self, timeout: float | None = None) -> Any:
        """Return what was done; raises ClusterError when nobody is left to do it."""
        forlorn = 0.0
        while timeout is None and not wait((self,), _LOOK).done:
            forlorn = 0.0 if self._scheduler.lost or self._scheduler.client.nthreads() else forlorn + _LOOK
            if forlorn >= _FORLORN:
                raise self._scheduler.fault("has no workers any more")
        return super().result(timeout)

    def pass_on(self, done: Future[bytes]) -> None:
        """Take what the cluster gives, or say how it came to nothing."""
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        fault = CancelledError("the cluster let go of it") if done.cancelled() else done.exception()
        if fault is None:
            self.set_result(pickle.loads(zstandard.ZstdDecompressor().decompress(done.result())))
        elif not isinstance(fault, KilledWorker | CancelledError | CommClosedError):
            self.set_exception(fault)
        elif self._scheduler.lost:
            self.set_exception(self._scheduler.fault("went away"))
        else:
            self.set_exception(BrokenExecutor(f"the cluster lost it: {fault}"))


def _packed(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> bytes:
    """Return, on a worker, what a call gives, twenty times smaller: it goes through the scheduler, and often over a network."""
    return zstandard.ZstdCompressor(level=1).compress(pickle.dumps(fn(*args, **kwargs), protocol=5))

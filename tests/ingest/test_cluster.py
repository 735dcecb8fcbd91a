"""Work is spread over a Dask cluster as over processes; a cluster that cannot be used is told in a sentence."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence

import pytest
import zstandard
from distributed import LocalCluster
from distributed.comm import CommClosedError

from elshi.ingest.batch import spread
from elshi.ingest.cluster import ClusterError, connected

pytestmark = pytest.mark.filterwarnings("default")  # a cluster's own threads warn as they go down


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and a worker in this process."""
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", dashboard_address=None) as made:
        yield made


def engine() -> str:
    return "elshi/1"


def by_thread() -> str:
    """Another answer on a worker, which has a thread of its own."""
    return threading.current_thread().name


def doubled(items: Sequence[int]) -> list[int | str]:
    return [2 * item for item in items]


def lost_by_the_cluster(items: Sequence[int]) -> list[int | str]:
    """Dies in the process that the cluster is in, and nowhere else."""
    if 7 in items and str(os.getpid()) == os.environ.get("ELSHI_TEST_CLUSTER"):
        raise CommClosedError("gone")
    return [2 * item for item in items]


def raises(items: Sequence[int]) -> list[int | str]:
    raise ArithmeticError(f"no {items[0]}")


def lost(item: int) -> str:
    return f"lost {item}"


def test_a_cluster_reads_in_order_and_what_it_loses_is_read_here(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with connected(cluster.scheduler_address, engine) as found:
        assert found.jobs == 2
        assert list(spread(range(11), doubled, lost=lost, jobs=found.jobs, size=3, workers=found.workers)) == [2 * n for n in range(11)]
        monkeypatch.setenv("ELSHI_TEST_CLUSTER", str(os.getpid()))
        assert list(spread(range(11), lost_by_the_cluster, lost=lost, jobs=2, size=4, workers=found.workers)) == [2 * n for n in range(11)]
        with pytest.raises(ArithmeticError, match="no 0"):
            list(spread(range(11), raises, lost=lost, jobs=2, size=4, workers=found.workers))


def wordy(items: Sequence[int]) -> list[str]:
    return ["the Ministry of Fisheries and the Port Authority of Aktau " * 1000 for _ in items]


def test_what_was_read_travels_compressed(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    plain = zstandard.ZstdDecompressor

    class Weighing:
        def decompress(self, packed: bytes) -> bytes:
            sizes.append(len(packed))
            return plain().decompress(packed)

    monkeypatch.setattr(zstandard, "ZstdDecompressor", Weighing)
    with connected(cluster.scheduler_address, engine) as found:
        assert found.workers().submit(wordy, [1, 2]).result() == wordy([1, 2])
    assert 0 < sum(sizes) < 5_000


@pytest.fixture
def own_cluster() -> Iterator[LocalCluster]:
    """A cluster that a test may spoil."""
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None) as made:
        yield made


def halting(items: Sequence[int]) -> list[int]:
    """Ends at once for the first items, and when it is let for the others."""
    if 0 not in items:
        LET.wait(30)
    return list(items)


LET = threading.Event()


def test_a_run_ends_with_a_sentence_when_its_scheduler_goes_away(own_cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.ingest.cluster._PATIENCE", "1s")
    kept: list[int] = []
    with pytest.raises(ClusterError, match=r"the scheduler at tcp://\S+ went away: .* add --resume"):
        with connected(own_cluster.scheduler_address, engine) as found:
            for result in spread(range(12), halting, lost=lambda item: -item, jobs=1, size=4, workers=found.workers):
                kept.append(result)
                if len(kept) == 4:
                    own_cluster.sync(own_cluster.scheduler.close)
    LET.set()
    assert kept == [0, 1, 2, 3]


def test_a_cluster_without_workers_is_given_up_after_a_while(own_cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.ingest.cluster._LOOK", 0.1)
    monkeypatch.setattr("elshi.ingest.cluster._FORLORN", 0.3)
    with connected(own_cluster.scheduler_address, engine) as found:
        own_cluster.sync(own_cluster.workers[0].close)
        with pytest.raises(ClusterError, match="has no workers any more"):
            list(spread(range(12), doubled, lost=lost, jobs=1, size=4, workers=found.workers))


def test_a_cluster_that_reads_otherwise_is_refused(cluster: LocalCluster) -> None:
    with pytest.raises(ClusterError, match="has another elshi than this one"), connected(cluster.scheduler_address, by_thread):
        pass


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elshi.ingest.cluster._PATIENCE", "200ms")
    with pytest.raises(ClusterError, match=r"no scheduler at tcp://127.0.0.1:9"), connected("tcp://127.0.0.1:9", engine):
        pass

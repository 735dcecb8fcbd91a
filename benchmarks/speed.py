"""How fast Elshi is against what one would otherwise do: every row with its peer and its bar, from one run.

`python benchmarks/speed.py` prints a table and writes `--json FILE`; `--quick` takes a few releases and one round, to see that all of it
works; `--only WORD` takes the rows of one kind. Ratios are medians over rounds in which ours and the peer take turns: on a busy
machine times are worth little and ratios something. What happens in this process alone is told in processor time. A row whose
peer is not installed (Virtuoso, Dask) is left out with a remark.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import resource as machine
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from elshi import resource
from elshi.benchmarks import naive, synthetic
from elshi.benchmarks.http_queries import same, virtuoso
from elshi.benchmarks.measuring import Line, head, interleaved, line, show, timed, worked, write
from elshi.flow import TOGETHER, Options, engine, ingest_sources, produce
from elshi.ingest import reader
from elshi.ingest.acquire import acquire
from elshi.ingest.batch import spread
from elshi.ingest.cluster import connected
from elshi.ingest.model import Reading, Release
from elshi.ingest.read import read
from elshi.ingest.reader import load_reader, read_release
from elshi.ontology.mapping import graph_iri, rows
from elshi.ontology.vocab import prefixes
from elshi.shapes.validate import validate_many
from elshi.store.base import Table, View, open_view, open_writer
from elshi.store.intake import IntoStore, Product
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine

__all__ = ["ROWS", "main"]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    releases: int
    rounds: int
    synthetic: int  # releases of the synthetic graph: 3,200 are a million quads
    growth: int  # releases up to which time and memory are watched
    letters: int | None = None  # of a release's text that are read


FULL, QUICK = Size(45, 3, 3_200, 100_000), Size(2, 1, 40, 300, 500)
#: Releases of a round in which pySHACL checks one after the other, seconds each.
FEW = 6


def files(ending: str) -> list[Path]:
    """The files of releases that are measured: the samples and the mirror set."""
    folders = (Path(str(resource(name))) for name in ("data/samples", "data/gold/mirror"))
    return [path for folder in folders for path in sorted(folder.rglob(f"*{ending}"))]


def samples(count: int, letters: int | None = None) -> list[Release]:
    """Kazakh releases under names of their own: 45 different ones, then the same again."""
    found = [read(page) for page in acquire(map(str, files(".kk.txt")))]  # type: ignore[arg-type]
    chosen = [found[n % len(found)] for n in range(count)]
    return [replace(each, key=f"{each.key}-{n}", sha256=f"{n:064x}", text=each.text[:letters]) for n, each in enumerate(chosen)]


def intake(folder: Path) -> tuple[ExitStack, IntoStore]:
    """A new store in a folder."""
    held = ExitStack()
    writer = held.enter_context(open_writer(str(folder)))
    return held, IntoStore(writer, Quarantine(folder / "quarantine"), Run("2026-01-01T00:00:00Z", "bench", "bench"))


def take_in(into: IntoStore, releases: Sequence[Release]) -> None:
    """Read, build, check and write releases; what waits to be written with more is written too."""
    for made in produce(releases):
        if isinstance(made, Product):
            into.take(made)
    into.settle()


class Clock:
    """Sums what is spent in a method while something larger runs."""

    def __init__(self, owner: Any, name: str) -> None:
        self.seconds, self._owner, self._name, self._plain = 0.0, owner, name, getattr(owner, name)

    def __enter__(self) -> Clock:
        def spent(*args: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return self._plain(*args, **named)
            finally:
                self.seconds += time.process_time() - began

        setattr(self._owner, self._name, spent)
        return self

    def __exit__(self, *_: object) -> None:
        setattr(self._owner, self._name, self._plain)


def rest_against_names(size: Size, folder: Path) -> Iterator[Line]:
    """All that is done to a release but finding names, against finding names; and the part of it that comes after reading."""
    releases, recogniser = samples(size.releases, size.letters), load_reader("kk").recogniser
    assert recogniser is not None
    produce(releases[:2])
    found: dict[str, list[float]] = {"the rest": [], "names": [], "after reading": []}
    for turn in range(size.rounds):
        held, into = intake(folder / f"store{turn}")
        with held, Clock(type(recogniser), "names") as names, Clock(reader, "read_release") as reading:
            whole = worked(lambda into=into: take_in(into, releases))
        found["the rest"].append(whole - names.seconds)
        found["names"].append(names.seconds)
        found["after reading"].append(whole - reading.seconds)
    yield line("everything but names, against finding names", found, "<=", 0.35, per=size.releases)
    after = {name: found[name] for name in ("after reading", "names")}
    yield line("of it, what comes after reading: graph, shapes, store", after, "<=", 0.35, per=size.releases)


def readings(count: int, letters: int | None) -> list[Reading]:
    """What is read of the samples."""
    return [read_release(release) for release in samples(count, letters)]


def building(size: Size, folder: Path) -> Iterator[Line]:
    """The text of graphs, its syntax checked, against rdflib."""
    read_ = readings(size.releases, size.letters)
    parts = [naive.terms(rows(reading)) for reading in read_]
    found = interleaved(
        {
            "N-Quads, checked": lambda: worked(lambda: [rows(reading) for reading in read_]),
            "rdflib Graph.add": lambda: worked(lambda: [naive.graph_of(each) for each in parts]),
        },
        size.rounds,
    )
    yield line("building the graph", found, ">=", 10, per=size.releases, faster=True)


def validating(size: Size, folder: Path) -> Iterator[Line]:
    """Batches against release by release, the reports the same."""
    graphs = [rows(reading) for reading in readings(min(FEW, size.releases), size.letters)]
    assert list(validate_many(graphs)) == list(validate_many(graphs, reference=True)), "the same results"
    parsed = [naive.graph_of(naive.terms(graph)) for graph in graphs]
    found = interleaved(
        {
            "in batches": lambda: worked(lambda: list(validate_many(graphs))),
            "pySHACL": lambda: worked(lambda: [naive.conforms(graph) for graph in parsed]),
        },
        size.rounds,
    )
    yield line("validation", found, ">=", 3, per=len(graphs), faster=True)


def whole(size: Size, folder: Path) -> Iterator[Line]:
    """Reading into a store against the naive pipeline; and the same again, unchanged."""
    from rdflib import Dataset

    releases = samples(min(FEW, size.releases), size.letters)
    produce(releases[:2])
    stores = iter(range(1000))

    def ours() -> float:
        held, into = intake(folder / f"whole{next(stores)}")
        with held:
            return worked(lambda: take_in(into, releases))

    def plain() -> float:
        store = Dataset()

        def work() -> None:
            for release in releases:
                graph = naive.graph_of(naive.terms(rows(read_release(release))))
                if naive.conforms(graph):
                    naive.keep(store, graph_iri(release), graph)

        return worked(work)

    yield line("whole ingest, against the naive pipeline with the same reader", interleaved({"Elshi": ours, "rdflib, pySHACL": plain}, size.rounds), ">=", 2.5,
               per=len(releases), faster=True)  # fmt: skip


def again(size: Size, folder: Path) -> Iterator[Line]:
    """Ingesting what is there already, against ingesting it first: from files."""
    sources = folder / "releases"
    sources.mkdir()
    for release in samples(size.releases, size.letters):
        (sources / f"{release.key}.kk.txt").write_text(f"{release.text}\n{release.key}\n", encoding="utf-8")
    found: dict[str, list[float]] = {"unchanged": [], "first": []}
    produce(samples(2))
    for turn in range(size.rounds):
        for name in ("first", "unchanged"):
            held, into = intake(folder / f"again{turn}")
            with held:
                found[name].append(worked(lambda into=into: ingest_sources([str(sources)], into, Options(lang="kk"))))
    yield line("ingesting again what has not changed", found, ">=", 20, per=size.releases, faster=True)


class Kept(Executor):
    """An executor that outlives the work given to it, so that its pipelines are loaded once for all rounds."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        return self._inner.submit(fn, *args, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pass


def jobs(size: Size, folder: Path) -> Iterator[Line]:
    """Two processes against one, and a cluster of two against two of our own: sixteen full batches, pipelines loaded; then whole runs."""
    batch = 2 if size.letters else 20
    releases = samples(16 * batch, size.letters)
    rounds = 1 if size.letters else max(3, size.rounds)

    def spread_over(executor: Executor, workers: int) -> Callable[[], float]:
        def work(some: Sequence[Release]) -> float:
            kept = partial(Kept, executor)
            return timed(lambda: sum(1 for _ in spread(iter(some), produce, lost=str, jobs=workers, size=batch, workers=kept)))

        work(releases[: 2 * workers * batch])
        return partial(work, releases)

    with ExitStack() as held:
        os.environ["OMP_NUM_THREADS"] = "1"
        pools = {n: held.enter_context(ProcessPoolExecutor(n, mp_context=get_context("spawn"))) for n in (1, 2)}
        pieces: dict[str, Callable[[], float]] = {"2 jobs": spread_over(pools[2], 2), "1 job": spread_over(pools[1], 1)}
        if importlib.util.find_spec("distributed"):
            pieces["Dask"] = spread_over(held.enter_context(dask_cluster(2)), 2)
        found = interleaved(pieces, rounds)
    for ours, peer, what, bar in (
        ("2 jobs", "1 job", "2 jobs, against 1 on 2 cores", 1.7),
        ("Dask", "2 jobs", "a Dask cluster, against the pool", 0.9),
    ):
        if ours in found:
            yield line(what, {name: found[name] for name in (ours, peer)}, ">=", bar, per=len(releases), faster=True)
    yield whole_runs(size, folder, rounds)


@contextmanager
def dask_cluster(workers: int) -> Iterator[Executor]:
    """A cluster of this machine's, set as the guide for operators says."""
    import dask
    from distributed import LocalCluster

    for settings in dask.config.collect_yaml([str(Path(__file__).parents[1] / "docs/dask.yaml")]):
        dask.config.update(dask.config.config, settings)
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        connected(cluster.scheduler_address, engine) as found,
    ):
        yield found.workers()


def whole_runs(size: Size, folder: Path, rounds: int) -> Line:
    """`elshi ingest` as it is called, starting and storing included."""
    (folder / "in").mkdir()
    paths = files(".txt")[: 3 * size.releases]
    for path in paths:
        (folder / "in" / path.name).write_text(path.read_text(encoding="utf-8")[: size.letters], encoding="utf-8")
    stores = iter(range(1000))

    def ingest(jobs: int) -> float:
        arguments = ["ingest", str(folder / "in"), "--jobs", str(jobs), "--store", str(folder / f"run{next(stores)}"), "-q"]
        return timed(lambda: subprocess.run([sys.executable, "-m", "elshi", *arguments], check=True, capture_output=True))

    pieces = {"--jobs 2": partial(ingest, 2), "--jobs 1": partial(ingest, 1)}
    what = f"elshi ingest of {len(paths)} files in three languages, by 2 jobs against 1"
    return line(what, interleaved(pieces, rounds), ">=", 1.5, per=len(paths), faster=True)


def loading(size: Size, folder: Path) -> Iterator[Line]:
    """N-Quads into a new store on disk, against rdflib's memory."""
    from rdflib import Dataset

    path = folder / "load.nq"
    count = synthetic.write(path, max(20, size.synthetic // 10))
    stores = iter(range(1000))

    def ours() -> float:
        with open_writer(str(folder / f"load{next(stores)}")) as store:
            return worked(lambda: store.load(path.read_text(encoding="utf-8")))  # type: ignore[attr-defined]

    found = interleaved(
        {"to disk": ours, "rdflib to memory": lambda: worked(lambda: Dataset().parse(path, format="nquads"))}, min(3, size.rounds)
    )
    yield line(f"bulk load of {count} quads", found, ">=", 3, faster=True)


def asking(size: Size, folder: Path) -> Iterator[Line]:
    """Look-ups on disk and aggregates in memory, against Virtuoso over HTTP."""
    if not shutil.which("virtuoso-t"):
        print("look-ups and aggregates are left out: virtuoso-t is not installed", file=sys.stderr)
        return
    count = synthetic.write(folder / "graph.nq", size.synthetic)
    with open_writer(str(folder / "store")) as store:
        store.load((folder / "graph.nq").read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    lookups = ("meetings of a person", "whom a person meets", "offices of a person", "events under a topic", "evidence about a person")
    aggregates = ("counterparts by year", "roles and how sure", "who meets whom most")
    with virtuoso(folder) as over_http, open_view(str(folder / "store")) as disk, open_view(f"memory:{folder / 'store'}") as memory:
        heads = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes().items())
        for names, view, how, bar in ((lookups, disk, "on disk", 1.0), (aggregates, memory, "in analysis mode", 3.0)):
            for name in names:
                text = synthetic.QUESTIONS[name]
                pieces = {"Elshi": partial(_asked, view, text), "Virtuoso": lambda text=text: timed(lambda: over_http(heads + text))}
                assert same(_rows(view, text), over_http(heads + text)), f"both answer {name} alike"
                for piece in pieces.values():
                    piece()
                yield line(f"{name}, {count} quads, {how}", interleaved(pieces, size.rounds if size.letters else 15), "<=", bar)


def _asked(view: View, text: str) -> float:
    return timed(lambda: _rows(view, text))


def _rows(view: View, text: str) -> list[tuple[str, ...]]:
    answer = view.query(text, prefixes=prefixes())
    assert isinstance(answer, Table)
    return [tuple(cell.value if cell else "" for cell in row) for row in answer.rows]


def growing(size: Size, folder: Path) -> Iterator[Line]:
    """The time of a release and the memory of the process, at the end against the beginning, as a store grows the way runs fill it."""
    step = max(40, min(1_000, size.growth // 20))  # made beforehand, so few: what waits is memory too
    with open_writer(str(folder / "grown")) as store:
        store.gather()

        def put(made: list[str], begin: int) -> None:
            for number, text in enumerate(made, 1):
                store.replace(_graph(begin + number - 1), text)
                if not number % TOGETHER or number == len(made):
                    store.settle()

        spent, memory = [], []
        for begin in range(0, size.growth, step):
            made = [synthetic.release(number) for number in range(begin, begin + step)]
            spent.append(worked(partial(put, made, begin)))
            memory.append(machine.getrusage(machine.RUSAGE_SELF).ru_maxrss / 1024)
    third = max(1, len(spent) // 3)
    found = {f"the last {third * step}": spent[-third:], f"the first {third * step}": spent[:third]}
    yield line(f"storing a release, of {size.growth}", found, "<=", 1.3, per=step)
    first = memory[third - 1]
    yield Line(f"peak memory, after {size.growth} releases", f"{memory[-1]:.0f} MB", f"{first:.0f} MB at {third * step}", round(memory[-1] / first, 2), "<=", 1.2,
               (round(memory[-1] / first, 2),) * 2)  # fmt: skip


def _graph(number: int) -> str:
    return synthetic.release(number).rpartition(" <")[2].rstrip(" .>\n")


def starting(size: Size, folder: Path) -> Iterator[Line]:
    """One Kazakh release in a process that has just been started, against importing spaCy; both with bytecode, as an installed program has it."""
    one = str(resource("data/samples/d10.kk.txt"))
    stores = iter(range(1000))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def spent(*arguments: str) -> float:
        """Seconds of processor time, which others on the machine add little to."""
        before = machine.getrusage(machine.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
        after = machine.getrusage(machine.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def ours() -> float:
        return spent("-m", "elshi", "ingest", one, "--jobs", "1", "--store", str(folder / f"start{next(stores)}"), "-q")

    pieces = {"elshi ingest": ours, "import spacy": lambda: spent("-c", "import spacy")}
    interleaved(pieces, 1)  # writes the bytecode
    found = interleaved(pieces, size.rounds)
    on_top = [mine - theirs for mine, theirs in zip(*found.values(), strict=True)]
    for what, peer, seconds, bar in (
        ("a cold start with one Kazakh release, seconds", "", found["elshi ingest"], 4.0),
        ("the same on top of importing spaCy, seconds", f"import spacy {median(found['import spacy']):.2f} s", on_top, 1.5),
    ):
        figure = round(median(seconds), 2)
        yield Line(what, f"{figure:.2f} s", peer, figure, "<=", bar, (round(min(seconds), 2), round(max(seconds), 2)))


#: The rows, by the word that picks them.
ROWS = {
    "names": rest_against_names, "building": building, "validation": validating, "whole": whole, "again": again, "jobs": jobs, "load": loading,
    "questions": asking, "growth": growing, "start": starting,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the status says only that all of it ran."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few releases and one round: to see that it works")
    parser.add_argument(
        "--only", metavar="WORD", action="append", choices=ROWS, help=f"one of {', '.join(ROWS)}; may be given more than once"
    )
    parser.add_argument("--releases", type=int, help="sample releases that a round takes")
    parser.add_argument("--synthetic", type=int, help="releases of the graph that questions are asked of; 3,200 are a million quads")
    parser.add_argument("--growth", type=int, help="releases up to which time and memory are watched")
    parser.add_argument("--rounds", type=int, help="rounds, of which medians are taken")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args(arguments)
    size = QUICK if given.quick else FULL
    asked = {name: getattr(given, name) for name in ("releases", "rounds", "synthetic", "growth") if getattr(given, name)}
    size = replace(size, **asked)
    found: list[Line] = []
    if given.quick:
        print("To see that all of it works: so little is measured that no bar can be judged by it.")
    head()
    for name in given.only or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            for each in ROWS[name](size, Path(folder)):
                show(each, judged=not given.quick)
                found.append(each)
    if given.json:
        write(found, given.json, day=date.today().isoformat(), python=platform.python_version(), cores=os.cpu_count(), quick=given.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())

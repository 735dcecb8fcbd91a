"""A store made of files of N-Quads, in bulk: all of it or nothing, every release checked, and known to later runs where shards tell of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from elshi.ontology.iri import graph_path, release_path
from elshi.ontology.vocab import expand, prefixes
from elshi.shapes.report import Report, summed
from elshi.shapes.validate import validate_many
from elshi.store.base import Change, StoreError, Table
from elshi.store.canonical import fault_in
from elshi.store.disk import DiskStores, made_whole
from elshi.store.embedded import EmbeddedStore
from elshi.store.intake import IntoStore
from elshi.store.origin import writing_base
from elshi.store.provenance import Run, finish, known, record
from elshi.store.quarantine import Quarantine
from elshi.store.shards import Shard, shards_in
from elshi.store.spool import files_of, lines_of
from elshi.store.stories import Stories

__all__ = ["Loaded", "NotConforming", "load_store"]

_RELEASES: Final = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?release a <{expand('elshi:Release')}> }} }}"


class NotConforming(StoreError):
    """Files that hold releases which do not conform."""

    def __init__(self, report: Report) -> None:
        """Tell what was found."""
        super().__init__("some releases do not conform: nothing was loaded; mend them, or load them as they are with --no-check")
        self.report = report


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    files: int
    releases: int
    known: int  # releases of which it is known what they were read from


def load_store(sources: Sequence[Path], location: str, *, started: str, engine: str, label: str, check: bool = True) -> Loaded:
    """Make a store, in a folder that is new or empty, of files of N-Quads and folders of them or of shards.

    Raises StoreError where a file is no N-Quads or was cut off, and NotConforming where a release does not conform, unless
    `check` is false; then, and where the process is killed, there is no store.
    """
    found = [(source, shards_in(source) if source.is_dir() else None) for source in sources]
    files = [path for source, shards in found for path in ([source / s.shard for s in shards] if shards else files_of(source))]
    shards = [shard for _, some in found for shard in some or ()]
    _once(key for shard in shards for key in shard.releases)
    with made_whole(location) as part:
        with DiskStores.writer(str(part)) as store:
            _filled(store, files)
            graphs = _releases(store)
            if check:
                _check("".join(f"{line}\n" for line in store.quads(graph)) for graph in graphs)
            base = writing_base(store)
            _remember(store, shards, set(graphs), lambda read_by: Run(started, read_by, label, base))
            for source, some in found:
                if some and (source / "quarantine").is_dir():
                    shutil.copytree(source / "quarantine", part / "quarantine", dirs_exist_ok=True)
            stories = Stories.of(store, str(part), base_iri=base)
            IntoStore(store, Quarantine(None), Run(started, engine, label, base), base_iri=base, stories=stories).finish({})
            seen = known(store, prefixes(base))
    return Loaded(len(files), len(graphs), len(seen.keys() & set(graphs)))


def _once(keys: Iterable[str]) -> None:
    twice = sorted(key for key, times in Counter(keys).items() if times > 1)
    if twice:
        raise StoreError(
            f"{len(twice)} releases stand in two folders of shards, {twice[0]} for one: load one of the two, and ingest the other's"
        )


def _filled(store: EmbeddedStore, files: Sequence[Path]) -> None:
    try:
        store.load(lambda: chain.from_iterable(map(lines_of, files)))
    except StoreError as fault:
        raise StoreError(f"{next(filter(None, map(_broken, files)), None) or fault}: nothing was loaded") from fault


def _broken(path: Path) -> str:
    """What is wrong with a file; empty where nothing is."""
    try:
        fault = fault_in(lines_of(path))
    except StoreError as why:
        return str(why)
    return f"{path.name} is not N-Quads: {fault}" if fault else ""


def _releases(store: EmbeddedStore) -> list[str]:
    answer = store.query(_RELEASES)
    assert isinstance(answer, Table)
    return sorted(graph.value for (graph,) in answer.rows if graph)


def _check(graphs: Iterator[str]) -> None:
    report = summed(validate_many(graphs))
    if not report.conforms:
        raise NotConforming(report)


def _remember(store: EmbeddedStore, shards: Iterable[Shard], graphs: set[str], run_of: Callable[[str], Run]) -> None:
    """Note which engine read which bytes, so that a run that meets them again leaves them alone."""
    counts: Counter[str] = Counter()
    for shard in shards:
        run = run_of(shard.engine)
        for key, sha256 in shard.releases.items():
            if run.base_iri + graph_path(key) not in graphs:
                raise StoreError(
                    f"{shard.shard} lacks {key}, which its folder's list says is there: nothing was loaded; ingest into shards again"
                )
            record(store, run, run.base_iri + release_path(key), Change(), sha256=sha256, before=None, now=run.started)
        counts[shard.engine] += len(shard.releases)
    for engine, count in counts.items():
        if count:
            run = run_of(engine)
            finish(store, run, {"stored": count, "unchanged": 0, "quarantined": 0, "failed": 0}.items(), now=run.started)

"""Where read releases go: into a store or its quarantine, into a file, or nowhere when it is only a trial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TextIO

from elshi.ingest.model import Reading
from elshi.ontology.graph import in_lines
from elshi.ontology.iri import graph_path, release_path
from elshi.ontology.mapping import release_iri, vocabulary_rows
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.shapes.report import Report
from elshi.store.base import Writer
from elshi.store.curator import Curator
from elshi.store.moments import now
from elshi.store.provenance import Run, Seen, finish, known, record
from elshi.store.quarantine import Quarantine, Refused
from elshi.store.stories import Stories
from elshi.store.versions import keep
from elshi.stories.index import Index

__all__ = ["Intake", "IntoFile", "IntoStore", "Nowhere", "Product", "State"]

#: What became of an input: the four add up to everything that came in.
State = Literal["stored", "unchanged", "quarantined", "failed"]
#: Stored releases after which readers are let see them, while a long run goes on.
PUBLISHED_EVERY: Final = 200


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that was made of one release."""

    reading: Reading
    graph: str  # the IRI of its named graph
    rows: str  # its N-Quads
    authority: str  # N-Quads of the authority graph
    report: Report

    @property
    def refusal(self) -> str:
        """Why it may not be stored, in a line; empty when it may."""
        found = [v for v in self.report.violations if v.severity == "Violation"]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return f"{found[0].shape}: {found[0].message}{more}" if found else ""


class Intake(Protocol):
    """Takes what was made of releases."""

    @property
    def base_iri(self) -> str:
        """What the IRIs of what it takes begin with."""

    def met(self, key: str, sha256: str) -> State | None:
        """What became of the release of this key and text when the same engine read it; None when it has to be read."""

    def holds(self, key: str, sha256: str) -> bool:
        """Whether `met` would know it: asked before a page is fetched that its server says has not changed."""

    def take(self, product: Product) -> State:
        """Keep what was made of a release, or refuse it."""

    def settle(self) -> None:
        """Write what was taken, if some of it waits to be written with more."""

    def finish(self, counts: Mapping[State, int]) -> None:
        """Note that everything has come in, and how many inputs ended in which state."""


class IntoStore:
    """Stores what conforms and quarantines what does not."""

    def __init__(
        self, writer: Writer, quarantine: Quarantine, run: Run, *, base_iri: str = BASE_IRI, again: bool = False,
        noted: Callable[[Mapping[State, int], str], None] = lambda counts, now: None, stories: Stories | None = None,
    ) -> None:  # fmt: skip
        """Begin a run, or go on with one that was broken off; `again` reads even what the same engine has read before.

        `noted` is told the counts and the time when the run has ended and all of it is written; `stories` has an index that
        outlives the run.
        """
        self._writer, self._quarantine, self._run, self._again = writer, quarantine, run, again
        self.base_iri, self._noted = base_iri, noted
        self._seen: dict[str, Seen] = known(writer, prefixes(base_iri))
        self._refused = {entry.key: Seen(entry.reading.release.sha256, entry.engine, "") for entry in quarantine}
        self._settled = {graph for graph, seen in self._seen.items() if seen.run == run.iri}  # by this run, before it was broken off
        self._stored = 0
        for graph, rows in _by_graph(vocabulary_rows(base_iri=base_iri)):
            writer.replace(graph, rows)
        self._curator = Curator(writer, stories or Stories(writer, Index(None), base_iri=base_iri), base_iri=base_iri)
        self._curator.gather()

    def met(self, key: str, sha256: str) -> State | None:
        """Tell whether the same engine has read the same text, and what came of it."""
        if self._curator.retracted(self.base_iri + release_path(key)):
            return "unchanged"
        state = self._before(key, sha256)
        return "stored" if state == "unchanged" and self._taken_up(self.base_iri + graph_path(key)) else state

    def holds(self, key: str, sha256: str) -> bool:
        """Tell whether `met` would know the release, and take no note of having been asked."""
        return self._curator.retracted(self.base_iri + release_path(key)) or self._before(key, sha256) is not None

    def _before(self, key: str, sha256: str) -> State | None:
        if self._again:
            return None
        states: tuple[tuple[State, Seen | None], ...] = (
            ("quarantined", self._refused.get(key)), ("unchanged", self._seen.get(self.base_iri + graph_path(key))),
        )  # fmt: skip
        return next((state for state, seen in states if seen and (seen.sha256, seen.engine) == (sha256, self._run.engine)), None)

    def _taken_up(self, graph: str) -> bool:
        """Whether this run stored a release before it was broken off; each is asked after once."""
        there = graph in self._settled
        self._settled.discard(graph)
        return there

    def take(self, product: Product) -> State:
        """Store a release whose graph conforms, in place of what was read from it before; quarantine it otherwise."""
        release = product.reading.release
        if product.refusal:
            self._quarantine.put(Refused(release.key, now(), self._run.engine, product.reading, product.rows, product.report))
            return "quarantined"
        self._writer.add(product.authority)
        before, iri = self._seen.get(product.graph), release_iri(release, base_iri=self.base_iri)
        moment = self._run.started  # of all that the run brings, so that a run taken up again ends as if it had never stopped
        if before is not None and before.sha256 != release.sha256:
            keep(self._writer, product.graph, iri, before.sha256, until=moment)
        change = self._curator.replace(product.graph, product.rows)
        if change or before is None or before.engine != self._run.engine:
            record(self._writer, self._run, iri, change, sha256=release.sha256, before=before, now=moment)
        since = before.since if before is not None and before.sha256 == release.sha256 else moment
        self._seen[product.graph] = Seen(release.sha256, self._run.engine, self._run.iri, since)
        self._quarantine.drop(release.key)
        return self._counted() if change or before is None else "unchanged"

    def _counted(self) -> State:
        self._stored += 1
        if self._stored % PUBLISHED_EVERY == 0:
            self._writer.publish()
        return "stored"

    def settle(self) -> None:
        """Write what was taken since it was last called: together, so that all of it is there or none."""
        self._curator.settle()

    def finish(self, counts: Mapping[State, int]) -> None:
        """Note the end of the run with what became of its inputs, and let readers see it."""
        self._curator.finish()
        self._curator.settle()
        ended = now()
        if any(counts.values()):  # a run that met nothing is not worth remembering
            finish(self._writer, self._run, counts.items(), now=ended)
        self._writer.publish()
        self._noted(counts, ended)


class IntoFile:
    """Writes N-Quads of what conforms, the vocabulary first; what does not conform is left out."""

    def __init__(self, out: TextIO, *, base_iri: str = BASE_IRI) -> None:
        """Begin a file."""
        self._out, self.base_iri = out, base_iri
        self._authority: set[str] = set()
        out.write(vocabulary_rows(base_iri=base_iri))

    def met(self, key: str, sha256: str) -> State | None:
        """A file remembers nothing."""
        return None

    def holds(self, key: str, sha256: str) -> bool:
        """Nor does it know any page."""
        return False

    def take(self, product: Product) -> State:
        """Write a release's graph, and what authorities say that has not been written yet."""
        if product.refusal:
            return "quarantined"
        self._out.write(product.rows)
        fresh = [line for line in in_lines(product.authority) if line not in self._authority]
        self._authority.update(fresh)
        self._out.writelines(f"{line}\n" for line in fresh)
        return "stored"

    def settle(self) -> None:
        """Everything has been written already."""

    def finish(self, counts: Mapping[State, int]) -> None:
        """Hand everything to the operating system."""
        self._out.flush()


class Nowhere:
    """Says what would become of a release, and keeps nothing."""

    def __init__(self, base_iri: str = BASE_IRI) -> None:
        """Begin a trial."""
        self.base_iri = base_iri

    def met(self, key: str, sha256: str) -> State | None:
        """A trial reads everything."""
        return None

    def holds(self, key: str, sha256: str) -> bool:
        """And fetches everything."""
        return False

    def take(self, product: Product) -> State:
        """Tell whether it would be stored."""
        return "quarantined" if product.refusal else "stored"

    def settle(self) -> None:
        """There is nothing to write."""

    def finish(self, counts: Mapping[State, int]) -> None:
        """Nothing is left to do."""


def _by_graph(rows: str) -> Iterable[tuple[str, str]]:
    graphs: dict[str, list[str]] = {}
    for line in in_lines(rows):
        graphs.setdefault(line.rstrip(" .").rpartition("<")[2].rstrip(">"), []).append(f"{line}\n")
    return ((graph, "".join(found)) for graph, found in graphs.items())

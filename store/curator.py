"""Lets people decide: what they decide is kept, applied to the releases that are there and to every one that comes again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from elshi import ElshiError
from elshi.ontology import literals
from elshi.ontology.graph import in_lines
from elshi.ontology.vocab import BASE_IRI, expand, prefixes
from elshi.shapes.report import Violation
from elshi.shapes.validate import validate_many
from elshi.store.base import PAST, Change, Table, Writer
from elshi.store.curation import curated
from elshi.store.decisions import Decision, curation_graph, decisions, found, quads_of, sequel
from elshi.store.moments import free
from elshi.store.stories import Stories, renamed

__all__ = ["Curator", "Effect", "RefusedDecision"]

_CURRENT: Final = f"<{expand('rdf:type')}> {literals.node(expand('elshi:Release'))}"
_KEPT: Final = f"<{expand('rdf:type')}> {literals.node(expand('elshi:SupersededRelease'))}"
#: What is put behind the key of a release for what was read from it, before decisions.
_AS_READ: Final = "~as-read"
#: Graphs of releases that hold something; the values stand in each branch, since a group sees nothing of what is outside it.
_WHERE: Final = """
SELECT DISTINCT ?graph WHERE {
  { VALUES ?thing { THINGS } GRAPH ?graph { ?thing ?property ?value } } UNION { VALUES ?thing { THINGS } GRAPH ?graph { ?subject ?property ?thing } }
  GRAPH ?graph { ?release a elshi:Release }
}"""
_OWN: Final = """
SELECT DISTINCT ?own WHERE { { VALUES ?thing { THINGS } ?own dcterms:isReplacedBy ?thing } UNION { VALUES ?own { THINGS } } }"""
_KEPT_WHERE: Final = """
SELECT DISTINCT ?graph WHERE {
  { VALUES ?thing { THINGS } GRAPH ?graph { ?thing ?property ?value } } UNION { VALUES ?thing { THINGS } GRAPH ?graph { ?subject ?property ?thing } }
}"""


class RefusedDecision(ElshiError):
    """A decision that would leave a release that does not conform."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision does: triples that go and come, by the graph of the release."""

    decision: Decision
    added: Mapping[str, frozenset[str]]
    removed: Mapping[str, frozenset[str]]

    @property
    def graphs(self) -> tuple[str, ...]:
        """The graphs that it changes."""
        return tuple(sorted(self.added.keys() | self.removed.keys()))


class Curator:
    """A way of writing releases that takes decisions into account, those made before and those still to come.

    What was read is never lost: where decisions change the graph of a release, the graph as it was read is kept beside
    the past versions, so that any decision can be undone.
    """

    def __init__(self, writer: Writer, stories: Stories, *, base_iri: str = BASE_IRI) -> None:
        """Take up the decisions of a store; what a run that was killed had not applied yet is applied now."""
        self._writer, self._stories, self.base_iri = writer, stories, base_iri
        self._made = decisions(writer, base_iri=base_iri)
        self._keep_apart()
        self._heal()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, those that were undone too, in the order of time."""
        return self._made

    def retracted(self, release: str) -> bool:
        """Tell whether somebody took a release out for good."""
        return any(release in d.about for d in sequel(self._made) if d.verdict == "retracted")

    def replace(self, graph: str, rows: str) -> Change:
        """Make the graph of a release hold what decisions leave of these N-Quads."""
        return self._apply(graph, rows, curated(rows, sequel(self._made)))

    def gather(self) -> None:
        """Let releases be written together from now on, by `settle`."""
        self._stories.gather()

    def settle(self) -> None:
        """Write the releases that wait."""
        self._stories.settle()

    def finish(self) -> None:
        """Bring what hangs on all releases together up to date: the talking points."""
        self._stories.finish()

    def decide(self, decision: Decision, *, dry_run: bool = False) -> Effect:
        """Make a decision and apply it; raises RefusedDecision, and changes nothing, where a release would not conform any more.

        What it is about is widened to every IRI that releases gave the thing; its time becomes one at which nothing else was decided.
        """
        decision = replace(decision, about=self._own(decision.about), when=free(decision.when, {made.when for made in self._made}))
        return self._settle(decision, (*self._made, decision), dry_run=dry_run)

    def undo(self, key: str, *, when: str, dry_run: bool = False) -> Effect:
        """Take a decision back; raises UnknownDecision where there is none of this key that holds."""
        decision = found(sequel(self._made), key)
        undone = replace(decision, undone=when)
        return self._settle(undone, tuple(undone if each == decision else each for each in self._made), dry_run=dry_run)

    def _settle(self, decision: Decision, made: tuple[Decision, ...], *, dry_run: bool) -> Effect:
        graphs = self._concerned([decision])
        raw = {graph: self._raw(graph) for graph in graphs}
        after = {graph: curated(rows, sequel(made)) for graph, rows in raw.items()}
        before = {graph: curated(rows, sequel(self._made)) for graph, rows in raw.items()}
        changed = [graph for graph in graphs if after[graph] != before[graph]]
        self._check([rows for graph in changed if (rows := after[graph]) is not None])
        effect = Effect(
            decision,
            {graph: _lines(after[graph]) - _lines(before[graph]) for graph in changed},
            {graph: _lines(before[graph]) - _lines(after[graph]) for graph in changed},
        )
        if not dry_run:
            self._made = made
            self._writer.replace(curation_graph(self.base_iri), quads_of(made, base_iri=self.base_iri))
            self._keep_apart()
            for graph in changed:
                self._apply(graph, raw[graph], after[graph])
        return effect

    def _apply(self, graph: str, raw: str, rows: str | None) -> Change:
        kept = self._kept(graph)
        if rows == raw:
            change = self._stories.replace(graph, raw)
            self._writer.remove(kept)
            return change
        self._writer.replace(kept, self._stowed(graph, raw))
        if rows is not None:
            return self._stories.replace(graph, rows)
        gone = frozenset(line.removesuffix(f" <{graph}> .") + " ." for line in self._writer.quads(graph))
        self._stories.remove(graph)
        return Change(removed=gone)

    def _check(self, graphs: Iterable[str]) -> None:
        for report in validate_many(graphs):
            worst: Violation | None = next((v for v in report.violations if v.severity == "Violation"), None)
            if worst:
                raise RefusedDecision(f"that would leave {worst.focus}: {worst.message} Decide about that first; nothing was changed")

    def _keep_apart(self) -> None:
        self._stories.keep_apart((old, d.into) for d in sequel(self._made) if d.verdict == "split" and d.into for old in d.about)

    def _heal(self) -> None:
        """Apply what holds to graphs that still say otherwise."""
        pending = [d for d in sequel(self._made) if d.verdict in ("retracted", "rejected", "merged")]
        for graph in self._graphs(_WHERE, {iri for d in pending for iri in d.about if iri != d.into}):
            raw = self._raw(graph)
            self._apply(graph, raw, curated(raw, sequel(self._made)))

    # Where things stand

    def _own(self, things: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._graphs(_OWN, things))

    def _concerned(self, made: Sequence[Decision]) -> list[str]:
        """The graphs of releases that decisions may change, those that are taken out or changed already among them."""
        things = {iri for d in made for iri in (*d.about, *((d.into,) if d.into else ()))}
        kept = (graph for graph in self._graphs(_KEPT_WHERE, {*things, *(iri + _AS_READ for iri in things)}) if graph.endswith(_AS_READ))
        return sorted({*self._graphs(_WHERE, things), *map(self._of_kept, kept)})

    def _graphs(self, query: str, things: Iterable[str]) -> list[str]:
        listed = sorted(things)
        answers: set[str] = set()
        for at in range(0, len(listed), 200):
            text = query.replace("THINGS", " ".join(map(literals.node, listed[at : at + 200])))
            answer = self._writer.query(text, prefixes=prefixes(self.base_iri))
            assert isinstance(answer, Table)
            answers.update(term.value for (term,) in answer.rows if term)
        return sorted(answers)

    def _kept(self, graph: str) -> str:
        """Where the graph of a release is kept as it was read."""
        base, _, key = graph.rpartition("graph/")
        return f"{base}{PAST}{key}{_AS_READ}"

    def _of_kept(self, kept: str) -> str:
        base, _, key = kept.removesuffix(_AS_READ).rpartition(PAST)
        return f"{base}graph/{key}"

    def _raw(self, graph: str) -> str:
        """What was read from a release, whatever was decided about it since."""
        kept = self._kept(graph)
        rows = "".join(f"{line}\n" for line in self._writer.quads(kept))
        if not rows:
            return self._stories.own(graph)
        release = _release(graph)
        return renamed(rows.replace(f"<{kept}> .", f"<{graph}> .").replace(_KEPT, _CURRENT), {release + _AS_READ: release})

    def _stowed(self, graph: str, raw: str) -> str:
        """What was read from a release as a past version of it, which the merged graph leaves out."""
        release = _release(graph)
        return renamed(raw.replace(f"<{graph}> .", f"<{self._kept(graph)}> .").replace(_CURRENT, _KEPT), {release: release + _AS_READ})


def _release(graph: str) -> str:
    """The release whose graph this is."""
    base, _, key = graph.rpartition("graph/")
    return f"{base}release/{key}"


def _lines(rows: str | None) -> frozenset[str]:
    return frozenset(line.rpartition(" <")[0] for line in in_lines(rows or ""))

"""What the store remembers of its own making: runs, which run read a release, and what a new version added and retracted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from elshi.ontology import literals
from elshi.ontology.graph import quads
from elshi.ontology.iri import digest
from elshi.ontology.vocab import BASE_IRI, expand
from elshi.store.base import Change, Table, Triples, View, Writer
from elshi.store.versions import version_iri

__all__ = ["Run", "Seen", "finish", "known", "record"]

_ACTIVITY: Final = re.compile(r"[^0-9A-Za-z]+")
_FACT: Final = expand("elshi:Fact")
_ENDS: Final = ("prov:endedAtTime", "elshi:storedCount", "elshi:unchangedCount", "elshi:quarantinedCount", "elshi:failedCount")
_KNOWN: Final = """
SELECT ?graph ?sha ?engine ?run ?since WHERE {
  GRAPH ?provenance { ?release prov:wasGeneratedBy ?run . ?run dcterms:hasVersion ?engine ; prov:startedAtTime ?started }
  GRAPH ?graph { ?release a elshi:Release ; dcterms:identifier ?sha }
  OPTIONAL { ?release prov:generatedAtTime ?at }
  BIND(STR(COALESCE(?at, ?started)) AS ?since)
}"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of Elshi over some sources."""

    started: str  # xsd:dateTime, UTC
    engine: str  # what read the releases: equal engines read equal bytes alike
    label: str  # "elshi 0.1.0"
    base_iri: str = BASE_IRI

    @property
    def iri(self) -> str:
        """The run's IRI."""
        return f"{self.base_iri}run/{_ACTIVITY.sub('', self.started)}-{digest(self.engine)[:6]}"

    @property
    def graph(self) -> str:
        """The graph that runs are recorded in."""
        return f"{self.base_iri}graph/provenance"


@dataclass(frozen=True, slots=True)
class Seen:
    """The bytes that a stored release was read from, and what read them."""

    sha256: str
    engine: str
    run: str  # the run's IRI
    since: str = ""  # when these bytes came in, xsd:dateTime


def known(view: View, prefixes: Mapping[str, str]) -> dict[str, Seen]:
    """Return what every stored release was made of, by the IRI of its graph."""
    answer = view.query(_KNOWN, prefixes=prefixes)
    assert isinstance(answer, Table)
    return {
        graph.value: Seen(sha.value, engine.value, run.value, since.value)
        for graph, sha, engine, run, since in answer.rows if graph and sha and engine and run and since
    }  # fmt: skip


def record(writer: Writer, run: Run, release: str, change: Change, *, sha256: str, before: Seen | None, now: str) -> None:
    """Note that a run read a release; of a release that was there before, also what the new reading added and retracted."""
    lines = _begun(run)
    lines.add(release, "prov:wasGeneratedBy", literals.node(run.iri))
    if before is None or before.sha256 != sha256:
        lines.add(release, "prov:generatedAtTime", _time(now))
    if before is not None:
        _revise(lines, run, release, change, before if before.sha256 != sha256 else None, now)
        past = _Lines(run.graph)
        if before.run != run.iri:
            past.add(release, "prov:wasGeneratedBy", literals.node(before.run))
        if before.sha256 != sha256 and before.since != now:
            past.add(release, "prov:generatedAtTime", _time(before.since))
        writer.discard(str(past))
    writer.add(str(lines))


def finish(writer: Writer, run: Run, counts: Iterable[tuple[str, int]], *, now: str) -> None:
    """Note when a run ended and how many inputs ended stored, unchanged, quarantined or failed; a run that was killed has no end."""
    ends = " ".join(f"<{expand(name)}>" for name in _ENDS)
    pattern = f"<{run.iri}> ?end ?value"
    past = writer.query(f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH <{run.graph}> {{ VALUES ?end {{ {ends} }} {pattern} }} }}")
    assert isinstance(past, Triples)
    lines = _begun(run)
    lines.add(run.iri, "prov:endedAtTime", _time(now))
    for state, count in counts:
        lines.add(run.iri, f"elshi:{state}Count", literals.integer(count))
    writer.discard("".join(f"{line.removesuffix(' .')} <{run.graph}> .\n" for line in past.lines))
    writer.add(str(lines))


def _begun(run: Run) -> _Lines:
    lines = _Lines(run.graph)
    lines.add(run.iri, "rdf:type", literals.node(expand("prov:Activity")))
    lines.add(run.iri, "rdfs:label", literals.plain(run.label))
    lines.add(run.iri, "prov:startedAtTime", _time(run.started))
    lines.add(run.iri, "dcterms:hasVersion", literals.plain(run.engine))
    return lines


class _Lines:
    """Statements of one graph, as N-Quads lines."""

    def __init__(self, graph: str) -> None:
        self._lines: list[str] = []
        self._tail = f" <{graph}> .\n"

    def __str__(self) -> str:
        return "".join(self._lines)

    def add(self, subject: str, predicate: str, value: str) -> None:
        self._lines.append(f"<{subject}> <{expand(predicate)}> {value}{self._tail}")


def _time(value: str) -> str:
    return f'"{value}"^^<{expand("xsd:dateTime")}>'


def _revise(lines: _Lines, run: Run, release: str, change: Change, before: Seen | None, now: str) -> None:
    if before is not None:
        earlier = version_iri(release, before.sha256)
        lines.add(release, "prov:wasRevisionOf", literals.node(earlier))
        lines.add(earlier, "dcterms:identifier", literals.plain(before.sha256))
        lines.add(earlier, "dcterms:isVersionOf", literals.node(release))
        lines.add(earlier, "prov:generatedAtTime", _time(before.since))
        lines.add(earlier, "prov:invalidatedAtTime", _time(now))
    for kind, link, triples in (
        ("prov:Generation", "prov:qualifiedGeneration", change.added),
        ("prov:Invalidation", "prov:qualifiedInvalidation", change.removed),
    ):
        for fact, (cls, quote) in _facts(triples).items():
            influence = f"{run.iri}.{digest(kind, fact, release)[:12]}"
            lines.add(fact, link, literals.node(influence))
            lines.add(influence, "rdf:type", literals.node(expand(kind)))
            lines.add(influence, "prov:activity", literals.node(run.iri))
            lines.add(influence, "prov:atTime", _time(now))
            lines.add(influence, "dcterms:source", literals.node(release))
            lines.add(influence, "dcterms:type", literals.node(cls))
            if quote:
                lines.add(influence, "dcterms:description", literals.plain(quote))


def _facts(triples: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The facts that a set of triples declares: class and quotation of each, by IRI."""
    by_subject: dict[str, list[tuple[str, str]]] = {}
    for quad in quads("\n".join(triples)):
        by_subject.setdefault(quad.subject.value, []).append((quad.predicate.value, quad.object.value))  # type: ignore[union-attr]  # no triple terms here
    found: dict[str, tuple[str, str]] = {}
    for subject, pairs in by_subject.items():
        classes = [value for predicate, value in pairs if predicate == expand("rdf:type")]
        if _FACT in classes:
            own = sorted(c for c in classes if c not in (_FACT, expand("elshi:Event"), expand("schema:Event"), expand("org:Membership")))
            found[subject] = (own[0] if own else _FACT, _quote(pairs, by_subject))
    return found


def _quote(pairs: list[tuple[str, str]], by_subject: Mapping[str, list[tuple[str, str]]]) -> str:
    """The first quotation among the evidence of a fact."""
    steps = ("elshi:evidence", "oa:hasTarget", "oa:hasSelector", "oa:exact")
    reached = [pairs]
    for step in steps[:-1]:
        nodes = [value for many in reached for predicate, value in many if predicate == expand(step)]
        reached = [by_subject[node] for node in sorted(nodes) if node in by_subject]
    return next((value for many in reached for predicate, value in many if predicate == expand(steps[-1])), "")

"""What a run of Elshi did, for `graph/provenance`: apart from the releases' graphs, which stay the same whoever reads them when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from elshi.ingest.model import Release, Tagged
from elshi.ontology import literals
from elshi.ontology.graph import checked
from elshi.ontology.iri import release_path, slug
from elshi.ontology.statements import Statements
from elshi.ontology.vocab import BASE_IRI

__all__ = ["Run", "run_rows"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when it was, what software read, which releases came of it."""

    id: str  # unique among runs: a time stamp will do
    started: str  # xsd:dateTime in UTC, "2026-03-04T10:00:00Z"
    ended: str | None = None
    software: tuple[Tagged, ...] = ()  # (name, version): Elshi and its models
    counts: tuple[tuple[str, int], ...] = ()  # what became of the inputs: ("stored", 118), ("quarantined", 2)


def run_rows(run: Run, releases: Iterable[Release] = (), *, base_iri: str = BASE_IRI) -> str:
    """Return N-Quads for `graph/provenance` that describe a run and what it generated."""
    out = Statements(f"{base_iri}graph/provenance", None, base_iri)
    this = out.thing(f"run/{slug(run.id)}")
    out.types(this, ("prov:Activity",))
    out.add(this, "prov:startedAtTime", literals.moment(run.started))
    out.maybe(this, "prov:endedAtTime", literals.moment(run.ended) if run.ended else None)
    for name, version in run.software:
        agent = out.thing(f"agent/{slug(f'{name} {version}')}")
        out.types(agent, ("prov:SoftwareAgent",))
        out.add(agent, "rdfs:label", literals.plain(name))
        out.add(agent, "schema:softwareVersion", literals.plain(version))
        out.add(this, "prov:wasAssociatedWith", agent)
    for outcome, count in run.counts:
        out.add(this, f"elshi:{outcome}Count", literals.integer(count))
    for release in releases:
        out.add(literals.node(base_iri + release_path(release.key)), "prov:wasGeneratedBy", this)
    return checked(out.text(), where="the graph of runs")

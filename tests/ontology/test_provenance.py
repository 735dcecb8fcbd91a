"""Runs are described apart from what they read."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from elshi import resource
from elshi.ingest.model import Reading
from elshi.ontology.graph import triples
from elshi.ontology.provenance import Run, run_rows
from elshi.ontology.vocab import BASE_IRI, ONTOLOGY, PREFIXES

OUTCOMES = ("stored", "unchanged", "quarantined", "failed")
SOFTWARE = (("elshi", "0.1.0"),)
RUN = Run("2026-03-04T10:00:00Z", "2026-03-04T10:00:00.500+00:00", "2026-03-04T10:01:00Z", SOFTWARE, tuple((o, 1) for o in OUTCOMES))


def test_a_run_names_what_it_generated_and_with_what(reading_kk: Reading) -> None:
    quads = list(ox.parse(run_rows(RUN, [reading_kk.release]), format=ox.RdfFormat.N_QUADS))
    assert {q.graph_name.value for q in quads} == {BASE_IRI + "graph/provenance"}
    facts = {(q.subject.value.removeprefix(BASE_IRI), q.predicate.value, q.object.value.removeprefix(BASE_IRI)) for q in quads}
    run = "run/2026-03-04t10-00-00z"
    assert ("release/d00-kk", PREFIXES["prov"] + "wasGeneratedBy", run) in facts
    assert (run, PREFIXES["prov"] + "wasAssociatedWith", "agent/elshi-0-1-0") in facts
    assert (run, PREFIXES["prov"] + "startedAtTime", "2026-03-04T10:00:00.5Z") in facts


def test_every_term_of_a_run_is_declared() -> None:
    known = {str(s) for s in Graph().parse(data=resource("ontology/elshi.ttl").read_text(encoding="utf-8")).subjects()}
    ours = {p.value for _, p, _ in triples(run_rows(RUN)) if p.value.startswith((ONTOLOGY, PREFIXES["prov"], PREFIXES["schema"]))}
    assert len(ours) == 8 and ours <= known

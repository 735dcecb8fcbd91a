"""What people decided about the graph: who, when, why and about what, as RDF in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from elshi import ElshiError
from elshi.ontology import literals
from elshi.ontology.iri import digest, slug
from elshi.ontology.vocab import BASE_IRI, expand, prefixes
from elshi.store.base import Table, View

__all__ = ["Decision", "UnknownDecision", "Verdict", "curation_graph", "decisions", "found", "quads_of", "sequel"]

#: What can be decided.
Verdict = Literal["retracted", "merged", "split", "accepted", "rejected", "relabelled"]
_VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
_KNOWN: Final = """
SELECT ?decision ?verdict ?about ?into ?within ?label ?who ?when ?why ?undone WHERE { GRAPH ?curation {
  ?decision a elshi:Decision ; elshi:verdict ?verdict ; prov:endedAtTime ?when ; prov:wasAssociatedWith/rdfs:label ?who ; elshi:decides ?about
  OPTIONAL { ?decision elshi:into ?into } OPTIONAL { ?decision elshi:within ?within } OPTIONAL { ?decision elshi:newLabel ?label }
  OPTIONAL { ?decision dcterms:description ?why } OPTIONAL { ?decision prov:invalidatedAtTime ?undone }
} }"""


class UnknownDecision(ElshiError):
    """A decision that nobody made."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; `about` are the IRIs that the thing decided about had when releases were read."""

    verdict: Verdict
    about: tuple[str, ...]
    who: str
    when: str  # xsd:dateTime
    into: str | None = None  # merged: what it is; split: what the other one is from now on; accepted: the record it is
    within: tuple[str, ...] = ()  # split: the releases that mean the other one
    label: tuple[str, str] | None = None  # relabelled, split: the name and its language
    why: str = ""
    undone: str | None = None  # xsd:dateTime

    @property
    def key(self) -> str:
        """What names the decision: the same decision at the same time is one."""
        return digest(self.verdict, self.about, self.into, self.within, self.label, self.when)[:12]


def curation_graph(base_iri: str = BASE_IRI) -> str:
    """Return the IRI of the graph that decisions are kept in."""
    return f"{base_iri}graph/curation"


def decisions(view: View, *, base_iri: str = BASE_IRI) -> tuple[Decision, ...]:
    """Return every decision in the order of time, those that were undone too."""
    answer = view.query(_KNOWN.replace("?curation", literals.node(curation_graph(base_iri))), prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    gathered: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for decision, *cells in answer.rows:
        assert decision
        values = gathered.setdefault(decision.value, {column: set() for column in answer.columns[1:]})
        for column, term in zip(answer.columns[1:], cells, strict=True):
            if term is not None:
                values[column].add((term.value, term.lang or ""))
    return tuple(sorted(map(_decision, gathered.values()), key=lambda d: (d.when, d.key)))


def found(known: Iterable[Decision], key: str) -> Decision:
    """Return the decision of a key; raises UnknownDecision."""
    decision = next((each for each in known if each.key == key.rpartition("/")[2].rpartition(":")[2]), None)
    if decision is None:
        raise UnknownDecision(f"no decision {key}: `elshi decisions list` says which were made")
    return decision


def sequel(known: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold."""
    return tuple(decision for decision in known if decision.undone is None)


def quads_of(known: Iterable[Decision], *, base_iri: str = BASE_IRI) -> str:
    """Return the graph of decisions as N-Quads: each decision, and what it states of itself."""
    tail = f" {literals.node(curation_graph(base_iri))} .\n"
    return "".join(sorted({f"{line}{tail}" for decision in known for line in _lines(decision, base_iri)}))


def _decision(values: dict[str, set[tuple[str, str]]]) -> Decision:
    def one(column: str) -> str | None:
        return min(values[column])[0] if values[column] else None

    verdict = next(name for name in _VERDICTS if (one("verdict") or "").endswith(f"#{name}"))
    about, within = (tuple(sorted(value for value, _ in values[column])) for column in ("about", "within"))
    label = min(values["label"]) if values["label"] else None
    return Decision(verdict, about, one("who") or "", one("when") or "", one("into"), within, label, one("why") or "", one("undone"))


def _lines(decision: Decision, base_iri: str) -> Iterator[str]:
    this, agent = f"{base_iri}decision/{decision.key}", f"{base_iri}agent/{slug(decision.who)}"
    stated: list[tuple[str, str, str | None]] = [
        (this, "rdf:type", literals.node(expand("elshi:Decision"))),
        (this, "rdf:type", literals.node(expand("prov:Activity"))),
        (this, "elshi:verdict", literals.node(expand(f"elshi:{decision.verdict}"))),
        (this, "prov:endedAtTime", literals.moment(decision.when)),
        (this, "prov:wasAssociatedWith", literals.node(agent)),
        (agent, "rdf:type", literals.node(expand("foaf:Agent"))),
        (agent, "rdfs:label", literals.plain(decision.who)),
        *((this, "elshi:decides", literals.node(iri)) for iri in decision.about),
        *((this, "elshi:within", literals.node(iri)) for iri in decision.within),
        (this, "elshi:into", decision.into and literals.node(decision.into)),
        (this, "elshi:newLabel", decision.label and literals.tagged(*decision.label)),
        (this, "dcterms:description", decision.why and literals.plain(decision.why)),
        (this, "prov:invalidatedAtTime", decision.undone and literals.moment(decision.undone)),
    ]
    if decision.undone is None:
        stated += _held(decision)
    yield from (f"{literals.node(subject)} {literals.node(expand(name))} {value}" for subject, name, value in stated if value)


def _held(decision: Decision) -> Iterator[tuple[str, str, str | None]]:
    """What is so by decision alone, whichever releases there are: the record that a thing is, the name it has."""
    if decision.verdict == "accepted" and decision.into:
        yield from ((iri, "owl:sameAs", literals.node(decision.into)) for iri in decision.about)
    if decision.verdict == "relabelled" and decision.label:
        yield from ((iri, "rdfs:label", literals.tagged(*decision.label)) for iri in decision.about)

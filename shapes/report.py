"""What validation found: which node, at which path, broke which shape, and how often each shape met anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["Report", "Severity", "Violation", "summed"]

Severity = Literal["Violation", "Warning", "Info"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One broken constraint."""

    focus: str  # the node at fault: an IRI
    path: str  # as in SPARQL, with prefixes; empty where the node itself is at fault
    shape: str  # the name of the node shape: "Mention"
    severity: Severity
    message: str
    value: str  # the value at fault, empty where there is none
    component: str  # which kind of constraint: "MinCount", "SPARQL"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of validating one graph, or of several added up."""

    violations: tuple[Violation, ...] = ()
    focus_counts: Mapping[str, int] = field(default_factory=dict)  # shape -> nodes it was applied to

    @property
    def conforms(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return not any(v.severity == "Violation" for v in self.violations)

    @property
    def idle(self) -> tuple[str, ...]:
        """The shapes that met no node: they guarded nothing."""
        return tuple(sorted(shape for shape, count in self.focus_counts.items() if not count))

    def rows(self) -> list[dict[str, str]]:
        """The violations as rows of a table."""
        return [{name: str(getattr(v, name)) for name in Violation.__dataclass_fields__} for v in self.violations]

    def to_json(self) -> str:
        """The report as one JSON object, from which `from_json` makes an equal one."""
        return msgspec.json.encode(
            {
                "conforms": self.conforms,
                "violations": self.violations,
                "focus_counts": dict(self.focus_counts),
                "idle": self.idle,
            }
        ).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """Read what `to_json` wrote; raises `msgspec.DecodeError` (a ValueError) on anything else."""
        return msgspec.json.decode(text, type=cls)

    def to_turtle(self) -> str:
        """The report in the vocabulary of SHACL."""
        return str(_graph(self).serialize(format="turtle"))


def summed(reports: Iterable[Report]) -> Report:
    """Return the reports of several graphs as one."""
    reports = tuple(reports)
    counts: dict[str, int] = {}
    for report in reports:
        for shape, count in report.focus_counts.items():
            counts[shape] = counts.get(shape, 0) + count
    return Report(tuple(v for report in reports for v in report.violations), counts)


def _graph(report: Report) -> Graph:
    from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

    sh, shape = Namespace("http://www.w3.org/ns/shacl#"), Namespace("https://w3id.org/elshi/shapes#")
    graph = Graph(bind_namespaces="none")
    graph.bind("sh", sh)
    graph.bind("shape", shape)
    this = BNode()
    graph.add((this, RDF.type, sh.ValidationReport))
    graph.add((this, sh.conforms, Literal(report.conforms)))
    for found in report.violations:
        result = BNode()
        graph.add((this, sh.result, result))
        graph.add((result, RDF.type, sh.ValidationResult))
        graph.add((result, sh.focusNode, URIRef(found.focus)))
        graph.add((result, sh.resultSeverity, sh[found.severity]))
        graph.add((result, sh.sourceShape, shape[found.shape]))
        graph.add((result, sh.sourceConstraintComponent, sh[f"{found.component}ConstraintComponent"]))
        path = f" (at {found.path})" if found.path else ""
        graph.add((result, sh.resultMessage, Literal(found.message + path, lang="en")))
        if found.value:
            graph.add((result, sh.value, Literal(found.value)))
    return graph

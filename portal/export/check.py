"""Whether a catalogue is what harvesters expect: our shapes of DCAT-AP, and any others that are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from elshi import resource
from elshi.ontology.graph import to_graph
from elshi.shapes.book import ShapeBook, read_shapes
from elshi.shapes.report import Report, Violation
from elshi.shapes.validate import validate

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


def check(lines: Sequence[str], more: Iterable[Path] = ()) -> Checked:
    """Check a catalogue given in N-Triples; raises ShapesError for shapes that cannot be read."""
    graph = to_graph("\n".join(lines))
    found = [violation for book in _books(more) for violation in _report(graph, book).violations]
    distinct = sorted(set(found))
    return Checked(tuple(v for v in distinct if v.severity == "Violation"), tuple(v for v in distinct if v.severity != "Violation"))


def _report(graph: object, book: ShapeBook) -> Report:
    return validate(graph, shapes=book, reference=True)  # type: ignore[arg-type]


def _books(more: Iterable[Path]) -> list[ShapeBook]:
    return [read_shapes(Path(str(resource("shapes/catalogue")))), *map(read_shapes, more)]

"""`elshi validate`: the store or files against the shapes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console

if TYPE_CHECKING:
    from elshi.shapes.report import Report

#: Violations that a table shows; the other formats give all.
SHOWN = 50


@click.command(epilog="Example: elshi validate graph.nq -f json")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--store", metavar="PATH|URL", help="Where the graph is kept.")
@click.option("--shapes", type=click.Path(exists=True, path_type=Path), metavar="FILE|DIR", help="Other shapes than Elshi's own.")
@click.option("-f", "--format", "format", type=click.Choice(["table", "json", "ttl"]), default="table", show_default=True, help="How.")
@common
@pass_console
def validate(console: Console, files: tuple[str, ...], store: str, shapes: Path | None, format: str) -> int:
    """Check every release of the store, or RDF files (- for N-Quads on standard input), and say which shapes they break."""
    from elshi.shapes.book import read_shapes
    from elshi.shapes.report import summed
    from elshi.shapes.validate import validate_many

    book = read_shapes(shapes) if shapes else None
    checked = 0
    reports: list[Report] = []
    with console.bar("validating") as move:
        for checked, report in enumerate(validate_many(_graphs(files, store), shapes=book), start=1):
            reports.append(report)
            move("")
    report = summed(reports)
    sys.stdout.write({"json": lambda: report.to_json() + "\n", "ttl": report.to_turtle, "table": lambda: _table(report)}[format]())
    refused = sum(not each.conforms for each in reports)
    console.tell(f"validated {checked}, conforming {checked - refused}" + (f", refused {refused}" if refused else ""))
    for shape in report.idle if checked else ():
        console.detail(f"shape {shape} met nothing")
    if report.idle and checked:
        console.say(f"{len(report.idle)} of {len(report.focus_counts)} shapes met nothing: {', '.join(report.idle)}")
    return 3 if refused else 0


def _graphs(files: tuple[str, ...], store: str) -> Iterator[str]:
    from elshi.store.base import open_view

    if files:
        for name in files:
            yield from _of_file(name)
        return
    with open_view(store) as view:
        for graph in view.graphs():
            rows = "\n".join(view.quads(graph))
            if "<https://w3id.org/elshi/ontology#Release>" in rows:
                yield rows


def _of_file(name: str) -> Iterator[str]:
    """The graphs of a file that hold a release; a file without named graphs is one graph."""
    from elshi.ontology.graph import parsed, split

    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise click.UsageError(f"{name} cannot be read: {fault.strerror}") from fault
    graphs = split(parsed(text, suffix=Path(name).suffix if name != "-" else ".nq", where=name))
    releases = [rows for graph, rows in graphs.items() if not graph or "<https://w3id.org/elshi/ontology#Release>" in rows]
    yield from releases


def _table(report: Report) -> str:
    lines = [
        f"{v.severity}: {v.shape}{' at ' + v.path if v.path else ''}: {v.message}{' (' + v.value + ')' if v.value else ''}\n    {v.focus}\n"
        for v in report.violations[:SHOWN]
    ]
    more = len(report.violations) - SHOWN
    return "".join(lines) + (f"and {more} more: see all with -f json\n" if more > 0 else "")

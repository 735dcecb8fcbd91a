"""`elshi validate`: the store, files or standard input against the shapes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from elshi.commands.console import Console, common, pass_console


@click.command(
    epilog="\b\nExamples:\n  elshi validate\n  elshi validate graph.nq -f json\n  elshi validate --shapes my-shapes/ --reference\n"
)
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--store", metavar="PATH|URL", help="Where the graph is kept.")
@click.option("--shapes", type=click.Path(exists=True, path_type=Path), help="Shapes to use instead of those that ship.")
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["table", "json", "ttl"]),
    default="table",
    show_default=True,
    help="The form of the report.",
)
@click.option("--reference", is_flag=True, help="The slow way: pySHACL over the shapes as written, graph by graph.")
@common
@pass_console
def validate(console: Console, files: tuple[str, ...], store: str | None, shapes: Path | None, format: str, reference: bool) -> int:
    """Check every release's graph in the store, or in N-Quads files (- for standard input); exit status 3 when one does not conform."""
    from elshi.shapes.book import read_shapes
    from elshi.shapes.report import summed
    from elshi.shapes.validate import validate_many

    book = read_shapes(shapes) if shapes else None
    graphs = list(_of_files(files)) if files else list(_of_store(store or ""))
    report = summed(validate_many((rows for _, rows in graphs), shapes=book, reference=reference))
    if format == "json":
        click.echo(report.to_json())
    elif format == "ttl":
        click.echo(report.to_turtle())
    else:
        for row in report.rows():
            click.echo("\t".join(row[name] for name in ("severity", "shape", "focus", "path", "message", "value")))
    words = "conforms" if report.conforms else "does not conform"
    idle = f"; shapes that met nothing: {', '.join(report.idle)}" if report.idle else ""
    console.tell(f"{len(graphs)} graphs, {sum(report.focus_counts.values())} nodes met by {len(report.focus_counts)} shapes: {words}{idle}")
    return 0 if report.conforms else 3


def _of_store(store: str) -> Iterator[tuple[str, str]]:
    from elshi.store.base import open_view

    with open_view(store) as view:
        for graph in view.graphs():
            rows = list(view.quads(graph))
            if any("ontology#Release>" in row for row in rows):
                yield graph, "\n".join(rows) + "\n"


def _of_files(files: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from elshi import ElshiError
    from elshi.ontology.graph import checked, in_lines

    for name in files:
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise ElshiError(f"{name} cannot be read: {fault}: give N-Quads in UTF-8") from fault
        graphs: dict[str, list[str]] = {}
        for row in in_lines(checked(text, where=name)):
            if row.strip():
                graphs.setdefault(row.rstrip(" .").rpartition("<")[2].rstrip(">"), []).append(row)
        releases = {graph: rows for graph, rows in graphs.items() if any("ontology#Release>" in row for row in rows)}
        yield from ((graph, "\n".join(rows) + "\n") for graph, rows in (releases or graphs).items())

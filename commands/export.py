"""`elshi export`: the graph as files, the same bytes whenever the graph is the same."""

from __future__ import annotations

from pathlib import Path

import click

from elshi.commands.console import Console, common, pass_console, store_option


@click.command(epilog="\b\nExamples:\n  elshi export dumps/\n  elshi export dumps/ --format nq --format csv --compress none\n")
@click.argument("dest", type=click.Path(file_okay=False, path_type=Path))
@store_option
@click.option(
    "-f",
    "--format",
    "formats",
    type=click.Choice(["nq", "trig", "ttl", "jsonld", "csv"]),
    multiple=True,
    default=("nq", "ttl", "csv"),
    help="May be given more than once.",
)
@click.option(
    "--compress", type=click.Choice(["gz", "zst", "none"]), default="gz", show_default=True, help="How dumps are packed; tables never are."
)
@click.option("--provenance/--no-provenance", default=True, show_default=True, help="With the graph of runs.")
@click.option("--bom/--no-bom", default=False, help="Begin tables with a byte order mark, for Excel.")
@common
@pass_console
def export(console: Console, dest: Path, store: str, formats: tuple[str, ...], compress: str, provenance: bool, bom: bool) -> int:
    """Write dumps of the store and their SHA256SUMS into a folder."""
    from elshi.portal.export import Packing, export_store
    from elshi.store.base import open_view

    with open_view(store) as view:
        written = export_store(view, dest, formats, packing=Packing(compress, provenance, bom))
    for path, size in written:
        click.echo(f"{path}\t{size}")
    console.say(f"wrote {len(written)} files to {dest}")
    return 0

"""`elshi export`: the graph as files."""

from __future__ import annotations

from pathlib import Path

import click

from elshi.commands.console import Console, common, pass_console, store_option

SUFFIXES = {".nq": "nq", ".trig": "trig", ".ttl": "ttl", ".jsonld": "jsonld"}


@click.command(epilog="Examples: elshi export graph.ttl; elshi export dumps --format csv --compress gz")
@click.argument("dest", type=click.Path(path_type=Path))
@store_option
@click.option("--format", "format", type=click.Choice(["nq", "trig", "ttl", "jsonld", "csv"]), help="How; by the name of DEST when left out.")
@click.option("--compress", type=click.Choice(["gz", "zst", "none"]), help="Pack the files; by the name of DEST when left out.")
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@common
@pass_console
def export(console: Console, dest: Path, store: str, format: str | None, compress: str | None, base_iri: str | None) -> int:
    """Write the graph to DEST, a file; of csv a folder with a table for each kind of thing. nq and trig keep the named graphs."""
    from elshi.ontology.vocab import BASE_IRI
    from elshi.portal.dump import checksums, dump, tables
    from elshi.store.base import open_view

    packing = compress or {".gz": "gz", ".zst": "zst"}.get(dest.suffix, "none")
    inner = dest.with_suffix("") if dest.suffix in (".gz", ".zst") else dest
    syntax = format or SUFFIXES.get(inner.suffix)
    if syntax is None:
        raise click.UsageError(f"{dest} does not say in what format: add --format nq, trig, ttl, jsonld or csv")
    base = base_iri or BASE_IRI
    with open_view(store) as view:
        if syntax == "csv":
            files = tables(view, dest, compress=packing, base_iri=base)
        else:
            target = dest / f"elshi.{syntax}" if dest.is_dir() else dest
            files = [dump(view, target, syntax, compress=packing, base_iri=base)]
    if syntax == "csv" or dest.is_dir():
        checksums(files, dest)
    for file in files:
        console.detail(f"{file.path}  {file.size} bytes  {file.sha256}")
    console.tell(f"exported {len(files)} file{'' if len(files) == 1 else 's'}, {sum(file.size for file in files)} bytes")
    return 0

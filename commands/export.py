"""`elshi export`: the graph as files, a site and a catalogue, the same bytes whenever the graph is the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.portal.export.check import Checked
    from elshi.portal.export.publication import Publication
    from elshi.store.base import View

_EXAMPLES = """\b
Examples:
  elshi export dumps/
  elshi export dumps/ --format nq --format csv --compress none
  elshi export site/ --format site --base-url https://data.example.org/ --license CC-BY-4.0
  elshi export site/ --format site --check
"""


@click.command(epilog=_EXAMPLES)
@click.argument("dest", type=click.Path(file_okay=False, path_type=Path))
@store_option
@click.option(
    "-f", "--format", "formats", type=click.Choice(["nq", "trig", "ttl", "jsonld", "csv", "graphml", "egov", "site"]), multiple=True,
    default=("nq", "ttl", "csv"), show_default=True, help="May be given more than once.",
)  # fmt: skip
@click.option(
    "--compress", type=click.Choice(["gz", "zst", "none"]), default="gz", show_default=True, help="How dumps are packed; tables never are."
)
@click.option("--provenance/--no-provenance", default=True, show_default=True, help="With the graph of runs and past versions.")
@click.option("--bom/--no-bom", default=False, help="Begin tables with a byte order mark, for Excel.")
@click.option("--base-url", metavar="URL", help="Where the export will be published.")
@click.option("--license", metavar="NAME|IRI", help="The licence of the data: CC-BY-4.0.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint that pages and the catalogue name.")
@click.option("--catalog/--no-catalog", default=None, help="With a DCAT-AP catalogue.  [default: with a site, where a publisher is named]")
@click.option("--check", is_flag=True, help="Check the catalogue against the shapes of DCAT-AP.")
@click.option("--shapes", type=click.Path(exists=True, path_type=Path), multiple=True, help="More shapes to check it against.")
@click.option("--languages", default="kk,ru,en", show_default=True, help="The languages of a site's pages, the main one first.")
@common
@pass_console
def export(
    console: Console, dest: Path, store: str, formats: tuple[str, ...], compress: str, provenance: bool, bom: bool, base_url: str | None,
    license: str | None, endpoint: str | None, catalog: bool | None, check: bool, shapes: tuple[Path, ...], languages: str,
) -> int:  # fmt: skip
    """Write dumps of the store, a static site or both into a folder, with SHA256SUMS.

    Files that an earlier export of the same formats left and that are no longer exported are removed; files that are the same are not touched.
    """
    from elshi.portal.export.publish import Wanted, export_store
    from elshi.store.base import open_view

    if check and catalog is False:
        raise click.UsageError("--check checks the catalogue: leave out --no-catalog")
    wanted = Wanted(formats, compress, provenance, bom, True if check else catalog, _languages(languages))
    with open_view(store) as view, console.bar("exporting") as step:
        what = _publication(console, view, base_url=base_url, license=license, endpoint=endpoint)
        done = export_store(view, dest, wanted, what, step=step)
    for file in done.files:
        click.echo(f"{file.path}\t{file.size}")
    for remark in done.remarks:
        console.tell(remark)
    console.say(f"wrote {done.changed} files to {dest}, left {done.unchanged} as they were, removed {done.removed}")
    return _told(console, check=check, lines=done.catalogue, shapes=shapes)


def _publication(console: Console, view: View, **flags: str | None) -> Publication:
    """What the settings and flags say of the export."""
    from elshi.portal.export.publication import publication
    from elshi.store.origin import base_of

    given: dict[str, Any] = {name: setting.value for name, setting in console.settings.items()}
    given |= {name: value for name, value in flags.items() if value}
    return publication(given, base_iri=base_of(view, given.get("base_iri")))


def _languages(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not named or set(named) - {"kk", "ru", "en"}:
        raise click.BadParameter(f"{text}: name some of kk, ru and en, with commas between them", param_hint="--languages")
    return named


def _told(console: Console, *, check: bool, lines: tuple[str, ...], shapes: tuple[Path, ...]) -> int:
    """Check the catalogue where that was asked for, tell what was found and return the exit status."""
    if not check:
        return 0
    from elshi.portal.export.check import check as checked

    found: Checked = checked(lines, shapes)
    for each in (*found.violations, *found.warnings):
        console.tell(f"{each.severity}: {each.focus} {each.path}: {each.message}", level=each.severity.lower())
    console.tell(f"the catalogue has {len(found.violations)} violations and {len(found.warnings)} warnings")
    return 3 if found.violations else 0

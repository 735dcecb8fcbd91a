"""`elshi query`: SPARQL or a saved question, answered in any form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from elshi.commands.console import Console, common_long, pass_console, store_option

EXAMPLES = """\b
Examples:
  elshi query @meetings -p country=BE -p since=2026-01
  elshi query @facts -p entity=person:roman-vasilenko -f csv
  elshi query "SELECT * { ?person a schema:Person } LIMIT 5"
"""


@click.command(epilog=EXAMPLES)
@click.argument("sparql", required=False)
@store_option
@click.option(
    "-q",
    "--query",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.rq",
    help="Read the query from a file.",
)
@click.option("-f", "--format", "format", metavar="FORMAT", help="table, csv, tsv, json, jsonl, xml, md; of triples ttl, nt, jsonld.")
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of a saved query.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Give up after so long.")
@click.option("--names", type=click.Choice(["kk", "ru", "en"]), help="The language of names; the same as -p lang=…")
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@click.option("--list", "listed", is_flag=True, help="List the saved queries and what they take.")
@common_long
@pass_console
def query(
    console: Console, sparql: str | None, store: str, file: Path | None, format: str | None, given: tuple[str, ...], timeout: float | None,
    names: str | None, base_iri: str | None, listed: bool,
) -> int:  # fmt: skip
    """Ask in SPARQL (- for standard input), or by the name of a saved query: @meetings."""
    from elshi.commands.tables import draw
    from elshi.ontology.vocab import prefixes
    from elshi.queries.catalogue import bind, parse, saved
    from elshi.queries.formats import format_of, write
    from elshi.store.base import Table, open_view
    from elshi.store.origin import base_of

    if listed:
        _list()
        return 0
    if format:
        format_of(format)
    if (sparql is None) == (file is None):
        raise click.UsageError("give one query: SPARQL, - for standard input, @name of a saved one, or -q FILE")
    asked = saved(sparql) if sparql and sparql.startswith("@") else parse("query", _text(sparql, file))
    parameters = _pairs(given)
    if names and "lang" not in parameters and any(p.name == "lang" and p.default for p in asked.parameters):
        parameters["lang"] = names
    with open_view(store) as view:
        base = base_of(view, base_iri)
        known, text = prefixes(base), bind(asked, parameters, base_iri=base)
        answer = view.query(text, prefixes=known, timeout=timeout)
        if isinstance(answer, Table) and format in (None, "table") and sys.stdout.isatty():
            draw(answer, known, title=asked.title if asked.name != "query" else None)
        else:
            write(answer, sys.stdout, format=format, prefixes=known)
    return 0


def _text(sparql: str | None, file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8")
    return sys.stdin.read() if sparql == "-" else sparql or ""


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.UsageError(f"-p {each}: write NAME=VALUE, such as -p country=BE")
        pairs[name] = value
    return pairs


def _list() -> None:
    from elshi.queries.catalogue import catalogue

    for name, saved in catalogue().items():
        click.echo(f"@{name}  {saved.title}")
        for parameter in saved.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            about = f"  {parameter.about}" if parameter.about else ""
            click.echo(f"    {parameter.name}: {parameter.type}{default}{about}")

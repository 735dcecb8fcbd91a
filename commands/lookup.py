"""`elshi show` and `elshi search`: a card of one thing, a table of things."""

from __future__ import annotations

import json
import sys

import click

from elshi.commands.console import Console, common, pass_console, store_option


@click.command(epilog="\b\nExamples:\n  elshi show person:roman-vasilenko\n  elshi show \"Льеж университеті\" --lang kk\n")
@click.argument("entity")
@store_option
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), default="en", help="The language of names and quotations.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@common
@pass_console
def show(console: Console, entity: str, store: str, lang: str, as_json: bool, base_iri: str | None) -> int:
    """Show a thing, by IRI, prefixed name or name, with its facts and their quotations."""
    from elshi.commands.tables import draw_rows
    from elshi.ontology.vocab import BASE_IRI, prefixes
    from elshi.queries.catalogue import bind, saved
    from elshi.queries.formats import curie
    from elshi.queries.lookup import find, rows_of
    from elshi.store.base import Table, open_view

    base = base_iri or BASE_IRI
    with open_view(store) as view:
        iri = find(view, entity, base_iri=base)
        known = prefixes(base)
        described = rows_of(view, f"SELECT DISTINCT ?p ?o WHERE {{ <{iri}> ?p ?o FILTER(!isBlank(?o)) }} ORDER BY ?p ?o")
        answer = view.query(bind(saved("@facts"), {"entity": iri, "lang": lang}, base_iri=base), prefixes=known)
        assert isinstance(answer, Table)
        facts = [["" if t is None else t.value for t in row] for row in answer.rows]
    said = [(curie(p.value, known), curie(o.value, known) if o.kind == "iri" else o.value + (f"@{o.lang}" if o.lang else "")) for p, o in described if p and o]
    if as_json:
        click.echo(json.dumps({"iri": iri, "properties": said, "facts": [dict(zip(answer.columns, row, strict=True)) for row in facts]}, ensure_ascii=False))
    elif sys.stdout.isatty():
        draw_rows(("property", "value"), said, title=iri)
        draw_rows(answer.columns[:-1], (row[:-1] for row in facts))
    else:
        click.echo(iri)
        for name, value in said:
            click.echo(f"  {name}: {value}")
        for row in facts:
            kind, role, day, sure, quote, source, _ = row
            click.echo(f"\n{day}  {kind} ({role}), confidence {sure}, in {source}\n    «{quote}»")
    return 0


@click.command(epilog="\b\nExample:\n  elshi search \"Назарбаев университеті\"\n")
@click.argument("text")
@store_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@common
@pass_console
def search(console: Console, text: str, store: str, limit: int, as_json: bool) -> int:
    """Find things by name, the likest first."""
    from dataclasses import asdict

    from elshi.commands.tables import draw_rows
    from elshi.ontology.vocab import BASE_IRI, prefixes
    from elshi.queries.formats import curie
    from elshi.queries.lookup import search as look
    from elshi.store.base import open_view

    with open_view(store) as view:
        found = look(view, text, limit=limit)
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        return 0
    known = prefixes(BASE_IRI)
    rows = [(f.name, f.kind, f"{f.score:.0f}", str(f.mentions), curie(f.iri, known)) for f in found]
    if sys.stdout.isatty():
        draw_rows(("name", "kind", "likeness", "mentions", "iri"), rows)
    else:
        for row in rows:
            click.echo("\t".join(row))
    if not found:
        console.say(f"nothing is called anything like {text!r}")
    return 0

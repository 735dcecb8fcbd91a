"""`elshi show` and `elshi search`: entities by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.queries.lookup import Card

NAMES = click.option("--names", type=click.Choice(["kk", "ru", "en"]), default="en", show_default=True, help="The language of names.")


@click.command(epilog="Example: elshi show person:roman-vasilenko")
@click.argument("entity")
@store_option
@NAMES
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@common
@pass_console
def show(console: Console, entity: str, store: str, names: str, base_iri: str | None, as_json: bool) -> int:
    """Show what is known of ENTITY, an IRI, a CURIE or a name: its facts, each with its quotation."""
    from elshi.ontology.vocab import prefixes
    from elshi.queries.formats import curie
    from elshi.queries.lookup import card, resolve
    from elshi.store.base import open_view
    from elshi.store.origin import base_of

    with open_view(store) as view:
        base = base_of(view, base_iri)
        found = card(view, resolve(view, entity, base_iri=base), lang=names, base_iri=base)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _draw(found, lambda iri: curie(iri, prefixes(base)))
    return 0


@click.command(epilog="Example: elshi search Liège")
@click.argument("text")
@store_option
@NAMES
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@common
@pass_console
def search(console: Console, text: str, store: str, names: str, base_iri: str | None, as_json: bool) -> int:
    """Find entities whose names hold TEXT, in any of the languages."""
    from elshi.ontology.vocab import prefixes
    from elshi.queries import lookup
    from elshi.queries.formats import curie
    from elshi.store.base import open_view
    from elshi.store.origin import base_of

    with open_view(store) as view:
        base = base_of(view, base_iri)
        hits = lookup.search(view, text, lang=names, base_iri=base)
    if not hits:
        raise lookup.EntityNotFound(f"nothing here is called {text}: try a part of the name, or another language")
    for hit in hits:
        if as_json:
            click.echo(json.dumps(asdict(hit), ensure_ascii=False))
        else:
            click.echo(f"{hit.mentions:5}  {hit.kind:26} {hit.name}  {curie(hit.iri, prefixes(base))}")
    return 0


def _draw(card: Card, short: Callable[[str], str]) -> None:
    click.secho(short(card.iri), bold=True)
    for row in card.properties:
        language = f" ({row['language']})" if row["language"] else ""
        node = f"  {short(row['node'])}" if row["node"] and row["value"] != row["node"] else ""
        click.echo(f"  {short(row['property']):28} {short(row['value'])}{language}{node}")
    for fact in card.facts:
        click.echo(f"\n{fact['date'] or '(no day)':10}  {fact['kind']} as {fact['as']}  {short(fact['fact'])}")
        click.secho(f"    “{fact['quote']}”", fg="cyan")
        click.secho(f"    {fact['source']}, confidence {fact['confidence']}", dim=True)

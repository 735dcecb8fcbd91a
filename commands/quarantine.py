"""`elshi quarantine`: what validation refused, why, and another try."""

from __future__ import annotations

import json
from contextlib import ExitStack

import click

from elshi.commands.console import Console, common, pass_console, store_option
from elshi.commands.taking import into_store


@click.group()
def quarantine() -> None:
    """See, retry and drop the releases that validation refused."""


@quarantine.command(name="list")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@common
@pass_console
def list_(console: Console, store: str, as_json: bool) -> int:
    """List what is in quarantine and the first reason of each."""
    from elshi.store.quarantine import Quarantine

    held = list(Quarantine.of(store))
    for entry in held:
        row = {"key": entry.key, "source": entry.reading.release.source_name, "when": entry.when, "why": entry.worst}
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else "\t".join(row.values()))
    console.say(f"{len(held)} in quarantine")
    return 0


@quarantine.command()
@click.argument("release")
@store_option
@click.option("--reading", is_flag=True, help="Print the reading as JSON instead.")
@common
@pass_console
def show(console: Console, release: str, store: str, reading: bool) -> int:
    """Show one refused release with every violation."""
    from elshi.store.quarantine import Quarantine

    entry = Quarantine.of(store).get(release)
    if reading:
        click.echo(entry.reading.to_json())
        return 0
    click.echo(f"{entry.key}\t{entry.reading.release.source_name}\t{entry.when}\t{entry.engine}")
    for row in entry.report.rows():
        click.echo("\t".join(row[name] for name in ("severity", "shape", "focus", "path", "message", "value")))
    return 0


@quarantine.command()
@click.argument("releases", nargs=-1)
@store_option
@common
@pass_console
def retry(console: Console, releases: tuple[str, ...], store: str) -> int:
    """Read refused releases again, all of them unless some are named; what conforms now is stored."""
    from elshi.flow import produce
    from elshi.store.intake import Product, State
    from elshi.store.quarantine import Quarantine

    held = Quarantine.of(store)
    entries = [held.get(name) for name in releases] if releases else list(held)
    counts: dict[State, int] = {"stored": 0, "unchanged": 0, "quarantined": 0, "failed": 0}
    with ExitStack() as opened:
        intake = into_store(opened, store, again=True)
        for made in produce([entry.reading.release for entry in entries], base_iri=intake.base_iri):
            state: State = intake.take(made) if isinstance(made, Product) else "failed"
            counts[state] += 1
        intake.finish(counts)
    console.tell(", ".join(f"{name} {n}" for name, n in counts.items() if n) or "nothing in quarantine")
    return 4 if counts["quarantined"] or counts["failed"] else 0


@quarantine.command()
@click.argument("releases", nargs=-1, required=True)
@store_option
@common
@pass_console
def drop(console: Console, releases: tuple[str, ...], store: str) -> int:
    """Forget refused releases."""
    from elshi.store.quarantine import Quarantine

    held = Quarantine.of(store)
    for name in releases:
        held.drop(held.get(name).key)
    console.tell(f"dropped {len(releases)}")
    return 0

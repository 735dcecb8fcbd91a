"""`elshi quarantine`: what validation refused, and another try."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.store.quarantine import Quarantine


@click.group(epilog="Example: elshi quarantine retry")
def quarantine() -> None:
    """See and retry what validation refused. Releases go by key or by source name."""


@quarantine.command("list")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@common
@pass_console
def listed(console: Console, store: str, as_json: bool) -> int:
    """List the refused releases and why they were refused."""
    count = 0
    for count, entry in enumerate(_of(store), start=1):
        release = entry.reading.release
        if as_json:
            facts = {"key": entry.key, "name": release.source_name, "when": entry.when, "why": entry.worst}
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            click.echo(f"{release.source_name}  {entry.worst}\n    {entry.key}, {entry.when}")
    console.tell(f"in quarantine {count}")
    return 0


@quarantine.command()
@click.argument("release")
@store_option
@click.option("-f", "--format", "format", type=click.Choice(["report", "reading", "nq"]), default="report", show_default=True, help="What of it.")
@common
@pass_console
def show(console: Console, release: str, store: str, format: str) -> int:
    """Show the report of a refused release, its Reading or its graph."""
    entry = _of(store).get(release)
    if format != "report":
        click.echo(entry.reading.to_json() if format == "reading" else entry.graph, nl=format == "reading")
        return 0
    click.echo(f"{entry.reading.release.source_name}: {entry.reading.release.title}\nread {entry.when} by {entry.engine}\n")
    for v in entry.report.violations:
        click.echo(f"{v.severity}: {v.shape}{' at ' + v.path if v.path else ''}: {v.message}{' (' + v.value + ')' if v.value else ''}\n    {v.focus}")
    return 0


@quarantine.command()
@click.argument("releases", nargs=-1)
@store_option
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@common
@pass_console
def retry(console: Console, releases: tuple[str, ...], store: str, base_iri: str | None) -> int:
    """Read refused releases again, all of them unless some are named; what now conforms is stored."""
    from elshi import __version__
    from elshi.flow import engine, retry_refused
    from elshi.ontology.vocab import BASE_IRI
    from elshi.store.base import open_writer
    from elshi.store.intake import IntoStore, now
    from elshi.store.provenance import Run

    held = _of(store)
    entries = [held.get(name) for name in releases] if releases else list(held)
    base = base_iri or BASE_IRI
    with open_writer(store) as writer, console.bar("reading") as move:
        intake = IntoStore(writer, held, Run(now(), engine(), f"elshi {__version__}", base), base_iri=base, again=True)
        outcomes = list(retry_refused((entry.reading.release for entry in entries), intake, base_iri=base, tell=move))
    for outcome in outcomes:
        if outcome.state in ("quarantined", "failed"):
            console.tell(f"{outcome.name}: {outcome.state}: {outcome.detail}", level="error")
    stored = sum(outcome.state in ("stored", "unchanged") for outcome in outcomes)
    console.tell(f"stored {stored}, still in quarantine {len(outcomes) - stored}")
    return 4 if stored < len(outcomes) else 0


@quarantine.command()
@click.argument("releases", nargs=-1)
@store_option
@click.option("--all", "everything", is_flag=True, help="All of them.")
@common
@pass_console
def drop(console: Console, releases: tuple[str, ...], store: str, everything: bool) -> int:
    """Forget refused releases; ingesting one again reads it again."""
    if bool(releases) == everything:
        raise click.UsageError("name the releases to forget, or say --all")
    held = _of(store)
    keys = [entry.key for entry in held] if everything else [held.get(name).key for name in releases]
    console.tell(f"dropped {sum(map(held.drop, keys))}")
    return 0


def _of(store: str) -> Quarantine:
    from elshi.store.base import open_view
    from elshi.store.quarantine import Quarantine

    open_view(store).close()  # a store that is not there has no quarantine
    return Quarantine.of(store)

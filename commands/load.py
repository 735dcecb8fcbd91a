"""`elshi load`: a store made of shards or dumps."""

from __future__ import annotations

from pathlib import Path

import click

from elshi.commands.console import Console, common, pass_console, store_option


@click.command(epilog="\b\nExamples:\n  elshi load shards/ --store my-store\n  elshi load dumps/elshi.nq.gz --store my-store\n")
@click.argument("sources", nargs=-1, required=True, metavar="DIR|FILE...", type=click.Path(path_type=Path))
@store_option
@click.option(
    "--check/--no-check", default=True, show_default=True, help="See whether every release conforms, and load nothing where one does not."
)
@common
@pass_console
def load(console: Console, sources: tuple[Path, ...], store: str, check: bool) -> int:
    """Make a store, in a folder that is new or empty, of N-Quads: shards that ingest --shards wrote, or dumps, plain or packed by gzip or zstd."""
    from elshi import __version__
    from elshi.flow import engine
    from elshi.store.loading import NotConforming, load_store
    from elshi.store.moments import now

    try:
        done = load_store(sources, store, started=now(), engine=engine(), label=f"elshi {__version__}", check=check)
    except NotConforming as why:
        for row in why.report.rows():
            click.echo("\t".join(row[name] for name in ("severity", "shape", "focus", "path", "message", "value")))
        console.tell(f"elshi: {why}", level="error")
        return 3
    later = (
        ""
        if done.known == done.releases
        else f"; of {done.releases - done.known} it is not known what they were read from: ingest reads those again"
    )
    console.say(f"loaded {done.releases} releases from {done.files} files{later}")
    return 0

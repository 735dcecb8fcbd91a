"""`elshi ingest`: sources into a store, a file, or nowhere for a trial."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, output, pass_console, reading_options

if TYPE_CHECKING:
    from elshi.flow import Outcome, Summary
    from elshi.store.intake import Intake

EXAMPLES = """\b
Examples:
  elshi ingest data/samples
  elshi ingest "releases/*.kk.txt" --store my-store --publisher gov.kz
  curl -s https://… | elshi ingest - -o graph.nq
"""


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--store", metavar="PATH|URL", help="Where the graph is kept.")
@reading_options
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@click.option("--dry-run", is_flag=True, help="Read and validate, write nothing.")
@click.option("--again", is_flag=True, help="Read even what has been read before.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write what became of each input, as JSON lines.")
@click.option("-o", "--output", "file", metavar="FILE.nq", help="Write N-Quads there instead of a store; - for standard output.")
@common
@pass_console
def ingest(
    console: Console, sources: tuple[str, ...], store: str, lang: str, publisher: str | None, jobs: int, since: datetime | None,
    limit: int | None, base_iri: str | None, dry_run: bool, again: bool, report: str | None, file: str | None,
) -> int:  # fmt: skip
    """Read releases: files (txt, html, md, jsonl), folders, quoted globs, or - for standard input."""
    from elshi.flow import Options, ingest_sources
    from elshi.ontology.vocab import BASE_IRI

    base = base_iri or BASE_IRI
    day = since.date().isoformat() if since else None
    options = Options(None if lang == "auto" else lang, publisher, day, limit, jobs, base)
    with ExitStack() as held:
        intake = _intake(held, store, file, base, dry_run=dry_run, again=again)
        lines = held.enter_context(output(report)) if report else None
        move = held.enter_context(console.bar("reading"))

        def tell(outcome: Outcome) -> None:
            move(outcome.name)
            if lines:
                lines.write(outcome.to_json() + "\n")
            if outcome.state in ("failed", "quarantined"):
                words = f"{outcome.name}: {outcome.detail if outcome.state == 'failed' else 'quarantined: ' + outcome.detail}"
                console.tell(words, level="error", name=outcome.name, state=outcome.state)
            else:
                console.detail(f"{outcome.name}: {outcome.state}")

        summary = ingest_sources(sources, intake, options, tell=tell)
    console.tell(("would have " if dry_run else "") + str(summary), level="info", **_counts(summary))
    return _status(summary)


def _intake(held: ExitStack, store: str, file: str | None, base_iri: str, *, dry_run: bool, again: bool) -> Intake:
    from elshi import __version__
    from elshi.store.base import open_writer
    from elshi.store.intake import IntoFile, IntoStore, Nowhere, now
    from elshi.store.provenance import Run
    from elshi.store.quarantine import Quarantine

    if dry_run:
        return Nowhere()
    if file:
        return IntoFile(held.enter_context(output(file)) if file != "-" else output(file), base_iri=base_iri)
    from elshi.flow import engine

    run = Run(now(), engine(), f"elshi {__version__}", base_iri)
    return IntoStore(held.enter_context(open_writer(store)), Quarantine.of(store), run, base_iri=base_iri, again=again)


def _counts(summary: Summary) -> dict[str, int]:
    names = ("stored", "unchanged", "quarantined", "failed")
    return {name: getattr(summary, name) for name in names}


def _status(summary: Summary) -> int:
    if summary.missing and summary.missing == summary.total:
        return 5
    return 4 if summary.failed or summary.quarantined else 0

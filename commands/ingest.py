"""`elshi ingest`: sources into a store, a file, or nowhere for a trial."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from elshi import ElshiError
from elshi.commands.console import Console, common, output, pass_console
from elshi.commands.sources import Asking, asking_options, opened
from elshi.commands.taking import counted, into_store, status, tell_outcome

if TYPE_CHECKING:
    from elshi.flow import Outcome
    from elshi.store.intake import Intake
    from elshi.store.runs import Interrupted

EXAMPLES = """\b
Examples:
  elshi ingest data/samples
  elshi ingest "releases/*.kk.txt" --store my-store --publisher gov.kz
  elshi ingest https://example.org/kk/press/rss --since 2026-01-01 --user-agent "mfa-desk (desk@example.org)"
  curl -s https://… | elshi ingest - -o graph.nq
  elshi ingest archive.zip --shards shards/ --jobs 8
  elshi ingest --resume
"""


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--store", metavar="PATH|URL", help="Where the graph is kept.")
@asking_options
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@click.option("--dry-run", is_flag=True, help="Read and validate, write nothing.")
@click.option("--again", is_flag=True, help="Read even what has been read before.")
@click.option("--resume", is_flag=True, help="Take up the last run where it was broken off, with its sources and options.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write what became of each input, as JSON lines.")
@click.option("-o", "--output", "file", metavar="FILE.nq", help="Write N-Quads there instead of a store; - for standard output.")
@click.option(
    "--shards",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write compressed N-Quads there instead of a store, some releases a file.",
)
@common
@pass_console
def ingest(
    console: Console, sources: tuple[str, ...], asking: Asking, store: str, base_iri: str | None, dry_run: bool, again: bool, resume: bool,
    report: str | None, file: str | None, shards: Path | None,
) -> int:  # fmt: skip
    """Read releases: files (txt, html, md, jsonl, zip), folders, quoted globs, - for standard input; on the web, pages, feeds,
    sitemaps, JSON lines and zip archives by their URLs, or a file that lists URLs."""
    from elshi.flow import ingest_sources

    started = None
    if resume and (broken := _broken_off(store)):
        started, sources, base_iri = broken.started, broken.sources, str(broken.options["base_iri"])
        asking = asking.as_noted(broken.options)
        console.say(f"taking up the run of {started}, of which {broken.settled} inputs were done")
    elif not sources:
        return _nothing_to_do(console, resume=resume)
    if file and shards:
        raise click.UsageError("give -o FILE or --shards DIR, not both")
    kept = not (dry_run or file or shards)
    with ExitStack() as held:
        intake, note = _intake(
            held, store, shards or file, sources, asking.noted(), base_iri, started=started, dry_run=dry_run, again=again
        )
        options = held.enter_context(opened(asking, store=store if kept else None, intake=intake, base_iri=intake.base_iri))
        lines = held.enter_context(output(report)) if report else None
        move = held.enter_context(console.bar("reading"))

        def tell(outcome: Outcome) -> None:
            move(outcome.name)
            note(outcome.to_json())
            if lines:
                lines.write(outcome.to_json() + "\n")
            tell_outcome(console, outcome)

        summary = ingest_sources(sources, intake, options, tell=tell)
    console.tell(("would have " if dry_run else "") + str(summary), level="info", **counted(summary))
    return status(summary)


def _broken_off(store: str) -> Interrupted | None:
    from elshi.store.runs import interrupted

    broken = interrupted(store)
    if broken and "-" in broken.sources:
        raise ElshiError("the run that was broken off read standard input, which is gone: pipe it in again, what was stored stays")
    return broken


def _nothing_to_do(console: Console, *, resume: bool) -> int:
    if not resume:
        raise click.UsageError("Missing argument 'SOURCE...'.")
    console.tell("nothing to take up: the last run came to its end")
    return 0


def _intake(
    held: ExitStack, store: str, file: Path | str | None, sources: tuple[str, ...], given: dict[str, Any], named: str | None, *,
    started: str | None, dry_run: bool, again: bool,
) -> tuple[Intake, Callable[[str], None]]:  # fmt: skip
    """Where releases go, and what notes the end of each input."""
    from elshi.ontology.vocab import BASE_IRI
    from elshi.store.intake import IntoFile, Nowhere
    from elshi.store.moments import now
    from elshi.store.runs import Journal

    base_iri = named or BASE_IRI
    if dry_run:
        return Nowhere(base_iri), lambda _: None
    if isinstance(file, Path):
        from elshi.flow import engine
        from elshi.store.shards import IntoShards

        return held.enter_context(IntoShards(file, engine(), base_iri=base_iri, again=again)), lambda _: None
    if file:
        return IntoFile(held.enter_context(output(file)) if file != "-" else output(file), base_iri=base_iri), lambda _: None
    started = started or now()
    ended: list[Callable[[Mapping[Any, int], str], None]] = []
    intake = into_store(held, store, base_iri=named, started=started, again=again, noted=lambda counts, at: ended[0](counts, at))
    journal = held.enter_context(
        Journal(store, started, [_found_anywhere(source) for source in sources], given | {"base_iri": intake.base_iri})
    )
    ended.append(journal.end)
    return intake, journal.note


def _found_anywhere(source: str) -> str:
    """A source as it can be named from any folder."""
    return source if source == "-" or "://" in source else os.path.abspath(source)

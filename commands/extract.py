"""`elshi extract`: what releases state, as JSON lines, a table or a page with every mention highlighted."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from elshi.commands.console import Console, common, output, pass_console, reading_options


@click.command(epilog="\b\nExamples:\n  elshi extract release.kk.txt\n  elshi extract releases/ --format table\n  elshi extract release.txt --format html -o reading.html\n")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@reading_options
@click.option("-f", "--format", "format", type=click.Choice(["jsonl", "table", "html"]), default="jsonl", show_default=True, help="The form of the reading.")
@click.option("--explain", is_flag=True, help="Say which rule or model found what, and why it was linked so.")
@click.option("-o", "--output", "file", default="-", metavar="FILE", help="Write there; - for standard output.")
@common
@pass_console
def extract(
    console: Console, sources: tuple[str, ...], lang: str, publisher: str | None, jobs: int, since: datetime | None, limit: int | None,
    format: str, explain: bool, file: str,
) -> int:  # fmt: skip
    """Read releases and print what they state; nothing is stored."""
    from elshi.flow import Options, Outcome, extract_sources
    from elshi.portal.reading import explained, page, table

    options = Options(None if lang == "auto" else lang, publisher, since.date().isoformat() if since else None, limit, jobs)
    readings, failed, missing = [], 0, 0
    out = output(file)
    for found in extract_sources(sources, options):
        if isinstance(found, Outcome):
            failed += 1
            missing += not found.found
            console.tell(f"{found.name}: {found.detail}", level="error")
        elif format == "html":
            readings.append(found)
        else:
            out.write(found.to_json() + "\n" if format == "jsonl" else table(found))
            if explain:
                sys.stderr.write(explained(found))
    if format == "html":
        out.write(page(readings))
    out.flush()
    return 5 if missing and missing == failed and not readings and format == "html" else 4 if failed else 0

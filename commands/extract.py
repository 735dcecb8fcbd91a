"""`elshi extract`: what releases state, as JSON lines, a table or a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, output, pass_console
from elshi.commands.sources import Asking, asking_options, opened

if TYPE_CHECKING:
    from elshi.ingest.model import Reading

EXAMPLES = """\b
Examples:
  elshi extract data/samples/d03.kk.txt > reading.jsonl
  elshi extract "releases/*.txt" --format html -o readings.html
  elshi extract data/samples/d03.kk.txt --explain
"""


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@asking_options
@click.option("-f", "--format", "format", type=click.Choice(["jsonl", "table", "html"]), default="jsonl", show_default=True, help="How.")
@click.option("--explain", is_flag=True, help="Say what found each mention and fact, why it was linked so, and what makes it sure.")
@click.option("-o", "--output", "file", default="-", metavar="FILE", help="Write there; - for standard output.")
@common
@pass_console
def extract(console: Console, sources: tuple[str, ...], asking: Asking, format: str, explain: bool, file: str) -> int:
    """Read releases and print the Reading of each: its entities and facts with their quotations."""
    from elshi.flow import Outcome, extract_sources

    failed: list[Outcome] = []

    def readings() -> Iterator[Reading]:
        with console.bar("reading") as move, opened(asking) as options:
            for found in extract_sources(sources, options):
                if isinstance(found, Outcome):
                    failed.append(found)
                    console.tell(f"{found.name}: {found.detail}", level="error", name=found.name)
                else:
                    move(found.release.source_name)
                    yield found

    out = output(file)
    count = 0
    for count, piece in enumerate(_written(readings(), "explained" if explain else format), start=1):  # noqa: B007  the count is told at the end
        out.write(piece)
    if out is not sys.stdout:
        out.close()
    words = f"extracted {count if format != 'html' else max(0, count - 2)}" + (f", failed {len(failed)}" if failed else "")
    console.tell(words)
    return (5 if failed and not count and not any(each.found for each in failed) else 4) if failed else 0


def _written(readings: Iterator[Reading], format: str) -> Iterator[str]:
    if format == "jsonl":
        return (reading.to_json() + "\n" for reading in readings)
    if format == "html":
        from elshi.portal.highlight import highlighted

        return highlighted(readings)
    if format == "explained":
        from elshi.portal.explain import explained

        return ("\n".join(explained(reading)) + "\n\n" for reading in readings)
    return map(_table, readings)


def _table(reading: Reading) -> str:
    from elshi.portal.highlight import facts_of, kind_name, said

    lines = [f"{reading.release.source_name}: {reading.release.title}"]
    lines += [f"  {entity.kind:22} {entity.name}  {entity.key}" for entity in reading.entities]
    lines += [f"  {kind_name(fact):22} {said(fact, reading)}" for fact in (*facts_of(reading), *reading.dates)]
    return "\n".join(lines) + "\n\n"

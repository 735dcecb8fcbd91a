"""Tables for people at a terminal; a pipe or a file gets the plain form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from elshi.queries.formats import curie
from elshi.store.base import Table

__all__ = ["draw", "draw_rows"]


def draw(table: Table, prefixes: Mapping[str, str], *, title: str | None = None) -> None:
    """Draw an answer to the terminal's width, cells wrapped."""
    rows = (["" if t is None else curie(t.value, prefixes) if t.kind == "iri" else t.value for t in row] for row in table.rows)
    draw_rows(table.columns, rows, title=title)


def draw_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """Draw rows of text."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for name in columns:
        drawn.add_column(name, overflow="fold")
    count = 0
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
        count += 1
    console = Console()
    console.print(drawn)
    console.print(f"{count} row{'' if count == 1 else 's'}", style="dim")

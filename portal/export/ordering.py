"""Lines in order, however many there are: what memory should not hold waits in temporary files."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Final, TextIO

__all__ = ["in_order"]

_ROOM: Final = 24_000_000  # characters held at a time


def in_order(lines: Iterable[str], *, room: int = _ROOM) -> Iterator[str]:
    """Yield lines (without line ends inside) sorted by code point, as `LC_ALL=C sort -u` does, each once.

    >>> list(in_order(["b", "ә", "a", "b"], room=2))
    ['a', 'b', 'ә']
    """
    with ExitStack() as stack:
        runs: list[Iterator[str]] = []
        held: list[str] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size > room:
                runs.append(_lines(_run(held, stack)))
                held, size = [], 0
        held.sort()
        yield from _once(heapq.merge(*runs, held))


def _run(held: list[str], stack: ExitStack) -> TextIO:
    """Put lines aside, sorted."""
    held.sort()
    run = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
    run.writelines(f"{line}\n" for line in held)
    run.seek(0)
    return run


def _lines(run: TextIO) -> Iterator[str]:
    return (line.removesuffix("\n") for line in run)


def _once(ordered: Iterable[str]) -> Iterator[str]:
    last: str | None = None
    for line in ordered:
        if line != last:
            yield line
        last = line

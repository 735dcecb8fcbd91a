"""Peers side by side: rounds in turn, so that a busy machine is busy for all of them; medians, and the ratio that a bar is set for."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final, Literal

__all__ = ["Line", "head", "interleaved", "line", "show", "timed", "worked", "write"]

#: Whether a ratio may be at most or must be at least the bar.
Sense = Literal["<=", ">="]
_WIDTHS: Final = (58, 26, 26, 9, 9)


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison of a run."""

    what: str
    ours: str  # what was timed, and its median
    peer: str
    ratio: float
    sense: Sense
    bar: float
    spread: tuple[float, float]  # the lowest and the highest ratio of a round

    @property
    def met(self) -> bool:
        """Whether the bar was met."""
        return self.ratio <= self.bar if self.sense == "<=" else self.ratio >= self.bar


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The seconds that a piece of work takes."""
    gc.collect()
    began = clock()
    work()
    return clock() - began


def worked(work: Callable[[], object]) -> float:
    """The seconds of processor time that a piece of work in this process takes, whatever else the machine is doing."""
    return timed(work, time.process_time)


def interleaved(pieces: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Run every piece once in each round; a piece says itself how many seconds count."""
    found: dict[str, list[float]] = {name: [] for name in pieces}
    for _ in range(rounds):
        for name, piece in pieces.items():
            found[name].append(piece())
    return found


def line(what: str, found: Mapping[str, list[float]], sense: Sense, bar: float, *, per: int = 1, faster: bool = False) -> Line:
    """Compare the first two pieces, ours first: as a share of the peer's time, or how many times faster where `faster`."""
    (ours, mine), (peer, theirs) = list(found.items())[:2]
    ratios = [b / a if faster else a / b for a, b in zip(mine, theirs, strict=True)]

    def told(name: str, seconds: list[float]) -> str:
        return f"{name} {1000 * median(seconds) / per:.3g} ms"

    return Line(
        what, told(ours, mine), told(peer, theirs), round(median(ratios), 3), sense, bar, (round(min(ratios), 3), round(max(ratios), 3))
    )


def head() -> None:
    """Print the head of the table."""
    print(_row("what", "ours", "peer", "ratio", "bar"), flush=True)


def show(each: Line, *, judged: bool = True) -> None:
    """Print a row of the table; one that is too small to be judged by is not marked."""
    mark = "  MISSED" if judged and not each.met else ""
    print(_row(each.what, each.ours, each.peer, f"{each.ratio:.2f}", f"{each.sense} {each.bar:g}") + mark, flush=True)


def write(lines: list[Line], path: Path, **about: object) -> None:
    """Write the comparisons as JSON."""
    path.write_text(
        json.dumps({**about, "lines": [asdict(each) | {"met": each.met} for each in lines]}, indent=1, ensure_ascii=False) + "\n"
    )


def _row(*cells: str) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()

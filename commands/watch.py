"""`elshi watch`: folders and feeds, looked at again and again until somebody ends it."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import click

from elshi import ElshiError
from elshi.commands.console import Console, common, pass_console
from elshi.commands.sources import Asking, asking_options, opened
from elshi.commands.taking import counted, into_store, status, tell_outcome

if TYPE_CHECKING:
    from elshi.flow import Outcome, Summary
    from elshi.ingest.watching import Watched

EXAMPLES = """\b
Examples:
  elshi watch incoming/ https://example.org/kk/press/rss --store my-store
  elshi watch incoming/ --once
  elshi watch feeds.txt --every 1h --user-agent "mfa-desk (desk@example.org)"
"""
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Duration(click.ParamType[float]):
    """Seconds, or a number with its unit: 90s, 15m, 2h, 1d."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds that are meant."""
        if isinstance(value, int | float):
            return float(value)
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", str(value).strip().lower())
        return float(match[1]) * _UNITS[match[2]] if match else self.fail(f"{value!r} is no time: write 90s, 15m, 2h or 1d", param, ctx)


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--store", metavar="PATH|URL", required=True, help="Where the graph is kept.")
@click.option("--every", type=Duration(), default="15m", show_default=True, help="How long from one look to the next.")
@click.option("--once", is_flag=True, help="Look once and leave, as for cron.")
@click.option(
    "--settle", type=Duration(), default="10s", show_default=True, help="How long a file must have been left alone before it is read."
)
@asking_options
@click.option("--base-iri", help="What the IRIs of resources begin with.")
@common
@pass_console
def watch(
    console: Console, sources: tuple[str, ...], asking: Asking, store: str, every: float, once: bool, settle: float, base_iri: str | None
) -> int:
    """Read what comes into folders and feeds into a store. SIGTERM and Ctrl-C end it once the releases at hand are in."""
    from elshi.ingest.watching import Watched

    if "-" in sources:
        raise click.UsageError("standard input cannot be watched: name folders, files or URLs")
    watcher = _Watcher(console, asking, store, base_iri)
    watched = Watched(sources, settle=settle)
    with _ended_by_signals(watcher.stop):
        if once:
            return watcher.look_once(watched, settle)
        while not watcher.stop.is_set():
            began = time.monotonic()
            writing = watcher.look(watched)
            watcher.stop.wait(max(0.0, (min(settle, every) if writing else every) - (time.monotonic() - began)))
    console.tell(f"ended: {watcher.total}", level="info", **counted(watcher.total))
    return 0


class _Watcher:
    """Takes in what is new, one look after the other."""

    def __init__(self, console: Console, asking: Asking, store: str, base_iri: str | None) -> None:
        from elshi.flow import Summary

        self.stop = Event()
        self.total = Summary()
        self._console, self._asking, self._store, self._base = console, asking, store, base_iri

    def look(self, watched: Watched) -> bool:
        """Take in what is new; tell whether something is still being written. What fails as a whole is tried at the next look."""
        ready, writing = watched.fresh()
        try:
            if ready:
                summary = self._taken_in(ready)
                self.total += summary
                if summary.total > summary.unchanged:
                    self._console.say(str(summary))
                if self._asking.limit is None or summary.total < self._asking.limit:
                    watched.taken()
        except ElshiError as fault:
            self._console.tell(f"elshi: {fault}: trying again at the next look", level="error")
        return bool(writing)

    def look_once(self, watched: Watched, settle: float) -> int:
        """Take in what is new, give what is being written one chance to be finished, and return the exit status."""
        ready, writing = watched.fresh()
        summary = self._taken_in(ready) if ready else self.total
        if writing and not self.stop.wait(settle):
            watched.taken()
            ready, writing = watched.fresh()
            summary += self._taken_in(ready) if ready else self.total
        for path in writing:
            self._console.say(f"{path}: still being written: left for the next look")
        self._console.tell(str(summary), level="info", **counted(summary))
        return status(summary)

    def _taken_in(self, sources: list[str]) -> Summary:
        from elshi.flow import ingest_sources

        def tell(outcome: Outcome) -> None:
            move(outcome.name)
            tell_outcome(self._console, outcome)

        with ExitStack() as held:
            intake = into_store(held, self._store, base_iri=self._base)
            options = held.enter_context(
                opened(
                    self._asking, store=self._store, intake=intake, base_iri=intake.base_iri, stopped=self.stop.is_set, sleep=self.stop.wait
                )
            )
            move = held.enter_context(self._console.bar("reading"))
            return ingest_sources(sources, intake, options, tell=tell)


@contextmanager
def _ended_by_signals(stop: Event) -> Iterator[None]:
    """Have SIGTERM and the first Ctrl-C set `stop`; a second Ctrl-C ends at once."""

    def end(number: int, _: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

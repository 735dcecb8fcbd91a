"""What commands share: their common options, words on standard error, the progress bar."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO, TypeVar

import click

from elshi.commands.settings import Setting

__all__ = ["Console", "common", "common_long", "output", "pass_console", "store_option"]

C = TypeVar("C", bound=Callable[..., Any])


@dataclass
class Console:
    """How a run speaks; words go to standard error, data to standard output."""

    settings: dict[str, Setting]
    verbose: int = 0
    quiet: bool = False
    json_log: bool = False
    progress: bool | None = None

    def say(self, words: str) -> None:
        """Say something that a quiet run leaves unsaid."""
        if not self.quiet:
            self.tell(words)

    def detail(self, words: str) -> None:
        """Say something that only a talkative run says."""
        if self.verbose:
            self.tell(words)

    def tell(self, words: str, *, level: str = "info", **facts: object) -> None:
        """Say something whatever the run: failures, and the closing line."""
        line = json.dumps({"level": level, "message": words, **facts}, ensure_ascii=False) if self.json_log else words
        click.echo(line, err=True)

    @contextmanager
    def bar(self, label: str) -> Iterator[Callable[[str], None]]:
        """Show how far a run is; the function given moves it on by one input."""
        wanted = self.progress if self.progress is not None else sys.stderr.isatty() and not self.json_log
        if self.quiet or not wanted:
            yield lambda name: None
            return
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Terminal(stderr=True), transient=True) as progress:
            task = progress.add_task(label, total=None)
            yield lambda name: progress.update(task, advance=1, description=f"{label} {name[-40:]}")


pass_console = click.make_pass_decorator(Console)


def store_option(command: C) -> C:
    """Give a command `--store`."""
    return click.option("--store", metavar="PATH|URL", required=True, help="Where the graph is kept.")(command)


def common(command: C) -> C:
    """Give a command the options that every one has."""
    return _speaking(command, "-q", "--quiet")


def common_long(command: C) -> C:
    """Give them to a command in which -q means something else."""
    return _speaking(command, "--quiet")


def _speaking(command: C, *quiet: str) -> C:
    for option in reversed((
        click.option("-v", "--verbose", count=True, expose_value=False, callback=_verbose, help="Say more; -vv shows where it failed."),
        click.option(*quiet, is_flag=True, expose_value=False, callback=_set("quiet"), help="No progress and no remarks."),
        click.option("--progress/--no-progress", default=None, expose_value=False, callback=_set("progress"), help="Show a progress bar."),
        click.option("--log-format", type=click.Choice(["text", "json"]), expose_value=False, callback=_log, help="How remarks are written."),
    )):  # fmt: skip
        command = option(command)
    return command


def output(path: str, *, compressed: bool | None = None) -> TextIO:
    """Open a file for text, gzipped where its name says so; `-` is standard output."""
    if path == "-":
        return sys.stdout
    if path.endswith(".gz"):
        import gzip
        import io

        return io.TextIOWrapper(gzip.GzipFile(path, "wb", mtime=0), encoding="utf-8")
    return open(path, "w", encoding="utf-8", newline="")


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value not in (None, False) or (name == "progress" and value is False):
            setattr(context.ensure_object(Console), name, value)

    return remember


def _verbose(context: click.Context, _: click.Parameter, value: int) -> None:
    console = context.ensure_object(Console)
    console.verbose = max(console.verbose, value)


def _log(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        context.ensure_object(Console).json_log = value == "json"

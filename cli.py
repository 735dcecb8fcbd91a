"""The command line: the commands by name, and what every one of them ends with."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from elshi import ElshiError
from elshi.commands.console import Console
from elshi.commands.settings import settings

__all__ = ["main"]

#: Command -> the module it is in, under its own name there, and what help says of it.
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "ingest": ("ingest", "Read releases into a store."),
    "watch": ("watch", "Read what comes into folders and feeds, again and again."),
    "extract": ("extract", "Read releases and print what they state."),
    "query": ("query", "Ask the store, in SPARQL or by a saved question."),
    "show": ("lookup", "Show an entity with its facts and their quotations."),
    "search": ("lookup", "Find entities by name."),
    "validate": ("validate", "Check the store or files against the shapes."),
    "load": ("load", "Make a store of shards or dumps."),
    "quarantine": ("quarantine", "See and retry what validation refused."),
    "retract": ("curate", "Take releases out for good."),
    "merge": ("curate", "Make two things one."),
    "split": ("curate", "Make two things of one."),
    "accept": ("curate", "Vouch for a fact or a guess."),
    "reject": ("curate", "Take out what is not so."),
    "relabel": ("curate", "Call a thing by another name."),
    "review": ("decisions", "Decide about guesses and doubtful facts."),
    "decisions": ("decisions", "See and take back what was decided."),
    "export": ("export", "Write the graph to files."),
    "serve": ("serve", "Serve pages and a SPARQL endpoint."),
    "evaluate": ("evaluate", "Score a graph against gold."),
    "stats": ("state", "Count what the store holds."),
    "doctor": ("state", "Check that everything is in place."),
    "config": ("state", "Show the settings and where they come from."),
    "backup": ("state", "Copy the store."),
    "restore": ("state", "Make a store of a copy."),
    "completion": ("state", "Print the completion script of a shell."),
}
EPILOG: Final = "Try `elshi ingest RELEASE.txt`, then `elshi query @meetings`. Exit status: 0 done, 2 usage, 3 violations, 4 partial, 5 not found, 6 locked, 7 query."


class Commands(click.Group):
    """Commands whose modules are imported only when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"elshi.commands.{COMMANDS[cmd_name][0]}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


def _versions(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from elshi.commands.state import versions

        for name, version in versions().items():
            click.echo(f"{name} {version}")
        context.exit()


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_versions, help="Show versions and leave.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read press releases of foreign ministries into a graph whose every fact quotes its sentence."""
    console = Console(settings(Path.cwd(), os.environ))
    context.obj = console
    values = {name: setting.value for name, setting in console.settings.items()}
    context.default_map = {name: values | dict.fromkeys(("list", "show", "retry", "drop"), values) for name in COMMANDS}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave with its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status; whatever goes wrong is one line on standard error."""
    try:
        result = cli.main(args=arguments, prog_name="elshi", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: the rest goes nowhere, quietly
        return 0
    except Exception as fault:
        return _failed(fault, talkative=any(flag.startswith("-vv") or flag == "-v" and arguments.count("-v") > 1 for flag in arguments))


def _failed(fault: Exception, *, talkative: bool) -> int:
    if talkative:
        traceback.print_exception(fault)
    if isinstance(fault, ElshiError):
        click.echo(f"elshi: {fault}", err=True)
        return _status(fault)
    words = " ".join(str(fault).split())[:300]
    click.echo(f"elshi: unexpected {type(fault).__name__}: {words}: run again with -vv and report what it shows", err=True)
    return 1


def _status(fault: ElshiError) -> int:
    """The exit status of an error."""
    from elshi.commands.settings import SettingsError
    from elshi.ingest.cluster import ClusterError
    from elshi.ingest.sites import SitesError
    from elshi.ontology.graph import GraphError
    from elshi.portal.export.publication import PublicationError
    from elshi.queries.catalogue import UnknownQuery
    from elshi.queries.formats import FormatError
    from elshi.queries.lookup import EntityNotFound
    from elshi.queries.values import ParameterError
    from elshi.store.base import QueryError, StoreLocked, StoreNotFound
    from elshi.store.quarantine import NotInQuarantine

    statuses: tuple[tuple[tuple[type[Any], ...], int], ...] = (
        ((StoreLocked,), 6),
        ((StoreNotFound, EntityNotFound, NotInQuarantine, ClusterError), 5),
        ((QueryError,), 7),
        ((UnknownQuery, ParameterError, FormatError, SettingsError, SitesError, GraphError, PublicationError), 2),
    )
    return next((status for kinds, status in statuses if isinstance(fault, kinds)), 1)


if __name__ == "__main__":
    main()

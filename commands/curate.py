"""`elshi retract`, `merge`, `split`, `accept`, `reject`, `relabel`: what people decide, kept and taken into account ever after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.store.base import Writer
    from elshi.store.curator import Curator, Effect
    from elshi.store.decisions import Decision, Verdict

C = TypeVar("C", bound=Callable[..., Any])


def deciding(command: C) -> C:
    """Give a command what every decision takes."""
    for option in reversed((
        click.option("--why", default="", metavar="TEXT", help="The reason, for those who ask later."),
        click.option("--who", metavar="NAME", default="operator", show_default=True, help="Who decides; setting `who` says it for good."),
        click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing."),
        store_option,
    )):  # fmt: skip
        command = option(command)
    return common(command)


@contextmanager
def curating(store: str) -> Iterator[tuple[Writer, Curator]]:
    """Open a store to decide about what it holds."""
    from elshi.store.base import StoreNotFound, folder_of, open_writer
    from elshi.store.curator import Curator
    from elshi.store.origin import writing_base
    from elshi.store.stories import Stories

    folder = folder_of(store)
    if folder is not None and not folder.exists():
        raise StoreNotFound(f"no store at {folder}: name one with --store")
    with open_writer(store) as writer:
        base = writing_base(writer)
        curator = Curator(writer, Stories.of(writer, store, base_iri=base), base_iri=base)
        yield writer, curator
        curator.finish()


def decision(verdict: Verdict, about: tuple[str, ...], who: str, why: str, **more: Any) -> Decision:
    """A decision made now."""
    from elshi.store.decisions import Decision
    from elshi.store.moments import now

    return Decision(verdict, about, who, now(), why=why, **more)


def told(console: Console, effect: Effect, *, dry_run: bool) -> int:
    """Say what a decision did; -v shows every triple that went or came."""
    for graph in effect.graphs:
        for sign, triples in (("-", effect.removed[graph]), ("+", effect.added[graph])):
            for triple in sorted(triples):
                console.detail(f"{sign} {triple}")
    added, removed = (sum(map(len, side.values())) for side in (effect.added, effect.removed))
    words = f"{'would change' if dry_run else 'changed'} {len(effect.graphs)} releases: {removed} statements gone, {added} new"
    console.say(words + ("" if dry_run else f"; decision {effect.decision.key}, which `elshi decisions undo` takes back"))
    return 0


@click.command(
    epilog="\b\nExamples:\n  elshi retract d03.kk.txt --why 'published by mistake'\n  elshi retract https://…/press/42 --dry-run\n"
)
@click.argument("releases", nargs=-1, required=True, metavar="RELEASE...")
@deciding
@pass_console
def retract(console: Console, releases: tuple[str, ...], store: str, who: str, why: str, dry_run: bool) -> int:
    """Take releases out, named by their IRI, URL or file; they stay out when they are ingested again."""
    from elshi.queries.targets import release_of

    with curating(store) as (writer, curator):
        about = tuple(release_of(writer, release, base_iri=curator.base_iri) for release in releases)
        return told(console, curator.decide(decision("retracted", about, who, why), dry_run=dry_run), dry_run=dry_run)


@click.command(epilog="\b\nExample:\n  elshi merge person:r-vassilenko person:roman-vasilenko\n")
@click.argument("other")
@click.argument("survivor")
@deciding
@pass_console
def merge(console: Console, other: str, survivor: str, store: str, who: str, why: str, dry_run: bool) -> int:
    """Make OTHER one with SURVIVOR, whose IRI and name stay; both by IRI, CURIE or name."""
    from elshi import ElshiError
    from elshi.queries.lookup import resolve
    from elshi.queries.targets import kind_of

    with curating(store) as (writer, curator):
        gone, kept = (resolve(writer, each, base_iri=curator.base_iri) for each in (other, survivor))
        if gone == kept:
            raise ElshiError(f"{other} and {survivor} are one already: name two things")
        if kind_of(writer, gone) != kind_of(writer, kept):
            raise ElshiError(f"{other} is of another kind than {survivor}: a person is no body and a body no place; reject the wrong one")
        return told(console, curator.decide(decision("merged", (gone,), who, why, into=kept), dry_run=dry_run), dry_run=dry_run)


@click.command(epilog="\b\nExample:\n  elshi split person:askar-omarov --release d08.kk.txt --name 'Асқар Омаров (ректор)' --lang kk\n")
@click.argument("thing")
@click.option(
    "--release", "releases", multiple=True, required=True, metavar="RELEASE", help="A release that means the other one; repeat it for more."
)
@click.option("--name", help="What the other one is called.")
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), default="en", show_default=True, help="The language of that name.")
@deciding
@pass_console
def split(
    console: Console, thing: str, releases: tuple[str, ...], name: str | None, lang: str, store: str, who: str, why: str, dry_run: bool
) -> int:
    """Make another of THING in some releases: namesakes, or two events taken for one."""
    from elshi.queries.lookup import resolve
    from elshi.queries.targets import release_of, unused

    with curating(store) as (writer, curator):
        iri = resolve(writer, thing, base_iri=curator.base_iri)
        within = tuple(release_of(writer, release, base_iri=curator.base_iri) for release in releases)
        other = unused(writer, iri)
        label = (name, lang) if name else None
        made = decision("split", (iri,), who, why, into=other, within=within, label=label)
        click.echo(other)
        return told(console, curator.decide(made, dry_run=dry_run), dry_run=dry_run)


@click.command(epilog="\b\nExamples:\n  elshi accept event:4f0c…\n  elshi accept organization:csl https://ror.org/00cv9y106\n")
@click.argument("thing")
@click.argument("record", required=False)
@deciding
@pass_console
def accept(console: Console, thing: str, record: str | None, store: str, who: str, why: str, dry_run: bool) -> int:
    """Vouch for a fact, or say that an entity is RECORD of an authority, its best guess unless it is given."""
    from elshi import ElshiError
    from elshi.queries.lookup import resolve
    from elshi.queries.targets import guess_of, is_fact

    with curating(store) as (writer, curator):
        iri = resolve(writer, thing, base_iri=curator.base_iri)
        into = record or guess_of(writer, iri)
        if into is None and not is_fact(writer, iri):
            raise ElshiError(f"there is no guess at what {thing} is: give the record's IRI behind it")
        return told(console, curator.decide(decision("accepted", (iri,), who, why, into=into), dry_run=dry_run), dry_run=dry_run)


@click.command(epilog="\b\nExample:\n  elshi reject event:4f0c… --why 'a plan, not a meeting'\n")
@click.argument("things", nargs=-1, required=True, metavar="THING...")
@deciding
@pass_console
def reject(console: Console, things: tuple[str, ...], store: str, who: str, why: str, dry_run: bool) -> int:
    """Take facts, guesses or entities out that are not so, with what says nothing without them."""
    from elshi.queries.lookup import resolve

    with curating(store) as (writer, curator):
        about = tuple(resolve(writer, thing, base_iri=curator.base_iri) for thing in things)
        return told(console, curator.decide(decision("rejected", about, who, why), dry_run=dry_run), dry_run=dry_run)


@click.command(epilog="\b\nExample:\n  elshi relabel organization:uliege 'Льеж университеті' --lang kk\n")
@click.argument("entity")
@click.argument("name")
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), required=True, help="The language of the name.")
@deciding
@pass_console
def relabel(console: Console, entity: str, name: str, lang: str, store: str, who: str, why: str, dry_run: bool) -> int:
    """Call ENTITY by another NAME in one language; what it was called stays as another name."""
    from elshi.queries.lookup import resolve

    with curating(store) as (writer, curator):
        about = resolve(writer, entity, base_iri=curator.base_iri)
        made = decision("relabelled", (about,), who, why, label=(name, lang))
        return told(console, curator.decide(made, dry_run=dry_run), dry_run=dry_run)

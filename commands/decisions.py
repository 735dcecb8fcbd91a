"""`elshi decisions` and `elshi review`: what was decided, taken back, kept as gold; what is still worth deciding."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.store.base import View
    from elshi.store.curator import Curator

_KEYS = "[a]ccept, [r]eject, [s]kip, [u]ndo the last, [q]uit"


@click.group()
def decisions() -> None:
    """See and take back what was decided; write what was reviewed as gold."""


@decisions.command(name="list")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@common
@pass_console
def list_(console: Console, store: str, as_json: bool) -> int:
    """List the decisions in the order of time."""
    from dataclasses import asdict

    from elshi.ontology.vocab import prefixes
    from elshi.queries.formats import curie
    from elshi.store.base import open_view
    from elshi.store.decisions import decisions as known
    from elshi.store.origin import base_of

    with open_view(store) as view:
        base = base_of(view)
        made = known(view, base_iri=base)
    names = prefixes(base)
    for each in made:
        if as_json:
            click.echo(json.dumps({"decision": each.key, **asdict(each)}, ensure_ascii=False))
            continue
        about = ", ".join(curie(iri, names) for iri in each.about)
        into = f" -> {curie(each.into, names)}" if each.into else ""
        name = f" as {each.label[0]}@{each.label[1]}" if each.label else ""
        click.echo(f"{each.key}  {each.when}  {each.who}  {each.verdict} {about}{into}{name}{f' ({each.why})' if each.why else ''}"
                   f"{f'  undone {each.undone}' if each.undone else ''}")  # fmt: skip
    console.say(f"{sum(each.undone is None for each in made)} decisions hold, {sum(each.undone is not None for each in made)} were undone")
    return 0


@decisions.command(epilog="\b\nExample:\n  elshi decisions undo 3f2a9c0d1e5b\n")
@click.argument("keys", nargs=-1, required=True, metavar="DECISION...")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@store_option
@common
@pass_console
def undo(console: Console, keys: tuple[str, ...], dry_run: bool, store: str) -> int:
    """Take decisions back: everything is again as if they had not been made."""
    from elshi.commands.curate import curating
    from elshi.store.moments import now

    with curating(store) as (_, curator):
        for key in keys:
            effect = curator.undo(key, when=now(), dry_run=dry_run)
            console.say(f"{'would undo' if dry_run else 'undid'} {effect.decision.key}: {len(effect.graphs)} releases change")
    return 0


@decisions.command(epilog="\b\nExample:\n  elshi decisions gold reviewed/ d03.kk.txt d04.kk.txt\n")
@click.argument("dest", type=click.Path(file_okay=False, path_type=Path))
@click.argument("releases", nargs=-1, metavar="[RELEASE...]")
@store_option
@common
@pass_console
def gold(console: Console, dest: Path, releases: tuple[str, ...], store: str) -> int:
    """Write releases as gold stories, as decisions left them: those named, else all that somebody decided about."""
    from elshi.queries.goldwriting import reviewed, story_of
    from elshi.queries.targets import release_of
    from elshi.store.base import open_view
    from elshi.store.origin import base_of

    with open_view(store) as view:
        chosen = [release_of(view, release, base_iri=base_of(view)) for release in releases] or reviewed(view)
        dest.mkdir(parents=True, exist_ok=True)
        for iri in chosen:
            story, name, text = story_of(view, iri)
            (dest / name).write_text(text, encoding="utf-8", newline="")
            (dest / f"{story['id']}.json").write_text(json.dumps(story, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.say(f"wrote {len(chosen)} gold stories to {dest}; `elshi evaluate {dest}` scores against them")
    return 0


@click.command(epilog="\b\nExamples:\n  elshi review\n  elshi review --below 0.5 --limit 20 --who 'A. Omarova'\n")
@click.option("--below", type=click.FloatRange(0, 1), default=0.75, show_default=True, help="Facts less sure than this are shown.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--who", metavar="NAME", default="operator", show_default=True, help="Who decides.")
@store_option
@common
@pass_console
def review(console: Console, below: float, limit: int, who: str, store: str) -> int:
    """Walk through guesses and doubtful facts, the most consequential first, and decide about each with one key."""
    from elshi.commands.curate import curating

    with curating(store) as (writer, curator):
        items = list(_worth_a_look(writer, below, curator.base_iri))[:limit]
        if not items:
            console.say("nothing is doubtful")
            return 0
        done = _walk(console, writer, curator, items, who)
    console.say(f"decided about {done} of {len(items)}")
    return 0


def _walk(console: Console, view: View, curator: Curator, items: list[dict[str, str]], who: str) -> int:
    from elshi.commands.curate import decision
    from elshi.store.curator import RefusedDecision
    from elshi.store.moments import now

    made: list[str] = []
    for number, item in enumerate(items, start=1):
        if not view.query(f"ASK {{ <{item['thing']}> ?p ?o }}"):
            continue  # an earlier decision took it along
        click.echo(_shown(view, item, f"{number}/{len(items)}", curator.base_iri))
        while True:
            key = _key()
            if key == "u" and made:
                curator.undo(made.pop(), when=now())
                click.echo("undone")
                continue
            if key in "arsq":
                break
        if key == "q":
            break
        if key == "s":
            continue
        guess = item["guess"] if key == "r" and item["candidate"] else item["thing"]
        into = item["candidate"] or None if key == "a" else None
        try:
            effect = curator.decide(decision("accepted" if key == "a" else "rejected", (guess,), who, "reviewed", into=into))
            made.append(effect.decision.key)
        except RefusedDecision as why:
            console.tell(str(why), level="error")
    return len(made)


def _key() -> str:
    click.echo(f"  {_KEYS} ", nl=False)
    if sys.stdin.isatty():
        key = click.getchar(echo=True).lower()
        click.echo()
        return key[:1]
    line = sys.stdin.readline()  # answers may be piped in; the end of them is the end of the review
    return line.strip().lower()[:1] if line else "q"


def _worth_a_look(view: View, below: float, base_iri: str) -> Iterator[dict[str, str]]:
    from elshi.ontology.vocab import prefixes
    from elshi.queries.catalogue import bind, saved
    from elshi.queries.targets import guesses
    from elshi.store.base import Table

    answer = view.query(bind(saved("review"), {"below": str(below)}, base_iri=base_iri), prefixes=prefixes(base_iri))
    assert isinstance(answer, Table)
    for row in answer.rows:
        item = {column: term.value if term else "" for column, term in zip(answer.columns, row, strict=True)}
        item["guess"] = guesses(view, item["thing"], item["candidate"])[0] if item["candidate"] else ""
        yield item


def _shown(view: View, item: dict[str, str], number: str, base_iri: str) -> str:
    from elshi.ontology.vocab import prefixes
    from elshi.queries.formats import curie
    from elshi.queries.lookup import card

    found, names = card(view, item["thing"], base_iri=base_iri), prefixes(base_iri)
    head = f"\n{number}  {item['kind']}  confidence {item['confidence']}  {curie(item['thing'], names)}  ({item['source']})"
    rows = [
        f"    {curie(row['property'], names)}: {curie(row['value'], names)}"
        for row in found.properties if not row["property"].endswith(("evidence", "#type", "confidence", "statedIn"))
    ]  # fmt: skip
    guess = [f"    perhaps {item['candidate']}"] if item["candidate"] else []
    return "\n".join([head, f"    “{item['quote']}”", *rows[:12], *guess])

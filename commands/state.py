"""`elshi stats`, `doctor`, `config`, `backup`, `restore` and `completion`: how things stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console, store_option

if TYPE_CHECKING:
    from elshi.store.base import Row, View

_COUNTS = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { VALUES ?class { elshi:Release schema:Person org:Organization schema:Country
  schema:City elshi:Region elshi:Position elshi:Event elshi:Cooperation elshi:Agreement elshi:Statistic elshi:StatedDate elshi:Mention }
  ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n)"""

#: What the merged graph should hold: past versions are left out of it.
_NAMED = (
    """SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!CONTAINS(STR(?g), "/version/")) } }"""
)
#: Facts of a graph that does not hold the release they are stated in.
_TORN = """SELECT (COUNT(DISTINCT ?fact) AS ?n) WHERE { GRAPH ?g { ?fact elshi:statedIn ?release } FILTER(!CONTAINS(STR(?g), "/version/"))
  FILTER NOT EXISTS { GRAPH ?g { ?release a elshi:Release ; schema:articleBody ?body } } }"""


def _rows(view: View, query: str) -> list[Row]:
    from elshi.ontology.vocab import BASE_IRI, prefixes
    from elshi.store.base import Table

    answer = view.query(query, prefixes=prefixes(BASE_IRI))
    assert isinstance(answer, Table)
    return list(answer.rows)


def versions() -> dict[str, str]:
    """What reads and keeps: Elshi, its ontology and models, the engines below."""
    from importlib.metadata import version

    from elshi import __version__, resource

    found = {"elshi": __version__, "ontology": _ontology()}
    for lang in ("kk", "ru", "en"):
        meta = resource(f"data/models/{lang}_ner/meta.json")
        if meta.is_file():
            found[f"model {lang}"] = str(json.loads(meta.read_text("utf-8")).get("version", "0"))
    return found | {name: version(name) for name in ("pyoxigraph", "spacy", "pyshacl", "rdflib")}


def _ontology() -> str:
    import re

    from elshi import resource

    match = re.search(r'owl:versionInfo "([^"]+)"', resource("ontology/elshi.ttl").read_text("utf-8"))
    return match[1] if match else "unknown"


@click.command(epilog="\b\nExample:\n  elshi stats --json\n")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
@pass_console
def stats(console: Console, store: str, as_json: bool) -> int:
    """Count what the store holds."""
    from elshi.ontology.vocab import BASE_IRI, prefixes
    from elshi.queries.formats import curie
    from elshi.store.base import open_view
    from elshi.store.quarantine import Quarantine

    with open_view(store) as view:
        counts = {curie(kind.value, prefixes(BASE_IRI)): int(n.value) for kind, n in _rows(view, _COUNTS) if kind and n}
        counts["triples"] = int(next(n.value for (n,) in _rows(view, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") if n))
    counts["quarantined"] = sum(1 for _ in Quarantine.of(store))
    if as_json:
        click.echo(json.dumps(counts))
    else:
        for name, n in counts.items():
            click.echo(f"{n:>10}  {name}")
    return 0


@click.command(epilog="\b\nExample:\n  elshi doctor --store my-store\n")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
@pass_console
def doctor(console: Console, store: str, as_json: bool) -> int:
    """Check versions, data, models and the store's invariants; exit status 1 when something is amiss."""
    checks = {name: (True, found) for name, found in versions().items()}
    checks |= _data() | _kept(store)
    if as_json:
        click.echo(json.dumps({name: {"ok": ok, "found": found} for name, (ok, found) in checks.items()}, ensure_ascii=False))
    else:
        for name, (ok, found) in checks.items():
            click.echo(f"{'ok ' if ok else 'BAD'}  {name}: {found}")
    return 0 if all(ok for ok, _ in checks.values()) else 1


def _data() -> dict[str, tuple[bool, str]]:
    from elshi import resource
    from elshi.ingest.authorities import open_book
    from elshi.shapes.book import shipped_shapes

    shapes = shipped_shapes()
    country = open_book().country("KZ")
    return {
        "authorities": (country is not None, "the book opens" if country else "Kazakhstan is not in it: install elshi again"),
        "shapes": (bool(shapes), "the shipped shapes parse"),
        "samples": (resource("data/samples").is_dir(), "bundled"),
    }


def _kept(store: str) -> dict[str, tuple[bool, str]]:
    from elshi.store.base import StoreNotFound, open_view

    try:
        with open_view(store) as view:
            merged = int(next(n.value for (n,) in _rows(view, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") if n))
            distinct = int(next(n.value for (n,) in _rows(
                view, _NAMED) if n))  # fmt: skip
            torn = int(next(n.value for (n,) in _rows(view, _TORN) if n))
    except StoreNotFound:
        return {"store": (True, "none there yet: `elshi ingest` makes one")}
    return {
        "store": (True, f"{merged} triples"),
        "each triple once": (merged == distinct, f"{merged} in the merged graph, {distinct} in the named ones"),
        "whole releases": (
            not torn,
            f"{torn} facts are stated in a release whose graph lacks it" if torn else "every fact stands beside its release",
        ),
    } | _folder(store)


def _folder(store: str) -> dict[str, tuple[bool, str]]:
    from elshi.store.base import folder_of
    from elshi.store.disk import FORMAT, format_of
    from elshi.store.runs import interrupted

    folder = folder_of(store)
    if folder is None:
        return {}
    orphans, broken, format = [p.name for p in folder.rglob("bulk-*.sst")], interrupted(store), format_of(folder)
    return {
        "format": (True, f"{format}" + (f", which the next run makes {FORMAT}" if format < FORMAT else "")),
        "orphan files": (not orphans, ", ".join(orphans) or "none"),
        "last run": (
            broken is None,
            f"that of {broken.started} was broken off after {broken.settled} inputs: `elshi ingest --resume`"
            if broken
            else "came to its end",
        ),
    }


@click.command(epilog="\b\nExample:\n  elshi config --json\n")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
@pass_console
def config(console: Console, as_json: bool) -> int:
    """Show the settings that hold here and where each comes from."""
    from elshi.commands.settings import SETTINGS

    if as_json:
        click.echo(json.dumps({name: {"value": s.value, "origin": s.origin} for name, s in console.settings.items()}))
        return 0
    for name, about in {**SETTINGS, **dict.fromkeys(sorted(console.settings.keys() - SETTINGS.keys()), "")}.items():
        setting = console.settings.get(name)
        click.echo(f"{name} = {setting.value}  ({setting.origin})" if setting else f"{name}: {about}  (not set)")
    return 0


@click.command(epilog="\b\nExample:\n  elshi backup elshi-2026-03-04/\n")
@click.argument("dest", type=click.Path(path_type=Path))
@store_option
@common
@pass_console
def backup(console: Console, dest: Path, store: str) -> int:
    """Copy the store into a folder that does not exist yet."""
    from elshi.store.disk import copy_store

    copy_store(store, dest)
    console.say(f"copied to {dest}")
    return 0


@click.command(epilog="\b\nExample:\n  elshi restore elshi-2026-03-04/ --store my-store\n")
@click.argument("backup", type=click.Path(path_type=Path))
@store_option
@common
@pass_console
def restore(console: Console, backup: Path, store: str) -> int:
    """Make a store of a copy, in a folder that is new or empty."""
    from elshi.store.disk import restore_store

    restore_store(backup, store)
    console.say(f"restored {backup} as {store}")
    return 0


@click.command(epilog="\b\nExample:\n  elshi completion bash >> ~/.bashrc\n")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@common
@pass_console
def completion(console: Console, shell: str) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(click.get_current_context().find_root().command, {}, "elshi", "_ELSHI_COMPLETE").source())
    return 0

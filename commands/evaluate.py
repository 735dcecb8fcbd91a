"""`elshi evaluate`: precision, recall and F1 of what is read, against gold stories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elshi.commands.console import Console, common, pass_console

if TYPE_CHECKING:
    from elshi.queries.coreference import Coreference
    from elshi.queries.evaluation import Counts, Scores


@click.command(
    epilog="\b\nExamples:\n  elshi evaluate data/gold --texts data/samples\n  elshi evaluate data/gold/mirror --lang kk --json\n"
)
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--graph",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.nq",
    help="Score this dump instead of reading the releases.",
)
@click.option(
    "--texts", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the releases lie, when not beside the gold."
)
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), help="One language only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, help="Processes.")
@common
@pass_console
def evaluate(console: Console, gold: Path, graph: Path | None, texts: Path | None, lang: str | None, as_json: bool, jobs: int) -> int:
    """Read the releases of a folder of gold stories into memory and score what was read."""
    from elshi.queries.coreference import coreference
    from elshi.queries.evaluation import evaluate as score
    from elshi.queries.gold import read_gold
    from elshi.store.base import open_writer

    stories = read_gold(gold)
    if lang:
        stories = [s | {"versions": [v for v in s["versions"] if v == lang]} for s in stories]
    with open_writer("memory:") as store:
        if graph:
            store.add(graph.read_text(encoding="utf-8"))
        else:
            _read(console, [str((texts or gold) / f"{s['id']}.{v}.txt") for s in stories for v in s["versions"]], store, jobs)
        scores, met = score(store, stories), coreference(store, stories)
    if as_json:
        rows = {f"{at}.{slot}": _figures(c) for (at, slot), c in scores.counts.items()}
        themes = {f"{at}.{slot}": _figures(c) for (at, slot), c in scores.themes.items()}
        pairs = {"read": _figures(met.read), "told": _figures(met.told)}
        macro = {at: scores.macro(at) for at in scores.languages()}
        click.echo(json.dumps({"macro": macro, "slots": rows, "themes": themes, "one_event_one_node": pairs, "absent": scores.absent}))
    else:
        click.echo(_drawn(scores, met))
    return 4 if scores.absent else 0


def _read(console: Console, sources: list[str], store: object, jobs: int) -> None:
    from elshi.flow import Options, ingest_sources
    from elshi.store.embedded import EmbeddedStore
    from elshi.store.intake import IntoStore
    from elshi.store.moments import now
    from elshi.store.provenance import Run
    from elshi.store.quarantine import Quarantine

    assert isinstance(store, EmbeddedStore)
    intake = IntoStore(store, Quarantine(None), Run(now(), "evaluation", "elshi"), again=True)
    with console.bar("reading") as move:
        summary = ingest_sources(sources, intake, Options(jobs=jobs), tell=lambda outcome: move(outcome.name))
    console.say(str(summary))


def _figures(counts: Counts) -> dict[str, float]:
    return {"p": counts.precision, "r": counts.recall, "f1": counts.f1, "n": counts.wanted}


def _drawn(scores: Scores, met: Coreference) -> str:
    from elshi.queries.evaluation import ABOUT, SLOTS, Counts

    langs = scores.languages()
    lines = [f"{'slot':14}" + "".join(f"{x + ' P':>8}{'R':>6}{'F1':>6}{'n':>6}" for x in langs)]
    for slot in SLOTS:
        cells = [scores.counts.get((lang, slot), Counts()) for lang in langs]
        lines.append(f"{slot:14}" + "".join(f"{100 * c.precision:8.1f}{100 * c.recall:6.1f}{100 * c.f1:6.1f}{c.wanted:6d}" for c in cells))
    lines.append("macro F1 " + " ".join(f"{lang} {100 * scores.macro(lang):.1f}" for lang in langs))
    for slot in ABOUT:
        cells = [scores.themes.get((lang, slot), Counts()) for lang in langs]
        found = ", ".join(
            f"{lang} P {100 * c.precision:.1f} R {100 * c.recall:.1f} F1 {100 * c.f1:.1f}" for lang, c in zip(langs, cells, strict=True)
        )
        lines.append(f"topics of right {slot}: {found}")
    for counts, over in ((met.read, "that were read"), (met.told, "that gold tells of")):
        if counts.wanted:
            found = f"P {100 * counts.precision:.1f} R {100 * counts.recall:.1f} F1 {100 * counts.f1:.1f} n {counts.wanted}"
            lines.append(f"one event, one node: {found} (pairs of versions' events {over})")
    if scores.absent:
        lines.append("not in the graph: " + " ".join(scores.absent))
    return "\n".join(lines)

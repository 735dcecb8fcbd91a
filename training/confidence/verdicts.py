"""What was read of gold stories, each thing with its signals and whether gold states it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elshi.flow import Options, produce, read_sources
from elshi.ingest.confidence import Judgeable, kind_of, signals
from elshi.ingest.model import Reading, Release
from elshi.ontology.facts import fact_paths
from elshi.ontology.vocab import BASE_IRI
from elshi.queries.evaluation import judged
from elshi.queries.gold import read_gold
from elshi.store.base import open_writer
from elshi.store.intake import Product

__all__ = ["Verdict", "story_of", "truths", "verdicts"]

#: The slot of gold that judges a kind: a node may have a part in several, as an event has in the dates.
_SLOTS: Final = {
    "Person": "persons", "Organization": "organisations", "Place": "places", "Position": "positions", "Event": "events",
    "Cooperation": "cooperation", "Agreement": "agreements", "Statistic": "statistics", "StatedDate": "dates",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Something that was read, and whether it is so."""

    story: str
    kind: str
    signals: tuple[str, ...]
    right: bool


def verdicts(gold: Path, texts: Path | None = None) -> Iterator[Verdict]:
    """Read every version of the gold stories of a folder; what gold has no slot for is left out."""
    for reading, thing, right in truths(gold, texts):
        yield Verdict(story_of(reading), kind_of(thing), signals(thing, reading), right)


def truths(
    gold: Path, texts: Path | None = None, *, reads: Callable[[Release], Reading] | None = None
) -> Iterator[tuple[Reading, Judgeable, bool]]:
    """Everything that was read of the gold stories of a folder and that gold has a slot for, and whether it is so."""
    stories = read_gold(gold)
    names = [str((texts or gold) / f"{story['id']}.{lang}.txt") for story in stories for lang in story["versions"]]
    releases = [found for found in read_sources(names, Options()) if isinstance(found, Release)]
    made = [product for product in produce(releases, reads=reads) if isinstance(product, Product)]
    with open_writer("memory:") as store:
        for product in made:
            store.add(product.rows)
            store.add(product.authority)
        truth = {(verdict.graph, verdict.slot, verdict.node): verdict.right for verdict in judged(store, stories)}
    for product in made:
        for thing, node in _nodes(product.reading):
            right = truth.get((product.graph, _SLOTS[kind_of(thing)], node))
            if right is not None:
                yield product.reading, thing, right


def story_of(reading: Reading) -> str:
    """The story that a release is a version of."""
    return reading.release.source_name.partition(".")[0]


def _nodes(reading: Reading) -> Iterator[tuple[Judgeable, str]]:
    paths = fact_paths(reading)
    yield from ((entity, BASE_IRI + entity.key) for entity in reading.entities)
    for fact in (*reading.positions, *reading.events, *reading.cooperations, *reading.agreements, *reading.statistics, *reading.dates):
        yield fact, BASE_IRI + paths[type(fact).__name__, fact.id]

"""How well the rules read single sentences, against the facts that are marked in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Final

from elshi.ingest.annotate import annotate
from elshi.ingest.model import Reading, Release
from elshi.ingest.reader import LANGUAGES, load_reader
from elshi.ontology.vocab import EVENT_KINDS
from elshi.queries.evaluation import Counts

from ..corpus import Sentence
from .marked import DATA, NONE, Row, read_rows, sampled, sentences, spans_of

__all__ = ["SLOTS", "measure", "score"]

SLOTS: Final = ("events", "participants", "status", "status not held", "steps", "parties", "topics")
#: The day of issue that every sentence is read with; the corpus was written as of it.
ISSUED: Final = "2026-03-04"


def measure(folder: Path = DATA, *, sample: bool = True) -> dict[tuple[str, str], Counts]:
    """Return what was found per language and slot in the sample or in the chosen sentences, each read as a release of its own."""
    there, rows = sentences(folder), defaultdict[tuple[str, int], list[Row]](list)
    for row in read_rows(folder):
        if sampled(row.file, row.line) is sample:
            rows[row.file, row.line].append(row)
    counts = {(lang, slot): Counts() for lang in LANGUAGES for slot in SLOTS}
    for (file, line), marked in rows.items():
        lang = file.split("-")[0]
        for slot, found in score(_read(lang, there[file, line]), there[file, line], marked).items():
            counts[lang, slot] = counts[lang, slot].plus(found)
    return counts


def _read(lang: str, sentence: Sentence) -> Reading:
    release = Release("marked", lang, "", sentence.text, "", "marked.txt", issued=ISSUED)
    return annotate(release, load_reader(lang))


def score(reading: Reading, sentence: Sentence, marked: list[Row]) -> dict[str, Counts]:
    """Return what a reading found of what is marked, slot by slot.

    Kinds, kinds with their status and steps count as often as they are stated; who takes part in an event or is bound by a commitment
    counts once a sentence, and is found where something read of him lies on his name.
    """
    events, bonds = [row for row in marked if row.kind in EVENT_KINDS], [row for row in marked if row.step != NONE]
    pacts = (*reading.cooperations, *reading.agreements)
    states, read = [(row.kind, row.status) for row in events], [(event.kind, event.status) for event in reading.events]
    topics = {subject.topic for subject in reading.subjects}.union(*(fact.topics for fact in (*reading.events, *pacts)))
    return {
        "events": _listed((kind for kind, _ in read), (kind for kind, _ in states)),
        "participants": _actors(reading, sentence, {key for event in reading.events for key in event.participants}, events),
        "status": _listed(read, states),
        "status not held": _listed((r for r in read if r[1] != "held"), (s for s in states if s[1] != "held")),
        "steps": _listed((pact.commitment for pact in pacts), (row.step for row in bonds)),
        "parties": _actors(reading, sentence, {key for pact in pacts for key in pact.parties}, bonds),
        "topics": _listed(topics, {topic for row in marked for topic in row.topics}),
    }


def _listed(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> Counts:
    read, gold = Counter(found), Counter(wanted)
    return Counts((read & gold).total(), read.total(), gold.total())


def _actors(reading: Reading, sentence: Sentence, keys: set[str], rows: Iterable[Row]) -> Counts:
    lying = [[(m.start, m.end) for m in entity.mentions] for entity in reading.entities if entity.key in keys]
    names = [spans_of(sentence, name) for name in {name for row in rows for name in row.participants}]
    hits, left = 0, list(names)
    for own in lying:
        met = next((spans for spans in left if any(start < to and since < end for start, end in own for since, to in spans)), None)
        if met:
            left.remove(met)
            hits += 1
    return Counts(hits, len(lying), len(names))

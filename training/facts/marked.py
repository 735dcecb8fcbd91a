"""Sentences of the corpus whose facts are marked: the rows of training/data/facts.tsv, and what is wrong with them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elshi.ontology.scheme import concepts
from elshi.ontology.vocab import EVENT_KINDS, STATUSES

from ..corpus import Sentence, parse_line

__all__ = ["DATA", "NONE", "FactsError", "Row", "problems", "read_rows", "sampled", "sentences", "spans_of"]

DATA: Final = Path(__file__).parents[1] / "data"
COLUMNS: Final = ["file", "line", "kind", "participants", "status", "step", "topics"]
#: The sample: of each file of a language every so manieth line, from line 5.
EVERY: Final[Mapping[str, int]] = {"kk": 12, "ru": 9, "en": 9}
FIRST: Final = 5
#: The steps that a kind of commitment may stand on: a document nobody has bound himself to is none.
STEPS: Final[Mapping[str, frozenset[str]]] = {
    "Cooperation": frozenset(concepts("commitment")), "Agreement": frozenset({"planned", "agreed", "signed", "existing"}),
}  # fmt: skip
#: Which marked names can take part.
ACTORS: Final = frozenset({"PERSON", "ORGANISATION", "GPE"})
NONE: Final = "-"


class FactsError(ValueError):
    """The file of facts is no table of the columns it should have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event or commitment that a sentence states, or, of kind `-`, that it states none."""

    file: str
    line: int
    kind: str
    participants: tuple[str, ...]  # as the sentence writes them
    status: str  # of an event
    step: str  # of a commitment
    topics: tuple[str, ...]


def read_rows(folder: Path = DATA) -> list[Row]:
    """Return the rows of a folder's facts.tsv; raises FactsError where it is no such table."""
    with (folder / "facts.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        if (head := next(table, [])) != COLUMNS:
            raise FactsError(f"facts.tsv: columns {head}, not {COLUMNS}")
        return [_row(cells) for cells in table]


def _row(cells: list[str]) -> Row:
    if len(cells) != len(COLUMNS) or not all(cells) or not cells[1].isdecimal():
        raise FactsError(f"facts.tsv: no row of {len(COLUMNS)} filled cells, the second a number: {cells}")
    file, line, kind, participants, status, step, topics = cells
    return Row(file, int(line), kind, _listed(participants, "; "), status, step, _listed(topics, " "))


def _listed(cell: str, mark: str) -> tuple[str, ...]:
    return () if cell == NONE else tuple(cell.split(mark))


def sentences(folder: Path = DATA) -> dict[tuple[str, int], Sentence]:
    """Return the sentences of a folder's corpus by file and line."""
    return {
        (path.name, number): parse_line(line.strip())
        for path in sorted(folder.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    }


def sampled(file: str, line: int) -> bool:
    """Tell whether a line is one of the sample, drawn by its number alone; the other marked ones were chosen by their words."""
    every = EVERY.get(file.split("-")[0])
    return every is not None and line % every == FIRST % every


def spans_of(sentence: Sentence, name: str) -> list[tuple[int, int]]:
    """Return where a sentence marks a name of someone who can take part."""
    return [(start, end) for start, end, label in sentence.spans if label in ACTORS and sentence.text[start:end] == name]


def problems(folder: Path = DATA) -> Iterator[str]:
    """Yield every fault in the facts of a folder."""
    there, rows = sentences(folder), defaultdict[tuple[str, int], list[Row]](list)
    for row in read_rows(folder):
        rows[row.file, row.line].append(row)
    for at, said in rows.items():
        where = f"facts.tsv: {at[0]}:{at[1]}"
        if at not in there:
            yield f"{where}: no such sentence"
            continue
        if len(said) > 1 and any(row.kind == NONE for row in said):
            yield f"{where}: states nothing, and yet something"
        yield from (f"{where}: stated {count} times: {row.kind}" for row, count in Counter(said).items() if count > 1)
        yield from (f"{where}: {fault}" for row in said for fault in _faults(row, there[at]))
    yield from (
        f"facts.tsv: {file}:{line}: of the sample, and not marked"
        for file, line in there
        if sampled(file, line) and (file, line) not in rows
    )


def _faults(row: Row, sentence: Sentence) -> Iterator[str]:
    statuses = set(STATUSES) if row.kind in EVENT_KINDS else {NONE}
    steps = STEPS.get(row.kind, {NONE})
    if row.kind not in {*EVENT_KINDS, *STEPS, NONE}:
        yield f"unknown kind {row.kind!r}"
    if row.status not in statuses:
        yield f"status {row.status!r} of {row.kind}: one of {sorted(statuses)}"
    if row.step not in steps:
        yield f"step {row.step!r} of {row.kind}: one of {sorted(steps)}"
    if row.kind == NONE and row.participants:
        yield "somebody takes part in nothing"
    yield from (f"{name!r} is no person, body or country marked in it" for name in row.participants if not spans_of(sentence, name))
    yield from (f"unknown topic {topic!r}" for topic in row.topics if topic not in concepts("topic"))
    yield from (f"listed twice: {', '.join(cell)}" for cell in (row.participants, row.topics) if len(set(cell)) < len(cell))

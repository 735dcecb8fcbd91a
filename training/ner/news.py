"""News in Russian and English, labelled by others: cut into sentences, places told apart, what is doubtful left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from elshi.ingest.languages import ru

from .labelled import UNKNOWN, Labelled, Span, from_tokens, iob_spans, read_lines
from .names import rows

__all__ = ["english", "factrueval", "taught_sentences", "wide_places"]

_NATURE = re.compile(r"(?i)\b(?:мор[ея]|озер|оз[её]р|рек[аиеу]|океан|остров|гор[аы]|пустын|пролив|залив|полуостров|хреб)")
_PLACES = frozenset(("LOC", "GPE_LOC", "GPE"))


def wide_places(tables: Path) -> frozenset[str]:
    """Return the regions of the world, in lower case: what is no state's and no state's part."""
    return frozenset(name.lower() for row in rows(tables / "regions.tsv") if not row["country"] for name in row["ru"].split("|"))


def taught_sentences(records: Iterable[dict[str, Any]], nlp: Language, wide: frozenset[str]) -> list[Labelled]:
    """Return the sentences that teacher.py labelled."""
    names = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOC"}
    found: list[Labelled] = []
    for record in records:
        found += _sentences(nlp(record["text"]), [(s, e, names[label]) for s, e, label, _ in record["spans"]], wide)
    return found


def factrueval(path: Path, nlp: Language, wide: frozenset[str]) -> list[Labelled]:
    """Return the sentences of factRuEval; descriptions without a name are no names, what has two labels is unknown."""
    found: list[Labelled] = []
    for record in read_lines(path):
        named = [(e["start"], e["end"], e["label"]) for e in record["entities"] if e["named"]]
        found += _sentences(nlp(record["text"]), list(_flat(named)), wide)
    return found


def _flat(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the outer ones of spans that overlap, in order."""
    end = 0
    for start, stop in sorted({(s, e) for s, e, _ in spans}, key=lambda span: (span[0], -span[1])):
        if start < end:
            continue
        labels = {label for s, e, label in spans if (s, e) == (start, stop)}
        label = next(iter(labels)) if len(labels) == 1 else "GPE" if labels & _PLACES and "PERSON" not in labels else UNKNOWN
        yield start, stop, label
        end = stop


def _sentences(doc: Doc, spans: Sequence[Span], wide: frozenset[str]) -> Iterator[Labelled]:
    for sent in doc.sents:
        text = sent.text.strip()
        if "\n" in text or not text:
            continue
        start = sent.start_char + len(sent.text) - len(sent.text.lstrip())
        inside = [(s, e, _place(doc, s, e, wide) if label in _PLACES else label) for s, e, label in spans if start <= s < start + len(text)]
        if all(e <= start + len(text) for _, e, _ in inside):
            yield Labelled(text, tuple((s - start, e - start, label) for s, e, label in inside))


def _place(doc: Doc, start: int, end: int, wide: frozenset[str]) -> str:
    tokens = doc.char_span(start, end, alignment_mode="expand")
    name = ru.nominative(list(tokens)).lower() if tokens is not None else ""
    return "LOCATION" if name in wide or _NATURE.search(name) else "GPE"


def english(paths: Iterable[Path]) -> list[Labelled]:
    """Return the sentences of GUM and UNER."""
    return [from_tokens(record["tokens"], iob_spans(record["tags"]), "en") for path in paths for record in read_lines(path)]

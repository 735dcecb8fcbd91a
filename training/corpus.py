"""Annotated training sentences: `[Льеж университеті|ORGANISATION] [2026 жылы|DATE] ашты.`

Usage: python training/corpus.py check training/data/*.txt
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LABELS", "CorpusError", "Sentence", "Span", "parse_line", "problems", "read_corpus"]

LABELS = (
    "PERSON", "POSITION", "ORGANISATION", "GPE", "LOCATION", "FACILITY",
    "EVENT", "PROJECT", "LAW", "DATE",
)  # fmt: skip

#: Half-open character range in Sentence.text, and its label.
Span = tuple[int, int, str]

_MARK = re.compile(r"\[([^][|]*)\|([^][|]*)\]")
_WORD = re.compile(r"[^\W\d_]+")


class CorpusError(ValueError):
    """A line of the corpus breaks the inline format."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A plain sentence and the labelled spans in it, in order and never nested."""

    text: str
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        for start, end, label in self.spans:
            name = self.text[start:end]
            if label not in LABELS:
                raise CorpusError(f"unknown label {label!r} on {name!r}: use one of {LABELS}")
            if not name.strip():
                raise CorpusError(f"empty {label} span at {start}: remove it")
            if name != name.strip():
                raise CorpusError(f"blank at the edge of {label} {name!r}: move it outside")


def parse_line(line: str) -> Sentence:
    """Return the sentence that one annotated line draws.

    >>> parse_line("[Астанада|GPE] өтті.")
    Sentence(text='Астанада өтті.', spans=((0, 8, 'GPE'),))

    Raises CorpusError when a bracket, a label or a span is malformed.
    """
    text, spans, done = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        done = mark.end()
    text += line[done:]
    if stray := re.search(r"[][|]", text):
        raise CorpusError(f"stray {stray[0]!r} near {text[max(0, stray.start() - 20) :][:40]!r}")
    return Sentence(text, tuple(spans))


def read_corpus(paths: Iterable[Path]) -> Iterator[Sentence]:
    """Yield the sentences of all files; blank lines are skipped.

    Raises CorpusError, naming file and line, at the first malformed line.
    """
    for path, number, line in _lines(paths):
        try:
            yield parse_line(line)
        except CorpusError as error:
            raise CorpusError(f"{path}:{number}: {error}") from error


def problems(paths: Iterable[Path], counts: Counter[str] | None = None) -> Iterator[str]:
    """Yield every fault in the files; add sentences and labels to counts on the way."""
    counts = Counter() if counts is None else counts
    seen: dict[str, str] = {}
    for path, number, line in _lines(paths):
        where = f"{path}:{number}"
        try:
            sentence = parse_line(line)
        except CorpusError as error:
            yield f"{where}: {error}"
            continue
        counts["sentences"] += 1
        counts["without spans"] += not sentence.spans
        counts.update(label for _, _, label in sentence.spans)
        if first := seen.get(sentence.text):
            yield f"{where}: duplicate of {first}"
        seen.setdefault(sentence.text, where)
        for word in _mixed_words(sentence.text):
            yield f"{where}: Latin and Cyrillic letters in one word: {word!r}"


def _lines(paths: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield path, number, line.strip()


def _mixed_words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if {"LATIN", "CYRILLIC"} <= scripts:
            yield word


def _main(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[0] != "check":
        print(__doc__, file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    faults = list(problems(map(Path, arguments[1:]), counts))
    for fault in faults:
        print(fault)
    for key in ("sentences", "without spans", *LABELS):
        print(f"{key:14}{counts[key]:7}", file=sys.stderr)
    print(f"{len(faults)} problems", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))

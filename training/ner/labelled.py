"""Sentences with names marked: the one shape that every training source is read into."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..corpus import LABELS, read_corpus

__all__ = ["Labelled", "from_tokens", "iob_spans", "own", "read_lines"]

#: Half-open character range, and its label; the label ? says that nobody knows what names are inside.
Span = tuple[int, int, str]

UNKNOWN = "?"
#: Of every hundred lines of a corpus file the last ten are kept for measuring; neighbours tell one story, so lines are not drawn at random.
_KEPT = 10

_NO_BLANK_BEFORE = re.compile(r"[,.:;!?…%»”)\]]+$|^-[а-яәғқңөұүһі]+$")
_NO_BLANK_AFTER = frozenset("«“([")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the names in it, in order and never nested."""

    text: str
    spans: tuple[Span, ...] = ()

    def with_text(self, start: int, end: int, text: str) -> Labelled:
        """Return it with a stretch rewritten; spans that the stretch touches must contain it or lie in it."""
        shift = len(text) - (end - start)
        moved = tuple((s if s <= start else s + shift, e + shift if e >= end else e, label) for s, e, label in self.spans)
        return Labelled(self.text[:start] + text + self.text[end:], moved)

    def only(self, labels: Iterable[str]) -> Labelled:
        """Return it without the spans of other labels; doubtful ones stay."""
        kept = {*labels, UNKNOWN}
        return Labelled(self.text, tuple(span for span in self.spans if span[2] in kept))

    def joined(self, other: Labelled) -> Labelled:
        """Return both as one paragraph."""
        shift = len(self.text) + 1
        return Labelled(f"{self.text} {other.text}", (*self.spans, *((s + shift, e + shift, label) for s, e, label in other.spans)))


def own(folder: Path, lang: str) -> tuple[list[Labelled], list[Labelled]]:
    """Return the project's own sentences of a language, to train on and to measure with."""
    train: list[Labelled] = []
    kept: list[Labelled] = []
    for path in sorted(folder.glob(f"{lang}-*.txt")):
        found = [Labelled(sentence.text, sentence.spans) for sentence in read_corpus([path])]
        cut = len(found) - len(found) * _KEPT // 100
        train += found[:cut]
        kept += found[cut:]
    if not train:
        raise SystemExit(f"no {lang}-*.txt in {folder}")
    return train, kept


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def iob_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the token ranges that IOB tags draw.

    >>> list(iob_spans(["O", "B-PERSON", "I-PERSON", "B-GPE"]))
    [(1, 3, 'PERSON'), (3, 4, 'GPE')]
    """
    start = 0
    for i, tag in enumerate([*tags, "O"]):
        before = tags[i - 1] if i else "O"
        if not tag.startswith("I-") and before != "O":
            yield start, i, before[2:]
        if tag.startswith("B-"):
            start = i


def from_tokens(tokens: Sequence[str], spans: Iterable[Span], lang: str = "kk", labels: Collection[str] | None = LABELS) -> Labelled:
    """Return a text in which tokens stand as in print; other labels than those asked for and ? are dropped. English hyphens are tokens.

    >>> from_tokens(["(", "Астана", ")", "."], [(1, 2, "GPE")])
    Labelled(text='(Астана).', spans=((1, 7, 'GPE'),))
    """
    text, places = "", []
    quoted = False
    hyphens = {i for i, token in enumerate(tokens) if token == "-" and 0 < i < len(tokens) - 1}
    for i, token in enumerate(tokens):
        glued = not i or bool(_NO_BLANK_BEFORE.search(token)) or tokens[i - 1] in _NO_BLANK_AFTER or (token == '"' and quoted)
        glued = glued or (i > 0 and tokens[i - 1] == '"' and quoted) or (lang == "en" and bool({i, i - 1} & hyphens))
        quoted = quoted != (token == '"')
        text += token if glued else " " + token
        places.append((len(text) - len(token), len(text)))
    marked = ((places[s][0], places[e - 1][1], label) for s, e, label in spans if labels is None or label in labels or label == UNKNOWN)
    return Labelled(text, tuple(marked))

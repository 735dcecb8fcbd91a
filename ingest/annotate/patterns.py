"""Word patterns kept in tables: what a lexicon row means, and where it occurs in a text."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from ahocorasick_rs import AhoCorasick

from elshi import ElshiError, resource
from elshi.ingest.annotate.wording import OPENING, Wording, is_letter

__all__ = ["Hit", "PatternTable", "Text", "fold", "longest", "read_table"]

_WORD: Final = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
#: Letters of a word by which patterns that may begin there are looked up, and what stands before them.
_HEAD: Final = 8
_OPEN: Final = re.compile(r"(?<!\w)\w")
_MARK: Final = "\0"
_PLACE: Final = attrgetter("place")


def fold(text: str) -> str:
    """Lower-case a text letter by letter, ё as е, so that every offset stays what it was.

    >>> fold("Посол Её Величества")
    'посол ее величества'
    """
    whole = text.lower()
    if len(whole) != len(text) or "Σ" in text:  # some capitals become two letters, or another one at the end of a word
        whole = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return whole.replace("ё", "е")


def read_table(lang: str, name: str) -> list[dict[str, str]]:
    """Rows of `data/lexicons/<lang>/<name>.tsv`: a header, `#` comments, tabs; empty cells may be left off."""
    path = resource(f"data/lexicons/{lang}/{name}.tsv")
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise ElshiError(f"no lexicon {name} for {lang}: the package lacks data/lexicons/{lang}/{name}.tsv; install it again") from None
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of folded text that a row's pattern covers."""

    start: int
    end: int
    row: Mapping[str, str]

    @property
    def key(self) -> str:
        """The row's first cell: what the pattern stands for."""
        return next(iter(self.row.values()))


class Text(str):
    """A folded text that keeps in mind where its words begin and what tables found in it."""

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """The stretches of all words."""
        return [word.span() for word in _WORD.finditer(self)]

    @cached_property
    def heads(self) -> tuple[str, dict[int, list[int]]]:
        """The first letters of all words and of what stands behind their hyphens, each once, and where those at an offset begin."""
        found: dict[str, list[int]] = {}
        for first, last in self.words:
            for at in _beginnings(self, first, last):
                if not (at and is_letter(self[at - 1])):
                    found.setdefault(self[at : min(at + _HEAD, last)], []).append(at)
        places, offset = {}, 0
        for head, begins in found.items():
            places[offset] = begins
            offset += len(head) + 1
        return _MARK + _MARK.join(found), places

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first letters, one or more, of whatever stands behind what is no letter."""
        longest = {self[at : at + OPENING] for at in map(re.Match.start, _OPEN.finditer(self))}
        return frozenset(letters[:n] for letters in longest for n in range(1, OPENING + 1))

    @cached_property
    def searched(self) -> dict[PatternTable, _Search]:
        """What the tables found."""
        return {}

    def within_word(self, offset: int) -> int | None:
        """The first letter from an offset on that lies inside a word, behind its beginning."""
        if not offset or self[offset - 1].isspace():
            return None
        i = bisect_left(self.words, (offset,)) - 1
        rest = _WORD.search(self, offset, self.words[i][1]) if i >= 0 and self.words[i][1] > offset else None
        return rest.start() if rest else None


class PatternTable:
    """Patterns of one table, found in a text in one pass over its words.

    A pattern is words of folded text. `*` ends a word in any way, `(a|b)` gives a choice, `..N` leaves out up to N words:
    `кездесу* өткіз*`, `(ресми|мемлекеттік) сапармен ..2 (кел|бар)*`.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], column: str = "pattern") -> None:
        self._beginning: dict[str, list[Wording]] = {}
        patterns = ((fold(pattern.strip()), row) for row in rows for pattern in row[column].split(";") if pattern.strip())
        for place, (pattern, row) in enumerate(patterns):
            found = Wording(pattern, row, place)
            for letters in {_head(literal) for literal in found.literals}:
                self._beginning.setdefault(_MARK + letters, []).append(found)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[list[Wording]]]:
        return AhoCorasick(list(self._beginning)), list(self._beginning.values())

    def beginning(self, heads: str) -> dict[int, list[Wording]]:
        """The patterns that may begin behind the mark at an offset, in the order of the table."""
        automaton, patterns = self._automaton
        found: dict[int, list[Wording]] = {}
        for which, start, _ in automaton.find_matches_as_indexes(heads, overlapping=True):
            before = found.get(start)
            found[start] = patterns[which] if before is None else sorted({*before, *patterns[which]}, key=_PLACE)
        return found

    def at(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """Every row that matches from `start` on, within `end`."""
        if start < len(folded) and not (start and is_letter(folded[start - 1])):
            near = self.beginning(_MARK + folded[start : start + _HEAD]).get(0, ())
            yield from _hits([pattern for pattern in near if pattern.may_match(folded, start, end)], folded, start, end)

    def every(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """All hits, overlapping ones too, in the order of their start."""
        text = folded if isinstance(folded, Text) else Text(folded)
        search = text.searched.get(self)
        if search is None:
            search = text.searched[self] = _Search(self, text)
        return iter(search.within(start, len(text) if end is None else end))

    def longest(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Hits without overlaps: the leftmost, then the longest, then the first in the table."""
        return longest(self.every(folded, start, end))


class _Search:
    """What a table finds in a text: the patterns that may match, looked up once, and the hits of every stretch asked for."""

    def __init__(self, table: PatternTable, text: Text) -> None:
        self._table, self._text = table, text
        self._hits: dict[tuple[int, int], tuple[Hit, ...]] = {}
        self._patterns: dict[int, list[Wording]] = {}
        heads, places = text.heads
        beginning = table.beginning(heads)
        openings = text.openings if beginning else frozenset()
        for offset, patterns in beginning.items():
            likely = [(pattern, later) for pattern in patterns if (later := pattern.later(openings)) is not None]
            for at in places[offset] if likely else ():
                line = text.find("\n", at)  # no pattern goes beyond its line
                if some := [pattern for pattern, later in likely if pattern.may_match(text, at, line if line >= 0 else len(text), later)]:
                    self._patterns[at] = some
        self._starts = sorted(self._patterns)

    def within(self, start: int, stop: int) -> tuple[Hit, ...]:
        """The hits of a stretch."""
        known = self._hits.get((start, stop))
        if known is None:
            known = self._hits[start, stop] = tuple(self._found(start, stop))
        return known

    def _found(self, start: int, stop: int) -> Iterator[Hit]:
        inside = self._text.within_word(start)  # a stretch may begin inside a word, and what it holds of it is then one
        if inside is not None and inside < stop:
            yield from self._table.at(self._text, inside, stop)
            start = inside + 1
        for at in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]:
            yield from _hits(self._patterns[at], self._text, at, stop)


def _hits(patterns: Iterable[Wording], text: str, start: int, stop: int) -> Iterator[Hit]:
    for pattern in patterns:
        end = pattern.end(text, start, stop)
        if end > start:
            yield Hit(start, end, pattern.row)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in the order of a table those that do not overlap: the leftmost, then the longest, then the first."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found


def _beginnings(text: str, first: int, last: int) -> Iterator[int]:
    """Where a word begins, and where it goes on behind a hyphen."""
    yield first
    hyphen = text.find("-", first, last)
    while hyphen >= 0:
        yield hyphen + 1
        hyphen = text.find("-", hyphen + 1, last)


def _head(literal: str) -> str:
    """The letters by which what begins with a literal is looked up: no more of it than its first word."""
    word = _WORD.match(literal)
    return (word[0] if word else literal)[:_HEAD]

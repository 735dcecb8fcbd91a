"""Word patterns kept in tables: what a lexicon row means, and where it occurs in a text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from elshi import ElshiError, resource

__all__ = ["Hit", "PatternTable", "fold", "longest", "read_table"]

#: Between two words of a pattern: blanks and quotes, on one line.
_BETWEEN: Final = r"[ \t\u00a0«»\"“”„]+"
#: What `*` stands for: the rest of a word, a hyphenated suffix included.
_REST: Final = r"[\w’'-]*"
_GAP: Final = r"(?:[^\w\n.;:!?]+[\w’'-]+){{0,{n}}}?[^\w\n.;:!?]+"
_WORD: Final = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
_PIECE: Final = re.compile(r"(?:\([^()]*\)|[^\s()])+")
_INDEX: Final = 3
_REMEMBERED: Final = 5_000


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


class _Pattern:
    """A pattern of a row, compiled once it may match: of thousands, a release meets few."""

    __slots__ = ("_compiled", "_text", "literals", "row")

    def __init__(self, text: str, literals: tuple[str, ...], row: Mapping[str, str]) -> None:
        self._text, self.literals, self.row = text, literals, row
        self._compiled: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(_regex(self._text))
        return self._compiled


class PatternTable:
    """Patterns of one table, found in a text in one pass over its words.

    A pattern is words of folded text. `*` ends a word in any way, `(a|b)` gives a choice, `..N` leaves out up to N words:
    `кездесу* өткіз*`, `(ресми|мемлекеттік) сапармен ..2 (кел|бар)*`.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], column: str = "pattern") -> None:
        self._first: dict[str, list[_Pattern]] = {}
        self._near: dict[str, list[_Pattern]] = {}  # what was looked for before
        for row in rows:
            for pattern in filter(None, map(str.strip, row[column].split(";"))):
                self._add(fold(pattern), row)

    def _add(self, pattern: str, row: Mapping[str, str]) -> None:
        first = _pieces(pattern)[0]
        found = _Pattern(pattern, _literals(first), row)
        for opening in _openings(first):
            self._first.setdefault(opening[:_INDEX], []).append(found)

    def at(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """Every row that matches from `start` on, within `end`."""
        for pattern in self._beginning(folded[start : start + _INDEX]):
            if folded.startswith(pattern.literals, start):
                match = pattern.compiled().match(folded, start, end)
                if match and match.end() > start:
                    yield Hit(start, match.end(), pattern.row)

    def _beginning(self, letters: str) -> Sequence[_Pattern]:
        """The patterns that may match where these letters stand."""
        known = self._near.get(letters)
        if known is None:
            known = [pattern for width in range(1, _INDEX + 1) for pattern in self._first.get(letters[:width], ())]
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            self._near[letters] = known
        return known

    def every(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """All hits, overlapping ones too, in the order of their start."""
        stop = len(folded) if end is None else end
        for word in _WORD.finditer(folded, start, stop):
            first, last = word.span()
            if self._beginning(folded[first : first + _INDEX]):
                yield from self.at(folded, first, stop)
            hyphen = folded.find("-", first, last)
            while hyphen >= 0:
                yield from self.at(folded, hyphen + 1, stop)
                hyphen = folded.find("-", hyphen + 1, last)

    def longest(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Hits without overlaps: the leftmost, then the longest, then the first in the table."""
        return longest(self.every(folded, start, end))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in the order of a table those that do not overlap: the leftmost, then the longest, then the first."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found


@cache
def _regex(pattern: str) -> str:
    out, after_gap = [r"(?<!\w)"], True
    for word in _pieces(pattern):
        if word.startswith(".."):
            out.append(_GAP.format(n=int(word[2:] or 3)))
            after_gap = True
            continue
        out.append(("" if after_gap else _BETWEEN) + _word(word))
        after_gap = False
    return "".join(out) + r"(?!\w)"


def _pieces(pattern: str) -> list[str]:
    """The words of a pattern; a choice in brackets is one, with whatever blanks it holds."""
    return _PIECE.findall(pattern)


def _word(word: str) -> str:
    special = {"*": _REST, " ": _BETWEEN} | {c: c for c in "()|"}
    escaped = "".join(special.get(c) or re.escape(c) for c in word)
    return re.sub(r"\((?!\?)", "(?:", escaped if "(" in word or "|" not in word else f"({escaped})")


def _openings(word: str) -> set[str]:
    """The literal beginnings a first word can have."""
    group = re.match(r"\(([^)]*)\)(.*)", word)
    choices = [c + group[2] for c in group[1].split("|")] if group else word.split("|")
    return {choice.split("*")[0].replace("(", "") for choice in choices}


def _literals(word: str) -> tuple[str, ...]:
    """What a text must begin with, one of these, for a first word to match."""
    group = re.match(r"\(([^()]*)\)", word)
    choices = group[1].split("|") if group else [word] if "(" in word else word.split("|")
    return tuple({re.split(r"[*(| ]", choice)[0] for choice in choices})

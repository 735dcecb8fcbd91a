"""A release's text cut into passages, so that names can be marked in it and sentences can be led to the facts they state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

__all__ = ["Passage", "Piece", "Span", "passages"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is about something: `text[start:end]`."""

    start: int
    end: int
    about: str  # an IRI


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that names one thing, or nothing."""

    text: str
    names: str = ""  # an IRI


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that states the same facts throughout."""

    pieces: tuple[Piece, ...]
    facts: tuple[str, ...] = ()  # IRIs
    ends: frozenset[str] = frozenset()  # of those, the ones whose evidence ends here

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return "".join(piece.text for piece in self.pieces)


def passages(text: str, names: Sequence[Span], facts: Sequence[Span]) -> list[Passage]:
    """Cut a text where the facts that it states change; of names inside each other, the outermost is marked.

    >>> [(p.text, p.facts) for p in passages("Ana left. Bo met Cy.", [Span(0, 3, "ana")], [Span(10, 20, "met")])]
    [('Ana left. ', ()), ('Bo met Cy.', ('met',))]
    """
    outer = _outermost(names)
    cuts = sorted({0, len(text), *(place for span in (*outer, *facts) for place in (span.start, span.end) if 0 <= place <= len(text))})
    cells = [(start, end, _over(facts, start, end)) for start, end in pairwise(cuts)]
    return [_passage(text, list(run), outer, facts) for _, run in groupby(cells, key=lambda cell: cell[2])]


def _passage(text: str, cells: list[tuple[int, int, tuple[str, ...]]], names: Sequence[Span], facts: Sequence[Span]) -> Passage:
    stated, end = cells[0][2], cells[-1][1]
    return Passage(
        tuple(_pieces(text, cells, names)), stated, frozenset(span.about for span in facts if span.end == end and span.about in stated)
    )


def _pieces(text: str, cells: list[tuple[int, int, tuple[str, ...]]], names: Sequence[Span]) -> Iterator[Piece]:
    named = [(start, end, next(iter(_over(names, start, end)), "")) for start, end, _ in cells]
    for about, run in groupby(named, key=lambda cell: cell[2]):
        found = list(run)
        yield Piece(text[found[0][0] : found[-1][1]], about)


def _over(spans: Sequence[Span], start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.about for span in spans if span.start <= start and end <= span.end))


def _outermost(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept

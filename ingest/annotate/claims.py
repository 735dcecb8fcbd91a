"""Stretches of one document that have been taken for something: first come, first served."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from elshi.ingest.annotate.document import Document, Span

__all__ = ["Claims"]


class Claims:
    """Spans without overlaps, in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._tokens: set[int] = set()

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def is_free(self, start: int, end: int) -> bool:
        """Does no claimed span touch the stretch?"""
        at = bisect_left(self._starts, end)
        return not any(s.end > start for s in self._spans[max(0, at - 1) : at])

    def add(self, span: Span) -> bool:
        """Claim a span; False where something else stands there already."""
        if span.start >= span.end or not self.is_free(span.start, span.end):
            return False
        insort(self._spans, span, key=lambda s: s.start)
        insort(self._starts, span.start)
        self._tokens.update(t.i for t in self._document.tokens(span.start, span.end))
        return True

    def add_all(self, spans: Iterable[Span]) -> None:
        """Claim what can be claimed of several spans, the longer ones first."""
        for span in sorted(spans, key=lambda s: (-(s.end - s.start), s.start)):
            self.add(span)

    def replace(self, old: Span, new: Span) -> None:
        """Put a span in the place of one that it contains or corrects."""
        at = self._spans.index(old)
        del self._spans[at], self._starts[at]
        if not self.add(new):
            self.add(old)

    @property
    def taken(self) -> frozenset[int]:
        """Indices of the tokens that lie in claimed spans."""
        return frozenset(self._tokens)

    def within(self, start: int, end: int) -> list[Span]:
        """The spans that begin in a stretch."""
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

"""What is to be added to a store and waits to be written together: in bulk that takes half of what it takes graph by graph."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from elshi.store.base import is_past

__all__ = ["Waiting"]


class Waiting:
    """Lines of N-Quads by their named graph, each once, none of which the store holds yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._whole: dict[str, dict[str, None]] = {}  # graphs that the store knows nothing of
        self._more: dict[str, dict[str, None]] = {}  # what others are to hold too

    def __len__(self) -> int:
        return sum(map(len, chain(self._whole.values(), self._more.values())))

    def whole(self, graph: str) -> list[str] | None:
        """Return the lines of a graph all of which waits, None where there is more of it or none."""
        lines = self._whole.get(graph)
        return None if lines is None else list(lines)

    def touches(self, graph: str) -> bool:
        """Tell whether something of a graph waits that is not all of it."""
        return graph in self._more

    def put(self, graph: str, lines: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Let a graph that the store knows nothing of hold exactly these lines; return the triples that this adds and takes away."""
        old, new = self._whole.pop(graph, {}), dict.fromkeys(lines)
        if new:
            self._whole[graph] = new
        end = -len(f" <{graph}> .\n")
        added, removed = (frozenset(f"{line[:end]} ." for line in some) for some in (new.keys() - old.keys(), old.keys() - new.keys()))
        return added, removed

    def add(self, graph: str, line: str) -> bool:
        """Let a line wait; tell whether it did not yet."""
        lines = self._whole[graph] if graph in self._whole else self._more.setdefault(graph, {})
        new = line not in lines
        lines[line] = None
        return new

    def discard(self, graph: str, line: str) -> bool:
        """Let a line wait no longer; tell whether it did."""
        lines = self._whole.get(graph) or self._more.get(graph) or {}
        waited = line in lines
        if waited:
            del lines[line]
        return waited

    def remove(self, graph: str) -> bool:
        """Let nothing of a graph wait any more; tell whether something did."""
        return bool(self._whole.pop(graph, None)) | bool(self._more.pop(graph, None))

    def rows(self) -> str:
        """Return everything that waits as N-Quads, what the default graph is to hold of it among them."""
        merged: dict[str, None] = {}
        for graph, lines in chain(self._whole.items(), self._more.items()):
            if not is_past(graph):
                end = -len(f" <{graph}> .\n")
                merged.update((f"{line[:end]} .\n", None) for line in lines)
        return "".join(chain(*self._whole.values(), *self._more.values(), merged))

    def clear(self) -> None:
        """Let nothing wait any more."""
        self._whole.clear()
        self._more.clear()

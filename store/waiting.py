"""What is to be written to a store and waits to be written together: in bulk that takes half of what it takes graph by graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from elshi.store.base import is_past
from elshi.store.canonical import cut

__all__ = ["Waiting"]


class Waiting:
    """Lines of N-Quads by their named graph: what the store does not hold yet, and how graphs that it holds are to turn out."""

    def __init__(self) -> None:
        """Begin with none."""
        self._whole: dict[str, dict[str, None] | str] = {}  # graphs that the store knows nothing of; text until lines are asked for
        self._more: dict[str, dict[str, None]] = {}  # what others are to hold too
        self._turned: dict[str, tuple[set[str], set[str]]] = {}  # what others again are to hold too, and what no more

    def __len__(self) -> int:
        whole = (lines.count("\n") if isinstance(lines, str) else len(lines) for lines in self._whole.values())
        return sum(whole) + sum(map(len, chain(self._more.values(), *self._turned.values())))

    def whole(self, graph: str) -> list[str] | None:
        """Return the lines of a graph all of which waits, None where there is more of it or none."""
        lines = self._lines(graph)
        return None if lines is None else list(lines)

    def begun(self, graph: str) -> bool:
        """Tell whether all of a graph waits."""
        return graph in self._whole

    def touches(self, graph: str) -> bool:
        """Tell whether something of a graph waits that is not all of it."""
        return graph in self._more or graph in self._turned

    def turns(self, graphs: Iterable[str]) -> bool:
        """Tell whether one of these graphs is to lose something."""
        return not self._turned.keys().isdisjoint(graphs)

    def seen(self, graph: str, stored: Iterable[str]) -> dict[str, None]:
        """Return the lines of a graph of which the store holds these, as they will be."""
        more, less = self._turned.get(graph, ((), ()))
        return dict.fromkeys(chain((line for line in stored if line not in less), more, self._more.get(graph, ())))

    def begin(self, graph: str, rows: str) -> None:
        """Let a graph of which nothing is there and nothing waits hold exactly these canonical lines."""
        self._whole[graph] = rows

    def put(self, graph: str, lines: Iterable[str]) -> tuple[Collection[str], Collection[str]]:
        """Let a graph that the store knows nothing of hold exactly these lines; return those that come and those that go by this."""
        old, new = self._lines(graph) or {}, dict.fromkeys(lines)
        self._whole.pop(graph, None)
        if new:
            self._whole[graph] = new
        return new.keys() - old.keys(), old.keys() - new.keys()

    def turn(self, graph: str, stored: Collection[str], lines: Collection[str]) -> None:
        """Let a graph that holds these lines in the store hold exactly those."""
        old, new = set(stored), set(lines)
        self._more.pop(graph, None)
        self._turned.pop(graph, None)
        if old - new:
            self._turned[graph] = new - old, old - new
        elif new - old:
            self._more[graph] = {line: None for line in lines if line not in old}

    def holds(self, graph: str, line: str) -> bool:
        """Tell whether a line waits."""
        return line in (self._lines(graph) or self._more.get(graph) or {})

    def add(self, graph: str, line: str) -> bool:
        """Let a line wait; tell whether it did not yet."""
        lines = self._lines(graph)
        if lines is None:
            lines = self._more.setdefault(graph, {})
        new = line not in lines
        lines[line] = None
        return new

    def discard(self, graph: str, line: str) -> bool:
        """Let a line wait no longer; tell whether it did."""
        lines = self._lines(graph) or self._more.get(graph) or {}
        waited = line in lines
        if waited:
            del lines[line]
        return waited

    def remove(self, graph: str) -> bool:
        """Let nothing of a graph wait any more; tell whether something did."""
        return bool(self._whole.pop(graph, None)) | bool(self._more.pop(graph, None))

    def rows(self) -> bytes:
        """Return what is only added as N-Quads, what the default graph is to hold of it among them, some of it more than once."""
        return b"".join(self._rows())

    def added(self) -> Iterable[str]:
        """Yield the lines that are only added."""
        return chain(*(cut(lines) if isinstance(lines, str) else lines for lines in self._whole.values()), *self._more.values())

    def turned(self) -> tuple[list[str], list[str]]:
        """Return the lines that graphs which lose something gain, and those that they lose."""
        return list(chain(*(more for more, _ in self._turned.values()))), list(chain(*(less for _, less in self._turned.values())))

    def clear(self, *, all: bool = True) -> None:
        """Let nothing wait any more, or nothing but what graphs that lose something are to be."""
        self._whole.clear()
        self._more.clear()
        if all:
            self._turned.clear()

    def _lines(self, graph: str) -> dict[str, None] | None:
        lines = self._whole.get(graph)
        if isinstance(lines, str):
            lines = self._whole[graph] = dict.fromkeys(cut(lines))
        return lines

    def _rows(self) -> Iterator[bytes]:
        for graph, lines in chain(self._whole.items(), self._more.items()):
            rows = (lines if isinstance(lines, str) else "".join(lines)).encode()
            yield rows
            if not is_past(graph):
                yield rows.replace(f" <{graph}> .\n".encode(), b" .\n")

"""Things that are one, from pairs that are: the surest pairs first, and never two that must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

__all__ = ["clusters"]

#: Two things and how sure it is that they are one.
Edge = tuple[str, str, float]


def clusters(edges: Iterable[Edge], *, apart: Callable[[str, str], bool]) -> list[frozenset[str]]:
    """Group things by the pairs that are one, taking the surest first; groups with members that are `apart` do not join.

    The answer depends on the set of pairs alone, not on their order.

    >>> [sorted(c) for c in clusters([("a", "b", 1.0), ("b", "c", 0.5)], apart=lambda x, y: {x, y} == {"a", "c"})]
    [['a', 'b'], ['c']]
    """
    group: dict[str, set[str]] = {}
    for one, other, _ in sorted(_oriented(edges), key=lambda edge: (-edge[2], edge[0], edge[1])):
        ours, theirs = group.setdefault(one, {one}), group.setdefault(other, {other})
        if ours is not theirs and not any(apart(x, y) for x in ours for y in theirs):
            ours |= theirs
            group.update(dict.fromkeys(theirs, ours))
    return sorted({frozenset(members) for members in group.values()}, key=min)


def _oriented(edges: Iterable[Edge]) -> Sequence[Edge]:
    return [(min(a, b), max(a, b), score) for a, b, score in edges]

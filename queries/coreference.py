"""Whether one event is one node: precision, recall and F1 over pairs of events that different releases report."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

from elshi.queries.evaluation import Counts, beside
from elshi.store.base import View

__all__ = ["Coreference", "coreference"]


class Coreference(NamedTuple):
    """Pairs of events that different releases report, counted in two ways."""

    read: Counts  # against the pairs of which both were read: how good the alignment is
    told: Counts  # against all pairs that gold wants, read or not: what an analyst gets


class _Seen(NamedTuple):
    node: str
    release: tuple[str, str]  # story and language
    means: str | None  # the gold event it stands for


def coreference(view: View, gold: Iterable[dict[str, Any]]) -> Coreference:
    """Score which events of a store meet in one node; a release is found by the name of its file.

    A pair is right where both stand for the same gold event. Two events of one story that gold knows nothing of are left
    out: that they were read is the reading's fault, and that they met may well be right.
    """
    seen: list[_Seen] = []
    wanted: list[tuple[tuple[str, str], set[str]]] = []
    for _, version, matches, _ in beside(view, gold):
        if matches is not None:
            release, events = (version.gold["id"], version.lang), matches["events"]
            seen += [_Seen(told.node, release, want["id"]) for told, want in events.pairs]
            seen += [_Seen(told.node, release, None) for told in events.extra]
            wanted.append((release, {want["id"] for want in (*(want for _, want in events.pairs), *events.missed)}))
    hits = found = read = 0
    for one, other in combinations(seen, 2):
        story = one.release[0] == other.release[0]
        if one.release == other.release or (story and one.means is other.means is None):
            continue
        same = story and one.means == other.means
        read += same
        found += one.node == other.node
        hits += same and one.node == other.node
    told = sum(len(a & b) for (x, a), (y, b) in combinations(wanted, 2) if x[0] == y[0])
    return Coreference(Counts(hits, found, read), Counts(hits, found, told))

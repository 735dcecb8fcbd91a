"""Logistic regression with a penalty on every weight but the first, and how far what it says is from what is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .verdicts import Verdict

__all__ = ["Bin", "calibration_error", "cross_fitted", "fit", "probability", "reliability"]

#: How strongly weights are drawn to nothing: as by this many observations against them.
_PENALTY = 2.0
_ROUNDS = 60
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts whose probability lies between two tenths."""

    low: float
    high: float
    count: int
    said: float  # mean probability
    so: float  # share that is right


def fit(verdicts: Sequence[Verdict], *, penalty_of: float = _PENALTY) -> dict[str, float]:
    """Return the weight of each signal, by Newton's method; the same verdicts give the same weights."""
    names = sorted({signal for verdict in verdicts for signal in verdict.signals}, key=lambda name: (name != "always", name))
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(verdicts), len(names)))
    for row, verdict in enumerate(verdicts):
        x[row, [place[signal] for signal in verdict.signals]] = 1.0
    y = np.array([verdict.right for verdict in verdicts], dtype=float)
    penalty = np.full(len(names), penalty_of)
    penalty[0] = 0.1
    w = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + penalty * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip(names, (float(weight) for weight in w), strict=True))


def probability(weights: Mapping[str, float], verdict: Verdict) -> float:
    """Return what weights say of a verdict."""
    return float(1 / (1 + np.exp(-sum(weights.get(signal, 0.0) for signal in verdict.signals))))


def cross_fitted(verdicts: Sequence[Verdict]) -> list[tuple[float, bool]]:
    """Return probabilities by weights that were fitted without the story at hand, with what is so."""
    out = []
    for story in sorted({verdict.story for verdict in verdicts}):
        for kind in sorted({verdict.kind for verdict in verdicts if verdict.story == story}):
            weights = fit([v for v in verdicts if v.kind == kind and v.story != story])
            out += [(probability(weights, v), v.right) for v in verdicts if v.kind == kind and v.story == story]
    return out


def reliability(said: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return the verdicts in tenths of their probability; empty tenths are left out."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for p, so in said:
        parts.setdefault(min(int(p * _BINS), _BINS - 1), []).append((p, so))
    return [
        Bin(i / _BINS, (i + 1) / _BINS, len(part), float(np.mean([p for p, _ in part])), float(np.mean([so for _, so in part])))
        for i, part in sorted(parts.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of what is said from what is so, weighed by count."""
    total = sum(part.count for part in bins)
    return sum(part.count * abs(part.said - part.so) for part in bins) / total if total else 0.0

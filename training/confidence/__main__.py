"""Fits the weights of confidence on gold stories that nobody tuned for: python -m training.confidence [GOLD...]."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from .fit import Bin, calibration_error, cross_fitted, fit, reliability
from .verdicts import Verdict, verdicts

_ROOT = Path(__file__).parents[2]
_TABLE = _ROOT / "data/models/confidence.tsv"
_CARD = _ROOT / "data/models/confidence.md"


def main(folders: list[Path]) -> None:
    """Write the weights and the card that says how well they hold."""
    found = [verdict for folder in folders for verdict in verdicts(folder)]
    _TABLE.write_text(_table(found), encoding="utf-8")
    _CARD.write_text(_card(found, folders), encoding="utf-8")
    print(_CARD.read_text(encoding="utf-8"))


def _table(found: list[Verdict]) -> str:
    lines = ["kind\tsignal\tweight\tright\tof"]
    for kind in sorted({verdict.kind for verdict in found}):
        own = [verdict for verdict in found if verdict.kind == kind]
        seen = Counter(signal for verdict in own for signal in verdict.signals)
        right = Counter(signal for verdict in own if verdict.right for signal in verdict.signals)
        lines += [f"{kind}\t{signal}\t{weight:.2f}\t{right[signal]}\t{seen[signal]}" for signal, weight in fit(own).items()]
    return "\n".join(lines) + "\n"


def _card(found: list[Verdict], folders: list[Path]) -> str:
    stories, said = {verdict.story for verdict in found}, cross_fitted(found)
    rows = ["| what | things | right | expected calibration error |", "|---|---|---|---|"]
    for kind in sorted({verdict.kind for verdict in found}):
        own = [verdict for verdict in found if verdict.kind == kind]
        rows.append(_row(kind, own, reliability(cross_fitted(own))))
    rows.append(_row("all", found, reliability(said)))
    table = [f"| {b.low:.1f} to {b.high:.1f} | {b.count} | {b.said:.2f} | {b.so:.2f} |" for b in reliability(said)]
    return "\n".join([
        "# How sure a fact is", "",
        "`confidence.tsv` holds the weight, in log-odds, of each signal for each kind of mention and fact, with how often a thing that shows the",
        f"signal was right. They were fitted by `training/confidence` on {len(stories)} stories in three languages that nobody tuned the rules for",
        f"({', '.join(folder.name for folder in folders)}). The figures below are cross-fitted: each story is judged by weights fitted without it.", "",
        *rows, "", "| confidence | things | mean confidence | share right |", "|---|---|---|---|", *table, "",
        "Gold decides what is right, by the measures of `elshi evaluate`: a true statement that gold leaves out counts as wrong, so that",
        "confidence is rather too low than too high. Topics have no confidence of their own.", "",
    ])  # fmt: skip


def _row(kind: str, own: list[Verdict], bins: list[Bin]) -> str:
    return f"| {kind} | {len(own)} | {sum(v.right for v in own) / len(own):.2f} | {calibration_error(bins):.3f} |"


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [_ROOT / "data/gold/heldout"])

"""How many of the names are found with their exact ends and label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.training import Example

__all__ = ["NAMES", "Scores", "score"]

#: The labels that the product takes from the model; the others teach it what is none of these.
NAMES = ("PERSON", "ORGANISATION", "GPE", "LOCATION")


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by label: found and right, found, there."""

    right: Counter[str]
    found: Counter[str]
    there: Counter[str]

    def of(self, *labels: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of labels together."""
        right, found, there = (sum(count[label] for label in labels) for count in (self.right, self.found, self.there))
        return right / max(found, 1), right / max(there, 1), 2 * right / max(found + there, 1)

    @property
    def overall(self) -> float:
        """F1 of the names."""
        return self.of(*NAMES)[2]

    @property
    def of_all(self) -> float:
        """F1 of all labels together."""
        return self.of(*{*self.there, *self.found})[2]

    def table(self) -> dict[str, dict[str, float]]:
        """Return what a model card shows: precision, recall, F1 and number of each label."""
        rows = {label: (*self.of(label), self.there[label]) for label in sorted(self.there)}
        rows["all"] = (*self.of(*self.there), sum(self.there.values()))
        rows["names"] = (*self.of(*NAMES), sum(self.there[label] for label in NAMES))
        return {label: {"p": round(p, 3), "r": round(r, 3), "f": round(f, 3), "n": n} for label, (p, r, f, n) in rows.items()}


def score(pairs: Iterable[Example], recognise: Callable[[Doc], Doc]) -> Scores:
    """Compare what a recogniser finds with what is there; what lies in a stretch of unknown names does not count."""
    right, found, there = Counter[str](), Counter[str](), Counter[str]()
    for pair in pairs:
        unknown = {token.i for token in pair.reference if not token.ent_iob}
        gold = {(e.start, e.end, e.label_) for e in pair.reference.ents}
        read = {(e.start, e.end, e.label_) for e in recognise(pair.predicted).ents if not unknown & set(range(e.start, e.end))}
        there.update(label for *_, label in gold)
        found.update(label for *_, label in read)
        right.update(label for *_, label in gold & read)
    return Scores(right, found, there)

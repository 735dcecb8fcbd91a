"""The endings that names take in Russian, for names no dictionary knows: each ending says case, gender and nominative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from elshi import resource

__all__ = ["Guess", "guesses"]


#: From this weight on an ending shows a surname that declines: `-ову`, `-ским`.
_SURE = -0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """A name's form, understood by its ending alone."""

    base: str
    case: str
    gender: str
    kind: str  # Given, Sur, Pat, Geo, or "" where the ending does not tell
    weight: float


@dataclass(frozen=True, slots=True)
class _Ending:
    row: int
    shape: re.Pattern[str]
    base: str
    cases: tuple[str, ...]
    gender: str
    kind: str
    weight: float


@lru_cache(maxsize=1)
def _endings() -> dict[str, list[_Ending]]:
    """The rows of the table by the letters that a form ends in, behind its stem."""
    found: dict[str, list[_Ending]] = {}
    for row, line in enumerate(resource("data/lexicons/ru/name_endings.tsv").read_text("utf-8").splitlines()):
        if not line or line.startswith("#"):
            continue
        stem, ending, base, cases, gender, kind, weight = (cell.strip() for cell in line.split("\t"))
        ending, base, gender, kind = (cell.replace("-", "") for cell in (ending, base, gender, kind))
        shape = re.compile(f"^(.*(?:{stem})){ending}$")
        found.setdefault(ending, []).append(_Ending(row, shape, base, tuple(cases.split(",")), gender, kind, float(weight)))
    return found


@lru_cache(maxsize=50_000)
def guesses(word: str) -> tuple[Guess, ...]:
    """Return what a lower-case word may be as a name, likeliest first.

    >>> sorted({(g.base, g.case) for g in guesses("мвауре") if g.gender == "Fem"})[:2]
    [('мваура', 'Dat'), ('мваура', 'Loc')]
    """
    best: dict[tuple[str, str, str, str], Guess] = {}
    table = _endings()
    rows = (e for ending in table if word.endswith(ending) for e in table[ending])
    for e in sorted(rows, key=lambda e: e.row):  # the table's order tells which of two like guesses counts
        if (match := e.shape.match(word)) and len(match[1]) >= 2:
            for case in e.cases:
                guess = Guess(match[1] + e.base, case, e.gender, e.kind, e.weight)
                best.setdefault((guess.base, case, guess.gender, guess.kind), guess)
    plain = any(g.kind == "Sur" and g.weight > _SURE for g in best.values())
    kept = [g for g in best.values() if not (plain and g.base == word and g.case != "Nom" and not g.kind)]
    return tuple(sorted(kept, key=lambda g: -g.weight))

"""Names to put in the place of those of a corpus: met ones, and new ones that sound like them."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Persons", "Speller", "rows", "split_persons"]

_PARTICLES = (
    "ван",
    "ван дер",
    "ван ден",
    "фон",
    "де",
    "да",
    "дос",
    "ди",
    "аль",
    "бен",
    "ибн",
    "О",
    "Мак",
    "эль",
    "ле",
    "ла",
    "тен",
    "делла",
)
_PARTICLES_LATIN = (
    "van",
    "van der",
    "van den",
    "von",
    "de",
    "da",
    "dos",
    "di",
    "al",
    "bin",
    "ibn",
    "O",
    "Mac",
    "el",
    "le",
    "la",
    "ten",
    "della",
)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of one of the project's tables; lines that begin with # are remarks."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


class Speller:
    """Spells new names, letter after letter as the names it has read go on after three letters."""

    def __init__(self, names: Iterable[str]) -> None:
        self._next: dict[str, list[str]] = defaultdict(list)
        self.known = set(names)
        for name in sorted(self.known):
            padded = f"^^^{name}$"
            for i in range(3, len(padded)):
                self._next[padded[i - 3 : i]].append(padded[i])

    def name(self, rng: random.Random) -> str:
        """Return a name of three to twelve letters."""
        while True:
            made = "^^^"
            while not made.endswith("$") and len(made) < 20:
                made += rng.choice(self._next[made[-3:]])
            if 3 <= len(made) - 4 <= 12 and made.endswith("$"):
                return made[3:-1]


@dataclass(frozen=True, slots=True)
class Persons:
    """Draws names of persons from given names and surnames."""

    given: Sequence[str]
    surnames: Sequence[str]
    speller: Speller
    latin: bool = False

    def surname(self, rng: random.Random) -> str:
        """Return a surname, every second one met nowhere else."""
        plain = self.speller.name(rng) if rng.random() < 0.45 else rng.choice(self.surnames)
        roll = rng.random()
        if roll < 0.05:
            particle = rng.choice(_PARTICLES_LATIN if self.latin else _PARTICLES)
            return (
                f"{particle}{'-' if particle in ('аль', 'эль', 'al', 'el') else ' '}{plain}" if len(particle) > 1 else f"{particle}’{plain}"
            )
        return f"{plain}-{rng.choice(self.surnames)}" if roll < 0.08 else plain

    def first(self, rng: random.Random) -> str:
        """Return a given name."""
        roll = rng.random()
        plain = self.speller.name(rng) if roll < 0.1 else rng.choice(self.given)
        return f"{plain}-{rng.choice(self.given)}" if roll > 0.95 else plain

    def full(self, rng: random.Random) -> str:
        """Return a given name and a surname, now and then three or four words, or the surname first."""
        roll = rng.random()
        if roll < 0.72:
            return f"{self.first(rng)} {self.surname(rng)}"
        if roll < 0.82:
            return f"{self.first(rng)} {self.first(rng)} {self.surname(rng)}"
        if roll < 0.9:
            return f"{self.first(rng)} {self.surname(rng)} {self.surname(rng)}"
        return f"{self.surname(rng)} {self.first(rng)}"

    def initialled(self, rng: random.Random, blank: str) -> str:
        """Return initials and a surname, with what stands between them."""
        letters = [self.first(rng)[0] for _ in range(rng.choice((1, 1, 1, 2)))]
        return f"{'.'.join(letters)}.{blank}{self.surname(rng)}"


def split_persons(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the given names and the surnames of persons named in two words, each once per person."""
    pairs = [name.split() for name in names]
    plain = [pair for pair in pairs if len(pair) == 2 and all(word.isalpha() and word.istitle() and len(word) > 2 for word in pair)]
    return [a for a, _ in plain], [b for _, b in plain]

"""What the recipe gathers about one thing before it is written, and the readers of its sources."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

__all__ = ["ACRONYM", "ALIAS", "GENERATED", "GENERATED_ALIAS", "NAME", "TRANSLATED", "Draft", "read_lines", "read_table"]

#: How a key belongs to a record: its name, another name of it, an acronym, a name made by a pattern from its name or
#: from another name of it, or what a name means.
NAME, ALIAS, ACRONYM, GENERATED, GENERATED_ALIAS, TRANSLATED = 0, 1, 2, 3, 4, 5


@dataclass(slots=True)
class Draft:
    """A record of an authority while it is being put together."""

    id: str
    kind: str
    rank: int  # 0 curated, 1 taken from an authority as it is, 2 known only by mention
    names: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    acronyms: list[tuple[str, str]] = field(default_factory=list)
    country: str | None = None
    city: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    part_of: str | None = None
    same_as: list[str] = field(default_factory=list)
    spellings: list[tuple[str, str, int]] = field(default_factory=list)  # (name, lang, how): found by, but not shown
    adjectives: list[tuple[str, str]] = field(default_factory=list)
    slug: str | None = None  # of a curated row that another authority's record was joined with


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a Zstandard-compressed JSONL file."""
    with path.open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), "utf-8"):
            yield json.loads(line)


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a TSV file with a header, without its comment lines."""
    with path.open(encoding="utf-8", newline="") as raw:
        lines = (line for line in raw if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)

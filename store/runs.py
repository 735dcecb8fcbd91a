"""What became of each input of a run, kept beside the store line by line, so that a run that was killed can be taken up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

from elshi.store.base import beside
from elshi.store.files import written

__all__ = ["Interrupted", "Journal", "interrupted"]

_FOLDER: Final = "runs"
#: Journals that are kept; the oldest go first.
KEPT: Final = 100
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A run whose end was never noted: what it was asked to do, and how far it had come."""

    started: str  # xsd:dateTime
    sources: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    settled: int = 0  # inputs that had met their end


class Journal:
    """Writes the report of one run; a store in memory keeps none."""

    def __init__(self, location: str, started: str, sources: Sequence[str], options: Mapping[str, Any]) -> None:
        """Begin, or go on where the run of that time was broken off."""
        folder = beside(location)
        self._file: TextIO | None = None
        if folder is None:
            return
        with written(folder):
            runs = folder / _FOLDER
            runs.mkdir(parents=True, exist_ok=True)
            for old in sorted(runs.glob("*.jsonl"))[:-KEPT]:
                old.unlink()
            self._file = (runs / f"{_UNSAFE.sub('', started)}.jsonl").open("a", encoding="utf-8", newline="\n")
        self._folder = folder
        self.note({"started": started, "sources": list(sources), "options": dict(options)})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def note(self, line: Mapping[str, Any] | str) -> None:
        """Write a line and let nothing but the machine's own death take it back."""
        if self._file:
            with written(self._folder):
                self._file.write((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n")
                self._file.flush()

    def end(self, counts: Mapping[Any, int], now: str) -> None:
        """Note that every input has met its end."""
        self.note({"ended": now, **counts})


def interrupted(location: str) -> Interrupted | None:
    """Return the last run into a store when it was broken off, None where it ended or there was none."""
    folder = beside(location)
    journals = sorted((folder / _FOLDER).glob("*.jsonl")) if folder else []
    lines = list(_lines(journals[-1])) if journals else []
    heads = [i for i, line in enumerate(lines) if "started" in line]
    if not heads or any("ended" in line for line in lines):
        return None
    head = lines[heads[-1]]
    settled = {(line.get("name"), line.get("key")) for line in lines if "state" in line}
    return Interrupted(str(head["started"]), tuple(head["sources"]), head["options"], len(settled))


def _lines(journal: Path) -> list[dict[str, Any]]:
    """The lines of a journal; a last one that was cut off is left out."""
    found = []
    for line in journal.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found

"""Names that follow from other names by a pattern."""
from __future__ import annotations
from pathlib import Path
from .drafts import Draft
def generate(organisations: list[Draft], places: list[Draft], folder: Path) -> None:
    return

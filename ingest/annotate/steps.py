"""How far parties have come, by the words of a sentence; and the words for documents and for what is done together."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.scene import Scene

__all__ = ["between_states", "STEPS", "documents", "signing_word", "step_of"]

#: From the firmest step to the loosest.
STEPS: Final = ("existing", "signed", "agreed", "planned", "readiness", "interest", "considered", "discussed", "informed")


@lru_cache(maxsize=4)
def _documents(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "documents"))


@lru_cache(maxsize=4)
def _commitments(lang: str) -> tuple[PatternTable, dict[int, int]]:
    """The table of steps and the place of each of its rows."""
    rows = read_table(lang, "commitments")
    return PatternTable(rows), {id(row): place for place, row in enumerate(rows)}


def step_of(scene: Scene, sentence: Sentence) -> str | None:
    """The commitment step that a sentence states, by the row that stands first in the table; None where it states none or denies it."""
    table, place = _commitments(scene.document.lang)
    surest = min(table.every(scene.document.folded, sentence.start, sentence.end), key=lambda h: place[id(h.row)], default=None)
    return surest.key if surest and not scene.has_cue("denied", sentence) else None


def signing_word(scene: Scene, sentence: Sentence) -> Hit | None:
    """The word by which a sentence says that something was signed."""
    hits = _commitments(scene.document.lang)[0].every(scene.document.folded, sentence.start, sentence.end)
    return next((h for h in hits if h.key == "signed"), None)


def documents(scene: Scene, sentence: Sentence) -> list[Hit]:
    """The words of a sentence for documents between parties."""
    return list(_documents(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end))


def between_states(scene: Scene, sentence: Sentence) -> bool:
    """Does a sentence tell of what states alone agree on, and name no body beside it: `визадан босату туралы келісім`?"""
    return scene.has_cue("state-document", sentence) and all(span.kind == "Country" for span in scene.bodies(sentence))

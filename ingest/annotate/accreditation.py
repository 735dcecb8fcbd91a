"""Where an envoy is sent whom the text only shows handing his credentials to the home state's President."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from elshi.ingest.annotate.positions import Held

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = ["received"]

#: The state whose releases Elshi reads.
_HOME: Final = "KZ"
_CREDENTIALS: Final = {
    "kk": re.compile(r"сенім грамота"),
    "ru": re.compile(r"верительн\w+ грамот"),
    "en": re.compile(r"credentials|letters? of credence"),
}
#: A head of state who is named without his state is the home state's.
_HEAD: Final = {"kk": re.compile(r"мемлекет басшы"), "ru": re.compile(r"глав\w+ государства"), "en": re.compile(r"head of state")}


def received(scene: Scene, held: Held) -> Held:
    """A foreign ambassador with the home state as host, where his sentence has its President take his credentials."""
    document, sender = scene.document, scene.state_of(held)
    if held.office.name != "ambassador" or held.accredited_to is not None or sender in {None, _HOME}:
        return held
    sentence = document.sentence_at(held.office.start)
    words = document.folded[sentence.start : sentence.end]
    if not _CREDENTIALS[document.lang].search(words):
        return held
    inside = scene.within(sentence.start, sentence.end)
    homes = [s for s in scene.spans if s.kind == "Country" and s.record == f"country:{_HOME}"]
    president = any(s.kind == "Office" and s.name == "president" for s in inside) and any(s in inside for s in homes)
    return replace(held, accredited_to=homes[0]) if homes and (president or _HEAD[document.lang].search(words)) else held

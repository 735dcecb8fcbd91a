"""Which state an official without one serves, in Russian and English: his delegation's, his side's, the other of the two a text is between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from elshi.ingest.annotate.positions import Held
from elshi.ingest.languages.names import looks_like_surname

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = ["side_told"]

#: The state whose releases Elshi reads.
_HOME: Final = "KZ"
#: States where surnames end as they do at home, so that an ending does not tell.
_ALIKE: Final = frozenset("RU UA BY BG MK RS ME PL CZ SK UZ KG TJ TM AZ LV LT EE MD GE AM HR SI BA".split())
#: Offices that a text of one state alone gives to that state's own.
_MINISTERS: Final = frozenset({"minister", "deputy-minister", "prime-minister", "deputy-prime-minister"})
_SIDE: Final = {
    "ru": re.compile(
        r"([\w-]+)[ \u00a0](?:делегаци|сторон|часть|группу)\w*[^.;,]{0,40}$|([\w-]+)[ \u00a0](?:коллег|визави)\w*,?[ \u00a0][^.;,]{0,20}$"
    ),
    "en": re.compile(
        r"([\w-]+)[ \u00a0](?:delegation|side|party|group)\b[^.;,]{0,40}$|([\w-]+)[ \u00a0](?:counterpart|colleague)\b,?[ \u00a0][^.;,]{0,20}$"
    ),
}
_FOR: Final = {
    "ru": re.compile(r"(?:^|[^\w-])(?:от|со стороны)[ \u00a0]$"),
    "en": re.compile(r"(?:^|[^\w-])(?:for|on behalf of)[ \u00a0](?:the )?$"),
}


def side_told(scene: Scene, held: Held) -> str | None:
    """ISO code of the state: `казахстанскую делегацию возглавил министр …`, `от Казахстана …`, else one of two."""
    if scene.document.lang == "kk":
        return None
    post = scene.things.of(held.accredited_to) if held.accredited_to else None
    told = _delegation(scene, held) or _one_of_two(scene, held)
    return None if post is not None and post.country == told else told  # an envoy serves another state than the one where he is


def _delegation(scene: Scene, held: Held) -> str | None:
    document = scene.document
    sentence = document.sentence_at(held.office.start)
    before = document.text[sentence.start : held.office.start]
    match = _SIDE[document.lang].search(before)
    if match and (iso := scene.book.adjective(match[1] or match[2], document.lang)):
        return iso
    for span in reversed(scene.within(sentence.start, held.office.start)):
        if span.kind in {"Person", "Office"}:
            return None
        if span.kind == "Country" and _FOR[document.lang].search(document.folded[sentence.start : span.start]):
            thing = scene.things.of(span)
            return thing.country if thing else None
    return None


def _one_of_two(scene: Scene, held: Held) -> str | None:
    """A text of the home state alone, or between it and one other: surnames as at home are home's, others beside a person of home the other's."""
    states = {t.country for s in scene.spans if s.kind == "Country" and (t := scene.things.of(s)) and t.country}
    if states == {_HOME} and (held.office.name in _MINISTERS or looks_like_surname(held.person.name.split()[-1], scene.document.lang)):
        return _HOME
    if len(states) != 2 or _HOME not in states:
        return None
    other = next(iter(states - {_HOME}))
    homely = looks_like_surname(held.person.name.split()[-1], scene.document.lang)
    if homely:
        return None if other in _ALIKE else _HOME
    sentence = scene.document.sentence_at(held.office.start)
    here = {scene.key(s) for s in scene.within(sentence.start, sentence.end) if s.kind == "Person"} - {scene.key(held.person)}
    return other if any(scene.key(h.person) in here and scene.state_of(h) == _HOME for h in scene.held) else None

"""What facts are about: the topics of the sentences that tell an occasion, its talks, a partnership or a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from elshi.ingest.annotate.document import Document, Sentence
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.patterns import Hit
from elshi.ingest.model import Agreement, Cooperation, Event

__all__ = ["Themes"]

_Fact = TypeVar("_Fact", Event, Cooperation, Agreement)
_BY: Final = "topics/1"
#: Occasions at which people talk, those first whose talks the next sentences are likelier to tell.
_TALKS: Final = ("Meeting", "Call", "Presentation", "Conference", "Visit", "Ceremony", "Signing", "Launch", "Vote")
#: Sentences after an occasion in which its talks are still told.
_REACH: Final = 6
#: Steps of what was talked of; a partnership that exists, or is planned in a sentence of its own, tells there what it is about.
_TALKED: Final = frozenset({"discussed", "considered", "interest", "readiness", "informed", "agreed"})
#: How a sentence begins that goes on with the document before it.
_DOCUMENT: Final = {
    "kk": re.compile(r"(?:бұл |аталған |қол қойылған )?(?:құжат|меморандум|келісім|хаттама|шарт|жоспар)\w*"),
    "ru": re.compile(
        r"(?:(?:этот|данный|подписанный|указанный) )?(?:документ|меморандум|соглашени|протокол|договор|план)\w*|(?:он|оно) предусм"
    ),
    "en": re.compile(
        r"(?:under )?(?:the|this) (?:document|memorandum|agreement|protocol|treaty|plan|contract|deal)\b|it (?:provides|covers|envisages)"
    ),
}
#: A document that was named before.
_REFERS: Final = {
    "kk": re.compile(r"\b(?:оған|оны|(?<!бұл )құжат\w*)\b"),
    "ru": re.compile(r"\b(?:его|ее|под ним|документ\w*)\b"),
    "en": re.compile(r"\b(?:it|the document) (?:was|bears|carries|has been)\b|\b(?:signed|inked|initialled) it\b"),
}


class Themes:
    """The topics of a release by the sentences that show them."""

    def __init__(self, document: Document, occasions: Sequence[Occasion], topics: Iterable[tuple[str, Hit]]) -> None:
        self._document = document
        self._shown: dict[int, list[str]] = defaultdict(list)
        for topic, hit in topics:
            self._shown[document.sentence_at(hit.start).index].append(topic)
        self._talks = _talks(document, occasions)

    def of_events(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Occasions with what they were about; `events` are those of the occasions, in their order."""
        return tuple(self._with(event, self._talks[i]) for i, event in enumerate(events))

    def of_cooperations(self, cooperations: Sequence[Cooperation], events: Sequence[Event]) -> tuple[Cooperation, ...]:
        """Partnerships with their fields: what was talked of between two sides is that of the talks."""
        taken = {m.start for c in cooperations for m in c.evidence}
        out = []
        for cooperation in cooperations:
            own: list[Sentence] = []
            if cooperation.commitment in _TALKED:
                starts = {m.start for m in cooperation.evidence}
                for i, event in enumerate(events):
                    told = {s.start for s in self._talks[i]} | {m.start for m in event.evidence}
                    if set(event.parties) == set(cooperation.parties) and told & starts:
                        own += [s for s in self._talks[i] if s.start not in taken]
            out.append(self._with(cooperation, own))
        return tuple(out)

    def of_agreements(self, agreements: Sequence[Agreement]) -> tuple[Agreement, ...]:
        """Documents with what they are on, as their sentences and those that go on with them say."""
        body = self._document.body
        place = {sentence.start: i for i, sentence in enumerate(body)}
        goes_on = _DOCUMENT[self._document.lang]
        out = []
        for agreement in agreements:
            after = max((place.get(m.start, -1) for m in agreement.evidence), default=-1) + 1
            own = []
            if 0 < after < len(body) and goes_on.match(self._document.folded, body[after].start):
                own.append(body[after])
            first = min((place.get(m.start, 0) for m in agreement.evidence), default=0)
            if first and self._refers(body[first]) and body[first - 1].paragraph == body[first].paragraph:
                own.append(body[first - 1])
            out.append(self._with(agreement, own))
        return tuple(out)

    def _refers(self, sentence: Sentence) -> bool:
        """Does a sentence speak of a document as of one named before: `его подписал …`, `The document was signed by …`?"""
        return _REFERS[self._document.lang].search(self._document.folded, sentence.start, sentence.end) is not None

    def _with(self, fact: _Fact, others: Iterable[Sentence]) -> _Fact:
        """A fact with the topics of its own sentences and of others, which it quotes where they add one."""
        document = self._document
        topics = dict.fromkeys(t for m in fact.evidence for t in self._shown[document.sentence_at(m.start).index])
        evidence = list(fact.evidence)
        for sentence in others:
            fresh = dict.fromkeys(t for t in self._shown[sentence.index] if t not in topics)
            if fresh:
                topics |= fresh
                evidence += document.evidence(sentence, by=_BY)
        return replace(fact, topics=tuple(topics), evidence=tuple(evidence))


def _talks(document: Document, occasions: Sequence[Occasion]) -> dict[int, list[Sentence]]:
    """By an occasion's place: the sentences after it that open no other and tell what was talked of there."""
    opened: dict[int, list[int]] = defaultdict(list)
    for i, occasion in enumerate(occasions):
        for sentence in occasion.sentences:
            opened[sentence.index].append(i)
    talks: dict[int, list[Sentence]] = defaultdict(list)
    current: int | None = None
    since = 0
    for sentence in document.body:
        here = [i for i in opened.get(sentence.index, ()) if not occasions[i].told]
        if opened.get(sentence.index):
            current = min((i for i in here if occasions[i].status == "held"), key=lambda i: _TALKS.index(occasions[i].kind), default=None)
            since = 0
        elif current is not None and since < _REACH:
            since += 1
            talks[current].append(sentence)
    return talks

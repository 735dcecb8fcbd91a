"""What completes an office on either side of it: the state it serves, its body, its domain, where it is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from elshi.ingest.annotate.document import Document, Span

__all__ = ["bare", "is_receiving", "is_seat_of_bodies", "qualifiers", "reach"]

#: What a body keeps in a country: `Head of the Kazakhstan office of the EBRD`.
_SEAT: Final = re.compile(r" (?:country |representative |regional )?(?:office|branch|bureau|programme|program|chapter)\b")
_TO_BODIES: Final = re.compile(r"\bпри\b|\bto (?:the )?.*\borgani[sz]ations\b|ұйымдар жанындағы")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_STOP: Final = re.compile(r"[.;:!?\n]")
#: Up to ten words, each behind a blank, to the end: the domain of an office. A word is never parted, so that matching stays linear.
_DOMAIN: Final = re.compile(r"(?:[ \u00a0][^\s,.;:()–—]+){1,10}[ \u00a0]?(?=,? ?$)")
_QUOTES: Final = re.compile(r"[«»“”\"]")
#: The domain of an English office as a list: `of the Environment, Energy and Climate, `.
_LISTED: Final = re.compile(
    r" (?:of|for)(?: [^\s,.;:()]+){1,4}(?:, [^\s,.;:()]+(?: [^\s,.;:()]+){0,2}){1,3},? and(?: [^\s,.;:()]+){1,4},? ?"
)
#: What leads on from an office to somebody else: `the Ambassador and Azman Idris`.
_ANOTHER: Final = re.compile(r" (?:and|or|with|while|as well as|together with|и|или|с|со|а также|вместе с)[ \u00a0]+$")
#: What may stand between a body and an office of it: `'s new`, ` Country`, ` as its`, but no word that leads on to another.
_POSSESSOR: Final = re.compile(
    r"^\)?(?:['’]s|['’])?[ \u00a0](?:as its |(?:(?!(?:with|to|by|and|or|from|for|in|on|at|of|as|the|an?)\b)[\w-]+ ){0,2})$"
)
#: Between a country and the body that it owns: `director of Spain's Institute`.
_OWNED: Final = frozenset({"'s ", "’s "})
#: What may stand between an English office and its body: `of the national atomic company`.
_OF_BODY: Final = re.compile(r"\b(?:of|to|in|at|for|with|the)[ \u00a0]*(?:(?<= )(?!and\b|who\b)[a-z-]+[ \u00a0]){0,4}$")


def bare(text: str) -> str:
    """A stretch without its brackets and quotation marks, as it links what stands around it.

    >>> bare(" компании (ТОО) «")
    ' компании  '
    """
    return _QUOTES.sub("", _BRACKETS.sub("", text))


def reach(document: Document, office: Span, spans: list[Span]) -> int:
    """Where the phrase of an office ends, with what completes it to its right and the domain after that."""
    owners = [s for s in qualifiers(document, office, spans) if s.start > office.start]
    end = owners[-1].end if owners else office.end
    person = next((s for s in spans if s.start >= end and s.kind in {"Person", "Office"}), None)
    if person is None:
        return end
    between = bare(document.folded[end : person.start])
    domain = None if _ANOTHER.match(between) else _DOMAIN.match(between) or _LISTED.fullmatch(between)
    if domain and not _verb_between(document, end, person.start):
        return person.start - (len(between) - len(between[: domain.end()].rstrip())) if between.endswith((", ", ",")) else person.start
    return end


def _verb_between(document: Document, start: int, end: int) -> bool:
    return any(
        t.pos_ in {"VERB", "AUX"} or t.morph.get("VerbForm", []) == ["Fin"]
        for t in document.tokens(start, max(start + 1, end))
        if t.idx >= start
    )


def qualifiers(document: Document, office: Span, spans: list[Span]) -> list[Span]:
    """The countries and bodies that complete an office, in the order of the text."""
    walk = _leftward if document.lang == "kk" else _around
    return sorted(walk(document, office, [s for s in spans if s.kind not in {"Date", "Person"}], spans), key=lambda s: s.start)


def _leftward(document: Document, office: Span, owners: list[Span], spans: list[Span]) -> Iterator[Span]:
    """Kazakh puts all of it before the office, each link in a case of its own."""
    edge = office.start
    for span in reversed([s for s in spans if s.end <= office.start]):
        between = bare(document.folded[span.end : edge])
        if _STOP.search(between) or span.kind in {"Person", "Date"} or len(between.split()) > 9:
            return
        if span.kind == "Office":
            if re.fullmatch(r"[ \u00a0]*[–—-][ \u00a0]*(?:\S+ ){0,6}", between):
                edge = span.start
                continue
            return
        case, attributive = document.case(span.start, span.end), document.is_attributive(span.start, span.end)
        joined = not between.strip() or _is_filler(document, span.end, edge)
        if not (case == "Gen" or attributive or (case == "Nom" and joined)) or not (joined or case == "Gen" or attributive):
            return
        domain = span.kind == "Country" and case == "Gen" and not _verb_between(document, span.end, edge)
        if "," in between and not domain and not between.rstrip().endswith(("жөніндегі", "бойынша")):
            return
        yield span
        edge = span.start


def _is_filler(document: Document, start: int, end: int) -> bool:
    words = re.findall(r"\w[\w-]*", document.folded[start:end])
    return (
        not words
        or (words[-1] in {"жөніндегі", "бойынша", "жауапты", "жанындағы"} or len(words) <= 2)
        and not _verb_between(document, start, end)
    )


def _around(document: Document, office: Span, owners: list[Span], spans: list[Span]) -> Iterator[Span]:
    """Russian and English put it after the office, or before it as a possessor: `Kazakhstan's Ambassador to Belgium`."""
    before = next((s for s in reversed(spans) if s.end <= office.start), None)
    if (
        before is not None
        and before.kind not in {"Office", "Person", "Date"}
        and (_owns(document.folded[before.end : office.start], document.lang) or _is_passive(document, before, office))
    ):
        yield before
    edge = office.end
    for span in (s for s in spans if s.start >= office.end):
        between = bare(document.folded[edge : span.start])
        if between == " (" and document.text[span.end : span.end + 1] == ")":  # the acronym of what stood before it
            edge = span.end + 1
            continue
        if (
            span.kind in {"Person", "Office", "Date"}
            or _STOP.search(between)
            or len(between.split()) > 9
            or _verb_between(document, edge, span.start)
        ):
            return
        if not _links(between, document.lang):
            return
        yield span
        edge = span.end


def _is_passive(document: Document, body: Span, office: Span) -> bool:
    """Does an English body stand before the participle that tells who heads it: `the institute, headed by …`?"""
    behind = document.folded[body.end : office.start]
    return (
        document.lang == "en"
        and behind in {", ", ", which is ", " which is "}
        and document.folded.endswith(" by", office.start, office.end)
    )


def _owns(between: str, lang: str) -> bool:
    if lang == "ru":
        return False
    return _POSSESSOR.match(between) is not None


def _links(between: str, lang: str) -> bool:
    """May these words stand between an office and what it belongs to?"""
    if "," in between and not re.search(r"\b(?:и|and)\b", between):
        return False
    words = between.split()
    if lang == "ru":
        return not words or bool(re.match(r"^[ \u00a0][а-я-]+(?:,? [а-я-]+)*[ \u00a0]*$", between))
    return _OF_BODY.search(between) is not None or not words or between in _OWNED


def is_receiving(document: Document, span: Span) -> bool:
    """`Бельгиядағы`, `в Бельгии`, `to Belgium`: where an envoy is sent, not who sends."""
    if document.lang == "kk":
        return document.is_attributive(span.start, span.end) or document.folded[span.end :].startswith((" жанындағы", " бойынша"))
    if document.lang == "en" and _SEAT.match(document.folded[span.end :]):
        return True
    if document.lang == "en" and document.folded.startswith(("'s ", "’s "), span.end):
        return False  # `at Spain's Ministry`
    lead = document.folded[max(0, span.start - 12) : span.start]
    if document.lang == "ru" and span.kind == "Country" and lead.endswith((" по ", " по\u00a0")):  # `директор банка по Казахстану`
        return True
    return bool(re.search(r"\b(?:в|при|во|на)[ \u00a0]+$" if document.lang == "ru" else r"\b(?:to|in|at|for)[ \u00a0]+(?:the )?$", lead))


def is_seat_of_bodies(document: Document, office: Span, span: Span) -> bool:
    """Is a town only where the bodies sit that an envoy is sent to: `при международных организациях в Вене`?"""
    between = document.folded[office.end : span.start] if span.start > office.end else document.folded[span.end : office.start]
    return office.name == "representative" and span.kind == "City" and _TO_BODIES.search(between) is not None

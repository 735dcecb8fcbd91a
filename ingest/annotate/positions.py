"""Who holds which office: the office, whom it belongs to on one side of it, the person on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.shared_offices import concurrent_posts, sharers
from elshi.ingest.authorities import Book

__all__ = ["Held", "holdings"]

_BY = "positions/1"
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_JOINT: Final = re.compile(
    r"^[ \u00a0]*(?:[–—-]|,|,?[ \u00a0]әрі|және|,?[ \u00a0]сондай-ақ|и|and|, и|, and)?[ \u00a0]*(?:the |also |по совместительству )?$"
)
_DASH: Final = re.compile(r"^[ \u00a0]*(?:[–—-]|,?[ \u00a0]*әрі\b)[ \u00a0]*(?:[^\s,.;:]+ ){0,6}$")
_STOP: Final = re.compile(r"[.;:!?\n]")
_QUOTES: Final = re.compile(r"[«»“”\"]")
#: Words between a Kazakh office and its holder that say he holds it: `Елшісі қызметін қоса атқаратын Антонелло Де Риу`.
_IN_OFFICE: Final = r"(?:(?:қызметін|міндетін|лауазымын)(?:[ \u00a0](?:қоса|уақытша))?[ \u00a0]атқар(?:атын|ушы|ып жүрген|ған)[ \u00a0]*)?"
_PERSON_AFTER: Final = re.compile(
    rf"^[ \u00a0]*(?:[–—-][ \u00a0]*)?{_IN_OFFICE}(?:mr\.?|ms\.?|mrs\.?|dr\.?|prof\.?|sir|h\.e\.?|г-на?|г-ж[аи]|д-р)?[ \u00a0]*$"
)
_APPOSED: Final = re.compile(
    r"^[ \u00a0]*(?:,|[–—])[ \u00a0]*(?:the |its |their |also |an? |new |newly appointed |who is (?:the )?|он же |являющ\w+ )?[ \u00a0]*$"
)
_COMMA: Final = re.compile(r"^[ \u00a0]*,[ \u00a0]*(?:mr\.?|ms\.?|mrs\.?|dr\.?|prof\.?|h\.e\.?)?[ \u00a0]*$")


@dataclass(frozen=True, slots=True)
class Held:
    """An office in the hands of a person, with what completes it; all of them spans of one sentence."""

    office: Span
    person: Span
    organization: Span | None
    represents: str | None  # ISO code
    accredited_to: Span | None
    start: int
    end: int


def holdings(document: Document, sentence: Sentence, spans: list[Span], book: Book) -> list[Held]:
    """The offices that a sentence gives to persons; `spans` are its entities and offices in order."""
    offices = [s for s in spans if s.kind == "Office"]
    holders = _holders(document, spans, offices)
    found: list[Held] = []
    for office in offices:
        person = holders.get(office)
        if person is None:
            continue
        owners = _qualifiers(document, office, spans)
        held = _complete(document, office, person, owners, book)
        found.append(_shared(held, found, document))
        found += [replace(found[-1], person=other) for other in sharers(document, office, person, spans)]
    also = concurrent_posts(document, sentence, spans, offices)
    return [*found, *(Held(office, person, None, None, post, person.start, office.end) for office, person, post in also)]


def _holders(document: Document, spans: list[Span], offices: list[Span]) -> Mapping[Span, Span]:
    """Each office's person, the surest readings first: right beside it, in apposition, behind a comma."""
    holders: dict[Span, Span] = {}
    for find in (_beside, _before, _behind):
        for office in offices:
            if office not in holders:
                person = find(document, office, spans, holders)
                if person is not None:
                    holders[office] = person
    for left, right in zip(offices, offices[1:], strict=False):
        _join(document, left, right, spans, holders)
    return holders


def _join(document: Document, left: Span, right: Span, spans: list[Span], holders: dict[Span, Span]) -> None:
    """Two offices of one person, `Басқарма төрағасы – ректоры`, share whoever holds either."""
    between = _BRACKETS.sub("", document.folded[slice(*_gap(document, left, right, spans))])
    inner = [s for s in spans if left.end <= s.start < right.start and s.kind == "Person"]
    if inner or not (_JOINT.match(between) or _DASH.match(between)):
        return
    joined = re.search(r"[–—-]|әрі", between) or (re.search(r"\b(?:и|and|және)\b", between) and document.lang != "kk")
    joined = joined or (left.name == right.name and right in holders)
    if left not in holders and right in holders and joined and holders[right].start > right.end - 1:
        holders[left] = holders[right]
    elif right not in holders and left in holders and joined:
        holders[right] = holders[left]


def _gap(document: Document, left: Span, right: Span, spans: list[Span]) -> tuple[int, int]:
    """What stands between two offices, without that which completes either: `Елшісі, сондай-ақ Қырғызстандағы Елшісі`."""
    owners = _qualifiers(document, right if document.lang == "kk" else left, spans)
    inside = [s for s in owners if left.end <= s.start < right.start]
    if document.lang == "kk":
        return left.end, min([right.start, *(s.start for s in inside)])
    return max([left.end, *(s.end for s in inside)]), right.start


def _beside(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person right after the office and what completes it."""
    end = office.end if document.lang == "kk" else _reach(document, office, spans)
    after = next((s for s in spans if s.start >= end and s.kind in {"Person", "Office"}), None)
    if after is None or after.kind != "Person":
        return None
    between = _BRACKETS.sub("", document.folded[end : after.start])
    return after if _PERSON_AFTER.match(between) and not _STOP.search(between.replace(".", "")) else None


def _before(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person whom the office stands beside in apposition: `Aigerim Bektur, Consul of …`."""
    start = (
        _qualifiers(document, office, spans)[0].start if document.lang == "kk" and _qualifiers(document, office, spans) else office.start
    )
    person = next((s for s in reversed(spans) if s.end <= start and s.kind in {"Person", "Office"}), None)
    if person is None or person.kind != "Person":
        return None
    between = _BRACKETS.sub("", document.folded[person.end : start])
    if document.lang == "kk":
        return person if re.match(r"^[ \u00a0]*[–—][ \u00a0]*$", between) else None
    inner = [s for s in spans if person.end <= s.start < office.start]
    return person if _APPOSED.match(between) or (len(inner) == 1 and _APPOSED.match(document.folded[person.end : inner[0].start])) else None


def _behind(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person after a comma: `Rector of the University of Liège, Anne-Sophie Nyssen`."""
    end = office.end if document.lang == "kk" else _reach(document, office, spans)
    after = next((s for s in spans if s.start >= end and s.kind in {"Person", "Office"}), None)
    if after is None or after.kind != "Person" or after in holders.values():
        return None
    return after if _COMMA.match(_BRACKETS.sub("", document.folded[end : after.start])) else None


def _reach(document: Document, office: Span, spans: list[Span]) -> int:
    """Where the phrase of an office ends, with what completes it to its right and the domain after that."""
    owners = [s for s in _qualifiers(document, office, spans) if s.start > office.start]
    end = owners[-1].end if owners else office.end
    person = next((s for s in spans if s.start >= end and s.kind in {"Person", "Office"}), None)
    if person is None:
        return end
    between = _BRACKETS.sub("", document.folded[end : person.start])
    domain = re.match(r"^[ \u00a0](?:(?:for|of|in|по|и|and|the|on)[ \u00a0]|[^\s,.;:()–—]+[ \u00a0]?){1,10}(?=,? ?$)", between)
    if domain and not _verb_between(document, end, person.start):
        return person.start - (len(between) - len(between[: domain.end()].rstrip())) if between.endswith((", ", ",")) else person.start
    return end


def _verb_between(document: Document, start: int, end: int) -> bool:
    return any(
        t.pos_ in {"VERB", "AUX"} or t.morph.get("VerbForm", []) == ["Fin"]
        for t in document.tokens(start, max(start + 1, end))
        if t.idx >= start
    )


def _qualifiers(document: Document, office: Span, spans: list[Span]) -> list[Span]:
    """The countries and bodies that complete an office, in the order of the text."""
    walk = _leftward if document.lang == "kk" else _around
    return sorted(walk(document, office, [s for s in spans if s.kind not in {"Date", "Person"}], spans), key=lambda s: s.start)


def _leftward(document: Document, office: Span, owners: list[Span], spans: list[Span]) -> Iterator[Span]:
    """Kazakh puts all of it before the office, each link in a case of its own."""
    edge = office.start
    for span in reversed([s for s in spans if s.end <= office.start]):
        between = _QUOTES.sub("", _BRACKETS.sub("", document.folded[span.end : edge]))
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
        and _owns(document.folded[before.end : office.start], document.lang)
    ):
        yield before
    edge = office.end
    for span in (s for s in spans if s.start >= office.end):
        between = _BRACKETS.sub("", document.folded[edge : span.start])
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


def _owns(between: str, lang: str) -> bool:
    if lang == "ru":
        return False
    return bool(re.match(r"^(?:['’]s|['’])?[ \u00a0](?:new |first |former |current |(?:\w+ ){0,2})?$", between))


def _links(between: str, lang: str) -> bool:
    """May these words stand between an office and what it belongs to?"""
    if "," in between and not re.search(r"\b(?:и|and)\b", between):
        return False
    words = between.split()
    if lang == "ru":
        return not words or bool(re.match(r"^[ \u00a0](?:в|при|на|по|дел|компании|[а-я-]+)\b", between)) and "," not in between
    return bool(re.search(r"\b(?:of|to|in|at|for|with|the)[ \u00a0]*$", between)) or not words


def _complete(document: Document, office: Span, person: Span, owners: list[Span], book: Book) -> Held:
    """Sort what completes the office into the state it serves, the body, the receiving side."""
    represents, organization, accredited = None, None, None
    for span in owners:
        receiving = _is_receiving(document, span)
        if span.kind == "Country" and not receiving and represents is None:
            represents = _iso(span)
        elif span.kind in PLACES:
            if receiving and accredited is None:
                accredited = span
        else:
            organization = span if organization is None or span.start > organization.start and document.lang == "kk" else organization
    if represents is None:
        represents = _by_adjective(document, office, book)
    start = min([office.start, person.start, *(s.start for s in owners)])
    end = max([office.end, person.end, *(s.end for s in owners)])
    return Held(office, person, organization, represents, accredited, start, end)


def _is_receiving(document: Document, span: Span) -> bool:
    """`Бельгиядағы`, `в Бельгии`, `to Belgium`: where an envoy is sent, not who sends."""
    if document.lang == "kk":
        return document.is_attributive(span.start, span.end) or document.folded[span.end :].startswith((" жанындағы", " бойынша"))
    lead = document.folded[max(0, span.start - 12) : span.start]
    return bool(re.search(r"\b(?:в|при|во|на)[ \u00a0]+$" if document.lang == "ru" else r"\b(?:to|in|at|for)[ \u00a0]+(?:the )?$", lead))


def _iso(span: Span) -> str | None:
    return span.record.split(":")[1] if span.record and span.record.startswith("country:") else None


def _by_adjective(document: Document, office: Span, book: Book) -> str | None:
    """`казахстанский министр`, `Kazakh Ambassador`."""
    words = re.findall(r"[\w-]+", document.text[max(0, office.start - 40) : office.start])
    return book.adjective(words[-1], document.lang) if words else None


def _shared(held: Held, earlier: list[Held], document: Document) -> Held:
    """A second office of the same person, or of the next in a list, belongs where the first does."""
    if not earlier:
        return held
    last = earlier[-1]
    same = last.person == held.person
    near = same or held.start - last.end < 12
    body = scope_of(held.office.name, document.lang) == "body" and held.organization is None and held.represents is None
    return Held(
        held.office, held.person,
        last.organization if body and near and held.organization is None else held.organization,
        last.represents if same and held.represents is None else held.represents,
        held.accredited_to, held.start, held.end,
    )  # fmt: skip

"""Who holds which office: the office, whom it belongs to on one side of it, the person on the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.english_offices import links_to_office, post_nominal, state_of_pair, without_idle_verbs
from elshi.ingest.annotate.evidence import APPOINTED, is_plural
from elshi.ingest.annotate.gazetteer import PLACES
from elshi.ingest.annotate.offices import scope_of
from elshi.ingest.annotate.qualifiers import bare, is_receiving, is_seat_of_bodies, qualifiers, reach
from elshi.ingest.annotate.shared_offices import concurrent_posts, counterparts, second_holder, sharers, state_behind
from elshi.ingest.annotate.tenure import Former, without_principals
from elshi.ingest.authorities import Book

__all__ = ["Held", "holdings"]

_JOINT: Final = re.compile(
    r"^[ \u00a0]*(?:[–—-]|,|,?[ \u00a0]әрі|және|,?[ \u00a0]сондай-ақ|и|and|, и|, and)?[ \u00a0]*(?:the |also |по совместительству )?$"
)
_DASH: Final = re.compile(r"^[ \u00a0]*(?:[–—-]|,?[ \u00a0]*әрі\b)[ \u00a0]*(?:[^\s,.;:]+ ){0,6}$")
_STOP: Final = re.compile(r"[.;:!?\n]")
#: Words between a Kazakh office and its holder that say he holds it: `Елшісі қызметін қоса атқаратын Антонелло Де Риу`.
_IN_OFFICE: Final = (
    r"(?:(?:(?:қызметін|міндетін|лауазымын)(?:[ \u00a0](?:қоса|уақытша))?[ \u00a0])?атқар(?:атын|ушы|ып жүрген|ған)[ \u00a0]*)?"
)
_PERSON_AFTER: Final = re.compile(
    rf"^[ \u00a0]*(?:[–—-][ \u00a0]*)?{_IN_OFFICE}(?:mr\.?|ms\.?|mrs\.?|dr\.?|prof\.?|sir|h\.e\.?|г-на?|г-ж[аи]|д-р)?[ \u00a0]*$"
)
_APPOSED: Final = re.compile(
    r"^[ \u00a0]*(?:,|[–—])[ \u00a0]*(?:(?:the |its |their )?(?:newly (?:appointed|elected) |new |current |incoming |outgoing )|"
    r"the |its |their |also |an? |он же |являющ\w+ |"
    r"an? (?:(?!(?:of|to|for|with|and|by|who|whose|in|on|at)\b)[\w-]+ ){1,2}|"
    r"who (?:also |now |currently )?(?:(?:is|serves as|acts as|works as|represents) (?:the |an? )?)?)?[ \u00a0]*$"
)
#: Offices that a list names without their holders.
_MANY: Final = frozenset(
    {"expert", "student", "researcher", "representative", "diplomat", "member-of-parliament", "minister", "ambassador"}
)
#: Offices that a comma explains: `үкіметінің басшысы, губернатор`.
_RULERS: Final = frozenset({"governor", "mayor"})
#: Words between an appointment and the office it gives: `назначен новым`, `elected as the first`.
_NEAR: Final = 3
#: What makes a Kazakh representative one at an organisation.
_TO_BODY: Final = re.compile(r"жанындағы[ \u00a0]")
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
    spans = without_idle_verbs(document, without_principals(document, spans))
    offices = [s for s in spans if s.kind == "Office"]
    holders = _holders(document, spans, offices)
    former, found = Former(document, sentence), list[Held]()
    for office in offices:
        person = holders.get(office)
        if person is None or office in former:
            continue
        owners = qualifiers(document, office, spans)
        held = _complete(document, office, person, owners, book)
        found.append(_shared(held, found, document))
        others = list(sharers(document, office, person, spans))
        states = [iso for s in owners if s.kind == "Country" and not is_receiving(document, s) and (iso := _iso(s))]
        respective = len(states) == len(others) + 1 > 1
        last, bodies = found[-1], [s for s in owners if s.kind not in PLACES] if document.lang == "kk" else []
        each = bodies if len(bodies) == len(others) + 1 > 1 else [last.organization] * (len(others) + 1)
        found[-1] = replace(last, organization=each[0])
        found += [
            replace(last, person=o, organization=each[i + 1], represents=states[i + 1] if respective else last.represents)
            for i, o in enumerate(others)
        ]
    found += [Held(o, p, None, iso, None, p.start, p.end) for o, p, iso in counterparts(document, spans, holders, book)]
    also = concurrent_posts(document, sentence, spans, holders)
    found = [
        replace(h, represents=_iso(told))
        if h.represents is None and scope_of(h.office.name, document.lang) != "body" and (told := state_behind(document, h.person, spans))
        else h
        for h in found
    ]
    found = [_as_the_next(document, h, found) for h in found if not _is_mere_title(h, found)]
    return [*found, *(Held(office, person, None, None, post, person.start, office.end) for office, person, post in also)]


def _as_the_next(document: Document, held: Held, found: list[Held]) -> Held:
    """An office without a body that is joined to the next one: `Председатель правления – ректор университета`, `ректор и проректор …`."""
    if held.organization or held.represents or scope_of(held.office.name, document.lang) != "body":
        return held
    later = (h for h in found if h.organization and h.office.start > held.office.end)
    joint = next((h for h in later if _JOINT.match(document.folded[held.office.end : h.office.start])), None)
    return replace(held, organization=joint.organization) if joint else held


def _is_mere_title(held: Held, found: list[Held]) -> bool:
    """Is `Professor` only how a rector or a minister is addressed?"""
    alone = held.start == min(held.office.start, held.person.start) and held.end == max(held.office.end, held.person.end)
    return held.office.name == "professor" and alone and any(h.person == held.person and h.office.name != "professor" for h in found)


def _holders(document: Document, spans: list[Span], offices: list[Span]) -> Mapping[Span, Span]:
    """Each office's person, the surest readings first: right beside it, in apposition, behind a comma."""
    holders: dict[Span, Span] = {}
    for find in (_beside, _before, _behind, _appointed):
        for office in offices:
            if office not in holders:
                person = find(document, office, spans, holders)
                if person is not None:
                    holders[office] = person
    for left, right in zip(offices, offices[1:], strict=False):
        _join(document, left, right, spans, holders)
        if second := second_holder(document, left, right, spans, holders):
            holders[right] = second
    return holders


def _join(document: Document, left: Span, right: Span, spans: list[Span], holders: dict[Span, Span]) -> None:
    """Two offices of one person, `Басқарма төрағасы – ректоры`, share whoever holds either."""
    between = bare(document.folded[slice(*_gap(document, left, right, spans))])
    inner = [s for s in spans if left.end <= s.start < right.start and s.kind == "Person"]
    if inner or not (_JOINT.match(between) or _DASH.match(between)):
        return
    joined = re.search(r"[–—]|(?<!\w)-(?!\w)|әрі", between) or (re.search(r"\b(?:и|and|және)\b", between) and document.lang != "kk")
    shared = left.name == right.name and right in holders and document.case(left.start, left.end) == "Nom"
    joined = joined or shared or _heads_both(document, left, right, between)
    if left not in holders and right in holders and joined and holders[right].start > right.end - 1:
        holders[left] = holders[right]
    elif right not in holders and left in holders and joined:
        holders[right] = holders[left]


def _heads_both(document: Document, left: Span, right: Span, between: str) -> bool:
    """Do two offices stand in one breath, a comma between: `премьер-министром, министром иностранных дел`, `қор төрағасы, … профессоры X`?"""
    if document.lang == "kk":
        accredited = (
            left.name == "ambassador" and right.name == "representative" and _TO_BODY.search(document.folded, left.end, right.start)
        )
        apposed = between.strip() == "," and (accredited or left.name not in _MANY) and right.name not in _RULERS
        return apposed and not _is_many(document, left) and document.case(left.start, left.end) == "Nom"
    if between.strip() != "," or is_plural(document, left) or is_plural(document, right):
        return False
    if document.lang == "en":
        return left.name in {"prime-minister", "deputy-prime-minister"}
    return document.case(left.start, left.start + 1) == document.case(right.start, right.start + 1)


def _is_many(document: Document, office: Span) -> bool:
    """Does a Kazakh office stand in the plural?"""
    return document.tokens(office.start, office.end)[-1].morph.get("Number", []) == ["Plur"]


def _gap(document: Document, left: Span, right: Span, spans: list[Span]) -> tuple[int, int]:
    """What stands between two offices, without that which completes either: `Елшісі, сондай-ақ Қырғызстандағы Елшісі`."""
    owners = qualifiers(document, right if document.lang == "kk" else left, spans)
    inside = [s for s in owners if left.end <= s.start < right.start]
    if document.lang == "kk":
        return left.end, min([right.start, *(s.start for s in inside)])
    return max([left.end, *(s.end for s in inside)]), right.start


def _beside(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person right after the office and what completes it."""
    end = office.end if document.lang == "kk" else reach(document, office, spans)
    after, start = _next(document, spans, end)
    if after is None:
        return None
    between = bare(document.folded[end:start])
    return after if _PERSON_AFTER.match(between) and not _STOP.search(between.replace(".", "")) else None


def _before(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person whom the office stands beside in apposition: `Aigerim Bektur, Consul of …`."""
    start = qualifiers(document, office, spans)[0].start if document.lang == "kk" and qualifiers(document, office, spans) else office.start
    named = [s for s in spans if s.end <= start and s.kind in {"Person", "Office"}]
    letters = len(named) > 1 and named[-2].kind == "Person" and post_nominal(document, named[-2], named[-1])
    person = named[-2 if letters else -1] if named else None
    if person is None or person.kind != "Person":
        return None
    end = named[-1].end
    inner = [s for s in spans if end <= s.start < office.start and document.text[s.start - 1] != "("]
    if post_nominal(document, person, office) or links_to_office(document, end, inner[0].start if inner else None, office):
        return person
    between = bare(document.folded[end:start])
    if document.lang == "kk":
        return person if re.match(r"^[ \u00a0]*[–—][ \u00a0]*$", between) else None
    return person if _APPOSED.match(between) or (len(inner) == 1 and _APPOSED.match(document.folded[end : inner[0].start])) else None


def _behind(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """The person after a comma: `Rector of the University of Liège, Anne-Sophie Nyssen`."""
    end = office.end if document.lang == "kk" else reach(document, office, spans)
    after, start = _next(document, spans, end)
    if after is None or any(p == after and o.name != "professor" for o, p in holders.items()):
        return None
    return after if _COMMA.match(bare(document.folded[end:start])) else None


def _next(document: Document, spans: list[Span], end: int) -> tuple[Span | None, int]:
    """The person behind an office and where his name begins, a mere title before it included: `President …, Professor Mohamed Sami`."""
    behind = [s for s in spans if s.start >= end and s.kind in {"Person", "Office"}][:2]
    if behind and behind[0].kind == "Person":
        return behind[0], behind[0].start
    titled = len(behind) == 2 and behind[0].name == "professor" and behind[1].kind == "Person"
    return (behind[1], behind[0].start) if titled and behind[1].start - behind[0].end <= 2 else (None, end)


def _appointed(document: Document, office: Span, spans: list[Span], holders: Mapping[Span, Span]) -> Span | None:
    """Whom a sentence gives the office: `Айбек Ким назначен Послом`, `Послом назначен Айбек Ким`, `… was elected Vice-Chair`."""
    if document.lang == "kk":
        return None
    person = next((s for s in reversed(spans) if s.end <= office.start and s.kind in {"Person", "Office"}), None)
    if person is not None and person.kind == "Person":
        between = document.folded[person.end : office.start]
        match = APPOINTED.match(between)
        if match and len(between[match.end() :].split()) <= _NEAR and not _STOP.search(between):
            return person
    end = reach(document, office, spans)
    behind, start = _next(document, spans, end)
    return behind if behind is not None and APPOINTED.fullmatch(document.folded[end:start]) else None


def _complete(document: Document, office: Span, person: Span, owners: list[Span], book: Book) -> Held:
    """Sort what completes the office into the state it serves, the body, the receiving side."""
    represents, organization, accredited = None, None, None
    for span in owners:
        receiving = is_receiving(document, span)
        if span.kind == "Country" and not receiving and represents is None:
            represents = _iso(span)
        elif span.kind in PLACES:
            if receiving and accredited is None and not is_seat_of_bodies(document, office, span):
                accredited = span
        else:
            organization = span if organization is None or span.start > organization.start and document.lang == "kk" else organization
    if represents is None:
        represents = _by_adjective(document, office, book)
    start = min([office.start, person.start, *(s.start for s in owners)])
    end = max([office.end, person.end, *(s.end for s in owners)])
    return Held(office, person, organization, represents, accredited, start, end)


def _iso(span: Span) -> str | None:
    return span.record.split(":")[1] if span.record and span.record.startswith("country:") else None


def _by_adjective(document: Document, office: Span, book: Book) -> str | None:
    """`казахстанский министр`, `Kazakh Ambassador`."""
    words = re.findall(r"[\w-]+", document.text[max(0, office.start - 40) : office.start])
    state = book.adjective(words[-1], document.lang) if words else None
    return state or (state_of_pair(words[-2:], book) if document.lang == "en" else None)


def _shared(held: Held, earlier: list[Held], document: Document) -> Held:
    """A second office of the same person, or of the next in a list, belongs where the first does."""
    if not earlier:
        return held
    last = earlier[-1]
    same = last.person == held.person
    near = same or held.start - last.end < 12 and ";" not in document.text[last.end : held.start]
    body = scope_of(held.office.name, document.lang) == "body" and held.organization is None and held.represents is None
    return Held(
        held.office, held.person,
        last.organization if body and near and held.organization is None else held.organization,
        last.represents if same and held.represents is None else held.represents,
        held.accredited_to, held.start, held.end,
    )  # fmt: skip

"""What proves that a graph has no result of a SPARQL constraint, so that the others only are asked about.

Each proof is of one constraint exactly, by the digest of the query that it is asked as: a constraint that was edited, or that
somebody else wrote, has none until its proof was read again, and is asked of every graph meanwhile. Of anything unusual a proof
fails: that costs time and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from typing import Final

from elshi.ontology.vocab import expand
from elshi.shapes.nodes import TYPE, Nodes, lexical, tag
from elshi.shapes.strict import number

__all__ = ["PROOFS", "Proof", "digest"]

#: Tells whether a graph, of which these nodes are the constraint's to look at, surely has no result.
Proof = Callable[[Nodes, Set[str]], bool]


def digest(query: str) -> str:
    """Return what stands for a query, whatever space it is written with."""
    return sha256(" ".join(query.split()).encode()).hexdigest()[:16]


def _term(name: str) -> str:
    return f"<{expand(name)}>"


_BODY, _LANG, _LABEL, _TITLE, _SOURCE = map(
    _term, ("schema:articleBody", "schema:inLanguage", "rdfs:label", "dcterms:title", "dcterms:source")
)
_TARGET, _IN, _SELECTOR, _START, _END, _EXACT = map(
    _term, ("oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "oa:exact")
)
_THING, _KIND, _SAME, _VALUE, _WHOLE = map(_term, ("oa:hasBody", "elshi:entityType", "owl:sameAs", "schema:value", "elshi:subsetOf"))
_BEGUN, _ENDED, _TOLD, _STATUS = map(_term, ("schema:startDate", "schema:endDate", "elshi:reportedOn", "elshi:status"))
_SIGNED, _STATED, _COMMITTED, _STEP = map(_term, ("elshi:signedOn", "elshi:statedIn", "elshi:commitment", "elshi:step"))
_ISSUED, _HEADED = map(_term, ("dcterms:issued", "elshi:headerDate"))
_DATED: Final = (_BEGUN, _ENDED, _SIGNED, _TOLD, _ISSUED, _HEADED, *map(_term, ("schema:foundingDate", "elshi:dateValue", "elshi:asOf")))
_NUMBERS: Final = tuple(f'"^^{_term(name)}' for name in ("xsd:integer", "xsd:decimal"))
_DATE: Final = re.compile(rf'"((\d{{4}})(?:(-\d\d)(-\d\d)?)?)"\^\^<{re.escape(expand("xsd:"))}(gYear|gYearMonth|date)>', re.ASCII)


def _labels_in_the_language_of_the_release(nodes: Nodes, focuses: Set[str]) -> bool:
    langs = {lexical(lang) for stated in nodes.values(_LANG).values() for lang in stated}
    return "" not in langs and all(langs <= set(map(tag, nodes.objects(focus, _LABEL))) for focus in focuses)


def _no_organisation_in_itself(nodes: Nodes, focuses: Set[str]) -> bool:
    return _without_cycle(nodes.values(_term("org:subOrganizationOf")))


def _no_place_in_itself(nodes: Nodes, focuses: Set[str]) -> bool:
    return _without_cycle(nodes.values(_term("schema:containedInPlace")))


def _no_figure_in_itself(nodes: Nodes, focuses: Set[str]) -> bool:
    return _without_cycle(nodes.values(_WHOLE))


def _without_cycle(links: Mapping[str, Collection[str]]) -> bool:
    try:
        TopologicalSorter(links).prepare()
    except CycleError:
        return False
    return True


def _no_guess_is_sameness(nodes: Nodes, focuses: Set[str]) -> bool:
    return not nodes.values(_SAME)


def _quotes_stand_between_their_offsets(nodes: Nodes, focuses: Set[str]) -> bool:
    bodies = {release: [lexical(body) for body in stated] for release, stated in nodes.values(_BODY).items()}
    sources, selectors, targets = nodes.values(_IN), nodes.values(_SELECTOR), nodes.values(_TARGET)
    starts, ends, quotes = nodes.values(_START), nodes.values(_END), nodes.values(_EXACT)

    def holds(target: str) -> bool:
        several = selectors.get(target, ())
        said = [(start, end) for each in several for start in starts.get(each, ()) for end in ends.get(each, ())]
        quoted = [quote for each in several for quote in quotes.get(each, ())]
        return all(
            _stands(body, start, end, quote)
            for release in sources.get(target, ()) for body in bodies.get(release, ()) for start, end in said for quote in quoted
        )  # fmt: skip

    return all(holds(target) for focus in focuses for target in targets.get(focus, ()))


def _stands(body: str, start: str, end: str, quote: str) -> bool:
    begin, stop = number(start), number(end)
    return (
        isinstance(begin, int) and isinstance(stop, int) and 0 <= begin <= stop and quote[0] == '"' and body[begin:stop] == lexical(quote)
    )


def _things_are_of_the_class_that_a_mention_gives(nodes: Nodes, focuses: Set[str]) -> bool:
    kinds, things, types = nodes.values(_KIND), nodes.values(_THING), nodes.values(TYPE)
    return all(kind in types.get(thing, ()) for focus in focuses for kind in kinds.get(focus, ()) for thing in things.get(focus, ()))


def _events_end_after_they_begin(nodes: Nodes, focuses: Set[str]) -> bool:
    return _all_dated(_pairs(nodes, focuses, _BEGUN, _ENDED), lambda start, end: start[: len(end)] <= end[: len(start)])


def _held_events_begin_before_they_are_reported(nodes: Nodes, focuses: Set[str]) -> bool:
    held = focuses & nodes.holders(_STATUS).get(_term("elshi:held"), frozenset())
    return _all_dated(_pairs(nodes, held, _BEGUN, _TOLD), lambda day, told: day <= told[: len(day)])


def _planned_events_begin_after_they_are_reported(nodes: Nodes, focuses: Set[str]) -> bool:
    planned = focuses & nodes.holders(_STATUS).get(_term("elshi:planned"), frozenset())
    return _all_dated(_pairs(nodes, planned, _BEGUN, _TOLD), lambda day, told: day >= told[: len(day)])


def _signed_agreements_have_been_signed(nodes: Nodes, focuses: Set[str]) -> bool:
    def told(focus: str) -> Iterator[str]:
        for release in nodes.objects(focus, _STATED):
            yield from (*nodes.objects(release, _ISSUED), *nodes.objects(release, _HEADED))

    steps = {
        focus: [number(step) for stage in nodes.objects(focus, _COMMITTED) for step in nodes.objects(stage, _STEP)] for focus in focuses
    }
    unsigned = [focus for focus, reached in steps.items() if any(step is None or step < 8 for step in reached)]
    pairs = ((day, issued) for focus in unsigned for day in nodes.objects(focus, _SIGNED) for issued in told(focus))
    return _all_dated(pairs, lambda day, issued: day >= issued[: len(day)])


def _pairs(nodes: Nodes, focuses: Set[str], one: str, other: str) -> Iterator[tuple[str, str]]:
    return ((a, b) for focus in focuses for a in nodes.objects(focus, one) for b in nodes.objects(focus, other))


def _all_dated(pairs: Iterable[tuple[str, str]], right: Callable[[str, str], bool]) -> bool:
    return all(_in_calendar(one) and _in_calendar(other) and right(lexical(one), lexical(other)) for one, other in pairs)


def _figures_are_numbers(nodes: Nodes, focuses: Set[str]) -> bool:
    return all(value.endswith(_NUMBERS) for focus in focuses for value in nodes.objects(focus, _VALUE))


def _parts_are_no_greater_than_the_whole(nodes: Nodes, focuses: Set[str]) -> bool:
    def fits(part: str, whole: str) -> bool:
        less, more = number(part), number(whole)
        return less is not None and more is not None and less <= more

    wholes = ((focus, whole) for focus in focuses for whole in nodes.objects(focus, _WHOLE))
    return all(
        fits(part, value) for focus, whole in wholes for part in nodes.objects(focus, _VALUE) for value in nodes.objects(whole, _VALUE)
    )


def _dates_are_in_the_calendar(nodes: Nodes, focuses: Set[str]) -> bool:
    return all(_in_calendar(value) for predicate in _DATED for stated in nodes.values(predicate).values() for value in stated)


@lru_cache(4096)
def _in_calendar(term: str) -> bool:
    match = _DATE.fullmatch(term)
    if match is None or not 500 <= int(match[2]) <= 2199:
        return False
    form = "date" if match[4] else "gYearMonth" if match[3] else "gYear"
    try:
        return form == match[5] and bool(date.fromisoformat(f"{match[2]}{match[3] or '-01'}{match[4] or '-01'}"))
    except ValueError:
        return False


def _title_and_body_carry_the_language(nodes: Nodes, focuses: Set[str]) -> bool:
    texts = ((focus, text) for focus in focuses for predicate in (_TITLE, _BODY) for text in nodes.objects(focus, predicate))
    return all(tag(text) == lexical(lang) for focus, text in texts for lang in nodes.objects(focus, _LANG))


def _sources_are_web_addresses(nodes: Nodes, focuses: Set[str]) -> bool:
    return all(lexical(source).startswith(("http://", "https://")) for focus in focuses for source in nodes.objects(focus, _SOURCE))


#: What proves which constraint, by the digest of its query.
PROOFS: Final[Mapping[str, Proof]] = {
    "8574c76b101937c9": _dates_are_in_the_calendar,
    "16049caffad5732e": _events_end_after_they_begin,
    "291904bfd857af33": _no_guess_is_sameness,
    "c5445064971f80e1": _quotes_stand_between_their_offsets,
    "e5b35ce66d928205": _things_are_of_the_class_that_a_mention_gives,
    "eece57fae8711126": _labels_in_the_language_of_the_release,
    "fffd24d04b4313d7": _no_organisation_in_itself,
    "306af6e8c9a63bf5": _parts_are_no_greater_than_the_whole,
    "f80453bccbad5937": _no_place_in_itself,
    "b3cf00ff1ef96133": _title_and_body_carry_the_language,
    "85b432886f8a70c9": _sources_are_web_addresses,
    "d371183ddd51d9c4": _signed_agreements_have_been_signed,
    "1340f29b538f730f": _figures_are_numbers,
    "8cc89298d46327dc": _no_figure_in_itself,
    "56165a54b6576b89": _held_events_begin_before_they_are_reported,
    "fabfa0c284780e2e": _planned_events_begin_after_they_are_reported,
}

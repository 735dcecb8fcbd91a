"""Which of the towns of one name a text means: the one in the country or the region that stands beside it, as in `Portland, Maine`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.authorities import Book, Record
from elshi.ingest.coordinates import region_codes, region_of, states_called
from elshi.ingest.languages.given import is_given

__all__ = ["settle_towns", "without_persons"]

#: A given name and a family name.
_NAMES: Final = 2

#: What stands between a town and what it lies in; brackets leave no doubt.
_BEHIND: Final = re.compile(
    r"(?: қала\w*| City)?(?:(?P<open>,? ?\()(?:the |шт\. |штат |г\. )*|, ?(?:in |шт\. |the |в |во )?|,? (?P<loc>in (?:the )?|во? (?:штате |провинции )?))"
)
_GENITIVE_EN: Final = re.compile(r"['’]s ")
#: Territories that are spoken of as parts of another country.
_WITHIN: Final = {"HK": "CN", "MO": "CN", "TW": "CN", "PR": "US", "GU": "US", "GI": "GB", "GL": "DK", "FO": "DK", "RE": "FR", "MQ": "FR"}


@dataclass(frozen=True, slots=True)
class _Area:
    """What a text says that a town lies in."""

    country: str
    region: str | None  # GeoNames' code, where it is known
    certain: bool  # a town of that name must lie there, even where no authority knows one


def settle_towns(document: Document, claims: Claims, book: Book) -> None:
    """Give every town whose name others bear too the record that the text means; what lies elsewhere keeps none.

    What one mention says holds for those of the same name behind it, and in the headline, that say nothing.
    """
    towns = [s for s in claims if s.kind == "City"]
    said: dict[str, list[tuple[int, Span]]] = {}
    open_ones = []
    for town in towns:
        settled = next((s for area in _areas(document, claims, book, town) if (s := _settled(town, area, book, document.lang))), None)
        if settled is None:
            open_ones.append(town)
            continue
        said.setdefault(fold(town.name), []).append((town.start, settled))
        claims.replace(town, settled)
    for town in open_ones:
        if known := said.get(fold(town.name)):
            earlier = max((one for one in known if one[0] < town.start), default=None)
            if earlier or document.sentence_at(town.start).is_title:
                meant = (earlier or known[0])[1]
                claims.replace(town, replace(town, record=meant.record, attributes=meant.attributes))


def without_persons(document: Document, places: Iterable[Span], guesses: Iterable[Span]) -> list[Span]:
    """Places without those that are a person's name: `Дания Еспаева`, `Чад Иорданов`, `Сара Марокко`, as the recogniser takes them."""
    persons = [g for g in guesses if g.kind == "Person"]
    return [s for s in places if not any(_is_part(document, s, p) for p in persons if p.start <= s.start and s.end <= p.end)]


def _is_part(document: Document, place: Span, person: Span) -> bool:
    """Is a place in the nominative one of a person's two names, and the other no given name before which a country may stand?"""
    words = document.text[person.start : person.end].split()
    if (
        place.kind not in {"Country", "Region"}
        or " " in place.name
        or len(words) != _NAMES
        or document.text[place.start : place.end] != place.name
    ):
        return False
    if not all(w[:1].isupper() and w[1:].islower() for w in words):
        return False
    if place.start > person.start:
        return is_given(words[0], document.lang)
    return is_given(place.name, "en") if document.lang == "en" else not is_given(words[1], document.lang)


def _settled(town: Span, area: _Area, book: Book, lang: str) -> Span | None:
    """The town as one of those in an area; None where that says nothing new of it."""
    namesakes = _namesakes(town.name, book, lang)
    inside = [r for r in namesakes if r.country == area.country]
    if area.region and any(region_of(r.id) for r in inside):
        inside = [r for r in inside if region_of(r.id) == area.region]
    if inside:
        meant = max(inside, key=lambda r: (r.population, r.id))
        return replace(town, record=meant.id, attributes=(("why", f"the town of this name in {area.region or area.country}"),))
    if not area.certain or any(_WITHIN.get(r.country or "") == area.country for r in namesakes):
        return None
    return replace(town, record=None, attributes=(("country", area.country),))


def _namesakes(name: str, book: Book, lang: str) -> list[Record]:
    found = (*book.named(name, lang, kinds={"City"}), *book.spelled_alike(name, lang, kinds={"City"}))
    return list({r.id: r for r in found}.values())


def _areas(document: Document, claims: Claims, book: Book, town: Span) -> Iterator[_Area]:
    yield from _behind(document, claims, book, town)
    yield from _before(document, claims, book, town)


def _behind(document: Document, claims: Claims, book: Book, town: Span) -> Iterator[_Area]:
    """`Триполи (Ливан)`, `Portland, Maine`, `Лондон в Канаде`."""
    for span in claims.within(town.end, town.end + 40)[:1]:
        match = _BEHIND.fullmatch(document.text[town.end : span.start])
        if span.kind not in {"Country", "Region"} or match is None:
            continue
        if match["loc"] and document.lang == "ru" and document.case(span.start, span.end) != "Loc":
            continue
        yield from _of(span, book, document.lang, certain=bool(match["open"]) or span.kind == "Region" and not match["loc"])


def _before(document: Document, claims: Claims, book: Book, town: Span) -> Iterator[_Area]:
    """`Ливанның Триполи қаласы`, `ливанский Триполи`, `Pakistan's Hyderabad`."""
    for span in claims.within(max(0, town.start - 60), town.start)[-1:]:
        between = document.text[span.end : town.start]
        if span.kind not in {"Country", "Region"}:
            continue
        owned = (
            document.lang == "kk"
            and between == " "
            and (document.case(span.start, span.end) == "Gen" or document.is_attributive(span.start, span.end))
        )
        if (
            owned
            or document.lang == "en"
            and (_GENITIVE_EN.fullmatch(between) or document.text[span.start : span.end].endswith(("'s", "’s")))
        ):
            yield from _of(span, book, document.lang, certain=False)
    first = document.tokens(town.start, town.end)[0]
    if document.lang != "kk" and first.i and (iso := book.adjective(document.doc[first.i - 1].text, document.lang)):
        yield _Area(iso, None, certain=False)


def _of(span: Span, book: Book, lang: str, *, certain: bool) -> Iterator[_Area]:
    named = book.named(span.name, lang, kinds={"Country", "Region"})
    record = book.record(span.record) if span.record else next(iter(named), None)
    if record is None or record.country is None:
        return
    yield _Area(record.country, region_codes().get(record.id), certain)
    if record.kind == "Country" and (code := states_called().get(fold(span.name))):  # `Athens, Georgia`
        yield _Area(code.partition(".")[0], code, certain=False)

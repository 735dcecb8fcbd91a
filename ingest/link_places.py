"""Which country, city or region a place's name means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from elshi.ingest.authorities import Book, Record
from elshi.ingest.model import Entity
from elshi.ingest.verdict import PLACE_KINDS, Context, Verdict, guesses

__all__ = ["place"]

_TOWN = 50_000
_LARGE = 300_000  # inhabitants of a city that needs no country beside its name
_CLEARLY_LARGER = 8


def place(entity: Entity, context: Context, book: Book) -> Verdict:
    """Decide by code, then by name among the records of the entity's kind, then among all places."""
    if entity.kind == "Country" and entity.country and (record := book.country(entity.country)):
        return Verdict(record, why=f"ISO 3166-1 {entity.country}")
    found = _named(entity, book)
    same = [r for r in found if r.kind == entity.kind]
    if entity.kind == "Region" and not same:
        same = [r for r in found if r.kind == "Country"]
    elif not same:
        same = [r for r in found if r.rank == 0]
    for rule in _RULES:
        if verdict := rule(entity, same, context):
            return verdict
    if entity.kind == "Country" and (iso := book.adjective(entity.name, entity.names[0][1])) and (record := book.country(iso)):
        return Verdict(record, why=f"adjective of {iso}")
    return Verdict(candidates=guesses(found, 0.5, "bears the name"), why="no authority has this name" if not found else "name is ambiguous")


def _named(entity: Entity, book: Book) -> list[Record]:
    found: dict[str, Record] = {}
    for name, lang in (*entity.names, *entity.aliases):
        for record in (*book.named(name, lang, kinds=PLACE_KINDS), *book.spelled_alike(name, lang, kinds=PLACE_KINDS)):
            found.setdefault(record.id, record)
    return list(found.values())


def _curated(entity: Entity, records: Sequence[Record], context: Context) -> Verdict | None:
    """A country, a region or a well-known city, unless a namesake is larger or lies where the release is about."""
    agreeing = [r for r in records if r.rank == 0 and (entity.country in (None, r.country) or r.country is None)]
    if len(agreeing) != 1:
        return None
    meant = agreeing[0]
    rivals = [] if entity.country or context.about(meant.country) else [r for r in records if r is not meant]
    if any(r.population > meant.population or (context.about(r.country) and r.population > _TOWN) for r in rivals):
        return None
    return Verdict(meant, why="the country, region or well-known city of this name")


def _only_one_in_stated_country(entity: Entity, records: Sequence[Record], context: Context) -> Verdict | None:
    if entity.country is None:
        return None
    return _largest([r for r in records if r.country == entity.country], f"the city of this name in {entity.country}")


def _only_one_in_named_countries(entity: Entity, records: Sequence[Record], context: Context) -> Verdict | None:
    if entity.country is not None:
        return None
    inside = [r for r in records if context.about(r.country)]
    outside = [r for r in records if not context.about(r.country)]
    if inside and all(r.population * 20 > other.population for r in inside[:1] for other in outside):
        return _largest(inside, "the city of this name in a country the release is about")
    return None


def _large_and_alone(entity: Entity, records: Sequence[Record], context: Context) -> Verdict | None:
    if entity.country is not None or not records:
        return None
    verdict = _largest(records, "by far the largest city of this name")
    return verdict if verdict and verdict.record and verdict.record.population >= _LARGE else None


def _largest(records: Sequence[Record], why: str) -> Verdict | None:
    ranked = sorted(records, key=lambda r: -r.population)
    if ranked and (len(ranked) == 1 or ranked[0].population > _CLEARLY_LARGER * ranked[1].population):
        return Verdict(ranked[0], why=why)
    return None


_RULES: tuple[Callable[[Entity, Sequence[Record], Context], Verdict | None], ...] = (
    _curated, _only_one_in_stated_country, _only_one_in_named_countries, _large_and_alone,
)  # fmt: skip

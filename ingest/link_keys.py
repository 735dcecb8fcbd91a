"""The final keys of entities: an authority's, else one that a translation of the name arrives at too, else one of the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from elshi.ingest.authorities import Book, Record
from elshi.ingest.concepts import concepts
from elshi.ingest.languages.names import name_key
from elshi.ingest.model import Entity
from elshi.ingest.slug import slug
from elshi.ingest.verdict import PLACE_KINDS

__all__ = ["final_keys"]

#: A unit of a larger organisation, whose name ("Faculty of Law") says little without it.
_UNITS = frozenset({"Faculty", "Campus", "School", "ResearchCentre"})


def final_keys(entities: Iterable[Entity], records: Mapping[str, Record], book: Book) -> dict[str, str]:
    """Return the final key of each local one."""
    by_key = {entity.key: entity for entity in entities}
    keys: dict[str, str] = {}

    def final(local: str, asked: tuple[str, ...] = ()) -> str:
        if local not in keys:
            entity = by_key[local]
            above = entity.part_of if entity.kind in _UNITS and entity.part_of in by_key else None
            if local in records:
                keys[local] = records[local].key
            elif above and above not in (*asked, local):
                keys[local] = f"{final(above, (*asked, local))}-{_meaning(entity, book) or slug(entity.name) or 'unit'}"
            else:
                keys[local] = _own_key(entity, book)
        return keys[local]

    for local in by_key:
        final(local)
    return keys


def _own_key(entity: Entity, book: Book) -> str:
    if entity.kind == "Person":
        return f"person/{slug(name_key(*entity.names[0])) or 'unnamed'}"
    if entity.kind in PLACE_KINDS:
        return f"place/{slug(entity.name) or 'unnamed'}"
    return f"organization/{_national(entity, book) or slug(entity.name) or 'unnamed'}"


def _meaning(entity: Entity, book: Book) -> str:
    """Return the concepts of a name in order, or "" when it has a word of its own or but one."""
    meant = concepts(*entity.names[0], book.place_of)
    return "-".join(sorted(meant)) if len(meant) > 1 and all(concept.isalpha() for concept in meant) else ""


def _national(entity: Entity, book: Book) -> str:
    """Return what a state's ministry, embassy or senate is called in any language: its country and the concepts of its name."""
    meant = concepts(*entity.names[0], book.place_of)
    words = sorted(concept for concept in meant if concept.isalpha())
    named = sorted(concept.split(":")[1].lower() for concept in meant if concept.startswith("country:"))
    if len(words) + len(named) < len(meant) or not words:
        return ""
    own = entity.country.lower() if entity.country else None
    if entity.kind == "Embassy" and len(named) == 1:
        return "-".join([named[0], *words, *(["in", own] if own and own != named[0] else [])])
    if not named and (own is None or len(words) < 2):
        return ""
    return "-".join([*(named or [own or ""]), *words])

"""The Reconciliation API 0.2: names that a table holds are matched with entities of the store, as OpenRefine asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process, utils

from elshi.ontology.vocab import ONTOLOGY, expand
from elshi.portal.protocol import Refused
from elshi.portal.sections import Source

__all__ = ["Index", "manifest", "reconciled", "suggested"]

#: What entities may be asked for: the class and its name.
TYPES: Final[Mapping[str, str]] = {
    expand("schema:Person"): "Person", expand("org:Organization"): "Organisation", expand("schema:Country"): "Country",
    expand("schema:City"): "City", expand("elshi:Region"): "Region",
}  # fmt: skip
_CLOSE: Final = 60.0  # of 100: names less alike are not offered
_SURE: Final = 95.0
_MOST: Final = 50  # candidates of a query
_QUERIES: Final = 500  # of one request


@dataclass(frozen=True, slots=True)
class Index:
    """Every name of every entity, folded for comparison; made once for an edition."""

    names: tuple[str, ...]
    things: tuple[str, ...]
    classes: Mapping[str, str]

    @classmethod
    def of(cls, source: Source) -> Index:
        """Read the names of a store."""
        rows = [(name.value, thing.value, kind.value) for thing, name, kind in source.section("index").rows if thing and name and kind]
        return cls(
            tuple(utils.default_process(name) for name, _, _ in rows), tuple(thing for _, thing, _ in rows), {thing: kind for _, thing, kind in rows}
        )

    def closest(self, text: str, limit: int, kinds: Sequence[str] = ()) -> list[tuple[str, float]]:
        """The entities whose names are most like a text, with how alike of 100; of some classes only, where they are given."""
        asked = utils.default_process(text)
        if not asked:
            return []
        best: dict[str, float] = {}
        for _, score, place in process.extract(asked, self.names, scorer=_alike, score_cutoff=_CLOSE, limit=limit * 8):
            thing = self.things[place]
            if not kinds or self.classes[thing] in kinds:
                best[thing] = max(best.get(thing, 0.0), score)
        return sorted(best.items(), key=lambda each: (-each[1], each[0]))[:limit]

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """The entities that have a name with a word that begins so."""
        asked = utils.default_process(prefix)
        found = (thing for name, thing in zip(self.names, self.things, strict=True) if asked and f" {asked}" in f" {name}")
        return list(dict.fromkeys(found))[:limit]


def manifest(base_iri: str, origin: str, page: str) -> dict[str, Any]:
    """Return the service manifest; `page` is the address of an entity's page with `{{id}}` in it."""
    return {
        "versions": ["0.2"],
        "name": "Elshi",
        "identifierSpace": base_iri,
        "schemaSpace": f"{ONTOLOGY}#",
        "defaultTypes": [{"id": iri, "name": name} for iri, name in TYPES.items()],
        "view": {"url": page},
        "suggest": {"entity": {"service_url": origin, "service_path": "/reconcile/suggest/entity"}},
        "batchSize": 100,
    }


def reconciled(queries: str, index: Index, source: Source, lang: str) -> dict[str, Any]:
    """Return the candidates for a batch of queries in JSON; raises Refused for one that cannot be read."""
    asked = _read(queries)
    found = {name: index.closest(*query) for name, query in asked.items()}
    named = source.names((thing for hits in found.values() for thing, _ in hits), lang)
    return {name: {"result": [_candidate(hit, index, source, named.of(hit[0]), hits) for hit in hits]} for name, hits in found.items()}


def suggested(prefix: str, index: Index, source: Source, lang: str) -> dict[str, Any]:
    """Return the entities that what was typed so far may become."""
    things = index.beginning(prefix, 20)
    named = source.names(things, lang)
    return {"result": [{"id": _id(thing, source), "name": named.of(thing), "notable": _types(thing, index)} for thing in things]}


def _candidate(hit: tuple[str, float], index: Index, source: Source, name: str, hits: Sequence[tuple[str, float]]) -> dict[str, Any]:
    thing, score = hit
    alone = sum(other >= _SURE for _, other in hits) == 1
    return {
        "id": _id(thing, source), "name": name, "type": _types(thing, index), "score": round(score, 1),
        "match": score >= _SURE and alone,
        "features": [{"id": "name_similarity", "value": round(score, 1)}],
    }  # fmt: skip


def _id(thing: str, source: Source) -> str:
    return thing.removeprefix(source.base_iri)


def _types(thing: str, index: Index) -> list[dict[str, str]]:
    kind = index.classes[thing]
    return [{"id": kind, "name": TYPES.get(kind, kind)}]


def _read(queries: str) -> dict[str, tuple[str, int, list[str]]]:
    try:
        batch = json.loads(queries)
        if len(batch) > _QUERIES:
            raise Refused(413, f"{len(batch)} queries are too many at once: send up to {_QUERIES}")
        return {name: (str(each["query"]), _limit(each.get("limit")), _kinds(each.get("type"))) for name, each in batch.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Refused(400, 'the queries cannot be read: send {"q0": {"query": "a name"}} as `queries`') from fault


def _limit(given: Any) -> int:
    return max(1, min(int(given), _MOST)) if given is not None else 5


def _kinds(given: Any) -> list[str]:
    wanted: Iterable[Any] = given if isinstance(given, list) else [given] if given else []
    return [str(each["id"] if isinstance(each, dict) else each) for each in wanted]


def _alike(one: str, other: str, *, score_cutoff: float | None = None, **_: Any) -> float:
    """Likeness whatever the order of the words, a little less where only a part of the name is alike."""
    whole = fuzz.token_sort_ratio(one, other)
    part = 0.9 * fuzz.token_set_ratio(one, other)
    return max(whole, part)

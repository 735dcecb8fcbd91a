"""The Reconciliation API 0.2: names that a table holds are matched with entities of the store, as OpenRefine asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from elshi.ontology.vocab import ONTOLOGY, ORGANIZATION_KINDS, expand
from elshi.portal.names import Index, folded, likeness
from elshi.portal.properties import Property, known, values
from elshi.portal.protocol import Refused
from elshi.portal.sections import Names, Source
from elshi.store.base import Term, View

__all__ = ["Reconciliation", "manifest"]

_BROAD: Final = ("schema:Person", "org:Organization", "schema:Country", "schema:City", "elshi:Region", "elshi:Topic")
#: The classes that entities may be asked for, the broad ones first.
_TYPES: Final = (*map(expand, _BROAD), *(expand(f"elshi:{kind}") for kind in ORGANIZATION_KINDS))
_SURE: Final = 95.0  # of 100
_WEIGHT: Final = 0.2  # of each property in the score, for two at most
_MOST: Final = 50  # candidates of a query
_QUERIES: Final = 500  # of one request
_IDS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Query:
    """What a table asks: a name, of what class, with what else it knows."""

    text: str
    limit: int
    kinds: frozenset[str]
    strict: str  # any, all or should
    properties: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """An entity that may be meant."""

    thing: str
    name_score: float
    agrees: tuple[tuple[str, float], ...] = ()  # property, how far of 1

    @property
    def score(self) -> float:
        """Of 100, the name and the properties taken together."""
        weight = min(len(self.agrees), 2) * _WEIGHT
        return self.name_score * (1 - weight) + weight * 100 * sum(far for _, far in self.agrees) / max(len(self.agrees), 1)

    @property
    def sure(self) -> bool:
        """Whether the name is the same, and nothing speaks against it."""
        return self.name_score >= _SURE and all(far > 0.9 for _, far in self.agrees)


def manifest(base_iri: str, origin: str, page: str) -> dict[str, Any]:
    """Return the service manifest; `page` is the address of an entity's page with `{{id}}` in it."""

    def service(path: str) -> dict[str, str]:
        return {"service_url": origin, "service_path": f"/reconcile/{path}"}

    return {
        "versions": ["0.2"],
        "name": "Elshi",
        "identifierSpace": base_iri,
        "schemaSpace": f"{ONTOLOGY}#",
        "defaultTypes": [{"id": iri, "name": _local(iri)} for iri in _TYPES[: len(_BROAD)]],
        "view": {"url": page},
        "preview": {"url": f"{origin}/reconcile/preview?id={{{{id}}}}", "width": 360, "height": 160},
        "suggest": {what: service(f"suggest/{what}") for what in ("entity", "type", "property")},
        "extend": {"propose_properties": service("properties"), "property_settings": []},
        "batchSize": 100,
    }


class Reconciliation:
    """Reconciles with one edition of a store."""

    def __init__(self, source: Source, view: View) -> None:
        """Read the names of a store."""
        self._source, self._view = source, view
        self._index = Index.of(source)

    def answers(self, queries: str, lang: str) -> dict[str, Any]:
        """Return the candidates for a batch of queries in JSON; raises Refused for one that cannot be read."""
        found = {name: self._hits(query) for name, query in _queries(queries, self._source.prefixes).items()}
        things = sorted({hit.thing for hits in found.values() for hit in hits})
        homes = self._homes(things)
        named = self._source.names([*things, *_TYPES, *(term.value for home in homes.values() for term in home)], lang)
        return {name: {"result": [self._candidate(hit, hits, named, homes) for hit in hits]} for name, hits in found.items()}

    def suggested(self, what: str, prefix: str, lang: str, cursor: int = 0) -> dict[str, Any]:
        """Return the entities, types or properties that what was typed so far may become."""
        if what == "entity":
            things = self._index.beginning(prefix, start=cursor)
            named = self._source.names([*things, *_TYPES], lang)
            return {"result": [{"id": self._id(each), "name": named.of(each), "notable": self._types(each, named)} for each in things]}
        return {"result": self._terms(_TYPES if what == "type" else tuple(known()), prefix, lang)}

    def proposed(self, kind: str, lang: str, limit: int = 50) -> dict[str, Any]:
        """Return the properties by which entities of a class can be extended."""
        wanted = _iri(kind, self._source.prefixes)
        broad = {wanted, *([expand("org:Organization")] if wanted in _TYPES[len(_BROAD) :] else [])}
        fits = [each.iri for each in known().values() if not each.of or not kind or each.of in broad]
        named = self._source.names(fits, lang)
        return {"type": kind, "limit": limit, "properties": [{"id": iri, "name": named.of(iri)} for iri in fits[:limit]]}

    def extended(self, text: str, lang: str) -> dict[str, Any]:
        """Return the values that entities have for properties; raises Refused for a request that cannot be read."""
        ids, wanted = _extension(text, self._source.prefixes)
        things = {each: self._source.base_iri + each.removeprefix(self._source.base_iri) for each in ids}
        found = {each.iri: values(self._view, each, self._safe(things.values()), self._source.prefixes) for each in wanted}
        ours = (term.value for by_thing in found.values() for terms in by_thing.values() for term in terms if term.kind == "iri")
        named = self._source.names([*ours, *found, *_TYPES], lang)
        meta = [
            {
                "id": each.iri,
                "name": named.of(each.iri),
                **({"type": {"id": each.gives, "name": named.of(each.gives)}} if each.gives else {}),
            }
            for each in wanted
        ]
        rows = {
            each: {iri: [self._cell(term, named) for term in by_thing.get(thing, ())] for iri, by_thing in found.items()}
            for each, thing in things.items()
        }
        return {"meta": meta, "rows": rows}

    def described(self, given: str, lang: str) -> tuple[str, str, Names, list[str]] | None:
        """An entity by its id: its IRI, its name, names for its classes, and these; None where there is none."""
        thing = self._source.base_iri + given.removeprefix(self._source.base_iri)
        if thing not in self._index.classes:
            return None
        named = self._source.names([thing, *_TYPES], lang)
        return thing, named.of(thing), named, [each["name"] for each in self._types(thing, named)]

    def _hits(self, query: _Query) -> list[_Hit]:
        kinds = query.kinds if query.strict != "should" else frozenset()
        more = query.limit * 4 if query.properties else query.limit
        hits = [_Hit(thing, score) for thing, score in self._index.closest(query.text, more, kinds, every=query.strict == "all")]
        for name, wanted in query.properties:
            property = known().get(_iri(name, self._source.prefixes))
            if property and hits:
                have = values(self._view, property, [hit.thing for hit in hits], self._source.prefixes)
                hits = [
                    replace(hit, agrees=(*hit.agrees, (name, self._agrees(have[hit.thing], wanted)))) if hit.thing in have else hit
                    for hit in hits
                ]
        if query.strict == "should":
            hits.sort(key=lambda hit: not query.kinds & self._index.classes.get(hit.thing, frozenset()))
        return sorted(hits, key=lambda hit: -hit.score)[: query.limit]

    def _agrees(self, have: Sequence[Term], wanted: Any) -> float:
        """How far the values of an entity agree with one of those that a table has, of 1."""
        return max((self._same(term, each) for term in have for each in (wanted if isinstance(wanted, list) else [wanted])), default=0.0)

    def _same(self, term: Term, wanted: Any) -> float:
        if isinstance(wanted, dict):
            return float(term.value == self._source.base_iri + str(wanted.get("id", "")).removeprefix(self._source.base_iri))
        said = str(wanted).strip()
        if said in (term.value, self._id(term.value)) or (term.kind == "literal" and said and term.value.startswith(said)):
            return 1.0
        names = self._index.called(term.value) if term.kind == "iri" else [folded(term.value)]
        alike = max((likeness(folded(said), name) for name in names), default=0.0)
        return alike if alike > 0.8 else 0.0

    def _homes(self, things: Sequence[str]) -> dict[str, list[Term]]:
        """Where entities belong, which tells namesakes apart."""
        found: dict[str, list[Term]] = {}
        for name in ("elshi:country", "schema:containedInPlace", "org:organization", "elshi:represents"):
            for thing, terms in values(self._view, known()[expand(name)], things, self._source.prefixes).items() if things else ():
                found.setdefault(thing, terms[:2])
        return found

    def _candidate(self, hit: _Hit, hits: Sequence[_Hit], named: Names, homes: Mapping[str, list[Term]]) -> dict[str, Any]:
        kinds = self._types(hit.thing, named)
        about = [*(kind["name"] for kind in kinds[:1]), *(named.of(term.value) for term in homes.get(hit.thing, ()))]
        agreement = [{"id": f"property:{name}", "value": round(100 * far, 1)} for name, far in hit.agrees]
        return {
            "id": self._id(hit.thing), "name": named.of(hit.thing), "description": ", ".join(about), "type": kinds, "score": round(hit.score, 1),
            "match": hit.sure and sum(other.sure for other in hits) == 1,
            "features": [{"id": "name_similarity", "value": round(hit.name_score, 1)}, *agreement],
        }  # fmt: skip

    def _types(self, thing: str, named: Names) -> list[dict[str, str]]:
        """The classes of an entity, the finest first."""
        have = self._index.classes.get(thing, frozenset())
        return [{"id": iri, "name": named.of(iri)} for iri in reversed(_TYPES) if iri in have]

    def _terms(self, terms: Sequence[str], prefix: str, lang: str) -> list[dict[str, str]]:
        asked = folded(prefix)
        names = [self._source.names(terms, each) for each in dict.fromkeys((lang, "kk", "ru", "en"))]
        fits = [
            iri for iri in terms if any(f" {asked}" in f" {folded(said)}" for said in (_local(iri), *(named.of(iri) for named in names)))
        ]
        return [{"id": iri, "name": names[0].of(iri)} for iri in fits]

    def _cell(self, term: Term, named: Names) -> dict[str, Any]:
        if term.kind == "iri":
            return (
                {"id": self._id(term.value), "name": named.of(term.value)}
                if term.value.startswith(self._source.base_iri)
                else {"str": term.value}
            )
        kind = (term.datatype or "").rpartition("#")[2]
        if kind in ("integer", "decimal", "double", "boolean"):
            number: Any = term.value == "true" if kind == "boolean" else int(term.value) if kind == "integer" else float(term.value)
            return {{"integer": "int", "boolean": "bool"}.get(kind, "float"): number}
        return {"date" if kind in ("date", "dateTime", "gYear", "gYearMonth") else "str": term.value}

    def _safe(self, things: Iterable[str]) -> list[str]:
        """Only entities that there are: whatever else was sent never gets into a query."""
        return [thing for thing in things if thing in self._index.classes]

    def _id(self, thing: str) -> str:
        return thing.removeprefix(self._source.base_iri)


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]


def _iri(name: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as it is, or what a prefixed name stands for."""
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else name


def _queries(text: str, prefixes: Mapping[str, str]) -> dict[str, _Query]:
    try:
        batch = json.loads(text)
        if len(batch) > _QUERIES:
            raise Refused(413, f"{len(batch)} queries are too many at once: send up to {_QUERIES}")
        return {name: _query(each, prefixes) for name, each in batch.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Refused(400, 'the queries cannot be read: send {"q0": {"query": "a name"}} as `queries`') from fault


def _query(said: Any, prefixes: Mapping[str, str]) -> _Query:
    given = said.get("type") or []
    kinds = [each["id"] if isinstance(each, dict) else each for each in (given if isinstance(given, list) else [given])]
    limit = said.get("limit")
    return _Query(
        str(said["query"])[:500], max(1, min(int(limit), _MOST)) if limit is not None else 5, frozenset(_iri(str(each), prefixes) for each in kinds),
        str(said.get("type_strict") or "any"), tuple((str(each["pid"]), each["v"]) for each in (said.get("properties") or [])[:10]),
    )  # fmt: skip


def _extension(text: str, prefixes: Mapping[str, str]) -> tuple[list[str], list[Property]]:
    try:
        asked = json.loads(text)
        ids = [str(each) for each in asked["ids"]]
        wanted = [_iri(str(each["id"]), prefixes) for each in asked["properties"]]
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Refused(400, 'the extension cannot be read: send {"ids": [...], "properties": [{"id": ...}]} as `extend`') from fault
    if len(ids) > _IDS:
        raise Refused(413, f"{len(ids)} entities are too many at once: send up to {_IDS}")
    unknown = [each for each in wanted if each not in known()]
    if unknown:
        raise Refused(400, f"there is no property {unknown[0][:200]}: see /reconcile/properties for those there are")
    return ids, [known()[each] for each in wanted]

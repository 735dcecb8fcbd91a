"""How well releases were read: precision, recall and F1 of a graph against gold stories, slot by slot."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from elshi import ElshiError
from elshi.ontology.vocab import prefixes
from elshi.store.base import Table, View

__all__ = ["LANGUAGES", "SLOTS", "Counts", "GoldError", "Scores", "evaluate", "read_gold"]

LANGUAGES: Final = ("kk", "ru", "en")
SLOTS: Final = (
    "persons", "organisations", "links", "places", "positions", "roles", "events", "participants", "event_dates", "cooperation",
    "agreements", "statistics", "dates", "topics",
)  # fmt: skip
_KINDS: Final = "elshi:Meeting elshi:Visit elshi:Call elshi:Signing elshi:Conference elshi:Ceremony elshi:Presentation elshi:Vote elshi:Launch"
_FACTS: Final[Mapping[str, str]] = {
    "persons": "SELECT DISTINCT ?a WHERE { GRAPH ?g { ?a a schema:Person } }",
    "organisations": "SELECT DISTINCT ?a WHERE { GRAPH ?g { ?a a org:Organization } }",
    "places": "SELECT DISTINCT ?a WHERE { GRAPH ?g { VALUES ?t { schema:Country schema:City elshi:Region } ?a a ?t } }",
    "positions": """SELECT DISTINCT ?p ?role ?o ?rep ?acc WHERE { GRAPH ?g { ?m a elshi:Position ; org:member ?p OPTIONAL { ?m org:role ?role }
        OPTIONAL { ?m org:organization ?o } OPTIONAL { ?m elshi:represents ?rep } OPTIONAL { ?m elshi:accreditedTo ?acc } } }""",
    "events": f"""SELECT ?e ?k ?w ?d WHERE {{ GRAPH ?g {{ VALUES ?k {{ {_KINDS} }} ?e a ?k
        OPTIONAL {{ ?e elshi:participant ?w }} OPTIONAL {{ ?e schema:startDate ?d }} }} }}""",
    "cooperation": "SELECT ?n ?p WHERE { GRAPH ?g { ?n a elshi:Cooperation ; elshi:party ?p } }",
    "agreements": "SELECT ?n ?p WHERE { GRAPH ?g { ?n a elshi:Agreement ; elshi:party ?p } }",
    "statistics": "SELECT ?a ?m ?v WHERE { GRAPH ?g { ?s a elshi:Statistic ; elshi:about ?a ; elshi:measure ?m ; schema:value ?v } }",
    "founded": "SELECT ?o ?y WHERE { GRAPH ?g { ?o schema:foundingDate ?y } }",
    "topics": "SELECT DISTINCT ?t WHERE { GRAPH ?g { ?r a elshi:Release ; dcterms:subject ?t } }",
    "dates": """SELECT DISTINCT ?d WHERE { GRAPH ?g {
        ?s schema:startDate|schema:endDate|elshi:signedOn|schema:foundingDate|elshi:dateValue ?d } }""",
}
Cells = tuple[str | None, ...]


class GoldError(ElshiError):
    """Gold that cannot be scored against."""


class Counts(NamedTuple):
    """What was found of what was wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the found that is wanted."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """Counts per language and slot, summed over stories, and the versions that the graph does not hold."""

    counts: dict[tuple[str, str], Counts] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    def languages(self) -> list[str]:
        """The languages that were scored."""
        return [lang for lang in LANGUAGES if any(key[0] == lang for key in self.counts)]

    def macro(self, lang: str) -> float:
        """Mean F1 over the slots of which gold wants anything."""
        wanted = [c.f1 for (at, _), c in self.counts.items() if at == lang and c.wanted]
        return sum(wanted) / len(wanted) if wanted else 0.0


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The gold stories of a folder; raises GoldError where there are none or one cannot be read."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"no gold stories in {folder}: give a folder of STORY.json files with their STORY.LANG.txt beside them")
    try:
        return [json.loads(path.read_text("utf-8")) for path in paths]
    except ValueError as fault:
        raise GoldError(f"a story of {folder} is no JSON: {fault}: mend it") from fault


def evaluate(view: View, gold: Iterable[dict[str, Any]]) -> Scores:
    """Score the store's releases, found by the names of their files, against gold stories."""
    names = _Names(view)
    graphs = dict(_ask(view, "SELECT ?n ?g WHERE { GRAPH ?g { ?r a elshi:Release ; elshi:sourceName ?n } }"))
    scores = Scores()
    for story in gold:
        for lang in story["versions"]:
            graph = graphs.get(f"{story['id']}.{lang}.txt")
            if graph is None:
                scores.absent.append(f"{story['id']}.{lang}")
                continue
            for slot, counts in _Story(story, lang, names).score(_found(view, graph)):
                scores.counts[lang, slot] = scores.counts.get((lang, slot), Counts()).plus(counts)
    return scores


def _ask(view: View, query: str) -> list[tuple[Any, ...]]:
    answer = view.query(query, prefixes=prefixes())
    assert isinstance(answer, Table)
    return [tuple(None if t is None else t.value for t in row) for row in answer.rows]


def _found(view: View, graph: str) -> dict[str, list[Cells]]:
    return {slot: _ask(view, query.replace("?g", f"<{graph}>")) for slot, query in _FACTS.items()}


def _fold(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+", name))


def _tail(iri: str | None) -> str:
    return re.split(r"[/#]", iri or "")[-1]


class _Names:
    """What the whole store calls its things."""

    def __init__(self, view: View) -> None:
        self.labels: dict[str, set[str]] = defaultdict(set)
        for thing, label in _ask(view, "SELECT ?s ?l WHERE { ?s rdfs:label|skos:altLabel|skos:prefLabel|schema:name ?l }"):
            self.labels[thing].add(_fold(label))
        self.same: dict[str, set[str]] = defaultdict(set)
        for thing, other in _ask(view, "SELECT ?s ?o WHERE { ?s owl:sameAs ?o }"):
            self.same[thing].add(other)
        self.iso: dict[str, str] = dict(_ask(view, "SELECT ?s ?c WHERE { ?s elshi:isoCode ?c }"))


class _Story:
    """One version of a gold story."""

    def __init__(self, gold: dict[str, Any], lang: str, names: _Names) -> None:
        self.gold, self.lang, self.names = gold, lang, names
        self.things = {x["id"]: x for slot in ("persons", "organisations", "places") for x in gold[slot]}
        self.called = {
            key: {_fold(v) for v in (*x["name"].values(), x.get("acronym"), *x.get("acronyms", {}).values()) if v} for key, x in self.things.items()
        }

    def here(self, fact: dict[str, Any]) -> bool:
        """Does this version state the fact?"""
        return self.lang in fact.get("only", self.gold["versions"])

    def named(self, ref: str) -> bool:
        """Does this version name the thing?"""
        return ref not in self.things or self.here(self.things[ref])

    def means(self, iri: str | None, ref: str | None) -> bool:
        """Is the thing found the one that gold means by an id or a country code?"""
        if iri is None or ref is None:
            return iri is ref
        thing = self.things.get(ref)
        by_name = bool(self.names.labels[iri] & self.called.get(ref, set()))
        if thing is None or thing.get("kind") == "Country":
            return self.names.iso.get(iri, "").upper() == (thing["iso"] if thing else ref) or by_name
        return by_name or bool(thing.get("ror")) and thing["ror"] in self.names.same[iri]

    def score(self, found: dict[str, list[Cells]]) -> Iterator[tuple[str, Counts]]:
        """Yield each slot with its counts."""
        gold = self.gold
        for slot in ("persons", "organisations", "places"):
            yield slot, _match([x["id"] for x in gold[slot] if self.here(x)], [r[0] for r in found[slot]], self.means)
        linked = [x["ror"] for x in gold["organisations"] if self.here(x) and x.get("ror")]
        links = {s for (o,) in found["organisations"] for s in self.names.same[str(o)] if s.startswith("https://ror.org/")}
        yield "links", _match(linked, links, lambda have, want: have == want)
        yield from self._offices(found["positions"])
        yield from self._events(found["events"])
        for slot in ("cooperation", "agreements"):
            sides: dict[str | None, set[str | None]] = defaultdict(set)
            for node, party in found[slot]:
                sides[node].add(party)
            wanted = [x["parties"] for x in gold[slot] if self.here(x) and all(map(self.named, x["parties"]))]
            yield slot, _match(wanted, list(sides.values()), self._same_sides)
        yield "statistics", self._statistics(found)
        stated = [d["iso"] if isinstance(d, dict) else d for d in gold["dates"] if not isinstance(d, dict) or self.here(d)]
        yield "dates", _match(stated, {str(d)[:10] for (d,) in found["dates"]}, lambda have, want: have == want)
        yield "topics", _match(gold["topics"], {_tail(t) for (t,) in found["topics"]}, lambda have, want: have == want)

    def _same_sides(self, have: set[str | None], want: list[str]) -> bool:
        return len(have) == len(want) and all(any(self.means(i, p) for i in have) for p in want)

    def _offices(self, found: list[Cells]) -> Iterator[tuple[str, Counts]]:
        wanted = []
        for office in self.gold["positions"]:
            if self.here(office) and self.named(office["person"]):
                body = office["organisation"]
                wanted.append(office | {"organisation": body if body and self.named(body) else None})
        roles = {(p, _tail(r)) for p, r, *_ in found if r}
        yield "roles", _match(
            list({(o["person"], o["role"]): o for o in wanted}.values()), roles,
            lambda have, want: self.means(have[0], want["person"]) and have[1] == want["role"],
        )  # fmt: skip
        yield "positions", _match(wanted, set(found), self._same_office)

    def _same_office(self, have: Cells, want: dict[str, Any]) -> bool:
        fits = self.means(have[0], want["person"]) and bool(have[1]) and _tail(have[1]) == want["role"]
        rest = ((have[2], want["organisation"]), (have[3], want["represents"]), (have[4], want["accredited_to"]))
        return fits and all(ref is None or self.means(iri, ref) for iri, ref in rest)

    def _events(self, rows: list[Cells]) -> Iterator[tuple[str, Counts]]:
        found = _gathered(rows)
        wanted = [e | {"participants": [p for p in e["participants"] if self.named(p)]} for e in self.gold["events"] if self.here(e) and e["kind"] != "Other"]
        ranked = sorted(
            ((self._likeness(have, want), i, j) for i, have in enumerate(found) for j, want in enumerate(wanted) if self._same_event(have, want)),
            reverse=True,
        )
        pairs: dict[int, int] = {}
        for _, i, j in ranked:
            if i not in pairs.values() and j not in pairs:
                pairs[j] = i
        matched = [(found[i], wanted[j]) for j, i in pairs.items()]
        yield "events", Counts(len(matched), len(found), len(wanted))
        hits = sum(self._shared(have, want) for have, want in matched)
        yield "participants", Counts(hits, sum(len(h.who) for h, _ in matched), sum(len(w["participants"]) for w in wanted))
        dated = sum(bool(w["date_stated"] and h.date == w["date"]) for h, w in matched)
        yield "event_dates", Counts(dated, sum(bool(h.date) for h, _ in matched), sum(bool(w["date_stated"]) for w in wanted))

    def _shared(self, have: _Found, want: dict[str, Any]) -> int:
        return sum(any(self.means(w, p) for w in have.who) for p in want["participants"])

    def _likeness(self, have: _Found, want: dict[str, Any]) -> float:
        together = max(1, len(have.who) + len(want["participants"]))
        return 2 * self._shared(have, want) / together + (have.date == (want["date"] if want["date_stated"] else None))

    def _same_event(self, have: _Found, want: dict[str, Any]) -> bool:
        if want["kind"] not in have.kinds:
            return False
        if not want["participants"]:
            return not have.who or bool(want["date_stated"]) and have.date == want["date"]
        return self._shared(have, want) * 2 >= len(want["participants"])

    def _statistics(self, found: dict[str, list[Cells]]) -> Counts:
        events = {e["id"] for e in self.gold["events"]}
        have = {(a, _tail(m), _number(str(v))) for a, m, v in found["statistics"]} | {(o, "founding-year", _number(str(y))) for o, y in found["founded"]}
        wanted = [s for s in self.gold["statistics"] if self.here(s) and s["value"] is not None and self.named(s["about"])]
        return _match(
            wanted, have,
            lambda h, w: (w["about"] in events or self.means(h[0], w["about"])) and h[1] == w["measure"] and h[2] == float(w["value"]),
        )  # fmt: skip


@dataclass(slots=True)
class _Found:
    kinds: set[str] = field(default_factory=set)
    who: set[str] = field(default_factory=set)
    date: str | None = None


def _gathered(rows: list[Cells]) -> list[_Found]:
    events: dict[str | None, _Found] = defaultdict(_Found)
    for event, kind, who, date in rows:
        events[event].kinds.add(_tail(kind))
        if who:
            events[event].who.add(who)
        events[event].date = date or events[event].date
    return list(events.values())


def _number(value: str) -> float:
    return float(value.split("-")[0] if re.fullmatch(r"\d{4}(-\d\d)*", value) else value)


def _match(wanted: Iterable[Any], found: Iterable[Any], same: Callable[[Any, Any], bool]) -> Counts:
    """Pair each wanted thing with the first one left that is the same."""
    wanted, left = list(wanted), list(found)
    total, hits = len(left), 0
    for want in wanted:
        hit = next((have for have in left if same(have, want)), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
    return Counts(hits, total, len(wanted))

"""Gold stories, and which of the things a graph states about a release are the ones a story means."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from elshi import ElshiError
from elshi.ontology.vocab import prefixes
from elshi.store.base import Table, View

__all__ = ["Found", "GoldError", "Match", "Names", "Story", "Told", "ask", "found_in", "read_gold"]

#: One release's graph, slot by slot: what it states, and the nodes that state it.
Found = Mapping[str, Mapping[Any, frozenset[str]]]
_KINDS: Final = (
    "elshi:Meeting elshi:Visit elshi:Call elshi:Signing elshi:Conference elshi:Ceremony elshi:Presentation elshi:Vote elshi:Launch"
)
#: Each query gives a node first and what it states behind it.
_FACTS: Final[Mapping[str, str]] = {
    "persons": "SELECT DISTINCT ?a (?a AS ?thing) WHERE { GRAPH ?g { ?a a schema:Person } }",
    "organisations": "SELECT DISTINCT ?a (?a AS ?thing) WHERE { GRAPH ?g { ?a a org:Organization } }",
    "places": "SELECT DISTINCT ?a (?a AS ?thing) WHERE { GRAPH ?g { VALUES ?t { schema:Country schema:City elshi:Region } ?a a ?t } }",
    "positions": """SELECT ?m ?p ?role ?o ?rep ?acc WHERE { GRAPH ?g { ?m a elshi:Position ; org:member ?p OPTIONAL { ?m org:role ?role }
        OPTIONAL { ?m org:organization ?o } OPTIONAL { ?m elshi:represents ?rep } OPTIONAL { ?m elshi:accreditedTo ?acc } } }""",
    "events": f"""SELECT ?e ?k ?w ?d WHERE {{ GRAPH ?g {{ VALUES ?k {{ {_KINDS} }} ?e a ?k
        OPTIONAL {{ ?e elshi:participant ?w }} OPTIONAL {{ ?e schema:startDate ?d }} }} }}""",
    "cooperation": "SELECT ?n ?p WHERE { GRAPH ?g { ?n a elshi:Cooperation ; elshi:party ?p } }",
    "agreements": "SELECT ?n ?p WHERE { GRAPH ?g { ?n a elshi:Agreement ; elshi:party ?p } }",
    "statistics": "SELECT ?s ?a ?m ?v WHERE { GRAPH ?g { ?s a elshi:Statistic ; elshi:about ?a ; elshi:measure ?m ; schema:value ?v } }",
    "founded": "SELECT ?o (?o AS ?body) ?y WHERE { GRAPH ?g { ?o schema:foundingDate ?y } }",
    "topics": "SELECT DISTINCT ?t (?t AS ?thing) WHERE { GRAPH ?g { ?r a elshi:Release ; dcterms:subject ?t } }",
    "dates": """SELECT DISTINCT ?s ?d WHERE { GRAPH ?g {
        ?s schema:startDate|schema:endDate|elshi:signedOn|schema:foundingDate|elshi:dateValue ?d } }""",
}


class GoldError(ElshiError):
    """Gold that cannot be scored against."""


@dataclass(frozen=True, slots=True)
class Told:
    """An occasion as a graph tells it."""

    node: str
    kinds: frozenset[str]
    who: frozenset[str]
    date: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """What was found beside what was wanted: the pairs that agree, and what is left on either side."""

    pairs: tuple[tuple[Any, Any], ...]
    extra: tuple[Any, ...]
    missed: tuple[Any, ...]


@dataclass(slots=True)
class Names:
    """What the whole store calls its things, what they are the same as, and which countries they are."""

    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    same: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    iso: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> Names:
        """Ask a store."""
        names = cls()
        for thing, label in ask(view, "SELECT ?s ?l WHERE { ?s rdfs:label|skos:altLabel|skos:prefLabel|schema:name ?l }"):
            names.labels[thing].add(_fold(label))
        for thing, other in ask(view, "SELECT ?s ?o WHERE { ?s owl:sameAs ?o }"):
            names.same[thing].add(other)
        names.iso.update(ask(view, "SELECT ?s ?c WHERE { ?s elshi:isoCode ?c }"))
        return names


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The gold stories of a folder; raises GoldError where there are none or one cannot be read."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"no gold stories in {folder}: give a folder of STORY.json files with their STORY.LANG.txt beside them")
    try:
        return [json.loads(path.read_text("utf-8")) for path in paths]
    except ValueError as fault:
        raise GoldError(f"a story of {folder} is no JSON: {fault}: mend it") from fault


def ask(view: View, query: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT, as text."""
    answer = view.query(query, prefixes=prefixes())
    assert isinstance(answer, Table)
    return [tuple(None if t is None else t.value for t in row) for row in answer.rows]


def found_in(view: View, graph: str) -> Found:
    """What the graph of one release states."""
    rows = {slot: ask(view, query.replace("?g", f"<{graph}>")) for slot, query in _FACTS.items()}
    told: dict[str, Mapping[Any, frozenset[str]]] = {
        slot: _stating((row[1], row[0]) for row in rows[slot]) for slot in ("persons", "organisations", "places")
    }
    told["positions"] = _stating((row[1:], row[0]) for row in rows["positions"])
    told["events"] = {event: frozenset({event.node}) for event in _occasions(rows["events"])}
    for slot in ("cooperation", "agreements"):
        sides: dict[str, set[str]] = defaultdict(set)
        for node, party in rows[slot]:
            sides[node].add(party)
        told[slot] = {(node, frozenset(parties)): frozenset({node}) for node, parties in sides.items()}
    figures = [((about, _tail(measure), _number(value)), node) for node, about, measure, value in rows["statistics"]]
    told["statistics"] = _stating([*figures, *(((body, "founding-year", _number(year)), node) for node, body, year in rows["founded"])])
    told["topics"] = _stating((_tail(topic), node) for node, topic in rows["topics"])
    told["dates"] = _stating((str(value)[:10], node) for node, value in rows["dates"])
    return told


def _stating(pairs: Iterable[tuple[Any, str]]) -> Mapping[Any, frozenset[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for what, node in pairs:
        found[what].add(node)
    return {what: frozenset(nodes) for what, nodes in found.items()}


def _occasions(rows: Iterable[tuple[Any, ...]]) -> Iterator[Told]:
    gathered: dict[str, tuple[set[str], set[str], list[str]]] = defaultdict(lambda: (set(), set(), []))
    for event, kind, who, date in rows:
        kinds, persons, dates = gathered[event]
        kinds.add(_tail(kind))
        persons.update(filter(None, [who]))
        dates.extend(filter(None, [date]))
    for event, (kinds, persons, dates) in gathered.items():
        yield Told(event, frozenset(kinds), frozenset(persons), dates[-1] if dates else None)


class Story:
    """One version of a gold story."""

    def __init__(self, gold: dict[str, Any], lang: str, names: Names) -> None:
        self.gold, self.lang, self.names = gold, lang, names
        self.things = {x["id"]: x for slot in ("persons", "organisations", "places") for x in gold[slot]}
        self.called = {
            key: {_fold(v) for v in (*x["name"].values(), x.get("acronym"), *x.get("acronyms", {}).values()) if v}
            for key, x in self.things.items()
        }

    def matches(self, found: Found) -> dict[str, Match]:
        """What was found beside what this version of the story states, slot by slot."""
        gold, out = self.gold, {}
        for slot in ("persons", "organisations", "places"):
            out[slot] = _paired([x["id"] for x in gold[slot] if self._here(x)], found[slot], self.means)
        linked = [x["ror"] for x in gold["organisations"] if self._here(x) and x.get("ror")]
        links = {s for body in found["organisations"] for s in self.names.same[body] if s.startswith("https://ror.org/")}
        out["links"] = _paired(linked, links, lambda have, want: have == want)
        out |= self._offices(found["positions"])
        out["events"] = self._events(list(found["events"]))
        for slot in ("cooperation", "agreements"):
            wanted = [x["parties"] for x in gold[slot] if self._here(x) and all(map(self._named, x["parties"]))]
            out[slot] = _paired(wanted, found[slot], self._same_sides)
        out["statistics"] = self._statistics(found["statistics"])
        stated = [d["iso"] if isinstance(d, dict) else d for d in gold["dates"] if not isinstance(d, dict) or self._here(d)]
        out["dates"] = _paired(stated, found["dates"], lambda have, want: have == want)
        out["topics"] = _paired(gold["topics"], found["topics"], lambda have, want: have == want)
        return out

    def means(self, iri: str | None, ref: str | None) -> bool:
        """Is the thing found the one that gold means by an id or a country code?"""
        if iri is None or ref is None:
            return iri is ref
        thing = self.things.get(ref)
        by_name = bool(self.names.labels[iri] & self.called.get(ref, set()))
        if thing is None or thing.get("kind") == "Country":
            return self.names.iso.get(iri, "").upper() == (thing["iso"] if thing else ref) or by_name
        return by_name or bool(thing.get("ror")) and thing["ror"] in self.names.same[iri]

    def shared(self, have: Told, want: dict[str, Any]) -> int:
        """How many of the participants of an event were found."""
        return sum(any(self.means(w, p) for w in have.who) for p in want["participants"])

    def _here(self, fact: dict[str, Any]) -> bool:
        """Does this version state the fact?"""
        return self.lang in fact.get("only", self.gold["versions"])

    def _named(self, ref: str) -> bool:
        """Does this version name the thing?"""
        return ref not in self.things or self._here(self.things[ref])

    def _same_sides(self, have: tuple[str, frozenset[str]], want: list[str]) -> bool:
        _, sides = have
        return len(sides) == len(want) and all(any(self.means(i, p) for i in sides) for p in want)

    def _offices(self, found: Mapping[Any, frozenset[str]]) -> dict[str, Match]:
        wanted = []
        for office in self.gold["positions"]:
            if self._here(office) and self._named(office["person"]):
                body = office["organisation"]
                wanted.append(office | {"organisation": body if body and self._named(body) else None})
        roles = list(dict.fromkeys((person, _tail(role)) for person, role, *_ in found if role))
        by_role = list({(o["person"], o["role"]): o for o in wanted}.values())
        return {
            "roles": _paired(by_role, roles, lambda have, want: self.means(have[0], want["person"]) and have[1] == want["role"]),
            "positions": _paired(wanted, found, self._same_office),
        }

    def _same_office(self, have: tuple[str | None, ...], want: dict[str, Any]) -> bool:
        fits = self.means(have[0], want["person"]) and bool(have[1]) and _tail(have[1]) == want["role"]
        rest = ((have[2], want["organisation"]), (have[3], want["represents"]), (have[4], want["accredited_to"]))
        return fits and all(ref is None or self.means(iri, ref) for iri, ref in rest)

    def _events(self, found: list[Told]) -> Match:
        wanted = [
            e | {"participants": [p for p in e["participants"] if self._named(p)]}
            for e in self.gold["events"] if self._here(e) and e["kind"] != "Other"
        ]  # fmt: skip
        ranked = sorted(
            (
                (self._likeness(have, want), i, j)
                for i, have in enumerate(found)
                for j, want in enumerate(wanted)
                if self._same_event(have, want)
            ),
            reverse=True,
        )
        chosen: dict[int, int] = {}
        for _, i, j in ranked:
            if i not in chosen.values() and j not in chosen:
                chosen[j] = i
        return Match(
            tuple((found[i], wanted[j]) for j, i in chosen.items()),
            tuple(have for i, have in enumerate(found) if i not in chosen.values()),
            tuple(want for j, want in enumerate(wanted) if j not in chosen),
        )

    def _likeness(self, have: Told, want: dict[str, Any]) -> float:
        together = max(1, len(have.who) + len(want["participants"]))
        return 2 * self.shared(have, want) / together + (have.date == (want["date"] if want["date_stated"] else None))

    def _same_event(self, have: Told, want: dict[str, Any]) -> bool:
        if want["kind"] not in have.kinds:
            return False
        if not want["participants"]:
            return not have.who or bool(want["date_stated"]) and have.date == want["date"]
        return self.shared(have, want) * 2 >= len(want["participants"])

    def _statistics(self, found: Mapping[Any, frozenset[str]]) -> Match:
        events = {e["id"] for e in self.gold["events"]}
        wanted = [s for s in self.gold["statistics"] if self._here(s) and s["value"] is not None and self._named(s["about"])]
        return _paired(
            wanted, found,
            lambda h, w: (w["about"] in events or self.means(h[0], w["about"])) and h[1] == w["measure"] and h[2] == float(w["value"]),
        )  # fmt: skip


def _fold(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+", name))


def _tail(iri: str | None) -> str:
    return re.split(r"[/#]", iri or "")[-1]


def _number(value: str) -> float:
    return float(value.split("-")[0] if re.fullmatch(r"\d{4}(-\d\d)*", value) else value)


def _paired(wanted: Iterable[Any], found: Iterable[Any], same: Callable[[Any, Any], bool]) -> Match:
    """Pair each wanted thing with the first one left that is the same."""
    pairs, missed, left = [], [], list(found)
    for want in wanted:
        hit = next((i for i, have in enumerate(left) if same(have, want)), None)
        if hit is None:
            missed.append(want)
        else:
            pairs.append((left.pop(hit), want))
    return Match(tuple(pairs), tuple(left), tuple(missed))

"""A release of the store as a gold story, in the schema of `data/gold/SCHEMA.md`: what was reviewed can be scored against."""

from __future__ import annotations

import re
from typing import Any, Final

from elshi.ontology.vocab import ORGANIZATION_KINDS, prefixes
from elshi.queries.lookup import EntityNotFound
from elshi.store.base import Table, View

__all__ = ["reviewed", "story_of"]

_KINDS: Final = dict.fromkeys(ORGANIZATION_KINDS) | {"InternationalOrganization": "InternationalOrganisation", "MediaOutlet": "Media"}
#: Steps of commitment as gold knows them.
_STAGES: Final = {"existing": "existing", "planned": "planned", "agreed": "planned", "signed": "planned"}
_STATUSES: Final = {"existing": "existing", "signed": "signed"}
_REVIEWED: Final = """
SELECT DISTINCT ?release WHERE {
  { ?decision a elshi:Decision ; elshi:decides ?fact . FILTER NOT EXISTS { ?decision prov:invalidatedAtTime ?when } ?fact elshi:statedIn ?release }
  UNION { GRAPH ?kept { ?past a elshi:SupersededRelease } FILTER(STRENDS(STR(?past), "~as-read")) BIND(IRI(STRBEFORE(STR(?past), "~as-read")) AS ?release) }
  ?release a elshi:Release
} ORDER BY ?release"""
_RELEASE: Final = """
SELECT ?graph ?name ?lang ?text ?day WHERE { GRAPH ?graph { ?release a elshi:Release ; elshi:sourceName ?name ; schema:inLanguage ?lang ;
  schema:articleBody ?text OPTIONAL { ?release elshi:headerDate ?header } OPTIONAL { ?release dcterms:issued ?issued } }
  BIND(STR(COALESCE(?issued, ?header)) AS ?day) }"""
_LABEL: Final = "?thing rdfs:label ?label FILTER(LANG(?label) = ?lang)"
_PERSONS: Final = f"?thing a schema:Person . {_LABEL}"
_BODIES: Final = f"?thing a org:Organization, ?class . {_LABEL} FILTER(STRSTARTS(STR(?class), STR(elshi:)))"
_PLACES: Final = f"VALUES ?class {{ schema:Country schema:City elshi:Region }} ?thing a ?class . {_LABEL}"


def reviewed(view: View) -> list[str]:
    """Return the releases that decisions which hold are about."""
    return [row["release"] for row in _rows(view, _REVIEWED)]


def story_of(view: View, release: str) -> tuple[dict[str, Any], str, str]:
    """Return a release as a story, the name of the file for its text, and the text; raises EntityNotFound where there is no such release."""
    found = _rows(view, _RELEASE.replace("?release", f"<{release}>"))
    if not found:
        raise EntityNotFound(f"{release} is no release of this store: `elshi query @versions` lists them")
    graph, lang, day = found[0]["graph"], found[0]["lang"], found[0].get("day", "")
    stem = re.sub(rf"\.{lang}$", "", re.sub(r"\.\w+$", "", found[0]["name"].rpartition("/")[2])) or "release"
    story = _Writing(view, graph, lang, day).story(f"{re.sub(r'[^0-9A-Za-z_-]+', '-', stem)}-{lang}")
    return story, f"{story['id']}.{lang}.txt", found[0]["text"]


class _Writing:
    """Puts the graph of one release into the words of gold."""

    def __init__(self, view: View, graph: str, lang: str, day: str) -> None:
        self._view, self._graph, self._lang, self._day = view, graph, lang, day
        self._refs: dict[str, str] = {}

    def story(self, id: str) -> dict[str, Any]:
        """The whole story."""
        persons = self._things("p", _PERSONS, {})
        bodies, places = self._things("o", _BODIES, _KINDS), self._things("l", _PLACES, {})
        for thing in bodies:
            thing |= {"kind": thing["kind"] or "Other", "ror": self._record(thing["iri"]), "country": self._country(thing["iri"]),
                      "acronym": None, "part_of": self._one(thing["iri"], "org:subOrganizationOf")}  # fmt: skip
        for thing in places:
            thing["iso"] = self._code(thing["iri"]) or self._country(thing["iri"])
        events = self._events()
        topics = sorted({_tail(row["topic"]) for row in self._ask("SELECT ?topic WHERE { ?r a elshi:Release ; dcterms:subject ?topic }")})
        return {
            "id": id, "issued": self._day, "versions": [self._lang],
            "persons": [_only(p, "id", "name") for p in persons],
            "organisations": [_only(o, "id", "name", "acronym", "kind", "ror", "country", "part_of") for o in bodies],
            "places": [_only(p, "id", "name", "kind", "iso") for p in places],
            "positions": self._positions(), "events": events,
            "cooperation": self._pacts("Cooperation", "stage", _STAGES, "discussed"),
            "agreements": self._pacts("Agreement", "status", _STATUSES, "planned"),
            "statistics": self._statistics(), "dates": self._dates(), "topics": topics,
        }  # fmt: skip

    def _ask(self, query: str) -> list[dict[str, str]]:
        """The rows of a query over the graph of the release alone."""
        head, _, body = query.partition("WHERE {")
        return _rows(self._view, f"{head} WHERE {{ GRAPH <{self._graph}> {{ {body.rstrip().removesuffix('}')} }} }}")

    def _things(self, letter: str, pattern: str, kinds: dict[str, Any]) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for row in self._ask(f"SELECT DISTINCT ?thing ?class ?label WHERE {{ {pattern.replace('?lang', repr(self._lang))} }}"):
            name = re.sub(r"^.*[/#]", "", row.get("class", ""))
            if kinds and name not in kinds:
                name = ""
            known = found.setdefault(row["thing"], {"iri": row["thing"], "name": {self._lang: row["label"]}, "kind": ""})
            known["kind"] = kinds.get(name) or name or known["kind"]
        for number, iri in enumerate(sorted(found), start=1):
            self._refs[iri] = found[iri]["id"] = f"{letter}{number}"
        return [found[iri] for iri in sorted(found)]

    def _ref(self, iri: str | None) -> str | None:
        """How gold points to a thing: countries by their code."""
        if iri is None:
            return None
        return self._code(iri) or self._refs.get(iri)

    def _code(self, iri: str) -> str | None:
        return next((row["code"] for row in _rows(self._view, f"SELECT ?code WHERE {{ <{iri}> elshi:isoCode ?code }}")), None)

    def _country(self, iri: str) -> str | None:
        pattern = f"<{iri}> elshi:country|schema:containedInPlace+ ?country . ?country elshi:isoCode ?code"
        return next((row["code"] for row in _rows(self._view, f"SELECT ?code WHERE {{ {pattern} }}")), None)

    def _record(self, iri: str) -> str | None:
        pattern = f"<{iri}> owl:sameAs ?same FILTER(STRSTARTS(STR(?same), 'https://ror.org/'))"
        return next((row["same"] for row in _rows(self._view, f"SELECT ?same WHERE {{ {pattern} }}")), None)

    def _one(self, iri: str, predicate: str) -> str | None:
        return next((self._refs.get(row["o"]) for row in self._ask(f"SELECT ?o WHERE {{ <{iri}> {predicate} ?o }}")), None)

    def _positions(self) -> list[dict[str, Any]]:
        rows = self._ask("""SELECT DISTINCT ?m ?person ?role ?body ?state ?host WHERE { ?m a elshi:Position ; org:member ?person ; org:role ?role
            OPTIONAL { ?m org:organization ?body } OPTIONAL { ?m elshi:represents ?state } OPTIONAL { ?m elshi:accreditedTo ?host } }""")
        return [
            {"person": self._ref(row["person"]), "role": _tail(row["role"]), "organisation": self._ref(row.get("body")),
             "represents": self._ref(row.get("state")), "accredited_to": self._ref(row.get("host"))}
            for row in sorted(rows, key=lambda row: row["m"])
        ]  # fmt: skip

    def _events(self) -> list[dict[str, Any]]:
        rows = self._ask("""SELECT ?e ?class ?who ?day ?place ?topic WHERE { ?e a elshi:Event, ?class FILTER(STRSTARTS(STR(?class), STR(elshi:)))
            FILTER(?class NOT IN (elshi:Event, elshi:Fact)) OPTIONAL { ?e elshi:participant ?who } OPTIONAL { ?e schema:startDate ?day }
            OPTIONAL { ?e schema:location ?place } OPTIONAL { ?e elshi:topic ?topic } }""")
        events: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: (row["e"], row.get("who", ""))):
            event = events.setdefault(row["e"], {
                "id": "", "kind": _tail(row["class"]), "date": row.get("day") or self._day, "date_stated": "day" in row,
                "place": self._refs.get(row.get("place", "")), "participants": [], "topics": [],
            })  # fmt: skip
            for column, value in (("participants", self._ref(row.get("who"))), ("topics", _tail(row["topic"]) if "topic" in row else None)):
                if value and value not in event[column]:
                    event[column].append(value)
        for number, (iri, event) in enumerate(events.items(), start=1):
            self._refs[iri] = event["id"] = f"e{number}"
        return list(events.values())

    def _pacts(self, kind: str, name: str, steps: dict[str, str], else_: str) -> list[dict[str, Any]]:
        rows = self._ask(f"""SELECT ?n ?party ?step ?day ?topic WHERE {{ ?n a elshi:{kind} ; elshi:party ?party ; elshi:commitment ?step
            OPTIONAL {{ ?n elshi:signedOn ?day }} OPTIONAL {{ ?n elshi:topic ?topic }} }}""")
        pacts: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: (row["n"], row["party"])):
            pact = pacts.setdefault(row["n"], {"parties": [], name: steps.get(_tail(row["step"]), else_), "topics": []})
            if kind == "Agreement":
                pact["date"] = row.get("day")
            for column, value in (("parties", self._ref(row["party"])), ("topics", _tail(row["topic"]) if "topic" in row else None)):
                if value and value not in pact[column]:
                    pact[column].append(value)
        return list(pacts.values())

    def _statistics(self) -> list[dict[str, Any]]:
        rows = self._ask("""SELECT DISTINCT ?s ?about ?measure ?value ?rough ?from ?year WHERE { ?s a elshi:Statistic ; elshi:about ?about ;
            elshi:measure ?measure ; schema:value ?value OPTIONAL { ?s elshi:approximate ?rough } OPTIONAL { ?s elshi:fromCountry ?from }
            OPTIONAL { ?s elshi:asOf ?year FILTER(DATATYPE(?year) = xsd:gYear) } }""")
        told = [
            {"about": self._ref(row["about"]), "measure": _tail(row["measure"]), "value": _number(row["value"]),
             "approximate": row.get("rough") == "true", "from_country": self._ref(row.get("from")), "year": int(row["year"]) if "year" in row else None}
            for row in sorted(rows, key=lambda row: row["s"])
        ]  # fmt: skip
        founded = self._ask("SELECT DISTINCT ?body ?day WHERE { ?body schema:foundingDate ?day }")
        years = [
            {"about": self._ref(row["body"]), "measure": "founding-year", "value": int(row["day"][:4]), "approximate": False, "from_country": None, "year": None}
            for row in sorted(founded, key=lambda row: row["body"])
        ]  # fmt: skip
        return told + [year for year in years if not any(t["about"] == year["about"] and t["measure"] == "founding-year" for t in told)]

    def _dates(self) -> list[str]:
        return sorted({row["d"] for row in self._ask("SELECT ?d WHERE { ?s a elshi:StatedDate ; elshi:dateValue ?d }")})


def _rows(view: View, query: str) -> list[dict[str, str]]:
    answer = view.query(query, prefixes=prefixes())
    assert isinstance(answer, Table)
    return [{column: term.value for column, term in zip(answer.columns, row, strict=True) if term} for row in answer.rows]


def _only(thing: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: thing.get(name) for name in names}


def _tail(iri: str) -> str:
    return re.sub(r"^.*[/#]", "", iri)


def _number(value: str) -> int | float:
    return float(value) if "." in value else int(value)

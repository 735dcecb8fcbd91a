"""A graph of any size in the shape that Elshi gives real releases: made by numbers alone, so that every run makes the same one.

`python benchmarks/synthetic.py 1000 graph.nq` writes a thousand releases as N-Quads. Names and events are invented.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from elshi.ontology import literals
from elshi.ontology.vocab import BASE_IRI, expand

__all__ = ["QUESTIONS", "release", "releases", "vocabulary", "write"]

PEOPLE, BODIES, COUNTRIES, TOPICS = 20_000, 2_000, 60, 300
GIVEN: Final = ("Айдана", "Ерлан", "Сәуле", "Нұрбек", "Қанат", "Ляззат", "Мұрат", "Гүлмира", "Дархан", "Өмірбек", "Әсел", "Жанар", "Болат")
FAMILY: Final = (
    "Садықов",
    "Әлімбаев",
    "Жақсыбек",
    "Құрманов",
    "Тілеуова",
    "Оразов",
    "Мырзахан",
    "Бекова",
    "Сұлтанова",
    "Үмбет",
    "Дәулетов",
)
SUBJECTS: Final = (
    "uranium",
    "transit",
    "water",
    "visas",
    "students",
    "grain",
    "satellites",
    "culture",
    "customs",
    "energy",
    "tourism",
    "health",
)
KINDS: Final = ("Meeting", "Visit", "Call", "Signing", "Conference")
ROLES: Final = ("ambassador", "minister", "rector", "deputy-minister", "director", "chair")
STEPS: Final = ("informed", "discussed", "considered", "interest", "readiness", "planned", "agreed", "signed")
LANGUAGES: Final = ("kk", "ru", "en")

#: What analysts ask, one question of every kind: a look-up, a neighbourhood, a path, a text, an aggregate, provenance.
QUESTIONS: Final[Mapping[str, str]] = {
    "meetings of a person": """SELECT ?event ?day ?label WHERE { ?event elshi:participant person:p5 ; schema:startDate ?day ; elshi:statedIn ?release .
        ?release dcterms:title ?label } ORDER BY DESC(?day) ?event ?label""",
    "whom a person meets": """SELECT ?other (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event elshi:participant person:p5 , ?other
        FILTER(?other != person:p5) } GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 20""",
    "offices of a person": """SELECT DISTINCT ?role ?body ?label ?day WHERE { ?position org:member person:p5 ; org:role ?role ; org:organization ?body ;
        elshi:asOf ?day . ?body rdfs:label ?label FILTER(LANG(?label) = "en") } ORDER BY ?day ?body ?role""",
    "events under a topic": """SELECT ?topic (COUNT(DISTINCT ?event) AS ?n) WHERE { ?topic skos:broader* topic:t3 . ?event elshi:topic ?topic }
        GROUP BY ?topic ORDER BY DESC(?n) ?topic""",
    "titles with a word": """SELECT DISTINCT ?release ?title WHERE { ?release a elshi:Release ; dcterms:title ?title
        FILTER(CONTAINS(LCASE(STR(?title)), "uranium") && LANG(?title) = "en") } ORDER BY ?release LIMIT 50""",
    "counterparts by year": """SELECT ?country ?year (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event elshi:party ?country ; schema:startDate ?day .
        ?country a schema:Country BIND(YEAR(?day) AS ?year) } GROUP BY ?country ?year ORDER BY DESC(?n) ?country ?year LIMIT 50""",
    "roles and how sure": """SELECT ?role (COUNT(DISTINCT ?position) AS ?n) (COUNT(DISTINCT ?who) AS ?people) WHERE { ?position a elshi:Position ;
        org:role ?role ; org:member ?who } GROUP BY ?role ORDER BY ?role""",
    "who meets whom most": """SELECT ?a ?b (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event elshi:participant ?a , ?b FILTER(STR(?a) < STR(?b)) }
        GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 20""",
    "evidence about a person": """SELECT ?graph ?release ?exact ?start WHERE { GRAPH ?graph { ?mention oa:hasBody person:p5 ; oa:hasTarget ?target .
        ?target oa:hasSource ?release ; oa:hasSelector ?at , ?quote . ?at oa:start ?start . ?quote oa:exact ?exact } } ORDER BY ?graph ?start""",
}


def write(path: Path, count: int, *, seed: int = 7) -> int:
    """Write so many releases and the vocabulary as N-Quads; return how many quads that is."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for rows in chain([vocabulary()], releases(count, seed=seed)):
            out.write(rows)
            written += rows.count("\n")
    return written


def releases(count: int, *, seed: int = 7) -> Iterator[str]:
    """Yield the N-Quads of each release."""
    return (release(number, seed=seed) for number in range(count))


def vocabulary() -> str:
    """The N-Quads of what releases share: topics, a tree four wide."""
    made = _Graph("topics")
    for number in range(TOPICS):
        topic = made.a(f"topic/t{number}", "skos:Concept", "elshi:Topic")
        for lang in LANGUAGES:
            made.text(topic, "skos:prefLabel", f"{SUBJECTS[number % len(SUBJECTS)]} {number}", lang)
        if number:
            made.link(topic, "skos:broader", f"topic/t{(number - 1) // 4}")
    return made.rows()


def release(number: int, *, seed: int = 7) -> str:
    """The N-Quads of one release: two occasions, who took part in what office, and the words that say so."""
    draw = random.Random(seed * 1_000_003 + number)
    made, lang = _Graph(f"r{number}"), draw.choice(LANGUAGES)
    day = f"{draw.randrange(2015, 2027)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    this = made.a(f"release/r{number}", "elshi:Release", "schema:NewsArticle", "prov:Entity")
    made.text(this, "dcterms:title", f"Talks on {draw.choice(SUBJECTS)} and {draw.choice(SUBJECTS)}, no. {number}", lang)
    made.text(this, "schema:articleBody", " ".join(draw.choice(SUBJECTS) for _ in range(120)), lang)
    made.text(this, "schema:inLanguage", lang)
    made.typed(this, "dcterms:issued", day, "date")
    made.text(this, "dcterms:identifier", f"{number:064x}")
    country = made.named(f"place/c{_often(draw, COUNTRIES)}", "Country", "schema:Country", "schema:Place", "elshi:Party", "elshi:Actor")
    bodies = [
        made.named(
            f"organization/o{each}",
            "Institute",
            "elshi:University",
            "org:Organization",
            "schema:Organization",
            "elshi:Party",
            "elshi:Actor",
        )
        for each in sorted({_often(draw, BODIES) for _ in range(3)})
    ]
    people = [made.person(each) for each in sorted({_often(draw, PEOPLE) for _ in range(5)})]
    for place in range(2):
        _occasion(made, draw, f"{number}-{place}", day, (this, country, bodies, people[place:]))
    for place, who in enumerate(people):
        _office(made, draw, f"{number}-{place}", day, (this, country, bodies[place % len(bodies)], who))
    for place, what in enumerate((country, *bodies, *people)):
        _mention(made, draw, f"{number}-{place}", this, what)
    return made.rows()


def _occasion(made: _Graph, draw: random.Random, key: str, day: str, parts: tuple[str, str, list[str], list[str]]) -> None:
    this, country, bodies, people = parts
    event = made.a(f"event/e{key}", f"elshi:{draw.choice(KINDS)}", "elshi:Event", "schema:Event", "elshi:Fact")
    made.typed(event, "schema:startDate", day, "date")
    for property, things in (("elshi:participant", people), ("elshi:party", [country, bodies[0]]), ("elshi:statedIn", [this])):
        for each in things:
            made.link(event, property, each)
    made.link(event, "elshi:status", expand("elshi:held"))
    for topic in sorted({_often(draw, TOPICS) for _ in range(2)}):
        made.link(event, "elshi:topic", f"topic/t{topic}")
    pact = made.a(f"cooperation/c{key}", "elshi:Cooperation", "elshi:Fact")
    for each in (country, *bodies):
        made.link(pact, "elshi:party", each)
    made.link(pact, "elshi:commitment", f"commitment/{draw.choice(STEPS)}")
    made.link(pact, "elshi:statedIn", this)


def _office(made: _Graph, draw: random.Random, key: str, day: str, parts: tuple[str, str, str, str]) -> None:
    this, country, body, who = parts
    position = made.a(f"position/p{key}", "elshi:Position", "org:Membership", "elshi:Fact")
    for property, thing in (("org:member", who), ("org:organization", body), ("elshi:represents", country), ("elshi:statedIn", this)):
        made.link(position, property, thing)
    made.link(position, "org:role", f"role/{draw.choice(ROLES)}")
    made.typed(position, "elshi:asOf", day, "date")
    made.typed(position, "elshi:confidence", f"0.{draw.randrange(50, 99)}", "decimal")


def _mention(made: _Graph, draw: random.Random, key: str, this: str, what: str) -> None:
    mention = made.a(f"mention/m{key}", "elshi:Mention", "oa:Annotation")
    target, at, quote = (f"mention/m{key}-{part}" for part in ("target", "at", "quote"))
    start = draw.randrange(0, 900)
    made.link(mention, "oa:hasBody", what)
    made.link(mention, "oa:hasTarget", target)
    made.typed(mention, "elshi:confidence", f"0.{draw.randrange(50, 99)}", "decimal")
    for subject, property, thing in ((target, "oa:hasSource", this), (target, "oa:hasSelector", at), (target, "oa:hasSelector", quote)):
        made.link(subject, property, thing)
    made.a(at, "oa:TextPositionSelector")
    made.typed(at, "oa:start", str(start), "integer")
    made.typed(at, "oa:end", str(start + 12), "integer")
    made.a(quote, "oa:TextQuoteSelector")
    made.text(quote, "oa:exact", f"quoted {what.rpartition('/')[2]}")


def _often(draw: random.Random, most: int) -> int:
    """A number below `most`, small ones far more often: few are in the news every day."""
    return int(most * draw.random() ** 3)


class _Graph:
    """One named graph; things are written by their path under the base, or in full."""

    def __init__(self, name: str) -> None:
        self._graph = literals.node(f"{BASE_IRI}graph/{name}")
        self._lines: dict[str, None] = {}

    def rows(self) -> str:
        return "".join(self._lines)

    def a(self, thing: str, *classes: str) -> str:
        for each in classes:
            self.link(thing, "rdf:type", expand(each))
        return thing

    def named(self, thing: str, label: str, *classes: str) -> str:
        for lang in LANGUAGES:
            self.text(thing, "rdfs:label", f"{label} {thing.rpartition('/')[2][1:]}", lang)
        return self.a(thing, *classes)

    def person(self, number: int) -> str:
        name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]} {number}"
        for lang in LANGUAGES:
            self.text(f"person/p{number}", "rdfs:label", name, lang)
        return self.a(f"person/p{number}", "schema:Person", "foaf:Person", "elshi:Actor")

    def link(self, thing: str, property: str, other: str) -> None:
        self._line(thing, property, self._node(other))

    def text(self, thing: str, property: str, value: str, lang: str = "") -> None:
        self._line(thing, property, literals.tagged(value, lang) if lang else literals.plain(value))

    def typed(self, thing: str, property: str, value: str, kind: str) -> None:
        self._line(thing, property, f'"{value}"^^{literals.node(expand(f"xsd:{kind}"))}')

    def _line(self, thing: str, property: str, value: str) -> None:
        self._lines[f"{self._node(thing)} {literals.node(expand(property))} {value} {self._graph} .\n"] = None

    def _node(self, thing: str) -> str:
        return literals.node(thing if "://" in thing else BASE_IRI + thing)


if __name__ == "__main__":
    print(write(Path(sys.argv[2]), int(sys.argv[1])), "quads")

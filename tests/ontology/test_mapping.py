"""What a reading says stands in the graph, as the contract of the graph has it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pyoxigraph as ox
import pytest

from elshi.ingest.model import Agreement, Candidate, Cooperation, Entity, Event, Reading, Statistic
from elshi.ontology.graph import GraphError, checked, to_graph
from elshi.ontology.iri import IriError
from elshi.ontology.mapping import MappingError, authority_rows, fingerprint, rows, vocabulary_rows
from elshi.ontology.vocab import BASE_IRI, ENTITY_CLASSES, EVENT_KINDS, PREFIXES, prefixes

UGENT, NU = "organization/ror-00cv9y106", "organization/ror-052bx8q98"
Ask = Callable[[str], list[tuple[str, ...]]]


def asker(*texts: str) -> Ask:
    store = ox.Store()
    for text in texts:
        store.load(text, format=ox.RdfFormat.N_QUADS)
    header = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes().items())

    def ask(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(header + query, use_default_graph_as_union=True)
        return sorted(tuple("" if v is None else v.value.removeprefix(BASE_IRI) for v in row) for row in solutions)  # type: ignore[union-attr]

    return ask


@pytest.fixture(scope="module")
def ask(reading_kk: Reading) -> Ask:
    return asker(rows(reading_kk))


def test_one_named_graph_holds_everything(reading_kk: Reading) -> None:
    quads = list(ox.parse(rows(reading_kk), format=ox.RdfFormat.N_QUADS))
    assert {q.graph_name.value for q in quads} == {BASE_IRI + "graph/d00-kk"}
    assert len(set(quads)) == len(quads), "every statement once"


def test_the_body_is_exactly_as_read(ask: Ask, reading_kk: Reading) -> None:
    [(body, lang)] = ask("SELECT ?b (LANG(?b) AS ?l) { ?r a elshi:Release ; schema:articleBody ?b }")
    assert body == reading_kk.release.text and lang == "kk"


@pytest.mark.parametrize("text", ['He said "no" \\ and\r\nleft\ttabs', "🚀 \u2028 \u00a0 𐐷", "ends with a backslash \\", '"""'])
def test_any_text_survives_writing(reading_kk: Reading, text: str) -> None:
    quads = ox.parse(rows(Reading(replace(reading_kk.release, text=text, title=text))), format=ox.RdfFormat.N_QUADS)
    assert [q.object.value for q in quads if q.predicate.value.endswith("articleBody")] == [text]


def test_every_quote_is_found_between_its_offsets(ask: Ask, reading_kk: Reading) -> None:
    found = ask("SELECT ?s ?e ?q { [] oa:hasTarget/oa:hasSelector ?p, ?x . ?p oa:start ?s ; oa:end ?e . ?x oa:exact ?q }")
    assert len(found) > 20
    assert all(reading_kk.release.text[int(s) : int(e)] == quote for s, e, quote in found)


def test_positions_say_who_for_whom_and_where(ask: Ask) -> None:
    assert ask("""SELECT ?who ?role ?at ?from ?to { ?p a elshi:Position ; org:member ?who ; org:role ?role
        OPTIONAL { ?p org:organization ?at } OPTIONAL { ?p elshi:represents ?from } OPTIONAL { ?p elshi:accreditedTo ?to } }""") == [
        ("person/erlan-kasymov", "role/ambassador", "", "place/kz", "place/be"),
        ("person/petra-meyers", "role/rector", UGENT, "", ""),
    ]


def test_dates_keep_the_form_in_which_they_were_stated(ask: Ask) -> None:
    forms = ask("SELECT ?v (STRAFTER(STR(DATATYPE(?v)), '#') AS ?t) { [] elshi:dateValue ?v }")
    assert forms == [("1817", "gYear"), ("2025-11-17", "date"), ("2026-04", "gYearMonth")]


def test_an_event_without_a_stated_date_has_only_its_report(ask: Ask) -> None:
    assert ask("SELECT ?d ?r { ?e a elshi:Signing ; elshi:reportedOn ?r OPTIONAL { ?e schema:startDate ?d } }") == [("", "2025-11-18")]


def test_figures_are_numbers_with_their_whole(ask: Ask) -> None:
    assert ask("""SELECT ?v ?about ?all { ?s schema:value ?v ; elshi:about ?about . FILTER (?v > 1)
        OPTIONAL { ?s elshi:subsetOf/schema:value ?all } }""") == [("12", UGENT, "50000"), ("50000", UGENT, "")]
    assert ask("SELECT ?k { ?s elshi:measure measure:participants ; elshi:about/a ?k . FILTER (?k = elshi:Conference) }")


def test_a_superclass_stands_beside_the_class(ask: Ask) -> None:
    kinds = {row[0] for row in ask("SELECT ?k { ?e a elshi:Meeting, ?k }")}
    assert kinds == {PREFIXES["elshi"] + k for k in ("Meeting", "Event", "Fact")} | {PREFIXES["schema"] + "Event"}


def test_concepts_are_labelled_in_the_language_of_the_release(ask: Ask) -> None:
    assert ask("SELECT ?l { topic:space a elshi:Topic ; skos:prefLabel ?l }") == [("Ғарыш технологиялары",)]


def test_versions_of_one_story_meet_in_the_same_facts(reading_kk: Reading, reading_ru: Reading) -> None:
    both = asker(rows(reading_kk), rows(reading_ru))
    facts = both("SELECT ?f (COUNT(DISTINCT ?r) AS ?n) { ?f a elshi:Fact ; elshi:statedIn ?r } GROUP BY ?f")
    alone = {fact for fact, n in facts if n == "1"}
    assert len(facts) == 15 and {n for fact, n in facts if fact not in alone} == {"2"}
    conference = both("SELECT ?f { { ?f a elshi:Conference } UNION { ?f elshi:about/a elshi:Conference } }")
    assert alone == {fact for (fact,) in conference}, "one participant does not settle which occasion it was: that takes the whole story"


def test_a_version_that_does_not_name_the_place_meets_the_others(reading_kk: Reading) -> None:
    meeting, *others = reading_kk.events
    placeless = replace(reading_kk, events=(replace(meeting, place=None), *others))
    both = asker(rows(reading_kk), rows(replace(placeless, release=replace(reading_kk.release, key="other"))))
    assert len(both("SELECT DISTINCT ?e { ?e a elshi:Meeting }")) == 1


def test_undated_releases_without_a_day_keep_their_events_apart(reading_kk: Reading) -> None:
    texts = []
    for key in ("one", "two"):
        release = replace(reading_kk.release, key=key, header_date=None)
        events = (Event("e", "Meeting", reading_kk.events[0].evidence, reading_kk.events[0].participants),)
        texts.append(rows(Reading(release, reading_kk.entities, events=events)))
    assert len(asker(*texts)("SELECT DISTINCT ?e { ?e a elshi:Meeting }")) == 2


def test_facts_equal_in_everything_are_one_with_all_their_evidence(reading_kk: Reading) -> None:
    pact = reading_kk.cooperations[0]
    twice = (pact, replace(pact, id="c2", evidence=reading_kk.agreements[0].evidence, confidence=0.3))
    found = asker(rows(replace(reading_kk, cooperations=twice)))
    assert found("SELECT (COUNT(DISTINCT ?c) AS ?n) (COUNT(DISTINCT ?m) AS ?k) (COUNT(DISTINCT ?x) AS ?o) "
                 "{ ?c a elshi:Cooperation ; elshi:evidence ?m ; elshi:confidence ?x }") == [("1", "2", "1")]  # fmt: skip


def test_ids_of_different_kinds_of_fact_may_be_alike(reading_kk: Reading) -> None:
    evidence = reading_kk.agreements[0].evidence
    found = asker(rows(Reading(
        reading_kk.release, reading_kk.entities, events=(Event("1", "Signing", evidence, (UGENT, NU)),),
        cooperations=(Cooperation("1", (UGENT, NU), "discussed", evidence),), agreements=(Agreement("1", (UGENT, NU), "signed", evidence),),
        statistics=(Statistic("1", "1", "agreements", "1", evidence),),
    )))  # fmt: skip
    assert len(found("SELECT ?f { ?f a elshi:Fact }")) == 4
    assert found("SELECT ?k { ?s elshi:about/a ?k . FILTER (?k = elshi:Signing) }")


def test_a_country_that_is_implied_is_a_party_and_not_mentioned(reading_kk: Reading) -> None:
    named = tuple(e for e in reading_kk.entities if e.key != "place/kz")
    found = asker(rows(replace(reading_kk, entities=named)))
    assert found("SELECT ?t { place:kz a ?t }") == [(PREFIXES["elshi"] + "Actor",), (PREFIXES["elshi"] + "Party",)]


def test_what_authorities_say_stands_in_their_graph(reading_kk: Reading) -> None:
    own, known = asker(rows(reading_kk)), asker(authority_rows(reading_kk.entities))
    for query in ("SELECT ?o { ?s owl:sameAs ?o }", "SELECT ?o { ?s elshi:isoCode ?o }"):
        assert not own(query) and known(query)
    assert known("SELECT ?c { place:kz elshi:isoCode ?c }") == [("KZ",)]
    assert known("SELECT ?n ?e { ?city schema:latitude ?n ; schema:longitude ?e }") == [("51.05", "3.717")]
    assert own("SELECT ?n { ?o a elshi:University ; skos:altLabel ?n }") == [("UGent",)]
    assert not own("SELECT ?n { ?o skos:altLabel ?n . FILTER (LANG(?n) = 'en') }")


def test_a_guess_is_never_a_sameness(ask: Ask) -> None:
    found = ask("SELECT ?for ?what ?why { ?c a elshi:LinkCandidate ; elshi:candidateFor ?for ; elshi:candidate ?what ; elshi:reason ?why }")
    assert found == [("person/petra-meyers", "https://www.wikidata.org/entity/Q1", "same surname")]


def test_a_guess_may_be_a_record_that_only_the_project_keeps(reading_kk: Reading) -> None:
    first, *others = reading_kk.entities
    guess = Candidate("organization/state-duma", 0.6, "bears the name")
    found = asker(rows(replace(reading_kk, entities=(replace(first, candidates=(guess,)), *others))))
    assert found("SELECT ?what { ?c a elshi:LinkCandidate ; elshi:candidate ?what ; elshi:reason 'bears the name' }") == [
        ("organization/state-duma",)
    ]


def test_the_same_reading_gives_the_same_bytes_and_a_run_is_named_only_on_request(reading_kk: Reading) -> None:
    again = Reading.from_json(reading_kk.to_json())
    assert rows(reading_kk) == rows(again)
    run = BASE_IRI + "run/1"
    assert set(rows(reading_kk, run=run).splitlines()) - set(rows(again).splitlines()) == {
        f"<{BASE_IRI}release/d00-kk> <{PREFIXES['prov']}wasGeneratedBy> <{run}> <{BASE_IRI}graph/d00-kk> ."
    }


def test_a_fingerprint_does_not_see_the_order_of_lines(reading_kk: Reading) -> None:
    text = rows(reading_kk)
    assert fingerprint(text) == fingerprint("".join(reversed(text.splitlines(keepends=True)))) != fingerprint(text + text[:10])


def test_a_store_keeps_the_literals_as_they_are_written(reading_kk: Reading) -> None:
    store = ox.Store()
    store.load(rows(reading_kk), format=ox.RdfFormat.N_QUADS)
    assert set(store) == set(ox.parse(rows(reading_kk), format=ox.RdfFormat.N_QUADS))


def test_another_base_moves_every_resource(reading_kk: Reading) -> None:
    base = "https://data.example.org/"
    text = rows(reading_kk, base_iri=base) + authority_rows(reading_kk.entities, base_iri=base) + vocabulary_rows(base_iri=base)
    assert BASE_IRI not in text and f"<{base}topic/space>" in text


def test_an_rdflib_graph_holds_the_same_triples(reading_kk: Reading) -> None:
    text = rows(reading_kk)
    assert len(to_graph(text)) == len(text.splitlines())


def test_what_was_not_linked_is_refused_by_name(reading_kk: Reading) -> None:
    with pytest.raises(IriError, match="#3"):
        rows(Reading(reading_kk.release, (Entity("#3", "Person", (("A", "kk"),)),)))


def test_an_unknown_kind_of_entity_is_refused_by_name(reading_kk: Reading) -> None:
    with pytest.raises(MappingError, match="'Planet'"):
        rows(Reading(reading_kk.release, (Entity("place/mars", "Planet", (("Марс", "kk"),)),)))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"url": "https://[example.org/a"}, "no IRI"),
        ({"url": "example.org/press/1"}, "no IRI"),
        ({"url": "https://example.org/100%-sure"}, "no IRI"),
        ({"alternates": (("https://example.org:port/kk", "kk"),)}, "no IRI"),
        ({"lang": "kk_KZ"}, "no language tag"),
        ({"title": "half a sign \ud83d"}, "no character"),
    ],
)
def test_what_would_be_no_n_quads_is_refused_by_name(reading_kk: Reading, change: dict[str, object], named: str) -> None:
    with pytest.raises(GraphError, match=named):
        rows(Reading(replace(reading_kk.release, **change)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "base", ["", "no-scheme/", "https://example.org:", "https://example.org/a b/", "https://example.org/id#", "https://h/%e"]
)
def test_a_base_that_no_iri_begins_with_is_refused(reading_kk: Reading, base: str) -> None:
    with pytest.raises(GraphError, match="no IRI"):
        rows(reading_kk, base_iri=base)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_not_refused_is_valid_n_quads(reading_kk: Reading, seed: int) -> None:
    chance = random.Random(seed)

    def odd() -> str:
        return "".join(
            chance.choices("aZ0é中🚀 %2fg:/?#[]@!$&'()*+,;=<>{}|^`\\\"\n\r\t\u0000\u0085\u202e\ue000\ufdd0\ufffe", k=chance.randrange(12))
        )

    release = replace(
        reading_kk.release, key=odd(), title=odd(), text=odd(), publisher=odd(), source_name=odd(), url=f"https://example.org/{odd()}"
    )
    base = chance.choice((BASE_IRI, f"https://example.org/{odd()}", f"urn:{odd()}"))
    entity = replace(
        reading_kk.entities[0], key=f"person/{odd()}", names=((odd(), "kk"), (odd(), "x")), same_as=(f"https://example.org/{odd()}",)
    )
    for make in (
        lambda: rows(Reading(release, (*reading_kk.entities, entity)), base_iri=base),
        lambda: authority_rows((entity,), base_iri=base),
    ):
        with suppress(GraphError, IriError):
            checked(make())


def test_the_syntax_gate_names_what_is_wrong() -> None:
    with pytest.raises(GraphError, match=r"the graph of a\.txt is not valid N-Quads"):
        checked("<a b> <c> <d> .\n", where="the graph of a.txt")


@pytest.mark.parametrize("kind", ENTITY_CLASSES)
def test_every_kind_of_entity_has_a_node(reading_kk: Reading, kind: str) -> None:
    assert asker(rows(Reading(reading_kk.release, (Entity("organization/x", kind, (("X", "kk"),)),))))("SELECT ?t { organization:x a ?t }")


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_has_a_node(reading_kk: Reading, kind: str) -> None:
    event = replace(reading_kk.events[0], kind=kind)
    assert asker(rows(replace(reading_kk, events=(event,), statistics=())))(f"SELECT ?e {{ ?e a elshi:{kind}, elshi:Event }}")

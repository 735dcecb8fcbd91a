"""What people decide is kept, holds whenever a release is read again, and can be taken back without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elshi.ingest.model import Reading
from elshi.ontology.facts import fact_paths
from elshi.ontology.mapping import graph_iri, release_iri, rows
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.shapes.validate import validate
from elshi.store.base import Table, Writer, open_writer
from elshi.store.curation import curated
from elshi.store.curator import Curator, RefusedDecision
from elshi.store.decisions import Decision, UnknownDecision, curation_graph, decisions, quads_of
from elshi.store.stories import Stories
from elshi.stories.index import Index

KASYMOV, MEYERS = f"{BASE_IRI}person/erlan-kasymov", f"{BASE_IRI}person/petra-meyers"
OTHER = f"{BASE_IRI}person/yerlan-k"
DAY = "2026-03-04T10:00:00Z"


def made(verdict: str, *about: str, when: str = DAY, **more: object) -> Decision:
    return Decision(verdict, about, "A. Omarova", when, **more)  # type: ignore[arg-type]


def fact(reading: Reading, kind: str, id: str) -> str:
    return BASE_IRI + fact_paths(reading)[kind, id]


class Desk:
    """A store in memory and the curator who writes to it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.curator = Curator(writer, Stories(writer, Index(None)))

    def put(self, *readings: Reading) -> Desk:
        for reading in readings:
            self.curator.replace(graph_iri(reading.release), rows(reading))
        return self

    def ask(self, query: str) -> list[tuple[str, ...]]:
        answer = self.writer.query(query, prefixes=prefixes())
        assert isinstance(answer, Table)
        return sorted(tuple(term.value if term else "" for term in row) for row in answer.rows)

    def current(self) -> list[str]:
        """All that the releases say, without the decisions about it."""
        return sorted(quad for quad in self.writer.quads() if "/version/" not in quad and curation_graph() not in quad)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_writer("memory:") as writer:
        yield Desk(writer)


def test_a_decision_is_rdf_that_is_read_again_as_it_was_made(desk: Desk) -> None:
    one = made("merged", OTHER, into=KASYMOV, why='one "minister"')
    two = made("split", KASYMOV, into=f"{KASYMOV}-2", within=(f"{BASE_IRI}release/a",), label=("Басқа", "kk"), when="2026-03-05T10:00:00Z")
    undone = replace(made("relabelled", MEYERS, label=("Петра", "ru"), when="2026-03-06T10:00:00Z"), undone="2026-03-07T10:00:00Z")
    desk.writer.add(quads_of([two, one, undone]))
    assert decisions(desk.writer) == (one, two, undone)


def test_decisions_of_one_moment_are_decisions_of_their_own_in_the_order_they_were_made(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    names = [("Ерлан", "kk"), ("Е. Қасымов", "kk"), ("Ерлан", "kk")]
    keys = [desk.curator.decide(made("relabelled", KASYMOV, label=name, when="2026-03-04T10:00:00.120Z")).decision.key for name in names]
    known = decisions(desk.writer)
    assert [d.key for d in known] == keys and len(set(keys)) == 3, "a store keeps no zero at the end of a time"
    assert [d.label for d in known] == names
    assert desk.curator.undo(keys[1], when="2026-03-04T10:00:00.120Z").decision.label == names[1]


def test_two_that_are_one_stand_under_the_survivor_in_every_fact(desk: Desk, reading_kk: Reading) -> None:
    twice = replace(reading_kk, entities=tuple(replace(e, key="person/yerlan-k") if e.name == "Ерлан Қасымов" else e for e in reading_kk.entities),
                    positions=(replace(reading_kk.positions[0], person="person/yerlan-k"), *reading_kk.positions[1:]),
                    events=(replace(reading_kk.events[0], participants=("person/yerlan-k", "person/petra-meyers")), *reading_kk.events[1:]))  # fmt: skip
    desk.put(twice)
    desk.curator.decide(made("merged", OTHER, into=KASYMOV))
    assert desk.ask("SELECT DISTINCT ?p WHERE { ?p a schema:Person }") == [(KASYMOV,), (MEYERS,)]
    assert (KASYMOV,) in desk.ask("SELECT ?who WHERE { ?e a elshi:Meeting ; elshi:participant ?who }")
    assert desk.ask(f"ASK {{ <{OTHER}> ?p ?o }}".replace("ASK", "SELECT ?p WHERE")) == []


def test_what_is_rejected_goes_with_its_quotations_and_with_what_says_nothing_without_it(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    desk.curator.decide(made("rejected", fact(reading_kk, "Event", "e3")))
    assert desk.ask("SELECT ?c WHERE { ?c a elshi:Conference }") == []
    assert desk.ask("SELECT ?s WHERE { ?s elshi:measure measure:participants }") == [], "the figure was about the conference"
    assert len(desk.ask("SELECT ?s WHERE { ?s a elshi:Statistic }")) == 2
    left = "".join(f"{quad}\n" for quad in desk.writer.quads(graph_iri(reading_kk.release)))
    assert validate(left).conforms


def test_a_thing_that_does_not_exist_takes_the_facts_that_need_it_along(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    desk.curator.decide(made("rejected", MEYERS))
    assert desk.ask("SELECT ?m WHERE { ?m a elshi:Position ; org:role role:rector }") == []
    assert len(desk.ask("SELECT ?m WHERE { ?m a elshi:Position }")) == 1
    assert validate("".join(f"{quad}\n" for quad in desk.writer.quads(graph_iri(reading_kk.release)))).conforms


def test_a_fact_that_somebody_vouches_for_is_certain(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    pact = fact(reading_kk, "Cooperation", "c1")
    desk.curator.decide(made("accepted", pact))
    assert desk.ask(f"SELECT ?c WHERE {{ <{pact}> elshi:confidence ?c }}") == [("1",)]


def test_an_accepted_guess_is_what_the_thing_is_and_no_guess_any_more(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    desk.curator.decide(made("accepted", MEYERS, into="https://www.wikidata.org/entity/Q1"))
    assert desk.ask(f"SELECT ?x WHERE {{ <{MEYERS}> owl:sameAs ?x }}") == [("https://www.wikidata.org/entity/Q1",)]
    assert desk.ask("SELECT ?g WHERE { ?g a elshi:LinkCandidate }") == []
    key = desk.curator.decisions[0].key
    desk.curator.undo(key, when="2026-03-05T10:00:00Z")
    assert desk.ask(f"SELECT ?x WHERE {{ <{MEYERS}> owl:sameAs ?x }}") == []
    assert len(desk.ask("SELECT ?g WHERE { ?g a elshi:LinkCandidate }")) == 1


def test_a_thing_is_called_by_its_new_name_and_found_by_the_old_one(desk: Desk, reading_kk: Reading, reading_ru: Reading) -> None:
    desk.put(reading_kk, reading_ru)
    desk.curator.decide(made("relabelled", MEYERS, label=("Петра Мейерс-Дюбуа", "kk")))
    names = desk.ask(f"SELECT ?l (LANG(?l) AS ?t) WHERE {{ <{MEYERS}> rdfs:label ?l }}")
    assert names == [("Петра Мейерс", "ru"), ("Петра Мейерс-Дюбуа", "kk")]
    assert desk.ask(f"SELECT ?l WHERE {{ <{MEYERS}> skos:altLabel ?l }}") == [("Петра Мейерс",)]


def test_namesakes_are_parted_in_the_releases_that_mean_the_other(desk: Desk, reading_kk: Reading, reading_ru: Reading) -> None:
    desk.put(reading_kk, reading_ru)
    within = (release_iri(reading_ru.release),)
    desk.curator.decide(made("split", KASYMOV, into=f"{KASYMOV}-2", within=within, label=("Другой Касымов", "ru")))
    members = desk.ask("SELECT DISTINCT ?p ?r WHERE { ?m a elshi:Position ; org:role role:ambassador ; org:member ?p ; elshi:statedIn ?r }")
    assert {person for person, _ in members} == {KASYMOV, f"{KASYMOV}-2"}, "though the two versions tell one story"


def test_an_event_that_two_versions_share_is_parted_stays_parted_and_is_one_again(
    desk: Desk, reading_kk: Reading, reading_ru: Reading
) -> None:
    def told() -> dict[str, list[tuple[str, ...]]]:
        """What each meeting is stated in, and how much evidence it has."""
        pattern = "?e a elshi:Meeting ; elshi:statedIn ?r ; elshi:evidence ?m . ?r a elshi:Release"
        stated = desk.ask(f"SELECT ?e ?r (COUNT(?m) AS ?n) WHERE {{ GRAPH ?g {{ {pattern} }} }} GROUP BY ?e ?r")
        return {meeting: [row[1:] for row in stated if row[0] == meeting] for meeting, *_ in stated}

    desk.put(reading_kk, reading_ru)
    before, shared = desk.current(), told()
    meeting = next(iri for iri, releases in shared.items() if len(releases) == 2)
    ours, theirs = (release_iri(each.release) for each in (reading_kk, reading_ru))
    key = desk.curator.decide(made("split", meeting, into=f"{meeting}-2", within=(theirs,))).decision.key
    parted = told()
    assert [release for release, _ in parted[meeting]] == [ours] and [release for release, _ in parted[f"{meeting}-2"]] == [theirs]
    assert sorted(parted[meeting] + parted[f"{meeting}-2"]) == sorted(shared[meeting]), "each keeps its own evidence, and all of it"
    desk.put(reading_ru, reading_kk)
    assert told() == parted, "whichever version is read again"
    desk.curator.undo(key, when="2026-03-05T10:00:00Z")
    assert desk.current() == before


def test_a_retracted_release_is_gone_stays_out_and_comes_back(desk: Desk, reading_kk: Reading, reading_ru: Reading) -> None:
    desk.put(reading_kk, reading_ru)
    before = desk.current()
    release = release_iri(reading_ru.release)
    key = desk.curator.decide(made("retracted", release)).decision.key
    assert desk.ask("SELECT ?l WHERE { ?r a elshi:Release ; schema:inLanguage ?l }") == [("kk",)]
    assert desk.curator.retracted(release)
    desk.put(reading_ru)
    assert desk.ask("SELECT ?l WHERE { ?r a elshi:Release ; schema:inLanguage ?l }") == [("kk",)]
    desk.curator.undo(key, when="2026-03-05T10:00:00Z")
    assert desk.current() == before


def test_a_decision_that_would_leave_nonsense_is_refused_and_changes_nothing(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    before = desk.current()
    with pytest.raises(RefusedDecision, match="nothing was changed"):
        desk.curator.decide(made("relabelled", MEYERS, label=(" ", "kk")))
    assert desk.current() == before and desk.curator.decisions == ()


def test_a_trial_tells_what_would_change_and_changes_nothing(desk: Desk, reading_kk: Reading) -> None:
    desk.put(reading_kk)
    before = desk.current()
    effect = desk.curator.decide(made("rejected", fact(reading_kk, "Event", "e1")), dry_run=True)
    assert effect.graphs == (graph_iri(reading_kk.release),) and effect.removed[effect.graphs[0]] and not effect.added[effect.graphs[0]]
    assert desk.current() == before and decisions(desk.writer) == ()


def test_nobody_takes_back_what_nobody_decided(desk: Desk) -> None:
    with pytest.raises(UnknownDecision):
        desk.curator.undo("abc", when=DAY)


def test_a_ring_of_merges_ends_in_one_thing(reading_kk: Reading) -> None:
    ring = [made("merged", KASYMOV, into=MEYERS), made("merged", MEYERS, into=KASYMOV)]
    text = curated(rows(reading_kk), ring)
    assert text is not None and f"<{KASYMOV}>" in text and f"<{MEYERS}>" not in text


def test_a_decision_not_yet_applied_when_a_run_was_killed_is_applied_by_the_next(reading_kk: Reading) -> None:
    with open_writer("memory:") as writer:
        Desk(writer).put(reading_kk)
        writer.replace(curation_graph(), quads_of([made("rejected", fact(reading_kk, "Event", "e3"))]))
        assert Desk(writer).ask("SELECT ?c WHERE { ?c a elshi:Conference }") == []


def changed(reading: Reading) -> Reading:
    """A corrected version of the same page: the conference is dropped from it."""
    text = reading.release.text + "\n"
    release = replace(reading.release, text=text, sha256=sha256(text.encode()).hexdigest())
    return replace(reading, release=release, events=reading.events[:2], statistics=reading.statistics[:2])


CHOICES = ("kk", "ru", "corrected", "merge", "reject", "relabel", "retract", "undo")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(CHOICES), min_size=2, max_size=8))
def test_only_what_is_there_and_what_was_decided_counts_not_how_it_came_about(
    steps: list[str], reading_kk: Reading, reading_ru: Reading
) -> None:
    by_name = {"kk": reading_kk, "ru": reading_ru, "corrected": changed(reading_kk)}
    verdicts = {
        "merge": made("merged", MEYERS, into=KASYMOV),
        "reject": made("rejected", fact(reading_kk, "Agreement", "a1")),
        "relabel": made("relabelled", KASYMOV, label=("Е. Қ.", "kk")),
        "retract": made("retracted", release_iri(reading_ru.release)),
    }
    last: dict[str, Reading] = {}
    hold: dict[str, Decision] = {}
    with open_writer("memory:") as first, open_writer("memory:") as second:
        desk = Desk(first)
        for number, step in enumerate(steps):
            if step in by_name:
                desk.put(by_name[step])
                last[by_name[step].release.key] = by_name[step]
            elif step == "undo" and hold:
                name = sorted(hold)[0]
                desk.curator.undo(hold.pop(name).key, when="2026-03-09T00:00:00Z")
            elif step in verdicts and step not in hold:
                hold[step] = desk.curator.decide(replace(verdicts[step], when=f"2026-03-04T10:00:0{number}Z")).decision
        calm = Desk(second)
        second.replace(curation_graph(), quads_of(hold.values()))
        Desk(second).put(*last.values())
        assert desk.current() == calm.current()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_decisions_may_be_made_in_any_order(order: tuple[int, ...], reading_kk: Reading) -> None:
    several = [made("merged", MEYERS, into=KASYMOV), made("rejected", fact(reading_kk, "Event", "e3")),
               made("relabelled", KASYMOV, label=("Е. Қ.", "kk"))]  # fmt: skip
    text = rows(reading_kk)
    assert curated(text, [several[i] for i in order]) == curated(text, several)

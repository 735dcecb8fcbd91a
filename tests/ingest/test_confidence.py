"""How sure a reading is of itself follows from signals that were weighed on stories nobody tuned for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from elshi.ingest.confidence import Weights, confidence, kind_of, load_weights, signals, weighed
from elshi.ingest.model import Reading


def test_a_signal_that_speaks_for_a_fact_makes_it_surer_and_one_against_it_less(reading_kk: Reading) -> None:
    meeting = reading_kk.events[0]
    assert "persons 2" in signals(meeting, reading_kk) and "dated to 10 signs" in signals(meeting, reading_kk)
    plain = confidence(meeting, reading_kk, Weights({"Event": {"always": 1.0}}))
    surer = confidence(meeting, reading_kk, Weights({"Event": {"always": 1.0, "persons 2": 0.5}}))
    doubtful = confidence(meeting, reading_kk, Weights({"Event": {"always": 1.0, "dated to 10 signs": -2.0}}))
    assert doubtful < plain < surer
    assert plain == 0.73, "the logistic of 1, to two places"


def test_weights_of_one_kind_say_nothing_of_another(reading_kk: Reading) -> None:
    weights = Weights({"Agreement": {"always": 3.0}})
    assert confidence(reading_kk.agreements[0], reading_kk, weights) == 0.95
    assert confidence(reading_kk.events[0], reading_kk, weights) == 0.5


def test_no_reading_is_certain_and_none_is_worthless(reading_kk: Reading) -> None:
    fact = reading_kk.statistics[0]
    assert confidence(fact, reading_kk, Weights({"Statistic": {"always": 50.0}})) == 0.99
    assert confidence(fact, reading_kk, Weights({"Statistic": {"always": -50.0}})) == 0.05


def test_every_mention_and_fact_of_a_reading_gets_its_confidence_and_nothing_else_changes(reading_kk: Reading) -> None:
    weights = Weights({kind: {"always": 0.4} for kind in ("Person", "Place", "Organization", "Position", "Event", "Cooperation",
                                                          "Agreement", "Statistic", "StatedDate")})  # fmt: skip
    sure = weighed(reading_kk, weights)
    facts = (*sure.positions, *sure.events, *sure.cooperations, *sure.agreements, *sure.statistics, *sure.dates)
    assert {fact.confidence for fact in facts} == {0.6}
    assert {mention.score for entity in sure.entities for mention in entity.mentions} == {0.6}
    assert replace(sure.events[0], confidence=reading_kk.events[0].confidence) == reading_kk.events[0]
    assert sure.release == reading_kk.release and sure.subjects == reading_kk.subjects


def test_an_office_completed_by_an_unknown_body_says_so(reading_kk: Reading) -> None:
    rector = reading_kk.positions[1]
    assert "unknown body" in signals(rector, reading_kk)
    known = replace(reading_kk, entities=tuple(replace(e, record="ror:x") for e in reading_kk.entities))
    assert "known body" in signals(rector, known)


@pytest.mark.parametrize(
    "kind", ["Person", "Place", "Organization", "Position", "Event", "Cooperation", "Agreement", "Statistic", "StatedDate"]
)
def test_the_weights_that_ship_know_every_kind(kind: str) -> None:
    assert load_weights().of(kind, "always")


def test_the_kinds_are_those_of_the_reading(reading_kk: Reading) -> None:
    things = (*reading_kk.entities, *reading_kk.events, *reading_kk.positions)
    assert {kind_of(thing) for thing in things} == {"Place", "Person", "Organization", "Event", "Position"}

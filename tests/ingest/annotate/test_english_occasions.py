"""What English releases leave to be understood of occasions: what is only talked of, whose a visit is, who signs, the day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PERU = "Ambassador of Kazakhstan to Peru Timur Sadykov and Minister of Trade of Peru Carlos Rivera"
TALKS = f"On 3 November 2025 {PERU} held talks in Lima."


@pytest.mark.parametrize(
    "subject",
    [
        "The possibility of holding a business forum in Almaty",
        "The signing of a memorandum and the opening of an embassy",
        "Plans for launching direct flights",
        "Preparations for the visit of the President of Peru to Kazakhstan",
    ],
)
def test_what_was_only_talked_of_did_not_happen(read: Callable, subject: str) -> None:
    verb = "was discussed" if subject.startswith(("The p", "The s")) else "were discussed"
    text = f"{subject} {verb} by {PERU} on 3 November 2025."
    if not subject.startswith("The signing"):
        assert {kind for kind, *_ in read("en", text).events} == {"Meeting"}
    assert {kind for kind, *_ in read("en", f"{TALKS} They discussed {subject[0].lower()}{subject[1:]}.").events} == {"Meeting"}


def test_a_visit_to_come_is_the_state_s_whose_premier_will_make_it(read: Callable) -> None:
    text = f"{TALKS} They discussed preparations for the visit of the President of Chile to Kazakhstan, scheduled for next March."
    assert ("Visit", {"Chile"}, "2026-03", "planned") in read("en", text).events


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("After the talks, the two signed a memorandum on tourism.", {"Timur Sadykov", "Carlos Rivera"}),
        ("Carlos Rivera accepted an invitation to take part in a forum to be held in Astana on 8 May 2026.", {"Carlos Rivera"}),
    ],
)
def test_who_signs_or_will_attend_is_told_by_the_talks(read: Callable, text: str, who: set[str]) -> None:
    assert read("en", f"{TALKS} {text}").events[-1][1] == who


@pytest.mark.parametrize("text", ["Altogether 45 students signed up for the course.", "The ministers reached an agreement on tariffs."])
def test_words_that_mean_something_else_open_nothing(read: Callable, text: str) -> None:
    assert len(read("en", f"{TALKS} {text}").events) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks between Kazakhstan and Oman scheduled for 20 November were postponed until 15 December.", "2025-12-15"),
        (
            "Talks between Kazakhstan and Oman, due to be held on 20 November, will not go ahead. They have been put back to February.",
            "2026-02",
        ),
    ],
)
def test_what_was_put_off_has_its_new_day(read: Callable, text: str, day: str) -> None:
    assert [(start, status) for _, _, start, status in read("en", text).events] == [(day, "postponed")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The following day", "2025-11-04"), ("A day earlier", "2025-11-02"), ("Two days later", "2025-11-05"),
        ("After the talks", "2025-11-03"), ("On the sidelines of the visit", "2025-11-03"),
    ],
)  # fmt: skip
def test_a_day_is_counted_from_the_one_told_before(read: Callable, words: str, day: str) -> None:
    text = f"{TALKS}\n{words}, Timur Sadykov visited the University of Lima."
    assert [start for kind, _, start, _ in read("en", text).events if kind == "Visit"] == [day]


def test_the_one_day_of_a_text_is_that_of_all_it_reports(read: Callable) -> None:
    text = f"Such was 10 November for {PERU}.\nTimur Sadykov was received by Prime Minister of Peru Ana Flores."
    assert ("Meeting", {"Timur Sadykov", "Ana Flores"}, "2025-11-10", "held") in read("en", text).events


@pytest.mark.parametrize("words", ["came to take her leave", "was received in the afternoon", "paid a farewell call"])
def test_a_caller_meets_the_one_the_text_is_about(read: Callable, words: str) -> None:
    text = f"{TALKS}\nThe outgoing Ambassador of Hungary to Peru, Anna Kovács, {words}."
    assert {"Timur Sadykov", "Anna Kovács"} in [set(who) for _, who, *_ in read("en", text).events]


@pytest.mark.parametrize("text", ["They agreed to march on.", "It may rain."])
def test_a_month_is_written_with_a_capital(read: Callable, text: str) -> None:
    assert read("en", text).dates == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("A forum is planned in Astana for 5 May 2026. It is organised by Kyoto University and Waseda University.",
         ("Conference", {"Kyoto University", "Waseda University"}, "2026-05-05", "planned")),
        (f"{TALKS} At the close, a protocol was signed by the two ministers.", ("Signing", {"Timur Sadykov", "Carlos Rivera"}, "2025-11-03", "held")),
        ("SCAT Airlines is launching a route to Bangkok on 5 December.", ("Launch", {"SCAT Airlines"}, "2025-12-05", "planned")),
        (f"{TALKS}\nMayor of Cusco Ana Flores, who was expected in Astana on 16 November, has called off her visit.",
         ("Visit", {"Ana Flores"}, "2025-11-16", "cancelled")),
        (f"{TALKS}\nOn 10 November {PERU.split(' and ')[0]} met with Ana Flores, Mayor of Cusco. He then sat down with Juan Vega, Rector of the University of Cusco.",
         ("Meeting", {"Timur Sadykov", "Juan Vega"}, "2025-11-10", "held")),
    ],
)  # fmt: skip
def test_words_around_an_occasion_tell_whose_it_is(read: Callable, text: str, event: tuple[object, ...]) -> None:
    assert event in read("en", text).events


def test_an_agreement_of_a_past_year_is_no_event_of_today(read: Callable) -> None:
    assert read("en", "Kyoto University and Waseda University signed an agreement in 2019.").events == []


def test_the_two_who_signed_are_those_who_met(read: Callable) -> None:
    text = (
        "Speaker of the Senate of Kazakhstan Marat Seitov met on 13 November with the President of the National Assembly of Serbia,"
        " Jelena Markovic. The parliamentarians signed a memorandum."
    )
    assert ("Signing", {"Marat Seitov", "Jelena Markovic"}, "2025-11-13", "held") in read("en", text).events

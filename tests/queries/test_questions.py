"""The saved questions over a small store: the rows each must give, read off the texts in `conftest.py`."""

from __future__ import annotations

import re
from typing import Any

import pytest

from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.catalogue import bind, catalogue, saved
from elshi.store.base import Table, View

BOTH = {"d00.kk.txt", "d00.ru.txt"}
#: The fifteen questions that the graph is there to answer.
QUESTIONS = {
    "meetings", "representatives", "counterparts", "topics", "agreements", "hierarchy", "upcoming", "statistics", "facts", "divergence",
    "network", "climb", "doubtful", "unresolved", "changes",
}  # fmt: skip


def ask(view: View, name: str, **given: str) -> list[dict[str, str | None]]:
    answer = view.query(bind(saved(name), {k.rstrip("_"): v for k, v in given.items()}), prefixes=prefixes())
    assert isinstance(answer, Table)
    assert answer.columns == saved(name).columns, "the header names the columns that the query gives"
    return [dict(zip(answer.columns, (t and t.value for t in row), strict=True)) for row in answer.rows]


def picked(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def files(row: dict[str, str | None]) -> set[str]:
    return set((row["source"] or "").split(", "))


def test_every_question_has_a_file_with_its_header() -> None:
    assert catalogue().keys() >= QUESTIONS
    for name, query in catalogue().items():
        assert query.title != name
        assert query.columns
        slots = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text))
        assert slots == {parameter.name for parameter in query.parameters}, f"@{name}: parameters in the header are those of the query"


def test_one_meeting_told_in_two_languages_is_one_row(sample: View) -> None:
    first, second = ask(sample, "meetings")
    assert picked([first, second], "date", "dated", "place") == [("2025-11-17", "stated", "Гент"), ("2026-02-10", "stated", None)]
    assert files(first) == BOTH
    assert set((first["participants"] or "").split("; ")) == {
        "Petra Meyers (Rector, Ghent University)",
        "Ерлан Касымов (Ambassador, Kazakhstan)",
    }


@pytest.mark.parametrize(("given", "dates"), [
    ({"country": "BE"}, ["2025-11-17", "2026-02-10"]), ({"country": "FR"}, []), ({"person": "aida-omarova"}, ["2026-02-10"]),
    ({"organization": "ror-00cv9y106"}, ["2025-11-17", "2026-02-10"]), ({"since": "2026"}, ["2026-02-10"]), ({"until": "2025-11"}, ["2025-11-17"]),
    ({"since": "2025-11-18", "until": "2026-02-09"}, []), ({"country": "be", "person": "person:erlan-kasymov"}, ["2025-11-17"]),
])  # fmt: skip
def test_meetings_are_narrowed_by_who_where_and_when(sample: View, given: dict[str, str], dates: list[str]) -> None:
    assert [row["date"] for row in ask(sample, "meetings", **given)] == dates


def test_names_are_given_in_the_language_asked_for(sample: View) -> None:
    assert ask(sample, "meetings", lang="kk")[0]["topics"] == "Ғарыш технологиялары"
    assert "Петра Мейерс (Ректор, Гент университеті)" in (ask(sample, "meetings", lang="kk")[0]["participants"] or "")


def test_as_of_a_day_the_last_ambassador_by_then_represents_the_country(sample: View) -> None:
    everybody = ask(sample, "representatives", country="KZ")
    assert picked(everybody, "where_name", "role", "person", "last") == [
        ("Belgium", "Ambassador", "Aida Omarova", "2026-02-11"), ("Belgium", "Ambassador", "Ерлан Касымов", "2025-11-18"),
    ]  # fmt: skip
    for day, holder in (("2025-12-31", "Ерлан Касымов"), ("2026-12-31", "Aida Omarova")):
        assert [row["person"] for row in ask(sample, "representatives", at="BE", on=day)] == [holder]
    assert ask(sample, "representatives", on="2020-01-01") == []


def test_institutions_abroad_are_counted_by_year_and_those_at_home_left_out(sample: View) -> None:
    assert picked(ask(sample, "counterparts"), "country_name", "institution", "year", "facts") == [
        ("Belgium", "Ghent University", "2025", "4"), ("Belgium", "Ghent University", "2026", "2"),
    ]  # fmt: skip
    assert {row["institution"] for row in ask(sample, "counterparts", home="BE")} == {"Назарбаев Университет"}


def test_topics_are_told_per_counterpart_and_year(sample: View) -> None:
    space = ask(sample, "topics", counterpart="organization:ror-00cv9y106", topic="space")
    assert picked(space, "counterpart_name", "topic_name", "year", "facts", "releases") == [
        ("Ghent University", "Space technology", "2025", "2", "2"), ("Ghent University", "Space technology", "2026", "1", "1"),
    ]  # fmt: skip
    assert ask(sample, "topics", topic="science-and-technology"), "a topic stands for those under it"


def test_an_agreement_comes_with_its_parties_and_step_and_a_possibility_is_none(sample: View) -> None:
    (row,) = ask(sample, "agreements")
    assert (row["parties"], row["step"], row["topics"]) == (
        "Ghent University, Назарбаев Университет", "Signed", "Academic mobility and student exchange",
    )  # fmt: skip
    assert ask(sample, "agreements", commitment="planned") == []
    assert ask(sample, "agreements", party="KZ") == []


def test_bodies_are_listed_under_their_institution_with_their_depth(sample: View) -> None:
    expected = [
        ("Faculty of Engineering", "Faculty", "Ghent University", "1"),
        ("Space Lab", "ResearchCentre", "Faculty of Engineering", "2"),
    ]
    assert picked(ask(sample, "hierarchy"), "body", "kind", "parent", "depth") == expected
    faculty = ask(sample, "hierarchy", under="ror-00cv9y106-engineering")
    assert picked(faculty, "institution", "body", "depth") == [("Faculty of Engineering", "Space Lab", "1")]


@pytest.mark.parametrize(("day", "dates"), [
    ("2026-01-01", ["2026-02-10", "2026-04"]), ("2026-04-20", ["2026-04"]), ("2026-05-01", []),
])  # fmt: skip
def test_a_month_is_upcoming_while_it_lasts(sample: View, day: str, dates: list[str]) -> None:
    assert [row["date"] for row in ask(sample, "upcoming", from_=day)] == dates


def test_figures_name_their_country_only_where_one_is_stated(sample: View) -> None:
    rows = ask(sample, "statistics", about="organization:ror-00cv9y106")
    assert picked(rows, "measure_name", "value", "approximate", "from") == [
        ("Students", "50000", "true", None), ("Students", "14", "false", "Kazakhstan"), ("Students", "12", "false", "Kazakhstan"),
    ]  # fmt: skip
    assert all(row["quote"] and row["value"] and row["value"][:2] in row["quote"] for row in rows)
    assert [files(row) for row in rows] == [BOTH, {"d00.ru.txt"}, {"d00.kk.txt"}]


def test_every_fact_about_somebody_says_in_what_part_and_quotes_it(sample: View) -> None:
    rows = ask(sample, "facts", entity="person:petra-meyers")
    assert picked(rows, "kind", "as", "date") == [
        ("Meeting", "participant", "2025-11-17"), ("Position", "member", "2025-11-18"), ("Meeting", "participant", "2026-02-10"),
    ]  # fmt: skip
    assert all("Ме" in (row["quote"] or "") or "Meyers" in (row["quote"] or "") for row in rows)


def test_only_what_a_version_alone_states_diverges(sample: View) -> None:
    rows = ask(sample, "divergence")
    assert [(row["language"], row["kind"], "14" in (row["quote"] or "")) for row in rows] == [
        ("kk", "Statistic", False), ("kk", "Statistic", False), ("ru", "Statistic", True),
    ]  # fmt: skip
    (figure,) = ask(sample, "divergence", lang="ru")
    assert (figure["property"], figure["says"], figure["other_says"]) == ("value", "14", "12"), "figures that differ stand side by side"


def test_what_was_known_on_a_day_is_what_the_versions_of_that_day_say(sample: View) -> None:
    def figures(on: str) -> list[str]:
        rows = ask(sample, "known", on=on, entity="organization:ror-00cv9y106")
        return [
            row["quote"] or ""
            for row in rows
            if row["source"] == "d00.ru.txt" and row["kind"] == "Statistic" and "Казахстана" in (row["quote"] or "")
        ]

    assert figures("2026-02-28") == []
    assert all("12 студентов" in quote for quote in figures("2026-03-01")) and figures("2026-03-01")
    assert all("14 студентов" in quote for quote in figures("2026-03-02")) and figures("2026-03-02")
    (since, until) = {(row["since"], row["until"]) for row in ask(sample, "known", on="2026-03-01", release="d00-ru")}.pop()
    assert (since, until) == ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")


def test_a_past_version_is_kept_whole_and_counts_for_nothing_in_the_merged_graph(sample: View) -> None:
    def rows(query: str) -> list[Any]:
        answer = sample.query(query, prefixes=prefixes())
        assert isinstance(answer, Table)
        return list(answer.rows)

    past = "GRAPH ?past { ?version a elshi:SupersededRelease ; schema:articleBody ?body ; prov:invalidatedAtTime ?until }"
    ((body,),) = rows(f"SELECT ?body WHERE {{ {past} }}")
    assert " 12 " in body.value
    assert not rows("SELECT * WHERE { ?version a elshi:SupersededRelease }")
    assert not rows("SELECT * WHERE { GRAPH ?past { ?version a elshi:SupersededRelease, elshi:Release } }")
    ((facts,),) = rows(
        f"SELECT (COUNT(DISTINCT ?fact) AS ?n) WHERE {{ {past} GRAPH ?past {{ ?fact a elshi:Fact ; elshi:statedIn ?version }} }}"
    )
    assert int(facts.value) == 13


def test_a_pair_that_met_is_one_edge_whichever_is_asked_for(sample: View) -> None:
    pairs = [{row["one"], row["other"]} for row in ask(sample, "network")]
    assert sorted(map(sorted, pairs)) == [["Aida Omarova", "Petra Meyers"], ["Petra Meyers", "Ерлан Касымов"]]  # type: ignore[type-var]
    asked = ask(sample, "network", person="erlan-kasymov")
    assert picked(asked, "one", "other", "events", "first") == [("Ерлан Касымов", "Petra Meyers", "1", "2025-11-17")]


def test_a_cooperation_is_seen_to_climb(sample: View) -> None:
    rows = ask(sample, "climb", party="KZ", topic="space")
    assert picked(rows, "date", "step", "commitment") == [("2025-11-18", "3", "Considered"), ("2026-02-11", "6", "Planned")]
    assert {row["parties"] for row in rows} == {"Kazakhstan – Ghent University"}


def test_doubt_begins_below_the_confidence_given(sample: View) -> None:
    assert {row["confidence"] for row in ask(sample, "doubtful")} == {"0.7"}
    assert ask(sample, "doubtful", below="0.7") == []


def test_what_no_authority_knows_comes_most_mentioned_first_with_its_best_guess(sample: View) -> None:
    rows = ask(sample, "unresolved")
    assert picked(rows[:1], "name", "class_name", "mentions", "candidate", "reason") == [
        ("Petra Meyers", "Person", "3", "https://www.wikidata.org/entity/Q1", "same surname")
    ]
    assert not {row["name"] for row in rows} & {"Ghent University", "Kazakhstan"}
    assert {row["class_name"] for row in ask(sample, "unresolved", kind="faculty")} == {"Faculty"}


def test_a_new_version_tells_what_it_added_and_retracted(sample: View) -> None:
    rows = ask(sample, "changes")
    assert [(row["source"], row["change"], row["kind"]) for row in rows] == [
        ("d00.ru.txt", "added", "Statistic"), ("d00.ru.txt", "retracted", "Statistic"), ("d00.ru.txt", "retracted", "Statistic"),
    ]  # fmt: skip
    assert "14 студентов" in (rows[0]["quote"] or "")
    assert any("12 студентов" in (row["quote"] or "") for row in rows[1:])
    assert ask(sample, "changes", release="d00-kk") == []


def test_a_name_is_found_in_any_language_and_case(sample: View) -> None:
    assert [row["entity"] for row in ask(sample, "search", text="ГЕНТ")] == [
        BASE_IRI + "place/gn-2797656",
        BASE_IRI + "organization/ror-00cv9y106",
    ]

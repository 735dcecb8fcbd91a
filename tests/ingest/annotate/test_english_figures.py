"""Figures of English releases: what is counted in the words of the register, and about whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIGURES = [
    ("Nearly 27,000 citizens of Kazakhstan spent their holidays in Greece last year.", ("Greece", "visitors", "27000")),
    ("Some 190,000 Kazakh citizens holidayed in Thailand last year.", ("Thailand", "visitors", "190000")),
    ("Georgia saw nearly 160,000 arrivals from Kazakhstan in 2024.", ("Georgia", "visitors", "160000")),
    ("In all, 38 international treaties are in force between Serbia and Kazakhstan.", ("Kazakhstan", "agreements", "38")),
    ("Nearly 70 students from Kazakhstan are enrolled at universities in Ireland.", ("Ireland", "students", "70")),
    ("Mahidol University dates from 1888 and belongs to Thailand.", ("Mahidol University", "founding-year", "1888")),
    ("Mahidol University has 24,000 students, nine of them from Kazakhstan.", ("Mahidol University", "students", "9")),
    ("The pharmaceutical company Hemofarm employs 160 people.", ("Hemofarm", "staff", "160")),
    ("They visited Kyoto University and the International Telecommunication Union (ITU). Established in 1865, the Union has 194 member states.",
     ("International Telecommunication Union", "members", "194")),
    ("A forum was held in Oslo on 4 November. It drew more than 2,000 athletes from 89 countries.", ("Conference", "other", "89")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_a_figure_is_about_whom_its_words_tell(read: Callable, text: str, figure: tuple[str, str, str]) -> None:
    assert figure in read("en", text).statistics


@pytest.mark.parametrize(
    "text",
    [
        "They visited the OCP Group. Kazakhstan and Morocco established diplomatic relations in 1992.",
        "They visited the OCP Group. The road to Poti was closed, with 4 flights a week cancelled.",
        "Minister of Agriculture and Food Aidar Bekov counted 300 employees.",
    ],
)
def test_no_body_is_given_figures_of_others(read: Callable, text: str) -> None:
    assert read("en", text).statistics == set()

"""Whose a figure is and what it counts where Russian leaves the noun to other words: `в нём состоят`, `отдохнули`, `вложил`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIGURES = [
    ("В Международном агентстве по возобновляемым источникам энергии состоят 170 государств.",
     {("Международное агентство по возобновляемым источникам энергии", "members", "170")}),
    ("В Грецию в 2024 году приехало из Казахстана около 27 тыс. человек.", {("Греция", "visitors", "27000")}),
    ("Во Франции отдохнули около 190 тысяч казахстанцев.", {("Франция", "visitors", "190000")}),
    ("В ирландских вузах обучается около 70 казахстанских студентов.", {("Ирландия", "students", "70")}),
    ("Киотский университет открылся в 1911 году. Студентов в нём порядка 14 тысяч, из них 7 приехали из Казахстана.",
     {("Киотский университет", "founding-year", "1911"), ("Киотский университет", "students", "14000"), ("Киотский университет", "students", "7")}),
    ("Встреча прошла в Европейском банке реконструкции и развития. За эти годы банк вложил в экономику страны 11 млрд евро.",
     {("Европейский банк реконструкции и развития", "investment", "11000000000")}),
    ("Аэропорт принимает компания Narita Airport. Туда летает авиакомпания «Эйр Астана», рейсы выполняются три раза в неделю.",
     {("Эйр Астана", "flights", "3")}),
]  # fmt: skip
NO_FIGURES = [
    "Киотский университет встретил гостей. Программа обмена с Киотским университетом действует с 2018 года.",
    "Выступил ректор Киотского университета. Побывали на приёме более 900 человек.",
    "1 марта 2025 года гости осмотрели Киотский университет, где с 1902 года действует музей.",
]


@pytest.mark.parametrize(("text", "figures"), FIGURES, ids=[text[:40] for text, _ in FIGURES])
def test_a_figure_is_counted_by_the_words_around_it(read: Callable, text: str, figures: set[tuple[str, str, str]]) -> None:
    assert read("ru", text).statistics == figures


@pytest.mark.parametrize("text", NO_FIGURES, ids=[text[:40] for text in NO_FIGURES])
def test_nobody_is_founded_or_visited_by_words_about_another(read: Callable, text: str) -> None:
    found = {(measure, value) for _, measure, value in read("ru", text).statistics}
    assert not found & {("founding-year", "2018"), ("founding-year", "2025"), ("visitors", "900")}

"""Figures: how they are grouped, multiplied, rounded, and in what they are counted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from elshi.ingest.annotate.figures import Figure, canonical, figures, is_currency


def only(document: Callable, lang: str, text: str) -> Figure:
    read = document(lang, text)
    (figure,) = figures(read, read.sentences[0], ())
    return figure


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("kk", "Кітапханада 4500 кітап бар.", "4500"),
        ("kk", "Кітапханада 4 500 кітап бар.", "4500"),
        ("ru", "В библиотеке 1 204 500 книг.", "1204500"),
        ("ru", "В библиотеке 12\u00a0400 книг.", "12400"),
        ("ru", "В библиотеке 12\u202f400 книг.", "12400"),
        ("en", "The library has 1,204,500 books.", "1204500"),
        ("kk", "Өсім 3,7 пайыз болды.", "3.7"),
        ("ru", "Рост составил 3,70 процента.", "3.7"),
        ("en", "Growth was 3.7 per cent.", "3.7"),
        ("kk", "Қаржы 2,5 млн құрады.", "2500000"),
        ("kk", "Қорда 15 мың кітап бар.", "15000"),
        ("ru", "В фонде 15 тыс. книг.", "15000"),
        ("ru", "В фонде 15-ти тысяч книг нет.", "15000"),
        ("ru", "В фонде 1,2 миллиона книг.", "1200000"),
        ("en", "The fund holds 1.2 billion units.", "1200000000"),
        ("en", "The fund holds 15 thousand books.", "15000"),
        ("kk", "Үш кітап алынды.", "3"),
        ("ru", "Получено двенадцать книг.", "12"),
        ("en", "They bought fifteen books.", "15"),
    ],
)
def test_a_number_has_one_value_however_it_is_written(document: Callable, lang: str, text: str, value: str) -> None:
    assert canonical(only(document, lang, text).value) == value


@pytest.mark.parametrize(
    ("lang", "text", "rounded"),
    [
        ("kk", "Қорда 900-ден астам кітап бар.", True),
        ("kk", "Қорда шамамен 900 кітап бар.", True),
        ("kk", "Қорда 900-ге жуық кітап бар.", True),
        ("kk", "Қорда 900 кітап бар.", False),
        ("ru", "В фонде более 900 книг.", True),
        ("ru", "В фонде около 900 книг.", True),
        ("ru", "В фонде 900 книг.", False),
        ("en", "The fund holds nearly 900 books.", True),
        ("en", "The fund holds more than 900 books.", True),
        ("en", "The fund holds 900 books.", False),
    ],
)
def test_a_rounding_word_makes_a_figure_approximate(document: Callable, lang: str, text: str, rounded: bool) -> None:
    assert only(document, lang, text).approximate is rounded


@pytest.mark.parametrize(
    ("lang", "text", "unit"),
    [
        ("kk", "Қаржы 7 млн АҚШ долларын құрады.", "USD"),
        ("kk", "Қаржы 7 млн теңге болды.", "KZT"),
        ("ru", "Затраты 7 млрд тенге.", "KZT"),
        ("ru", "Затраты 7 млн евро.", "EUR"),
        ("en", "The cost was 7 million euros.", "EUR"),
        ("en", "The cost was $7 million.", "USD"),
        ("en", "The cost was USD 7 million.", "USD"),
        ("ru", "Затраты €7 млн.", "EUR"),
        ("ru", "Затраты 7 тыс. тенге.", "KZT"),
        ("ru", "В музее 7 залов.", None),
    ],
)
def test_money_is_told_by_its_unit(document: Callable, lang: str, text: str, unit: str | None) -> None:
    assert only(document, lang, text).unit == unit


@pytest.mark.parametrize("text", ["Рейс КС-871 отменён.", "Документ №15 принят.", "Счёт 3/4 закрыт."])
def test_numbers_of_flights_documents_and_fractions_count_nothing(document: Callable, text: str) -> None:
    read = document("ru", text)
    assert not [f for f in figures(read, read.sentences[0], ()) if f.value > 4]


def test_the_country_in_a_currency_is_no_country(document: Callable) -> None:
    read = document("ru", "Выделено 5 млн долларов США.")
    assert is_currency(read, read.text.index("США"))
    assert not is_currency(document("ru", "Посол США прибыл."), 6)


def test_canonical_keeps_whole_zeros() -> None:
    assert canonical(Decimal("1500")) == "1500"

"""Whose a figure is where its clause names nobody, somebody else, or somebody who was not read; numbers in words; figures of other things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

POINTED = [
    ("kk", "Олар Вена университетіне және Австрияның Ұлттық кітапханасына барды. Университетте 90 мың студент оқиды.",
     ("Вена университеті", "students", "90000")),
    ("ru", "Делегация посетила Венский университет и Национальный музей Австрии. В вузе учатся 90 тысяч студентов.",
     ("Венский университет", "students", "90000")),
    ("en", "The delegation toured the University of Vienna and the National Museum of Austria. The university has 90,000 students.",
     ("University of Vienna", "students", "90000")),
    ("kk", "Венгриялық кітапхана Қазақстанның Ұлттық кітапханасымен бірге 4 жобаны бастады. Будапешт университеті 1635 жылы құрылған, онда 28 мың "
           "студент оқиды.", ("Будапешт университеті", "students", "28000")),
]  # fmt: skip
PARTS = [
    ("kk", "Краков университетінде 40 мың студент оқиды, олардың тоғызы – Қазақстан азаматы.", ("Краков университеті", "students", "9")),
    ("ru", "В Краковском университете учатся 40 тысяч студентов, девять из них приехали из Казахстана.",
     ("Краковский университет", "students", "9")),
    ("en", "The University of Krakow has 40,000 students, among them 9 from Kazakhstan.", ("University of Krakow", "students", "9")),
]  # fmt: skip
OTHERS = [
    ("kk", "Қазіргі таңда Түркияда 6 мыңнан астам қазақстандық компания жұмыс істейді.", ("Түркия", "other", "6000")),
    ("ru", "Сегодня в Турции работают более 6 тысяч предприятий с казахстанским участием.", ("Турция", "other", "6000")),
    ("en", "More than 6,000 firms with Kazakh capital now operate in Türkiye.", ("Türkiye", "other", "6000")),
]  # fmt: skip
TREATIES = [
    ("kk", "Осы жылдары Қазақстан мен Латвия 52 құжат жасасты.", "Қазақстан", "Латвия"),
    ("ru", "За эти годы Казахстан и Латвия подписали 52 документа.", "Казахстан", "Латвия"),
    ("en", "Kazakhstan and Latvia have concluded 52 documents over these years.", "Kazakhstan", "Latvia"),
]
UNOWNED = [
    ("ru", "Делегация посетила Венский университет. Зал Бельведер за год принял выставку, где 300 студентов помогали волонтёрам «Красной нити»."),
    ("en", "They visited Acme Bank. Blorvex Zantor intends to invest $30 million in building a plant."),
    ("en", "Guests came to Kyoto University. Qwexly Airlink Zed runs 4 flights a week to the resort."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "figure"), POINTED + PARTS + OTHERS)
def test_a_figure_is_of_whom_its_clause_names_or_points_back_to(read: Callable, lang: str, text: str, figure: tuple[str, ...]) -> None:
    assert figure in read(lang, text).statistics


@pytest.mark.parametrize(("lang", "text", "state", "other"), TREATIES)
def test_treaties_are_counted_between_two_states(read: Callable, lang: str, text: str, state: str, other: str) -> None:
    seen = read(lang, text)
    (figure,) = seen.reading.statistics
    assert (seen.name(figure.about), figure.measure, figure.value, seen.name(figure.counterpart)) == (state, "agreements", "52", other)


@pytest.mark.parametrize(("lang", "text"), UNOWNED)
def test_what_is_of_a_body_that_was_not_read_is_given_to_no_other(read: Callable, lang: str, text: str) -> None:
    assert not {key for key, *_ in read(lang, text).statistics if key and ("Bank" in key or "University" in key or "университет" in key)}


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("kk", "Былтыр Қазақстанға Қытайдан бір жарым миллион турист келді.", "1500000"),
        ("kk", "Былтыр Қазақстанға Қытайдан жарты миллионнан астам турист келді.", "500000"),
        ("ru", "В прошлом году Казахстан посетили полтора миллиона туристов из Китая.", "1500000"),
        ("ru", "В прошлом году Казахстан посетили более тысячи туристов из Чили.", "1000"),
        ("en", "Last year half a million tourists from China visited Kazakhstan.", "500000"),
        ("en", "Last year some two and a half thousand tourists from Chile visited Kazakhstan.", "2500"),
    ],
)
def test_a_number_in_words_has_its_value(read: Callable, lang: str, text: str, value: str) -> None:
    assert {(measure, figure) for _, measure, figure in read(lang, text).statistics} == {("visitors", value)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Товарооборот Казахстана и Чили вырос в 2,5 раза, или на 15%."),
        ("ru", "В 81-й сессии Совета Европы участвовал министр."),
        ("en", "The Council of Europe offers a 30-day stay, and 20–25 experts met at 10:30."),
        ("en", "At Kyoto University 15 per cent of students come from abroad."),
        ("kk", "Киото университетінде студенттер саны 3 есе, 15%-ға өсті."),
    ],
)
def test_shares_growth_ordinals_ranges_and_hours_count_nothing(read: Callable, lang: str, text: str) -> None:
    assert not read(lang, text).statistics

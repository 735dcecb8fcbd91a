"""What a figure counts, about whom, from where, as of when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

STUDENTS = [
    ("kk", "1911 жылы құрылған Порту университетінде 32 000-нан астам студент оқиды, оның ішінде Қазақстаннан 14 студент бар.",
     "Порту университеті"),
    ("ru", "В Университете Порту, основанном в 1911 году, обучается более 32 000 студентов, в том числе 14 студентов из Казахстана.",
     "Университет Порту"),
    ("en", "The University of Porto, founded in 1911, has more than 32,000 students, including 14 students from Kazakhstan.",
     "University of Porto"),
]  # fmt: skip
TURNOVER = [
    ("kk", "Қазақстан мен Словения арасындағы тауар айналымы 2024 жылы 120,5 млн АҚШ долларына жетті.", "Қазақстан", "Словения"),
    ("ru", "Товарооборот между Казахстаном и Словенией в 2024 году составил 120,5 млн долларов США.", "Казахстан", "Словения"),
    ("en", "Trade between Kazakhstan and Slovenia amounted to USD 120.5 million in 2024.", "Kazakhstan", "Slovenia"),
]
GATHERINGS = [
    ("kk", "2025 жылғы 4 қарашада Астанада форум өтті. Оған 300-ге жуық делегат қатысты."),
    ("ru", "4 ноября 2025 года в Астане состоялся форум. В нём приняли участие около 300 делегатов."),
    ("en", "On 4 November 2025 a forum was held in Astana. It was attended by about 300 delegates."),
]


@pytest.mark.parametrize(("lang", "text", "body"), STUDENTS)
def test_a_university_has_its_founding_year_its_students_and_those_of_one_country(read: Callable, lang: str, text: str, body: str) -> None:
    seen = read(lang, text)
    assert seen.statistics == {(body, "founding-year", "1911"), (body, "students", "32000"), (body, "students", "14")}


@pytest.mark.parametrize(("lang", "text", "body"), STUDENTS)
def test_a_part_knows_its_whole_and_the_country_is_the_parts_alone(read: Callable, lang: str, text: str, body: str) -> None:
    seen = read(lang, text)
    by_value = {s.value: s for s in seen.reading.statistics}
    whole, part = by_value["32000"], by_value["14"]
    assert part.subset_of == whole.id
    assert (whole.approximate, part.approximate) == (True, False)
    assert seen.name(part.from_country) in {"Қазақстан", "Казахстан", "Kazakhstan"}
    assert whole.from_country is None


@pytest.mark.parametrize(("lang", "text", "about", "other"), TURNOVER)
def test_turnover_has_two_sides_a_currency_and_a_year(read: Callable, lang: str, text: str, about: str, other: str) -> None:
    seen = read(lang, text)
    (figure,) = seen.reading.statistics
    assert (seen.name(figure.about), seen.name(figure.counterpart)) == (about, other)
    assert (figure.measure, figure.value, figure.unit, figure.as_of) == ("turnover", "120500000", "USD", "2024")


@pytest.mark.parametrize(("lang", "text"), GATHERINGS)
def test_who_came_is_counted_about_the_occasion(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).statistics == {("Conference", "participants", "300")}


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("kk", "Любляна университетінде 26 факультет бар, 5 600 қызметкер жұмыс істейді.", "Любляна университеті"),
        ("ru", "В Люблянском университете 26 факультетов и 5 600 сотрудников.", "Люблянский университет"),
        ("en", "The University of Ljubljana has 26 faculties and employs 5,600 staff.", "University of Ljubljana"),
    ],
)
def test_two_figures_of_a_sentence_keep_to_their_nouns(read: Callable, lang: str, text: str, body: str) -> None:
    assert read(lang, text).statistics == {(body, "faculties", "26"), (body, "staff", "5600")}


@pytest.mark.parametrize(
    ("lang", "text"),
    [("kk", "Порту университеті 45 минуттық фильм түсірді."), ("ru", "Университет Порту снял фильм на 45 минут."),
     ("en", "The University of Porto shot a film of 45 minutes.")],
)  # fmt: skip
def test_what_no_measure_knows_is_not_counted(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).statistics == set()


def test_a_figure_told_twice_is_one_statistic(read: Callable) -> None:
    seen = read("ru", "В Университете Порту 900 сотрудников. В Университете Порту 900 сотрудников.")
    assert len(seen.reading.statistics) == 1


@pytest.mark.parametrize(("lang", "text"), [*((lang, text) for lang, text, _ in STUDENTS), *GATHERINGS])
def test_every_figure_quotes_the_sentence_that_states_it(read: Callable, lang: str, text: str) -> None:
    assert all(m.text in text for s in read(lang, text).reading.statistics for m in s.evidence)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Соглашение с Евразийским экономическим союзом действует с 2021 года."),
        ("ru", "По данным ЮНЕСКО, в 2020 году созданы трёхмерные копии памятников."),
        ("en", "Under UNESCO guidance, copies of the monuments were created in 2020."),
        ("en", "The agreement with the Eurasian Economic Union has been in operation since 2021."),
    ],
)
def test_what_a_body_made_or_agreed_is_not_its_founding(read: Callable, lang: str, text: str) -> None:
    assert "founding-year" not in {measure for _, measure, _ in read(lang, text).statistics}


@pytest.mark.parametrize(
    ("lang", "text", "fact"),
    [
        ("ru", "Гости посетили Институт физики. Приехал ректор Киотского университета. В институте трудятся 600 человек.",
         ("Институт физики", "staff", "600")),
        ("ru", "В Совет Европы входят 46 государств.", ("Совет Европы", "members", "46")),
        ("en", "The Council of Europe comprises 46 states.", ("Council of Europe", "members", "46")),
        ("ru", "Киотский университет ждёт гостей. В университете учатся 48 тысяч студентов из 90 стран.",
         ("Киотский университет", "students", "48000")),
        ("ru", "Катар инвестировал в Казахстан 1,3 млрд долларов США.", ("Казахстан", "investment", "1300000000")),
    ],
)  # fmt: skip
def test_a_figure_belongs_to_the_body_that_a_common_noun_means(read: Callable, lang: str, text: str, fact: tuple[str, ...]) -> None:
    assert read(lang, text).statistics == {fact}


def test_a_year_since_which_money_has_come_is_not_the_year_of_the_sum(read: Callable) -> None:
    (statistic,) = read("ru", "С 2005 года инвестиции из Малайзии в Казахстан достигли 230 млн долл. США.").reading.statistics
    assert (statistic.value, statistic.unit, statistic.as_of) == ("230000000", "USD", None)

"""Which figures of a Kazakh release count something, and about whom; between whom its documents stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
MET = "Қазақстанның Португалиядағы Елшісі Дәулет Батырбеков Лиссабон университетінің ректоры Луиш Феррейрамен кездесті. "


def test_a_rector_tells_of_his_own_university(read: Read) -> None:
    body = MET + "Олар Сәтбаев университетімен байланысты сөз етті. "
    body += "Л. Феррейра 1911 жылы құрылған университетте 50 мыңнан астам студент оқитынын айтты."
    figures = read("kk", body).statistics
    assert figures == {("Лиссабон университеті", "founding-year", "1911"), ("Лиссабон университеті", "students", "50000")}


@pytest.mark.parametrize(
    "text",
    [
        "«Дала Энерго» компаниясы қуаттылығы 1 ГВт жел электр стансасы жобасын бастады.",
        "«Дала Энерго» компаниясы 300 маманды қайта даярлайды.",
        "Екі университет Абай университетінде жыл сайын 20 докторант алмасады.",
        "«Лион 2» университетінің студенттері келді.",
        "Жиынға қатысқан Тринити колледжі қонақтарды қарсы алды. Кейін концерт болды. Елші сөз сөйледі. Залда 40 студент отырды.",
    ],
)
def test_what_is_measured_trained_or_named_is_not_counted(read: Read, text: str) -> None:
    assert not read("kk", text).statistics


def test_a_figure_that_ends_in_like_is_rounded(read: Read) -> None:
    (figure,) = read("kk", "Хельсинки университетінде 8 мыңдай қызметкер еңбек етеді.").reading.statistics
    assert (figure.value, figure.approximate) == ("8000", True)


def test_the_trade_of_two_countries_has_two_sides_and_a_year(read: Read) -> None:
    body = (
        "Қазақстан мен Иордания достығы нығаюда. "
        "Палата төрағасы былтыр екі ел арасындағы тауар айналымы 35,4 млн АҚШ долларын құрағанын айтты."
    )
    (figure,) = read("kk", body).reading.statistics
    seen = read("kk", body)
    assert (seen.name(figure.about), seen.name(figure.counterpart), figure.as_of) == ("Қазақстан", "Иордания", "2024")


def test_students_abroad_are_counted_for_the_country_of_their_schools(read: Read) -> None:
    body = "Қазір Канаданың жоғары оқу орындарында 3 500-ге тарта қазақстандық студент бар."
    assert read("kk", body).statistics == {("Канада", "students", "3500")}


def test_a_body_of_the_envoys_own_country_works_with_the_other_side(read: Read) -> None:
    seen = read("kk", MET + "Елші Сәтбаев университетімен қос диплом бағдарламасын ашуды ұсынды.")
    assert frozenset({"Лиссабон университеті", "Сәтбаев университеті"}) in {parties for _, parties in seen.cooperations}


def test_an_agreement_without_names_is_that_of_the_open_talks(read: Read) -> None:
    body = (
        "«Самұрық-Қазына» қорының төрағасы Нұрлан Жақыпов TotalEnergies компаниясының директоры Жан Лавернмен келіссөз жүргізді. "
        "Н. Жақыпов 2023 жылғы 8 маусымда қол қойылған келісімнің іске асырылып жатқанын айтты."
    )
    assert ("existing", frozenset({"Самұрық-Қазына", "TotalEnergies"})) in read("kk", body).agreements

"""What a release leaves to be understood of its occasions: who leads, who is only honoured, what is denied, which day follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Ағаттар музейі мен Тарту университеті әлі шартқа қол қойған жоқ."),
        ("ru", "Ректор Арман Сейтов не подписал договор с Тартуским университетом."),
        ("en", "Rector Arman Seitov has not yet visited Tartu."),
    ],
)
def test_what_is_denied_is_no_occasion(read: Read, lang: str, text: str) -> None:
    assert read(lang, text).events == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Соңғы бес жылда Қазақстан мен Оман арасында 12 құжатқа қол қойылды."),
        ("ru", "За последние пять лет Казахстан и Оман подписали 12 документов."),
        ("en", "Over the past five years Kazakhstan and Oman have signed 12 documents."),
    ],
)
def test_what_years_came_to_is_no_occasion(read: Read, lang: str, text: str) -> None:
    assert read(lang, text).events == []


@pytest.mark.parametrize(
    ("lang", "text", "leader"),
    [
        (
            "ru",
            "Делегация Сената во главе с сенатором Асхатом Кузековым 10–12 ноября находилась в Измире. "
            "11 ноября парламентарии обсудили с мэром Али Демиром работу консульства.",
            {"Асхат Кузеков", "Али Демир"},
        ),
        (
            "en",
            "A delegation of the Senate led by Senator Askhat Kuzekov spent 10 and 11 November in Izmir. "
            "On 11 November the legislators met with Ali Demir, mayor of the city.",
            {"Askhat Kuzekov", "Ali Demir"},
        ),
    ],
)
def test_the_members_of_a_delegation_meet_through_whoever_leads_it(read: Read, lang: str, text: str, leader: set[str]) -> None:
    assert [(e[0], e[1]) for e in read(lang, text).events] == [
        ("Visit", frozenset({next(n for n in leader if "uzek" in n or "узек" in n)})),
        ("Meeting", frozenset(leader)),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "11 ноября в Измире прошёл вечер памяти поэта Магжана Жумабаева. В церемонии участвовал посол Еркин Тукумов."),
        (
            "en",
            "On 11 November a ceremony in memory of the poet Magzhan Zhumabayev was held in Izmir, attended by Ambassador Yerkin Tukumov.",
        ),
    ],
)
def test_whoever_is_honoured_was_not_there(read: Read, lang: str, text: str) -> None:
    assert not any(name and ("Магжан" in name or "Magzhan" in name) for e in read(lang, text).events for name in e[1])


def test_the_body_behind_a_bare_office_tells_which_holder_is_meant(read: Read) -> None:
    text = (
        "10 ноября председатель Мажилиса Айдос Сарым принял председателя Кнессета Амира Охану. "
        "На следующий день председатель Кнессета посетил Туркестан."
    )
    assert [(e[0], e[1], e[2]) for e in read("ru", text).events][-1] == ("Visit", frozenset({"Амир Охана"}), "2025-11-11")


def test_a_visit_talked_of_is_of_whoever_it_belongs_to(read: Read) -> None:
    text = (
        "10 ноября министр иностранных дел Казахстана Арман Исетов принял посла Омана Саида Харуси. "
        "Собеседники обсудили предстоящий визит Премьер-министра Омана, намеченный на 5 декабря."
    )
    assert ("Visit", frozenset({"Оман"}), "2025-12-05", "planned") in read("ru", text).events


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "10-12 қарашада Сенатор Асхат Күзеков Измирге ресми сапармен барды. Сапардың алғашқы күні ол мэр Али Демирмен кездесті."),
        ("ru", "10–12 ноября сенатор Асхат Кузеков находился с визитом в Измире. В первый день он встретился с мэром Али Демиром."),
        ("en", "Senator Askhat Kuzekov paid a visit to Izmir on 10–12 November. On the first day he met with Mayor Ali Demir."),
    ],
)
def test_the_first_day_is_that_of_the_visit(read: Read, lang: str, text: str) -> None:
    assert [(e[0], e[2]) for e in read(lang, text).events] == [("Visit", "2025-11-10"), ("Meeting", "2025-11-10")]


def test_a_clause_that_describes_a_forum_does_not_part_it_from_its_verb(read: Read) -> None:
    text = "Форум виноделов, который должен был пройти 20 ноября в Тбилиси, отложен до весны."
    assert [(e[0], e[3]) for e in read("ru", text).events] == [("Conference", "postponed")]


def test_who_signed_is_told_by_the_sentence_that_names_the_document_again(read: Read) -> None:
    text = (
        "11 қарашада Тарту университеті мен Абай университеті меморандумға қол қойды. "
        "Құжатты ректор Тоомас Ассер мен ректор Арман Сейтов бекітті."
    )
    assert [(e[0], e[1]) for e in read("kk", text).events] == [("Signing", frozenset({"Тоомас Ассер", "Арман Сейтов"}))]


def test_the_heads_of_two_bodies_are_the_two_told_before(read: Read) -> None:
    text = (
        "Chairman of the Mazhilis of Kazakhstan Aidos Sarym received Amir Ohana, Speaker of the Knesset of Israel, on 10 November. "
        "The heads of the two parliaments signed a memorandum."
    )
    assert ("Signing", frozenset({"Aidos Sarym", "Amir Ohana"}), "2025-11-10", "held") in read("en", text).events

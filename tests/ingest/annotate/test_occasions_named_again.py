"""Occasions that a noun and a verb tell far apart, and sentences that go on with one by naming it again, in all three languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]


def test_a_kazakh_noun_and_its_verb_open_an_occasion_across_all_who_open_it(read: Read) -> None:
    text = (
        "12 қарашада Бакуде көлік форумын Қазақстанның Көлік министрі Марат Қарабаев, Әзербайжанның Цифрлық даму министрі Рашад Набиев "
        "және Түркияның Бакудегі Елшісі Бирол Акгүн ашты."
    )
    assert read("kk", text).events == [("Conference", frozenset({"Марат Қарабаев", "Рашад Набиев", "Бирол Акгүн"}), "2025-11-12", "held")]


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [
        (
            "kk",
            "11 қарашада Тбилисиде шарап өндірушілердің форумы өтті. Форумды Елші Мәлік Мұрзалин мен мэр Каха Каладзе ашты.",
            {"Мәлік Мұрзалин", "Каха Каладзе"},
        ),
        (
            "ru",
            "11 ноября в Тбилиси прошёл форум виноделов. Мероприятие открыли посол Малик Мурзалин и мэр Каха Каладзе.",
            {"Малик Мурзалин", "Каха Каладзе"},
        ),
        (
            "en",
            "A forum of winemakers was held in Tbilisi on 11 November. It was opened by Ambassador Malik Murzalin and Mayor Kakha Kaladze.",
            {"Malik Murzalin", "Kakha Kaladze"},
        ),
    ],
)
def test_whoever_opens_the_occasion_named_again_was_there_and_it_is_no_second_one(read: Read, lang: str, text: str, who: set[str]) -> None:
    assert read(lang, text).events == [("Conference", frozenset(who), "2025-11-11", "held")]


def test_a_session_of_another_day_is_another_one(read: Read) -> None:
    text = "On 11 November a water forum was held in Tbilisi. The forum will be held in Yerevan on 20 May 2026."
    assert [e[2] for e in read("en", text).events] == ["2025-11-11", "2026-05-20"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Екі банк арасындағы шартқа қол қою белгісіз мерзімге кейінге қалдырылды."),
        ("ru", "Подписание договора между двумя банками отложено на неопределённый срок."),
        ("en", "The signing of the contract between the two banks has been put off indefinitely."),
    ],
)
def test_what_was_put_off_is_told_even_with_nobody_named(read: Read, lang: str, text: str) -> None:
    assert [(len(e[1]), e[3]) for e in read(lang, text).events if e[0] == "Signing"] == [(0, "postponed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Оманның Мұнай министрі Астанаға 14 желтоқсанда келеді."),
        ("ru", "Визит Министра нефти Омана в Астану запланирован на 14 декабря."),
        ("en", "Oman's Minister of Oil is to visit Astana on 14 December."),
    ],
)
def test_an_office_without_a_name_travels_for_its_state(read: Read, lang: str, text: str) -> None:
    state = {"kk": "Оман", "ru": "Оман", "en": "Oman"}[lang]
    assert read(lang, text).events == [("Visit", frozenset({state}), "2025-12-14", "planned")]


def test_a_kazakh_verb_of_going_opens_a_visit_only_where_it_says_whither(read: Read) -> None:
    assert [e[0] for e in read("kk", "Елші Мәлік Мұрзалин 11 қарашада Батумиге келді.").events] == ["Visit"]
    assert read("kk", "Елші Мәлік Мұрзалин 11 қарашада келді. Ол Тбилисиде қызмет істеп келеді.").events == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "11 қарашада Тбилисиде Абай бөлмесі ашылды. Рәсімге Елші Мәлік Мұрзалин қатысты."),
        ("ru", "11 ноября в Тбилиси открыт кабинет Абая. В церемонии участвовал посол Малик Мурзалин."),
        ("en", "On 11 November an Abai room was opened in Tbilisi. The ceremony was attended by Ambassador Malik Murzalin."),
    ],
)
def test_an_opening_that_people_came_to_is_a_ceremony(read: Read, lang: str, text: str) -> None:
    assert [(e[0], len(e[1]), e[2]) for e in read(lang, text).events] == [("Ceremony", 1, "2025-11-11")]


def test_a_route_that_starts_stays_a_launch_whoever_came(read: Read) -> None:
    text = "On 11 November the first flight between Tbilisi and Aktau was launched. The ceremony was attended by Ambassador Malik Murzalin."
    assert [e[0] for e in read("en", text).events] == ["Launch"]


def test_a_plan_put_off_in_the_next_sentence_is_one_occasion(read: Read) -> None:
    text = "Министр Айдар Сейтов в декабре посетит Прагу. Изначально поездка намечалась на октябрь, но была перенесена."
    assert [(e[0], e[2], e[3]) for e in read("ru", text).events] == [("Visit", "2025-12", "postponed")]

"""What a Kazakh release leaves unsaid about an office: its state, its body, a second post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
KZ, ITALY = "Қазақстан", "Италия"


@pytest.mark.parametrize(
    "text",
    [
        "Италияның Қазақстандағы Елшісі, сондай-ақ Қырғызстандағы Елшісі қызметін қоса атқаратын Антонелло Де Риу келді.",
        "Италияның Қазақстандағы Елшісі Антонелло Де Риу келді. А. Де Риу Қырғызстанда да Елші міндетін қоса атқарады.",
    ],
)
def test_a_post_held_beside_another_is_a_position_of_its_own(read: Read, text: str) -> None:
    posts = {(role, state, host) for _, role, _, state, host in read("kk", text).positions}
    assert posts == {("ambassador", ITALY, KZ), ("ambassador", ITALY, "Қырғызстан")}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Энергетика вице-министрі Сұңғат Есімханов сөз сөйледі.", KZ),
        ("Президент Қасым-Жомарт Тоқаев кеңес өткізді.", KZ),
        ("Мемлекет басшысы Қасым-Жомарт Тоқаевтың сәлемін Қазақстанның Эстониядағы Елшісі Бекжан Садықов жеткізді.", KZ),
        ("Энергетика министрі Жан-Поль Мартен сөз сөйледі.", None),
        ("Қазақстанның Эстониядағы Елшісі Бекжан Садықов келді. Кейін Энергетика министрі Юри Петров сөз сөйледі.", None),
        ("Жапонияның Жер, инфрақұрылым, көлік және туризм вице-министрі Аяко Сираиси келді.", "Жапония"),
        ("Бразилияның Ауыл шаруашылығы министрлігінің вице-министрі Рафаэл Нунис Брага келді.", "Бразилия"),
    ],
)
def test_an_official_without_a_country_serves_his_own(read: Read, text: str, state: str | None) -> None:
    served = {served for _, role, _, served, _ in read("kk", text).positions if role != "ambassador"}
    assert served == {state}


def test_a_common_noun_sends_back_to_the_body_it_names(read: Read) -> None:
    body = (
        "Шара Өзбекстан ұлттық кітапханасында өтті. "
        "Жазушылар одағының төрағасы Дониёр Бегматов және кітапхана директоры Умида Азизова келді."
    )
    assert read("kk", body).offices == {
        ("Дониёр Бегматов", "chairperson", "Жазушылар одағы"),
        ("Умида Азизова", "director", "Өзбекстан ұлттық кітапханасы"),
    }


def test_a_body_in_the_genitive_stands_before_what_the_office_deals_with(read: Read) -> None:
    body = (
        "Делегация Бразилияның ауыл шаруашылығы зерттеулері корпорациясына (Embrapa) барды. "
        "Корпорацияның инновация жөніндегі директоры Клаудия Резенде Моура сөз сөйледі."
    )
    (office,) = read("kk", body).offices
    assert office == ("Клаудия Резенде Моура", "director", "Бразилияның ауыл шаруашылығы зерттеулері корпорациясы")


def test_an_embassy_tells_its_ambassadors_post(read: Read) -> None:
    body = "Шараны Қазақстанның Өзбекстандағы Елшілігі Өзбекстан Жазушылар одағымен бірге өткізді. Елші Бейбіт Атамқұлов сөз сөйледі."
    seen = read("kk", body)
    assert seen.positions == {("Бейбіт Атамқұлов", "ambassador", None, KZ, "Өзбекстан")}
    assert seen.names["Қазақстанның Өзбекстандағы Елшілігі"] == "Embassy" and "Өзбекстан Жазушылар одағы" in seen.names


def test_an_office_in_the_plural_is_shared_by_those_it_lists(read: Read) -> None:
    seen = read("kk", "Мәжіліс депутаттары Айгүл Сейтова, Марат Әлиев және Қанат Жұмабеков келді.")
    assert {person for person, role, _, _, _ in seen.positions if role == "member-of-parliament"} == {
        "Айгүл Сейтова", "Марат Әлиев", "Қанат Жұмабеков",
    }  # fmt: skip


def test_an_office_told_again_with_less_is_no_second_one(read: Read) -> None:
    seen = read("kk", "ҚХР-дың Алматыдағы Бас консулы Цзян Вэй келді. Бас консул Цзян Вэй сөз сөйледі.")
    assert seen.positions == {("Цзян Вэй", "consul-general", None, "ҚХР", KZ)}


def test_the_chancellor_of_a_university_heads_no_government(read: Read) -> None:
    assert read("kk", "Хельсинки университетінің канцлері Каарле Хямери келді.").offices == {
        ("Каарле Хямери", "rector", "Хельсинки университеті")
    }


def test_a_name_ends_before_a_word_that_is_no_name(read: Read) -> None:
    seen = read("kk", "Қазақстанның Эстониядағы Елшісі Бекжан Садықов Эстония Президенті Алар Кариске Сенім грамоталарын тапсырды.")
    assert ("Presentation", frozenset({"Бекжан Садықов", "Алар Карис"}), None, "held") in seen.events


def test_a_list_of_offices_shares_no_holder_across_its_members(read: Read) -> None:
    seen = read("kk", "Спикер Сенат Төрағасымен және Мәжіліс Төрағасы Ерлан Қошановпен кездесті.")
    assert seen.offices == {("Ерлан Қошанов", "speaker-of-parliament", "Мәжіліс")}


def test_whoever_stands_in_for_an_office_holds_it(read: Read) -> None:
    seen = read("kk", "Энергетика министрлігінің Мұнай-химия департаменті директорының міндетін атқарушы Рүстем Сұлтанов сөз сөйледі.")
    assert seen.offices == {("Рүстем Сұлтанов", "head-of-department", "Энергетика министрлігі")}


def test_a_noun_that_is_no_bodys_name_lends_an_office_no_other_body(read: Read) -> None:
    body = "Еуропа қайта құру және даму банкі несие береді. Құжатқа порт басқармасының төрағасы Абай Түрікпенбаев қол қойды."
    assert read("kk", body).offices == {("Абай Түрікпенбаев", "chairperson", None)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Түркі академиясының президенті Шахин Мустафаев Астанаға келді.", "Шахин Мустафаев"),
        ("Қазақстанның Грузиядағы Елшілігінде Абай Құнұнбайұлының мерейтойы өтті.", "Абай Құнұнбайұлы"),
    ],
)
def test_a_persons_name_takes_in_neither_office_nor_house(read: Read, text: str, name: str) -> None:
    assert [person for person, kind in read("kk", text).names.items() if kind == "Person"] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«Ақтау теңіз порты» ҰК» АҚ құжатқа қол қойды.", "Ақтау теңіз порты"),
        ("Рәсімге Samsung Research өкілдері келді.", "Samsung Research"),
        ("Венгрияның экспортты ілгерілету агенттігі (HEPA) келісім жасасты.", "Венгрияның экспортты ілгерілету агенттігі"),
        ("Орталық Азияны зерттеу орталығы ашылды.", "Орталық Азияны зерттеу орталығы"),
        ("Ол Жоғары техникалық институттың мәртебесін көтерді.", "Жоғары техникалық институт"),
    ],
)
def test_a_bodys_name_reaches_as_far_as_its_grammar(read: Read, text: str, name: str) -> None:
    assert name in read("kk", text).names


@pytest.mark.parametrize(
    "text",
    [
        "Словен тарапы өзен бассейндерін мониторингілеу бағдарламасын таныстырды.",
        "Екі университет бірлескен PhD бағдарламасын ашады.",
        "Қаражат контейнерлік хабты салуға жұмсалады.",
        "Елшілік Наурыз мейрамына арналған мәдени кеш ұйымдастырды.",
        "Студент «Болашақ» бағдарламасы бойынша оқиды.",
    ],
)
def test_programmes_money_and_verbs_are_no_bodies(read: Read, text: str) -> None:
    assert not read("kk", text).names


@pytest.mark.parametrize(
    ("office", "role", "body"),
    [
        ("Словения Сыртқы істер министрінің саяси мәселелер жөніндегі орынбасары", "deputy-minister", None),
        ("Любляна университеті ректорының ғылым жөніндегі орынбасары", "vice-rector", "Любляна университеті"),
    ],
)
def test_a_deputy_is_told_with_what_he_deals_with(read: Callable, office: str, role: str, body: str | None) -> None:
    assert read("kk", f"Кездесуге {office} Юре Новак қатысты.").offices == {("Юре Новак", role, body)}

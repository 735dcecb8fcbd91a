"""How far the names of bodies reach in Russian, how names there are declined, and which words are no office."""

from __future__ import annotations

from collections.abc import Callable

import pytest

#: A sentence and a name it holds, with its class.
NAMES = [
    ("Открылось Почётное консульство Республики Казахстан.", "Почётное консульство Республики Казахстан", "Embassy"),
    ("Гости посетили Университет изящных искусств имени Мимара Синана.", "Университет изящных искусств имени Мимара Синана", "University"),
    ("Гости посетили Университет имени Хамада бин Халифы.", "Университет имени Хамада бин Халифы", "University"),
    ("Гости посетили Университет Путра Малайзия (UPM).", "Университет Путра Малайзия", "University"),
    ("Выступил ректор Университета Мухаммеда V Омар Бенали.", "Университет Мухаммеда V", "University"),
    ("Выступил ректор Жетысуского университета Кайрат Оразов.", "Жетысуский университет", "University"),
    ("Выступил глава Комитета по иностранным делам Сената Чили Хуан Перес.", "Комитет по иностранным делам", "GovernmentBody"),
    ("Комитет по обороне и безопасности Мажилиса одобрил проект.", "Комитет по обороне и безопасности", "GovernmentBody"),
    ("Соглашение подготовило агентство Enterprise Greece.", "Enterprise Greece", "GovernmentBody"),
    ("Посол принял Президента страны Чан Куок Хынга.", "Чан Куок Хынг", "Person"),
    ("Посол встретился с президентом компании Грэмом Стивенсоном-Петри.", "Грэм Стивенсон-Петри", "Person"),
    ("Министр энергетики, торговли и туризма Исландии Сигридюр Хадльдоурсдоттир прибыла в Астану.", "Сигридюр Хадльдоурсдоттир", "Person"),
]
#: A sentence, and everybody's office in it.
OFFICES = [
    ("Переговоры провёл Председатель Палаты представителей Марокко Омар Бенали.", {("Омар Бенали", "speaker-of-parliament")}),
    ("Прибыла делегация во главе с Арсеном Оразовым.", set()),
    ("Министр иностранных дел Султаната Оман Салем Хабиб прибыл в Астану.", {("Салем Хабиб", "minister")}),
    ("Выступил руководитель акимата области Арсен Оразов.", {("Арсен Оразов", "governor")}),
]


@pytest.mark.parametrize("text, name, kind", NAMES, ids=[name for _, name, _ in NAMES])
def test_a_name_is_read_whole_and_in_its_nominative(read: Callable, text: str, name: str, kind: str) -> None:
    assert read("ru", text).names.get(name) in {kind, "Organization"}


@pytest.mark.parametrize("text, offices", OFFICES, ids=[text[:40] for text, _ in OFFICES])
def test_an_office_is_what_somebody_holds(read: Callable, text: str, offices: set[tuple[str, str]]) -> None:
    assert {(person, role) for person, role, _ in read("ru", text).offices} == offices


def test_a_consul_beside_an_ambassador_serves_the_same_state_in_the_same_country(read: Callable) -> None:
    positions = read("ru", "Ленту перерезали Посол Казахстана в Греции Арсен Оразов и Почётный консул Ставрос Влахопулос.").positions
    assert ("Ставрос Влахопулос", "consul", None, "Казахстан", "Греция") in positions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Выступила директор музея Сара Окелло.", "Сара Окелло"),  # and no Syrian Arab Republic
        ("Министр торговли Кувейта Султан бин Джасем Ар-Рашид прибыл в Астану.", "Султан бин Джасем Ар-Рашид"),
        ("Посол принял мэра Лейпцига Яромира Гавелку.", "Яромир Гавелка"),
        ("Выступила Нурул Айни бинти Хасан.", "Нурул Айни бинти Хасан"),
        ("Письмо вручено министру Азамату Токтосуну уулу.", "Азамат Токтосун уулу"),
        ("Директор Института Гёте Клаус Мюллер прибыл в Астану.", "Клаус Мюллер"),
    ],
)
def test_a_person_is_read_from_the_first_word_of_the_name_to_the_last(read: Callable, text: str, name: str) -> None:
    assert [n for n, kind in read("ru", text).names.items() if kind == "Person"] == [name]
    assert not {"Сирийская Арабская Республика", "Сара"} & set(read("ru", text).names)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Делегацию акимата Павлодарской области возглавил её глава Асаин Байтасов.",
            ("Асаин Байтасов", "governor", "акимат Павлодарской области"),
        ),
        ("Выступила глава компании «Сапа» Инеш Моура.", ("Инеш Моура", "chief-executive", "Сапа")),
        ("Подписи поставил ректор Бухарского университета имени Алишера Навои Умид Азизов.", ("Умид Азизов", "rector", None)),
        (
            "Прибыл директор Азиатского банка развития по Казахстану Уткир Ахмедов.",
            ("Уткир Ахмедов", "director", "Азиатский банк развития"),
        ),
    ],
)
def test_the_head_of_a_body_is_called_by_what_he_heads(read: Callable, text: str, held: tuple[str, str, str | None]) -> None:
    found = {(person, role, body if held[2] else None) for person, role, body in read("ru", text).offices}
    assert found == {held}


def test_an_earlier_holder_of_an_office_no_longer_holds_it(read: Callable) -> None:
    assert not read("ru", "Предыдущий посол Норвегии Кнут Харлем вернулся домой.").offices


def test_a_bank_s_director_for_a_country_is_sent_there(read: Callable) -> None:
    positions = read("ru", "Прибыл директор Азиатского банка развития по Казахстану Уткир Ахмедов.").positions
    assert {(who, host) for who, _, _, _, host in positions} == {("Уткир Ахмедов", "Казахстан")}

"""Whom the home state receives: ambassadors who hand their credentials to its President."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECEIVED = [
    ("kk", "Қазақстан Президентіне Норвегияның Елшісі Кнут Бернтсен сенім грамотасын тапсырды.", "Қазақстан"),
    ("ru", "Верительные грамоты Президенту Казахстана Асану Омарову вручил Посол Норвегии Кнут Бернтсен.", "Казахстан"),
    ("en", "Ambassador of Norway Knut Berntsen presented his credentials to the President of Kazakhstan.", "Kazakhstan"),
    ("ru", "Посол Норвегии Кнут Бернтсен посетил музей Казахстана.", None),
    ("ru", "Верительные грамоты Президенту Польши вручил Посол Норвегии Кнут Бернтсен.", None),
]


@pytest.mark.parametrize(("lang", "text", "host"), RECEIVED)
def test_an_ambassador_is_sent_to_the_state_whose_president_takes_his_credentials(
    read: Callable, lang: str, text: str, host: str | None
) -> None:
    assert {host for _, role, _, _, host in read(lang, text).positions if role == "ambassador"} == {host}


@pytest.mark.parametrize(
    ("lang", "text", "house"),
    [
        ("kk", "Риксдаг Спикері Анна Берг келді.", ("Риксдаг", "Швеция")),
        ("ru", "Прибыла депутат Сабора Анна Бабич.", ("Сабор", "Хорватия")),
        ("en", "Speaker of the Knesset Anna Berg spoke.", ("Knesset", "Israel")),
    ],
)
def test_a_foreign_house_tells_for_which_state_its_members_speak(read: Callable, lang: str, text: str, house: tuple[str, str]) -> None:
    assert {(body, state) for _, _, body, state, _ in read(lang, text).positions} == {house}

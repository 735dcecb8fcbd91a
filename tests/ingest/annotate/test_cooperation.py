"""Who does something together: whoever the words bind, not whoever a text merely names beside another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BACKGROUND = [
    ("kk", "Торайғыров университеті мен Грац университеті 2020 жылдан бері бірлескен экология зертханасын жүргізіп келеді."),
    ("ru", "Торайгыров университет и Грацский университет с 2020 года ведут совместную программу по экологии."),
    ("en", "Toraighyrov University and the University of Graz have been running a joint master's programme in ecology since 2020."),
]
BARE = [
    ("kk", "Қазақстанның Италиядағы Елшісі Ермек Сапаров Падуя университетінің ректоры Лука Росси қызметкерлерімен танысты."),
    ("kk", "Қазақстанның Италиядағы Елшісі Ермек Сапаров Падуя университетінің ректоры Лука Россимен кездесті. Қонақ мұражайды аралады."),
    ("ru", "Посол Казахстана в Италии Ермек Сапаров встретился с ректором Падуанского университета Лукой Росси. Гость осмотрел музей."),
    ("en", "Ambassador of Kazakhstan to Italy Yermek Saparov met with Luca Rossi, Rector of the University of Padua. He saw the museum."),
]
DENIED = [
    ("kk", "Торайғыров университеті мен Грац университеті әлі меморандумға қол қойған жоқ."),
    ("ru", "Торайгыров университет и Грацский университет пока не подписали меморандум."),
    ("en", "Toraighyrov University and the University of Graz have not signed a memorandum yet."),
]


@pytest.mark.parametrize(("lang", "text"), BACKGROUND)
def test_what_two_bodies_have_long_done_together_is_their_cooperation(read: Callable, lang: str, text: str) -> None:
    ((step, parties),) = read(lang, text).cooperations
    assert step == "existing"
    assert len(parties) == 2


@pytest.mark.parametrize(("lang", "text"), BARE)
def test_a_meeting_of_which_no_talk_is_told_is_no_cooperation(read: Callable, lang: str, text: str) -> None:
    assert read(lang, text).cooperations == []


@pytest.mark.parametrize(("lang", "text"), DENIED)
def test_what_is_denied_is_neither_agreement_nor_cooperation(read: Callable, lang: str, text: str) -> None:
    seen = read(lang, text)
    assert (seen.agreements, seen.cooperations) == ([], [])

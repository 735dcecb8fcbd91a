"""Kazakh says one thing in many ways: what is read does not hang on the wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LEAD = "Қазақстанның Бельгиядағы Елшісі Роман Василенко"
HOST = "Льеж университетінің ректоры Анн-Софи Ниссен"


@pytest.mark.parametrize(
    "met",
    [
        f"{LEAD} 12 қарашада {HOST} ханыммен жүздесті.",
        f"{LEAD} 12 қарашада {HOST} ханымның қабылдауында болды.",
        f"{LEAD} 12 қарашада {HOST} ханыммен келіссөз үстеліне отырды.",
        f"12 қарашада {LEAD} мен {HOST} бас қосты.",
        f"12 қарашада {LEAD} {HOST} ханыммен әңгіме өрбітті.",
    ],
)
def test_a_meeting_is_a_meeting_in_any_words(read: Callable[..., Any], met: str) -> None:
    seen = read("kk", met)
    assert ("Meeting", frozenset({"Роман Василенко", "Анн-Софи Ниссен"}), "2025-11-12", "held") in seen.events


@pytest.mark.parametrize("signed", ["меморандумға қол қойды", "меморандумға қолтаңбаларын қойды", "меморандумды қағаз жүзінде бекітті"])
def test_a_dean_signs_for_the_university(read: Callable[..., Any], signed: str) -> None:
    body = f"Льеж университеті Заң факультетінің деканы Жан Дюпон мен Токио университетінің ректоры Айбек Тәжіғалиев {signed}."
    assert ("signed", frozenset({"Льеж университеті", "Токио университеті"})) in read("kk", body).agreements


def test_a_day_that_stands_alone_dates_its_paragraph(read: Callable[..., Any]) -> None:
    body = f"6 қараша. {LEAD} {HOST} ханыммен кездесті."
    assert [start for kind, _, start, _ in read("kk", body).events if kind == "Meeting"] == ["2025-11-06"]


def test_what_somebody_announces_has_not_happened_to_him(read: Callable[..., Any]) -> None:
    body = f"12 қарашада {HOST} ханым {LEAD} мырзаға айтты: «Эйр Астана» авиакомпаниясы 2026 жылғы маусымда тұрақты рейс ашады."
    launch = next(e for e in read("kk", body).events if e[0] == "Launch")
    assert launch[2:] == ("2026-06", "planned") and not launch[1] & {"Роман Василенко", "Анн-Софи Ниссен"}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Форум қыркүйекте өтті.", "2025-09"),
        ("Форум қаңтарда өтеді.", "2026-01"),
        ("Форум сәуірде өтеді.", "2026-04"),
        ("Форум сәуірде өтті.", "2025-04"),
    ],
)
def test_a_bare_month_lies_where_the_verb_puts_it(read: Callable[..., Any], text: str, month: str) -> None:
    assert read("kk", text).dates == [month]


def test_a_season_is_no_month(read: Callable[..., Any]) -> None:
    assert read("kk", "Туристік маусымда рейстер көбейеді.").dates == []


def test_a_put_off_or_called_off_event_says_so(read: Callable[..., Any]) -> None:
    events = read("kk", "20 қарашаға жоспарланған форум болмай қалды.").events
    assert [status for *_, status in events] == ["cancelled"]

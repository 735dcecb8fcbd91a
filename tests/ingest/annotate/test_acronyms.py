"""Bodies called by the acronym that brackets gave them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

KK = (
    "Қазақстан биоалуантүрлілігін сақтау қауымдастығының (ҚБСҚ) атқарушы директоры Асқар Сүйіндіков форумда сөз сөйледі. "
    "ҚБСҚ 2004 жылы құрылған."
)
RU = "Казахстанская ассоциация сохранения биоразнообразия (АСБК) провела форум. АСБК основана в 2004 году."


@pytest.mark.parametrize(("lang", "body", "short"), [("kk", KK, "ҚБСҚ"), ("ru", RU, "АСБК")])
def test_a_later_acronym_is_the_body_that_it_was_given_to(read: Callable[..., Any], lang: str, body: str, short: str) -> None:
    seen = read(lang, body)
    owner = next(e for e in seen.reading.entities if e.acronym == short)
    last = body.rindex(short)
    assert {m.start for m in owner.mentions} >= {last}, owner.mentions
    assert (owner.name, "founding-year", "2004") in seen.statistics


def test_a_suffix_behind_a_hyphen_belongs_to_the_mention(read: Callable[..., Any]) -> None:
    body = "Қазақ-Неміс университетінің (ҚНУ) ректоры форумға қатысты. ҚНУ-да 1 100 студент оқиды."
    owner = next(e for e in read("kk", body).reading.entities if e.acronym == "ҚНУ")
    assert "ҚНУ-да" in {m.text for m in owner.mentions}


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("en", "Port Harbour University received the guests. The Rector of PHU, Anna Kim, spoke.", "Port Harbour University"),
        ("ru", "Гостей принял Горный технический университет. Ректор ГТУ Анна Ким выступила.", "Горный технический университет"),
        ("kk", "Қонақтарды Шығыс көркем өнер университеті қабылдады. ШКӨУ ректоры Анна Ким сөз сөйледі.", "Шығыс көркем өнер университеті"),
    ],
)
def test_a_body_is_meant_by_its_initials_though_no_bracket_gave_them(read: Callable, lang: str, text: str, body: str) -> None:
    assert read(lang, text).offices == {("Anna Kim" if lang == "en" else "Анна Ким", "rector", body)}


def test_initials_of_two_bodies_mean_neither(read: Callable) -> None:
    text = "Гостей приняли Горный технический университет и Городской транспортный университет. ГТУ показал стенды."
    assert read("ru", text).names.get("ГТУ") not in {"University"}

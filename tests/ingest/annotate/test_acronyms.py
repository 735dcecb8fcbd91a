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

"""What an English release deals with: not what its ministers are ministers of, and the more specific subject of two."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("They met Minister of Energy Aidar Bekov and Minister of the Environment, Agriculture and Transport Helga Ruiz.", set()),
        ("Energy Minister Aidar Bekov spoke.", set()),
        ("The parties discussed energy and livestock.", {"energy", "livestock"}),
        ("They spoke of labour migration.", {"labour", "migration"}),
        ("A joint doctoral programme will be opened.", {"doctoral-studies"}),
        ("The two institutions will be exchanging students and teachers.", {"academic-mobility"}),
    ],
)
def test_a_text_deals_with_what_is_said_and_not_with_what_offices_are_for(read: Callable, text: str, topics: set[str]) -> None:
    found = {s.topic for s in read("en", text).reading.subjects}
    assert topics <= found and not found & {"energy", "environment", "agriculture", "transport", "joint-degrees"} - topics

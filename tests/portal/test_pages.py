"""The pages over HTTP: every kind of thing has one, in three languages, with its query, its data and its permanent address."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from elshi.portal.labels import LANGUAGES

THINGS = {
    "person/erlan-kasymov": {"kk": "Ерлан Қасымов", "ru": "Ерлан Касымов", "en": "Ерлан"},
    "organization/ror-00cv9y106": {"kk": "Гент университеті", "ru": "Гентский университет", "en": "Ghent University"},
    "place/kz": {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"},
    "place/gn-2797656": {"kk": "Гент", "ru": "Гент", "en": "Гент"},  # known in Kazakh and Russian only
    "topic/space": {"kk": "Ғарыш", "ru": "Косм", "en": "Space"},
}


class Outline(HTMLParser):
    """What a reader finds in a page: its headings and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def facts_of(server, kind: str) -> list[str]:
    found = server.get("/sparql", {"query": f"SELECT ?x {{ ?x a elshi:{kind} }} ORDER BY ?x", "format": "csv"}).text
    return [line.strip().removeprefix("https://w3id.org/elshi/id/") for line in found.splitlines()[1:]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("thing", THINGS)
def test_an_entity_is_called_by_its_name_in_the_language_of_the_page(server, thing: str, lang: str) -> None:
    page = server.page(thing, lang)
    assert Outline(page).lang == lang
    assert THINGS[thing][lang] in re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["Release", "Event", "Position", "Cooperation", "Agreement", "Statistic", "StatedDate"])
def test_every_release_and_fact_has_a_page(server, kind: str, lang: str) -> None:
    found = facts_of(server, kind)
    assert found
    for thing in found:
        assert Outline(server.page(thing, lang)).lang == lang

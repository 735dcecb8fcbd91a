"""What `elshi extract` shows of a reading: its text with names and facts marked, and why it was read so."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from elshi.ingest.model import Reading
from elshi.portal.explain import explained
from elshi.portal.highlight import facts_of, highlighted


class Page(HTMLParser):
    """The ids, the links within the page and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.text = ""
        self._mark: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [(given["href"] or "").lstrip("#")] if "href" in given else []
        self._mark = given.get("title") if tag == "mark" else self._mark

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._mark is not None:
            self.marks.append((data, self._mark))
            self._mark = None


def test_every_fact_leads_to_its_sentence_and_every_sentence_to_its_facts(reading_kk: Reading, reading_ru: Reading) -> None:
    page = Page("".join(highlighted([reading_kk, reading_ru])))
    assert len(page.ids) == len(set(page.ids))
    assert page.links and set(page.links) <= set(page.ids)
    rows = [name for name in page.ids if re.fullmatch(r"r\d-f\d+", name)]
    assert len(rows) == len(facts_of(reading_kk)) + len(facts_of(reading_ru))
    assert set(rows) <= set(page.links)


def test_a_marked_name_says_what_found_it_and_why_it_was_linked(reading_kk: Reading) -> None:
    page = Page("".join(highlighted([replace(reading_kk, dates=())])))
    said = next(title for text, title in page.marks if text == "Гент университетінің")
    assert said == "University: Гент университеті (0.92, by rule:names/1; exact name)"


def test_the_text_of_a_page_is_that_of_the_release(reading_ru: Reading) -> None:
    page = "".join(highlighted([reading_ru]))
    shown = Page(re.sub(r"<sup>.*?</sup>", "", page)).text
    assert reading_ru.release.text in shown


def test_an_explanation_names_the_finder_the_quotation_and_what_makes_a_fact_sure(reading_kk: Reading) -> None:
    lines = "\n".join(explained(reading_kk))
    meeting = reading_kk.events[0].evidence[0]
    assert f"“{meeting.text}” [{meeting.start}:{meeting.end}] by rule:facts/1" in lines
    assert re.search(r"perhaps https://www.wikidata.org/entity/Q1 \(0\.40: same surname\)", lines)
    assert re.search(r"0\.80  Meeting .*\n.*\n +.*persons 2 [+-]\d", lines)

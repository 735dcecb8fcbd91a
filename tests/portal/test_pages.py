"""The pages over HTTP: every kind of thing has one, in three languages, with its query, its data and its permanent address."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from rdflib import Graph

from elshi.ingest.model import Reading, Release
from elshi.ontology.vocab import BASE_IRI as BASE
from elshi.ontology.vocab import expand
from elshi.portal.labels import LANGUAGES, words
from elshi.portal.questions import questions
from elshi.portal.release import release_page
from elshi.portal.sections import Source
from elshi.queries.catalogue import catalogue
from elshi.store.base import open_writer

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


def link(page: str, text: str) -> str:
    """The address of the first link with a text."""
    return re.search(rf'<a[^>]* href="([^"]+)"[^>]*>{text}</a>', page)[1].replace("&amp;", "&")


def section(page: str, name: str) -> str:
    """A section of a page by its name."""
    return re.search(rf'<section class="card" id="{name}".*?</section>', page, re.DOTALL)[0]


def test_the_start_page_counts_what_is_held_and_shows_the_latest_releases(server) -> None:
    page = server.get("/", {"lang": "en"}).text
    told = {name: int(number) for number, name in re.findall(r"<b>(\d+)</b> <span>([^<]+)</span>", page)}
    assert told["releases"] == 3 and told["people"] == 3 and told["countries"] == 2
    leading = re.search(r'<a href="(/queries/reports[^"]+)" [^>]*class="count">(\d+)</a>', page)
    assert f"Rows: {leading[2]}" in server.get(leading[1].replace("&amp;", "&")).text, "a count leads to what it counts"
    titles = re.findall(r'<a href="/elshi/id/release/[^"]+" lang="(\w\w)">([^<]+)</a>', page)
    assert titles[0] == ("en", "Ambassador visits Ghent"), "the latest first"
    assert {lang for lang, _ in titles} == {"kk", "ru", "en"}


def test_what_is_mentioned_in_a_release_is_marked_and_leads_to_its_page(server) -> None:
    page = server.page("release/d00-kk", "kk")
    marks = dict(re.findall(r'<a class="mark (\w+)" href="[^"]+" title="[^"]+">([^<]+)</a>', page))
    assert marks.keys() == {"person", "place", "organisation"}
    assert '<a class="mark person" href="/elshi/id/person/erlan-kasymov.html?lang=kk" title="Ерлан Қасымов">Ерлан Қасымов</a>' in page
    text = re.search(r'<div class="card text" lang="kk">(.*?)</div>', page, re.DOTALL)[1]
    assert "🚀 Оған" in re.sub(r"<[^>]+>", "", text), "offsets count code points, also behind an emoji"


def test_every_fact_of_a_release_stands_under_its_sentence_and_every_sentence_is_marked_in_the_text(server) -> None:
    page = server.page("release/d00-ru", "ru")
    sentences = re.findall(r'<section class="sentence" id="s(\d+)"', page)
    assert sentences == [str(number) for number in range(1, len(sentences) + 1)] and len(sentences) > 3
    assert {*re.findall(r'href="#s(\d+)"', page)} == {*re.findall(r'id="n(\d+)"', page)} == {*sentences}
    facts = re.findall(r'<li class="fact" id="([\w-]+)"', page)
    asked = server.get("/sparql", {"query": "SELECT ?f { ?f elshi:statedIn release:d00-ru ; a elshi:Fact }", "format": "csv"}).text.split()[
        1:
    ]
    assert sorted(facts) == sorted(iri.rpartition("/")[2] for iri in asked)


def test_a_fact_quotes_its_sentences_in_every_language_and_leads_back_to_them(server) -> None:
    (meeting,) = [fact for fact in facts_of(server, "Meeting") if "2025-11-17" in server.page(fact)]
    page = server.page(meeting, "ru")
    assert [*re.findall(r'<blockquote lang="(\w\w)">', page)] == ["kk", "ru"]
    for address in re.findall(r"<figcaption>.*?<a href=\"([^\"]+)\"", page):
        path, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in server.get(path).text


@pytest.mark.parametrize(
    ("thing", "sections"),
    {
        "person/erlan-kasymov": ["positions", "occasions", "company", "spots", "months", "reports"],
        "organization/ror-00cv9y106": ["positions", "occasions", "company", "spots", "pacts", "figures", "parts", "months", "reports"],
        "place/kz": ["positions", "occasions", "company", "spots", "pacts", "months", "reports"],
        "topic/space": ["parts", "sides", "pacts", "occasions", "spots", "months", "reports"],
    }.items(),
)
def test_an_entity_has_the_sections_of_its_kind(server, thing: str, sections: list[str]) -> None:
    page = server.page(thing)
    assert re.findall(r'<section class="card" id="(\w+)"', page)[-len(sections) :] == sections
    assert [address[1:] for address in Outline(page).links if re.fullmatch(r"#\w+", address) and address != "#content"] == sections


def test_offices_show_when_they_were_held_as_far_as_releases_tell(server) -> None:
    table = section(server.page("place/be"), "positions")
    assert "Aida Omarova" in table and "Ambassador" in table and "2026-02-11" in table
    assert '<svg class="spans"' in table and "2025-11-18" in table


def test_a_map_shows_countries_by_their_outline_and_cities_by_their_coordinates(server) -> None:
    shown = section(server.page("place/be"), "spots")
    assert 'href="/static/world.svg"' in shown and "Гент" in shown
    assert re.findall(r'<a href="/elshi/id/place/(\w+).html\?lang=en" aria-label="[^"]+"><path class="land"', shown)
    assert '<circle class="spot"' in shown
    assert server.get("/static/world.svg").headers["Content-Type"] == "image/svg+xml"


def test_a_number_leads_to_what_it_counts(server) -> None:
    table = section(server.page("organization/ror-00cv9y106"), "company")
    address, number = re.search(r'<a href="(/queries/together[^"]+)">(\d+)</a>', table).groups()
    answer = server.get(address.replace("&amp;", "&"))
    assert answer.status == 200 and f"Rows: {number}" in answer.text


def test_a_section_leads_to_its_query_and_to_the_same_rows_as_csv(server) -> None:
    shown = section(server.page("organization/ror-00cv9y106"), "occasions")
    opened = server.get(link(shown, "Open in SPARQL"))
    assert opened.status == 200 and "VALUES ?thing" in opened.text
    rows = list(csv.DictReader(io.StringIO(server.get(link(shown, "CSV")).text)))
    assert len(rows) == shown.count("<tr>") - 1
    assert rows[0].keys() == {"date", "event", "status", "place"}


def test_csv_for_excel_begins_with_a_byte_order_mark(server) -> None:
    shown = section(server.page("organization/ror-00cv9y106"), "reports")
    reply = server.get(link(shown, "For Excel"))
    assert reply.text.startswith("\ufeffday,release,language")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8" and "attachment" in reply.headers["Content-Disposition"]
    assert server.get("/sparql", {"query": "SELECT", "format": "excel"}).status == 400


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/html", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("text/turtle;q=0.3, application/ld+json;q=0.2, */*;q=0.1", "ttl"),
     ("*/*", "html"), ("application/json", "jsonld")],
)  # fmt: skip
def test_a_permanent_address_leads_to_the_form_wanted(server, accept: str, form: str) -> None:
    reply = server.get("/elshi/id/place/kz", accept=accept)
    assert (reply.status, reply.headers["Location"], reply.headers["Vary"]) == (303, f"/elshi/id/place/kz.{form}", "Accept")
    assert server.get(reply.headers["Location"]).status == 200


def test_a_form_nobody_offers_is_refused_and_what_is_not_there_is_absent(server) -> None:
    assert server.get("/elshi/id/place/kz", accept="image/png").status == 406
    for path in ("/elshi/id/person/nobody", "/elshi/id/person/nobody.ttl", "/elshi/id/unknown/kz", "/nowhere"):
        assert server.get(path, accept="text/html").status == server.get(path).status == 404


def test_the_data_of_a_thing_is_what_the_store_states(server) -> None:
    described = server.get("/elshi/id/place/kz.jsonld")
    assert described.headers["Content-Type"].startswith("application/ld+json")
    said = described.json()
    assert (said["@id"], said["elshi:isoCode"], "schema:Country" in said["@type"]) == ("place:kz", "KZ", True), "by short names"
    assert (said["rdfs:label"]["en"], said["@context"]["schema"]) == ("Kazakhstan", "https://schema.org/")
    turtle = server.get("/elshi/id/place/kz.ttl").text
    assert set(Graph().parse(data=described.text, format="json-ld")) == set(Graph().parse(data=turtle, format="turtle")), (
        "and says the same"
    )
    assert "@prefix place:" in turtle and 'elshi:isoCode "KZ"' in turtle


def test_a_page_speaks_the_language_asked_for_and_keeps_one_that_was_chosen(server) -> None:
    reply = server.get("/", accept_language="de, ru-KZ;q=0.8, en;q=0.5")
    assert (reply.headers["Content-Language"], Outline(reply.text).lang) == ("ru", "ru")
    assert "Accept-Language" in reply.headers["Vary"]
    chosen = server.get("/", {"lang": "kk"}, accept_language="en")
    assert Outline(chosen.text).lang == "kk"
    inner = [urlsplit(address) for address in Outline(chosen.text).links if address.startswith("/elshi/id/")]
    assert inner and all(parse_qs(address.query)["lang"] == ["kk"] for address in inner if address.path.endswith(".html"))


def test_a_page_is_sent_again_only_when_the_store_has_changed(server) -> None:
    reply = server.get("/elshi/id/place/kz.html", {"lang": "en"})
    assert server.get("/elshi/id/place/kz.html", {"lang": "en"}, if_none_match=reply.headers["ETag"]).status == 304
    assert server.get("/elshi/id/place/kz.html", {"lang": "ru"}, if_none_match=reply.headers["ETag"]).status == 200


def test_search_finds_things_by_a_name_in_any_language_and_releases_by_title(server) -> None:
    assert "/elshi/id/organization/ror-00cv9y106.html" in server.get("/search", {"q": "гентск", "lang": "en"}).text
    assert "Ambassador visits Ghent" in server.get("/search", {"q": "visits", "lang": "en"}).text
    assert words("en")["nothing"] in server.get("/search", {"q": "qqqqqqqq", "lang": "en"}).text


def test_markup_in_what_was_typed_stays_text(server) -> None:
    for path, given in (
        ("/search", {"q": "<script>alert(1)</script>"}),
        ("/sparql", {"query": "<script>alert(1)</script>", "format": "html"}),
    ):
        assert "<script>alert" not in server.get(path, given).text


def test_lists_go_on_over_pages(server) -> None:
    person = {"class": "https://schema.org/Person", "lang": "en"}
    first = server.get("/things", person).text
    assert "<h1>People</h1>" in first and "Erlan" not in first and 'rel="next"' not in first
    beyond = server.get("/things", {**person, "page": "7"}).text
    assert words("en")["nothing"] in beyond
    assert server.get("/things").status == 400


def test_the_saved_questions_are_told_in_every_language(server) -> None:
    for lang in LANGUAGES:
        told = questions(lang)
        assert [each.name for each in told] == list(catalogue())
        assert told[0].title in server.get("/queries", {"lang": lang}).text.replace("&#39;", "'")


def test_a_saved_question_is_answered_once_it_has_what_it_needs(server) -> None:
    empty = server.get("/queries/facts", {"lang": "en"})
    assert empty.status == 200 and 'id="h-answer"' not in empty.text and "required" in empty.text
    asked = server.get("/queries/facts", {"entity": "person:erlan-kasymov", "lang": "en"})
    assert asked.status == 200 and "Meeting" in asked.text
    wrong = server.get("/queries/facts", {"entity": "no such thing", "lang": "en", "run": "1"})
    assert wrong.status == 400 and 'role="alert"' in wrong.text
    assert server.get("/queries/nosuch").status == 404


def test_the_words_of_the_pages_are_there_in_every_language() -> None:
    for lang in LANGUAGES:
        assert all(words(lang).values()) and words(lang).keys() == words("en").keys()


def test_the_editor_is_told_our_terms_with_their_names(server) -> None:
    said = server.get("/terms.json").json()
    terms = {term["iri"]: term for term in said["terms"]}
    meeting = terms[said["prefixes"]["elshi"] + "Meeting"]
    assert meeting["kind"] == "class" and meeting["labels"] == {"kk": "кездесу", "ru": "встреча", "en": "meeting"}
    assert terms[said["prefixes"]["elshi"] + "participant"]["kind"] == "property"


def test_the_feed_has_the_latest_releases_first(server) -> None:
    from xml.etree import ElementTree

    feed = ElementTree.fromstring(server.get("/feed.atom").text)
    atom = "{http://www.w3.org/2005/Atom}"
    days = [entry.findtext(f"{atom}updated") for entry in feed.iter(f"{atom}entry")]
    assert len(days) == 3 and days == sorted(days, reverse=True)


def test_the_page_of_a_release_tells_what_an_earlier_one_said_already(reading_later: Reading, take: Callable[..., None]) -> None:
    point = "Kazakhstan and Ghent University plan joint space projects."
    text = f"Trade talks in Brussels\n{point}\nThe two sides went on to speak of grain, customs and the carriage of goods by rail."
    later = Reading(
        Release("trade", "en", "Trade talks in Brussels", text, sha256(text.encode()).hexdigest(), "trade.txt", issued="2026-03-20")
    )
    with open_writer("memory:") as store:
        take(store, 1, reading_later, later)
        said = {
            key: release_page(Source(store, BASE), "en", f"{BASE}release/{key}", (expand("elshi:Release"),)).refrains
            for key in ("trade", "d01-en")
        }
    assert said["trade"] and [[term and term.value for term in row] for row in said["trade"].rows] == [[point, "2026-02-11", "2"]]
    assert not said["d01-en"]


def test_without_bundles_a_plain_form_serves_and_nothing_is_offered_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from elshi.ontology.vocab import BASE_IRI
    from elshi.portal.questions import questions
    from elshi.portal.render import Renderer
    from elshi.portal.sections import Names

    monkeypatch.setattr("elshi.portal.links.resource", lambda name: Path("/nowhere", name))
    shown = {
        "names": Names({}, "en", {}),
        "text": "ASK {}",
        "start": "",
        "answer": None,
        "queries": questions("en"),
        "formats": {"html": ""},
    }
    page = Renderer(BASE_IRI).page("sparql.html", "en", **shown)
    assert '<form id="plain"' in page and "yasgui" not in page
    assert not Renderer(BASE_IRI).links(None).bundle("cytoscape.min.js")

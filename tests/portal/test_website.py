"""The static site: the pages as files, every link of which leads somewhere, wherever the site stands."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from rdflib import Graph

from elshi.ingest.model import Reading
from elshi.ontology.vocab import BASE_IRI, expand
from elshi.portal.export.publication import Publication, publication
from elshi.portal.export.publish import Exported, Wanted, export_store
from elshi.portal.export.vocabulary import explained
from elshi.store.base import open_view, open_writer

URL = "https://data.example.org/elshi/"
WHAT = publication({"base_url": URL, "license": "CC-BY-4.0", "catalog_publisher": "The ministry"}, base_iri=BASE_IRI)


@dataclass
class Seen(HTMLParser):
    """What a page has that matters here."""

    links: list[tuple[str, str, dict[str, str | None]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    lang: str | None = None
    structured: str = ""
    _within: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    __hash__ = object.__hash__

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.links += [(tag, address, has) for name in ("href", "src", "action") if (address := has.get(name)) is not None]
        self.ids |= {has["id"] or ""} if "id" in has else set()
        self.lang = has.get("lang") if tag == "html" else self.lang
        self._within = tag == "script" and has.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._within:
            self.structured += data

    def handle_endtag(self, tag: str) -> None:
        self._within = False


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    return parser


def exported(store: Path, dest: Path, *languages: str, what: Publication = WHAT) -> Exported:
    with open_view(str(store)) as view:
        return export_store(view, dest, Wanted(("site",), languages=languages), what)


@pytest.fixture(scope="module")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    exported(store, folder, "kk", "ru", "en")
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Seen]:
    return {path.relative_to(site).as_posix(): seen(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_internal_link_leads_to_a_file_and_to_a_place_in_it(site: Path, pages: dict[str, Seen]) -> None:
    lost = []
    for at, page in pages.items():
        for _, address, _ in page.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(at), unquote(parts.path))) if parts.path else at
            if not (site / target).is_file() or (parts.fragment and parts.fragment not in pages[target].ids):
                lost.append((at, address))
    assert not lost
    assert sum(len(page.links) for page in pages.values()) > 5000


def test_links_are_relative_so_that_the_site_may_stand_anywhere(site: Path, pages: dict[str, Seen]) -> None:
    for at, page in pages.items():
        inside = [address for _, address, has in page.links if address.startswith("/") or URL in address]
        assert not inside or at.startswith("404"), at
    # The page for what is missing is shown at any depth: its links are whole.
    whole = [address for _, address, _ in pages["404.html"].links if not address.startswith("#")]
    assert all((site / (address.removeprefix(URL) or "index.html")).is_file() for address in whole if address.startswith(URL))
    assert all(address.startswith("http") for address in whole)


def test_pages_call_no_other_host(pages: dict[str, Seen]) -> None:
    for at, page in pages.items():
        fetched = [
            address
            for tag, address, has in page.links
            if tag in ("script", "img") or (tag == "link" and has.get("rel") in ("stylesheet", "icon"))
        ]
        assert not [address for address in fetched if urlsplit(address).netloc and not address.startswith(URL)], at


def test_each_thing_has_a_page_in_every_language_with_its_data_beside_it(site: Path, pages: dict[str, Seen]) -> None:
    stems = {at.removesuffix(".html") for at in pages if at.startswith("id/") and not at.endswith((".ru.html", ".en.html"))}
    assert {"id/person/petra-meyers", "id/place/kz", "id/topic/space"} <= stems
    for stem in stems:
        assert [pages[f"{stem}{end}.html"].lang for end in ("", ".ru", ".en")] == ["kk", "ru", "en"]
        alternates = {
            has.get("type"): address for tag, address, has in pages[f"{stem}.html"].links if tag == "link" and has.get("rel") == "alternate"
        }
        assert posixpath.basename(alternates["text/turtle"]) == posixpath.basename(f"{stem}.ttl")
        assert posixpath.basename(alternates["application/ld+json"]) == posixpath.basename(f"{stem}.jsonld")


def test_turtle_and_json_ld_beside_a_page_say_the_same(site: Path) -> None:
    for turtle in sorted(site.glob("id/*/*.ttl"))[::11]:
        found = Graph().parse(turtle)
        assert found
        assert set(found) == set(Graph().parse(turtle.with_suffix(".jsonld"), format="json-ld")), turtle


def test_search_engines_read_schema_org(pages: dict[str, Seen]) -> None:
    read = {at: json.loads(page.structured) for at, page in pages.items() if page.structured}
    assert all(said["@context"] == "https://schema.org" for said in read.values())
    assert (read["id/person/petra-meyers.en.html"]["@type"], read["id/person/petra-meyers.en.html"]["name"]) == ("Person", "Petra Meyers")
    assert read["id/place/kz.en.html"]["@type"] == "Country"
    release = next(said for said in read.values() if said["@type"] == "NewsArticle")
    assert release["headline"] and release["inLanguage"] and release["mentions"]
    event = next(said for said in read.values() if said["@type"] == "Event" and "startDate" in said)
    assert event["attendee"] and event["eventStatus"].startswith("https://schema.org/Event")
    data = read["index.en.html"]
    assert (data["@type"], data["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")
    assert all(each["contentUrl"].startswith(f"{URL}dumps/") for each in data["distribution"])
    assert {said["@type"] for at, said in read.items() if at.startswith("id/position/")} == {"Claim"}


def test_a_text_cannot_end_the_script_it_stands_in() -> None:
    from elshi.portal.export.structured import embedded

    text = str(embedded({"name": "</script><script>alert(1)</script> & more"}))
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><script>alert(1)</script> & more"


def test_the_sitemap_names_every_page(site: Path, pages: dict[str, Seen]) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.parse(site / "sitemap.xml").getroot()
    named: list[str] = []
    for part in index.iterfind("s:sitemap/s:loc", space):
        urls = ElementTree.parse(site / str(part.text).removeprefix(URL)).getroot()
        named += [str(loc.text) for loc in urls.iterfind("s:url/s:loc", space)]
    assert len(named) == len(set(named))
    assert {name.removeprefix(URL) for name in named} == {at for at in pages if not at.startswith("404")}
    assert f"Sitemap: {URL}sitemap.xml" in (site / "robots.txt").read_text()


def test_the_feed_tells_of_the_releases_with_whole_addresses(site: Path) -> None:
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.parse(site / "feed.en.atom").getroot()
    entries = feed.findall("a:entry", space)
    assert len(entries) == 3
    for entry in entries:
        link = entry.find("a:link[@rel='alternate']", space)
        assert link is not None
        assert (site / str(link.get("href")).removeprefix(URL)).is_file()
    own = feed.find("a:link[@rel='self']", space)
    assert own is not None and own.get("href") == f"{URL}feed.en.atom"


def test_every_term_of_the_ontology_and_every_shape_is_explained(site: Path, pages: dict[str, Seen]) -> None:
    terms = Graph().parse(site / "ns/elshi.ttl")
    ours = {str(term).rpartition("#")[2] for term in terms.subjects() if str(term).startswith(expand("elshi:"))}
    assert ours <= pages["ns/index.html"].ids
    assert {"Meeting", "participant", "held"} <= ours
    shapes = Graph().parse(site / "ns/shapes.ttl")
    assert {str(s).rpartition("#")[2] for s in shapes.subjects() if "/shapes#" in str(s)} - pages["ns/shapes.html"].ids <= {""}
    assert all(set(term.labels) >= {"kk", "ru", "en"} for term in explained("ontology/elshi.ttl", "owl:Class"))
    for name in ("elshi", "topics", "roles", "measures", "commitment"):
        assert len(Graph().parse(site / f"ns/{name}.jsonld", format="json-ld")) == len(Graph().parse(site / f"ns/{name}.ttl"))


def test_hosts_are_told_how_to_serve_it(site: Path) -> None:
    assert (site / ".nojekyll").exists()
    nginx = (site / "nginx.conf.example").read_text()
    assert "return 303 /elshi/id/$thing.$elshi_form" in nginx and "server_name data.example.org;" in nginx
    w3id = (site / "w3id.htaccess").read_text()
    assert f"RewriteRule ^id/([a-z]+/.+)$ {URL}id/$1.ttl [R=303,L]" in w3id
    assert f"RewriteRule ^ontology/?$ {URL}ns/ [R=303,L]" in w3id
    assert json.loads((site / ".zenodo.json").read_text())["license"] == "cc-by-4.0"
    assert 'type: "dataset"' in (site / "CITATION.cff").read_text()


# Again, after changes


@pytest.fixture
def filled(tmp_path: Path, take: Callable[..., None]) -> Callable[..., Path]:
    """Takes releases into a store of the test's own; without the schemes, whose hundreds of pages are looked at elsewhere."""

    def filled(day: int, *readings: Reading) -> Path:
        with open_writer(str(tmp_path / "store")) as writer:
            take(writer, day, *readings)
            writer.remove(f"{BASE_IRI}graph/topics")
        return tmp_path / "store"

    return filled


def files(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_new_release_touches_what_it_tells_of_and_one_taken_back_leaves_nothing(
    filled: Callable[..., Path], tmp_path: Path, reading_kk: Reading, reading_ru: Reading, reading_later: Reading
) -> None:  # fmt: skip
    dest, store = tmp_path / "site", filled(1, reading_kk, reading_ru)
    exported(store, dest, "en")
    (dest / "CNAME").write_text("data.example.org")
    before = files(dest)
    again = exported(store, dest, "en")
    assert (again.changed, again.removed) == (0, 0)
    assert files(dest) == before

    exported(filled(2, reading_later), dest, "en")
    touched = {path for path, time in files(dest).items() if before.get(path) != time}
    assert {"id/person/petra-meyers.html", "id/release/d01-en.html"} <= touched, "she is met again"
    assert {"index.html", "feed.atom", "dumps/elshi.nq.gz", "SHA256SUMS"} <= touched
    assert {"id/organization/ror-019w4f821.html", "ns/index.html", "queries/meetings.rq"} <= before.keys() - touched

    with open_writer(str(store)) as writer:
        assert writer.remove(f"{BASE_IRI}graph/d01-en")
    assert exported(store, dest, "en").removed >= 3
    assert not list((dest / "id/release").glob("d01-en*"))
    assert (dest / "CNAME").exists(), "what is not ours stays"


def test_without_a_publisher_there_is_no_catalogue_and_with_an_endpoint_numbers_lead_to_their_queries(
    filled: Callable[..., Path], tmp_path: Path, reading_later: Reading
) -> None:  # fmt: skip
    what, dest = publication({"endpoint": "https://data.example.org/sparql"}, base_iri=BASE_IRI), tmp_path / "site"
    done = exported(filled(1, reading_later), dest, "en", what=what)
    assert not (dest / "catalog.ttl").exists()
    assert "no publisher is named" in done.remarks[0]
    assert (dest / "index.html").read_text().count("catalog.ttl") == 0
    page = seen((dest / "id/person/petra-meyers.html").read_text())
    assert [address for _, address, _ in page.links if address.startswith("https://data.example.org/sparql?query=")]


def test_a_release_whose_key_is_an_address_has_files_that_any_server_can_serve(
    filled: Callable[..., Path], tmp_path: Path, reading_later: Reading
) -> None:  # fmt: skip
    key, dest = "https://gov.kz/news/1?тіл=kk", tmp_path / "site"
    exported(filled(1, replace(reading_later, release=replace(reading_later.release, key=key))), dest, "en")
    (page,) = (dest / "id/release").glob("*.html")
    assert page.name.startswith("https-gov.kz-news-1-") and "%" not in page.name
    listed = seen((dest / "things/elshi-Release.html").read_text())
    assert f"../id/release/{page.name}" in {address for _, address, _ in listed.links}
    names = (dest / "nginx-names.map").read_text()
    assert f'"release/{page.stem}";' in names and "%2F%2Fgov.kz" in names
    assert "nginx-names.map" in (dest / "nginx.conf.example").read_text()

"""A URL stands for what is at it: a page, or the pages that a feed, a sitemap, a list or an archive names, none asked for in vain."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from elshi.ingest.acquire import Failure
from elshi.ingest.listing import links_of
from elshi.ingest.model import Page
from elshi.ingest.read import read
from elshi.ingest.web.fetch import Manners
from elshi.ingest.web.visits import Visit, Visits


def rss(*urls: str, day: str = "Wed, 04 Mar 2026 23:30:00 +0500", note: str = "") -> str:
    """A feed."""
    entries = "".join(
        f"<item><title>{url}</title><link>{url}</link><pubDate>{day}</pubDate><description>{note}</description></item>" for url in urls
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>СІМ</title>{entries}</channel></rss>'


def sitemap(*urls: str, day: str | None = None, root: str = "urlset") -> str:
    """A sitemap or an index of them."""
    place = "url" if root == "urlset" else "sitemap"
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    places = "".join(f"<{place}><loc>{url}</loc>{changed}</{place}>" for url in urls)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</{root}>'


def settle(visits: Visits, found: Iterable[Any]) -> None:
    """Say of every page that its release is in the store."""
    for page in (each for each in found if isinstance(each, Page)):
        visits.settle(page.name, "k", "s")
    visits.finish()


def test_a_feed_s_entries_are_fetched_as_pages_and_their_date_is_a_header_date(site: Any, ask: Any) -> None:
    site.page("/feed", rss(site.page("/1"), site.page("/2"), site.page("/gone", "x", 404)), content_type="application/rss+xml")
    found = ask(f"{site.base}/feed")
    assert found.names == ["1", "2", "[gone]"]
    release = read(found[0])
    assert (release.header_date, release.issued, release.url) == ("2026-03-04", None, f"{site.base}/1")


def test_atom_is_a_feed_too_with_relative_links_and_versions(site: Any, ask: Any) -> None:
    site.page("/kk/1")
    entry = (
        "<entry><title>Елші</title><id>urn:1</id><updated>2026-03-05T01:00:00+05:00</updated>"
        '<link rel="alternate" href="../kk/1"/><link rel="alternate" hreflang="ru" href="../ru/1"/></entry>'
    )
    page = ask(site.page("/feeds/a", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entry}</feed>')).page
    assert (page.url, page.header_date, page.alternates) == (f"{site.base}/kk/1", "2026-03-05", ((f"{site.base}/ru/1", "ru"),))


def test_a_feed_of_a_thousand_entries_costs_what_is_new(site: Any, ask: Any) -> None:
    visits = Visits()
    feed = rss(*(site.page(f"/{n}", "x") for n in range(1000)))
    for link in (links_of(feed.encode()) or ())[500:]:
        visits.due(link.url, Visit(link.url, stamp=link.stamp))
        visits.settle(link.url, "k", "s")
    found = ask(site.page("/feed", feed), visits=visits, held=lambda key, sha256: True)
    assert found.names == [*(f"{n}" for n in range(500)), *(f"({n})" for n in range(500, 1000))]
    assert sorted(site.pages_asked()) == sorted(["/feed", *(f"/{n}" for n in range(500))])


def test_an_unchanged_feed_costs_one_request(site: Any, ask: Any) -> None:
    visits = Visits()
    url = site.tagged("/feed", rss(site.page("/1"), site.page("/2")))
    settle(visits, ask(url, visits=visits))
    site.asked.clear()
    assert ask(url, visits=visits, held=lambda key, sha256: True).names == ["(1)", "(2)"]
    assert site.pages_asked() == ["/feed"]


def test_a_feed_of_which_something_is_left_to_do_is_read_again(site: Any, ask: Any) -> None:
    visits = Visits()
    url = site.tagged("/feed", rss(site.page("/1"), site.page("/2", "x", 500)))
    settle(visits, ask(url, visits=visits))
    site.page("/2")
    assert ask(url, visits=visits, held=lambda key, sha256: True).names == ["(1)", "2"]


def test_an_entry_that_its_feed_says_has_changed_is_asked_for(site: Any, ask: Any, html: Any) -> None:
    visits = Visits()
    one, two = site.tagged("/1"), site.tagged("/2")
    settle(visits, ask(site.page("/feed", rss(one, two)), visits=visits))
    site.tagged("/2", html("Түзетілген тақырып"))
    site.page("/feed", rss(one, two, note="corrected"))
    assert ask(f"{site.base}/feed", visits=visits, held=lambda key, sha256: True).names == ["(1)", "2"]
    assert site.headers[-2]["if-none-match"]


def test_a_page_is_asked_whether_it_has_changed_by_what_its_server_said(site: Any, ask: Any) -> None:
    visits = Visits()
    stamp = "Wed, 04 Mar 2026 10:00:00 GMT"
    url = site.page("/1", last_modified=stamp)
    settle(visits, ask(url, visits=visits))
    site.routes["/1"] = lambda it: it.reply(304 if it.headers["If-Modified-Since"] == stamp else 500)
    assert ask(url, visits=visits, held=lambda key, sha256: True).names == ["(1)"]


@pytest.mark.parametrize(("second", "asked"), [("00", None), ("01", "Wed, 04 Mar 2026 10:00:00 GMT")])
def test_a_page_that_may_change_again_in_the_second_it_changed_is_asked_for_whole(
    site: Any, ask: Any, html: Any, second: str, asked: str | None
) -> None:
    visits = Visits()

    def changed(it: Any) -> None:
        it.date_time_string = lambda: f"Wed, 04 Mar 2026 10:00:{second} GMT"
        it.reply(200, html(), last_modified="Wed, 04 Mar 2026 10:00:00 GMT")

    site.routes["/1"] = changed
    settle(visits, ask(f"{site.base}/1", visits=visits))
    settle(visits, ask(f"{site.base}/1", visits=visits, held=lambda key, sha256: True))
    assert [each.get("if-modified-since") for each, path in zip(site.headers, site.asked, strict=True) if path == "/1"] == [None, asked]


def test_a_release_that_the_store_has_lost_is_fetched_again(site: Any, ask: Any) -> None:
    visits = Visits()
    url = site.tagged("/feed", rss(site.tagged("/1")))
    settle(visits, ask(url, visits=visits))
    again = ask(url, visits=visits, held=lambda key, sha256: False).page
    assert again.body and again.header_date == "2026-03-04"


def test_what_came_of_a_page_is_remembered_only_once_it_is_in(site: Any, ask: Any, tmp_path: Path) -> None:
    visits = Visits(tmp_path / "web.sqlite")
    first, second = ask(site.tagged("/1"), site.tagged("/2"), visits=visits)
    visits.settle(first.name, "k", "s")
    killed = Visits(tmp_path / "web.sqlite")  # as after `kill -9`
    assert killed.get(first.name) and killed.get(second.name) is None
    for each in (visits, killed):
        each.close()


def test_a_damaged_memory_of_the_web_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "web.sqlite").write_bytes(b"no database" * 100)
    visits = Visits(tmp_path / "web.sqlite")
    assert visits.get("https://example.org/1") is None
    visits.close()


def test_where_nothing_can_be_remembered_everything_is_asked_for(site: Any, ask: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    visits = Visits(tmp_path / "file" / "web.sqlite")
    settle(visits, ask(site.tagged("/1"), visits=visits))
    visits.close()
    assert Visits(tmp_path / "file" / "web.sqlite").get(f"{site.base}/1") is None


def test_sitemaps_their_indexes_and_packed_ones_are_followed(site: Any, ask: Any) -> None:
    for path, urls in (("/a.xml", ("/1", "/2")), ("/b.xml.gz", ("/2", "/3"))):
        body = sitemap(*map(site.page, urls)).encode()
        site.page(path, gzip.compress(body) if path.endswith("gz") else body, content_type="application/octet-stream")
    index = site.page("/sitemap.xml", sitemap(f"{site.base}/a.xml", f"{site.base}/b.xml.gz", root="sitemapindex"), content_type="text/xml")
    assert ask(index).names == ["1", "2", "3"]


def test_a_sitemap_says_what_changed_what_was_published_and_which_versions_there_are(site: Any, ask: Any) -> None:
    more = (
        '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication_date>2026-03-04T09:00+05:00'
        '</news:publication_date></news:news><xhtml:link xmlns:xhtml="http://www.w3.org/1999/xhtml" rel="alternate" hreflang="en" href="/en/1"/>'
    )
    body = sitemap(site.tagged("/kk/1"), day="2026-03-06").replace("</lastmod>", f"</lastmod>{more}")
    visits = Visits()
    found = ask(site.page("/s.xml", body), visits=visits)
    assert (found.page.header_date, found.page.alternates) == ("2026-03-04", ((f"{site.base}/en/1", "en"),))
    settle(visits, found)
    assert ask(f"{site.base}/s.xml", visits=visits, held=lambda key, sha256: True).names == ["(1)"]
    assert site.pages_asked().count("/kk/1") == 1


def test_since_leaves_out_what_a_list_dates_earlier_without_asking(site: Any, ask: Any) -> None:
    feed = site.page("/feed", rss(site.page("/1")))
    site.page("/s.xml", sitemap(site.page("/2"), day="2026-02-01"))
    assert ask(feed, f"{site.base}/s.xml", since="2026-03-05") == []
    assert ask(feed, since="2026-03-04").names == ["1"]
    assert site.pages_asked().count("/2") == 0


def test_of_a_sitemap_only_matching_addresses_are_fetched(site: Any, ask: Any) -> None:
    listed = site.page("/s.xml", sitemap(*(site.page(path) for path in ("/about", "/press/1", "/press/2"))))
    assert ask(listed, match=r"/press/\d").names == ["1", "2"]
    assert "/about" not in site.asked


def test_a_list_of_urls_opens_each_as_it_would_be_alone(site: Any, ask: Any, tmp_path: Path) -> None:
    lines = f"# sources\n{site.page('/1')}\n\n{site.page('/feed', rss(site.page('/2')))}\n{site.base}/1\n"
    (tmp_path / "sources.txt").write_text(lines)
    assert ask(str(tmp_path / "sources.txt")).names == ["1", "2"]
    assert ask(site.page("/list", lines, content_type="text/plain")).names == ["1", "2"]


def test_a_saved_feed_stands_for_its_pages(site: Any, ask: Any, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(site.page("/1")))
    (tmp_path / "other.xml").write_text("<data/>")
    assert ask(str(tmp_path / "feed.xml")).page.header_date == "2026-03-04"
    assert ask(str(tmp_path / "other.xml")).failure.cause.startswith("neither a feed nor a sitemap")


def test_json_lines_and_archives_are_read_from_the_web(site: Any, ask: Any) -> None:
    lines = "\n".join(json.dumps({"text": "Елші келді.", "id": n}) for n in range(2)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2026/1.kk.txt", "Елші келді.")
    assert ask(site.page("/r.jsonl.gz", gzip.compress(lines), content_type="application/gzip")).names == ["r.jsonl.gz:1", "r.jsonl.gz:2"]
    assert ask(site.page("/r", lines, content_type="application/x-ndjson")).names == ["r:1", "r:2"]
    assert ask(site.page("/r.zip", packed.getvalue(), content_type="application/zip")).page.name == f"{site.base}/r.zip/2026/1.kk.txt"


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ('<rss version="2.0"><channel></channel></rss>', "a feed without entries"),
        ('<?xml version="1.0"?><urlset><url><loc>https://example.org/', "a broken sitemap"),
        ("<urlset></urlset>", "a sitemap without addresses"),
    ],
)
def test_a_broken_list_is_named(site: Any, ask: Any, body: str, cause: str) -> None:
    assert ask(site.page("/list", body)).failure.cause.startswith(cause)


def test_entities_of_a_sitemap_are_not_opened(site: Any, ask: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://example.org/secret")
    evil = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>' + sitemap("&x;")
    assert "secret" not in str(ask(site.page("/s.xml", evil)))


def test_lists_that_name_one_another_end(site: Any, ask: Any) -> None:
    assert ask(site.page("/s.xml", sitemap(f"{site.base}/s.xml", root="sitemapindex"))) == []
    for n in range(6):
        site.page(f"/{n}", sitemap(f"{site.base}/{n + 1}", root="sitemapindex"))
    assert "name it itself" in ask(f"{site.base}/0").failure.cause


def test_one_bad_page_never_stops_the_others(site: Any, ask: Any) -> None:
    pages = [site.page("/1"), site.page("/pdf", b"%PDF", content_type="application/pdf"), site.page("/500", "x", 500), site.page("/2")]
    found = ask(site.page("/feed", rss(*pages)))
    assert found.names == ["1", "[pdf]", "[500]", "2"]
    assert all(str(each).startswith(site.base) and "\n" not in str(each) for each in found if isinstance(each, Failure))


def test_robots_txt_is_heeded_unless_told_otherwise(site: Any, ask: Any) -> None:
    site.page("/robots.txt", "User-agent: elshi\nDisallow: /private/\nUser-agent: *\nDisallow: /", content_type="text/plain")
    found = ask(site.page("/1"), site.page("/private/2"))
    assert found.names == ["1", "[2]"]
    assert "pass --no-robots" in found[1].cause and site.pages_asked() == ["/1"]
    assert ask(f"{site.base}/private/2", manners=Manners(allow_private=True, pace=0, robots=False)).page
    stranger = Manners(allow_private=True, pace=0, agent="desk/1.0")
    assert ask(f"{site.base}/1", manners=stranger).failure


def test_a_broken_robots_txt_allows_nothing_and_a_missing_one_everything(site: Any, ask: Any) -> None:
    assert ask(site.page("/1")).page
    site.page("/robots.txt", "x", 503)
    assert ask(site.page("/2")).failure.cause.startswith("its robots.txt cannot be read (503")


def test_a_host_is_asked_no_faster_than_its_robots_txt_wants(site: Any, ask: Any, time: Any) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 5", content_type="text/plain")
    ask(site.page("/feed", rss(site.page("/1"), site.page("/2"))), manners=Manners(allow_private=True, pace=1))
    assert [round(pause) for pause in time.slept] == [1, 5, 5]


def test_the_versions_of_a_page_are_known_by_its_links_in_all_three(site: Any, ask: Any) -> None:
    links = "".join(f'<link rel="alternate" hreflang="{lang}" href="/{lang}/press/1?utm_source=x">' for lang in ("kk", "ru", "en"))
    bodies = {
        "kk": "Қазақстанның Бельгиядағы Елшісі университет ректорымен кездесу өткізді. Тараптар ынтымақтастықты талқылады.",
        "ru": "Посол Казахстана в Бельгии встретился с ректором университета. Стороны обсудили сотрудничество в науке.",
        "en": "The Ambassador of Kazakhstan met the Rector of the university today. The sides discussed cooperation in science.",
    }
    frame = "<html><head><title>x</title>{}</head><body><article><h1>T</h1><p>{}</p></article></body></html>"
    urls = [site.page(f"/{lang}/press/1", frame.format(links, body)) for lang, body in bodies.items()]
    releases = [read(page) for page in ask(*urls)]
    assert [release.lang for release in releases] == ["kk", "ru", "en"]
    for release in releases:
        declared = dict(release.alternates)
        assert {url: declared[url] for url in urls} == dict(zip(urls, bodies, strict=True))
        assert {release.url} <= set(declared)

"""What is known of sites finds a page's own lines, its day and its language versions; what is not known harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from elshi.ingest.layout import own_lines
from elshi.ingest.model import Page, Release
from elshi.ingest.read import Unreadable, read
from elshi.ingest.sites import SITES, Site, Sites, SitesError

ENGLISH = "The Ambassador of Kazakhstan met the Rector of the university in Ghent. The sides discussed cooperation in science."
SECOND = "The guest was shown the laboratories of the faculty of engineering, where students from Kazakhstan work too."
OTHER = "The Ministry of Health reports a new case of dengue fever, the first that has been seen this year in the country."


def page_of(url: str, body: str, *, head: str = "", title: str = "Ambassador visits Ghent", sites: Sites = SITES) -> Release:
    """The release of a web page."""
    markup = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read(Page(name=url, body=markup.encode(), media_type="text/html", url=url), sites)


@pytest.mark.parametrize(
    ("url", "linked", "versions"),
    [
        (
            "https://www.gov.kz/memleket/entities/mfa/press/news/details/123?lang=ru",
            [],
            {"kk": "details/123?lang=kk", "ru": "details/123?lang=ru", "en": "details/123?lang=en"},
        ),
        ("https://www.gov.kz/memleket/entities/mfa/press/news/details/123", [], {}),
        (
            "https://www.kt.kz/rus/politics/x_13.html",
            ["https://www.kt.kz/kaz/politics/x_13.html"],
            {"kk": "/kaz/politics/x_13", "ru": "/rus/"},
        ),
        ("https://www.kt.kz/rus/politics/x_13.html", ["https://www.kt.kz/kaz/politics/other_14.html"], {"ru": "/rus/"}),
        ("https://akorda.kz/kz/x-1", ["https://akorda.kz/ru/x-1", "https://akorda.kz/en"], {"kk": "/kz/x-1", "ru": "/ru/x-1"}),
        ("https://farabi.university/news/11237?lang=kz", [], {"kk": "lang=kz", "ru": "lang=ru", "en": "lang=en"}),
        ("https://mfa.example.org/press?lang=ru", ["https://mfa.example.org/press?lang=kz"], {"kk": "lang=kz", "ru": "lang=ru"}),
        ("https://mfa.example.org/entry/1", [], {}),
    ],
)
def test_addresses_of_language_versions_follow_from_a_site_s_pattern(url: str, linked: list[str], versions: dict[str, str]) -> None:
    found = {lang: address for address, lang in Sites().of(url).alternates(url, linked)}
    assert set(found) == set(versions)
    assert all(part in found[lang] for lang, part in versions.items())


def test_links_of_a_page_confirm_what_its_address_suggests() -> None:
    release = page_of(
        "https://akorda.kz/en/events/visit", f"<a href='../../kz/events/visit'>Қаз</a><article><p>{ENGLISH}</p><p>{SECOND}</p></article>"
    )
    assert release.alternates == (("https://akorda.kz/kz/events/visit", "kk"), ("https://akorda.kz/en/events/visit", "en"))


def test_the_longest_host_that_fits_decides() -> None:
    assert Sites().of("https://betaegov.gov.kz/1").host == "gov.kz"
    assert Sites().of("https://notgov.kz/1").host == "*"
    assert Sites().of(None) == Site()


def test_of_a_site_s_pages_only_those_that_look_like_releases_are_wanted_from_lists() -> None:
    site = Sites().of("https://kt.kz/")
    assert site.holds_release("https://www.kt.kz/eng/government/meeting_1377961365.html")
    assert not site.holds_release("https://www.kt.kz/eng/government/")


def test_what_is_glued_around_a_release_is_left_off() -> None:
    """The layout of kt.kz: a line of date and views heads each release, others follow on the same page."""
    lines = ["03.10.2023, 18:34 15316", "Ambassador visits Ghent", "Images | instagram-kff_team", "Tell a friend", ENGLISH, SECOND]
    after = ["relevant news", "04.10.2023, 11:27 10386", "Israel reports new case", OTHER]
    site = Sites().of("https://www.kt.kz/eng/society/x_1377956194.html")
    for rest in (after, after[1:], ["This information may not be reproduced without reference to Kazakhstan Today.", *after]):
        text, issued = own_lines("\n".join([*lines, *rest]), "Ambassador visits Ghent", site)
        assert text == f"Ambassador visits Ghent\n{ENGLISH}\n{SECOND}"
        assert issued == "2023-10-03"


def test_a_text_copied_from_a_known_site_begins_and_ends_where_its_release_does() -> None:
    lines = [
        "03.10.2023, 18:34 15316",
        "Ambassador visits Ghent",
        ENGLISH,
        SECOND,
        "04.10.2023, 11:27 10386",
        "Israel reports new case",
        OTHER,
    ]
    for start in (" date 2023-10-05 ", "date 2023-10-05\n", ""):
        release = read(Page(name="1.txt", body=(start + "\n".join(lines)).encode(), media_type="text/plain"))
        assert (release.title, release.issued) == ("Ambassador visits Ghent", "2023-10-03")
        assert release.header_date == ("2023-10-05" if start else None)
        assert release.text == start + "\n".join(lines[:4]) + "\n"
        assert release.text[release.body_start :] == f"{ENGLISH}\n{SECOND}\n"


def test_headlines_before_the_title_are_left_off_whatever_the_site() -> None:
    release = page_of(
        "https://example.org/1",
        f"<article><p>{OTHER}</p><p>Minister receives guests</p><h1>Ambassador visits Ghent</h1><p>{ENGLISH}</p><p>{SECOND}</p></article>",
        title="Ambassador visits Ghent | Example News",
    )
    assert release.title == "Ambassador visits Ghent"
    assert release.text == f"Ambassador visits Ghent\n{ENGLISH}\n{SECOND}"
    assert release.text[release.body_start :].startswith(ENGLISH)


def test_a_title_that_is_repeated_at_the_end_cuts_nothing() -> None:
    text = f"{ENGLISH}\n{SECOND}\nAmbassador visits Ghent"
    assert own_lines(text, "Ambassador visits Ghent", Site())[0] == text


def profile(tmp_path: Path, **cells: str) -> Sites:
    """Sites with a table of one's own."""
    columns = ("host", "publisher", "releases", "versions", "codes", "body", "title", "date", "dateline", "drop", "ends")
    table = tmp_path / "sites.tsv"
    table.write_text("# mine\n" + "\t".join(columns) + "\n" + "\t".join(cells.get(name, "") for name in columns) + "\n", "utf-8")
    return Sites.with_table(table)


def test_a_profile_says_where_text_title_and_day_stand_and_who_publishes(tmp_path: Path) -> None:
    sites = profile(
        tmp_path,
        host="example.org",
        publisher="MFA",
        body="//div[@id='story']",
        title="//h2[@class='head']/text()",
        date="//span[@class='day']",
    )
    body = (
        f"<div><p>{OTHER}</p></div><h2 class='head'> The  visit </h2><span class='day'>4 наурыз 2026, 10:30</span>"
        f"<div id='story'><p>{ENGLISH}</p><p>{SECOND}</p></div><div><p>{OTHER}</p></div>"
    )
    release = page_of("https://press.example.org/1", body, sites=sites)
    assert (release.title, release.issued, release.publisher) == ("The visit", "2026-03-04", "MFA")
    assert release.text == f"{ENGLISH}\n{SECOND}"


def test_a_profile_that_no_longer_fits_a_page_leaves_it_to_be_read_as_any_other(tmp_path: Path) -> None:
    sites = profile(tmp_path, host="example.org", body="//div[@id='gone']", title="//h9")
    assert ENGLISH in page_of("https://example.org/1", f"<article><p>{ENGLISH}</p><p>{SECOND}</p></article>", sites=sites).text


@pytest.mark.parametrize("table", ["host\tpublisher\nx\ty\n", None])
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, table: str | None) -> None:
    path = tmp_path / "mine.tsv"
    if table:
        path.write_text(table)
    with pytest.raises(SitesError, match="mine.tsv"):
        Sites.with_table(path)


def test_a_broken_pattern_is_named(tmp_path: Path) -> None:
    with pytest.raises(SitesError, match=r"example.org has a broken pattern"):
        profile(tmp_path, host="example.org", drop="(")


def test_a_front_page_names_its_feed() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    with pytest.raises(Unreadable, match=r"it names the feed https://example.org/rss: ingest that"):
        page_of("https://example.org/", "<ul><li><a href='/1'>News</a></li></ul>", head=feed)


def test_a_page_that_scripts_draw_is_told_from_one_without_an_article() -> None:
    with pytest.raises(Unreadable, match=r"no article in this page: it is drawn by scripts"):
        page_of(
            "https://example.org/1", "<noscript>Please enable JavaScript.</noscript><div id='root'></div><script src='/app.js'></script>"
        )
    with pytest.raises(Unreadable, match=r"no article in this page$"):
        page_of("https://example.org/1", "<ul>" + "<li><a href='/1'>News of today</a></li>" * 20 + "</ul><script src='/app.js'></script>")

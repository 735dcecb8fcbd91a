"""A web page or a Markdown file to the article it carries: its text and what the page states about it."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elshi.ingest.days import iso_day, stated_day
from elshi.ingest.decode import Unreadable
from elshi.ingest.layout import PROSE, own_lines
from elshi.ingest.model import Tagged
from elshi.ingest.sites import NOWHERE, Site
from elshi.ingest.urls import absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

__all__ = ["Article", "charsets", "from_html", "from_markdown"]

CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
UNTOLD = re.compile(r"iso-?8859-1|latin-?1|us-ascii", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
FRONT_LINE = re.compile(r"^(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
#: What is on a page beside its article.
FURNITURE = ["//nav", "//footer", "//aside", "//form", "//*[@role='navigation']"]
#: A page of fewer words is a frame that scripts fill.
FEW_WORDS = 30
#: Where a page states the day it was issued, the plainest first. A date in its text is not one of these.
ISSUED = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='dcterms.issued' or @name='DCTERMS.issued' or @name='DC.date.issued' or @name='DC.date' or @name='dc.date']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish_date' or @name='publication_date']/@content",
    "//time[@pubdate]/@datetime",
    "//article/header//time/@datetime",
)
LINKED_DATA_ISSUED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
#: Markdown to the text a reader sees, in the order applied.
MARKUP = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    (re.compile(r"^\s*[*+-]\s+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what its page states about it; None where the page is silent."""

    text: str
    title: str | None = None
    issued: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    alternates: tuple[Tagged, ...] = ()


def charsets(media_type: str, body: bytes) -> tuple[str, ...]:
    """The encodings that a page's header and its own first lines declare, the likeliest first.

    A header's Latin-1 is what servers send when nobody told them: it counts only where the page says nothing itself.

    >>> charsets("text/html; charset=ISO-8859-1", b'<meta charset="windows-1251">')
    ('windows-1251',)
    """
    header = re.search(r"charset=[\"']?([\w-]+)", media_type, re.IGNORECASE)
    meta = CHARSET.search(body[:4096])
    stated = [header[1].lower()] if header and not UNTOLD.fullmatch(header[1]) else []
    return tuple(dict.fromkeys([*stated, *([meta[1].decode("ascii", "ignore").lower()] if meta else [])]))


def from_html(markup: str, *, base: str | None = None, site: Site = NOWHERE) -> Article:
    """Return the article of a web page; raises Unreadable when the page holds none."""
    from trafilatura import load_html

    tree = load_html(markup)
    if tree is None:
        raise Unreadable("no article in this page")
    found = _extracted(_reduced(tree, site)) or (_extracted(load_html(markup)) if site.body else None)
    title = _first(tree, site.title) or (found.title if found else None) or None
    text, headed = own_lines(found.text or "" if found else "", title, site)
    if found is None or not PROSE.search(text):
        raise Unreadable(f"no article in this page{_advice(tree, base)}")
    return Article(
        text=text,
        title=title,
        issued=_issued(tree) or stated_day(_first(tree, site.date) or "") or headed,
        publisher=site.publisher or found.sitename or None,
        url=absolute(found.url or "", base),
        alternates=_alternates(tree, base, site),
    )


def from_markdown(markup: str) -> Article:
    """Return the text of a Markdown file, and what its front matter and its first heading state.

    >>> from_markdown("# Visit\\n\\nThe **Ambassador** met [the Rector](http://example.org).").text
    'Visit\\n\\nThe Ambassador met the Rector.'
    """
    front = FRONT_MATTER.match(markup)
    said = dict(FRONT_LINE.findall(front[1])) if front else {}
    text = markup[front.end() :] if front else markup
    heading = re.match(r"\s*#\s+(.+?)\s*#*\s*$", text, re.MULTILINE)
    for pattern, shown in MARKUP:
        text = pattern.sub(shown, text)
    issued = said.get("issued") or said.get("date")
    return Article(
        text=text,
        title=said.get("title") or (heading[1] if heading else None),
        issued=iso_day(issued) if issued else None,
        publisher=said.get("publisher") or None,
        url=said.get("url") or None,
        lang=said.get("lang") or None,
    )


def _reduced(tree: HtmlElement, site: Site) -> HtmlElement:
    """A copy of a page with nothing in it but its head and the element that a site is known to keep its text in."""
    tree = deepcopy(tree)
    held = [node for node in tree.xpath(site.body) if not isinstance(node, str)] if site.body else []
    body = tree.find("body")
    if held and body is not None:
        for child in list(body):
            body.remove(child)
        body.extend(held)
    return tree


def _extracted(tree: HtmlElement) -> Document | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(tree, with_metadata=True, include_comments=False, prune_xpath=FURNITURE)
    return found if isinstance(found, Document) and found.text else None


def _first(tree: HtmlElement, path: str | None) -> str | None:
    """The text of the first thing that an XPath finds."""
    for found in tree.xpath(path) if path else ():
        text = " ".join(str(found if isinstance(found, str) else found.text_content()).split())
        if text:
            return text
    return None


def _advice(tree: HtmlElement, base: str | None) -> str:
    """What to do about a page that holds no article."""
    feed = _feed(tree, base)
    if feed:
        return f"; it names the feed {feed}: ingest that"
    words = " ".join(str(text) for text in tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"))
    drawn = tree.xpath("//script[@src]") and len(words.split()) < FEW_WORDS
    return ": it is drawn by scripts, which are not run; save it from a browser, or ingest its text as JSON lines" if drawn else ""


def _feed(tree: HtmlElement, base: str | None) -> str | None:
    """The feed that a page names, which is what somebody who gave a site's front page wants."""
    links = tree.xpath("//link[@rel='alternate' and (@type='application/rss+xml' or @type='application/atom+xml')]/@href")
    return next((url for link in links if (url := absolute(str(link), base))), None)


def _issued(tree: HtmlElement) -> str | None:
    """The first day of issue that a page states in its metadata."""
    stated = [str(value) for path in ISSUED for value in tree.xpath(path)]
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    for value in (*stated, *(day for script in scripts for day in LINKED_DATA_ISSUED.findall(str(script)))):
        try:
            return iso_day(value)
        except Unreadable:
            continue
    return None


def _alternates(tree: HtmlElement, base: str | None, site: Site) -> tuple[Tagged, ...]:
    """The language versions a page declares, and those that its site's way to name languages finds among its links."""
    links = tree.xpath("//link[@hreflang and @href] | //a[@hreflang and @href and contains(concat(' ', @rel, ' '), ' alternate ')]")
    declared = ((absolute(str(link.get("href")), base), str(link.get("hreflang"))) for link in links)
    linked = {url for href in tree.xpath("//a/@href") if (url := absolute(str(href), base))}
    return (*((url, lang) for url, lang in declared if url and lang != "x-default"), *(site.alternates(base, linked) if base else ()))

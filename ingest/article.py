"""A web page or a Markdown file to the article it carries: its text and what the page states about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from elshi.ingest.decode import Unreadable
from elshi.ingest.jsonlines import iso_day
from elshi.ingest.model import Tagged

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Article", "charset", "from_html", "from_markdown"]

#: A line of running text: what a menu, a list of headlines or an error page has none of.
PROSE = re.compile(r"^(?:\S+\s+){7,}\S*[.!?…»”\")]\s*$", re.MULTILINE)
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
FRONT_LINE = re.compile(r"^(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
#: What is on a page beside its article.
FURNITURE = ["//nav", "//footer", "//aside", "//form", "//*[@role='navigation']"]
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


def charset(media_type: str, body: bytes) -> str | None:
    """The encoding that a page's header or its own first lines declare."""
    header = re.search(r"charset=[\"']?([\w-]+)", media_type)
    meta = CHARSET.search(body[:4096])
    return header[1] if header else meta[1].decode("ascii", "ignore") if meta else None


def from_html(markup: str, *, base: str | None = None) -> Article:
    """Return the article of a web page; raises Unreadable when the page holds none."""
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document

    tree = load_html(markup)
    if tree is None:
        raise Unreadable("no article in this page")
    issued, alternates = _issued(tree), _alternates(tree, base)
    found = bare_extraction(tree, with_metadata=True, include_comments=False, prune_xpath=FURNITURE)
    if not isinstance(found, Document) or not found.text or not PROSE.search(found.text):
        raise Unreadable("no article in this page")
    url = urljoin(base or "", found.url or "")
    return Article(
        text=found.text,
        title=found.title or None,
        issued=issued,
        publisher=found.sitename or None,
        url=url if url.startswith(("http://", "https://")) else None,
        alternates=alternates,
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


def _alternates(tree: HtmlElement, base: str | None) -> tuple[Tagged, ...]:
    """The other language versions a page declares, as (URL, language)."""
    links = tree.xpath("//link[@hreflang and @href]")
    found = ((urljoin(base or "", str(link.get("href"))), str(link.get("hreflang"))) for link in links)
    return tuple((url, lang) for url, lang in found if url.startswith(("http://", "https://")) and lang != "x-default")

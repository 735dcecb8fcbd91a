"""What lists releases, to the links it holds: RSS and Atom feeds, sitemaps and their indexes, plain lists of URLs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from elshi.ingest.days import iso_day
from elshi.ingest.decode import Unreadable, decode
from elshi.ingest.model import Link, Tagged
from elshi.ingest.urls import absolute, is_url, normal_url

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["links_of"]

#: The element that an XML document begins with, its prolog and comments left out.
_ROOT: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:\w+:)?([\w-]+)", re.DOTALL
)
_FEEDS: Final = {b"rss", b"feed", b"RDF"}
_SITEMAPS: Final = {b"urlset", b"sitemapindex"}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def links_of(body: bytes, base: str | None = None) -> tuple[Link, ...] | None:
    """Return the links of a feed, a sitemap or a list of URLs, each once; None for anything else.

    Raises Unreadable for one that is broken or empty. A link without an address of the web is left out.

    >>> links_of(b"# releases\\nhttps://example.org/1\\n")[0].url
    'https://example.org/1'
    >>> links_of(b"<html><body>https://example.org/1</body></html>") is None
    True
    """
    match = _ROOT.match(body[:20_000])
    root = match[1] if match else b""
    if root in _FEEDS:
        links = _feed(body, base)
    elif root in _SITEMAPS:
        links = _sitemap(body, base)
    elif root:
        return None
    else:
        return _plain(body)
    return tuple({link.url: link for link in links}.values())


def _plain(body: bytes) -> tuple[Link, ...] | None:
    """A text whose every line is a URL; empty lines and those that begin with # do not count."""
    if not re.match(rb"(?:\xef\xbb\xbf)?(?:\s|#[^\n]*\n)*https?://", body, re.IGNORECASE):
        return None
    try:
        lines = [line.strip() for line in decode(body).splitlines()]
    except Unreadable:
        return None
    named = [line for line in lines if line and not line.startswith("#")]
    return tuple(Link(url) for url in dict.fromkeys(map(normal_url, named))) if all(map(is_url, named)) else None


def _feed(body: bytes, base: str | None) -> list[Link]:
    import feedparser

    # as a stream: bytes that look like a path or a URL would be opened
    headers = {"content-location": base or "", "content-type": "application/xml"}
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if parsed.bozo and not parsed.entries:
        raise Unreadable(f"a broken feed: {' '.join(str(parsed.get('bozo_exception', '')).split())[:120]}")
    links = [_entry(entry, base) for entry in parsed.entries]
    if not parsed.entries:
        raise Unreadable("a feed without entries")
    return [link for link in links if link]


def _entry(parsed: Any, base: str | None) -> Link | None:
    entry = dict(parsed)  # as it was parsed: asked itself, it makes up what it lacks
    links = [link for link in entry.get("links", ()) if link.get("rel") == "alternate"]
    own = next((link.get("href") for link in links if not link.get("hreflang")), None)
    url = absolute(own or entry.get("link") or "", base)
    if url is None:
        return None
    said = [entry.get(name, "") for name in ("published", "updated", "title", "summary")]
    said += [content.get("value", "") for content in entry.get("content", ())]
    versions = ((str(link.get("href", "")), str(link.get("hreflang", ""))) for link in links)
    return Link(url, True, _day(said[0]) or _day(said[1]), _day(said[1]), _stamp(said), _alternates(versions, base))


def _sitemap(body: bytes, base: str | None) -> list[Link]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as why:
        raise Unreadable(f"a broken sitemap: {' '.join(str(why).split())[:120]}") from None
    page = etree.QName(root).localname == "urlset"
    links = [link for place in root.iterchildren("{*}url", "{*}sitemap") if (link := _place(place, base, page=page))]
    if not links:
        raise Unreadable("a sitemap without addresses")
    return links


def _place(place: _Element, base: str | None, *, page: bool) -> Link | None:
    url = absolute(place.findtext("{*}loc") or "", base)
    if url is None:
        return None
    changed, published = (place.findtext(f".//{{*}}{name}") or "" for name in ("lastmod", "publication_date"))
    versions = ((str(link.get("href", "")), str(link.get("hreflang", ""))) for link in place.iterchildren("{*}link"))
    stamp = _stamp([changed, published]) if changed or published else ""
    return Link(url, page, _day(published), _day(changed), stamp, _alternates(versions, base))


def _alternates(versions: Iterable[Tagged], base: str | None) -> tuple[Tagged, ...]:
    placed = ((absolute(href, base), lang) for href, lang in versions if _LANGUAGE.fullmatch(lang))
    return tuple((url, lang) for url, lang in placed if url)


def _day(stated: str) -> str | None:
    """The calendar day of a date as feeds write it, in the zone they write it in."""
    try:
        return iso_day(stated)
    except Unreadable:
        pass
    try:
        return parsedate_to_datetime(stated).date().isoformat()
    except ValueError:
        return None


def _stamp(said: Iterable[str]) -> str:
    """A short digest of what a list says of a link."""
    return blake2b("\x1f".join(said).encode("utf-8", "replace"), digest_size=12).hexdigest()

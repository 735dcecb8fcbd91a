"""A page to the release it carries: the text exactly as decoded, with its header, source and language told apart."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from elshi.ingest.article import Article, charsets, from_html, from_markdown
from elshi.ingest.credit import credited
from elshi.ingest.decode import Unreadable, decode
from elshi.ingest.language import language
from elshi.ingest.layout import heading
from elshi.ingest.model import Page, Release
from elshi.ingest.sites import SITES, Site, Sites
from elshi.ingest.urls import normal_url

__all__ = ["LONGEST_TEXT", "Unreadable", "normalised", "read", "release_key"]

#: The line a ministry's feed puts first: its date and the title.
HEADER = re.compile(r"\s*date[ \t]+(\d{4})-(\d{2})-(\d{2})(?:[ \t]+([^\r\n]*))?(?:\r?\n|\Z)")
FIRST_LINE = re.compile(r"\s*([^\r\n]+)")
SENTENCE_END = (".", "!", "?", "…", ";", ":")
LONGEST_TITLE = 200
#: Letters of a text that are read as one release. A long speech has 50,000; reading takes the square of what is beyond, and the recogniser has an end.
LONGEST_TEXT = 300_000
#: An identifier that can stand in an IRI as it is.
PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def read(page: Page, sites: Sites = SITES) -> Release:
    """Return the release a page carries; raises Unreadable, naming the page and the cause, when it carries none.

    The text is what the bytes say: only the encoding and a byte order mark are taken off, so that offsets hold against the source,
    and other releases that a known site puts after this one.
    A header line stays in it, and `body_start` says where the body begins.
    """
    try:
        return _read(page, sites)
    except Unreadable as why:
        raise Unreadable(why.cause, page.name) from None


def normalised(text: str) -> str:
    """Return the text of which a release's key is made: Unicode NFC, each run of white space one blank, none at the ends.

    >>> normalised(" Елші \\r\\n келді.\\n")
    'Елші келді.'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def release_key(text: str, *, source_id: str | None = None, url: str | None = None) -> str:
    """Return the key of a release's IRI: its source's identifier, else its URL, else the SHA-256 of its normalised text.

    >>> release_key("…", url="https://example.org/press/news/4711?lang=kk")
    '4711-5578de8dd8'
    """
    if source_id:
        return source_id if PLAIN_KEY.fullmatch(source_id) else _slug(source_id)
    if url:
        return _slug(url, urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def _read(page: Page, sites: Sites) -> Release:
    site = sites.of(page.url)
    article = _article(page, site)
    text = article.text
    header_date, header_title, body_start = _header(text)
    headed = heading(text, text.index(header_title) if header_title else body_start, sites)
    if headed:
        text, header_title, body_start = text[: headed.end], None, headed.after
    title, title_end = (header_title, body_start) if header_title else _title(text, body_start, page.title or article.title)
    body = text[title_end:]
    if not body.strip():
        raise Unreadable("a title without a text")
    if len(text) > LONGEST_TEXT:
        raise Unreadable(
            f"{len(text):,} letters, and a release has {LONGEST_TEXT:,} at most: are these several? Give each a file or a JSON line"
        )
    lang = language(body, page.lang or article.lang)
    url = normal_url(page.url or article.url or "") or None
    return Release(
        key=release_key(text, source_id=page.source_id, url=url),
        lang=lang,
        title=title,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_name=page.name,
        body_start=title_end,
        header_date=header_date or page.header_date,
        issued=page.issued or article.issued or (headed.issued if headed else None),
        publisher=page.publisher or article.publisher or site.publisher,
        credited=credited(body, lang),
        url=url,
        alternates=tuple(dict.fromkeys((*page.alternates, *article.alternates, *(site.alternates(url) if url else ())))),
    )


def _article(page: Page, site: Site) -> Article:
    """The page's text and what the page itself states, by its media type."""
    kind = page.media_type.split(";")[0].strip()
    text = decode(page.body, *charsets(page.media_type, page.body if kind == "text/html" else b""))
    if kind == "text/html":
        return from_html(text, base=normal_url(page.url) if page.url else None, site=site)
    return from_markdown(text) if kind == "text/markdown" else Article(text)


def _header(text: str) -> tuple[str | None, str | None, int]:
    """The date and title of a header line and the offset after it; nothing and 0 where there is none."""
    match = HEADER.match(text)
    if not match:
        return None, None, 0
    year, month, day, title = match.groups()
    try:
        stated = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Unreadable(f"the header line's date {year}-{month}-{day} does not exist") from None
    return stated, (title or "").strip() or None, _after_blanks(text, match.end())


def _title(text: str, start: int, stated: str | None) -> tuple[str, int]:
    """The title and where the body begins: after a first line that is the title, else where it began."""
    first = FIRST_LINE.match(text, start)
    line = first[1].strip() if first else ""
    heads = line == (stated or "").strip() if stated else len(line) <= LONGEST_TITLE and not line.endswith(SENTENCE_END)
    after = _after_blanks(text, first.end()) if first else start
    body_start = after if heads and text[after:].strip() else start
    return stated or (line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"), body_start


def _after_blanks(text: str, offset: int) -> int:
    """The offset of the next character that is no white space."""
    return len(text) - len(text[offset:].lstrip())


def _slug(whole: str, readable: str | None = None) -> str:
    """A name that can stand in an IRI and stands for this one string only."""
    ascii_part = unicodedata.normalize("NFKD", readable or whole).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", ascii_part).strip("-")[:60].strip("-")
    return "-".join(part for part in (short, hashlib.sha256(whole.encode()).hexdigest()[:10]) if part)

"""Web addresses, spelled one way: the same page is the same URL wherever it was named."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

__all__ = ["absolute", "is_url", "normal_url"]

#: Parameters that say where a reader came from and nothing of what is read.
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|yclid|ysclid|_openstat|mc_[ce]id")
_PORTS: Final = {"http": 80, "https": 443}
_KEPT: Final = "/:@!$&'()*+,;=~%-._?#[]"  # what stands in a path or a query as it is
_URL: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether a text is the address of a page on the web.

    >>> is_url("https://example.org/1"), is_url("file:///etc/passwd"), is_url("https://")
    (True, False, False)
    """
    return _URL.match(text) is not None and not any(c.isspace() for c in text.strip())


def normal_url(url: str) -> str:
    """Return a URL in one spelling: scheme and host in lower case, no fragment, no default port, no parameters that only track.

    >>> normal_url("HTTPS://Www.Gov.KZ:443/mfa/news?lang=kk&utm_source=rss#top")
    'https://www.gov.kz/mfa/news?lang=kk'
    >>> normal_url("http://елші.қаз/жаңалық")
    'http://xn--e1am3b2c.xn--80ao21a/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B'
    """
    if not is_url(url):
        return url
    try:
        parts = urlsplit(url.strip())
        place = _place(parts.scheme, parts.hostname or "", parts.port)
    except ValueError:  # a port or an IPv6 address that is none
        return url
    who = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return urlunsplit((parts.scheme, who + place, quote(parts.path or "/", _KEPT), quote(_untracked(parts.query), _KEPT), ""))


def absolute(link: str, base: str | None) -> str | None:
    """Return the address that a link on a page leads to; None where that is no page on the web.

    >>> absolute("../ru/1", "https://example.org/kk/1"), absolute("javascript:void(0)", "https://example.org/")
    ('https://example.org/ru/1', None)
    """
    try:
        url = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return normal_url(url) if is_url(url) else None


def _place(scheme: str, host: str, port: int | None) -> str:
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        pass
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, _PORTS[scheme.lower()]) else f"{host}:{port}"


def _untracked(query: str) -> str:
    """A query without what only tracks; one that has nothing of it stays as it was written."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(_TRACKING.fullmatch(name) for name, _ in pairs):
        return query
    return urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])

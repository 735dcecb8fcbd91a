"""What a site's robots.txt allows, read as RFC 9309 says: missing, it allows everything; broken, nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from elshi.ingest.web.errors import Passing, Unreachable

__all__ = ["Robots"]

#: The first bytes of a robots.txt that count.
_READ = 500_000


class Robots:
    """Knows the robots.txt of every site asked so far."""

    def __init__(self, agent: str, fetch: Callable[[str], bytes]) -> None:
        """Ask under an agent's name; `fetch` gives the bytes of a URL or raises Unreachable."""
        self._agent, self._fetch = agent, fetch
        self._known: dict[str, Protego | Unreachable] = {}

    def check(self, url: str) -> float | None:
        """Return the pause the site wants between requests; raises Unreachable where it does not want this page fetched."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = self._asked(site)
        rules = self._known[site]
        if isinstance(rules, Unreachable):
            raise rules
        if not rules.can_fetch(url, self._agent):
            raise Unreachable(
                f"the robots.txt of {parts.hostname} keeps this page to itself: pass --no-robots where you have leave to read it"
            )
        delay = rules.crawl_delay(self._agent)
        return None if delay is None else float(delay)

    def _asked(self, site: str) -> Protego | Unreachable:
        try:
            return Protego.parse(self._fetch(f"{site}/robots.txt")[:_READ].decode("utf-8", "replace"))
        except Passing as why:
            return Unreachable(f"its robots.txt cannot be read ({why}), so nothing may be fetched", found=why.found)
        except Unreachable:
            return Protego.parse("")

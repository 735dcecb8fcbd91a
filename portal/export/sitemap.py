"""Sitemaps: every page of a site for search engines, however many there are, in files of a size that they accept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Final, Self
from xml.sax.saxutils import escape, quoteattr

from elshi.portal.export.addresses import Addresses
from elshi.portal.export.folder import Folder

__all__ = ["Sitemap"]

_PAGES: Final = 20_000  # a file may have 50 000 addresses and 50 MB; each page is there in every language
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Sitemap:
    """Collects the pages of a site, in a `with` statement, and writes `sitemap.xml` and the files it names."""

    def __init__(self, addresses: Addresses, base_url: str) -> None:
        """Begin with no pages."""
        self._addresses, self._base_url = addresses, base_url
        self._stems = tempfile.TemporaryFile("w+", encoding="utf-8")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget the pages."""
        self._stems.close()

    def note(self, stem: str) -> None:
        """Note a page."""
        self._stems.write(f"{stem}\n")

    def write(self, folder: Folder, languages: Sequence[str]) -> None:
        """Write the sitemaps."""
        self._stems.seek(0)
        stems = (line.rstrip("\n") for line in self._stems)
        names: list[str] = []
        while part := list(islice(stems, _PAGES)):
            names.append(f"sitemap-{len(names) + 1}.xml")

            def fill(out: BinaryIO, part: list[str] = part) -> None:
                out.writelines(line.encode() for line in self._pages(part, languages))

            folder.stream(names[-1], fill)
        entries = "".join(f"<sitemap><loc>{escape(self._base_url + name)}</loc></sitemap>\n" for name in names)
        folder.write("sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n')

    def _pages(self, stems: list[str], languages: Sequence[str]) -> Iterator[str]:
        yield f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        for stem in stems:
            urls = [(lang, self._base_url + self._addresses.file(stem, lang)) for lang in languages]
            others = "".join(f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(url)}/>' for lang, url in urls)
            yield from (f"<url><loc>{escape(url)}</loc>{others}</url>\n" for _, url in urls)
        yield "</urlset>\n"

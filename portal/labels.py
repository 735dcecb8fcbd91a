"""The words of the pages, in Kazakh, Russian and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from elshi import resource

__all__ = ["LANGUAGES", "words"]

#: The languages of the pages, and what each calls itself.
LANGUAGES: Final[Mapping[str, str]] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@cache
def words(lang: str) -> Mapping[str, str]:
    """Return the words of the pages in a language, by key."""
    lines = resource("portal/web/labels.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines)
    place = header.index(lang)
    return {row[0]: row[place] for row in rows}

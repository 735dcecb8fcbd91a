"""How a name of the book stands in a text: whether words are a form of it, and what it is in the nominative."""

from __future__ import annotations

import re
from typing import Final

from elshi.ingest.annotate.dictionaries import may_be_russian_form
from elshi.ingest.annotate.document import Document
from elshi.ingest.authorities import Record
from elshi.ingest.keys import key, plain
from elshi.ingest.verdict import PLACE_KINDS

__all__ = ["nominative_of", "so_written"]

_OWN: Final = frozenset({"kk", "ru", "en"})
#: Capitals that make a word an acronym, and the most letters one has.
_CAPITALS: Final = 2
_ACRONYM: Final = 4
#: An adjective made of a town's name: `Витебского облисполкома`.
_ADJECTIVE: Final = re.compile(r"[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")


def _keyed(record: Record, lang: str, written: str) -> list[str]:
    """The record's names that are found by the key of what is written, those of the language first."""
    names = sorted((*record.names, *record.aliases, *record.acronyms), key=lambda n: n[1] != lang)
    return [name for name, tag in names if key(name, lang if tag in _OWN else tag) == written]


def so_written(document: Document, start: int, end: int, record: Record, written: str) -> bool:
    """May the words be a form of the record's name: `Сара` is none of САР, nor `Альбертом` of Альберта?"""
    word = document.doc[start].text
    names = _keyed(record, document.lang, written) if end == start + 1 else []
    if not names:
        own = [n for n, tag in (*record.names, *record.aliases) if tag == "ru"]
        adjective = document.lang == "ru" and record.kind == "City" and end == start + 1 and _ADJECTIVE.search(word)
        return not adjective or any(may_be_russian_form(word, n) for n in own)
    if sum(c.isupper() for c in word) < _CAPITALS:
        names = [n for n in names if not n.isupper() or len(n) > _ACRONYM]
    return any(document.lang != "ru" or record.kind not in PLACE_KINDS or may_be_russian_form(word, n) for n in names)


def nominative_of(document: Document, start: int, end: int, record: Record, written: str) -> str:
    """The name in the nominative: as the text writes it, or as the book does where the text has it in capitals or in a form that misleads."""
    name, known = document.nominative(start, end), _keyed(record, document.lang, written)
    if name in known or not name.isupper() and " " in name and record.kind not in PLACE_KINDS:
        return name
    if plain(name) not in {plain(n) for n in known}:
        own = record.name(document.lang) if record.kind in PLACE_KINDS and document.lang == "ru" and " " not in name else None
        return known[0] if known else own if own and may_be_russian_form(document.text[start:end], own) else name
    return next((n for n in known if plain(n) == plain(name)), name) if name.isupper() else name

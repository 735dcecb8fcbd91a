"""The saved queries as the pages tell them: what each asks, in the language of the page where that was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from elshi import resource
from elshi.queries.catalogue import Saved, catalogue

__all__ = ["Question", "hints", "question", "questions"]

_WRITTEN: Final = "en"  # the language of the files themselves


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query in the words of a language."""

    name: str
    title: str
    about: str
    lang: str
    text: str
    takes: tuple[str, ...]  # the names of its parameters


def questions(lang: str) -> list[Question]:
    """Return all saved queries in a language."""
    return [question(query, lang) for query in catalogue().values()]


def question(query: Saved, lang: str) -> Question:
    """Return a saved query in a language; in English where nobody has put it into that one."""
    title, about = _told().get(query.name, {}).get(lang, ("", ""))
    takes = tuple(parameter.name for parameter in query.parameters)
    if not title:
        return Question(query.name, query.title, query.about, _WRITTEN, query.text, takes)
    return Question(query.name, title, about, lang, query.text, takes)


@cache
def hints(lang: str) -> Mapping[str, str]:
    """Return what parameters are for, in a language, by what the files say in English."""
    header, *rows = (line.split("\t") for line in resource("portal/web/hints.tsv").read_text(encoding="utf-8").splitlines())
    place = header.index(lang)
    return {row[0]: row[place] for row in rows}


@cache
def _told() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    _, *rows = (line.split("\t") for line in resource("portal/web/questions.tsv").read_text(encoding="utf-8").splitlines())
    return {name: {"kk": (kk, kk_about), "ru": (ru, ru_about)} for name, kk, ru, kk_about, ru_about in rows}

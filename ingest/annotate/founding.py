"""The year in which a body was founded, when words beside the year say so of that body and of nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from elshi.ingest.annotate.document import Sentence, Span
from elshi.ingest.annotate.groups import groups
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table

if TYPE_CHECKING:
    from elshi.ingest.annotate.scene import Scene

__all__ = ["founding_words"]

#: Verbs that found a body only in the passive, and what stands behind them there: `established in 1991`, not `established relations`.
_ACTS: Final = frozenset({"founded", "established"})
_BEHIND: Final = frozenset("in on by as back at under during with through over , . ; ( on since and".split())
#: Letters between a year and the words that make it a founding, and before those words where their subject stands.
_NEAR: Final = 40
_SUBJECT: Final = 90
#: Kazakh words for a time, and for a body or what it was founded with.
_TIMES: Final = frozenset({"жыл", "ай", "күн", "ғасыр"})
_ITSELF: Final = frozenset("орын орда мекеме ұйым ұжым негіз тарих іргетас шаңырақ тамыр ірге алғаш бастау".split())
#: What runs since a year and is no body.
_COURSES: Final = re.compile(r"\b(?:программ|проект|курс|рейс|маршрут|режим|обмен)\w*(?: \w+)*? (?:действует|работает|существует)?$")


@lru_cache(maxsize=4)
def _founding(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "founding"))


@lru_cache(maxsize=4)
def _documents(lang: str) -> PatternTable:
    return PatternTable(read_table(lang, "documents"))


def founding_words(scene: Scene, sentence: Sentence, year: Span) -> list[Hit]:
    """The words beside a year by which a body of the sentence was founded in it; none where they speak of a document or of several things."""
    if len(year.name) < len("2000") or year.get("form") == "years" or any(group.between for group in groups(scene, sentence)):
        return []
    document = scene.document
    hits = _founding(document.lang).every(document.folded, sentence.start, sentence.end)
    dates = [s for s in scene.within(sentence.start, sentence.end) if s.kind == "Date" and s.get("form") != "years"]
    return [
        h
        for h in hits
        if _beside(document.text, h, year) and year == min(dates, key=lambda d: _gap(h, d)) and not _of_another(scene, sentence, h)
    ]


def _gap(hit: Hit, year: Span) -> int:
    return max(hit.start - year.end, year.start - hit.end, 0)


def _beside(text: str, hit: Hit, year: Span) -> bool:
    return _gap(hit, year) < _NEAR and not re.search(r"[.;]", text[min(hit.end, year.end) : max(hit.start, year.start)])


def _of_another(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Is it a document that is in force since, or are it several things, `созданы трёхмерные копии`, that were made?"""
    document = scene.document
    if document.lang == "kk":
        return _of_another_subject(scene, sentence, hit)
    start = max(sentence.start, hit.start - _SUBJECT)
    if any(not _in_name(scene, h) for h in _documents(document.lang).every(document.folded, start, hit.start)):
        return True
    if document.lang == "ru" and _COURSES.search(document.folded, start, hit.start):
        return True
    token = document.tokens(hit.start, hit.end)[0]
    if document.lang == "en":
        after = document.tokens(hit.start, hit.end)[-1].i + 1
        acts = document.folded[hit.start : hit.end] in _ACTS and after < len(document.doc) and document.doc[after].lower_ not in _BEHIND
        acts = acts and not document.doc[after].text[:1].isdigit()
        return acts or token.i > 0 and document.doc[token.i - 1].lower_ in {"were", "are"}
    return token.morph.get("Number", []) == ["Plur"] and token.morph.get("VerbForm", []) == ["Part"] and not token.morph.get("Case", [])


def _of_another_subject(scene: Scene, sentence: Sentence, hit: Hit) -> bool:
    """Is the subject before Kazakh words of founding a noun for no body: `алғашқы кафедра 1919 жылы құрылған екен`, `келісімі … жұмыс істейді`?"""
    document = scene.document
    last = document.tokens(hit.start, hit.end)[-1]
    if last.morph.get("VerbForm", []) == ["Part"] and last.i + 1 < len(document.doc) and last.nbor().pos_ in {"NOUN", "PROPN"}:
        return False  # `1911 жылы құрылған университетте`
    for token in reversed(document.doc[document.tokens(sentence.start, hit.start + 1).start : document.tokens(hit.start, hit.end).start]):
        if token.is_punct or any(
            s.start <= token.idx < s.end and s.kind != "Date" for s in scene.within(max(0, token.idx - _SUBJECT), token.idx + 1)
        ):
            return False
        if token.pos_ == "NOUN" and token.morph.get("Case", []) == ["Nom"] and token.lemma_ not in _TIMES:
            return kind_of_name(token.text, "kk") is None and token.lemma_ not in _ITSELF
    return False


def _in_name(scene: Scene, hit: Hit) -> bool:
    return any(s.start <= hit.start < s.end for s in scene.within(max(0, hit.start - 2 * _SUBJECT), hit.start + 1))

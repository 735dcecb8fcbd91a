"""English bodies that no noun heads: what an office is of, `TalTech's rector`, `CEO of Voltara`, and where one has its seat, `Oslo-based Vestas`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import closing_words, is_capitalised, stops
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.dictionaries import is_english_word
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.authorities import Book
from elshi.ingest.languages.given import is_given

__all__ = ["longer_companies", "owned_names"]

_BY: Final = "organisations/1"
#: What a body is that has such an officer; any other office tells no more than that there is one.
_KINDS: Final = {
    "chief-executive": "Company", "general-director": "Company", "rector": "University", "vice-rector": "University", "dean": "University",
    "deputy-president": "Company",
}  # fmt: skip
#: Offices of what is never a subject or a region: `Head of Turkology`, `president of Catalonia` are left alone.
_OF_BODIES: Final = frozenset(
    {"chief-executive", "general-director", "director", "director-general", "deputy-director", "chairperson", "deputy-chairperson", "head"}
    | {"secretary-general", "rector", "vice-rector", "board-member", "deputy-president"}
)
_AT_BODIES: Final = _OF_BODIES | {"professor", "researcher", "student", "expert", "head-of-department", "dean"}
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_SUBJECT: Final = re.compile(r"(?:log|nom|graph|soph)(?:y|ies)$|(?:ics|studies)$")
#: Words of such a name, and adjectives between it and the office.
_WORDS: Final = 4
_BETWEEN: Final = 2


def longer_companies(document: Document, known: list[Span], taken: frozenset[int]) -> Iterator[Span]:
    """Companies whose names only begin with a known one: `Lufthansa | Technik`, `Wabtec | Kazakhstan`."""
    countries = {s.start: s.end for s in known if s.kind == "Country"}
    for span in known if document.lang == "en" else ():
        if span.kind != "Company" or " " in span.name or document.text[span.end : span.end + 1] != " ":
            continue
        after = document.tokens(span.end + 1, span.end + 2)[0]
        plain = (
            _is_part(after) and after.is_alpha and not after.is_upper and not is_english_word(after.text) and not is_given(after.text, "en")
        )
        alone = after.i + 1 >= len(document.doc) or not is_capitalised(document.doc[after.i + 1])
        if after.i not in taken and alone and (plain or after.idx in countries):
            end = countries.get(after.idx, after.idx + len(after.text))
            yield Span(span.start, end, span.kind, document.nominative(span.start, end), score=0.7, by=_BY)


def owned_names(document: Document, claims: Claims, offices: Iterable[Span], known: Iterable[Span], book: Book) -> Iterator[Span]:
    """The bodies that offices are of and no other rule finds, and every later mention of them."""
    if document.lang != "en":
        return
    places = frozenset(t.i for s in known for t in document.tokens(s.start, s.end))
    barred = claims.taken | places | {t.i for t in document.doc if is_capitalised(t) and book.adjective(t.text, "en")}
    found = [
        name for office in offices if not document.sentence_at(office.start).is_title for name in _beside(document, office, barred, places)
    ]
    found += _seated(document, barred)
    yield from found
    for name in {s.name: s for s in found}.values():
        for match in re.finditer(rf"(?<![\w-]){re.escape(name.name)}(?![\w-])", document.text[name.end :]):
            start, end = name.end + match.start(), name.end + match.end()
            if claims.is_free(start, end):
                yield Span(start, end, name.kind, name.name, score=0.7, by=_BY)


def _beside(document: Document, office: Span, barred: frozenset[int], places: frozenset[int]) -> Iterator[Span]:
    doc, kind = document.doc, _KINDS.get(office.name, "Organization")
    tokens = document.tokens(office.start, office.end)
    i = tokens[0].i - 1
    while i > 0 and tokens[0].i - i <= _BETWEEN and doc[i].text.islower() and doc[i].is_alpha:
        i -= 1
    owner = i if i > 0 and doc[i].text in _POSSESSIVE else i + 1 if i == tokens[0].i - 1 and office.name in _OF_BODIES else 0
    if owner and office.name in _AT_BODIES:
        start = owner
        while start > 0 and owner - start < _WORDS and start - 1 not in barred and _is_part(doc[start - 1]):
            start -= 1
        if owner == i or all(_is_own(t) for t in doc[start:owner]):
            yield from _name(document, start, owner, kind)
    i = tokens[-1].i + 1
    if i + 1 >= len(doc) or doc[i].lower_ not in {"of", "at"} or office.name not in (_OF_BODIES if doc[i].lower_ == "of" else _AT_BODIES):
        return
    start = i + 1 + (doc[i + 1].lower_ == "the")
    end = start
    while end < len(doc) and end - start < _WORDS and end not in barred and (_is_part(doc[end]) or _joins(doc[end], barred)):
        end += 1
    if end < len(doc) and doc[end].text not in _POSSESSIVE and not (doc[end].text in {"of", "&"} or end in places):
        yield from _name(document, start, end, kind)


def _is_part(token: Token) -> bool:
    return is_capitalised(token) and token.text.replace("-", "").isalnum() and fold(token.text) not in stops("en")


def _joins(token: Token, barred: frozenset[int]) -> bool:
    """Does a small word bind two parts of a name: `Procter & Gamble`?"""
    after = token.i + 1
    return token.text == "&" and after < len(token.doc) and after not in barred and _is_part(token.doc[after])


def _name(document: Document, start: int, end: int, kind: str) -> Iterator[Span]:
    """The name between two tokens, where it is one: a word of its own in it, no subject, no person, no noun that heads bodies."""
    words = document.doc[start:end]
    if not len(words) or not any(_is_own(t) for t in words) or is_given(words[0].text, "en"):
        return
    if any(_SUBJECT.search(t.lower_) or t.lower_ in closing_words("en") or kind_of_name(t.text, "en") for t in words):
        return
    first, last = words[0], words[-1]
    stop = last.idx + len(last.text)
    yield Span(first.idx, stop, kind, document.nominative(first.idx, stop), score=0.7, by=_BY)


def _is_own(token: Token) -> bool:
    """Is a word no dictionary's, or written as no word is: `Vestas`, `TalTech`, `KEGOC`?"""
    return not is_english_word(token.text) or sum(c.isupper() for c in token.text) > 1


def _seated(document: Document, barred: frozenset[int]) -> Iterator[Span]:
    """`the Kyiv-based UNIT City`: names behind a town in which they are based."""
    for token in document.doc[:-1]:
        if not token.text.endswith("-based") or not is_capitalised(token):
            continue
        start = end = token.i + 1
        while end < len(document.doc) and end - start < _WORDS and end not in barred and _is_part(document.doc[end]):
            end += 1
        yield from _name(document, start, end, "Organization")

"""Acronyms: the brackets that give one to a name, the names that only brackets show, and what is later called by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import is_capitalised
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.authorities import Book

__all__ = ["bracketed_acronyms", "bracketed_names", "named_again", "unbracketed_acronyms"]

_BY = "organisations/1"
_BRACKET: Final = re.compile(r"[ \u00a0]\(([^()\n]{2,80})\)")
_ACRONYM: Final = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w&-]*(?: [A-Z][\w&-]*){0,4}")
_PLACES: Final = frozenset({"Country", "City", "Region"})
#: An acronym in running text, and words whose initials no acronym has.
_SPOKEN: Final = re.compile(r"(?<![\w(«“\"-])(?:[A-Z]{3,7}|[А-ЯЁӘҒҚҢӨҰҮҺІ]{3,7})(?!\w)")
_SILENT: Final = frozenset({"имени"})
_NO_BODIES: Final = frozenset({"Person", "Office", "Date", "Country", "City", "Region"})
_ROMAN: Final = re.compile("[IVX]+")
#: Small words inside a name, where brackets behind it give its acronym.
_LINKS: Final = {
    "ru": frozenset("по и для при против за о об в".split()),
    "en": frozenset("of for and on the against in to &".split()),
}
#: How many capitals make letters in brackets an acronym, and how many words it may stand for.
_CAPITALS: Final = 2
_LONGEST: Final = 12


def bracketed_names(document: Document, claims: Claims) -> Iterator[Span]:
    """Names that only the acronym behind them shows: `Группа государств против коррупции (ГРЕКО)`."""
    for match in _BRACKET.finditer(document.text) if document.lang in _LINKS else ():
        if not _ACRONYM.fullmatch(match[1]) or sum(c.isupper() for c in match[1]) < _CAPITALS or _ROMAN.fullmatch(match[1]):
            continue
        last = document.tokens(match.start() - 1, match.start())[-1].i
        start = _opening(document, claims.taken, last, fold(match[1])[0])
        if start is not None:
            first, end = document.doc[start].idx, document.doc[last].idx + len(document.doc[last].text)
            kind = kind_of_name(document.text[first:end], document.lang)
            name = document.nominative(first, end)
            yield Span(first, end, "Organization" if kind in {None, "Company"} else str(kind), name, score=0.75, by=_BY)


def _opening(document: Document, taken: frozenset[int], last: int, letter: str) -> int | None:
    """The first word of a name that ends at a token and begins with a capital letter: the farthest that its words lead back to."""
    start, links = None, _LINKS[document.lang]
    for i in range(last, max(-1, last - _LONGEST), -1):
        token = document.doc[i]
        inside = is_capitalised(token) if document.lang == "en" else token.pos_ in {"NOUN", "ADJ", "PROPN"} or _is_participle(token)
        if i in taken or not token.text.replace("-", "").isalpha() or token.is_upper or not (inside or token.lower_ in links):
            break
        if is_capitalised(token) and fold(token.text)[0] == letter and i < last:
            start = i
        if token.is_sent_start:
            break
    return start


def _is_participle(token: Token) -> bool:
    return token.pos_ == "VERB" and token.morph.get("VerbForm", []) == ["Part"]


def bracketed_acronyms(document: Document, claims: Claims) -> dict[Span, tuple[Span, ...]]:
    """Acronyms in brackets after a name, each with the span that it abbreviates: `… университеті (ҚНУ)`."""
    found: dict[Span, tuple[Span, ...]] = {}
    for match in _BRACKET.finditer(document.text):
        owner = next(
            (s for s in reversed(claims.within(max(0, match.start() - 200), match.start())) if _ends_at(document, s, match.start())), None
        )
        if owner is None:
            continue
        parts, places = [], claims.within(match.start(1), match.end(1))
        for piece in re.finditer(r"[^,;/–—]+", match[1]):
            text = piece[0].strip()
            start = match.start(1) + piece.start() + piece[0].index(text) if text else 0
            if any(s.start <= start < s.end and s.kind in _PLACES for s in places) and not (owner.kind == "Country" and text.isupper()):
                continue  # `Валенсия (Венесуэла)` says where
            if text and _ACRONYM.fullmatch(text) and not _ROMAN.fullmatch(text) and not (owner.name.isupper() and " " in text):
                parts.append(Span(start, start + len(text), owner.kind, text, owner.record, 0.9, _BY))
        if parts:
            found[owner] = tuple(parts)
    return found


def named_again(document: Document, acronyms: Mapping[Span, tuple[Span, ...]]) -> Iterator[Span]:
    """The later mentions of bodies by the acronyms that brackets gave them: `… қауымдастығы (ҚБСҚ)`, then `ҚБСҚ-ның`."""
    given = {short.start for shorts in acronyms.values() for short in shorts}
    for owner, shorts in acronyms.items():
        for short in shorts:
            if sum(c.isupper() for c in short.name) < 2:
                continue
            for match in re.finditer(rf"(?<![\w-]){re.escape(short.name)}(?!\w)", document.text[owner.end :]):
                start = owner.end + match.start()
                last = document.tokens(start, start + len(short.name))[-1]
                if start not in given and document.doc[last.i].idx <= start + len(short.name):
                    yield Span(start, last.idx + len(last.text), owner.kind, short.name, owner.record, 0.85, _BY)


def unbracketed_acronyms(document: Document, claims: Claims, book: Book, known: Iterable[str]) -> dict[Span, tuple[Span, ...]]:
    """What a body named before is called by though no bracket gave it: `Dublin City University`, then `DCU`.

    The letters are the initials of its name or what the book abbreviates it by, and fit no other body of the text.
    """
    known, found = set(known), dict[Span, list[Span]]()
    bodies = [s for s in claims if s.kind not in _NO_BODIES and " " in s.name]
    first = document.body[0].start if document.body else 0
    for match in _SPOKEN.finditer(document.text, first):
        start, end = match.span()
        over = next((s for s in claims if s.start < end and start < s.end), None)
        if match[0] in known or _ROMAN.fullmatch(match[0]) or document.text[start - 1 : start] == "(":
            continue
        if over is not None and (over.record or (over.start, document.text[over.start : over.start + len(match[0])]) != (start, match[0])):
            continue
        owners = [s for s in bodies if s.end < start and _is_short_for(match[0], s, document.lang, book)]
        if not owners or len({fold(s.name) for s in owners}) > 1 or over is not None and over.kind == "Person":
            continue
        last = document.tokens(start, end)[-1]
        short = Span(start, max(end, last.idx + len(last.text)), owners[0].kind, match[0], owners[0].record, 0.8, _BY)
        if over is None:
            claims.add(short)
        else:
            claims.replace(over, short)
        found.setdefault(owners[0], []).append(short)
    return {owner: tuple(shorts) for owner, shorts in found.items()}


def _is_short_for(letters: str, body: Span, lang: str, book: Book) -> bool:
    named = (book.record(body.record),) if body.record else book.named(body.name, lang)
    record = next((r for r in named if r is not None and r.kind not in _NO_BODIES), None)
    if record is not None and any(acronym == letters for acronym, _ in record.acronyms):
        return True
    words = [w for w in re.findall(r"[^\W\d_]+", body.name) if lang == "kk" or w.lower() not in _LINKS[lang] | _SILENT]
    return len(words) > 2 and "".join(w[0] for w in words).upper() == letters


def _ends_at(document: Document, span: Span, offset: int) -> bool:
    between = document.text[span.end : offset]
    return not between.strip(' »"”') and len(between) < 4

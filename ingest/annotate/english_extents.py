"""How far an organisation's name reaches around its head noun in English."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc

from elshi.ingest.annotate.capitals import LIMIT, Extent, closing_words, is_capitalised, stops
from elshi.ingest.annotate.dictionaries import is_english_word
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.languages.given import is_given

__all__ = ["english"]

#: Small words of other languages inside a name: `Pic du Midi Observatory`.
_PARTICLES: Final = frozenset({"de", "du", "di", "da", "do", "dos", "del", "des", "von", "van", "la"})
#: Who belongs to a body, and what a prize is: no last words of its name.
_MEMBERS: Final = frozenset({"member", "members", "judge", "judges", "justice", "award", "awards", "prize", "prizes", "medal", "cup"})
#: Units that bodies consist of and that are none, and what such a body is called.
_INNER: Final = frozenset({"department", "bureau", "directorate", "division", "section", "committee", "office", "subcommittee", "desk"})
_OUTER: Final = frozenset(
    "ministry parliament senate mazhilis seimas saeima riksdag bundestag sejm knesset congress assembly house council eduskunta sabor "
    "university agency bank office chamber".split()
)
#: Institutes of an academy or a university, whose names end before it.
_PARTS: Final = frozenset({"institute", "centre", "center", "laboratory", "museum", "observatory", "library", "hospital", "college"})
_LINKS: Final = frozenset({"of", "for", "and", "on", "the", "de", "la", "del", "des", "du", "&", "against", "di", "da", "do"})
_HEADS: Final = frozenset({"university", "institute", "ministry", "academy", "embassy", "college"})
_UNITS: Final = frozenset({"school", "faculty", "department"})
#: Heads that `for` does not lead on from unless it stands right behind a longer name: `the Union | for Foreign Affairs`.
_CLOSED: Final = frozenset({"union", "university", "bank", "parliament", "senate", "assembly"})
#: Words of what a unit deals with.
_DOMAIN: Final = 9
_INITIALS: Final = r"[A-Z]\.(?:[A-Z]\.?)?"


def english(doc: Doc, head: int, blocked: frozenset[int], *, alone: bool = False, inner: bool = False) -> Extent:
    """Capitalised words around a capitalised head, joined by `of`, `for`, `and`: `Ministry of Water Resources and Irrigation`."""
    if not is_capitalised(doc[head]):
        return None
    start, end = head, head + 1
    while start > 0 and start - 1 not in blocked and _left(doc, start - 1):
        start -= 1
    while start < head and (not is_capitalised(doc[start]) or fold(doc[start].text) in stops("en")):
        start += 1
    if fold(doc[head].text) in _INNER and _is_of_body(doc, head, _OUTER):
        return None
    end = _right(doc, head, blocked)
    return (start, end) if end - start > 1 else None


def _left(doc: Doc, i: int) -> bool:
    token = doc[i]
    if is_capitalised(token):
        return fold(token.text) not in stops("en")
    if token.text in {"–", "—"}:
        return i > 0 and is_capitalised(doc[i - 1]) and is_capitalised(doc[i + 1]) and fold(doc[i - 1].text) not in stops("en")
    if token.text in {"&", "-"} or re.fullmatch(r"[A-Z]\.", token.text):
        return True
    if token.text in _PARTICLES:
        return 0 < i < len(doc) - 1 and is_capitalised(doc[i - 1]) and is_capitalised(doc[i + 1]) and not is_english_word(doc[i + 1].text)
    joined = i > 0 and is_capitalised(doc[i - 1]) and is_capitalised(doc[i + 1]) and not _ends_part(doc, i)
    return joined and (token.text == "of" or token.text == "and" and fold(doc[i - 1].text) not in _HEADS and not doc[i - 1].text.isupper())


def _right(doc: Doc, head: int, blocked: frozenset[int]) -> int:
    end, i = head + 1, head + 1
    while i < len(doc) and i - head < LIMIT and i not in blocked:
        token = doc[i]
        if is_capitalised(token) and token.text not in {"Mr", "Ms", "Dr", "Mrs", "Mr.", "Dr.", "Prof", "Prof."}:
            if i == head + 1 and _closed_by_head(doc, head) or fold(token.text) in _MEMBERS:
                break
            end = i + 1
            if _person_follows(doc, i + 1):
                break
        elif fold(token.text) in _LINKS and i + 1 < len(doc):
            if token.text == "and" and i == head + 1 and _is_opened(doc, head) and fold(doc[head].text) in _HEADS:
                break
            if token.text == "for" and fold(doc[i - 1].text) in _CLOSED and not (i > 1 and is_capitalised(doc[i - 2])):
                break
            if not (is_capitalised(doc[i + 1]) or fold(doc[i + 1].text) in {"the", "of"}) or _begins_another(doc, i):
                break
        elif token.text == "," and i + 1 < len(doc) and is_capitalised(doc[i + 1]) and _closes_list(doc, i + 1):
            pass
        else:
            break
        i += 1
    return _dedication(doc, end, blocked)


def _closed_by_head(doc: Doc, head: int) -> bool:
    """Do two words that no dictionary has begin another name behind a head that ends its own: `Coffee Organization | Ana Nogueira`?"""
    run = doc[head + 1 : head + 3]
    return (
        _is_opened(doc, head) and len(run) == 2 and all(is_capitalised(t) and not t.is_upper and not is_english_word(t.text) for t in run)
    )


def _is_opened(doc: Doc, head: int) -> bool:
    """Does a name begin before its head noun?"""
    return head > 0 and is_capitalised(doc[head - 1]) and fold(doc[head - 1].text) not in stops("en")


def _is_of_body(doc: Doc, i: int, heads: frozenset[str]) -> bool:
    """Does `of the` behind a unit and what it deals with lead to a body that it is of: `Committee on Finance | of the Senate of Chile`?"""
    j = i + 1
    while j < len(doc) and j - i < _DOMAIN and (is_capitalised(doc[j]) or doc[j].lower_ in {"of", "on", "for", "and", ","}):
        if doc[j].lower_ == "of" and j + 1 < len(doc) and doc[j + 1].lower_ == "the":
            return any(is_capitalised(t) and fold(t.text) in heads for t in doc[j + 2 : j + 6])
        j += 1
    return False


def _dedication(doc: Doc, end: int, blocked: frozenset[int]) -> int:
    """Where a name ends with the person it honours: `Zhetysu University | named after I. Zhansugurov`."""
    if [t.lower_ for t in doc[end : end + 2]] != ["named", "after"]:
        return end
    i = end + 2
    while (
        i < len(doc) and i not in blocked and (is_capitalised(doc[i]) or re.fullmatch(_INITIALS, doc[i].text)) and not doc[i].is_sent_start
    ):
        i += 1
    return i if i > end + 2 else end


def _person_follows(doc: Doc, i: int) -> bool:
    """Do two more capitalised words behind what a body deals with name somebody: `Ministry of Foreign Affairs | Rastislav Chovanec`?"""
    run = [t for t in doc[i : i + 2] if is_capitalised(t) and t.text.replace("-", "").isalpha() and not t.is_upper]
    if len(run) < 2 or run[0].is_sent_start:
        return False
    words = closing_words("en")
    return is_given(run[0].text, "en") or (doc[i - 1].lower_ in words and not any(t.lower_ in words or t.lower_ in _HEADS for t in run))


def _begins_another(doc: Doc, i: int) -> bool:
    """Does a link lead on to another name: `and the …`, `and KazNPU`, `on December 10`, `and Satbayev University`?"""
    after = doc[i + 1]
    if fold(doc[i].text) == "on":
        return fold(after.text) in stops("en")
    if _ends_part(doc, i):
        return True
    if fold(doc[i].text) == "of" and any(fold(doc[j].text) in _UNITS for j in range(max(0, i - 6), i)):
        return any(fold(doc[j].text) in _HEADS for j in range(i + 1, min(i + 5, len(doc))))
    if fold(doc[i].text) != "and":
        return False
    run = [doc[j] for j in range(i + 1, min(i + 4, len(doc)))]
    return after.text == "the" or sum(c.isupper() for c in after.text) > 1 or any(fold(t.text) in _HEADS for t in run)


def _ends_part(doc: Doc, i: int) -> bool:
    """Does `of` lead from an institute to the academy or university that it is of: `Institute of Law | of Kyoto University`?"""
    part = next((j for j in range(i - 1, max(-1, i - 7), -1) if fold(doc[j].text) in _PARTS), None) if doc[i].lower_ == "of" else None
    if part is None or i + 1 >= len(doc):
        return False
    if doc[i + 1].lower_ == "the":
        return _is_of_body(doc, i - 1, _HEADS)
    told = any(t.lower_ == "of" for t in doc[part:i]) and all(is_capitalised(t) for t in doc[i + 1 : i + 3])
    return told and any(is_capitalised(t) and fold(t.text) in _HEADS for t in doc[i + 1 : i + 5])


def _closes_list(doc: Doc, i: int) -> bool:
    """Is this a list inside a name, `Law, Political Science and Criminology`: capitals up to an `and`?"""
    for j in range(i, min(i + 6, len(doc))):
        if doc[j].text == "and":
            return j + 1 < len(doc) and is_capitalised(doc[j + 1])
        if not is_capitalised(doc[j]) and doc[j].text != ",":
            return False
    return False

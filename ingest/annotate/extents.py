"""How far an organisation's name reaches around its head noun: one walk per language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from spacy.tokens import Doc

from elshi.ingest.annotate.capitals import LIMIT, Extent, is_capitalised, stops
from elshi.ingest.annotate.english_extents import english
from elshi.ingest.annotate.kazakh_extents import kazakh
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.languages.given import is_given
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["EXTENTS"]

#: Units whose own names end where the body above them begins.
_RU_UNITS: Final = frozenset({"факультет", "школа", "кафедра"})
#: Seats of towns and regions, which Russian writes with a small letter: `акимат Павлодарской области`.
_RU_SEATS: Final = frozenset({"акимат", "муниципалитет"})
_RU_LINKS: Final = frozenset({"по", "и", "для", "при", "в", "на", "имени", "им", "им.", "против", "за", "к", "с", "о", "об"})
_RU_POSSESSIVES: Final = frozenset({"его", "ее", "их"})
_RU_PARTICLES: Final = frozenset("бин бен бинт бинти ибн ди да де дель дер фон ван аль ла ле".split())
_NUMERAL: Final = re.compile("[IVX]+")
#: Words of a name behind a head that does not change, and of one behind `имени`.
_APPOSED: Final = 3
_DEDICATION: Final = 4
_DOMAIN: Final = 7
_COMMITTEES: Final = frozenset({"комитет", "комиссия"})
_INITIALS: Final = r"[А-ЯЁA-Z]\.(?:[А-ЯЁA-Z]\.?)?"


def russian(doc: Doc, head: int, blocked: frozenset[int], *, alone: bool = False, inner: bool = False) -> Extent:
    """Adjectives before the head, the genitive chain after it: `Казахский университет имени Абая`."""
    start, end = head, head + 1
    while start > 0 and start - 1 not in blocked and (doc[start - 1].pos_ == "ADJ" or _is_local_adjective(doc, start - 1, head)):
        start -= 1
    if start > 1 and doc[start - 1].text == "и" and doc[start - 2].pos_ == "ADJ" and is_capitalised(doc[start - 2]):
        start -= 2
        while start > 0 and doc[start - 1].pos_ == "ADJ" and is_capitalised(doc[start - 1]):
            start -= 1
    i = end
    while i < len(doc) and i - head < LIMIT and i not in blocked:
        word = fold(doc[i].text)
        if (
            doc[head].lemma_ in _RU_UNITS
            and is_capitalised(doc[i])
            and re.match("[А-ЯЁ]", doc[i].text)
            and fold(doc[i - 1].text) not in {"имени", "им."}
        ):
            break
        if inner and re.fullmatch(r"[A-Z][\w&-]*", doc[i].text):
            if f"({doc[i].text})" in doc.text:
                break
            end = i + 1
        elif inner and word == "," and _lists_on(doc, i + 1):
            pass
        elif word == "в" and _tells_its_town(doc, i, blocked):
            end = i + 2
            break
        elif word in _RU_LINKS:
            if not _russian_tail(doc, i + 1, word):
                break
        elif i == head + 1 and (apposed := _apposed(doc, i, blocked)):
            end = i + apposed
            i = end - 1
        elif not _russian_genitive(doc, i) or _heads_committee(doc, head, i):
            break
        else:
            end = i + 1
        i += 1
    while start < head and (_is_loose(doc, start) or not (is_capitalised(doc[start]) or inner)):
        start += 1
    if doc[head].lemma_ in _RU_SEATS and start == head and end > head + 1 and is_capitalised(doc[head + 1]):
        return start, end
    if not is_capitalised(doc[start]) and (not inner or doc[head].morph.get("Number", []) == ["Plur"]):
        return None
    if doc[head].morph.get("Number", []) == ["Plur"] and doc[start].is_sent_start:
        return None
    if inner and not is_capitalised(doc[start]):
        return (start, end) if end > start + 1 else None
    named = any(is_capitalised(doc[j]) and not (j == start and doc[j].is_sent_start and j != head) for j in range(start, end))
    named = named or bool(doc[start].is_sent_start and is_capitalised(doc[start]) and end > start + 1)
    return (start, end) if named and (end > start + 1) else None


def _is_loose(doc: Doc, i: int) -> bool:
    """Does an adjective only speak of a name that begins behind it, `новый`, `Казахстанский` where it opens the sentence?"""
    return fold(doc[i].text) in stops("ru") and (not is_capitalised(doc[i]) or bool(doc[i].is_sent_start))


def _tells_its_town(doc: Doc, i: int, blocked: frozenset[int]) -> bool:
    """Does a town close a name that brackets abbreviate: `университета естественных наук | в Праге (CULS)`?"""
    return i + 2 < len(doc) and i + 1 not in blocked and is_capitalised(doc[i + 1]) and doc[i + 2].text == "("


def _is_local_adjective(doc: Doc, i: int, head: int) -> bool:
    """Does a capitalised word before a head that agrees with it only look like a surname: `Жетысуского университета`?"""
    agrees = set(doc[i].morph.get("Case", [])) & set(doc[head].morph.get("Case", []))
    return (
        is_capitalised(doc[i])
        and bool(agrees)
        and bool(re.search(r"[сц]кий$|[сц]кая$", fold(doc[i].lemma_)))
        and not doc[head].text.isupper()
    )


def _apposed(doc: Doc, i: int, blocked: frozenset[int]) -> int:
    """How many words behind a capitalised head are its own name, unchanged: `Университета Кертин`, `Университет Путра Малайзия (UPM)`."""
    if not is_capitalised(doc[i - 1]):
        return 0
    run = 0
    while i + run < len(doc) and i + run not in blocked and run < _APPOSED and _is_unchanged(doc, i + run):
        run += 1
    follows = i + run < len(doc) and i + run not in blocked and is_capitalised(doc[i + run])
    bracketed = i + run + 1 < len(doc) and doc[i + run].text == "(" and bool(re.match("[A-Z]{2}", doc[i + run + 1].text))
    return 0 if follows else run if run == 1 or bracketed else 0


def _is_unchanged(doc: Doc, i: int) -> bool:
    token = doc[i]
    plain = token.is_alpha and not token.text.isupper() and bool(re.match("[А-ЯЁ]", token.text))
    return plain and token.morph.get("Case", ["Nom"]) == ["Nom"] and token.pos_ in {"PROPN", "NOUN"}


def _lists_on(doc: Doc, i: int) -> bool:
    """Does a list of genitives go on: `права, политологии и криминологии`?"""
    return (
        i + 1 < len(doc)
        and "Gen" in doc[i].morph.get("Case", [])
        and not is_capitalised(doc[i])
        and any(doc[j].text == "и" for j in range(i + 1, min(i + 5, len(doc))))
    )


def _russian_tail(doc: Doc, i: int, link: str) -> bool:
    if i >= len(doc):
        return False
    if link in {"имени", "им", "им."}:
        return is_capitalised(doc[i])
    if link == "и":
        return not is_capitalised(doc[i]) and _russian_genitive(doc, i) and doc[i].pos_ in {"NOUN", "ADJ"}
    if link in {"в", "на", "к", "с", "о", "об", "за"}:
        return False
    return doc[i].pos_ in {"NOUN", "ADJ", "PROPN"} and doc[i].morph.get("Case", []) != ["Nom"]


def _russian_genitive(doc: Doc, i: int) -> bool:
    token = doc[i]
    if re.fullmatch(_INITIALS, token.text) or _continues_dedication(doc, i):
        return True
    if is_capitalised(token) and fold(doc[i - 1].text) == "республики" or _NUMERAL.fullmatch(token.text) and is_capitalised(doc[i - 1]):
        return True
    if is_capitalised(token) and i + 1 < len(doc) and _NUMERAL.fullmatch(doc[i + 1].text):  # `Университета Мухаммеда V`
        return True
    if token.is_punct or token.is_space or token.pos_ in {"VERB", "AUX", "ADP", "ADV", "PRON", "CCONJ", "SCONJ"}:
        return False
    if fold(token.text) in _RU_POSSESSIVES:
        return False
    if re.fullmatch(r"[A-Z][\w-]*", token.text):
        return False
    if fold(doc[i - 1].text) in {"имени", "им."} or re.fullmatch(_INITIALS, doc[i - 1].text):
        return True
    cases = token.morph.get("Case", [])
    return "Gen" in cases or _is_domain(doc, i) or (not cases and token.text.isupper())


def _heads_committee(doc: Doc, head: int, i: int) -> bool:
    """Is a word the body whose committee is told by its domain: `Комитета по обороне | Сената Чили`?"""
    domain = doc[head].lemma_ in _COMMITTEES and any(doc[j].text == "по" for j in range(head + 1, i - 1))
    return domain and is_capitalised(doc[i]) and not doc[i].text.isupper()


def _is_domain(doc: Doc, i: int) -> bool:
    """Does a word stand in the datives that `по` opens: `по | иностранным делам`, `по | обороне и безопасности`?"""
    if "Dat" not in doc[i].morph.get("Case", []):
        return False
    j = i - 1
    while j > 0 and i - j < _DOMAIN and not is_capitalised(doc[j]) and (doc[j].text in {"и", ","} or "Dat" in doc[j].morph.get("Case", [])):
        j -= 1
    return fold(doc[j].text) == "по" and (j == i - 1 and doc[i].morph.get("NameType", []) != ["Geo"] or not is_capitalised(doc[i]))


def _begins_person(doc: Doc, i: int) -> bool:
    """Does the holder of an office begin behind the name that a body honours: `имени Алишера Навои | Умида Азизова`?"""
    behind = doc[i + 1] if i + 1 < len(doc) else None
    return is_given(doc[i].text, "ru") and behind is not None and is_capitalised(behind) and fold(doc[i - 1].text) not in {"имени", "им."}


def _continues_dedication(doc: Doc, i: int) -> bool:
    """Does a word go on with the name behind `имени`: `имени Мимара | Синана`, `имени Хамада | бин Халифы`?"""
    word = doc[i].text
    if _begins_person(doc, i):
        return False
    if not (is_capitalised(doc[i]) and doc[i].is_alpha or fold(word) in _RU_PARTICLES and i + 1 < len(doc) and is_capitalised(doc[i + 1])):
        return False
    j = i - 1
    while j > 0 and i - j <= _DEDICATION and fold(doc[j].text) not in {"имени", "им."}:
        if not (is_capitalised(doc[j]) and "." not in doc[j].text or fold(doc[j].text) in _RU_PARTICLES):
            return False
        j -= 1
    return i - j <= _DEDICATION and j < i - 1 and not looks_like_surname(doc[i - 1].text, "ru")


EXTENTS: Final[dict[str, Callable[..., Extent]]] = {"kk": kazakh, "ru": russian, "en": english}

"""How far an organisation's name reaches to the left of its head noun in Kazakh."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from elshi.ingest.annotate.capitals import LIMIT, Extent, is_capitalised, stops
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["embassy", "kazakh"]

_KK_INSIDE: Final = frozenset({"жөніндегі", "арналған", "атындағы", "бойынша", "және", "мен", "пен", "бен"})
#: How an Arabic name begins: `әл-Фараби атындағы`.
_BOUND: Final = re.compile(r"(?:әл|аль|эль|ал|әс|ас|ән|ан|әд|ад|аз|әз)-[А-ЯЁӘҒҚҢӨҰҮҺІ]")
_KK_WHOLES: Final = frozenset({"университеті", "академиясы", "институты", "елшілігі", "консулдығы", "өкілдігі"})
_KK_CONJ: Final = frozenset({"және", "мен", "пен", "бен"})
_ADJECTIVE: Final = re.compile(r"(?:[лтд][ыі][қк]|^жоғары|^бас)$")
#: Authorities of regions, and what they are of, in the genitive.
_SEATS: Final = re.compile(r"әкімдіг|мәслихат|әкімшіліг|прокуратура|муниципалитет")
_REGIONS: Final = re.compile(r"(?:облыс|аудан|қала|округ|штат|провинция|аймағ|өлке)\w*[ндт][ыі]ң$")
#: Adjectives before a head that has no possessive.
_ADJECTIVES: Final = 3
_P3: Final = re.compile(r"(?:с?[ыі])(?:н(?:ың|ің|а|е|да|де|дағы|дегі|ан|ен|)|мен|м)?$")


def kazakh(doc: Doc, head: int, blocked: frozenset[int], *, alone: bool = False, inner: bool = False) -> Extent:
    """The head takes what stands to its left: `Льеж ғарыш зерттеулер орталығы`; a genitive ends the name."""
    token = doc[head]
    alone = alone and is_capitalised(token)
    if head > 1 and fold(doc[head - 1].text) == "атындағы":
        return _named_after(doc, head, blocked)
    if seat := _seat(doc, head, blocked):
        return seat
    if not alone and not (_P3.search(fold(token.text).split("-")[0]) and _owned(token)):
        return _adjectival(doc, head, blocked)
    start, capital = head, head if alone else None
    for i in range(head - 1, max(-1, head - LIMIT), -1):
        if i in blocked or not _continues_kazakh(doc, i) or _is_whole(doc, i):
            break
        start = i
        if (is_capitalised(doc[i]) or _BOUND.match(doc[i].text)) and fold(doc[i].text) not in _KK_INSIDE:
            capital = i
        if doc[i].is_sent_start:
            break
    while capital is not None and capital < head and _is_stop(doc, capital):
        capital = next((j for j in range(capital + 1, head + 1) if is_capitalised(doc[j]) and doc[j].text not in _KK_CONJ), None)
    if inner and capital is None:
        first = start
        while first < head and fold(doc[first].text) in stops("kk"):
            first += 1
        while first < head and not doc[first].is_alpha:
            first += 1
        return (first, head + 1) if first < head else None
    if capital is None and _abbreviated(doc, head) and start > 0 and start < head and _owner(doc, start - 1):
        return start - 1, head + 1
    if capital is None or capital < start or (capital == head and not alone):
        return None
    return capital, head + 1


def _named_after(doc: Doc, head: int, blocked: frozenset[int]) -> Extent:
    """The person's name before `атындағы`, initials and numerals with it: `Мұхаммед V атындағы университет`."""
    start = head - 1
    while start > 0 and start - 1 not in blocked and head - start < LIMIT and not doc[start].is_sent_start:
        before = doc[start - 1]
        if not (is_capitalised(before) or _BOUND.match(before.text) or before.text in {"-", "."}) or before.morph.get("Case", ["Nom"]) != [
            "Nom"
        ]:
            break
        start -= 1
    return (start, head + 1) if start < head - 1 else None


def _seat(doc: Doc, head: int, blocked: frozenset[int]) -> Extent:
    """The authority of a region, which owns it in the genitive: `Жетісу облысының әкімдігі`."""
    if head < 2 or not _SEATS.match(fold(doc[head].text)) or not _REGIONS.match(fold(doc[head - 1].text)) or head - 2 in blocked:
        return None
    start = head - 1
    while (
        start > 0 and start - 1 not in blocked and is_capitalised(doc[start - 1]) and doc[start - 1].morph.get("Case", ["Nom"]) == ["Nom"]
    ):
        start -= 1
        if doc[start].is_sent_start:
            break
    return (start, head + 1) if start < head - 1 else None


def _owned(token: Token) -> bool:
    """May a word that ends as with a possessive have one: not `хабты`, an accusative, nor a verb?"""
    morph = token.morph
    return morph.get("Person[psor]", []) == ["3"] or not (morph.get("Case", []) == ["Acc"] or morph.get("VerbForm", []) == ["Fin"])


def _is_stop(doc: Doc, i: int) -> bool:
    """Does a word belong to no name? `Орталық` does before another capital: `Орталық Азияны зерттеу орталығы`."""
    word = fold(doc[i].text)
    return word in stops("kk") and not (word == "орталық" and is_capitalised(doc[i + 1]))


def _adjectival(doc: Doc, head: int, blocked: frozenset[int]) -> Extent:
    """A head without a possessive closes a name of adjectives that begins with a capital: `Жоғары техникалық институт`."""
    start = head
    while start > 0 and start - 1 not in blocked and head - start < _ADJECTIVES and _ADJECTIVE.search(fold(doc[start - 1].text)):
        start -= 1
    first = next((i for i in range(start, head) if is_capitalised(doc[i]) and not doc[i].is_sent_start), None)
    return (first, head + 1) if first is not None and fold(doc[first].text) not in stops("kk") else None


def _abbreviated(doc: Doc, head: int) -> bool:
    """Does an acronym in brackets show that lower-case words are a name: `зерттеулері корпорациясы (Embrapa)`?"""
    return head + 2 < len(doc) and doc[head + 1].text == "(" and is_capitalised(doc[head + 2])


def _owner(doc: Doc, i: int) -> bool:
    """Is a word a capitalised genitive, the country that a body's name begins with?"""
    return is_capitalised(doc[i]) and doc[i].morph.get("Case", []) == ["Gen"]


def embassy(doc: Doc, head: int) -> Extent:
    """A Kazakh embassy takes its host in the attributive and before that its sender: `Қазақстанның Өзбекстандағы Елшілігі`."""
    start = head - 1
    if start < 0 or not is_capitalised(doc[start]) or doc[start].morph.get("Attr", []) != ["Yes"]:
        return None
    sender = start
    while sender > 0 and is_capitalised(doc[sender - 1]) and (sender < start or doc[sender - 1].morph.get("Case", []) == ["Gen"]):
        sender -= 1
        if sender < start - 1 and doc[sender].morph.get("Case", ["Nom"]) != ["Nom"]:
            sender += 1
            break
    return sender, head + 1


def _is_whole(doc: Doc, i: int) -> bool:
    """Does a university's or an embassy's own name end here, another begin behind it: `Льеж университеті Заң факультеті`?"""
    return fold(doc[i].text) in _KK_WHOLES and is_capitalised(doc[i + 1])


def _continues_kazakh(doc: Doc, i: int) -> bool:
    token, after = doc[i], doc[i + 1]
    word = fold(token.text)
    if token.lemma_ == "тарап":
        return False
    if word in _KK_INSIDE:
        return word not in _KK_CONJ or not is_capitalised(after)
    if token.is_punct or token.is_space:
        return token.text in {"-", "."} or (token.text == "," and not is_capitalised(after) and i > 0 and not doc[i - 1].is_punct)
    if token.like_num and not is_capitalised(token):
        return False
    if is_capitalised(token) and i > 0 and is_capitalised(doc[i - 1]) and looks_like_surname(token.text, "kk"):
        return fold(after.text) == "атындағы"
    if token.pos_ in {"ADP", "ADV", "PRON", "DET", "SCONJ"}:
        return False
    if token.morph.get("VerbForm", []) == ["Fin"] or token.morph.get("Attr", []) == ["Yes"]:
        return word == "атындағы"
    case = next(iter(token.morph.get("Case", [])), "Nom")
    if case == "Gen":
        return False
    if case == "Acc" and after.text[-1:] in {"у", "ю"}:  # `экспортты ілгерілету агенттігі`
        return True
    if case in {"Dat", "Abl", "Loc", "Acc", "Ins"}:
        return fold(after.text) in {"арналған", "қарсы", "байланысты", "бойынша", "жөніндегі"}
    return True

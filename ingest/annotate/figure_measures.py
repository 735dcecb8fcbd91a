"""What a figure counts, by the words around it: students, guests, flights, money, or things of some other kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Sentence
from elshi.ingest.annotate.figure_subjects import clause, is_body
from elshi.ingest.annotate.figures import Figure
from elshi.ingest.annotate.patterns import Hit, PatternTable, read_table
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.model import Statistic

__all__ = ["ATTENDING", "measure_of", "part_of"]

#: Measures of what a body has of its own; what is counted of an occasion beside its participants: the countries they came from.
_BODY_MEASURES: Final = frozenset({"students", "staff", "faculties", "members"})
ATTENDING: Final = "attending"
_MONEY: Final = frozenset({"turnover", "visitors", "investment"})
#: Letters behind a figure, and before it, in which the word for what it counts begins.
_REACH: Final = 48
_BACK: Final = 96
#: Words between a figure and what it counts.
_WORDS: Final = 4
#: How clauses go on to something else.
_CLAUSE: Final = re.compile(r"[;:]|(?<!\d), (?=\w+ )")
_COUNTED_PEOPLE: Final = re.compile(
    r"[ \u00a0](?:[\w-]+[ \u00a0])?(?:человек|граждан|казахстанц|иностранц|people|persons|citizens|nationals|адам|азамат|қазақстандық)"
)
#: Words that say who came to an occasion, beside those that open one; that countries are those whose people came; that they vote, and for somebody.
_PEOPLE: Final = re.compile(r"[ \u00a0](?:\w+ )?(?:человек|граждан|казахстанц|соотечественник|иностранц|гост(?:ей|я))")
_CAME_TOGETHER: Final = re.compile(
    r"\b(?:собра(?:л[аои]?|вш\w+)\b(?!сь|ся)|привлек\w*|brought together|gathered|attracted|bringing together|drew|attended|hosted)\b|"
    r"участие прин|\bпринял[аи]?\b|басын қос|бас қос|жинал"
)
_CAME: Final = re.compile(r"жинал|қатыс|келген|келді|бас қос|басын қос|делегат|мүше|дауыс|қолда")
_VOTE: Final = re.compile(r"дауыс|сайлау|кандидатура|голосова|выбор|\b(?:vot(?:e[sd]?|ing)|ballot|elections?|candidacy)\b")
_FOR: Final = re.compile(r"қолда|жақтап|поддерж|«?за»?[ \u00a0]|support|in favour|in favor|backed")
_FOR_REACH: Final = 40
#: A figure that leaves its noun to the one before it: `Мажилис – 98`, `and five from June`, `а с 1 июня – пять раз`.
_GAPPED: Final = re.compile(r"(?:[ \u00a0](?:раза?|рет)(?:[ \u00a0]ұшады)?)?(?:[.;,]|$|[ \u00a0](?:from|in|с|и|and)[ \u00a0])")
#: What opens a phrase that no counted noun does.
_NO_NOUN: Final = frozenset(
    "in on at of from to by and or with for the a an as per is are was were has had new more less other main parties sides sectors "
    "areas fields issues points stages levels parts cases occasions people persons countries states nations ministries governments "
    "и в на с по из до от к за при или что году года стран государств страны сторон сторонам направлений направлениям человек народов "
    "жылы жылғы ел елдің елден елдер мемлекет тарап адам рет сала бағыт мәселе жылдық халық кезең бөлік".split()
)


@lru_cache(maxsize=8)
def _measures(lang: str, side: str) -> PatternTable:
    return PatternTable([r for r in read_table(lang, "measures") if r["side"] == side])


@lru_cache(maxsize=4)
def _gathering(lang: str) -> PatternTable:
    return PatternTable([{"opens": r["opens"], "pattern": r["pattern"]} for r in read_table(lang, "events") if r["opens"] == "joins"])


def measure_of(scene: Scene, sentence: Sentence, figure: Figure, beside: Statistic | None) -> str | None:
    """What is counted: by the noun that follows the figure, else by the one before it or the figure before; money is told by its unit."""
    text, lang = scene.document.folded, scene.document.lang
    stop = figure.end + min(len(_CLAUSE.split(text[figure.end : sentence.end])[0]), _REACH)
    after = [h for h in _measures(lang, "after").every(text, figure.end, min(sentence.end, stop + 20)) if h.start < stop]
    before = list(_measures(lang, "before").every(text, max(sentence.start, figure.start - _BACK), figure.start))
    if figure.unit:
        money = [h for h in before + after if h.key in _MONEY]
        return money[-1].key if money else None
    words = 1 if figure.is_word else _WORDS
    countable = [h for h in after if h.key not in {"investment", "turnover"} and len(text[figure.end : h.start].split()) <= words]
    if countable:
        return _of_noun(scene, sentence, figure, min(countable, key=lambda h: (h.start, -h.end)), before, beside)
    if beside and _GAPPED.match(text, figure.end):
        if beside.measure == "participants" and _VOTE.search(text, sentence.start, sentence.end):
            return ATTENDING
        if beside.measure == "flights" or beside.measure in _BODY_MEASURES and _of_another(scene, sentence, figure, beside):
            return beside.measure
    counted = _BODY_MEASURES | (
        {"flights", "agreements", "other"} | ({"visitors"} if lang == "ru" and _PEOPLE.match(text, figure.end) else set())
    )
    backward = [h for h in before if h.key in counted and figure.start - h.end < _REACH]
    if _counts_things(scene, figure) and not _COUNTED_PEOPLE.match(text, figure.end):
        backward = [h for h in backward if h.key not in {"students", "staff"}]  # `работают 6 тысяч предприятий`
    nouns = [h for h in backward if h.key not in {"members", "other"}]  # `персонал насчитывает …`, `персонал саны`
    if backward and (not figure.is_word or backward[-1].key == "flights" and text.startswith(" рет", figure.end)):
        return (nouns or backward)[-1].key
    return "other" if _counts_things(scene, figure) else None


def part_of(scene: Scene, sentence: Sentence, measure: str) -> str:
    """What a part of those before is: the same, but of countries that vote those that vote for somebody."""
    return ATTENDING if measure == "participants" and _VOTE.search(scene.document.folded, sentence.start, sentence.end) else measure


def _of_noun(scene: Scene, sentence: Sentence, figure: Figure, noun: Hit, before: list[Hit], beside: Statistic | None) -> str | None:
    text, key = scene.document.folded, noun.row["of"] or noun.key
    if key == "-":
        return None
    if key == "participants" and any(h.key == "members" and figure.start - h.end < _REACH for h in before):
        return "members"
    if key == "countries":
        return _of_countries(scene, sentence, figure, beside)
    if key in {"staff", "participants"} and gathers(scene, sentence):
        return "participants"
    if key == "participants" and _VOTE.search(text, sentence.start, sentence.end):
        return _of_countries(scene, sentence, figure, beside)
    return key


def _of_countries(scene: Scene, sentence: Sentence, figure: Figure, beside: Statistic | None) -> str | None:
    """Do countries vote, for somebody or at all, or do those who came to an occasion come from them?"""
    text = scene.document.folded
    if _VOTE.search(text, sentence.start, sentence.end):
        around = text[max(sentence.start, figure.start - _FOR_REACH) : figure.start], text[figure.end : figure.end + _FOR_REACH]
        return ATTENDING if any(_FOR.search(re.split(r"[.;,]", part)[0 if i else -1]) for i, part in enumerate(around)) else "participants"
    listed = beside is not None and beside.measure == "participants"
    came = _CAME.search(text, sentence.start, sentence.end) if scene.document.lang == "kk" else gathers(scene, sentence)
    return ATTENDING if listed or came else None


def gathers(scene: Scene, sentence: Sentence) -> bool:
    """Does the sentence say who came to an occasion?"""
    if _CAME_TOGETHER.search(scene.document.folded, sentence.start, sentence.end):
        return True
    return any(h.key == "joins" for h in _gathering(scene.document.lang).every(scene.document.folded, sentence.start, sentence.end))


def _of_another(scene: Scene, sentence: Sentence, figure: Figure, beside: Statistic) -> bool:
    """Does a body other than the one before stand between the figure before and this one?"""
    start = max(clause(scene, sentence, figure.start)[0], figure.start - _BACK)
    return any(is_body(scene, s) and scene.key(s) != beside.about for s in scene.within(start, figure.start))


def _counts_things(scene: Scene, figure: Figure) -> bool:
    """Is a number in figures followed by a noun of things that are no countries, sides or times?"""
    document = scene.document
    following = re.match(r"[ \u00a0]([\w’'-]+)(?:[ \u00a0]([\w’'-]+))?", document.text[figure.end :][:60])
    if figure.is_word or following is None or following[1].lower() in _NO_NOUN or following[1][0].isdigit():
        return False
    if not following[1].islower():  # `120,000 Kazakhs`
        return scene.book.adjective(following[1].removesuffix("s"), document.lang) is not None
    token = document.tokens(figure.end + 1, figure.end + 2)[0]
    if document.lang == "en":
        return any(w and w.endswith("s") and w.islower() and w not in _NO_NOUN for w in following.groups())
    return token.pos_ in {"NOUN", "ADJ", "PROPN"} and (document.lang == "kk" or token.pos_ != "VERB")

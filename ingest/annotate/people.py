"""Personal names: after an office or a courtesy, with initials, by a known given name or the shape of a surname."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.capitals import is_capitalised, stops
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.english_people import (
    are_ordinary,
    closes_body,
    goes_on_behind_initials,
    names_what_office_is_of,
    trimmed_english,
)
from elshi.ingest.annotate.evidence import EVIDENCE, Run, courtesy_words, goes_on, trades
from elshi.ingest.annotate.organisations import kind_of_name, place_kind
from elshi.ingest.annotate.patterns import fold
from elshi.ingest.languages.features import feature
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["initialled_names", "people", "runs", "short_names"]

_BY = "people/1"
_CAP: Final = r"[A-ZÀ-ÖØ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ]"
#: Particles between initials and a surname: `А. Де Риу`, `M. van der Heijden`.
_LINK: Final = r"(?:(?:[ДдВвФфDdVv](?:[еиоаeioa]|[аоao][нn]|ос|os)(?: (?:ла|дер|ден|la|der|den))?|[ЛлLl][аеae]) )?"
#: Countries that begin as initials do.
_NO_INITIALS: Final = frozenset({"P.R. China", "P. R. China", "P.R.China", "D.R. Congo", "D.P.R. Korea", "U.S. Virgin"})
_INITIALLED: Final = re.compile(rf"(?<![\w.])(?:{_CAP}[hh]?\.[ \u00a0]?){{1,2}}{_LINK}{_CAP}[\w’'-]+(?:-{_CAP}[\w’'-]+)?")
_PARTICLES: Final = frozenset(
    "де ди да ла лас лос дос дел дер ван фон бин бинти бинт бен ибн аль әл ад ат эль ль оглы кызы ұлы қызы "
    "de di da dos del della dello degli der van von zu zum bin binti binte bte ben ibn ibni al el la las le lo los den ter ten du bint y ul ur ud ó ní mac mc nic".split()
)
#: Words in small letters that close a name: `Нурланбек Тургунбек уулу`.
_LAST: Final = frozenset("уулу кызы оглы оглу улы угли гызы ұлы қызы uulu kyzy oglu ogly uly".split())
_PATRONYMIC: Final = re.compile(r"(?:ұлы|қызы|улы|кызы|вич|вна|евич|ович)\w{0,4}$")
#: What shows a person even by words of the dictionary: `President Young Park`.
_SURE: Final = frozenset({"after_office", "with_courtesy"})
#: Kinds of bodies whose head nouns are nobody's surname, as Park is.
_UNMISTAKABLE: Final = frozenset({"University", "Ministry", "Embassy", "ResearchInstitute", "Faculty"})
_COMMERCIAL: Final = frozenset({"Company", "Foundation", "ResearchCentre", "GovernmentBody"})
#: A stop word as long as this may be a surname.
_LONG: Final = 6
_GLUED: Final = re.compile(r"(?:al|el|ad|ас|ад|ал|аль|әл|эль|ан|ат|аш|as|ash)[-’'].+", re.IGNORECASE)
_ROMAN: Final = re.compile("[IVX]+")
_NAMED_AFTER: Final = re.compile(r"(?:имени|им\.|named after|named for)[ \u00a0]*$")
#: Words behind a Kazakh dative that make it the aim of a journey.
_GOES: Final = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:(?:іс)?сапар\w*|бар(?:ды|ып|ған|ады|мақ)|кел(?:ді|іп|ген|еді|мек)|аттан\w+|жет(?:ті|іп)|орал\w+)(?!\w)"
)
#: Letters of a courtesy that can be nothing else; `General` opens other names too.
_SHORT: Final = 3
#: Bodies whose own name follows their noun in Russian: `Университет Кертин`, `Банк Астана`.
_NAMED_BEHIND: Final = frozenset({"University", "School", "Company", "Foundation"})


def initialled_names(document: Document, claims: Claims) -> Iterator[Span]:
    """`Д.Сейілбеков`, `К. Бельмон`, `Қ.К. Тоқаев`: initials make a capitalised word a surname."""
    for match in _INITIALLED.finditer(document.text):
        last = document.tokens(match.end() - 1, match.end())[-1]
        if (
            not claims.is_free(*match.span())
            or _is_dedication(document, *match.span())
            or (last.is_stop and len(last.text) < _LONG)
            or document.folded.startswith(("h.e.", "h. e."), match.start())
            or match[0] in _NO_INITIALS
        ):
            continue
        end = goes_on_behind_initials(document, last.i) if document.lang == "en" else match.end()
        yield _span(document, match.start(), end if claims.is_free(match.start(), end) else match.end(), 0.9, "initials")


def _is_dedication(document: Document, start: int, end: int) -> bool:
    """Is the name part of another, `Л.Н. Гумилев атындағы`, `имени С. Сейфуллина`, `K. Satpayev Technical University`?"""
    if document.folded.startswith(" атындағы", end) or _NAMED_AFTER.search(document.folded[max(0, start - 14) : start]):
        return True
    name = re.match(r"(?: [A-Z][\w-]+){1,5}", document.text[end:]) if document.lang == "en" else None
    return name is not None and kind_of_name(name[0], "en") in _UNMISTAKABLE


def runs(document: Document, claims: Claims, barred: frozenset[int] = frozenset()) -> list[Run]:
    """Token ranges of capitalised words that nothing has claimed, with the particles between them."""
    doc, taken, found = document.doc, claims.taken | barred, []
    first = document.tokens(document.sentences[0].start, document.sentences[0].end)[0].i if document.sentences else 0
    i = first
    while i < len(doc):
        if (
            i in taken
            or not _is_name_word(doc[i].text)
            or (doc[i].is_sent_start and (doc[i].is_stop or _is_verb(document, i)))
            or _heads_body(document, i)
            or _is_courtesy(document, i)
        ):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and end not in taken and not doc[end].is_sent_start:
            if _is_name_word(doc[end].text) and _same_line(document, end) and not _is_stop(document, end):
                if document.lang == "en" and _heads_body(document, end):
                    break
                end += 1
            elif doc[end].lower_ in _PARTICLES and end + 1 < len(doc) and end + 1 not in taken and _is_name_word(doc[end + 1].text):
                end += 2
            elif _two_particles(document, end, taken):
                end += 3
            elif doc[end].lower_ in _LAST and end - i > 1:
                end += 1
            else:
                break
            if _closes(document, end - 1, first=end - 1 == i) or _ends_name(document, i, end):
                break
        if not (end < len(doc) and document.lang == "en" and _heads_body(document, end) and _same_line(document, end)):
            found.append((i, end))
        i = end
    return found


def _is_verb(document: Document, i: int) -> bool:
    """Does a Russian sentence open with its verb: `Выступила | Нурул Айни`?"""
    return document.lang == "ru" and document.doc[i].pos_ == "VERB" and i + 1 < len(document.doc) and is_capitalised(document.doc[i + 1])


def _two_particles(document: Document, i: int, taken: frozenset[int]) -> bool:
    """Do two particles lead on to a name: `Хуан Рамон де ла Фуэнте`?"""
    words = document.doc[i : i + 3]
    free = len(words) == 3 and not any(t.i in taken for t in words)
    return free and words[0].lower_ in _PARTICLES and words[1].lower_ in _PARTICLES and _is_name_word(words[2].text)


@lru_cache(maxsize=10_000)
def _is_name_word(word: str) -> bool:
    letters = re.sub(r"[-’'.]", "", word)
    if _GLUED.fullmatch(word):
        return True
    return word[:1].isupper() and letters.isalpha() and not (letters.isupper() and len(letters) > 1)


def _is_stop(document: Document, i: int) -> bool:
    """Does a Kazakh word that begins no name end one before it: `Алар Кариске | Сенім грамоталарын`?"""
    return document.lang == "kk" and fold(document.doc[i].text) in stops("kk")


def _same_line(document: Document, i: int) -> bool:
    return document.text[document.doc[i - 1].idx + len(document.doc[i - 1].text) : document.doc[i].idx].strip(" \u00a0") == ""


def _heads_body(document: Document, i: int) -> bool:
    """Is a word the head noun of a body's name, `Университета Кертин`, and so no part of a person's?"""
    kinds = {"kk": frozenset({"Embassy", "Faculty", "Ministry", "University"}), "ru": _UNMISTAKABLE | _COMMERCIAL, "en": _UNMISTAKABLE}[
        document.lang
    ]
    return kind_of_name(document.doc[i].text, document.lang) in kinds


def _is_courtesy(document: Document, i: int) -> bool:
    """Is a capitalised word no more than `Mr`, `Ms.`, `Dr`?"""
    word = document.doc[i].lower_.rstrip(".")
    return document.lang == "en" and len(word) <= _SHORT and next(courtesy_words("en")[0].at(word, 0, len(word)), None) is not None


def _ends_name(document: Document, start: int, end: int) -> bool:
    """Does a surname behind a given name end the run, `Асылхан Қожабергенов | Шығыс Қазақстан`?"""
    if (
        document.lang == "en"
        or end - start < 2
        or end >= len(document.doc)
        or not looks_like_surname(document.doc[end - 1].text, document.lang)
    ):
        return False
    if document.doc[end].lower_ in _PARTICLES:
        return False
    return not _PATRONYMIC.search(document.doc[end].lower_) and not looks_like_surname(document.doc[end].text, document.lang)


def _closes(document: Document, i: int, *, first: bool) -> bool:
    """In Kazakh a genitive or an attributive closes a name, an instrumental a name of several words (`Анна Каскпен | Жамбыл`).

    Other endings are too easily part of a foreign one (Резенде).
    """
    if document.lang != "kk":
        return False
    token = document.doc[i]
    return feature(token, "Case") in ({"Gen"} if first else {"Gen", "Ins"}) or feature(token, "Attr") == "Yes"


def people(document: Document, claims: Claims, offices: list[Span], barred: frozenset[int] = frozenset()) -> Iterator[Span]:
    """Runs of capitalised words that something shows to be a person."""
    ends = {office.end for office in offices}
    before: tuple[int, int] | None = None
    for start, end in (_trimmed(document, run, ends) for run in runs(document, claims, barred)):
        first, last = document.doc[start], document.doc[end - 1]
        if (document.lang != "en" and re.match(r"[A-Za-z]", first.text)) or _is_dedication(document, first.idx, last.idx + len(last.text)):
            continue
        if document.lang == "en" and _in_headline(document, first.idx):
            continue
        if names_what_office_is_of(document, first.idx, ends):
            continue
        if document.lang == "kk" and _names_body(document, end):
            continue
        if (first.idx - 1, last.idx + len(last.text) + 1) in document.quotes or document.in_title(first.idx, last.idx + len(last.text)):
            continue
        if document.lang == "en" and closes_body(first.text, last.text):
            continue
        for test in EVIDENCE:
            score = test(document, (start, end), ends)
            if score and document.lang == "en" and test.__name__ not in _SURE and are_ordinary(document.doc[start:end]):
                continue
            if score:
                yield _span(document, first.idx, last.idx + len(last.text), score, test.__name__)
                before = (start, end)
                break
        else:
            if before is not None and goes_on(document, before, (start, end), offices):
                yield _span(document, first.idx, last.idx + len(last.text), 0.75, "in_list")
                before = (start, end)


def _names_body(document: Document, end: int) -> bool:
    """Do Kazakh words in the nominative lead on to a body that bears the name: `Хамад бин Халифа | университетінде`?"""
    last, head = document.doc[end - 1], document.doc[end] if end < len(document.doc) else None
    if head is None or last.morph.get("Case", ["Nom"]) != ["Nom"] or head.morph.get("Person[psor]", []) != ["3"]:
        return False
    return kind_of_name(head.text, "kk") in _UNMISTAKABLE | {"School", "Foundation"}


def _trimmed(document: Document, run: Run, ends: set[int]) -> Run:
    """A run without what opens or ends it and is no name: `When Aibek …`, `Ethiopian Airlines Теодрос …`, `Университета Кертин Прия …`."""
    start, end = run
    doc, lang = document.doc, document.lang
    if lang == "en":
        start, end = trimmed_english(document, (start, end), ends)
    if (
        end - start > 2
        and lang != "kk"
        and any(h.end == len(doc[start].text) for h in trades(lang).at(doc[start].lower_, 0, len(doc[start].text)))
    ):
        start += 1
    if lang == "ru" and end - start > 2 and _belongs_to_place(document, start, end, ends):
        start += 1
    while end - start > 2 and lang != "en" and re.match(r"[A-Za-z]", doc[start].text):
        start += 1
    while lang == "kk" and end - start > 2 and (doc[end - 1].morph.get("Attr", []) == ["Yes"] or _is_aim(document, end - 1)):
        end -= 1
    if (
        lang == "ru"
        and start
        and end - start > 2
        and is_capitalised(doc[start - 1])
        and kind_of_name(doc[start - 1].text, lang) in _NAMED_BEHIND
    ):
        start += 2 if end - start > 3 and _ROMAN.fullmatch(doc[start + 1].text) else 1
    return start, end


def _is_aim(document: Document, i: int) -> bool:
    """Does a Kazakh dative behind a name say where its bearer goes: `Болат Қасенғазин | Зайберсдорфқа барды`?"""
    if document.doc[i].morph.get("Case", []) != ["Dat"]:
        return False
    behind = document.folded[document.doc[i].idx + len(document.doc[i].text) :]
    return _GOES.match(behind) is not None


def _belongs_to_place(document: Document, start: int, end: int, ends: set[int]) -> bool:
    """Is the first word of a run the place that an office is of: `мэром Гааги | Яном ван Заненом`, `штата Телангана | Джишну …`?"""
    first, before = document.doc[start], document.doc[start - 1] if start else None
    if before is not None and place_kind(before.lower_, "ru") is not None:
        return True
    if not any(e <= first.idx <= e + 1 for e in ends) or first.morph.get("Case", []) != ["Gen"]:
        return False
    return document.doc[end - 1].morph.get("Case", ["Gen"]) != ["Gen"]


def _in_headline(document: Document, offset: int) -> bool:
    """English headlines capitalise everything: no name is read from them that the body does not repeat."""
    return document.sentence_at(offset).is_title


def short_names(document: Document, claims: Claims, known: list[str], matches: Callable[[str, str, str], bool]) -> Iterator[Span]:
    """Bare surnames of persons whom the release names in full."""
    for start, end in runs(document, claims):
        first, last = document.doc[start], document.doc[end - 1]
        name = document.nominative(first.idx, last.idx + len(last.text), person=True)
        if any(matches(full, name, document.lang) for full in known):
            yield _span(document, first.idx, last.idx + len(last.text), 0.85, "short_name")


def _span(document: Document, start: int, end: int, score: float, rule: str) -> Span:
    name = document.nominative(start, end, person=True)
    name = re.sub(rf"({_CAP}\.)(?={_CAP}[\w])", r"\1 ", name)
    return Span(start, end, "Person", " ".join(name.split()), score=score, by=f"{_BY}:{rule}")

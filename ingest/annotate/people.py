"""Personal names: after an office or a courtesy, with initials, by a known given name or the shape of a surname."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.capitals import is_capitalised
from elshi.ingest.annotate.claims import Claims
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import PatternTable, fold, read_table
from elshi.ingest.languages.given import is_given
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["Run", "courtesies", "initialled_names", "people", "runs", "short_names"]

_BY = "people/1"
_CAP: Final = r"[A-ZÀ-ÖØ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ]"
#: Particles between initials and a surname: `А. Де Риу`, `M. van der Heijden`.
_LINK: Final = r"(?:(?:[ДдВвФфDdVv](?:[еиоаeioa]|[аоao][нn]|ос|os)(?: (?:ла|дер|ден|la|der|den))?|[ЛлLl][аеae]) )?"
_INITIALLED: Final = re.compile(rf"(?<![\w.])(?:{_CAP}[hh]?\.[ \u00a0]?){{1,2}}{_LINK}{_CAP}[\w’'-]+(?:-{_CAP}[\w’'-]+)?")
_PARTICLES: Final = frozenset(
    "де ди да дос дел дер ван фон бин бен ибн аль әл ад ат эль ль оглы кызы ұлы қызы "
    "de di da dos del der van von bin ben ibn al el la le den ter ten du bint".split()
)
_PATRONYMIC: Final = re.compile(r"(?:ұлы|қызы|улы|кызы|вич|вна|евич|ович)\w{0,4}$")
#: Kinds of bodies whose head nouns are nobody's surname, as Park is.
_UNMISTAKABLE: Final = frozenset({"University", "Ministry", "Embassy", "ResearchInstitute", "Faculty"})
#: Words that lead on into what an office deals with, not to its holder.
_DOMAIN_LINKS: Final = frozenset({"for", "of", "and", "&", "in", "the", "по", "и", "в", "при", "on", "to", "at"})
_GLUED: Final = re.compile(r"(?:al|el|ad|ас|ад|ал|аль|әл|эль|ан|ат|аш|as|ash)[-’'].+", re.IGNORECASE)
_NAMED_AFTER: Final = re.compile(r"(?:имени|им\.|named after|named for)[ \u00a0]*$")
#: Letters of a courtesy that can be nothing else; `General` opens other names too.
_SHORT: Final = 3
#: Bodies whose own name follows their noun in Russian: `Университет Кертин`, `Банк Астана`.
_NAMED_BEHIND: Final = frozenset({"University", "School", "Company", "Foundation"})
#: A run of capitalised words and what stands around it.
Run = tuple[int, int]


@lru_cache(maxsize=4)
def _courtesies(lang: str) -> tuple[PatternTable, PatternTable]:
    rows = read_table(lang, "titles")
    return tuple(PatternTable([r for r in rows if r["side"] == side]) for side in ("before", "after"))  # type: ignore[return-value]


def courtesies(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The courtesy word next to a stretch: `Mr Park`, `Чжао мырза`."""
    before, after = _courtesies(document.lang)
    for hit in before.every(document.folded, max(0, start - 30), start):
        if document.text[hit.end : start].strip(". \u00a0") == "" and hit.end <= start:
            return hit.start, hit.end
    for hit in after.at(document.folded, end + 1, min(len(document.text), end + 20)):
        return hit.start, hit.end
    return None


def initialled_names(document: Document, claims: Claims) -> Iterator[Span]:
    """`Д.Сейілбеков`, `К. Бельмон`, `Қ.К. Тоқаев`: initials make a capitalised word a surname."""
    for match in _INITIALLED.finditer(document.text):
        if claims.is_free(*match.span()) and not _is_dedication(document, *match.span()):
            yield _span(document, match.start(), match.end(), 0.9, "initials")


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
            or (doc[i].is_sent_start and doc[i].is_stop)
            or _heads_body(document, i)
            or _is_courtesy(document, i)
        ):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and end not in taken and not doc[end].is_sent_start:
            if _is_name_word(doc[end].text) and _same_line(document, end) and not _is_stop(document, end):
                end += 1
            elif doc[end].lower_ in _PARTICLES and end + 1 < len(doc) and end + 1 not in taken and _is_name_word(doc[end + 1].text):
                end += 2
            else:
                break
            if _closes(document, end - 1, first=end - 1 == i) or _ends_name(document, i, end):
                break
        found.append((i, end))
        i = end
    return found


def _is_name_word(word: str) -> bool:
    letters = re.sub(r"[-’'.]", "", word)
    if _GLUED.fullmatch(word):
        return True
    return word[:1].isupper() and letters.isalpha() and not (letters.isupper() and len(letters) > 1)


def _is_stop(document: Document, i: int) -> bool:
    """Does a Kazakh word that begins no name end one before it: `Алар Кариске | Сенім грамоталарын`?"""
    return document.lang == "kk" and fold(document.doc[i].text) in _no_names("kk")


def _same_line(document: Document, i: int) -> bool:
    return document.text[document.doc[i - 1].idx + len(document.doc[i - 1].text) : document.doc[i].idx].strip(" \u00a0") == ""


def _heads_body(document: Document, i: int) -> bool:
    """Is a word the head noun of a body's name, `Университета Кертин`, and so no part of a person's?"""
    return document.lang != "kk" and kind_of_name(document.doc[i].text, document.lang) in _UNMISTAKABLE


def _is_courtesy(document: Document, i: int) -> bool:
    """Is a capitalised word no more than `Mr`, `Ms.`, `Dr`?"""
    word = document.doc[i].lower_.rstrip(".")
    return document.lang == "en" and len(word) <= _SHORT and next(_courtesies("en")[0].at(word, 0, len(word)), None) is not None


def _ends_name(document: Document, start: int, end: int) -> bool:
    """Does a surname behind a given name end the run, `Асылхан Қожабергенов | Шығыс Қазақстан`?"""
    if (
        document.lang == "en"
        or end - start < 2
        or end >= len(document.doc)
        or not looks_like_surname(document.doc[end - 1].text, document.lang)
    ):
        return False
    return not _PATRONYMIC.search(document.doc[end].lower_) and not looks_like_surname(document.doc[end].text, document.lang)


def _closes(document: Document, i: int, *, first: bool) -> bool:
    """In Kazakh a genitive or an attributive closes a name, an instrumental a name of several words (`Анна Каскпен | Жамбыл`).

    Other endings are too easily part of a foreign one (Резенде).
    """
    if document.lang != "kk":
        return False
    morph = document.doc[i].morph
    closing = {"Gen"} if first else {"Gen", "Ins"}
    return bool(closing & {*morph.get("Case", [])}) or morph.get("Attr", []) == ["Yes"]


def people(document: Document, claims: Claims, offices: list[Span], barred: frozenset[int] = frozenset()) -> Iterator[Span]:
    """Runs of capitalised words that something shows to be a person."""
    ends = {office.end for office in offices}
    for start, end in (_trimmed(document, run) for run in runs(document, claims, barred)):
        first, last = document.doc[start], document.doc[end - 1]
        if (document.lang != "en" and re.match(r"[A-Za-z]", first.text)) or _is_dedication(document, first.idx, last.idx + len(last.text)):
            continue
        if document.lang == "en" and _in_headline(document, first.idx):
            continue
        if (first.idx - 1, last.idx + len(last.text) + 1) in document.quotes:
            continue
        for test in EVIDENCE:
            score = test(document, (start, end), ends)
            if score:
                yield _span(document, first.idx, last.idx + len(last.text), score, test.__name__)
                break


@lru_cache(maxsize=4)
def _no_names(lang: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table(lang, "name_stops"))


def _trimmed(document: Document, run: Run) -> Run:
    """A run without what opens it and is no name: `When Aibek …`, `Ethiopian Airlines Теодрос …`, `Университета Кертин Прия …`."""
    start, end = run
    doc, lang = document.doc, document.lang
    while end - start > 1 and lang == "en" and fold(doc[start].text) in _no_names(lang):
        start += 1
    while end - start > 2 and lang != "en" and re.match(r"[A-Za-z]", doc[start].text):
        start += 1
    if lang == "ru" and start and end - start > 2 and is_capitalised(doc[start - 1]) and kind_of_name(doc[start - 1].text, lang) in _NAMED_BEHIND:
        start += 1
    return start, end


def _in_headline(document: Document, offset: int) -> bool:
    """English headlines capitalise everything: no name is read from them that the body does not repeat."""
    return document.sentence_at(offset).is_title


def after_office(document: Document, run: Run, ends: set[int]) -> float:
    """`ректор Айбек Тәжіғалиев`: an office stands right before two or more capitalised words."""
    start = document.doc[run[0]].idx
    close = any(end <= start <= end + 2 and not document.text[end:start].strip() for end in ends)
    return 0.92 if close and run[1] - run[0] >= 2 else 0.0


def behind_office(document: Document, run: Run, ends: set[int]) -> float:
    """`Ambassador of Kazakhstan to Belgium, Roman Vassilenko`, `профессор INALCO Катрин Бельмон`: an office and what completes it."""
    if document.lang == "kk" or run[1] - run[0] < 2:
        return 0.0
    start = document.doc[run[0]].idx
    if document.doc[run[0] - 1].lower_ in _DOMAIN_LINKS:
        return 0.0
    end = max((e for e in ends if e <= start), default=None)
    if end is None or start - end > 140 or document.sentence_at(end - 1) != document.sentence_at(start):
        return 0.0
    between = re.sub(r"\([^()]*\)", "", document.folded[end:start])
    if re.search(r"[.;:!?]", between) or len(between.split()) > 14 or between.count(",") > (1 if between.rstrip().endswith(",") else 0):
        return 0.0
    verbs = any(t.pos_ in {"VERB", "AUX"} and not t.text[:1].isupper() for t in document.tokens(end, start) if t.idx >= end)
    return 0.0 if verbs else 0.88


def before_office(document: Document, run: Run, ends: set[int]) -> float:
    """`Aigerim Bekturganova, Consul of …`: a name with its office in apposition."""
    if document.lang == "kk" or run[1] - run[0] < 2:
        return 0.0
    last = document.doc[run[1] - 1]
    match = re.match(r", (?:the |its |their |a |an )?", document.folded[last.idx + len(last.text) :])
    at = last.idx + len(last.text) + match.end() if match else -1
    return 0.88 if match and any(at < e <= at + 40 and _opens_office(document, at, e) for e in ends) else 0.0


def _opens_office(document: Document, start: int, end: int) -> bool:
    words = document.text[start:end].split()
    return len(words) <= 5 and "," not in document.text[start:end]


def with_courtesy(document: Document, run: Run, ends: set[int]) -> float:
    """`Mr Park`, `г-н Ёсида`, `Чжао мырза`."""
    last = document.doc[run[1] - 1]
    return 0.9 if courtesies(document, document.doc[run[0]].idx, last.idx + len(last.text)) else 0.0


def with_given_name(document: Document, run: Run, ends: set[int]) -> float:
    """A known given name followed by one more capitalised word."""
    words = [t.text for t in document.doc[run[0] : run[1]]]
    return 0.85 if len(words) >= 2 and any(is_given(w, document.lang) for w in words[:2]) else 0.0


def with_surname(document: Document, run: Run, ends: set[int]) -> float:
    """Two words or more, the last of which has the shape of a surname."""
    if run[1] - run[0] < 2:
        return 0.0
    last = document.doc[run[1] - 1]
    name = document.nominative(last.idx, last.idx + len(last.text))
    return 0.8 if looks_like_surname(name, document.lang) and not document.doc[run[0]].is_sent_start else 0.0


EVIDENCE: Final[tuple[Callable[[Document, Run, set[int]], float], ...]] = (
    after_office,
    with_courtesy,
    behind_office,
    before_office,
    with_given_name,
    with_surname,
)


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

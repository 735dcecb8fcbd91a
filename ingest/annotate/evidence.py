"""What shows that capitalised words name a person: an office, a courtesy, a trade, an appointment, a given name, a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.patterns import PatternTable, read_table
from elshi.ingest.languages.features import feature
from elshi.ingest.languages.given import family_first, is_given
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["APPOINTED", "BINDING", "EVIDENCE", "Run", "courtesies", "courtesy_words", "goes_on", "is_plural", "trades"]

#: Words that lead on into what an office deals with, not to its holder.
_DOMAIN_LINKS: Final = frozenset({"for", "of", "and", "&", "in", "the", "по", "и", "в", "при", "on", "to", "at"})
#: The words behind a name that give its bearer an office.
APPOINTED: Final = re.compile(
    r"^ (?:был[аи]? |(?:has |have |had )?(?:been )?(?:was |were |is )?(?:today )?)(?:вновь |единогласно |unanimously |re-?)?"
    r"(?:назначен|избран|переизбран|утвержден|appointed|elected|named|re-elected|reappointed)\w* "
)
#: Words for officials whose plural opens a list of them.
_PLURAL: Final = frozenset(
    "ambassador minister senator head deputy deputie member rector mp president director professor consul mayor governor speaker "
    "chairperson secretary secretarie researcher expert parliamentarian lawmaker vice-rector vice-minister".split()
)
#: Son or daughter of, in Arabic and Malay.
BINDING: Final = frozenset("бин бинти бинт ибн bin binti binte bint ibn".split())
#: Commas between an office and the name behind the last of them: `President of Vietnam National University, Hanoi, Nguyen Lam`.
_COMMAS: Final = 3
#: Letters in which an apposition with an article comes to its office: `the World Health Organization (WHO) Representative`.
_APPOSED: Final = 80
#: Family names of Vietnam that are short words elsewhere.
_SHORT: Final = 2
#: A comma in the list of what an office deals with: `окружающей среды, энергетики и климата`.
_LISTED: Final = re.compile(r", (?=[а-яё-]+(?: [а-яё-]+){0,3}(?:, [а-яё-]+(?: [а-яё-]+){0,3})? и [а-яё])")
#: Particles that no name of a body or a place has.
_PERSONAL: Final = frozenset("ó ní mac bin binti bint ibn ul ur".split())
#: A run of capitalised words and what stands around it.
Run = tuple[int, int]


@lru_cache(maxsize=4)
def trades(lang: str) -> PatternTable:
    return PatternTable([r for r in read_table(lang, "titles") if r["side"] == "trade"])


@lru_cache(maxsize=4)
def courtesy_words(lang: str) -> tuple[PatternTable, PatternTable]:
    rows = read_table(lang, "titles")
    return tuple(PatternTable([r for r in rows if r["side"] == side]) for side in ("before", "after"))  # type: ignore[return-value]


def courtesies(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The courtesy word next to a stretch: `Mr Park`, `Чжао мырза`."""
    before, after = courtesy_words(document.lang)
    for hit in before.every(document.folded, max(0, start - 30), start):
        if document.text[hit.end : start].strip(". \u00a0") == "" and hit.end <= start:
            return hit.start, hit.end
    for hit in after.at(document.folded, end + 1, min(len(document.text), end + 20)):
        return hit.start, hit.end
    return None


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
    between = _LISTED.sub(" ", between)
    if (
        re.search(r"[.;:!?]", between)
        or len(between.split()) > 14
        or between.count(",") > (_COMMAS if between.rstrip().endswith(",") else 0)
    ):
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
    reach = _APPOSED if match and match[0].endswith(("the ", "its ")) else _APPOSED // 2
    return 0.88 if match and any(at < e <= at + reach and _opens_office(document, at, e) for e in ends) else 0.0


def _opens_office(document: Document, start: int, end: int) -> bool:
    words = document.text[start:end].split()
    return len(words) <= (9 if len(document.text[start:end]) > _APPOSED // 2 else 5) and "," not in document.text[start:end]


def with_courtesy(document: Document, run: Run, ends: set[int]) -> float:
    """`Mr Park`, `г-н Ёсида`, `Чжао мырза`."""
    last = document.doc[run[1] - 1]
    return 0.9 if courtesies(document, document.doc[run[0]].idx, last.idx + len(last.text)) else 0.0


def with_given_name(document: Document, run: Run, ends: set[int]) -> float:
    """A known given name followed by one more capitalised word."""
    words = [t.text for t in document.doc[run[0] : run[1]]]
    if len(words) >= 2 and any(is_given(w, document.lang) for w in words[:2]):
        return 0.85
    declined = [document.nominative(t.idx, t.idx + len(t.text)) for t in document.doc[run[0] : run[0] + 1]] if document.lang == "ru" else []
    return 0.85 if len(words) >= 2 and any(is_given(w, document.lang) for w in declined) else 0.0


def with_binding(document: Document, run: Run, ends: set[int]) -> float:
    """`Нурул Хана бинти Осман`, `Hamad bin Khalifa`: a word that only a person's name has between its parts."""
    doc, inner = document.doc, document.doc[run[0] + 1 : run[1] - 1]
    if not any(t.lower_ in BINDING for t in inner):
        return 0.0
    around = [*doc[max(0, run[0] - 2) : run[0]], *doc[run[1] - 1 : run[1] + 1]]
    return 0.0 if any(kind_of_name(t.text, document.lang) for t in around) else 0.85  # `Университет Хамада бин Халифы`


def with_family_first(document: Document, run: Run, ends: set[int]) -> float:
    """`Nguyen Hoang Lam`, `Kim Jae-won`: an East Asian family name and a given name as they are written there."""
    words = [t.text for t in document.doc[run[0] : run[1]]]
    if document.lang != "en" or not 2 <= len(words) <= 4 or not (cultures := family_first(words[0])):
        return 0.0
    opens = document.doc[run[0]].is_sent_start and len(words[0]) <= _SHORT
    syllables = [part for word in words[1:] for part in word.split("-")]
    vietnamese = "vi" in cultures and len(words) > 2 and all(len(s) <= 5 for s in syllables)
    return 0.8 if not opens and (vietnamese or any("-" in w for w in words[1:]) and all(len(s) <= 6 for s in syllables)) else 0.0


def with_relative(document: Document, run: Run, ends: set[int]) -> float:
    """`Aidar Bekov, who heads …`: English says `who` of nobody but persons."""
    if document.lang != "en" or run[1] - run[0] < 2 or document.doc[run[0] - 1].lower_ in _DOMAIN_LINKS:
        return 0.0
    last = document.doc[run[1] - 1]
    return 0.85 if re.match(r",? whom? ", document.folded[last.idx + len(last.text) :][:8]) else 0.0


def with_trade(document: Document, run: Run, ends: set[int]) -> float:
    """`еврокомиссар Йозеф Сикела`, `businessman Rui Moreira`: a word for what somebody does that is no office of the scheme."""
    if document.lang == "kk" or run[1] - run[0] < 2:
        return 0.0
    start = document.doc[run[0]].idx
    return 0.85 if any(h.end == start - 1 for h in trades(document.lang).every(document.folded, max(0, start - 60), start)) else 0.0


def before_appointment(document: Document, run: Run, ends: set[int]) -> float:
    """`Айбек Ким назначен Послом`, `Rui Moreira has been appointed Honorary Consul`."""
    if run[1] - run[0] < 2:
        return 0.0
    last = document.doc[run[1] - 1]
    after = document.folded[last.idx + len(last.text) :][:60]
    return 0.85 if APPOINTED.match(after) and any(last.idx < e <= last.idx + 90 for e in ends) else 0.0


def with_particle(document: Document, run: Run, ends: set[int]) -> float:
    """`Eoghan Ó Súilleabháin`, `Salem bin Hamad`: small words that only names of persons have."""
    inner = [t.lower_ for t in document.doc[run[0] + 1 : run[1] - 1]]
    return 0.8 if document.lang == "en" and _PERSONAL & {*inner} else 0.0


def with_surname(document: Document, run: Run, ends: set[int]) -> float:
    """Two words or more, the last of which has the shape of a surname."""
    if run[1] - run[0] < 2:
        return 0.0
    last = document.doc[run[1] - 1]
    name = document.nominative(last.idx, last.idx + len(last.text))
    first = document.doc[run[0]].idx
    return 0.8 if looks_like_surname(name, document.lang) and document.sentence_at(first).start != first else 0.0


def goes_on(document: Document, before: Run, run: Run, offices: list[Span]) -> bool:
    """Is a run the next in a list of persons that an office in the plural opens: `депутаты Анна Ким, Бибигуль Исина`?"""
    doc, start = document.doc, document.doc[run[0]].idx
    gap = document.folded[doc[before[1] - 1].idx + len(doc[before[1] - 1].text) : start]
    if document.lang == "kk" or run[1] - run[0] < 2 or gap not in {", ", " и ", " and ", ", and ", " а также ", ", а также "}:
        return False
    sentence = document.sentence_at(start)
    return any(sentence.start <= o.start < doc[before[0]].idx and is_plural(document, o) for o in offices)


def is_plural(document: Document, office: Span) -> bool:
    """Does an office stand in the plural: `послы`, `senators`?"""
    tokens = document.tokens(office.start, office.end)
    if document.lang == "en":
        return any(t.lower_.endswith("s") and t.lower_[:-1] in _PLURAL for t in tokens)
    return any(t.pos_ == "NOUN" and feature(t, "Number") == "Plur" for t in tokens[:1] or tokens)


EVIDENCE: Final[tuple[Callable[[Document, Run, set[int]], float], ...]] = (
    after_office,
    with_courtesy,
    behind_office,
    before_office,
    before_appointment,
    with_trade,
    with_given_name,
    with_binding,
    with_family_first,
    with_relative,
    with_particle,
    with_surname,
)

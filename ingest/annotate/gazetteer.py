"""Names of the authority book in running text: countries, cities, regions and organisations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from elshi.ingest.annotate.capitals import closing_words, is_capitalised, stops
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.figures import is_currency
from elshi.ingest.annotate.forms import nominative_of, so_written
from elshi.ingest.authorities import Book, Record
from elshi.ingest.keys import final_key, inner_key, script
from elshi.ingest.languages.given import is_given
from elshi.ingest.languages.names import looks_like_surname

__all__ = ["NAMESAKE", "PLACES", "barred_tokens", "known_names"]

#: Marks a town that here is rather the person it is named after: it only tells where other names end.
NAMESAKE: Final = "namesake"
PLACES: Final = frozenset({"Country", "City", "Region"})
_BY = "gazetteer/1"
_FUNCTION: Final = frozenset({"ADP", "CCONJ", "SCONJ", "PRON", "DET", "ADV", "VERB", "AUX", "PART"})
_PLACING: Final = frozenset({"in", "at", "to", "from", "of", "город", "города", "городе", "городу", "в", "во", "из", "до"})
#: What binds the words of an Arabic or Malay name: `Салем бин Хамад әл-Харуси`.
_BINDING: Final = frozenset("бин бинти ибн бен бинт уль аль әл эль".split())
_BOUND: Final = re.compile(r"(?:әл|аль|эль|ал|әс|ас|әр|ар|әт|ат|әш|аш|ән|ан|әд|ад|аз|әз)-[А-ЯЁӘҒҚҢӨҰҮҺІ]")
_WITH_DOMAIN: Final = frozenset(
    "minister ministers ministry secretary department faculty school institute commissioner committee directorate".split()
)
#: Bodies that every state has under the same names.
_OF_STATES: Final = frozenset({"Ministry", "Parliament", "GovernmentBody"})
_NAMED_AFTER: Final = frozenset({"имени", "им", "им.", "атындағы", "атындагы"})
_POSSESSIVE: Final = frozenset({"'s", "’s"})
#: A town this small is not believed on its name alone.
_KNOWN_CITY: Final = 100_000


class _FinalKeys(dict[int, str]):
    """Keys of tokens as the last word of a name, each worked out when it is asked for; "" for what ends none."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, i: int) -> str:
        token, lang = self._document.doc[i], self._document.lang
        if not _is_word(token.text) or lang == "en" and token.lower_ in _POSSESSIVE:
            key = ""
        else:
            key = final_key(self._document.tongue.nominative((token,)) if lang == "kk" else token.text, lang)
        return self.setdefault(i, key)


def _inner_keys(document: Document) -> list[str]:
    """Keys of all tokens inside a name; "" for what no name contains."""
    keys: list[str] = []
    before = ""
    for text in (token.text for token in document.doc):
        if document.lang == "en" and text.lower() in _POSSESSIVE:  # `People's Republic`, but also `Chad's`
            keys[-1:] = [inner_key(before + "s", "en")] if keys and keys[-1] else keys[-1:]
            keys.append("")
        else:
            keys.append(inner_key(text, document.lang) if _is_word(text) else "")
        before = text
    return keys


def _is_word(text: str) -> bool:
    return text.isalnum() or any(c.isalnum() for c in text)


def _line_ends(document: Document) -> list[int]:
    """For every token the one behind its sentence and line: no name goes on there, as in `… с Гвинеей. | В Бисау …`."""
    ends, end = [], len(document.doc)
    for token in reversed(document.doc):
        ends.append(end)
        if token.is_sent_start or "\n" in token.text:
            end = token.i
    return ends[::-1]


def known_names(document: Document, book: Book) -> Iterator[Span]:
    """Places and organisations that the book knows by the words that stand there."""
    before: Span | None = None
    spans = list(_by_words(document, book))
    states = {(s.record or "").partition(":")[2] for s in spans if s.kind == "Country"}
    states |= {r.country for s in spans if s.kind == "City" and s.record and (r := book.record(s.record)) and r.country}
    for span in spans:
        record = book.record(span.record) if span.record else None
        foreign = (
            record is not None and record.kind in _OF_STATES and (_is_owned(document, before, span, record) or _is_of_none(record, states))
        )
        yield replace(span, record=None) if foreign else span
        before = span


def _is_of_none(record: Record, states: Collection[str]) -> bool:
    """Is a state's body, which others have too, one of a state that the text is not about: some `Ministry of Foreign Affairs` of ROR?"""
    return record.rank > 0 and record.country is not None and record.country not in states


def _is_owned(document: Document, before: Span | None, body: Span, record: Record) -> bool:
    """Does a Kazakh country in the genitive make a body its own and not the state's whose name it bears: `Грузияның | Энергетика министрлігі`?"""
    if document.lang != "kk" or before is None or before.kind != "Country" or not 0 <= body.start - before.end <= 1:
        return False
    owner = (before.record or "").partition(":")[2]
    return document.case(before.start, before.end) == "Gen" and bool(record.country and owner and owner != record.country)


def _by_words(document: Document, book: Book) -> Iterator[Span]:
    doc, lang = document.doc, document.lang
    inner, final, ends = _inner_keys(document), _FinalKeys(document), _line_ends(document)
    for i, token in enumerate(doc):
        if (not is_capitalised(token) and not token.text[:1].isdigit()) or _is_function(token) or len(token.text) == 1:
            continue
        match = book.longest(inner, final, lang, i, ends[i])
        comma = next((t.i for t in doc[i : match.end] if t.text == ","), None) if match else None
        if match and comma is not None and match.records[0].kind in PLACES:  # `Республика, Таджикистан` is no place
            match = book.longest(inner, final, lang, i, comma)
        closed = next((t.i for t in doc[i : match.end] if t.text in {"(", ")"}), None) if match else None
        if match and closed is not None and doc[closed].text == ")":  # `United Nations (UN) General Assembly` is not `UN General Assembly`
            match = book.longest(inner, final, lang, i, closed)
        end = match.end if match else i
        if closed is not None and doc[closed].text == "(" and not any(t.text == ")" for t in doc[closed:end]):
            end = closed  # `Agency for Development (SDC` ends before its bracket
        written = " ".join(k for k in (*inner[i : match.end - 1], final[match.end - 1]) if k) if match else ""
        record = _meant(token, [r for r in match.records if so_written(document, i, match.end, r, written)]) if match else None
        if match is None or record is None:
            continue
        named_after = end - i == 1 and record.kind in PLACES and _is_dedicated(document, i, record)
        if end - i == 1 and not _stands_alone(document, i, record, book):
            continue
        last = doc[end - 1]
        if is_currency(document, token.idx) or (record.kind in PLACES and not is_capitalised(last)):
            continue
        end = last.idx + len(last.text)
        if record.kind in PLACES and document.in_title(token.idx, end):
            continue
        if record.kind not in {"Country", "Region"} and match.end - i == 1 and _inside_latin(document, i):
            continue
        if record.kind not in PLACES and (
            _is_domain(document, i) or end - token.idx == len(token.text) and _names_model(document, i, record)
        ):
            continue
        end += document.text[token.idx : end].count("«") > document.text[token.idx : end].count("»") and document.text[end : end + 1] == "»"
        yield Span(
            token.idx, end, record.kind, nominative_of(document, token.idx, end, record, written),
            record=record.id, score=0.95 if match.end - i > 1 or record.kind == "Country" else 0.85, by=_BY,
            attributes=((NAMESAKE, "person"),) if named_after else (),
        )  # fmt: skip


def _meant(token: Token, records: Sequence[Record]) -> Record | None:
    """The record a word means: one in capitals rather what it is the acronym of, `UN`, than a town of that name."""
    if not records:
        return None
    acronymous = (r for r in records if any(acronym == token.text for acronym, _ in r.acronyms))
    return next(acronymous, records[0]) if token.is_upper and records[0].kind == "City" else records[0]


def _is_function(token: Token) -> bool:
    """Is it a word without a name's weight, unless capitals make it one, as in `WHO`, or `UN` among words in small letters?"""
    if token.pos_ not in _FUNCTION or not token.is_upper:
        return token.pos_ in _FUNCTION and token.morph.get("VerbForm", []) != ["Part"]  # `Соединенное Королевство`
    return (
        len(token.text) < 2
        or len(token.text) == 2
        and any(t.is_alpha and t.is_upper for t in token.doc[max(0, token.i - 1) : token.i + 2] if t != token)
    )


def _names_model(document: Document, i: int, record: Record) -> bool:
    """Does a company's name only open what it makes: `Airbus | A321`, `Boeing | 787`?"""
    after = document.doc[i + 1] if i + 1 < len(document.doc) else None
    return (
        record.kind == "Company"
        and after is not None
        and re.fullmatch(r"[A-Z]?-?\d{2,4}[A-Za-z]{0,3}|[A-Z]{1,3}-?\d+\w*", after.text) is not None
    )


def _is_domain(document: Document, i: int) -> bool:
    """Do words only say what a ministry or a faculty deals with, as a body's name may too: `Minister of | Agriculture and Food`?"""
    before = [t.lower_ for t in document.doc[max(0, i - 2) : i]]
    return document.lang == "en" and before[1:] in (["of"], ["for"]) and before[0] in _WITH_DOMAIN


def _inside_latin(document: Document, i: int) -> bool:
    """Is a word part of a longer name in Latin script inside other text: `Bank Negara Malaysia`?"""
    if document.lang == "en" or script(document.doc[i].text) != "latn":
        return False
    beside = [document.doc[j] for j in (i - 1, i + 1) if 0 <= j < len(document.doc)]
    return any(t.text.isalpha() and is_capitalised(t) and script(t.text) == "latn" for t in beside)


def barred_tokens(document: Document, spans: Iterable[Span]) -> frozenset[int]:
    """Tokens of known names that no person's name takes in: countries, longer names, towns that open a body's name or say where."""
    barred: set[int] = set()
    for span in spans:
        tokens = document.tokens(span.start, span.end)
        if span.kind in {"Country", "Region"} and len(tokens) == 1 and _is_namesake(document, tokens[-1].i):
            continue
        if len(tokens) > 1 or span.kind != "City" or _stands_apart(document, tokens[-1].i) or _says_where(document, tokens[-1].i):
            barred.update(t.i for t in tokens)
    return frozenset(barred)


def _is_namesake(document: Document, i: int) -> bool:
    """Is an English country or region rather a given name before a surname: `Virginia Bentancur`, `Jordan Blake`?"""
    if document.lang != "en" or i + 1 >= len(document.doc) or not is_given(document.doc[i].text, "en"):
        return False
    whole = [is_capitalised(t) and t.is_alpha for t in document.doc[i + 1 : i + 3]]
    if whole == [True, True] and i and document.doc[i - 1].lower_ in _PLACING:  # `Ambassador of Georgia | Aleksandre Maisuradze`
        return False
    after = document.doc[i + 1]
    return is_capitalised(after) and after.is_alpha and not after.is_upper and after.lower_ not in stops("en") | closing_words("en")


def _stands_apart(document: Document, i: int) -> bool:
    """Is a town no part of a person's name: a preposition before it, a lower-case noun after (`Льеж ғарыш зерттеулер орталығы`)?"""
    if document.lang != "kk":
        before = document.doc[i - 1] if i else None
        return before is not None and (before.pos_ == "ADP" or before.lower_ in _PLACING)
    if i + 1 >= len(document.doc) or document.doc[i].morph.get("Case", ["Nom"]) != ["Nom"]:
        return False
    after = document.doc[i + 1]
    if after.lower_ in _BINDING or _BOUND.match(after.text):
        return False
    return not is_capitalised(after) and after.pos_ in {"NOUN", "ADJ", "PROPN"}


def _says_where(document: Document, i: int) -> bool:
    """Does a town's Kazakh case say where or whither, beside a person's whole name: `Брюссельде Роман …`, `Алар Карис Астанаға`?"""
    if document.lang != "kk":
        return False
    morph = document.doc[i].morph
    if morph.get("Case", []) == ["Loc"]:
        return True
    if (
        i > 1 and is_capitalised(document.doc[i - 1]) and document.doc[i - 1].morph.get("Case", []) == ["Acc"]
    ):  # `Пиявут Сричайды Қарағанды … күтті`
        return True
    named = i > 1 and all(is_capitalised(t) for t in document.doc[i - 2 : i])
    return named and morph.get("Case", []) in (["Dat"], ["Abl"])


def _is_dedicated(document: Document, i: int, record: Record) -> bool:
    """Is a word whom something is named after, as towns are too: `имени Сатпаева`, `Абай атындағы`, or a poet: `Абайдың кітабы`?"""
    doc, lang = document.doc, document.lang
    before, after = doc[i - 1].lower_ if i else "", doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if before in _NAMED_AFTER or after in _NAMED_AFTER:
        return True
    names = [n for n, tag in (*record.names, *record.aliases) if tag == lang] if 0 < record.population < _KNOWN_CITY else []
    if not any(is_given(n, lang) or looks_like_surname(n, lang) for n in names):
        return False
    return before not in _PLACING and not _is_town_word(after) and not (lang == "kk" and doc[i].morph.get("Case", []) == ["Loc"])


def _is_town_word(word: str) -> bool:
    """Does a Kazakh noun make a town of the name before it: `Абай қаласы`?"""
    return word.startswith(("қала", "ауыл", "кент"))


def _stands_alone(document: Document, i: int, record: Record, book: Book) -> bool:
    """Is one capitalised word enough to mean this record?"""
    token = document.doc[i]
    if not is_capitalised(token):
        return False
    if record.kind == "Country" or record.id.startswith("region:"):
        return True
    if record.kind in PLACES and book.adjective(token.text, document.lang):
        return False
    if record.kind in PLACES:
        return (record.population >= _KNOWN_CITY or record.country == "KZ") and len(token.text) > 2
    if token.text.isupper() or script(token.text) == "latn" and document.lang != "en":
        return record.rank == 0 or len(token.text) >= 4
    return record.rank == 0

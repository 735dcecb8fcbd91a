"""Bodies and countries named together: `Қазақстан мен Бразилия арасында`, `между A и B`, `between A and B`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from elshi.ingest.annotate.document import Document, Sentence, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.annotate.scene import Scene

__all__ = ["Group", "groups"]

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_QUOTES: Final = re.compile(r"[«»“”\"]")
_CONJ: Final[dict[str, re.Pattern[str]]] = {
    "kk": re.compile(
        r"^ *(?:(?:мен|пен|бен|және|,|, сондай-ақ|менен)) *(?:[а-яәғқңөұүһі-]+(?:лық|лік|тық|тік|дық|дік|ның|нің|дың|дің|тың|тің|дағы|дегі|тағы|тегі) ){0,3}$"
    ),
    "ru": re.compile(r"^ *(?:и|,|, а также|с|со) *(?:[а-яё-]+(?:ого|его|ой|ей|им|ым|ом|ем|ами|ией|ием) ){0,3}$"),
    "en": re.compile(r"^ *(?:and|,|, and|as well as|with) *(?:the )?(?:[a-z-]+ ){0,2}(?:the )?$"),
}
_BETWEEN: Final[dict[str, re.Pattern[str]]] = {
    "kk": re.compile(r"^[»”\"]? ?\S{0,12} ?арасын"),
    "ru": re.compile(r"между (?:[а-яё-]+ ){0,3}$"),
    "en": re.compile(r"between (?:the )?(?:[a-z-]+ ){0,2}$"),
}
#: What two sides in the Kazakh genitive have together.
_TIES: Final = re.compile(
    r"[»”\"]?[ \u00a0](?:[\w-]+,?[ \u00a0]){0,8}?(?:ынтымақтаст|байланыс|қатынас|әріптест|серіктест|ықпалдаст|диалог|қарым-қатынас)\w*"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Parties in one coordination; `between` when a word says that something stands between them."""

    keys: tuple[str, ...]
    start: int
    end: int
    between: bool


def groups(scene: Scene, sentence: Sentence) -> list[Group]:
    """Coordinations of two or more bodies or countries in a sentence; the surer ones first."""
    document, spans = scene.document, scene.bodies(sentence)
    spans = [s for s in spans if not _is_bracketed(document, s) and not _is_owner(document, s, spans)]
    found, run = [], spans[:1]
    for span in spans[1:]:
        if _joined(document, run[-1], span):
            run.append(span)
        else:
            found.append(run)
            run = [span]
    found.append(run)
    out = [g for run in found if len(run) > 1 and (g := _group(scene, run))]
    return sorted(out, key=lambda g: (not g.between, g.start))


def _is_bracketed(document: Document, span: Span) -> bool:
    before = document.text[max(0, span.start - 60) : span.start]
    return before.rfind("(") > before.rfind(")")


def _is_owner(document: Document, span: Span, spans: list[Span]) -> bool:
    """Is a country only the genitive in front of a body: `Словенияның Йожеф Стефан институты`?"""
    owns = document.lang == "kk" and span.kind == "Country" and document.case(span.start, span.end) == "Gen"
    return owns and any(s.kind != "Country" and 0 < s.start - span.end <= 1 for s in spans)


def _without_head(between: str) -> str:
    """What stands behind a quoted name without the noun that says what it is: `«Жасыл Қазақстан» орталығы мен`."""
    head = re.match(r" *[»”\"] *([а-яәғқңөұүһі-]+)", between)
    return between[head.end() :] if head and kind_of_name(head[1], "kk") else between


def _joined(document: Document, left: Span, right: Span) -> bool:
    between = document.folded[left.end : right.start]
    between = _QUOTES.sub("", _BRACKETS.sub("", _without_head(between) if document.lang == "kk" else between))
    if document.lang == "kk":
        ins = re.match(r"^ *(?:[а-яәғқңөұүһі-]+ ){0,2}$", between) and document.case(left.start, left.end) == "Ins"
        return bool(_CONJ["kk"].match(between)) or bool(ins) and "арасын" in document.folded[right.end : right.end + 20]
    return bool(_CONJ[document.lang].match(between))


def _group(scene: Scene, run: list[Span]) -> Group | None:
    document = scene.document
    keys = tuple(dict.fromkeys(key for s in run if (key := scene.key(s))))
    if len(keys) < 2:
        return None
    pattern, start, end = _BETWEEN[document.lang], run[0].start, run[-1].end
    if document.lang == "kk":
        owns = document.case(run[-1].start, run[-1].end) == "Gen" and _TIES.match(document.folded[end:]) is not None
        between = owns or bool(pattern.search(document.folded[end : end + 40]))
    else:
        between = bool(pattern.search(_QUOTES.sub("", document.folded[max(0, start - 60) : start])))
    return Group(keys, start, end, between)

"""How a text of any of the three languages falls into words: names with hyphens stay whole, dashes stand alone."""

from __future__ import annotations

import re
from typing import Any, Final

from spacy import attrs
from spacy.lang.char_classes import CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language

__all__ = ["CAPITALS", "LETTER", "SMALL", "WHOLE", "ask_less", "keeping_hyphens"]

#: The capitals of Latin, Greek and Cyrillic script, a letter, and one that is no capital. spaCy's own classes stop at А-я, leave out
#: three letters of every second Kazakh word, and list ideographs, which take a tenth of a second to compile.
CAPITALS: Final = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper())
LETTER: Final = r"[^\W\d_]"
SMALL: Final = rf"[^\W\d_{CAPITALS}]"
#: A plain word, as most of any text are: taken whole, without looking for signs at its ends or inside.
WHOLE: Final = r"[A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ԯ]+\Z"
#: Hyphens join ("Анн-Софи", "Xi'an-based"); dashes part, whatever stands beside them; a glued initial is a word ("С.Абильдаева").
_INFIXES: Final = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[\-*^](?=[0-9-])",
    rf"(?<={SMALL}|[{CONCAT_QUOTES}])\.(?=[{CAPITALS}{CONCAT_QUOTES}])",
    rf"(?<=[{CAPITALS}]\.)(?=[{CAPITALS}]{SMALL})",
    rf"(?<={LETTER}),(?={LETTER})",
    r"[–—]|--+",
    rf"(?<={LETTER}|[0-9])[:<>=/](?={LETTER})",
]
_WHOLE_TOO: Final = re.compile(rf"{WHOLE}|\d{{2,4}}гг?\.?$|(?:Дж|Дз|Yu|Zh|Sh|Ch|Kh|Th)\.$")
#: What spaCy would find out of every new word, and nobody asks of it here.
_UNASKED: Final = (
    attrs.IS_ASCII, attrs.IS_BRACKET, attrs.IS_CURRENCY, attrs.IS_DIGIT, attrs.IS_LEFT_PUNCT, attrs.IS_LOWER, attrs.IS_RIGHT_PUNCT,
    attrs.IS_TITLE, attrs.LIKE_EMAIL, attrs.LIKE_URL,
)  # fmt: skip


def ask_less(nlp: Any, *also: int) -> None:
    """Have spaCy find out of a new word only what is asked of it here."""
    for attribute in (*_UNASKED, *also):
        nlp.vocab.lex_attr_getters.pop(attribute, None)


def keeping_hyphens(parent: type[Language]) -> type[Language]:
    """A language whose tokenizer splits at dashes but not at hyphens, nor inside `2008г.` and initials such as `Дж.`."""

    class HyphensKept(parent.Defaults):  # type: ignore[name-defined,misc]
        infixes = _INFIXES
        token_match = staticmethod(_WHOLE_TOO.match)

    class Kept(parent):  # type: ignore[valid-type,misc]
        lang = parent.lang
        Defaults = HyphensKept

    return Kept

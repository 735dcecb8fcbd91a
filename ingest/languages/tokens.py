"""How a text of any of the three languages falls into words: names with hyphens stay whole, dashes stand alone."""

from __future__ import annotations

import re
from typing import Any, Final

from spacy import attrs  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.util import compile_infix_regex

__all__ = ["keep_hyphens", "keep_words"]

#: Hyphens join ("Анн-Софи", "Xi'an-based"); dashes part, whatever stands beside them; a glued initial is a word ("С.Абильдаева").
_INFIXES: Final = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[\-*^](?=[0-9-])",
    rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
    rf"(?<=[{ALPHA_UPPER}]\.)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
    r"[–—]|--+",
    rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
]
_LETTERS: Final = r"[A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ԯ]+\Z"
_WHOLE: Final = re.compile(rf"{_LETTERS}|\d{{2,4}}гг?\.?$|(?:Дж|Дз|Yu|Zh|Sh|Ch|Kh|Th)\.$")
#: What spaCy would find out of every new word, and nobody asks of it here.
_UNASKED: Final = (
    attrs.IS_ASCII, attrs.IS_BRACKET, attrs.IS_CURRENCY, attrs.IS_DIGIT, attrs.IS_LEFT_PUNCT, attrs.IS_LOWER, attrs.IS_RIGHT_PUNCT,
    attrs.IS_TITLE, attrs.LIKE_EMAIL, attrs.LIKE_URL,
)  # fmt: skip


def keep_words(nlp: Any, whole: re.Pattern[str] = re.compile(_LETTERS)) -> None:
    """Make a pipeline pass over plain words, most of any text, without looking for signs at their ends or inside."""
    nlp.tokenizer.token_match = whole.match
    for attribute in _UNASKED:
        nlp.vocab.lex_attr_getters.pop(attribute, None)


def keep_hyphens(nlp: Any) -> None:
    """Make a pipeline's tokenizer split at dashes but not at hyphens, nor inside `2008г.` and initials such as `Дж.`."""
    nlp.tokenizer.infix_finditer = compile_infix_regex(_INFIXES).finditer
    keep_words(nlp, _WHOLE)

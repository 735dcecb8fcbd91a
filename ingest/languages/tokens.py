"""How a text of any of the three languages falls into words: names with hyphens stay whole, dashes stand alone."""

from __future__ import annotations

import re
from typing import Any, Final

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.util import compile_infix_regex

__all__ = ["keep_hyphens"]

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
_WHOLE: Final = re.compile(r"\d{2,4}гг?\.?$|(?:Дж|Дз|Yu|Zh|Sh|Ch|Kh|Th)\.$").match


def keep_hyphens(nlp: Any) -> None:
    """Make a pipeline's tokenizer split at dashes but not at hyphens, nor inside `2008г.` and initials such as `Дж.`."""
    nlp.tokenizer.infix_finditer = compile_infix_regex(_INFIXES).finditer
    inherited = nlp.tokenizer.token_match
    nlp.tokenizer.token_match = _WHOLE if inherited is None else lambda text: _WHOLE(text) or inherited(text)

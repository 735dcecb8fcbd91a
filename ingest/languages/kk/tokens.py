"""How Kazakh text falls into tokens: spaCy's patterns with all letters, and no cut at a hyphen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.attrs import LANG, LIKE_NUM, ORTH  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.lang.char_classes import (
    CONCAT_QUOTES,
    CURRENCY,
    LIST_CURRENCY,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
    PUNCT,
    UNITS,
)  # fmt: skip
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import Language

from elshi.ingest.languages.kk.lexicon import lexicon, rows
from elshi.ingest.languages.tokens import CAPITALS, LETTER, SMALL

__all__ = ["INFIXES", "PREFIXES", "SUFFIXES", "exceptions", "lex_attr_getters", "like_num", "stop_words"]

DASHES = "—–―"

PREFIXES = [
    "§", "%", "=", f"[{DASHES}]", r"\+(?![0-9])", "-(?=[«\"“„])",
    *LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_CURRENCY, *LIST_ICONS,
]  # fmt: skip
SUFFIXES = [
    *LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_ICONS, f"[{DASHES}]",
    r"(?<=[0-9])\+",
    rf"(?<=[0-9])(?:{CURRENCY})",
    rf"(?<=[0-9])(?:{UNITS})",
    rf"(?<={SMALL}|[0-9%²\-\+{PUNCT}(?:{CONCAT_QUOTES})])\.",
    rf"(?<=[{CAPITALS}]{{2}})\.",
]  # fmt: skip
INFIXES = [
    *LIST_ELLIPSES, *LIST_ICONS,
    rf"(?<={SMALL}{{2}})\.(?=[{CAPITALS}{CONCAT_QUOTES}])",
    rf"(?<=[{CONCAT_QUOTES}])\.(?=[{CAPITALS}{CONCAT_QUOTES}])",
    rf"(?<=[{CAPITALS}]\.)(?=[{CAPITALS}]{SMALL})",
    rf"(?<=[{CAPITALS}]{SMALL}\.)(?=[{CAPITALS}])",
    rf"(?<={LETTER}),(?={LETTER})",
    rf"(?<={LETTER}|[0-9])(?:[{DASHES}]|--+)(?={LETTER}|[0-9])",
    rf"(?<={LETTER}|[0-9])[:<>=/](?={LETTER})",
    rf"(?<={LETTER}|[0-9])[()«»“”](?={LETTER}|[0-9])",
    rf"(?<={LETTER}|[0-9])[»”](?=-{LETTER})",
    rf"(?<=[0-9])(?=%-{SMALL})",
]  # fmt: skip

_NUMBER_WORDS = frozenset(word for word, found in lexicon().closed.items() if found.pos == "NUM")
_NUMBER = re.compile(r"[+-]?\d[\d\s.,]*(?:[%/]\d*)?(?:-[а-яәғқңөұүіһ]+)?$")


def like_num(text: str) -> bool:
    """Return whether a token is a number in digits or words, with or without a case ending (5700-ге, 11%, он).

    >>> like_num("700-ге"), like_num("екі"), like_num("ел")
    (True, True, False)
    """
    return bool(_NUMBER.match(text)) or text.lower() in _NUMBER_WORDS


def lex_attr_getters() -> dict[int, Callable[[str], Any]]:
    """Return spaCy's lexical attributes with those that depend on Kazakh."""
    return {**Language.Defaults.lex_attr_getters, LIKE_NUM: like_num, LANG: lambda text: "kk"}


def stop_words() -> set[str]:
    """Return the words that carry grammar rather than meaning: the closed classes, numbers left out."""
    return {form for form, word in lexicon().closed.items() if word.pos != "NUM"}


def exceptions() -> dict[str, list[dict[int, str]]]:
    """Return the abbreviations that keep their full stop, as one token each."""
    found = dict(BASE_EXCEPTIONS)
    for row in rows("abbreviations.tsv"):
        for form in {row["form"], row["form"][0].upper() + row["form"][1:]}:
            found[form] = [{ORTH: form}]
    return found

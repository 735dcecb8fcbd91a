"""English: its pipeline, the plain form of a name as it stands in a sentence, and its lookup key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Token

from elshi.ingest.keys import key as name_key
from elshi.ingest.languages.en import morphology
from elshi.ingest.languages.sentences import NAME as SENTENCES
from elshi.ingest.languages.tokens import ask_less, keeping_hyphens

__all__ = ["key", "make_nlp", "nominative"]

_POSSESSIVES: Final = ("'s", "’s", "'", "’")


def make_nlp() -> Language:
    """Return a pipeline that sets sentences, lemmas, parts of speech and the tense of verbs of English text."""
    nlp = keeping_hyphens(English)()
    ask_less(nlp)
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe(morphology.NAME)
    return nlp


def nominative(tokens: Sequence[Token], *, kind: str | None = None) -> str:
    """Return a name without its possessive ending and its leading article, whatever its kind."""
    words = [t for t in tokens if not t.is_space]
    while len(words) > 1 and _is_trailing(words[-1].text):
        words.pop()
    if len(words) > 1 and words[0].lower_ == "the":
        words.pop(0)
    text = "".join(t.text_with_ws for t in words).strip()
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return " ".join(text.split())


def _is_trailing(word: str) -> bool:
    """Is it a possessive ending or a mark that closes nothing?"""
    return word in _POSSESSIVES or not any(c.isalnum() for c in word) and word not in ("»", "”", '"', ")")


def key(tokens: Sequence[Token]) -> str:
    """Return the key under which a name is looked up, whatever its article, possessive or accents."""
    return name_key(nominative(tokens), "en")

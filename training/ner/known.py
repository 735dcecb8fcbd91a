"""A pipeline component that tells a recogniser what the book of authorities and the lists of names know of a word."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import PREFIX  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.language import Language
from spacy.tokens import Doc, Token

from elshi.ingest.authorities import Match, open_book
from elshi.ingest.keys import final_key, inner_key
from elshi.ingest.languages.given import is_given
from elshi.ingest.languages.kk import nominative

__all__ = ["NAME", "KnownNames"]

#: The name of the pipeline component.
NAME = "kk_known"
#: Letters of an unknown name's lemma that are its clue, and of a word's beginning that are its prefix.
_CLUE, _PREFIX = 3, 3


@Language.factory(NAME, assigns=["token.tag"])
def make_known(nlp: Language, name: str) -> KnownNames:
    """Return the component for a pipeline, whose words from now on have prefixes of three letters."""
    nlp.vocab.lex_attr_getters[PREFIX] = lambda word: word[:_PREFIX]
    return KnownNames()


class KnownNames:
    """Sets `tag_` to `Country-B`, `City-B`, … of a known name and `Country-I` of its further words, to `Given` of a given name,
    to the end of its lemma of any other capitalised word, and to "" of the rest."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.tag_ = _clue(token)
        for match in _matches(doc):
            for i in range(match.start, match.end):
                doc[i].tag_ = f"{match.records[0].kind}-{'I' if i > match.start else 'B'}"
        return doc


def _matches(doc: Doc) -> Iterator[Match]:
    """Yield the names that the book knows and that begin with a capital, from left to right, none inside another."""
    book = open_book()
    inner = [inner_key(token.text, "kk") if _is_word(token) else "" for token in doc]
    final = [final_key(nominative([token]), "kk") if _is_word(token) else "" for token in doc]
    i = 0
    while i < len(doc):
        match = book.longest(inner, final, "kk", i) if doc[i].text[:1].isupper() else None
        if match:
            yield match
        i = match.end if match else i + 1


def _is_word(token: Token) -> bool:
    return any(letter.isalnum() for letter in token.text)


def _clue(token: Token) -> str:
    if not token.text[:1].isupper():
        return ""
    lemma = nominative([token], kind="PERSON")
    return "Given" if is_given(lemma, "kk") else f"~{lemma[-_CLUE:].lower()}"

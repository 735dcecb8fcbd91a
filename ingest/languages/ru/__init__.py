"""Russian: its pipeline, the nominative of a name as it stands in a sentence, and its lookup key."""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.attrs import LIKE_NUM  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.language import Language
from spacy.tokens import Token

from elshi.ingest.keys import key as name_key
from elshi.ingest.languages.ru.declension import nominative
from elshi.ingest.languages.ru.morphology import ru_morph as ru_morph
from elshi.ingest.languages.sentences import NAME as SENTENCES
from elshi.ingest.languages.tokens import keep_hyphens

__all__ = ["key", "make_nlp", "nominative"]


def make_nlp() -> Language:
    """Return a pipeline that sets sentences, lemmas, parts of speech and morphology of Russian text."""
    nlp = spacy.blank("ru")
    keep_hyphens(nlp)
    nlp.vocab.lex_attr_getters.pop(LIKE_NUM)  # the dictionary knows the numerals; spaCy looks through a list of hundreds for every word
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe("ru_morph")
    return nlp


def key(tokens: Sequence[Token]) -> str:
    """Return the key under which any inflected form of a name, and its dictionary form, is looked up."""
    return name_key("".join(t.text_with_ws for t in tokens), "ru")

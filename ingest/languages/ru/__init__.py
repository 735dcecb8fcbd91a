"""Russian: its pipeline, the nominative of a name as it stands in a sentence, and its lookup key."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.attrs import LIKE_NUM  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.lang.ru import Russian
from spacy.language import Language
from spacy.tokens import Token

from elshi.ingest.keys import key as name_key
from elshi.ingest.languages.ru.declension import nominative
from elshi.ingest.languages.ru.morphology import ru_morph as ru_morph
from elshi.ingest.languages.sentences import NAME as SENTENCES
from elshi.ingest.languages.tokens import ask_less, keeping_hyphens

__all__ = ["key", "make_nlp", "nominative"]


def make_nlp() -> Language:
    """Return a pipeline that sets sentences, lemmas, parts of speech and morphology of Russian text."""
    nlp = keeping_hyphens(Russian)()
    ask_less(nlp, LIKE_NUM)  # the dictionary knows the numerals; spaCy looks through a list of hundreds for every word
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe("ru_morph")
    return nlp


def key(tokens: Sequence[Token]) -> str:
    """Return the key under which any inflected form of a name, and its dictionary form, is looked up."""
    return name_key("".join(t.text_with_ws for t in tokens), "ru")

"""Kazakh for spaCy: the language class, its tokenizer, and the pipeline that reads sentences and morphology."""

from __future__ import annotations

import re
from typing import Any

from spacy.language import BaseDefaults, Language

from elshi.ingest.languages import sentences
from elshi.ingest.languages.kk import component, tokens
from elshi.ingest.languages.kk.component import nominative
from elshi.ingest.languages.kk.inflection import inflect
from elshi.ingest.languages.kk.morphology import Analysis, analyse
from elshi.ingest.languages.tokens import WHOLE, ask_less

__all__ = ["Analysis", "Kazakh", "analyse", "inflect", "make_nlp", "nominative"]


class KazakhDefaults(BaseDefaults):
    """What makes Kazakh text fall into tokens as KazNERD has them."""

    tokenizer_exceptions = tokens.exceptions()
    prefixes = tokens.PREFIXES
    suffixes = tokens.SUFFIXES
    infixes = tokens.INFIXES
    token_match = staticmethod(re.compile(WHOLE).match)
    lex_attr_getters = tokens.lex_attr_getters()
    stop_words = tokens.stop_words()


class Kazakh(Language):  # type: ignore[no-untyped-call]  # spaCy types its metaclass hook not at all
    """Kazakh in Cyrillic script."""

    lang = "kk"
    Defaults = KazakhDefaults


def make_nlp(**settings: Any) -> Language:
    """Return a pipeline with tokenizer, sentences and morphology, to which a name recogniser can be added.

    >>> [(token.lemma_, token.morph.get("Case")) for token in make_nlp()("Льеж университетінің ректоры")][1]
    ('университет', ['Gen'])
    """
    nlp = Kazakh(**settings)
    ask_less(nlp)
    nlp.add_pipe(sentences.NAME)
    nlp.add_pipe(component.NAME)
    return nlp

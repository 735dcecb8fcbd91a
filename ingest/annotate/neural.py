"""Names of persons by a trained recogniser: spaCy models of data/models."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import spacy
from spacy.language import Language

from elshi import resource
from elshi.ingest.annotate.document import Document, Span
from elshi.ingest.annotate.organisations import kind_of_name
from elshi.ingest.model import Tagged

__all__ = ["Recogniser", "load_recogniser"]

#: What no person's name has: figures, words all in capitals, and, in Cyrillic text, none but Latin letters.
_NO_PERSON: Final = (re.compile(r"\d|\b[^\W\d_a-zа-я]{3,}\b(?!\.)|^[A-Za-zÀ-ɏ .-]+$"), re.compile(r"\d"))


class Recogniser:
    """One language's name model; it reads tokens, sentences and morphology as the document has them already."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._ner = nlp.get_pipe("ner")
        self._labels: tuple[str, ...] = nlp.pipe_labels["ner"]  # type: ignore[assignment]
        self.models: tuple[Tagged, ...] = ((name, str(nlp.meta.get("version", "0"))),)

    def names(self, document: Document) -> list[Span]:
        """Persons, and what else it takes for a name, which shows where a person's name ends: bodies and places are surer by rule."""
        read = document.doc.copy()
        for label in self._labels:
            read.vocab.strings.add(label)
        by = "{}/{}".format(*self.models[0])
        return [
            Span(e.start_char, e.end_char, "Person", document.nominative(e.start_char, e.end_char, person=True), score=0.8, by=by)
            if e.label_ == "PERSON" else Span(e.start_char, e.end_char, e.label_, by=by)
            for e in self._ner(read).ents
            if e.label_ != "PERSON" or (_is_person(e.text, document.lang) and not document.in_title(e.start_char, e.end_char))
            if document.lang != "en" or not document.sentence_at(e.start_char).is_title  # its headlines capitalise everything
        ]  # fmt: skip


def _is_person(text: str, lang: str) -> bool:
    return text[:1].isalnum() and "\n" not in text and not _NO_PERSON[lang == "en"].search(text) and kind_of_name(text, lang) is None


@lru_cache(maxsize=4)
def load_recogniser(lang: str) -> Recogniser | None:
    """The recogniser shipped for a language, or None."""
    folder = resource(f"data/models/{lang}_ner")
    if not folder.is_dir():
        return None
    return Recogniser(spacy.load(str(folder)), f"{lang}_ner")

"""Names by a trained recogniser: spaCy models of data/models, their labels put into the classes of the house."""

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

_LABELS: Final = {"PERSON": "Person", "ORGANISATION": "Organization", "GPE": "City", "LOCATION": "Region"}


class Recogniser:
    """One language's name model; it reads tokens, sentences and morphology as the document has them already."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._ner = nlp.get_pipe("ner")
        self._labels: tuple[str, ...] = nlp.pipe_labels["ner"]  # type: ignore[assignment]
        self.models: tuple[Tagged, ...] = ((name, str(nlp.meta.get("version", "0"))),)

    def names(self, document: Document) -> list[Span]:
        """Persons, organisations and places; other labels are left to the rules."""
        read = document.doc.copy()
        for label in self._labels:
            read.vocab.strings.add(label)
        by = "{}/{}".format(*self.models[0])
        return [
            Span(e.start_char, e.end_char, kind, document.nominative(e.start_char, e.end_char, person=kind == "Person"), score=0.8, by=by)
            for e in self._ner(read).ents
            if (kind := _kind(e.label_, e.text, document.lang)) and e.text[:1].isalnum() and "\n" not in e.text
            if kind != "Person" or not _NO_PERSON[document.lang == "en"].search(e.text)
        ]


def _kind(label: str, text: str, lang: str) -> str | None:
    kind = _LABELS.get(label)
    return kind_of_name(text, lang) or kind if kind == "Organization" else kind


@lru_cache(maxsize=4)
def load_recogniser(lang: str) -> Recogniser | None:
    """The recogniser shipped for a language, or None."""
    folder = resource(f"data/models/{lang}_ner")
    if not folder.is_dir():
        return None
    return Recogniser(spacy.load(str(folder)), f"{lang}_ner")

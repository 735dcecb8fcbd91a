"""A reader for each language, put together from its grammar, the book of authorities and its name model."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from inspect import signature
from types import ModuleType

from elshi import ElshiError
from elshi.ingest.annotate import Reader, annotate
from elshi.ingest.annotate.document import Tongue
from elshi.ingest.annotate.neural import load_recogniser
from elshi.ingest.authorities import open_book
from elshi.ingest.confidence import weighed
from elshi.ingest.link import link
from elshi.ingest.model import Reading, Release

__all__ = ["LANGUAGES", "load_reader", "read_release"]

#: The languages Elshi reads.
LANGUAGES = ("kk", "ru", "en")


@lru_cache(maxsize=3)
def load_reader(lang: str) -> Reader:
    """Return the reader of a language, loaded once; raises ElshiError for a language Elshi does not read."""
    if lang not in LANGUAGES:
        raise ElshiError(f"no grammar for {lang}: Elshi reads {', '.join(LANGUAGES)}; say which with --lang")
    grammar = import_module(f"elshi.ingest.languages.{lang}")
    nlp = grammar.make_nlp()
    return Reader(Tongue(lang, nlp, _nominative(grammar)), open_book(), load_recogniser(lang, nlp.vocab))


def _nominative(grammar: ModuleType) -> Callable[..., str]:
    plain = grammar.nominative
    if "kind" in signature(plain).parameters:
        return plain  # type: ignore[no-any-return]
    return lambda tokens, kind=None: plain(tokens)


def read_release(release: Release) -> Reading:
    """Annotate a release, link what it names to the authorities, and say how sure each part of it is."""
    reader = load_reader(release.lang)
    return weighed(link(annotate(release, reader), reader.book))

"""A release on the desk: its spaCy tokens, sentences and quotations, addressed by code-point offsets of its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from elshi.ingest.annotate.patterns import Text, fold
from elshi.ingest.languages.features import feature
from elshi.ingest.model import Mention, Release

__all__ = ["Document", "Sentence", "Span", "Tongue"]

#: How many words the title of a programme, a forum, a centre has at most.
_TITLE: Final = 8
_QUOTED: Final = re.compile(r"«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"|„[^„“\n]*“")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What `ingest/languages/<lang>` offers: a pipeline and the nominative of a name."""

    lang: str
    nlp: Language
    nominative: Callable[..., str]  # (tokens, kind="PERSON" or None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: half-open offsets, the paragraph (line) it stands in, whether it is the headline."""

    index: int
    start: int
    end: int
    paragraph: int
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was taken for something: an entity, an office, a date, a figure."""

    start: int
    end: int
    kind: str
    name: str = ""  # nominative, for entities; the value, for dates
    record: str | None = None  # id in the authority book
    score: float = 0.9
    by: str = ""
    attributes: tuple[tuple[str, str], ...] = field(default=())

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.kind))

    def get(self, key: str) -> str | None:
        """One of the attributes, None where it has none of that name."""
        return dict(self.attributes).get(key)


class Document:
    """A release with its tokens; offsets are those of `Release.text` throughout."""

    def __init__(self, release: Release, tongue: Tongue) -> None:
        self.release = release
        self.tongue = tongue
        self.text = release.text
        self.lang: str = release.lang
        self.folded = Text(fold(release.text))
        self.doc: Doc = tongue.nlp(release.text)
        self.quotes = tuple(m.span() for m in _QUOTED.finditer(release.text))
        self.sentences = tuple(self._sentences())
        self._starts = [s.start for s in self.sentences]
        self._tokens: dict[tuple[int, int], Tokens] = {}
        self._nominatives: dict[tuple[int, int, bool], str] = {}

    def _sentences(self) -> list[Sentence]:
        title = self.text.find(self.release.title) if self.release.title else -1
        end = title + len(self.release.title) if title >= 0 else 0
        found = [Sentence(0, title, end, 0, True)] if title >= 0 else []
        for sent in self.doc.sents:
            start = max(sent.start_char, end)
            raw = self.text[start : sent.end_char]
            if raw.strip():
                start += len(raw) - len(raw.lstrip())
                stop = sent.end_char - (len(raw) - len(raw.rstrip()))
                found.append(Sentence(len(found), start, stop, self.text.count("\n", 0, start)))
        return found

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence in which an offset lies."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences after the headline."""
        return tuple(s for s in self.sentences if not s.is_title)

    def tokens(self, start: int, end: int) -> Tokens:
        """The tokens that a stretch touches."""
        known = self._tokens.get((start, end))
        if known is None:
            span = self.doc.char_span(start, end, alignment_mode="expand")
            if span is None:
                raise ValueError(f"no token between {start} and {end}")
            known = self._tokens[start, end] = span
        return known

    def case(self, start: int, end: int) -> str:
        """Case of the last word of a stretch, `Nom` where the language marks none."""
        return feature(self.tokens(start, end)[-1], "Case") or "Nom"

    def is_attributive(self, start: int, end: int) -> bool:
        """Does the last word carry the Kazakh -ғы/-дағы?"""
        return feature(self.tokens(start, end)[-1], "Attr") == "Yes"

    def nominative(self, start: int, end: int, *, person: bool = False) -> str:
        """Dictionary form of the name that stands there."""
        known = self._nominatives.get((start, end, person))
        if known is None:
            known = self.tongue.nominative(self.tokens(start, end), kind="PERSON" if person else None)
            self._nominatives[start, end, person] = known
        return known

    def in_quotation(self, offset: int) -> bool:
        """Does the offset lie between quotation marks?"""
        return any(start < offset < end - 1 for start, end in self.quotes)

    def in_brackets(self, offset: int) -> bool:
        """Does the offset lie between brackets, where a text adds what it does not tell?"""
        line = self.text.rfind("\n", 0, offset) + 1
        return self.text.rfind("(", line, offset) > self.text.rfind(")", line, offset)

    def in_title(self, start: int, end: int) -> bool:
        """Does a stretch stand among other words of a short quotation that is a name, and no speech?"""
        return any(
            a < start and end < b and b - a > end - start + 2 and len(self.text[a:b].split()) <= _TITLE and self.text[b - 2] not in ".!?…,"
            for a, b in self.quotes
        )

    def mention(self, start: int, end: int, kind: str, *, score: float = 1.0, by: str = "") -> Mention:
        """A mention that quotes the text exactly."""
        return Mention(start, end, self.text[start:end], kind, score, by)

    def evidence(self, sentence: Sentence, *, by: str) -> tuple[Mention, ...]:
        """A whole sentence as the quotation that carries a fact."""
        return (self.mention(sentence.start, sentence.end, "Fact", by=by),)

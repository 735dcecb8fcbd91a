"""What a person types for a parameter, as an RDF term: `BE`, `person:roman-vasilenko`, `2026-03-15`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from elshi import ElshiError
from elshi.ontology import literals
from elshi.ontology.vocab import RESOURCE_KINDS, prefixes

__all__ = ["TYPES", "ParameterError", "iri_of", "literal_of"]

_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_LOCAL: Final = re.compile(r"[A-Za-z0-9._~%-]+")
_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")
#: Reads a value of a type; None where it is none.
Read = Callable[[str, str], str | None]


class ParameterError(ElshiError):
    """A parameter that a query does not take, or a value that it cannot read."""


def iri_of(text: str, base_iri: str, *, kind: str | None = None) -> str | None:
    """Return the IRI that a full IRI, a CURIE or, where the kind is known, a bare name stands for.

    >>> iri_of("person:roman-vasilenko", "https://w3id.org/elshi/id/")
    'https://w3id.org/elshi/id/person/roman-vasilenko'
    >>> iri_of("space", "https://w3id.org/elshi/id/", kind="topic")
    'https://w3id.org/elshi/id/topic/space'
    """
    bare = text.strip()
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1]
    if "://" in bare or bare.startswith("urn:"):
        return bare if _SAFE.fullmatch(bare) else None
    prefix, colon, local = bare.partition(":")
    if colon:
        known = prefixes(base_iri)
        return known[prefix] + local if prefix in known and _LOCAL.fullmatch(local) else None
    if "/" in bare and bare.partition("/")[0] in RESOURCE_KINDS and _LOCAL.fullmatch(bare.partition("/")[2]):
        return base_iri + bare
    return f"{base_iri}{kind}/{bare}" if kind and _LOCAL.fullmatch(bare) else None


def literal_of(text: str, types: str, *, name: str, base_iri: str) -> str:
    """Return the N-Quads term of a value, read as the first of `types` (`place|organization`) that it fits; raises ParameterError."""
    for kind in types.split("|"):
        term = TYPES[kind](text.strip(), base_iri)
        if term is not None:
            return term
    raise ParameterError(
        f"{name}={text} is no {types.replace('|', ' or ')}: {_EXAMPLES.get(types.split('|')[0], 'see `elshi query --list`')}"
    )


def _resource(kind: str | None) -> Read:
    def read(text: str, base_iri: str) -> str | None:
        iri = iri_of(text, base_iri, kind=kind)
        return literals.node(iri) if iri else None

    return read


def _place(text: str, base_iri: str) -> str | None:
    iri = iri_of(text.lower() if re.fullmatch(r"[A-Za-z]{2}", text) else text, base_iri, kind="place")
    return literals.node(iri) if iri else None


def _day(text: str, _: str) -> str | None:
    return literals.plain(text) if _DAY.fullmatch(text) else None


def _number(text: str, _: str) -> str | None:
    return literals.number(text) if _NUMBER.fullmatch(text) else None


def _lang(text: str, _: str) -> str | None:
    return literals.plain(text.lower()) if re.fullmatch(r"[A-Za-z]{2,3}", text) else None


def _text(text: str, _: str) -> str | None:
    return literals.plain(text) if text else None


#: The types of parameters and how each is read.
TYPES: Final[Mapping[str, Read]] = {
    "place": _place,
    **{kind: _resource(kind) for kind in RESOURCE_KINDS if kind not in ("place", "date")},
    "entity": _resource(None),
    "day": _day,
    "number": _number,
    "lang": _lang,
    "text": _text,
}
_EXAMPLES: Final[Mapping[str, str]] = {
    "place": "write an ISO code such as BE, or place:gn-1526273",
    "day": "write a day such as 2026-03-15, a month or a year",
    "number": "write a number such as 0.6",
    "lang": "write kk, ru or en",
    "entity": "write an IRI or person:…, organization:…, place:…",
    "topic": "write a slug such as space",
}

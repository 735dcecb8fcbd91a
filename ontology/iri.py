"""Where IRIs are minted: the same thing gets the same IRI in every language and every run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from elshi import ElshiError
from elshi.ingest.slug import slug
from elshi.ontology.vocab import BASE_IRI, RESOURCE_KINDS

__all__ = ["IriError", "digest", "distinct", "graph_path", "is_path", "outer", "release_path", "resource_iri", "slug"]

_PATH: Final = re.compile(rf"(?:{'|'.join(RESOURCE_KINDS)})/(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{{2}})+")
_UNSAFE: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


class IriError(ElshiError):
    """A key from which no IRI can be made."""


def digest(*keys: object) -> str:
    """Return 20 hexadecimal digits that stand for these key facts, whatever the language or the run.

    >>> digest("Meeting", ("person/b", "person/a")) == digest("Meeting", ("person/b", "person/a"))
    True
    """
    return sha256(repr(keys).encode()).hexdigest()[:20]


def distinct(kind: str, facts: Iterable[tuple[tuple[Hashable, ...], tuple[Hashable, ...]]]) -> list[str]:
    """Give every fact (key facts, finer facts) the path of its IRI, in the order given.

    The key facts alone decide, so that versions of one story meet; only where two facts of one release share them do
    the finer ones enter, for both alike. Facts equal in those as well are one.
    """
    facts = list(facts)
    shared = Counter(core for core, _ in facts)
    return [f"{kind}/{digest(kind, *core) if shared[core] == 1 else digest(kind, *core, *finer)}" for core, finer in facts]


def is_path(key: str) -> bool:
    """Tell whether a key is the path of a resource IRI, as linking leaves it."""
    return _PATH.fullmatch(key) is not None


def release_path(key: str) -> str:
    """Return the path of a release's IRI.

    >>> release_path("https://gov.kz/news/1?lang=kk")
    'release/https%3A%2F%2Fgov.kz%2Fnews%2F1%3Flang%3Dkk'
    """
    return "release/" + quote(key, safe="-._~")


def graph_path(key: str) -> str:
    """Return the path of the IRI of the named graph that holds what was read from a release."""
    return "graph/" + quote(key, safe="-._~")


def resource_iri(path: str, base_iri: str = BASE_IRI) -> str:
    """Return the IRI of a path; raises IriError where it is none, as the key of an entity that was never linked.

    >>> resource_iri("place/kz")
    'https://w3id.org/elshi/id/place/kz'
    """
    if not is_path(path):
        raise IriError(f"no IRI for the key {path!r}: link the entity first, so that its key is a path such as place/kz")
    return base_iri + path


def outer(iri: str) -> str:
    """Return an IRI from outside with the characters no IRI may hold percent-encoded.

    >>> outer("https://example.org/a b")
    'https://example.org/a%20b'
    """
    return _UNSAFE.sub(lambda m: quote(m.group()), iri.strip())

"""What a query is allowed to do, told from its tokens: it reads, and calls no other endpoint unless that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final, Literal
from urllib.parse import urlsplit

from elshi.portal.protocol import Refused

__all__ = ["Form", "form_of"]

#: The four forms of a query.
Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_TOKEN: Final = re.compile(
    r"""
    (?P<comment> \#[^\n\r]* )
  | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<variable> [?$]\w+ )
  | (?P<tag> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?:\w(?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<space> \s+ )
  | (?P<mark> . )
    """,
    re.DOTALL | re.VERBOSE,
)
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def form_of(query: str, *, allowed_hosts: Set[str] = frozenset()) -> Form:
    """Return the form of a query; raises Refused for an update, and for SERVICE at a host that is not allowed.

    Code points may be escaped anywhere in SPARQL, and parsers differ in when they undo that, so the text is looked at both ways.

    >>> form_of('PREFIX service: <http://x/service/> ASK { ?service service:service "SERVICE" } # SERVICE')
    'ASK'
    """
    forms = [_checked(list(_tokens(text)), allowed_hosts) for text in dict.fromkeys((query, _CODE_POINT.sub(_unescaped, query)))]
    return forms[-1]


def _checked(tokens: list[tuple[str, str]], allowed: Set[str]) -> Form:
    for (kind, text), following in zip(tokens, [*_followers(tokens)], strict=True):
        if kind == "word" and text.upper() == "SERVICE":
            _check_service(following, allowed)
    for kind, text in tokens:
        word = text.upper()
        if kind == "word" and word in _UPDATES:
            raise Refused(400, f"this endpoint is read-only: {word} is not accepted")
        form = next((each for each in _FORMS if kind == "word" and word == each), None)
        if form:
            return form
    raise Refused(400, "this is no query: it has none of SELECT, ASK, CONSTRUCT and DESCRIBE")


def _followers(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """For each token the one after it, SILENT passed over."""
    for position in range(len(tokens)):
        rest = tokens[position + 1 : position + 3]
        if rest and rest[0][0] == "word" and rest[0][1].upper() == "SILENT":
            rest = rest[1:]
        yield rest[0] if rest else ("", "")


def _check_service(following: tuple[str, str], allowed: Set[str]) -> None:
    kind, text = following
    host = urlsplit(text[1:-1]).hostname if kind == "iri" and text.startswith(("<http://", "<https://")) else None
    if not allowed:
        raise Refused(403, "SERVICE is off here: the server calls no other endpoint")
    if host not in allowed:
        raise Refused(403, f"SERVICE may only call {', '.join(sorted(allowed))}, written as a full IRI")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup not in ("space", "comment"):
            yield match.lastgroup or "mark", match[0]


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]

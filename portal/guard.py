"""What a query is allowed to do, told from its tokens: it reads, and calls no other endpoint unless that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from elshi.portal.protocol import Refused

__all__ = ["Form", "Look", "Token", "form_of", "look", "tokens"]

#: The four forms of a query.
Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
#: Functions that answer otherwise each time.
_FLEETING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_MOST: Final = 100_000  # tokens
#: After these a name that is followed by a group is the name of a graph or a resource, not a service's.
_NAMING: Final = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})
#: Every part is possessive, and what no name can be is taken whole: a text takes time in proportion to its length.
_TOKEN: Final = re.compile(
    r"""
    (?P<comment> \#[^\n\r]*+ )
  | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+> )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
      | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+' )
  | (?P<variable> [?$]\w++ )
  | (?P<tag> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
  | (?P<name> [\w.-]*+:(?:[\w:%-]|\\.|\.(?=[\w:%.\\-]))*+ )
  | (?P<words> [\w.-]++ )
  | (?P<space> \s++ )
  | (?P<mark> . )
    """,
    re.DOTALL | re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a query; keywords and numbers are words."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword this is or begins with, in capitals; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of a query before it is carried out."""

    form: Form
    repeatable: bool = True  # whether the same store gives the same answer again
    graphs: str = ""  # where FROM makes a default graph of several graphs: the query that tells which they are


def form_of(query: str) -> Form:
    """Return the form of a query that calls no service; raises Refused for anything else.

    >>> form_of('PREFIX service: <http://x/service/> ASK { ?service service:service "SERVICE" } # SERVICE')
    'ASK'
    """
    return look(query).form


def look(query: str, *, allowed_hosts: Set[str] = frozenset()) -> Look:
    """Look at a query; raises Refused for an update, and for SERVICE at a host that is not allowed."""
    found = list(islice(tokens(query), _MOST + 1))
    if len(found) > _MOST:
        raise Refused(413, f"the query has more than {_MOST} words and marks: send a shorter one")
    calls = [place for place in range(len(found)) if _calls(found, place)]
    for place in calls:
        _check_service(found, place, allowed_hosts)
    form, begins = _form(found)
    return Look(form, not calls and not any(token.word in _FLEETING for token in found), _graphs(query[:begins], found))


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query as Oxigraph sees them: it undoes `\\u` in IRIs and strings, and nowhere else; raises Refused."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind == "words":
            yield from (Token("word", part[0], match.start() + part.start()) for part in re.finditer(r"\w+", match[0]))
        elif kind == "mark" and match[0] in "\"'":
            raise Refused(400, f"the query has a string that is not closed, at character {match.start() + 1}")
        elif kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def _form(found: Sequence[Token]) -> tuple[Form, int]:
    """The form of a query, and where its prologue ends."""
    for token in found:
        if token.word in _UPDATES:
            raise Refused(400, f"this endpoint is read-only: {token.word} is not accepted")
        form = next((each for each in _FORMS if token.word.startswith(each)), None)
        if form:
            return form, token.start
    raise Refused(400, "this is no query: it has none of SELECT, ASK, CONSTRUCT and DESCRIBE")


def _graphs(prologue: str, found: Sequence[Token]) -> str:
    """A query for the graphs that FROM and FROM NAMED list, with whether each is named; empty where one graph or none is the default."""
    listed = []
    for place, token in enumerate(found):
        if token.word == "FROM":
            rest = found[place + 1 : place + 3]
            named = bool(rest) and rest[0].word == "NAMED"
            listed += [(named, each.text) for each in rest[named:][:1] if each.kind in ("iri", "name")]
    if sum(not named for named, _ in listed) < 2:
        return ""
    rows = " ".join(f"({'true' if named else 'false'} {text})" for named, text in listed)
    return f"{prologue}\nSELECT ?named ?graph {{ VALUES (?named ?graph) {{ {rows} }} }}"


def _calls(found: Sequence[Token], place: int) -> bool:
    """Whether a service is called here. Oxigraph wants no space after a keyword: `1e5SERVICE<x>` and `SERVICE:x {` are calls too."""
    token = found[place]
    if token.kind == "word":
        return "SERVICE" in token.word
    if token.kind != "name" or "SERVICE" not in token.text.partition(":")[0].upper():
        return False
    before, after = found[place - 1].word if place else "", found[place + 1].text if place + 1 < len(found) else ""
    return after == "{" and before not in _NAMING


def _check_service(found: Sequence[Token], place: int, allowed: Set[str]) -> None:
    if not allowed:
        raise Refused(403, "SERVICE is off here: the server calls no other endpoint")
    rest = [token for token in found[place + 1 : place + 3] if token.word != "SILENT"]
    named = rest[0].text if found[place].word == "SERVICE" and rest and rest[0].kind == "iri" else ""
    if not _allowed(named[1:-1], allowed):
        raise Refused(403, f"SERVICE may only call {', '.join(sorted(allowed))}, written as a full IRI")


def _allowed(iri: str, allowed: Set[str]) -> bool:
    if not iri.startswith(("http://", "https://")):
        return False
    try:
        address = urlsplit(iri)
        return bool({address.hostname or "", f"{address.hostname}:{address.port}"} & allowed) and "@" not in address.netloc
    except ValueError:  # a port that is no number
        return False

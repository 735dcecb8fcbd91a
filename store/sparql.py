"""What has to be known of a query's text before it goes to a server: its form, its prefixes, the graphs it ranges over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from elshi.store.base import QueryError

__all__ = ["OURS", "form_of", "guarded", "with_prefixes"]

_TOKEN: Final = re.compile(
    r"""
    (?P<skip> \#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*> | \"{3}.*?(?<!\\)\"{3} | '{3}.*?(?<!\\)'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<prefix> (?<![\w.-])[\w][\w.-]*(?=:) | (?<![\w:.-])(?=:[\w.-]) )
  | (?P<graph> \bGRAPH\s*(?P<variable>[?$]\w+) )
  | (?P<named> \bGRAPH\s*(?P<name><[^<>"{}|^`\\\x00-\x20]*>|[\w.-]*:[\w.%-]*) )
  | (?P<variable_name> [?$@:]\w+ )
  | (?P<word> [A-Za-z_]\w* )
    """,
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
#: What the variables that we put into a query begin with.
OURS: Final = "elshi_graph_"
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def form_of(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; raises QueryError for what is none of them.

    >>> form_of('PREFIX select: <x:select> ASK { ?s select:ask "SELECT" }  # SELECT')
    'ASK'
    """
    words = (token["word"].upper() for token in _tokens(text) if token["word"])
    form = next((word for word in words if word in _FORMS), None)
    if form is None:
        raise QueryError("the query is none of SELECT, ASK, CONSTRUCT and DESCRIBE: see `elshi query --list` for queries that are")
    return form


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that declares the prefixes it uses and does not declare itself.

    >>> with_prefixes("ASK { ?s a schema:Person }", {"schema": "https://schema.org/", "org": "http://www.w3.org/ns/org#"})
    'PREFIX schema: <https://schema.org/>\\nASK { ?s a schema:Person }'
    """
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for token in _tokens(text):
        if (name := token["prefix"]) is not None:
            (declared if before == "PREFIX" else used).add(name)
        before = (token["word"] or "").upper()
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in sorted(used - declared) if name in prefixes) + text


def guarded(text: str, hidden: Collection[str]) -> str:
    """Return a query whose `GRAPH ?g` leaves out the graphs that are the server's own business.

    A graph that is named gets a variable too: beside a default graph that is a named one, Virtuoso finds nothing by name.

    >>> guarded("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", ["x:own"])
    'SELECT ?g { FILTER(?g NOT IN (<x:own>)) GRAPH ?g { ?s ?p ?o } }'
    >>> guarded("ASK { GRAPH <x:g> { ?s ?p ?o } }", ["x:own"])
    'ASK { FILTER(?elshi_graph_6 = <x:g>) GRAPH ?elshi_graph_6 { ?s ?p ?o } }'
    """
    if not hidden:
        return text
    names = ", ".join(f"<{iri}>" for iri in hidden)

    def guard(token: re.Match[str]) -> str:
        if token["graph"]:
            return f"FILTER({token['variable']} NOT IN ({names})) {token[0]}"
        if token["named"]:
            variable = f"?{OURS}{token.start()}"
            return f"FILTER({variable} = {token['name']}) GRAPH {variable}"
        return token[0]

    return _TOKEN.sub(guard, text)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return (token for token in _TOKEN.finditer(text) if not token["skip"])

"""The saved questions: files of SPARQL whose header says what they ask, what they take and which columns they give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from elshi import ElshiError, resource
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.values import TYPES, ParameterError, literal_of

__all__ = ["Parameter", "Saved", "UnknownQuery", "bind", "catalogue", "parse", "saved"]

_HEADER: Final = re.compile(r"#\s*(title|about|param|columns)\s*:?\s*(.*)")
_PARAMETER: Final = re.compile(r"(\w+)\s*:\s*([\w|-]+)(?:\s*=\s*(\S+))?\s*(?:[-–—]\s*(.*))?")
#: What SPARQL text is made of, as far as finding a clause in it goes: comments, strings and IRIs are passed over.
_TOKEN: Final = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>"{}|^`\\\s]*>|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<slot>\bVALUES\s*\?(?P<name>\w+)\s*\{\s*UNDEF\s*\})""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


class UnknownQuery(ElshiError):
    """A saved query that there is none of."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a saved query can be asked about."""

    name: str
    type: str  # a key of `values.TYPES`
    default: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved query."""

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    about: str = ""


@cache
def catalogue() -> Mapping[str, Saved]:
    """Return the saved queries by name."""
    files = sorted((entry for entry in resource("queries").iterdir() if entry.name.endswith(".rq")), key=lambda entry: entry.name)
    return {entry.name[:-3]: parse(entry.name[:-3], entry.read_text(encoding="utf-8")) for entry in files}


def saved(name: str) -> Saved:
    """Return a saved query, with or without its `@`; raises UnknownQuery."""
    found = catalogue().get(name.removeprefix("@"))
    if found is None:
        raise UnknownQuery(f"no saved query {name}: there are {', '.join('@' + each for each in catalogue())}")
    return found


def parse(name: str, text: str) -> Saved:
    """Read a query with its header: comment lines `# title:`, `# about:`, `# param NAME: TYPE = DEFAULT - what it does`, `# columns:`."""
    said: dict[str, list[str]] = {"title": [], "about": [], "param": [], "columns": []}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        header = _HEADER.match(line)
        if header:
            said[header[1]].append(header[2].strip())
    return Saved(
        name,
        title=" ".join(said["title"]) or name,
        text=text,
        parameters=tuple(_parameter(line, name) for line in said["param"]),
        columns=tuple(re.split(r"[,\s]+", " ".join(said["columns"]))) if said["columns"] else (),
        about=" ".join(said["about"]),
    )


def _parameter(line: str, query: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match or any(kind not in TYPES for kind in match[2].split("|")):
        raise ElshiError(f"the header of {query} has no parameter in `{line}`: write `NAME: TYPE = DEFAULT - what it does`")
    return Parameter(match[1], match[2], match[3], match[4] or "")


def bind(query: Saved, given: Mapping[str, str], *, base_iri: str = BASE_IRI) -> str:
    """Return the query with its parameters bound to terms; raises ParameterError for one that it does not take or cannot read.

    A parameter is bound wherever the query says `VALUES ?name { UNDEF }`, by data and never by text: the value is read into an
    RDF term of the parameter's type and only that term is written, escaped. One that was not given stays unbound.
    """
    names = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in names:
            takes = ", ".join(names) or "no parameters"
            raise ParameterError(f"@{query.name} takes no parameter {name!r}: it takes {takes}")
    terms = {
        name: literal_of(value, parameter.type, name=name, base_iri=base_iri)
        for name, parameter in names.items()
        if (value := given.get(name, parameter.default)) is not None
    }
    missing = [name for name, parameter in names.items() if name not in terms and parameter.about.startswith("required")]
    if missing:
        raise ParameterError(f"@{query.name} needs {missing[0]}: add `-p {missing[0]}=…` ({names[missing[0]].about})")
    return _filled(query.text, {name: terms.get(name) for name in names})


def _filled(text: str, terms: Mapping[str, str | None]) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in terms:  # a comment, a string, an IRI; or a slot of somebody else's
            return match[0]
        # An unbound VALUES row says nothing: left out, the query is planned as if it had never stood there.
        return f"VALUES ?{name} {{ {terms[name]} }}" if terms[name] is not None else ""

    return _TOKEN.sub(fill, text)


def common_prefixes(base_iri: str = BASE_IRI) -> dict[str, str]:
    """Return the prefixes that queries need not declare."""
    return prefixes(base_iri)

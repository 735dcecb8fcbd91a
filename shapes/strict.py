"""Tests as strict as the constraints of SHACL Core, or stricter: values that pass one would have no result of the constraint."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from elshi.shapes.nodes import Nodes, lexical, tag

__all__ = ["RDF", "Test", "UnknownConstraint", "Values", "listed", "number", "sh", "test_of"]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBER: Final = re.compile(rf'"(-?[0-9]{{1,18}}(?:\.[0-9]{{1,18}})?)"\^\^<{_XSD}(?:decimal|integer)>')


@dataclass(frozen=True, slots=True)
class Values:
    """What the focus nodes of a shape have at the end of a path."""

    nodes: Nodes
    focuses: Set[str]
    found: Mapping[str, Collection[str]]  # by focus node, those without any left out
    distinct: Set[str]


#: Tells whether values keep to a constraint.
Test = Callable[[Values], bool]


def sh(name: str) -> str:
    """Return the term of a name of SHACL."""
    return f"<http://www.w3.org/ns/shacl#{name}>"


class UnknownConstraint(Exception):
    """A constraint, or a form of one, that there is no test for."""


def test_of(constraint: str, shapes: Nodes, stated: Collection[str]) -> Test:
    """Return the test for what a shape states of a constraint's term; raises UnknownConstraint."""
    if constraint not in _MAKERS:
        raise UnknownConstraint(constraint)
    return _MAKERS[constraint](shapes, list(stated))


def listed(shapes: Nodes, head: str) -> list[str]:
    """Return the members of an RDF list."""
    members: list[str] = []
    while head != f"<{RDF}nil>":
        members += shapes.objects(head, f"<{RDF}first>")
        (head,) = shapes.objects(head, f"<{RDF}rest>")
    return members


@lru_cache(4096)
def number(term: str) -> int | Decimal | None:
    """Return a number that everybody reads alike, None of any other term."""
    match = _NUMBER.fullmatch(term)
    if match is None:
        return None
    if "." in match[1]:
        return Decimal(match[1]) if term.endswith("decimal>") else None
    return int(match[1])


def _bound(terms: list[str]) -> int | Decimal:
    bound = number(terms[0])
    if len(terms) > 1 or bound is None:
        raise UnknownConstraint
    return bound


def _only(shapes: Nodes, terms: list[str]) -> list[str]:
    if len(terms) > 1:
        raise UnknownConstraint
    return listed(shapes, terms[0])


def _every(passes: Callable[[str], bool]) -> Test:
    return lambda values: all(map(passes, values.distinct))


def _min_count(shapes: Nodes, terms: list[str]) -> Test:
    least = _bound(terms)
    return lambda values: (
        least <= 0 or (len(values.found) == len(values.focuses) and min(map(len, values.found.values()), default=least) >= least)
    )


def _max_count(shapes: Nodes, terms: list[str]) -> Test:
    most = _bound(terms)
    return lambda values: max(map(len, values.found.values()), default=0) <= most


def _min_inclusive(shapes: Nodes, terms: list[str]) -> Test:
    least = _bound(terms)
    return _every(lambda term: (known := number(term)) is not None and known >= least)


def _max_inclusive(shapes: Nodes, terms: list[str]) -> Test:
    most = _bound(terms)
    return _every(lambda term: (known := number(term)) is not None and known <= most)


def _min_length(shapes: Nodes, terms: list[str]) -> Test:
    least = _bound(terms)
    return _every(lambda term: term[0] == '"' and len(lexical(term)) >= least)


def _max_length(shapes: Nodes, terms: list[str]) -> Test:
    most = _bound(terms)
    return _every(lambda term: term[0] == '"' and len(lexical(term)) <= most)


def _pattern(shapes: Nodes, terms: list[str]) -> Test:
    forms = [re.compile(lexical(term)) for term in terms]
    return _every(lambda term: term[0] == '"' and all(form.search(lexical(term)) for form in forms))


def _datatype(shapes: Nodes, terms: list[str]) -> Test:
    if len(terms) > 1 or terms[0] not in _DATATYPES:
        raise UnknownConstraint
    return _every(_DATATYPES[terms[0]])


def _day(term: str) -> bool:
    try:
        return term.endswith(f'"^^<{_XSD}date>') and len(lexical(term)) == 10 and bool(date.fromisoformat(lexical(term)))
    except ValueError:
        return False


def _node_kind(shapes: Nodes, terms: list[str]) -> Test:
    if len(terms) > 1:
        raise UnknownConstraint
    openings = _KINDS[terms[0]]
    return _every(lambda term: term[0] in openings)


def _class(shapes: Nodes, terms: list[str]) -> Test:
    return lambda values: all(values.distinct <= values.nodes.members(term) for term in terms)


def _has_value(shapes: Nodes, terms: list[str]) -> Test:
    return lambda values: all(term in values.found.get(focus, ()) for focus in values.focuses for term in terms)


def _in(shapes: Nodes, terms: list[str]) -> Test:
    allowed = frozenset(_only(shapes, terms))
    return lambda values: values.distinct <= allowed


def _language_in(shapes: Nodes, terms: list[str]) -> Test:
    allowed = {lexical(term) for term in _only(shapes, terms)}
    return _every(lambda term: tag(term) in allowed)


def _unique_lang(shapes: Nodes, terms: list[str]) -> Test:
    def unique(several: Collection[str]) -> bool:
        tags = [lang for lang in map(tag, several) if lang]
        return len(set(tags)) == len(tags)

    return lambda values: all(map(unique, values.found.values()))  # where the shape says false, it is only stricter


def _equals(shapes: Nodes, terms: list[str]) -> Test:
    def equal(values: Values, term: str) -> bool:
        stated = values.nodes.values(term)
        return all(set(values.found.get(focus, ())) == set(stated.get(focus, ())) for focus in values.focuses)

    return lambda values: all(equal(values, term) for term in terms)


def _disjoint(shapes: Nodes, terms: list[str]) -> Test:
    def disjoint(values: Values, term: str) -> bool:
        stated = values.nodes.values(term)
        return all(set(several).isdisjoint(stated.get(focus, ())) for focus, several in values.found.items())

    return lambda values: all(disjoint(values, term) for term in terms)


def _less_than(shapes: Nodes, terms: list[str]) -> Test:
    def less(one: int | Decimal | None, other: int | Decimal | None) -> bool:
        return one is not None and other is not None and one < other

    def all_less(values: Values, term: str) -> bool:
        stated = values.nodes.values(term)
        pairs = ((one, other) for focus, several in values.found.items() for one in several for other in stated.get(focus, ()))
        return all(less(number(one), number(other)) for one, other in pairs)

    return lambda values: all(all_less(values, term) for term in terms)


_KINDS: Final = {
    sh("IRI"): "<", sh("Literal"): '"', sh("BlankNode"): "_", sh("IRIOrLiteral"): '<"', sh("BlankNodeOrIRI"): "_<", sh("BlankNodeOrLiteral"): '_"',
}  # fmt: skip
_DATATYPES: Final[Mapping[str, Callable[[str], bool]]] = {
    f"<{_XSD}string>": lambda term: term[0] == term[-1] == '"',
    f"<{RDF}langString>": lambda term: term[0] == '"' and tag(term) != "",
    f"<{_XSD}integer>": lambda term: term.endswith(f'"^^<{_XSD}integer>') and number(term) is not None,
    f"<{_XSD}decimal>": lambda term: term.endswith(f'"^^<{_XSD}decimal>') and number(term) is not None,
    f"<{_XSD}boolean>": lambda term: term in (f'"true"^^<{_XSD}boolean>', f'"false"^^<{_XSD}boolean>'),
    f"<{_XSD}date>": _day,
}
_MAKERS: Final[Mapping[str, Callable[[Nodes, list[str]], Test]]] = {
    sh("minCount"): _min_count, sh("maxCount"): _max_count, sh("minInclusive"): _min_inclusive, sh("maxInclusive"): _max_inclusive,
    sh("minLength"): _min_length, sh("maxLength"): _max_length, sh("pattern"): _pattern, sh("datatype"): _datatype, sh("nodeKind"): _node_kind,
    sh("class"): _class, sh("hasValue"): _has_value, sh("in"): _in, sh("languageIn"): _language_in, sh("uniqueLang"): _unique_lang,
    sh("equals"): _equals, sh("disjoint"): _disjoint, sh("lessThan"): _less_than,
}  # fmt: skip

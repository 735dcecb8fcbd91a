"""Tests as strict as the constraints of SHACL Core, or stricter: values that pass one would have no result of the constraint."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from elshi.shapes.nodes import TYPE, Nodes, lexical, tag

__all__ = ["RDF", "Test", "UnknownConstraint", "listed", "sh", "test_of"]

#: Tells whether the values of a node keep to a constraint: the graph, the node, its values.
Test = Callable[[Nodes, str, Collection[str]], bool]
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBER: Final = re.compile(rf'"(-?[0-9]{{1,18}}(?:\.[0-9]{{1,18}})?)"\^\^<{_XSD}(?:decimal|integer)>')


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


def _number(term: str) -> Decimal | None:
    """A number that everybody reads alike."""
    match = _NUMBER.fullmatch(term)
    return Decimal(match[1]) if match and ("." not in match[1] or term.endswith("decimal>")) else None


def _bound(terms: list[str]) -> Decimal:
    bound = _number(terms[0])
    if len(terms) > 1 or bound is None:
        raise UnknownConstraint
    return bound


def _only(shapes: Nodes, terms: list[str]) -> list[str]:
    if len(terms) > 1:
        raise UnknownConstraint
    return listed(shapes, terms[0])


def _every(passes: Callable[[str], bool]) -> Test:
    return lambda nodes, focus, values: all(map(passes, values))


def _min_count(shapes: Nodes, terms: list[str]) -> Test:
    least = _bound(terms)
    return lambda nodes, focus, values: len(values) >= least


def _max_count(shapes: Nodes, terms: list[str]) -> Test:
    most = _bound(terms)
    return lambda nodes, focus, values: len(values) <= most


def _min_inclusive(shapes: Nodes, terms: list[str]) -> Test:
    least = _bound(terms)
    return _every(lambda term: (number := _number(term)) is not None and number >= least)


def _max_inclusive(shapes: Nodes, terms: list[str]) -> Test:
    most = _bound(terms)
    return _every(lambda term: (number := _number(term)) is not None and number <= most)


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
    return lambda nodes, focus, values: all(term in nodes.objects(value, TYPE) for value in values for term in terms)


def _has_value(shapes: Nodes, terms: list[str]) -> Test:
    return lambda nodes, focus, values: all(term in values for term in terms)


def _in(shapes: Nodes, terms: list[str]) -> Test:
    allowed = frozenset(_only(shapes, terms))
    return lambda nodes, focus, values: allowed.issuperset(values)


def _language_in(shapes: Nodes, terms: list[str]) -> Test:
    allowed = {lexical(term) for term in _only(shapes, terms)}
    return _every(lambda term: tag(term) in allowed)


def _unique_lang(shapes: Nodes, terms: list[str]) -> Test:
    def unique(nodes: Nodes, focus: str, values: Collection[str]) -> bool:
        tags = [lang for lang in map(tag, values) if lang]
        return len(set(tags)) == len(tags)

    return unique  # where the shape says false, it is only stricter


def _equals(shapes: Nodes, terms: list[str]) -> Test:
    return lambda nodes, focus, values: all(set(values) == set(nodes.objects(focus, term)) for term in terms)


def _disjoint(shapes: Nodes, terms: list[str]) -> Test:
    return lambda nodes, focus, values: not any(value in nodes.objects(focus, term) for term in terms for value in values)


def _less_than(shapes: Nodes, terms: list[str]) -> Test:
    def less(nodes: Nodes, focus: str, values: Collection[str]) -> bool:
        ours, theirs = list(map(_number, values)), [_number(value) for term in terms for value in nodes.objects(focus, term)]
        return all(one is not None and other is not None and one < other for one in ours for other in theirs)

    return less


_KINDS: Final = {
    sh("IRI"): "<", sh("Literal"): '"', sh("BlankNode"): "_", sh("IRIOrLiteral"): '<"', sh("BlankNodeOrIRI"): "_<", sh("BlankNodeOrLiteral"): '_"',
}  # fmt: skip
_DATATYPES: Final[Mapping[str, Callable[[str], bool]]] = {
    f"<{_XSD}string>": lambda term: term[0] == term[-1] == '"',
    f"<{RDF}langString>": lambda term: term[0] == '"' and tag(term) != "",
    f"<{_XSD}integer>": lambda term: term.endswith(f'"^^<{_XSD}integer>') and _number(term) is not None,
    f"<{_XSD}decimal>": lambda term: term.endswith(f'"^^<{_XSD}decimal>') and _number(term) is not None,
    f"<{_XSD}boolean>": lambda term: term in (f'"true"^^<{_XSD}boolean>', f'"false"^^<{_XSD}boolean>'),
    f"<{_XSD}date>": _day,
}
_MAKERS: Final[Mapping[str, Callable[[Nodes, list[str]], Test]]] = {
    sh("minCount"): _min_count, sh("maxCount"): _max_count, sh("minInclusive"): _min_inclusive, sh("maxInclusive"): _max_inclusive,
    sh("minLength"): _min_length, sh("maxLength"): _max_length, sh("pattern"): _pattern, sh("datatype"): _datatype, sh("nodeKind"): _node_kind,
    sh("class"): _class, sh("hasValue"): _has_value, sh("in"): _in, sh("languageIn"): _language_in, sh("uniqueLang"): _unique_lang,
    sh("equals"): _equals, sh("disjoint"): _disjoint, sh("lessThan"): _less_than,
}  # fmt: skip

"""Every shape passes what it should, refuses what it should, and a batch says what single graphs say."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from elshi import resource
from elshi.ingest.model import Reading
from elshi.ontology.graph import GraphError, to_graph, triples
from elshi.ontology.mapping import rows
from elshi.ontology.vocab import PREFIXES
from elshi.shapes.book import ShapeBook, ShapesError, read_shapes, shipped_shapes
from elshi.shapes.engine import applied_to_many
from elshi.shapes.nodes import nodes_of
from elshi.shapes.proofs import PROOFS, digest
from elshi.shapes.report import Report, Violation, summed
from elshi.shapes.screen import Screen
from elshi.shapes.validate import validate, validate_many

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))["case"]
DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

#: Shapes of what stands beside the graphs of releases.
ELSEWHERE = {"TalkingPoint"}


def planted(reading: Reading, *updates: str) -> str:
    """The graph of a reading with faults in it."""
    store = ox.Store()
    text = rows(reading)
    store.load(text, format=ox.RdfFormat.N_QUADS)
    graph = next(iter(store.named_graphs()))
    for update in updates:
        before = set(store)
        store.update(f"{DECLARED}WITH {graph} {update}")
        assert set(store) != before, f"planted nothing: {update}"
    dump = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dump is not None
    return dump.decode()


def release(reading: Reading, key: str) -> Reading:
    return replace(reading, release=replace(reading.release, key=key))


def test_a_sound_graph_conforms_and_meets_every_shape(reading_kk: Reading, reading_ru: Reading) -> None:
    for report in validate_many([rows(reading_kk), rows(reading_ru)]):
        assert report.violations == ()
        assert set(report.idle) == ELSEWHERE


def test_a_graph_that_lacks_a_kind_of_fact_names_the_idle_shapes(reading_kk: Reading) -> None:
    report = validate(rows(replace(reading_kk, agreements=())))
    assert report.conforms and set(report.idle) == {"Agreement", "Signature", *ELSEWHERE}


@pytest.fixture(scope="session")
def reports(reading_kk: Reading) -> dict[str, Report]:
    """What a batch of all planted faults, between sound graphs, says of each."""
    graphs = {case["name"]: planted(release(reading_kk, f"case-{n}"), case["update"]) for n, case in enumerate(CASES)}
    graphs |= {"sound": rows(reading_kk)}
    return dict(zip(graphs, validate_many(graphs.values(), size=33), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_planted_fault_is_found(case: dict[str, Any], reports: dict[str, Report]) -> None:
    severity = case.get("severity", "Violation")
    found = {(v.shape, v.path, v.component, v.severity) for v in reports[case["name"]].violations}
    assert (*case["expected"], severity) in found
    assert reports[case["name"]].conforms is (severity == "Warning" and {s for *_, s in found} == {"Warning"})


def test_faults_beside_a_sound_graph_leave_it_sound(reports: dict[str, Report]) -> None:
    assert reports["sound"].violations == ()


def test_every_shape_has_a_failing_case() -> None:
    assert {case["expected"][0] for case in CASES} == set(shipped_shapes().targets)


def test_a_batch_says_what_the_reference_says(reading_kk: Reading, reading_ru: Reading) -> None:
    """Many faults share a graph, since the reference takes seconds for each."""
    cases = random.Random(20260304).sample(CASES, len(CASES))
    graphs = []
    for n in range(4):
        reading = replace(release(reading_kk if n % 2 else reading_ru, f"r{n}"))
        text = rows(reading)
        for case in cases[n::4]:
            text = _applied(text, case["update"])
        graphs.append(text)
    batch = list(validate_many([rows(reading_ru), *graphs]))[1:]
    assert sum(len(report.violations) for report in batch) > 150
    assert len({v.shape for report in batch for v in report.violations}) >= 24
    for one, alone in zip(batch, validate_many(graphs, reference=True), strict=True):
        assert one == alone


def _applied(text: str, update: str) -> str:
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.N_QUADS)
    store.update(f"{DECLARED}WITH {next(iter(store.named_graphs()))} {update}")
    dump = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dump is not None
    return dump.decode()


def test_an_rdflib_graph_is_checked_like_its_text(reading_kk: Reading) -> None:
    text = planted(reading_kk, CASES[0]["update"])
    assert validate(to_graph(text)) == validate(text)


def test_a_report_survives_json_and_speaks_shacl(reports: dict[str, Report]) -> None:
    report = reports["a cooperation of one"]
    assert Report.from_json(report.to_json()) == report
    assert "sh:conforms false" in report.to_turtle() and "shape:Cooperation" in report.to_turtle()
    assert report.rows()[0]["shape"] == "Cooperation"
    both = summed([report, report])
    assert both.focus_counts["Cooperation"] == 2 and len(both.violations) == 2 * len(report.violations)


SPELLED = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
<urn:s> a sh:NodeShape ; sh:targetClass schema:Person ;
  sh:property [ sh:path schema:knows ; sh:pattern "^https://w3id.org/elshi/id/person/[a-z-]+$" ] ."""


def test_shapes_that_read_iris_as_text_are_applied_graph_by_graph(tmp_path: Path, reading_kk: Reading) -> None:
    (tmp_path / "own.ttl").write_text(SPELLED, encoding="utf-8")
    book = read_shapes(tmp_path)
    assert not book.rdf.batchable
    text = planted(reading_kk, "INSERT { ?p schema:knows ?p } WHERE { ?p a schema:Person }")
    assert validate(text, shapes=book).violations == ()


@pytest.mark.parametrize("content", [None, "", "no turtle at all", "<urn:a> <urn:b> <urn:c> ."])
def test_what_holds_no_shapes_is_refused_by_name(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "own.ttl").write_text(content, encoding="utf-8")
    with pytest.raises(ShapesError, match=tmp_path.name):
        read_shapes(tmp_path)


def mutilated(rows: str, chance: random.Random) -> str:
    """A graph with one triple left out, told twice over, or told of something else."""
    lines = rows.splitlines()
    tail = lines[0][lines[0].rindex(" <") :]
    parts = [line.removesuffix(tail).split(" ", 2) for line in lines]
    triple = list(chance.choice(parts))
    parts.remove(triple)
    place = chance.randrange(4)
    if place < 3:
        other = list(triple)
        other[place] = chance.choice([each[place] for each in parts] + ([*ODD, chance.choice(parts)[0]] if place == 2 else []))
        parts += [other] if chance.random() < 0.5 else [triple, other]
    return "".join(f"{' '.join(part)}{tail}\n" for part in parts)


#: Objects that shapes may trip over.
ODD = (
    '""', '" a"', '"a"@en', '"a"@en-gb', '"\\"a\\" b"@kk', '"-1"^^<http://www.w3.org/2001/XMLSchema#integer>', "_:b",
    '"1.000001"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"2026-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"2026-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>',
    '"maybe"^^<http://www.w3.org/2001/XMLSchema#boolean>', '"0"^^<http://www.w3.org/2001/XMLSchema#integer>',
)  # fmt: skip


def looked_at(text: str, book: ShapeBook) -> tuple[set[str], set[Violation], set[str]]:
    """The shapes that a graph may not keep to, what it lacks for sure, and the SPARQL constraints, by message, that it may not keep to."""
    nodes = nodes_of(text)
    focuses = book.focuses(nodes)
    assert book.screen is not None
    doubts, lacks = book.screen.look(nodes, focuses)
    return set(doubts), set(lacks), {each.message for each in book.constraints if each.may_fail(nodes, focuses[each.shape])}


def test_what_a_look_passes_has_no_result(reading_kk: Reading, reading_ru: Reading) -> None:
    chance, book = random.Random(20261125), shipped_shapes()
    graphs = [mutilated(rows(chance.choice((reading_kk, reading_ru))), chance) for _ in range(150)]
    looks = [looked_at(text, book) for text in graphs]
    found: list[set[Violation]] = [set() for _ in graphs]
    for number, violation in applied_to_many({n: triples(text) for n, text in enumerate(graphs)}, None, book):
        found[number].add(violation)
    assert sum(map(bool, found)) > 75 and len({violation.shape for broken in found for violation in broken}) > 15
    for broken, (doubts, lacks, _) in zip(found, looks, strict=True):
        assert lacks <= broken, "what a look is sure of is so"
        assert {violation.shape for violation in broken - lacks} <= doubts
    assert any(lacks and not doubts for doubts, lacks, _ in looks), "and what is only lacking is told right away"
    assert not looks[found.index(set())][0], "and a sound one is passed"


def test_what_things_lack_is_worded_as_the_reference_words_it() -> None:
    book = shipped_shapes()
    assert book.screen is not None
    told = {check.lack for checks in book.screen.checks.values() for check in checks if check.lack}
    worded = {(book.rdf.owners[shape], path) for shape, path in book.rdf.paths.items()}
    assert len(told) > 30 and {(each.shape, each.path) for each in told} <= worded
    for namespace, prefix in book.prefixes.items():
        assert book.short(f"{namespace}name") == book.rdf.short(f"{namespace}name") == f"{prefix}:name"


def asked(graphs: list[str], book: ShapeBook) -> list[set[str]]:
    """The SPARQL constraints, by message, that graphs do not keep to, without any of them being proved."""
    only = replace(
        book, constraints=tuple(replace(each, proof=None) for each in book.constraints), screen=Screen(dict.fromkeys(book.targets, ()))
    )
    return [{v.message for v in report.violations} for report in validate_many(graphs, shapes=only)]


#: Faults that a careless proof would pass: offsets that count from the end, and an event of a day that is reported in its month.
TRAPS = (
    """DELETE { ?p oa:start ?s ; oa:end ?e . ?q oa:exact ?x } INSERT { ?p oa:start -3 ; oa:end -1 . ?q oa:exact ?last } WHERE {
        ?p oa:start ?s ; oa:end ?e . ?q oa:exact ?x . ?r schema:articleBody ?b BIND (STR(SUBSTR(?b, STRLEN(?b) - 2, 2)) AS ?last) }""",
    """DELETE { ?f elshi:reportedOn ?d } INSERT { ?f elshi:reportedOn ?month } WHERE {
        ?f elshi:reportedOn ?d ; elshi:status elshi:held BIND (STRDT(SUBSTR(STR(?d), 1, 7), xsd:gYearMonth) AS ?month) }""",
)


def test_what_is_proved_has_no_result(reading_kk: Reading, reading_ru: Reading) -> None:
    chance, book = random.Random(20261126), shipped_shapes()
    sound = [rows(reading_kk), rows(reading_ru)]
    graphs = [planted(reading_kk, update) for update in (*TRAPS, *(case["update"] for case in CASES))]
    graphs += [mutilated(mutilated(chance.choice(sound + graphs), chance), chance) for _ in range(120)]
    broken = asked(graphs, book)
    assert all(broken[: len(TRAPS)]) and set().union(*broken) == {each.message for each in book.constraints}, (
        "each constraint is broken by something"
    )
    for text, found in zip(graphs, broken, strict=True):
        assert found <= looked_at(text, book)[2]
    for text in sound:
        assert looked_at(text, book) == (set(), set(), set()), "and of what is sound nothing has to be asked"


def test_every_constraint_has_a_proof_and_every_proof_a_constraint() -> None:
    assert {digest(each.query) for each in shipped_shapes().constraints} == set(PROOFS)


def test_a_constraint_that_was_edited_is_asked_and_not_proved(tmp_path: Path, reading_kk: Reading) -> None:
    text = resource("shapes/evidence.ttl").read_text(encoding="utf-8") + resource("shapes/prefixes.ttl").read_text(encoding="utf-8")
    edited = text.replace("?start + 1, ?end - ?start", "?start + 2, ?end - ?start")
    for name, content in (("as shipped", text), ("edited", edited)):
        (tmp_path / f"{name}.ttl").write_text(content, encoding="utf-8")
    shipped, own = (read_shapes(tmp_path / f"{name}.ttl") for name in ("as shipped", "edited"))
    assert all(each.proof for each in shipped.constraints) and sum(each.proof is None for each in own.constraints) == 1
    assert validate(rows(reading_kk), shapes=shipped).conforms
    assert {v.path for v in validate(rows(reading_kk), shapes=own).violations} == {"oa:exact"}


@pytest.mark.parametrize(
    "spelt", ['"a\\tb"', '"a\tb"', '"a\\u0062"', '"a"@EN', '"a"^^<http://www.w3.org/2001/XMLSchema#string>', "<x:\\u0061>"]
)
def test_terms_that_are_spelt_in_two_ways_are_one(spelt: str) -> None:
    text = "".join(f"<x:s> <x:p> {value} <x:g> .\n" for value in (spelt, '"a\\tb"', '"ab"', '"a"', '"a"@en', "<x:a>"))
    assert len(nodes_of(text).objects("<x:s>", "<x:p>")) == len(set(ox.parse(text, format=ox.RdfFormat.N_QUADS)))


#: What may stand in N-Quads, and what spoils them.
SIGNS = [
    "<",
    ">",
    '"',
    "\\",
    " ",
    ".",
    "\n",
    "\r",
    "\t",
    "_:b",
    "@en",
    "@e",
    "^^",
    "#",
    "%",
    "{",
    "é",
    "\\n",
    "\\q",
    "\\u0041",
    "\ud800",
    " <x:g> .\n",
    "<x:g>",
    '"a"',
]


def test_text_is_read_as_a_parser_reads_it(reading_ru: Reading) -> None:
    chance = random.Random(20261127)
    lines = rows(reading_ru).splitlines(keepends=True)
    accepted = 0
    for _ in range(2000):
        text = "".join(chance.sample(lines, 3))
        for _ in range(chance.randrange(1, 3)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(SIGNS) + text[place + chance.randrange(4) :]
        try:
            parsed = {(str(s), str(p), str(o)) for s, p, o in triples(text)}
        except GraphError:
            with pytest.raises(GraphError):
                nodes_of(text)
            continue
        accepted += 1
        told = {(s, p, o) for p, column in nodes_of(text).columns.items() for s, values in column.items() for o in values}
        assert {tuple(term.replace("\t", "\\t") for term in triple) for triple in told} == parsed
    assert 200 < accepted < 1800


@pytest.mark.parametrize(
    "shape", ["sh:closed true", "sh:property [ sh:path schema:name ; sh:node <urn:t> ]", "sh:deactivated true", "a rdfs:Class"]
)
def test_shapes_of_a_kind_unknown_to_the_look_are_left_to_pyshacl(shape: str, tmp_path: Path, reading_kk: Reading) -> None:
    own = f"{DECLARED.replace('PREFIX', '@prefix').replace('>', '> .')} <urn:s> a sh:NodeShape ; sh:targetClass schema:Person ; {shape} ."
    (tmp_path / "own.ttl").write_text(f"{own} <urn:t> a sh:NodeShape ; sh:nodeKind sh:Literal .", encoding="utf-8")
    book = read_shapes(tmp_path)
    assert book.screen is None
    assert validate(rows(reading_kk), shapes=book) == validate(rows(reading_kk), shapes=book, reference=True)


def test_text_that_is_no_n_quads_is_refused() -> None:
    for text in ("<x:s> <x:p> nothing .\n", "<x:s> <x:p> <x:o> <x:g>\n", "<x:s> <relative> <x:o> <x:g> .\n"):
        with pytest.raises(GraphError):
            validate(text)

"""One story is one story: what versions, copies and digests tell of one thing is one node; what only looks alike is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import count, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elshi.ingest.model import Agreement, Entity, Event, Lang, Mention, Position, Reading, Release, Statistic
from elshi.ontology.mapping import graph_iri, rows
from elshi.ontology.vocab import BASE_IRI, prefixes
from elshi.queries.catalogue import bind, saved
from elshi.store.base import Table, Writer, open_writer
from elshi.store.stories import Stories
from elshi.stories.index import Index

KZ, BE, GHENT = "place/kz", "place/be", "organization/ror-00cv9y106"
#: key -> kind, country and its name in each language
THINGS: dict[str, tuple[str, str, dict[str, str]]] = {
    KZ: ("Country", "KZ", {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}),
    BE: ("Country", "BE", {"kk": "Бельгия", "ru": "Бельгия", "en": "Belgium"}),
    GHENT: ("University", "BE", {"kk": "Гент университеті", "ru": "Гентский университет", "en": "Ghent University"}),
    "place/gn-2797656": ("City", "BE", {"kk": "Гент", "ru": "Гент", "en": "Ghent"}),
    "person/erlan-kasymov": ("Person", "", {"kk": "Ерлан Қасымов", "ru": "Ерлан Касымов", "en": "Yerlan Kassymov"}),
    "person/petra-meiers": ("Person", "", {"kk": "Петра Мейерс", "ru": "Петра Мейерс", "en": "Petra Meyers"}),
    "person/frederik-skhunars": ("Person", "", {"kk": "Фредерик Схунарс", "ru": "Фредерик Схунарс"}),
    "person/frederic-schoenaers": ("Person", "", {"en": "Frédéric Schoenaers"}),
    "person/pak-chun-kho": ("Person", "", {"kk": "Пак Чун Хо", "ru": "Пак Чун Хо"}),
    "person/park-joon-ho": ("Person", "", {"en": "Park Joon-ho"}),
    "person/lim-do-young": ("Person", "", {"en": "Lim Do-young"}),
    "person/anna-de-vos": ("Person", "", {"kk": "Анна Де Вос", "ru": "Анна Де Вос", "en": "Anna De Vos"}),
}


@dataclass
class Told:
    """A release in the making: each fact gets a sentence of its own."""

    lang: Lang
    key: str
    day: str = "2025-11-18"
    publisher: str | None = None
    credited: str | None = None
    url: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        self._text = f"date {self.day} Title {self.key}\n"
        self._facts: dict[str, list[Any]] = {"events": [], "agreements": [], "statistics": [], "positions": []}
        self._keys: dict[str, None] = {}
        self._ids = (f"f{n}" for n in count())

    def says(self, sentence: str) -> tuple[Mention, ...]:
        """Write a sentence."""
        start = len(self._text)
        self._text += sentence + "\n"
        return (Mention(start, start + len(sentence), sentence, "sentence", 0.9, "rule:hand/1"),)

    def _knows(self, *keys: str | None) -> None:
        self._keys |= dict.fromkeys(key for key in keys if key)

    def event(
        self, kind: str, *who: str, start: str | None = None, place: str | None = None, sides: tuple[str, ...] = (), said: str = ""
    ) -> str:
        """Tell of an occasion; return its id."""
        named = ", ".join(THINGS[key][2][self.lang] for key in (*who, *sides) if key in THINGS)
        about = self.says(said or f"{kind} {self.lang}: {named} {start or ''}{f' {THINGS[place][2][self.lang]}' if place else ''}.")
        self._knows(*who, *sides, place)
        self._facts["events"].append(Event(id := next(self._ids), kind, about, who, sides, start, place=place))
        return id

    def signs(self, *sides: str, topics: tuple[str, ...] = (), on: str | None = None) -> None:
        """Tell of an agreement."""
        self._knows(*sides)
        self._facts["agreements"].append(
            Agreement(next(self._ids), sides, "signed", self.says(f"signed {self.lang} {sides} {topics}."), topics, signed_on=on)
        )

    def counts(self, about: str, value: str, measure: str = "students") -> None:
        """Tell a figure."""
        self._knows(about)
        self._facts["statistics"].append(Statistic(next(self._ids), about, measure, value, self.says(f"{self.lang} {measure} {value}.")))

    def holds(self, person: str, role: str, organization: str | None = None, represents: str | None = None) -> None:
        """Tell who holds an office."""
        self._knows(person, organization, represents)
        said = self.says(f"{role} {self.lang} {person}.")
        self._facts["positions"].append(Position(next(self._ids), person, role, said, organization, represents))

    def reading(self) -> Reading:
        """What a careful reader makes of it."""
        text = self._text
        release = Release(self.key, self.lang, f"Title {self.key}", text, sha256(text.encode()).hexdigest(), f"{self.key}.txt", header_date=self.day,
                          publisher=self.publisher, credited=self.credited, url=self.url, alternates=self.alternates)  # fmt: skip
        entities = tuple(
            Entity(key, THINGS[key][0], ((THINGS[key][2][self.lang], self.lang),), country=THINGS[key][1] or None)
            for key in self._keys
            if key in THINGS
        )
        return replace(Reading(release, entities), **{slot: tuple(facts) for slot, facts in self._facts.items()})


class Shelf:
    """A store in memory, asked for what a test wants to know."""

    def __init__(self, writer: Writer, index: Index | None = None) -> None:
        self.writer, self.index = writer, index or Index(None)
        self.stories = Stories(writer, self.index)

    def put(self, *told: Told | Reading) -> Shelf:
        for each in told:
            reading = each.reading() if isinstance(each, Told) else each
            self.stories.replace(graph_iri(reading.release), rows(reading))
        self.stories.finish()
        return self

    def drop(self, *told: Told) -> Shelf:
        for each in told:
            assert self.stories.remove(graph_iri(each.reading().release))
        self.stories.finish()
        return self

    def ask(self, query: str) -> list[tuple[str, ...]]:
        answer = self.writer.query(query, prefixes=prefixes())
        assert isinstance(answer, Table)
        return [tuple(term.value if term else "" for term in row) for row in answer.rows]

    def count(self, kind: str) -> int:
        return int(self.ask(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a elshi:{kind} }}")[0][0])

    def lines(self) -> list[str]:
        return sorted(self.writer.quads())


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with open_writer("memory:") as writer:
        yield Shelf(writer)


KASYMOV, MEYERS, DE_VOS = "person/erlan-kasymov", "person/petra-meiers", "person/anna-de-vos"
SKHUNARS, SCHOENAERS = "person/frederik-skhunars", "person/frederic-schoenaers"
TOWN = "place/gn-2797656"


def version(lang: str, key: str = "", *, dean: str = SKHUNARS, start: str | None = "2025-11-17") -> Told:
    """The story of a visit to Ghent: two meetings, a memorandum and a figure."""
    told = Told(lang, key or f"ghent-{lang}")  # type: ignore[arg-type]
    told.event("Meeting", KASYMOV, MEYERS, start=start, place=TOWN, sides=(KZ, GHENT))
    told.event("Meeting", KASYMOV, dean, start="2025-11-18", sides=(KZ, GHENT))
    told.event("Signing", GHENT, start="2025-11-17")
    told.signs(KZ, GHENT, topics=("space",) if lang != "en" else ("space", "academic-mobility"))
    told.counts(GHENT, "50000")
    return told


def versions() -> list[Told]:
    """Three languages: the English one spells a name in its own way, the Russian one leaves a day out."""
    return [version("kk"), version("ru", start=None), version("en", dean=SCHOENAERS)]


def test_versions_of_a_story_tell_of_one_meeting_each_once(shelf: Shelf) -> None:
    shelf.put(*versions())
    assert [shelf.count(kind) for kind in ("Meeting", "Signing", "Agreement", "Statistic")] == [2, 1, 1, 1]
    assert shelf.ask("SELECT (COUNT(?m) AS ?n) WHERE { ?e a elshi:Signing ; elshi:evidence ?m }") == [("3",)], "evidence from each"
    assert len(shelf.ask("SELECT * WHERE { ?e a elshi:Signing ; elshi:statedIn ?release }")) == 3


def test_a_person_spelled_in_another_way_is_one_person(shelf: Shelf) -> None:
    shelf.put(*versions())
    assert shelf.ask("SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a schema:Person }") == [("3",)]
    labels = shelf.ask(
        "SELECT ?l WHERE { ?p a schema:Person ; rdfs:label ?l FILTER(CONTAINS(?l, 'Schoenaers') || CONTAINS(?l, 'Схунарс')) }"
    )
    assert len(shelf.ask("SELECT DISTINCT ?p WHERE { ?p rdfs:label 'Frédéric Schoenaers'@en, 'Фредерик Схунарс'@ru }")) == 1, labels


PAK, PARK, LIM = "person/pak-chun-kho", "person/park-joon-ho", "person/lim-do-young"


def hosted(lang: str, guest: str, *also: str, role: str = "rector") -> Told:
    """A version of the story with one guest more, who holds an office."""
    told = version(lang, dean=SCHOENAERS if lang == "en" else SKHUNARS)
    told.event("Presentation", KASYMOV, guest, *also, start="2025-11-17", sides=(KZ, GHENT))
    for person in (guest, *also):
        told.holds(person, role, GHENT)
    return told


def guests(shelf: Shelf) -> list[tuple[str, ...]]:
    """Names of guests, those of one person together."""
    return shelf.ask(
        "SELECT (GROUP_CONCAT(DISTINCT STR(?l); SEPARATOR=' = ') AS ?names) WHERE { SELECT ?p ?l WHERE { ?e a elshi:Presentation ; elshi:participant ?p . "
        f"?p rdfs:label ?l FILTER(?p != <{BASE_IRI}{KASYMOV}>) }} ORDER BY ?l }} GROUP BY ?p ORDER BY ?names"
    )


def test_a_name_that_no_rule_of_spelling_reaches_is_one_person_s_who_holds_one_office_at_one_occasion(shelf: Shelf) -> None:
    shelf.put(hosted("ru", PAK), hosted("en", PARK))
    assert guests(shelf) == [("Park Joon-ho = Пак Чун Хо",)] and shelf.count("Presentation") == 1


@pytest.mark.parametrize(("ours", "theirs"), [
    (hosted("ru", PAK), hosted("en", PARK, role="vice-rector")),  # another office
    (hosted("ru", PAK), hosted("en", PARK, LIM)),  # two who may be meant
    (hosted("ru", PAK), hosted("en", MEYERS)),  # somebody else altogether
])  # fmt: skip
def test_where_the_office_leaves_a_doubt_two_names_stay_two_persons(shelf: Shelf, ours: Told, theirs: Told) -> None:
    shelf.put(ours, theirs)
    assert len([names for (names,) in guests(shelf) if "Пак Чун Хо" in names and " = " in names]) == 0


def test_people_who_were_taken_for_one_by_their_office_can_be_kept_apart(shelf: Shelf) -> None:
    shelf.stories.keep_apart([(BASE_IRI + PAK, BASE_IRI + PARK)])
    shelf.put(hosted("ru", PAK), hosted("en", PARK))
    assert guests(shelf) == [("Park Joon-ho",), ("Пак Чун Хо",)] and shelf.count("Presentation") == 1


def test_versions_are_translations_of_each_other(shelf: Shelf) -> None:
    shelf.put(*versions())
    pairs = shelf.ask("SELECT ?a ?b WHERE { ?a schema:workTranslation ?b }")
    assert len(pairs) == 6 and all((b, a) in pairs for a, b in pairs)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_versions_came_leaves_no_trace(order: tuple[int, ...]) -> None:
    with open_writer("memory:") as one, open_writer("memory:") as other:
        told = versions()
        assert Shelf(one).put(*told).lines() == Shelf(other).put(*(told[n] for n in order)).lines()


def test_the_graph_of_a_release_still_holds_everything_read_from_it(shelf: Shelf) -> None:
    lone = version("en", dean=SCHOENAERS)
    alone = len(shelf.put(lone).lines())
    shelf.put(version("kk"), version("ru"))
    graph = shelf.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?r a elshi:Release ; schema:inLanguage 'en' } }")[0][0]
    assert len(list(shelf.writer.quads(graph))) == alone


def test_what_was_withdrawn_leaves_the_others_as_if_it_had_never_been(shelf: Shelf) -> None:
    kk, ru, en = versions()
    before = shelf.put(kk, ru).lines()
    assert shelf.put(en).lines() != before
    assert shelf.drop(en).lines() == before
    assert shelf.drop(kk, ru).lines() == []


def test_the_same_again_changes_nothing(shelf: Shelf) -> None:
    told = versions()
    before = shelf.put(*told).lines()
    for each in told:
        reading = each.reading()
        assert not shelf.stories.replace(graph_iri(reading.release), rows(reading))
    assert shelf.lines() == before


def test_a_digest_meets_the_release_of_each_meeting_that_it_sums_up(shelf: Shelf) -> None:
    days = ["2025-11-10", "2025-11-11", "2025-11-12"]
    hosts = [MEYERS, SKHUNARS, DE_VOS]
    own = []
    for day, host in zip(days, hosts, strict=True):
        told = Told("ru", f"own-{day}", day)
        told.event("Meeting", KASYMOV, host, start=day, place=TOWN)
        own.append(told)
    digest = Told("kk", "digest", "2025-11-14")
    for day, host in zip(days, hosts, strict=True):
        digest.event("Meeting", KASYMOV, host, start=day)
    shelf.put(digest, *own)
    assert shelf.count("Meeting") == 3
    assert not shelf.ask("SELECT * WHERE { ?a schema:workTranslation ?b }"), "the digest is no translation of any of them"


def meeting(lang: str, key: str, *who: str, start: str | None, day: str = "2025-11-18", place: str | None = None) -> Told:
    told = Told(lang, key, day)  # type: ignore[arg-type]
    told.event("Meeting", *who, start=start, place=place)
    return told


@pytest.mark.parametrize(("one", "other"), [
    (meeting("kk", "a", KASYMOV, MEYERS, start="2025-11-17"), meeting("en", "b", KASYMOV, MEYERS, start="2025-11-18")),
    (meeting("kk", "a", KASYMOV, MEYERS, start="2025-11-17"), meeting("en", "b", KASYMOV, DE_VOS, start="2025-11-17")),
    (meeting("kk", "a", KASYMOV, start="2025-11-17"), meeting("en", "b", KASYMOV, start="2025-11-17")),
    (meeting("kk", "a", KASYMOV, MEYERS, start=None, day="2025-11-17"), meeting("en", "b", KASYMOV, MEYERS, start=None, day="2025-11-24")),
    (meeting("kk", "a", KASYMOV, MEYERS, start=None, day="2024-11-17"), meeting("kk", "b", KASYMOV, MEYERS, start=None, day="2025-11-17")),
], ids=["another day", "another delegation", "nobody but the host", "another week", "another year"])  # fmt: skip
def test_meetings_that_merely_look_alike_stay_apart(shelf: Shelf, one: Told, other: Told) -> None:
    assert shelf.put(one, other).count("Meeting") == 2


def test_two_meetings_of_one_release_are_never_one(shelf: Shelf) -> None:
    twice = Told("kk", "twice")
    twice.event("Meeting", KASYMOV, MEYERS, start="2025-11-17", place=TOWN)
    twice.event("Meeting", KASYMOV, MEYERS, start="2025-11-17", place=None)
    shelf.put(twice, meeting("ru", "once", KASYMOV, MEYERS, start="2025-11-17"))
    assert len(shelf.ask("SELECT DISTINCT ?e WHERE { ?e a elshi:Meeting ; elshi:statedIn ?r . ?r schema:inLanguage 'kk' }")) == 2


PARAGRAPHS = (
    "The Ambassador of Kazakhstan met the Rector of Ghent University on Monday to discuss joint work in space technology.",
    "The parties considered sending students of engineering to each other for a term in every academic year.",
    "The Rector spoke of the university's laboratories and of its long ties with Central Asian scholars.",
    "A group of students from Kazakhstan took part in the meeting and told of their studies in Ghent.",
)


def article(key: str, *sentences: str, **more: object) -> Told:
    told = Told("en", key, **more)  # type: ignore[arg-type]
    for sentence in sentences:
        told.says(sentence)
    return told


def test_a_news_site_that_reprints_a_release_quotes_it(shelf: Shelf) -> None:
    own = article("own", *PARAGRAPHS, publisher="gov.kz")
    copy = article(
        "copy",
        *PARAGRAPHS[:3],
        "Read more on our site about everything that happens in the country today.",
        publisher="news.kz",
        day="2025-11-19",
    )
    shelf.put(copy, own)
    (pair,) = shelf.ask("SELECT ?a ?b WHERE { ?a prov:wasQuotedFrom ?b }")
    assert pair[0].endswith("copy") and pair[1].endswith("own")


def test_a_correction_revises_what_the_same_publisher_said(shelf: Shelf) -> None:
    first = article("first", *PARAGRAPHS, publisher="gov.kz")
    second = article("second", *PARAGRAPHS[:3], PARAGRAPHS[3].replace("group", "delegation"), publisher="gov.kz", day="2025-11-19")
    shelf.put(first, second)
    (pair,) = shelf.ask("SELECT ?a ?b WHERE { ?a prov:wasRevisionOf ?b }")
    assert pair[0].endswith("second") and pair[1].endswith("first")


def test_a_notice_that_recurs_with_other_words_is_no_copy(shelf: Shelf) -> None:
    shelf.put(
        article("one", *PARAGRAPHS[:2]),
        article("two", PARAGRAPHS[0], "Something else altogether was said about trade and transit that day."),
    )
    assert not shelf.ask("SELECT * WHERE { ?a prov:wasQuotedFrom|prov:wasRevisionOf ?b }")


def test_pages_that_name_each_other_as_translations_are_taken_at_their_word(shelf: Shelf) -> None:
    kk, en = "https://gov.kz/kk/1", "https://gov.kz/en/1"
    shelf.put(Told("kk", "kk", url=kk, alternates=((en, "en"),)), Told("en", "en", url=en))
    assert len(shelf.ask("SELECT * WHERE { ?a schema:workTranslation ?b }")) == 2


def test_a_figure_that_differs_is_another_statement(shelf: Shelf) -> None:
    kk, ru = version("kk"), version("ru")
    ru.counts(GHENT, "52000", "staff")
    kk.counts(GHENT, "51000", "staff")
    assert shelf.put(kk, ru).count("Statistic") == 3


def test_an_iri_that_gave_way_says_to_which(shelf: Shelf) -> None:
    shelf.put(*versions())
    rows = shelf.ask("SELECT ?old ?new WHERE { ?old dcterms:isReplacedBy ?new }")
    assert rows
    for old, new in rows:
        assert not shelf.ask(f"SELECT * WHERE {{ <{old}> a ?any }}") and shelf.ask(f"SELECT * WHERE {{ <{new}> a ?any }}")


def test_countries_alone_make_no_story(shelf: Shelf) -> None:
    one, other = Told("kk", "one"), Told("en", "other")
    for told in (one, other):
        told.event("Visit", sides=(KZ, BE))
    shelf.put(one, other)
    assert shelf.count("Visit") == 2 and not shelf.ask("SELECT * WHERE { ?a schema:workTranslation ?b }")


# Talking points


def test_a_sentence_that_comes_back_in_another_story_is_a_talking_point_with_its_first_and_last_use(shelf: Shelf) -> None:
    often = "Kazakhstan and Belgium have been partners for thirty years and attach great weight to their ties."
    nearly = often.replace("great", "much")
    first = article("first", PARAGRAPHS[0], often, day="2024-03-01")
    last = article("last", nearly, "On that day the two sides spoke of trade, transit and the carriage of grain.", day="2025-06-01")
    shelf.put(last, first, article("other", *PARAGRAPHS[1:3], day="2025-01-01"))
    rows = shelf.ask(bind(saved("talking-points"), {}))
    assert rows == [("2", "2024-03-01", "2025-06-01", "en", often, rows[0][-1])]
    uses = shelf.ask("SELECT ?body ?start ?end WHERE { ?use oa:hasSource ?r ; oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end . "
                     "?p elshi:use ?use . ?r schema:articleBody ?body }")  # fmt: skip
    assert {body[int(start) : int(end)] for body, start, end in uses} == {often, nearly}


def test_versions_and_copies_of_one_story_make_no_talking_points(shelf: Shelf) -> None:
    shelf.put(article("own", *PARAGRAPHS, publisher="gov.kz"), article("copy", *PARAGRAPHS, publisher="news.kz"))
    assert shelf.count("TalkingPoint") == 0
    shelf.put(article("later", PARAGRAPHS[2], "What else was said that day is told elsewhere, and at length.", day="2026-01-10"))
    assert shelf.count("TalkingPoint") == 1
    shelf.drop(article("later"))
    assert shelf.count("TalkingPoint") == 0


# Whatever happened on the way, a store is what its releases make it.


def pool() -> dict[str, tuple[Told, ...]]:
    """Releases that touch each other in many ways, each in the versions that its page went through."""
    late = version("ru", "ghent-ru", start=None)
    late.counts(GHENT, "14", "staff")
    digest = Told("kk", "digest", "2025-11-19")
    digest.event("Meeting", KASYMOV, MEYERS, start="2025-11-17")
    digest.event("Meeting", KASYMOV, DE_VOS, start="2025-11-12")
    changed = Told("kk", "digest", "2025-11-19")
    changed.event("Meeting", KASYMOV, DE_VOS, start="2025-11-12")
    return {
        "kk": (version("kk"), version("kk", start=None)), "ru": (version("ru"), late),
        "en": (version("en", dean=SCHOENAERS), version("en", dean=DE_VOS)), "digest": (digest, changed),
        "de-vos": (meeting("en", "de-vos", KASYMOV, DE_VOS, start="2025-11-12", day="2025-11-12"),),
        "own": (article("own", *PARAGRAPHS, publisher="gov.kz"),), "copy": (article("copy", *PARAGRAPHS[:3], publisher="news.kz"),),
        "refrain": (article("refrain", PARAGRAPHS[1], "It rained on that day in Brussels and the parade was put off.", day="2026-02-01"),),
        "early": (meeting("ru", "early", KASYMOV, MEYERS, start="2025-11-17", day="2025-11-10"),),
    }  # fmt: skip


POOL = {
    name: tuple((graph_iri(reading.release), rows(reading)) for reading in (told.reading() for told in versions))
    for name, versions in pool().items()
}
#: All that come in, in any order, and what becomes of some of them then: another version, or none.
STEPS = st.builds(
    lambda first, then: [*((name, 0) for name in first), *then],
    st.permutations(sorted(POOL)), st.lists(st.tuples(st.sampled_from(sorted(POOL)), st.sampled_from([0, 1, None])), max_size=6),
)  # fmt: skip


@cache
def calm(final: frozenset[tuple[str, int]]) -> list[str]:
    """The store that holds these versions of these releases, and never held anything else."""
    with open_writer("memory:") as writer:
        shelf = Shelf(writer)
        for name, n in sorted(final):
            shelf.stories.replace(*POOL[name][n])
        shelf.stories.finish()
        return shelf.lines()


def taken(shelf: Shelf, name: str, n: int | None, final: dict[str, int]) -> None:
    if n is None:
        shelf.stories.remove(POOL[name][0][0])
        final.pop(name, None)
    else:
        final[name] = n % len(POOL[name])
        shelf.stories.replace(*POOL[name][final[name]])
    shelf.stories.finish()


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_ingest_change_and_retraction_in_any_order_leave_what_the_last_versions_say(steps: list[tuple[str, int | None]]) -> None:
    final: dict[str, int] = {}
    with open_writer("memory:") as writer:
        shelf = Shelf(writer)
        for name, n in steps:
            taken(shelf, name, n, final)
        assert shelf.lines() == calm(frozenset(final.items()))


class Dying:
    """A store whose process dies at a write."""

    def __init__(self, writer: Writer, at: int) -> None:
        self._writer, self._left = writer, at

    def __getattr__(self, name: str) -> Any:
        if name in ("replace", "remove", "add", "discard"):
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
        return getattr(self._writer, name)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.integers(0, 6), st.booleans())
def test_a_writer_that_dies_at_any_write_leaves_a_store_that_the_next_one_mends(
    steps: list[tuple[str, int | None]], at: int, index_lost: bool
) -> None:
    final: dict[str, int] = {}
    *before, last = steps
    with open_writer("memory:") as writer:
        shelf = Shelf(writer)
        for name, n in before:
            taken(shelf, name, n, final)
        shelf.stories._writer = Dying(writer, at)  # type: ignore[assignment]
        with suppress(KeyboardInterrupt):
            taken(shelf, *last, dict(final))
        with suppress(KeyboardInterrupt):  # and once more, while it mends
            Stories(Dying(writer, at // 2), Index(None) if index_lost else shelf.index)  # type: ignore[arg-type]
        mended = Shelf(writer, None if index_lost else shelf.index)
        taken(mended, *last, final)
        assert mended.lines() == calm(frozenset(final.items()))

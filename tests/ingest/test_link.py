"""Which things names mean: famous institutions of many countries, and names that must stay open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from elshi.ingest.link import link
from elshi.ingest.model import Agreement, Entity, Event, Mention, Position, Reading, Release

FAMOUS = [line.split("\t") for line in Path(__file__).with_name("famous_institutions.tsv").read_text("utf-8").splitlines()[1:]]


def release(lang: str = "kk") -> Release:
    return Release("k", lang, "", "x", "", "")  # type: ignore[arg-type]


def linked(*entities: Entity) -> tuple[Entity, ...]:
    return link(Reading(release(entities[0].names[0][1]), entities)).entities


def named(name: str, kind: str, lang: str = "en", **more: object) -> Entity:
    return replace(Entity("#1", kind, ((name, lang),)), **more)  # type: ignore[arg-type]


def test_a_city_lies_where_geonames_says() -> None:
    astana, region = (linked(named(name, kind))[0] for name, kind in (("Astana", "City"), ("Central Asia", "Region")))
    assert (astana.key, astana.at) == ("place/gn-1526273", (51.18, 71.446))
    assert region.at is None


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("row", FAMOUS, ids=lambda row: row[-1])
def test_a_famous_institution_is_found_by_its_name_in_each_language(row: list[str], lang: str) -> None:
    kind, country, ror, *names = row
    name = names[("kk", "ru", "en").index(lang)]
    (entity,) = linked(named(name, kind, lang, country=country or None))
    assert entity.key == f"organization/ror-{ror}"
    assert entity.same_as[0] == f"https://ror.org/{ror}"
    assert entity.names[0] == (name, lang), "the release's own name stays first"


@pytest.mark.parametrize(
    ("name", "kind", "lang"),
    [
        ("University", "University", "en"),
        ("Университет", "University", "ru"),
        ("университеті", "University", "kk"),
        ("Institute", "ResearchInstitute", "en"),
        ("Ministry of Foreign Affairs", "Ministry", "en"),
        ("National University", "University", "en"),
        ("Faculty of Law", "Faculty", "en"),
        ("Northwestern University", "University", "en"),
        ("Institute of Physics", "ResearchInstitute", "en"),
        ("Research Centre", "ResearchCentre", "en"),
        ("Trinity College", "School", "en"),
        ("Central Hospital", "Organization", "en"),
        ("Қолданбалы ғылымдар факультеті", "Faculty", "kk"),
    ],
)
def test_a_name_that_many_may_bear_is_never_stated_to_be_one_of_them(name: str, kind: str, lang: str) -> None:
    (entity,) = linked(named(name, kind, lang))
    assert not any("ror.org" in iri for iri in entity.same_as)


@pytest.mark.parametrize(("name", "country", "iso"), [("Ministry of Foreign Affairs", "KZ", "kz-mfa"), ("Сенат", "KZ", "kz-senate")])
def test_a_state_body_is_that_of_its_own_country(name: str, country: str, iso: str) -> None:
    (entity,) = linked(named(name, "Ministry" if "Ministry" in name else "Parliament", "ru" if name == "Сенат" else "en", country=country))
    assert entity.key == f"organization/{iso}"
    (other,) = linked(named(name, entity.kind, entity.names[0][1], country="FR"))
    assert other.key != entity.key and not other.same_as


def test_a_name_with_its_country_is_not_another_countrys() -> None:
    (entity,) = linked(named("Ministry of Foreign Affairs of Kazakhstan", "Ministry"))
    assert entity.key == "organization/kz-mfa"


def test_an_acronym_decides_between_namesakes_and_backs_a_translation() -> None:
    (entity,) = linked(named("Халықаралық жүгері мен бидай орталығы", "ResearchCentre", "kk", acronym="CAIAG", country="KG"))
    assert not entity.same_as, "an acronym alone is no proof"
    (entity,) = linked(
        named(
            "Институт солнечных энергетических систем Общества Фраунгофера",
            "ResearchInstitute",
            "ru",
            acronym="Fraunhofer ISE",
            country="DE",
        )
    )
    assert entity.key == "organization/ror-02kfzvh91" and "acronym" in entity.why


@pytest.mark.parametrize(
    "spellings",
    [
        ("Роман Василенко", "Роман Василенко", "Roman Vassilenko"),
        ("Ерлан Қасымов", "Ерлан Касымов", "Yerlan Kassymov"),
        ("Ермек Көшербаев", "Ермек Кошербаев", "Yermek Kosherbayev"),
        ("Қасым-Жомарт Тоқаев", "Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"),
    ],
)
def test_a_person_has_one_key_in_three_spellings(spellings: tuple[str, str, str]) -> None:
    keys = {linked(named(name, "Person", lang))[0].key for name, lang in zip(spellings, ("kk", "ru", "en"), strict=True)}
    assert len(keys) == 1


def test_a_person_is_never_a_place() -> None:
    person = Entity("#1", "Person", (("Джек Лондон", "ru"),))
    (entity,) = linked(person)
    assert entity.key.startswith("person/") and not entity.same_as and entity.record is None


@pytest.mark.parametrize(
    ("name", "lang", "country", "key"),
    [
        ("Рим", "ru", None, "place/gn-3169070"),
        ("Льеж", "kk", None, "place/gn-2792413"),
        ("Гент", "kk", "BE", "place/gn-2797656"),
        ("Cambridge", "en", "US", "place/gn-4931972"),
        ("Cambridge", "en", "GB", "place/gn-2653941"),
        ("Бішкек", "kk", None, "place/gn-1528675"),
    ],
)
def test_a_city_is_the_one_its_country_or_its_size_speaks_for(name: str, lang: str, country: str | None, key: str) -> None:
    (entity,) = linked(named(name, "City", lang, country=country))
    assert entity.key == key


@pytest.mark.parametrize("name", ["Victoria", "Springfield", "San José"])
def test_a_city_of_many_namesakes_stays_open(name: str) -> None:
    (entity,) = linked(named(name, "City"))
    assert not entity.same_as and entity.key.startswith("place/") and "gn-" not in entity.key


def test_a_country_of_the_release_decides_between_cities() -> None:
    seychelles = Entity("#2", "Country", (("Seychelles", "en"),))
    city, country = linked(named("Victoria", "City"), seychelles)
    assert city.country == "SC" and city.same_as == ("https://sws.geonames.org/241131/",)
    assert country.key == "place/sc"


def test_a_country_says_what_the_union_and_geonames_call_it() -> None:
    (entity,) = linked(named("Қазақстан Республикасы", "Country", "kk"))
    assert entity.key == "place/kz" and entity.country == "KZ"
    assert "http://publications.europa.eu/resource/authority/country/KAZ" in entity.same_as
    assert ("Казахстан", "ru") in entity.names and ("Kazakhstan", "en") in entity.names


def test_what_ror_knows_only_by_mention_is_a_guess() -> None:
    (entity,) = linked(named("Gembloux Agro-Bio Tech", "Campus", country="BE"))
    assert not entity.same_as
    assert entity.candidates[0].iri == "https://ror.org/00bmzhb16" and "mention" in entity.candidates[0].reason


def test_two_mentions_of_one_thing_become_one_and_the_facts_follow() -> None:
    first = Entity("#1", "InternationalOrganization", (("БҰҰ", "kk"),), mentions=(Mention(0, 3, "БҰҰ", "x"),))
    second = Entity(
        "#2", "InternationalOrganization", (("Біріккен Ұлттар Ұйымы", "kk"),), mentions=(Mention(9, 30, "Біріккен Ұлттар Ұйымы", "x"),)
    )
    person = Entity("#3", "Person", (("Роман Василенко", "kk"),))
    country = Entity("#4", "Country", (("Бельгия", "kk"),))
    evidence = first.mentions
    reading = Reading(
        release(),
        (second, first, person, country),
        positions=(Position("p", "#3", "ambassador", evidence, organization="#2", accredited_to="#4"),),
        events=(Event("e", "Meeting", evidence, participants=("#3", "#1", "#2"), place="#4"),),
        agreements=(Agreement("a", ("#4", "#1"), "signed", evidence),),
    )
    out = link(reading)
    un = next(e for e in out.entities if e.record == "ror:006kxhp52")
    assert len(out.entities) == 3 and [m.start for m in un.mentions] == [0, 9]
    assert out.positions[0].organization == un.key and out.positions[0].accredited_to == "place/be"
    assert out.events[0].participants == (out.positions[0].person, un.key) and out.events[0].place == "place/be"
    assert out.agreements[0].parties == ("place/be", un.key)


@pytest.mark.parametrize(
    ("university", "faculty", "lang"),
    [
        ("Льеж университеті", "Қолданбалы ғылымдар факультеті", "kk"),
        ("Льежский университет", "факультет прикладных наук", "ru"),
        ("University of Liège", "Faculty of Applied Sciences", "en"),
    ],
)
def test_a_faculty_is_told_apart_by_its_university_and_is_one_in_all_languages(university: str, faculty: str, lang: str) -> None:
    whole = Entity("#1", "University", ((university, lang),), country="BE")
    _, unit = linked(whole, Entity("#2", "Faculty", ((faculty, lang),), part_of="#1", country="BE"))
    assert unit.key == "organization/ror-00afp2z80-applied-faculty-science"
    assert unit.part_of == "organization/ror-00afp2z80"


@pytest.mark.parametrize(
    ("kind", "country", "spellings"),
    [
        ("Embassy", "JO", ("Қазақстан Елшілігі", "Посольство Казахстана", "Embassy of Kazakhstan")),
        ("Embassy", None, ("Бельгия Елшілігі", "Посольство Бельгии", "Embassy of Belgium")),
        ("Parliament", None, ("Польша Сенаты", "Сенат Польши", "Senate of Poland")),
        ("Ministry", None, ("Перу Энергетика министрлігі", "Министерство энергетики Перу", "Ministry of Energy of Peru")),
        ("Ministry", "PE", ("Ауыл шаруашылығы министрлігі", "Министерство сельского хозяйства", "Ministry of Agriculture")),
    ],
)
def test_a_states_body_that_no_authority_has_is_one_in_all_languages(kind: str, country: str | None, spellings: tuple[str, ...]) -> None:
    keys = {linked(named(name, kind, lang, country=country))[0].key for name, lang in zip(spellings, ("kk", "ru", "en"), strict=True)}
    assert len(keys) == 1, keys


def test_an_embassy_is_that_in_its_host_country() -> None:
    (jordan,) = linked(named("Embassy of Kazakhstan", "Embassy", country="JO"))
    (belgium,) = linked(named("Embassy of Kazakhstan", "Embassy", country="BE"))
    assert jordan.key != belgium.key
    unsaid, _, _ = linked(
        named("Embassy of Kazakhstan", "Embassy"), *(Entity(n, "Country", ((n, "en"),)) for n in ("Jordan", "Kazakhstan"))
    )
    assert unsaid.key == jordan.key and unsaid.country == "JO"


def test_a_country_that_only_a_first_look_into_the_book_supplied_proves_nothing() -> None:
    guessed = named("Institute of Archaeology", "ResearchInstitute", record="ror:00gkzs980", country="SI")
    (entity,) = linked(guessed)
    assert not entity.same_as and entity.country is None


def test_an_acronym_must_be_written_as_one() -> None:
    (entity,) = linked(named("Мот", "Organization", "ru"))
    assert not entity.record


def test_linking_twice_changes_nothing() -> None:
    once = link(
        Reading(release(), (named("Льеж университеті", "University", "kk", country="BE"), Entity("#2", "Person", (("А. Б.", "kk"),))))
    )
    assert link(once) == once

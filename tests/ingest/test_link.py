"""Which things names mean: famous institutions of many countries, and names that must stay open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from elshi.ingest.link import link
from elshi.ingest.model import Agreement, Entity, Event, Mention, Position, Reading, Release

KINDS = {"U": "University", "R": "ResearchInstitute", "I": "InternationalOrganization", "S": "School", "G": "GovernmentBody", "M": "Ministry"}
FAMOUS = """
U BE 00afp2z80 | Льеж университеті | Льежский университет | University of Liège
U BE 00cv9y106 | Гент университеті | Гентский университет | Ghent University
U BE 05f950310 | Лёвен католик университеті | Лёвенский католический университет | KU Leuven
U BE 02qnnz951 | Монс университеті | Университет Монса | University of Mons
U DE 02kkvpp62 | Мюнхен техникалық университеті | Мюнхенский технический университет | Technical University of Munich
U DE 038t36y30 | Гейдельберг университеті | Гейдельбергский университет | Heidelberg University
U DE 041nas322 | Бонн университеті | Боннский университет | University of Bonn
U DE 03v4gjf40 | Берлин техникалық университеті | Берлинский технический университет | Technische Universität Berlin
U DE 042aqky30 | Дрезден техникалық университеті | Дрезденский технический университет | TU Dresden
U DE 00rcxh774 | Кёльн университеті | Кёльнский университет | University of Cologne
U FR 02en5vm52 | Сорбонна университеті | Университет Сорбонна | Sorbonne University
U FR 00pg6eq24 | Страсбург университеті | Страсбургский университет | University of Strasbourg
U FR 023zg8w32 | Шығыс тілдері мен өркениеттері ұлттық институты | Национальный институт восточных языков и цивилизаций | INALCO
U GB 052gg0110 | Оксфорд университеті | Оксфордский университет | University of Oxford
U GB 013meh722 | Кембридж университеті | Кембриджский университет | University of Cambridge
U GB 027m9bs27 | Манчестер университеті | Манчестерский университет | University of Manchester
U GB 01nrxwf90 | Эдинбург университеті | Эдинбургский университет | University of Edinburgh
U IT 01111rn36 | Болонья университеті | Болонский университет | University of Bologna
U IT 00240q980 | Падуя университеті | Падуанский университет | University of Padua
U ES 021018s57 | Барселона университеті | Барселонский университет | University of Barcelona
U AT 03prydq77 | Вена университеті | Венский университет | University of Vienna
U CH 01swzsf04 | Женева университеті | Женевский университет | University of Geneva
U CH 019whta54 | Лозанна университеті | Лозаннский университет | University of Lausanne
U NL 027bh9e22 | Лейден университеті | Лейденский университет | Leiden University
U NL 04pp8hn57 | Утрехт университеті | Утрехтский университет | Utrecht University
U PL 039bjqg32 | Варшава университеті | Варшавский университет | University of Warsaw
U SE 048a87296 | Упсала университеті | Уппсальский университет | Uppsala University
U FI 040af2s02 | Хельсинки университеті | Хельсинкский университет | University of Helsinki
U NO 01xtthb56 | Осло университеті | Университет Осло | University of Oslo
U DK 035b05819 | Копенгаген университеті | Копенгагенский университет | University of Copenhagen
U LT 03nadee84 | Вильнюс университеті | Вильнюсский университет | Vilnius University
U JP 057zh3y96 | Токио университеті | Токийский университет | The University of Tokyo
U JP 02kpeqv85 | Киото университеті | Киотский университет | Kyoto University
U JP 035t8zc32 | Осака университеті | Осакский университет | Osaka University
U JP 02956yf07 | Цукуба университеті | Цукубский университет | University of Tsukuba
U CN 02v51f717 | Пекин университеті | Пекинский университет | Peking University
U CN 033vjfk17 | Ухань университеті | Уханьский университет | Wuhan University
U CN 01rxvg760 | Нанкин университеті | Нанкинский университет | Nanjing University
U CN 017zhmm22 | Сиань Цзяотун университеті | Сианьский университет Цзяотун | Xi'an Jiaotong University
U KR 04h9pn542 | Сеул ұлттық университеті | Сеульский национальный университет | Seoul National University
U KR 01an57a31 | Пусан ұлттық университеті | Пусанский национальный университет | Pusan National University
U MN 04855bv47 | Монғолия ұлттық университеті | Монгольский национальный университет | National University of Mongolia
U SG 01tgyzw49 | Сингапур ұлттық университеті | Национальный университет Сингапура | National University of Singapore
U MY 00rzspn62 | Малайя университеті | Университет Малайя | University of Malaya
U IN 04gzb2213 | Дели университеті | Делийский университет | University of Delhi
U TR 01wntqw50 | Анкара университеті | Анкарский университет | Ankara University
U TR 03a5qrr21 | Ыстанбұл университеті | Стамбульский университет | Istanbul University
U JO 05k89ew48 | Иордания университеті | Иорданский университет | University of Jordan
U BR 036rp1748 | Сан-Паулу университеті | Университет Сан-Паулу | University of São Paulo
U MX 01tmp8f25 | Мексика ұлттық автономиялық университеті | Национальный автономный университет Мексики | National Autonomous University of Mexico
U US 03vek6s52 | Гарвард университеті | Гарвардский университет | Harvard University
U US 042nb2s44 | Массачусетс технологиялық институты | Массачусетский технологический институт | Massachusetts Institute of Technology
U CA 03dbr7087 | Торонто университеті | Университет Торонто | University of Toronto
U AU 0384j8v12 | Сидней университеті | Сиднейский университет | University of Sydney
U RU 010pmpe69 | Мәскеу мемлекеттік университеті | Московский государственный университет | Lomonosov Moscow State University
U KZ 052bx8q98 | Назарбаев Университеті | Назарбаев Университет | Nazarbayev University
U KZ 03gvsr558 | Maqsut Narikbayev University | Университет КАЗГЮУ имени М.С. Нарикбаева | Maqsut Narikbayev University
U KZ 03q0vrn42 | Әл-Фараби атындағы Қазақ ұлттық университеті | Казахский национальный университет имени аль-Фараби | Al-Farabi Kazakh National University
U KZ 0242cby63 | Л.Н. Гумилев атындағы Еуразия ұлттық университеті | Евразийский национальный университет им. Л.Н. Гумилева | L.N. Gumilyov Eurasian National University
U KZ 020cpsb96 | Сәтбаев университеті | Сатпаев Университет | Satbayev University
U KZ 01pk2ck74 | КИМЭП университеті | Университет КИМЭП | KIMEP University
U KZ 05jnvbc31 | Astana IT University | Astana IT University | Astana IT University
U KZ 0523w7v09 | Нархоз университеті | Университет Нархоз | Narxoz University
R KZ 05mecez53 | Қазақстанның стратегиялық зерттеулер институты | Казахстанский институт стратегических исследований | Kazakhstan Institute for Strategic Studies
R RU 044yd9t77 | Біріккен ядролық зерттеулер институты | Объединённый институт ядерных исследований | Joint Institute for Nuclear Research
R RU 05qrfxd25 | Ресей ғылым академиясы | Российская академия наук | Russian Academy of Sciences
R CN 034t30j35 | Қытай ғылым академиясы | Китайская академия наук | Chinese Academy of Sciences
I -- 006kxhp52 | Біріккен Ұлттар Ұйымы | Организация Объединённых Наций | United Nations
I -- 04h4z8k05 | ЮНЕСКО | ЮНЕСКО | UNESCO
I -- 019w4f821 | Еуропалық Одақ | Европейский союз | European Union
I -- 03wd9za21 | Еуропалық ғарыш агенттігі | Европейское космическое агентство | European Space Agency
G JP 022es3t03 | Жапонияның халықаралық ынтымақтастық агенттігі | Японское агентство международного сотрудничества | Japan International Cooperation Agency
M DE 02vgg2808 | Экономика және энергетика федералды министрлігі | Федеральное министерство экономики и энергетики | Federal Ministry for Economic Affairs and Energy
""".strip().splitlines()


def release(lang: str = "kk") -> Release:
    return Release("k", lang, "", "x", "", "")  # type: ignore[arg-type]


def linked(*entities: Entity) -> tuple[Entity, ...]:
    return link(Reading(release(entities[0].names[0][1]), entities)).entities


def named(name: str, kind: str, lang: str = "en", **more: object) -> Entity:
    return replace(Entity("#1", kind, ((name, lang),)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("row", FAMOUS, ids=lambda row: row.split("|")[-1].strip())
def test_a_famous_institution_is_found_by_its_name_in_each_language(row: str, lang: str) -> None:
    about, *names = (part.strip() for part in row.split("|"))
    kind, country, ror = about.split()
    name = names[("kk", "ru", "en").index(lang)]
    (entity,) = linked(named(name, KINDS[kind], lang, country=None if country == "--" else country))
    assert entity.key == f"organization/ror-{ror}"
    assert entity.same_as[0] == f"https://ror.org/{ror}"
    assert entity.names[0] == (name, lang), "the release's own name stays first"


@pytest.mark.parametrize(
    ("name", "kind", "lang"),
    [
        ("University", "University", "en"), ("Университет", "University", "ru"), ("университеті", "University", "kk"), ("Institute", "ResearchInstitute", "en"),
        ("Ministry of Foreign Affairs", "Ministry", "en"), ("National University", "University", "en"), ("Faculty of Law", "Faculty", "en"),
        ("Northwestern University", "University", "en"), ("Institute of Physics", "ResearchInstitute", "en"), ("Research Centre", "ResearchCentre", "en"),
        ("Trinity College", "School", "en"), ("Central Hospital", "Organization", "en"), ("Қолданбалы ғылымдар факультеті", "Faculty", "kk"),
    ],
)  # fmt: skip
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
    (entity,) = linked(named("Институт солнечных энергетических систем Общества Фраунгофера", "ResearchInstitute", "ru", acronym="Fraunhofer ISE", country="DE"))
    assert entity.key == "organization/ror-02kfzvh91" and "acronym" in entity.why


def test_a_person_is_never_a_place() -> None:
    person = Entity("#1", "Person", (("Джек Лондон", "ru"),))
    (entity,) = linked(person)
    assert entity.key.startswith("person/") and not entity.same_as and entity.record is None


@pytest.mark.parametrize(
    ("name", "lang", "country", "key"),
    [
        ("Рим", "ru", None, "place/gn-3169070"), ("Льеж", "kk", None, "place/gn-2792413"), ("Гент", "kk", "BE", "place/gn-2797656"),
        ("Cambridge", "en", "US", "place/gn-4931972"), ("Cambridge", "en", "GB", "place/gn-2653941"), ("Бішкек", "kk", None, "place/gn-1528675"),
    ],
)  # fmt: skip
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
    second = Entity("#2", "InternationalOrganization", (("Біріккен Ұлттар Ұйымы", "kk"),), mentions=(Mention(9, 30, "Біріккен Ұлттар Ұйымы", "x"),))
    person = Entity("#3", "Person", (("Роман Василенко", "kk"),))
    country = Entity("#4", "Country", (("Бельгия", "kk"),))
    evidence = first.mentions
    reading = Reading(
        release(), (second, first, person, country),
        positions=(Position("p", "#3", "ambassador", evidence, organization="#2", accredited_to="#4"),),
        events=(Event("e", "Meeting", evidence, participants=("#3", "#1", "#2"), place="#4"),),
        agreements=(Agreement("a", ("#4", "#1"), "signed", evidence),),
    )  # fmt: skip
    out = link(reading)
    un = next(e for e in out.entities if e.record == "ror:006kxhp52")
    assert len(out.entities) == 3 and [m.start for m in un.mentions] == [0, 9]
    assert out.positions[0].organization == un.key and out.positions[0].accredited_to == "place/be"
    assert out.events[0].participants == (out.positions[0].person, un.key) and out.events[0].place == "place/be"
    assert out.agreements[0].parties == ("place/be", un.key)


def test_a_faculty_is_told_apart_by_its_university() -> None:
    university = Entity("#1", "University", (("Льеж университеті", "kk"),), country="BE")
    faculty = Entity("#2", "Faculty", (("Қолданбалы ғылымдар факультеті", "kk"),), part_of="#1", country="BE")
    _, unit = linked(university, faculty)
    assert unit.key == "organization/ror-00afp2z80-koldanbaly-gylymdar-fakulteti"
    assert unit.part_of == "organization/ror-00afp2z80"


def test_linking_twice_changes_nothing() -> None:
    once = link(Reading(release(), (named("Льеж университеті", "University", "kk", country="BE"), Entity("#2", "Person", (("А. Б.", "kk"),)))))
    assert link(once) == once

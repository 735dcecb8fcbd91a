"""A small release in two languages, read by hand: what the tests of the rooms from `ontology/` on have in common."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from elshi.ingest.model import (
    Agreement,
    Candidate,
    Cooperation,
    Entity,
    Event,
    Lang,
    Mention,
    Position,
    Reading,
    Release,
    StatedDate,
    Statistic,
    Subject,
)
from elshi.ontology.mapping import authority_rows, graph_iri, rows
from elshi.shapes.validate import validate
from elshi.store.base import Writer
from elshi.store.intake import IntoStore, Product
from elshi.store.provenance import Run
from elshi.store.quarantine import Quarantine

KK = """date 2025-11-18 Қазақстан мен Гент университеті ынтымақтастықты талқылады
Қазақстанның Бельгиядағы Елшісі Ерлан Қасымов 2025 жылғы 17 қарашада Гентте Гент университетінің (UGent) ректоры Петра Мейерспен кездесті.
Тараптар ғарыш саласындағы бірлескен жобалар мүмкіндігін қарастырды.
Гент университеті мен Назарбаев Университеті академиялық ұтқырлық туралы меморандумға қол қойды.
1817 жылы құрылған университетте 50 000-ға жуық студент, оның ішінде Қазақстаннан 12 студент оқиды.
2026 жылғы сәуірде «Ғарыш» форумы өтеді. 🚀 Оған Еуропалық Одақ қатысады."""

RU = """date 2025-11-18 Казахстан и Гентский университет обсудили сотрудничество
Посол Казахстана в Бельгии Ерлан Касымов 17 ноября 2025 года встретился в Генте с ректором Гентского университета (UGent) Петрой Мейерс.
Стороны рассмотрели возможность совместных проектов в сфере космоса.
Гентский университет и Назарбаев Университет подписали меморандум об академической мобильности.
В университете, основанном в 1817 году, учится порядка 50 000 студентов, в том числе 12 студентов из Казахстана.
В апреле 2026 года пройдёт форум «Космос». 🚀 В нём примет участие Европейский союз."""

FORMS: dict[Lang, dict[str, tuple[str, str]]] = {  # key -> (form in the text, nominative)
    "kk": {
        "place/kz": ("Қазақстанның", "Қазақстан"),
        "place/be": ("Бельгиядағы", "Бельгия"),
        "place/gn-2797656": ("Гентте", "Гент"),
        "person/erlan-kasymov": ("Ерлан Қасымов", "Ерлан Қасымов"),
        "person/petra-meyers": ("Петра Мейерспен", "Петра Мейерс"),
        "organization/ror-00cv9y106": ("Гент университетінің", "Гент университеті"),
        "organization/ror-052bx8q98": ("Назарбаев Университеті", "Назарбаев Университеті"),
        "organization/ror-019w4f821": ("Еуропалық Одақ", "Еуропалық Одақ"),
    },
    "ru": {
        "place/kz": ("Казахстана", "Казахстан"),
        "place/be": ("Бельгии", "Бельгия"),
        "place/gn-2797656": ("Генте", "Гент"),
        "person/erlan-kasymov": ("Ерлан Касымов", "Ерлан Касымов"),
        "person/petra-meyers": ("Петрой Мейерс", "Петра Мейерс"),
        "organization/ror-00cv9y106": ("Гентского университета", "Гентский университет"),
        "organization/ror-052bx8q98": ("Назарбаев Университет", "Назарбаев Университет"),
        "organization/ror-019w4f821": ("Европейский союз", "Европейский союз"),
    },
}
UGENT, NU, EU = "organization/ror-00cv9y106", "organization/ror-052bx8q98", "organization/ror-019w4f821"
KASYMOV, MEYERS = "person/erlan-kasymov", "person/petra-meyers"


def entities(text: str, lang: Lang) -> tuple[Entity, ...]:
    def entity(key: str, kind: str, **more: object) -> Entity:
        form, name = FORMS[lang][key]
        start = text.index(form)
        mention = Mention(start, start + len(form), form, kind, 0.92, "rule:names/1")
        return Entity(key, kind, ((name, lang),), (mention,), **more)  # type: ignore[arg-type]

    return (
        entity("place/kz", "Country", country="KZ", record="country:KZ"),
        entity("place/be", "Country", country="BE", record="country:BE"),
        entity(
            "place/gn-2797656", "City", country="BE", record="gn:2797656", at=(51.05, 3.717), same_as=("https://sws.geonames.org/2797656/",)
        ),
        entity(KASYMOV, "Person"),
        entity(MEYERS, "Person", candidates=(Candidate("https://www.wikidata.org/entity/Q1", 0.4, "same surname"),)),
        entity(
            UGENT,
            "University",
            acronym="UGent",
            country="BE",
            place="place/gn-2797656",
            founded="1817",
            same_as=("https://ror.org/00cv9y106",),
            why="exact name",
        ),
        entity(NU, "University", country="KZ", same_as=("https://ror.org/052bx8q98",)),
        entity(EU, "InternationalOrganization", aliases=(("EU", "en"),)),
    )


def read(lang: Lang, text: str) -> Reading:
    """Read the release as a careful person would."""
    lines = text.split("\n")

    def sentence(n: int) -> tuple[Mention, ...]:
        start = sum(len(line) + 1 for line in lines[:n])
        return (Mention(start, start + len(lines[n]), lines[n], "sentence", 0.9, "rule:facts/1"),)

    return Reading(
        Release(
            f"d00-{lang}",
            lang,
            lines[0][16:],
            text,
            sha256(text.encode()).hexdigest(),
            f"d00.{lang}.txt",
            header_date="2025-11-18",
            url=f"https://example.org/{lang}/1",
            publisher="gov.kz",
        ),
        entities(text, lang),
        positions=(
            Position("p1", KASYMOV, "ambassador", sentence(1), None, "place/kz", "place/be", lines[1][:20]),
            Position("p2", MEYERS, "rector", sentence(1), UGENT),
        ),
        events=(
            Event(
                "e1",
                "Meeting",
                sentence(1),
                (KASYMOV, MEYERS),
                ("place/kz", UGENT),
                "2025-11-17",
                place="place/gn-2797656",
                topics=("space",),
            ),
            Event("e2", "Signing", sentence(3), (UGENT, NU), (UGENT, NU), topics=("academic-mobility",)),
            Event("e3", "Conference", sentence(5), (EU,), start="2026-04", status="planned", topics=("space",)),
        ),
        cooperations=(Cooperation("c1", ("place/kz", UGENT), "considered", sentence(2), ("space",)),),
        agreements=(Agreement("a1", (UGENT, NU), "signed", sentence(3), ("academic-mobility",)),),
        statistics=(
            Statistic("s1", UGENT, "students", "50000", sentence(4), approximate=True),
            Statistic("s2", UGENT, "students", "12", sentence(4), from_country="place/kz", subset_of="s1"),
            Statistic("s3", "e3", "participants", "1", sentence(5)),
        ),
        dates=(
            StatedDate("d1", "2025-11-17", sentence(1)),
            StatedDate("d2", "1817", sentence(4)),
            StatedDate("d3", "2026-04", sentence(5)),
        ),
        subjects=(Subject("space", sentence(2)), Subject("academic-mobility", sentence(3))),
        models=(("rules", "1"),),
    )


@pytest.fixture(scope="session")
def reading_kk() -> Reading:
    return read("kk", KK)


@pytest.fixture(scope="session")
def reading_ru() -> Reading:
    return read("ru", RU)


EN = """Ambassador visits Ghent
Kazakhstan's Ambassador to Belgium Aida Omarova met Petra Meyers, Rector of Ghent University, on 10 February 2026.
Kazakhstan and Ghent University plan joint space projects.
The Space Lab of the Faculty of Engineering takes part."""
KZ, BE, OMAROVA = "place/kz", "place/be", "person/aida-omarova"
FACULTY, LAB = "organization/ror-00cv9y106-engineering", "organization/ror-00cv9y106-engineering-space-lab"
NAMES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (KZ, "Country", "Kazakhstan", {"country": "KZ"}),
    (BE, "Country", "Belgium", {"country": "BE"}),
    (UGENT, "University", "Ghent University", {"country": "BE", "same_as": ("https://ror.org/00cv9y106",)}),
    (OMAROVA, "Person", "Aida Omarova", {}),
    (MEYERS, "Person", "Petra Meyers", {}),
    (FACULTY, "Faculty", "Faculty of Engineering", {"country": "BE", "part_of": UGENT}),
    (LAB, "ResearchCentre", "Space Lab", {"country": "BE", "part_of": FACULTY}),
)


def quoted(text: str, part: str, kind: str = "sentence") -> tuple[Mention, ...]:
    start = text.index(part)
    return (Mention(start, start + len(part), part, kind, 0.9, "rule:hand/1"),)


@pytest.fixture(scope="session")
def reading_later() -> Reading:
    """Three months on: a new ambassador, and what was considered is planned."""
    first, second = EN.split("\n")[1:3]
    entities = tuple(Entity(key, kind, ((name, "en"),), quoted(EN, name, kind), **more) for key, kind, name, more in NAMES)
    return Reading(
        Release("d01-en", "en", EN.split("\n")[0], EN, sha256(EN.encode()).hexdigest(), "d01.en.txt", issued="2026-02-11"),
        entities,
        positions=(Position("p1", OMAROVA, "ambassador", quoted(EN, first), None, KZ, BE),),
        events=(Event("e1", "Meeting", quoted(EN, first), (OMAROVA, MEYERS), (KZ, UGENT), "2026-02-10"),),
        cooperations=(Cooperation("c1", (KZ, UGENT), "planned", quoted(EN, second), ("space",)),),
    )


@pytest.fixture(scope="session")
def take() -> Callable[..., None]:
    """Takes readings into a store the way `elshi ingest` does, as a run of the given day."""

    def take(writer: Writer, day: int, *readings: Reading) -> None:
        intake = IntoStore(writer, Quarantine(None), Run(f"2026-03-0{day}T00:00:00Z", "hand", "by hand"))
        assert [intake.take(product(reading)) for reading in readings] == ["stored"] * len(readings)
        intake.finish({"stored": len(readings)})

    return take


def product(reading: Reading) -> Product:
    graph = rows(reading)
    report = validate(graph)
    assert report.conforms, report.violations
    return Product(reading, graph_iri(reading.release), graph, authority_rows(reading.entities), report)

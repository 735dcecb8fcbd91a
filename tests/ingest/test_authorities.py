"""What the book of authorities knows, and how names in three languages reach it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import zstandard

from elshi import ElshiError, resource
from elshi.ingest.authorities import Book, open_book
from elshi.ingest.concepts import alike, concepts
from elshi.ingest.coordinates import coordinates
from elshi.ingest.keys import final_key, inner_key, key

COUNTRIES = [
    ("Қазақстан Республикасы", "kk", "KZ"),
    ("Республика Казахстан", "ru", "KZ"),
    ("The Republic of Kazakhstan", "en", "KZ"),
    ("РК", "ru", "KZ"),
    ("Қырғыз Республикасы", "kk", "KG"),
    ("Кыргызская Республика", "ru", "KG"),
    ("Kyrgyz Republic", "en", "KG"),
    ("Бельгия Корольдігі", "kk", "BE"),
    ("АҚШ", "kk", "US"),
    ("Соединённых Штатов Америки", "ru", "US"),
    ("USA", "en", "US"),
    ("Корея Республикасы", "kk", "KR"),
    ("Монғолия", "kk", "MN"),
    ("Моңғолия", "kk", "MN"),
    ("КНР", "ru", "CN"),
    ("Türkiye", "en", "TR"),
    ("Turkey", "en", "TR"),
    ("Святой Престол", "ru", "VA"),
]


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book()


@pytest.mark.parametrize(("name", "lang", "iso"), COUNTRIES)
def test_a_country_is_found_by_its_short_and_its_long_name(book: Book, name: str, lang: str, iso: str) -> None:
    assert book.named(name, lang)[0].id == f"country:{iso}"


@pytest.mark.parametrize(
    ("word", "lang", "iso"),
    [
        ("қазақстандық", "kk", "KZ"),
        ("бельгиялық", "kk", "BE"),
        ("казахстанского", "ru", "KZ"),
        ("бельгийские", "ru", "BE"),
        ("японской", "ru", "JP"),
        ("Kazakh", "en", "KZ"),
        ("Kazakhstani", "en", "KZ"),
        ("Belgian", "en", "BE"),
        ("мюнхенский", "ru", None),
        ("хороший", "ru", None),
    ],
)
def test_an_adjective_names_its_country(book: Book, word: str, lang: str, iso: str | None) -> None:
    assert book.adjective(word, lang) == iso


@pytest.mark.parametrize(
    ("name", "lang", "identifier"),
    [
        ("Астана", "kk", "gn:1526273"),
        ("Нұр-Сұлтан", "kk", "gn:1526273"),
        ("Алма-Ата", "ru", "gn:1526384"),
        ("Үрімжі", "kk", "gn:1529102"),
        ("Льежа", "ru", "gn:2792413"),
        ("Ghent", "en", "gn:2797656"),
        ("Орталық Азия", "kk", "region:central-asia"),
        ("Баварии", "ru", "region:bavaria"),
        ("провинция Шэньси", "ru", "region:shaanxi"),
        ("Түркістан облысы", "kk", "region:turkistan-region"),
    ],
)
def test_a_place_is_found_in_the_spelling_of_each_language(book: Book, name: str, lang: str, identifier: str) -> None:
    assert book.named(name, lang)[0].id == identifier


def test_the_larger_city_of_a_name_comes_first(book: Book) -> None:
    rome = book.named("Рим", "ru")
    assert (rome[0].country, rome[0].population > 1_000_000) == ("IT", True)


@pytest.mark.parametrize(
    ("text", "lang", "slug"),
    [
        ("БҰҰ", "kk", "un"),
        ("ООН", "ru", "un"),
        ("ЕҚЫҰ", "kk", "osce"),
        ("ОБСЕ", "ru", "osce"),
        ("ТМД", "kk", "cis"),
        ("ЕЭК", "kk", "eec"),
        ("ҚТЖ", "kk", "ktz"),
    ],
)
def test_an_acronym_of_the_curated_registry_comes_before_all_others(book: Book, text: str, lang: str, slug: str) -> None:
    assert book.acronym(text, lang)[0].slug == slug


def test_a_curated_name_is_joined_with_its_ror_record(book: Book) -> None:
    record = book.record("ror:03gvsr558")
    assert record is not None
    assert record.slug == "mnu" and record.name("kk") == "Maqsut Narikbayev University"
    assert record.same_as[0] == "https://ror.org/03gvsr558"


def test_a_state_body_is_found_with_and_without_its_state(book: Book) -> None:
    for name, lang in [
        ("Энергетика министрлігі", "kk"),
        ("ҚР Энергетика министрлігі", "kk"),
        ("Қазақстан Республикасының Энергетика министрлігі", "kk"),
        ("Министерство энергетики РК", "ru"),
        ("Ministry of Energy of the Republic of Kazakhstan", "en"),
    ]:
        assert "kz-ministry-energy" in {record.slug for record in book.named(name, lang)}, name


def test_what_ror_withdrew_is_not_there(book: Book) -> None:
    assert all(record.same_as for record in book.named("Ghent University", "en"))
    assert len({record.id for record in book.named("Ghent University", "en")}) == 1


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        (
            "Л. Н. Гумилев атындағы Еуразия ұлттық университеті мен Гент университеті",
            "kk",
            {"Н. Гумилев атындағы Еуразия ұлттық университеті", "Гент университеті"},
        ),
        ("встреча в Казахском национальном университете имени аль-Фараби", "ru", {"Казахском национальном университете имени аль-Фараби"}),
        (
            "the Ministry of Foreign Affairs of the Republic of Kazakhstan and ESA",
            "en",
            {"Ministry of Foreign Affairs of the Republic of Kazakhstan", "ESA"},
        ),
        ("the Foreign Minister of Bosnia and Herzegovina arrived", "en", {"Bosnia and Herzegovina"}),
    ],
)
def test_the_longest_name_in_running_text_wins(book: Book, text: str, lang: str, found: set[str]) -> None:
    tokens = re.findall(r"[\w-]+|[^\w\s]", text)
    matches = list(book.matches([inner_key(t, lang) for t in tokens], [final_key(t, lang) for t in tokens], lang))
    spans = {" ".join(tokens[m.start : m.end]).replace(" .", ".") for m in matches}
    assert {name.removeprefix("Н. ") for name in found} <= {span.removeprefix("Н. ") for span in spans}


def test_a_text_costs_two_questions_a_word_and_none_when_its_words_are_known(book: Book) -> None:
    tokens = re.findall(r"[\w-]+|[^\w\s]", resource("data/authorities/regions.tsv").read_text("utf-8"))[:500]
    keys = [inner_key(token, "kk") for token in tokens]
    fresh, asked = open_book(), []
    fresh._db.set_trace_callback(asked.append)
    list(fresh.matches(keys, keys, "kk"))
    assert 0 < len(asked) <= 2 * len(tokens)
    asked.clear()
    list(fresh.matches(keys, keys, "kk"))
    assert asked == []


def test_a_translated_name_has_the_concepts_of_its_original(book: Book) -> None:
    kazakh = concepts("Мексика ұлттық автономиялық университеті", "kk", book.place_of)
    english = concepts("National Autonomous University of Mexico", "en", book.place_of)
    assert kazakh == english and alike(kazakh, english) == 1.0


def test_keys_forget_what_spellings_differ_in() -> None:
    assert key("«Назарбаев Университеті»", "kk") == key("Назарбаев университеті", "kk")
    assert key("Cыртқы істер министрлігі", "kk") == key("Сыртқы істер министрлігі", "kk"), "a Latin C"
    assert key("Евразийского национального университета им. Л.Н. Гумилева", "ru") == key(
        "Евразийский национальный университет имени Л.Н. Гумилёва", "ru"
    )
    assert key("The University of Liège", "en") == key("University of Liege", "en")


def test_every_table_of_the_recipe_is_well_formed() -> None:
    for name, columns, least in [
        ("countries", 4, 100),
        ("cities", 5, 250),
        ("regions", 6, 250),
        ("organisations", 11, 350),
        ("name_words", 4, 150),
        ("name_templates", 3, 100),
    ]:
        lines = resource(f"data/authorities/{name}.tsv").read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        assert {len(row) for row in rows} == {columns}, name
        assert len(rows) > least and len({tuple(row[:2]) for row in rows}) == len(rows), name


def test_a_missing_book_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(ElshiError, match=r"python -m training\.authorities"):
        Book(tmp_path / "none.sqlite")


def test_every_city_that_has_coordinates_is_found_by_its_identifier() -> None:
    packed = resource("data/authorities/coordinates.tsv.zst").read_bytes()
    _, *lines = zstandard.ZstdDecompressor().decompressobj().decompress(packed).decode().splitlines()
    told = [line.split("\t") for line in lines]
    assert [coordinates(f"gn:{row[0]}") for row in told] == [(float(row[1]), float(row[2])) for row in told]


def test_a_city_without_coordinates_has_none() -> None:
    assert [coordinates(f"gn:{n}") for n in (1, 10571, 999_999_999)] == [None, None, None]


def test_a_kazakh_name_meets_the_russian_one_that_is_spelled_so_and_none_that_only_declines_alike() -> None:
    cities = open_book().spelled_alike("Самара", "kk", kinds={"City"})
    assert [record.name("ru") for record in cities] == ["Самара"]
    assert open_book().spelled_alike("Samara", "en", kinds={"City"}) == ()

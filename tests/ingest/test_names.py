"""Persons' names: one key in three languages, parts, and the short forms that refer to them."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from elshi import resource
from elshi.ingest.languages.given import family_first, gender_of
from elshi.ingest.languages.names import (
    SAME_PERSON,
    NameParts,
    looks_like_surname,
    matches_short,
    name_key,
    parts,
    romanise,
    same_person,
)

Names = dict[str, str]


@pytest.fixture(scope="module")
def persons() -> list[Names]:
    """The persons of the development stories, once each."""
    found: dict[str, Names] = {}
    for path in resource("data/gold").iterdir():
        if path.name.endswith(".json"):
            for person in json.loads(path.read_text("utf-8"))["persons"]:
                found[person["name"]["en"]] = person["name"]
    assert len(found) > 60
    return list(found.values())


@pytest.mark.parametrize(("one", "other", "floor"), [("kk", "ru", 0.93), ("ru", "en", 0.87), ("kk", "en", 0.87)])
def test_most_persons_have_one_key_in_two_languages(persons: list[Names], one: str, other: str, floor: float) -> None:
    same = sum(name_key(p[one], one) == name_key(p[other], other) for p in persons)
    assert same / len(persons) >= floor


def test_no_two_persons_share_a_key(persons: list[Names]) -> None:
    keys = [{name_key(p[lang], lang) for lang in p} for p in persons]
    assert all(not a & b for a, b in combinations(keys, 2))


def test_similarity_finds_the_same_person_and_nobody_else(persons: list[Names]) -> None:
    pairs = [(p, la, q, lb) for p in persons for q in persons for la in p for lb in q if la < lb]
    taken = [p is q for p, la, q, lb in pairs if same_person(p[la], la, q[lb], lb) >= SAME_PERSON]
    assert all(taken)
    assert len(taken) / sum(p is q for p, _, q, _ in pairs) >= 0.96


@pytest.mark.parametrize(
    "spellings",
    [
        {"kk": "Ерлан Қасымов", "ru": "Ерлан Касымов", "en": "Yerlan Kassymov"},
        {"kk": "Роман Василенко", "ru": "Роман Юрьевич Василенко", "en": "Roman Vassilenko"},
        {"kk": "Мұрат Нұртілеу", "ru": "Мурат Нуртилеу", "en": "Murat Nurtileu"},
        {"kk": "Си Цзиньпин", "ru": "Си Цзиньпин", "en": "Xi Jinping"},
        {"kk": "Ван И", "ru": "Ван И", "en": "Wang Yi"},
        {"kk": "Кэнъити Морисита", "ru": "Кэнъити Морисита", "en": "Kenichi Morishita"},
        {"kk": "Чо Тхэ Ёль", "ru": "Чо Тхэ Ёль"},
        {"kk": "Шахрат Нұрышев", "ru": "Шахрат Нурышев", "en": "Shakhrat Nuryshev"},
        {"ru": "Карлос Лопес", "en": "Carlos López"},
        {"ru": "Вячеслав Володин", "en": "Vyacheslav Volodin"},
    ],
)
def test_one_person_has_one_key(spellings: Names) -> None:
    assert len({name_key(name, lang) for lang, name in spellings.items()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ерлан Касымов", "Ерлан Кашымов"), ("Нурлан Касымов", "Нуржан Касымов"), ("Марат Сатыбалдин", "Марат Сатыбалдина"),
     ("Айгерим Касымова", "Айгуль Касымова"), ("Ли Хуэй", "Ли Хуа")],
)  # fmt: skip
def test_namesakes_by_half_are_kept_apart(one: str, other: str) -> None:
    assert name_key(one, "ru") != name_key(other, "ru")
    assert same_person(one, "ru", other, "ru") < SAME_PERSON


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("Касым-Жомарт Кемелевич Токаев", "ru", NameParts("Касым-Жомарт", "Кемелевич", "Токаев")),
        ("Касымов Ерлан Бекович", "ru", NameParts("Ерлан", "Бекович", "Касымов")),
        ("Урсула фон дер Ляйен", "ru", NameParts("Урсула", "", "фон дер Ляйен")),
        ("Лейла Бен Мансур", "ru", NameParts("Лейла", "", "Бен Мансур")),
        ("Park Joon-ho", "en", NameParts("Joon-ho", "", "Park")),
        ("Чжао Хунвэй", "kk", NameParts("Хунвэй", "", "Чжао")),
        ("Дашдоржийн Мунхбат", "ru", NameParts("Мунхбат", "Дашдоржийн", "")),
        ("Belmont, Catherine", "en", NameParts("Catherine", "", "Belmont")),
        ("Д.Сейілбеков", "kk", NameParts("Д.", "", "Сейілбеков")),
    ],
)
def test_a_full_name_falls_into_its_parts(name: str, lang: str, expected: NameParts) -> None:
    assert parts(name, lang) == expected


@pytest.mark.parametrize(
    ("full", "short", "lang", "expected"),
    [
        ("Дәурен Сейілбеков", "Д. Сейілбеков", "kk", True),
        ("Дәурен Сейілбеков", "Сейілбеков", "kk", True),
        ("Дәурен Сейілбеков", "Е. Сейілбеков", "kk", False),
        ("Dauren Seilbekov", "Mr Seilbekov", "en", True),
        ("Catherine Belmont", "Prof. Belmont", "en", True),
        ("Катрин Бельмон", "К.Бельмон", "ru", True),
        ("Joseph Kiptum Mwaura", "President Mwaura", "en", True),
        ("Cho Tae-yul", "Mr Cho", "en", True),
        ("Қасым-Жомарт Тоқаев", "Қ.К. Тоқаев", "kk", True),
        ("Джозеф Киптум Мваура", "Дж. Мваура", "ru", True),
        ("Ерлан Касымов", "Касымовым", "ru", True),
        ("Ерлан Касымов", "Касымова", "ru", False),
        ("Grace Wanjiru Ndung'u", "Grace", "en", False),
        ("Лувсанжавын Батсух", "Л. Батсух", "ru", True),
    ],
)
def test_a_short_name_refers_to_the_full_one(full: str, short: str, lang: str, *, expected: bool) -> None:
    assert matches_short(full, short, lang) is expected


def test_names_are_romanised_for_reading() -> None:
    assert romanise("Ерлан Қасымов", "kk") == "Yerlan Kasymov"
    assert romanise("Чжао Хунвэй", "ru") == "Zhao Hongwei"
    assert romanise("Кэнъити Морисита", "ru") == "Kenichi Morishita"


def test_cities_that_end_like_surnames_are_none() -> None:
    assert looks_like_surname("Касымов", "ru")
    assert not looks_like_surname("Киев", "ru")


def test_lists_of_names_load_and_know_their_own() -> None:
    assert (gender_of("Айгерім", "kk"), gender_of("Нұрболат", "kk")) == ("Fem", "Masc")
    assert family_first("Нгуен") == {"vi"}

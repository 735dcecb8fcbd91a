"""Places: which of the towns of one name is meant, what is no place though it looks like one, and how a place is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elshi.ingest.authorities import open_book
from elshi.ingest.link import link


def records(read: Callable, lang: str, text: str) -> dict[str, tuple[str, ...]]:
    """The authority records that each place of a text is linked to."""
    found: dict[str, tuple[str, ...]] = {}
    for entity in link(read(lang, text).reading, open_book()).entities:
        if entity.kind in {"City", "Country", "Region"} and entity.mentions:
            found[entity.name] = (*found.get(entity.name, ()), entity.record if entity.record and not entity.candidates else "-")
    return found


@pytest.mark.parametrize(
    ("lang", "text", "name", "record"),
    [
        ("en", "The Consul opened a reading room in Portland, Maine.", "Portland", "gn:4975802"),
        ("en", "The Consul opened a reading room in Portland.", "Portland", "gn:5746545"),
        ("en", "A delegation came to Halifax, Nova Scotia.", "Halifax", "gn:6324729"),
        ("en", "Students in Cambridge, Massachusetts welcomed the Minister.", "Cambridge", "gn:4931972"),
        ("en", "The fair in Athens, Georgia ended.", "Athens", "gn:4180386"),
        ("en", "Traders from Tripoli in Lebanon attended.", "Tripoli", "gn:266826"),
        ("en", "Pakistan's Hyderabad hosts the fair.", "Hyderabad", "gn:1176734"),
        ("ru", "Выставка открылась в Бирмингеме (Алабама).", "Бирмингем", "gn:4049979"),
        ("ru", "Купцы из ливанского Триполи прибыли в Баку.", "Триполи", "gn:266826"),
        ("ru", "Концерт пройдёт в Валенсии (Венесуэла).", "Валенсия", "gn:3625549"),
        ("ru", "Концерт пройдёт в Валенсии (Испания).", "Валенсия", "gn:2509954"),
        ("kk", "Елші Ливанның Триполи қаласына барды.", "Триполи", "gn:266826"),
        ("kk", "Көрме былтыр Кембридж қаласында (Массачусетс штаты) ашылды.", "Кембридж", "gn:4931972"),
        ("kk", "Пәкістандағы Хайдарабад қаласында көрме ашылды.", "Хайдарабад", "gn:1176734"),
    ],
)
def test_of_the_towns_of_one_name_the_one_in_what_stands_beside_it_is_meant(
    read: Callable, lang: str, text: str, name: str, record: str
) -> None:
    assert records(read, lang, text)[name] == (record,)


def test_two_towns_of_one_name_are_two_and_a_later_mention_is_of_the_last(read: Callable) -> None:
    text = "He went to Hyderabad, India. Then he saw Hyderabad, Pakistan. In Hyderabad a forum was held."
    reading = link(read("en", text).reading, open_book())
    towns = {e.record: len(e.mentions) for e in reading.entities if e.kind == "City"}
    assert towns == {"gn:1269843": 1, "gn:1176734": 2}


def test_a_town_in_a_country_where_no_authority_knows_one_of_its_name_is_linked_to_none(read: Callable) -> None:
    (town,) = (e for e in link(read("ru", "В Афинах (Алабама) открылся зал.").reading, open_book()).entities if e.kind == "City")
    assert (town.name, town.country, town.same_as) == ("Афины", "US", ())


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "The forum in Valencia (Venezuela) ended.", "Valencia"),
        ("ru", "Ректор Университета Сиены (Италия) выступил.", "Университет Сиены"),
        ("kk", "Гуаякиль (Эквадор) қонақтарды қабылдады.", "Гуаякиль"),
    ],
)
def test_a_place_in_brackets_says_where_and_is_no_acronym(read: Callable, lang: str, text: str, name: str) -> None:
    (entity,) = (e for e in read(lang, text).reading.entities if e.name == name)
    assert entity.acronym is None
    assert entity.aliases == ()


@pytest.mark.parametrize(
    ("lang", "text", "barred"),
    [
        ("ru", "Лекцию прочла Сара Мори.", {"Country"}),  # САР is Syria
        ("ru", "Делегацию возглавил депутат с Альбертом Горевым.", {"Region"}),
        ("en", "He thanked Mr. Lim Nam for the visit.", {"InternationalOrganization"}),
        ("ru", "Заседание Витебского облисполкома перенесли.", {"City"}),
        ("ru", "Это университет имени Сатпаева.", {"City"}),
        ("kk", "Абайдың кітабы таныстырылды.", {"City"}),
        ("kk", "Төраға орынбасары Дания Сериева сөз сөйледі.", {"Country"}),
        ("ru", "Диплом получил Чад Иорданов.", {"Country"}),
    ],
)
def test_names_of_persons_adjectives_and_small_letters_are_no_places_or_acronyms(
    read: Callable, lang: str, text: str, barred: set[str]
) -> None:
    assert not barred & set(read(lang, text).names.values())


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("ru", "Посол встретился с Гвинеей.\nВ Бисау открыт музей.", {"Гвинея", "Бисау"}),
        ("en", "The Minister flew to the Democratic People's Republic of Korea.", {"Democratic People's Republic of Korea"}),
        ("en", "He flew to P.R. China on Monday.", {"China"}),
        ("ru", "БИШКЕК. Президент КЫРГЫЗСКОЙ РЕСПУБЛИКИ прибыл.", {"Бишкек", "Кыргызская Республика"}),
        ("kk", "ПРЕТОРИЯ. Көрме ҚАЗАҚСТАНДА ашылды.", {"Претория", "Қазақстан"}),
        ("en", "HELSINKI. An exhibition about FINLAND opened in São Paulo.", {"Helsinki", "Finland", "São Paulo"}),
        ("ru", "Побратимство с Усть-Каменогорском и Папуа — Новой Гвинеей.", {"Усть-Каменогорск", "Папуа — Новая Гвинея"}),
        (
            "ru",
            "Прибыл посол Соединенного Королевства Великобритании и Северной Ирландии.",
            {"Соединенное Королевство Великобритании и Северной Ирландии"},
        ),
    ],
)
def test_a_place_has_its_whole_name_in_the_nominative_and_none_of_the_next_sentence(
    read: Callable, lang: str, text: str, names: set[str]
) -> None:
    assert {name for name, kind in read(lang, text).names.items() if kind in {"City", "Country", "Region"}} == names


def test_a_ministry_that_others_have_too_is_not_that_of_a_state_the_text_is_not_about(read: Callable) -> None:
    reading = link(
        read("en", "The Ministry of Foreign Affairs of the host said that Ethiopia signed a pact with Kenya.").reading, open_book()
    )
    assert not [e for e in reading.entities if e.country == "ID" or e.kind == "Ministry" and e.same_as]


def test_an_acronym_of_two_states_is_that_of_the_curated_one(read: Callable) -> None:
    assert records(read, "kk", "Елші ОАР-дың астанасында болды.") == {"ОАР": ("country:ZA",)}

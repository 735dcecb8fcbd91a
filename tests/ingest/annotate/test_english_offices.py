"""Who is what in English releases: whose an office is, where it is held, and whose name only looks like something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BODIES = [
    ("The guests were received at Curtin University by its President, Mark Hall.", ("Mark Hall", "rector", "Curtin University")),
    ("They called on Airbus, whose chairman, Paul Lambert, showed them round.", ("Paul Lambert", "chairperson", "Airbus")),
    ("He met Askar Bekov, Chairman of the Management Board of the national atomic company Kazatomprom.",
     ("Askar Bekov", "chairperson", "Kazatomprom")),
    ("He met Anna Keller, who runs the disarmament department of the Ministry of Foreign Affairs of Austria.",
     ("Anna Keller", "head-of-department", "Ministry of Foreign Affairs of Austria")),
    ("Director of the Asia Department of the Ministry of Foreign Affairs of Kazakhstan Gulnar Amanova spoke.",
     ("Gulnar Amanova", "head-of-department", "Ministry of Foreign Affairs of Kazakhstan")),
    ("He met Paula Rojas, Director General at the Ministry of Foreign Affairs of Chile.",
     ("Paula Rojas", "director", "Ministry of Foreign Affairs of Chile")),
    ("He met Askar Bekov, head of Tau-Ken Samruk.", ("Askar Bekov", "chief-executive", "Tau-Ken Samruk")),
    ("He met the Chairman of the Committee on Foreign Affairs of the Bundestag, Hans Weber.", ("Hans Weber", "chairperson", "Bundestag")),
    ("He met the Marshal of the Senate of Poland, Jadwiga Nowak.", ("Jadwiga Nowak", "speaker-of-parliament", "Senate of Poland")),
    ("He met the President of Vietnam National University, Hanoi (VNU), Nguyen Hoang Lam.",
     ("Nguyen Hoang Lam", "rector", "Vietnam National University, Hanoi")),
    ("The House of Representatives of Morocco received the Mazhilis. Gulzada Omarova, Member of the Mazhilis, spoke.",
     ("Gulzada Omarova", "member-of-parliament", "Mazhilis")),
    ("The Akimat of Kostanay Region agreed. Its Akim, Askar Bekov, spoke.", ("Askar Bekov", "governor", "Akimat of Kostanay Region")),
    ("Ulf Brandt, Chairman of the Kazakhstan–Germany Business Council, spoke.",
     ("Ulf Brandt", "chairperson", "Kazakhstan–Germany Business Council")),
]  # fmt: skip
BODIES += [
    ("Gulzada Omarova, a deputy of the Mazhilis, spoke.", ("Gulzada Omarova", "member-of-parliament", "Mazhilis")),
    ("They met the President of the Senate of Chile, Ana Ruiz.", ("Ana Ruiz", "speaker-of-parliament", "Senate of Chile")),
    ("Askar Bekov, head of the Akimat of Zhetisu Region, spoke.", ("Askar Bekov", "governor", "Akimat of Zhetisu Region")),
    ("They met Ana Silva, the World Health Organization (WHO) Representative in Kazakhstan.",
     ("Ana Silva", "representative", "World Health Organization")),
    ("They called on the association Wspólnota Polska, whose chairman, Jan Nowak, was there.", ("Jan Nowak", "chairperson", "Wspólnota Polska")),
    ("They met Goran Ilić, CEO of the pharmaceutical company Hemofarm.", ("Goran Ilić", "chief-executive", "Hemofarm")),
    ("They met Piyawut Srichai, Mayor at the head of Chiang Mai Municipality.", ("Piyawut Srichai", "mayor", "Chiang Mai Municipality")),
]  # fmt: skip
STATES = [
    ("An Honorary Consulate of Kazakhstan has opened in Thessaloniki. Honorary Consul Petros Vlachos spoke.",
     ("Petros Vlachos", "consul", "Kazakhstan", "Greece")),
    ("They met Iceland's Minister of the Environment, Energy and Climate, Helga Jónsdóttir.", ("Helga Jónsdóttir", "minister", "Iceland", None)),
    ("Aidar Bekov, who represents Kazakhstan as its Ambassador to Malaysia, spoke.", ("Aidar Bekov", "ambassador", "Kazakhstan", "Malaysia")),
    ("He met Ana Silva, who represents the World Health Organization (WHO) in Senegal.", ("Ana Silva", "representative", None, "Senegal")),
    ("He met Ana Silva, Head of the Kazakhstan office of UNICEF.", ("Ana Silva", "director", None, "Kazakhstan")),
    ("Foreign Minister of Bosnia and Herzegovina Adnan Begić spoke.", ("Adnan Begić", "minister", "Bosnia and Herzegovina", None)),
    ("The Chairman of the Council of Ministers of Bosnia and Herzegovina Adnan Begić spoke.",
     ("Adnan Begić", "prime-minister", "Bosnia and Herzegovina", None)),
    ("He spoke in Strasbourg with Culture Minister of France Claire Dubois.", ("Claire Dubois", "minister", "France", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "office"), BODIES)
def test_an_office_belongs_to_the_body_that_its_sentence_tells(read: Callable, text: str, office: tuple[str, str, str]) -> None:
    assert office in read("en", text).offices


@pytest.mark.parametrize(("text", "office"), STATES)
def test_an_office_serves_one_state_and_is_held_in_another(read: Callable, text: str, office: tuple[str | None, ...]) -> None:
    assert office in {(person, role, state, post) for person, role, _, state, post in read("en", text).positions}


def test_a_bare_office_beside_a_person_is_not_that_persons(read: Callable) -> None:
    text = "Ambassador of Kazakhstan to Malaysia Aidar Bekov spoke. The Ambassador and Azman Idris, Malaysia's Deputy Minister of Agriculture, met."
    assert {role for person, role, *_ in read("en", text).positions if person == "Azman Idris"} == {"deputy-minister"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ambassador Aidar Bekov had talks with Virginia Bentancur Sosa in Montevideo.", "Virginia Bentancur Sosa"),
        ("Ambassador Aidar Bekov had talks with Nguyen Hoang Lam in Hanoi.", "Nguyen Hoang Lam"),
        ("Ambassador Aidar Bekov had talks with Kim Jae-won in Busan.", "Kim Jae-won"),
        ("Ambassador Aidar Bekov had talks with Dean Nurul Hana binti Osman.", "Nurul Hana binti Osman"),
        ("The Chair of the Senate Foreign Relations Committee Robert Miller spoke.", "Robert Miller"),
        ("Ikenna Obi, who had come from Abuja, spoke.", "Ikenna Obi"),
    ],
)
def test_a_name_is_a_persons_whole_name(read: Callable, text: str, name: str) -> None:
    assert read("en", text).names[name] == "Person"


def test_a_headline_names_no_body_that_the_text_does_not(read: Callable) -> None:
    body = "The Ambassador of Kazakhstan to Italy, Aidar Bekov, spoke at the University of Bologna."
    assert set(read("en", body, "University of Bologna to Launch Degree Programme").names) == {
        "Kazakhstan",
        "Italy",
        "Aidar Bekov",
        "University of Bologna",
    }

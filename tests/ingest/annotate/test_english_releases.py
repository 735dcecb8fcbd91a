"""Officials and bodies in the plain style of English releases: every person, every office, every body of a sentence, and no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

OFFICES = [  # every (person, role, organisation) that a sentence gives
    ("Latvia's Minister of Welfare Ilze Ozola opened the session.", {("Ilze Ozola", "minister", None)}),
    ("Executive Director of the International Coffee Organization Vanúsia Nogueira spoke.",
     {("Vanúsia Nogueira", "director", "International Coffee Organization")}),
    ("They met Siobhán Ní Dhálaigh, who heads the Irish Marine Institute.", {("Siobhán Ní Dhálaigh", "director", "Irish Marine Institute")}),
    ("Lee Hsien Wong heads Temasek Shipping Group.", {("Lee Hsien Wong", "chief-executive", "Temasek Shipping Group")}),
    ("Grzegorz Zalewski, who runs courses for teachers and heads the delegation, spoke.", set()),
    ("Yelena Sorokina is the director of the Aral Sea Museum.", {("Yelena Sorokina", "director", "Aral Sea Museum")}),
    ("Mohammed Tawfiq, who has been Iraq's Minister of Planning since 2022, chaired the talks.", {("Mohammed Tawfiq", "minister", None)}),
    ("Oskar Lindh, CEO of the Swedish battery maker Voltara, praised it.", {("Oskar Lindh", "chief-executive", "Voltara")}),
    ("TalTech's rector Tiit Land met Mr Abishev.", {("Tiit Land", "rector", "TalTech")}),
    ("J. Robert Whitcomb, Vice President of Baker Hughes, took the floor.", {("J. Robert Whitcomb", "deputy-director", "Baker Hughes")}),
    ("The energy agreement was signed by then-Minister of Energy Bakhyt Sarin.", set()),
    ("The then Prime Minister of Malta, Lawrence Zammit, opened the mission in 1998.", set()),
    ("Chief of Staff of the President of Moldova Adrian Lupu took part.", set()),
    ("Secretary of the Security Council of Armenia Armen Petrosyan flew in.",
     {("Armen Petrosyan", "secretary-general", "Security Council of Armenia")}),
    ("The Speaker of the Saeima, Inese Briede, spoke.", {("Inese Briede", "speaker-of-parliament", "Saeima")}),
    ("First Vice-President of the Chamber of Deputies of Romania Rafael Crespo attended.",
     {("Rafael Crespo", "deputy-chairperson", "Chamber of Deputies of Romania")}),
    ("The president of the Hungarian Chamber of Agriculture, Balázs Győr, spoke.",
     {("Balázs Győr", "chairperson", "Hungarian Chamber of Agriculture")}),
    ("Johan Ekberg MP, chair of the friendship group, spoke.",
     {("Johan Ekberg", "member-of-parliament", None), ("Johan Ekberg", "chairperson", None)}),
    ("Speakers included Dragan Jovičić, director of the Exit Foundation; and Professor Zoran Milošević of the University of Novi Sad.",
     {("Dragan Jovičić", "director", "Exit Foundation"), ("Zoran Milošević", "professor", "University of Novi Sad")}),
    ("The forum at the Cyprus Chamber of Commerce and Industry (CCCI) was opened by Stavros Stavrou, President of the CCCI.",
     {("Stavros Stavrou", "chairperson", "Cyprus Chamber of Commerce and Industry")}),
    ("The Cleveland Clinic trains nurses. Aigul Kassym, the clinic's executive director, signed.",
     {("Aigul Kassym", "director", "Cleveland Clinic")}),
    ("Rector Ülle Jaanson of the University of Tartu spoke. Professor Jaanson recalled the agreement.",
     {("Ülle Jaanson", "rector", "University of Tartu")}),
    ("The Marathon Foundation of Baku is headed by Elnur Rzayev.", {("Elnur Rzayev", "director", "Marathon Foundation of Baku")}),
    ("A delegation of the Marathon Foundation headed by Elnur Rzayev came.", set()),
    ("The Baku Business Council, chaired by Leyla Rzayeva, met.", {("Leyla Rzayeva", "chairperson", "Baku Business Council")}),
    ("Stellantis chairman John Elkanner came.", {("John Elkanner", "chairperson", "Stellantis")}),
    ("They met Lufthansa Technik's Vice President, Soeren Stark.", {("Soeren Stark", "deputy-director", "Lufthansa Technik")}),
    ("Tobias Ellwanger, Head of Economic Department of the Ministry of Trade of Norway, came.",
     {("Tobias Ellwanger", "head-of-department", "Ministry of Trade of Norway")}),
    ("Žygimantas Kalnietis, Deputy Chairman of the Committee on Finance of the Seimas, came.",
     {("Žygimantas Kalnietis", "deputy-chairperson", "Seimas")}),
    ("Aizada Bekbol, a third-year student at the University of Pécs, recited Abai.", {("Aizada Bekbol", "student", "University of Pécs")}),
    ("Nurbolat Abuov, a friend of the Rector, and Chair holder Ana Ruiz came.", set()),
    ("The National Geological Service of Georgia met GTK. The Service's chairman, Vato Beridze, spoke.",
     {("Vato Beridze", "chairperson", "National Geological Service of Georgia")}),
    ("They saw the Language Centre of Lviv, which is led by Dr Danuta Chmiel.", {("Danuta Chmiel", "director", "Language Centre of Lviv")}),
    ("Bosch Rexroth's sales director Ulrike Vogt came.", {("Ulrike Vogt", "director", "Bosch Rexroth")}),
    ("Wouter Beckers, Minister-President of Flanders, came.", set()),
    ("Gennady Ospanov, who heads the National Olympic Committee of Kazakhstan, spoke.",
     {("Gennady Ospanov", "chairperson", "National Olympic Committee of Kazakhstan")}),
]  # fmt: skip
STATES = [
    ("Chargé d'affaires a.i. of Kazakhstan in Croatia Nurlan Bektenov laid flowers.",
     {("Nurlan Bektenov", "charge-daffaires", "Kazakhstan", "Croatia")}),
    ("Present were Ambassadors Karel Smit (Netherlands), Lucia Ferraro (Italy) and Bong Ji-hun (South Korea).",
     {("Karel Smit", "ambassador", "Netherlands", None), ("Lucia Ferraro", "ambassador", "Italy", None),
      ("Bong Ji-hun", "ambassador", "South Korea", None)}),
    ("Sultan bin Saad Al-Mansoori, Minister of State of Qatar, visited it.", {("Sultan bin Saad Al-Mansoori", "minister", "Qatar", None)}),
    ("Maltese Foreign Minister Ian Zerafa and his Kazakh counterpart, Yermek Kosher, talked by phone.",
     {("Ian Zerafa", "minister", "Malta", None), ("Yermek Kosher", "minister", "Kazakhstan", None)}),
    ("South African High Commissioner to Kazakhstan Keitumetse Matthews bade farewell.",
     {("Keitumetse Matthews", "ambassador", "South Africa", "Kazakhstan")}),
    ("Ambassador M. Suryanarayan of India spoke.", {("M. Suryanarayan", "ambassador", "India", None)}),
    ("Hamad Al Shamsi, Undersecretary at Bahrain's Ministry of Energy, came.", {("Hamad Al Shamsi", "deputy-minister", "Bahrain", None)}),
    ("Minister of Health Akmaral Alnazar spoke of hospitals in Kazakhstan.", {("Akmaral Alnazar", "minister", "Kazakhstan", None)}),
    ("They met Jarno Hakala, the newly appointed Ambassador of Finland to Kazakhstan.",
     {("Jarno Hakala", "ambassador", "Finland", "Kazakhstan")}),
    ("Laura Merkit, State Secretary in the Ministry of Justice of Montenegro, came.",
     {("Laura Merkit", "state-secretary", "Montenegro", None)}),
    ("Kenya's Principal Secretary for Foreign Affairs, Korir Sang'oei, signed.", {("Korir Sang'oei", "deputy-minister", "Kenya", None)}),
]  # fmt: skip
PERSONS = [  # every person that a sentence names
    ("Baroness Helen Ashworth and Rev. Samuel Okoro came.", {"Helen Ashworth", "Samuel Okoro"}),
    ("Lt Gen Ikram ul Haq, chairman of the National Museum, spoke.", {"Ikram ul Haq"}),
    ("Foreign Secretary of Bangladesh Md. Jashim Talukder spoke of trade.", {"Md. Jashim Talukder"}),
    ("Cathal Mac Giolla and Eoghan Ó Súilleabháin of the ministry came.", {"Cathal Mac Giolla", "Eoghan Ó Súilleabháin"}),
    ("Apostolic Nuncio George Panamthundil came. H.E. Sheikh Khalid bin Rashid came.", {"George Panamthundil", "Khalid bin Rashid"}),
    ("The President Nursultan Prize went to the Global High-Level Panel.", set()),
    ("Registrar Humphrey Webuye showed them the hall.", {"Humphrey Webuye"}),
    ("Participants watched the ballet Swan Lake and the International Boxing Federation met.", set()),
]  # fmt: skip
BODIES = [  # every body that a sentence names
    ("The engineering firm Ramboll and the shipping line Maersk attended.", {"Ramboll", "Maersk"}),
    ("The operator Anna Keller spoke.", set()),
    ("They met in the Kyiv-based UNIT City.", {"UNIT City"}),
    ("Yessenov University and Eni signed it.", {"Yessenov University", "Eni"}),
    ("Norway's Minister of Petroleum and Energy came in an Airbus A321.", set()),
    ("Experts of the Institute of Oceanology of the Polish Academy of Sciences came.",
     {"Institute of Oceanology", "Polish Academy of Sciences"}),
    ("The European Affairs Bureau of the Ministry of Fisheries of Japan replied.", {"Ministry of Fisheries of Japan"}),
    ("The Institute of Oriental Studies of Kyoto University and the Zagreb Tourist Board replied.",
     {"Institute of Oriental Studies", "Kyoto University", "Zagreb Tourist Board"}),
    ("They saw the Pic du Midi Observatory.", {"Pic du Midi Observatory"}),
    ("They heard the Slovak Philharmonic.", {"Slovak Philharmonic"}),
    ("Heads of Turkology at KIMEP University and a professor of Sinology came.", {"KIMEP University"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "offices"), OFFICES)
def test_a_sentence_gives_these_offices_and_no_others(read: Callable, text: str, offices: set[tuple[str | None, str, str | None]]) -> None:
    assert read("en", text).offices == offices


@pytest.mark.parametrize(("text", "posts"), STATES)
def test_a_post_is_held_for_a_state_and_in_one(read: Callable, text: str, posts: set[tuple[str | None, ...]]) -> None:
    assert {(person, role, state, place) for person, role, _, state, place in read("en", text).positions} == posts


@pytest.mark.parametrize(("text", "persons"), PERSONS)
def test_persons_go_by_their_names_without_titles(read: Callable, text: str, persons: set[str]) -> None:
    assert {name for name, kind in read("en", text).names.items() if kind == "Person"} == persons


@pytest.mark.parametrize(("text", "bodies"), BODIES)
def test_bodies_are_found_by_what_stands_beside_them(read: Callable, text: str, bodies: set[str]) -> None:
    places = {"Person", "Country", "City", "Region"}
    assert {name for name, kind in read("en", text).names.items() if kind not in places} == bodies

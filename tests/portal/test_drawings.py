"""The pictures: well-formed, told to those who do not see them, and true to what they draw."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from elshi.portal.drawings import Link, Tie, bars, line, wheel
from elshi.portal.maps import Spot, world
from elshi.portal.timelines import Happening, Span, happenings, spans

SVG = "{http://www.w3.org/2000/svg}"
ASTANA, LIEGE = Spot("Астана", 9, "/astana", at=(51.18, 71.446)), Spot("Liège", 1, "/liege", at=(50.63, 5.57))


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(picture).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def numbers(root: ElementTree.Element, tag: str, *names: str) -> list[tuple[float, ...]]:
    return [tuple(float(each.attrib[name]) for name in names) for each in root.iter(SVG + tag)]


@pytest.mark.parametrize(
    "picture",
    [
        bars([("2025-11", 2), ("2026-02", 1)], "A <b> & c"),
        line([("2025", 1.0), ("2026", 3.0)], "A <b> & c"),
        wheel("A <b>", [Link("B & c", 2, "/b?x=1&y=2"), Link("D", 1, "/d")], [Tie(0, 1, 1)], "A <b> & c"),
        spans([Span("A <b>", "2025", "2026-03-04"), Span("C & d", "2026-01", "2026-02")], "A <b> & c"),
        happenings([Happening("2026-02-01", "A <b> & c", "/a?x=1&y=2")], "A <b> & c"),
        world([Spot("A <b>", 1, "/a?x=1&y=2", "KZ"), LIEGE], "A <b> & c", "/static/world.svg"),
    ],
    ids=["bars", "line", "wheel", "spans", "happenings", "map"],
)
def test_a_picture_is_well_formed_and_told_in_words(picture: str) -> None:
    root = parsed(picture)
    assert root.attrib["aria-label"].startswith("A <b> & c") and root.attrib["role"] in ("img", "group")


def test_months_without_a_release_leave_a_gap() -> None:
    (first, _), (last, _) = numbers(parsed(bars([("2025-11", 2), ("2026-02", 1)], "")), "rect", "x", "height")
    assert last - first == 3 * 48


def test_the_fullest_month_is_the_tallest() -> None:
    assert [high for (high,) in numbers(parsed(bars([("2025-11", 2), ("2025-12", 1)], "")), "rect", "height")] == [80, 40]


def test_years_of_months_fit_the_page() -> None:
    root = parsed(bars([("1991-12", 1), ("2026-02", 1)], ""))
    assert float(root.attrib["width"]) <= 720
    places = [float(text.attrib["x"]) for text in root.iter(SVG + "text")]
    assert all(later - before >= 60 for before, later in zip(places, places[1:], strict=False)), "names of years do not touch"


def test_what_has_no_course_is_not_drawn() -> None:
    assert (
        not line([("2026", 3.0)], "")
        and not bars([], "")
        and not wheel("A", [], [], "")
        and not happenings([], "")
        and not world([], "", "")
    )
    assert not spans([Span("A", "2026-01-01", "2026-01-01")], "")


def test_a_figure_that_grows_rises() -> None:
    (_, low), (_, high) = numbers(parsed(line([("2026", 3.0), ("2025", 1.0)], "")), "circle", "cx", "cy")
    assert high < low


def test_closer_neighbours_have_thicker_lines() -> None:
    root = parsed(wheel("A", [Link("B", 4, "/b"), Link("C", 1, "/c")], [], ""))
    assert [thick for (thick,) in numbers(root, "line", "stroke-width")] == [5, 2]


def test_an_office_is_drawn_from_its_first_day_to_its_last() -> None:
    (one, wide), (other, narrow) = numbers(
        parsed(spans([Span("A", "2020", "2025"), Span("B", "2025-01-01", "2025-12-31")], "")), "rect", "x", "width"
    )
    assert other > one and wide == pytest.approx(6 * narrow, rel=0.02)


def test_what_is_planned_is_hollow_and_what_happens_in_a_month_is_stacked() -> None:
    found = [Happening("2026-02-01", "a", "/a"), Happening("2026-02", "b", "/b", "planned"), Happening("2026", "c", "/c")]
    root = parsed(happenings(found, ""))
    assert [dot.attrib["class"] for dot in root.iter(SVG + "circle")] == ["dot planned", "dot held"], "a year alone has no month"
    (x, low), (same, high) = numbers(root, "circle", "cx", "cy")
    assert x == same and high < low


def test_a_long_past_is_told_by_years() -> None:
    root = parsed(happenings([Happening("1993-05", "a", "/a"), Happening("2026-02", "b", "/b")], ""))
    assert {text.text for text in root.iter(SVG + "text")} <= {str(year) for year in range(1993, 2027)}


def test_cities_lie_where_they_are() -> None:
    spots = {spot.attrib["href"]: next(spot.iter(SVG + "circle")).attrib for spot in parsed(world([ASTANA, LIEGE], "", "")).iter(SVG + "a")}
    (astana, liege) = (spots[each] for each in ("/astana", "/liege"))
    assert float(astana["cx"]) > float(liege["cx"]) and float(astana["r"]) > float(liege["r"])
    assert all(0 < float(each["cx"]) < 960 and 0 < float(each["cy"]) < 420 for each in (astana, liege))


def test_a_city_lies_inside_the_outline_of_its_country() -> None:
    root = parsed(world([Spot("Қазақстан", 1, "/kz", "KZ"), ASTANA], "", ""))
    land, spot = next(root.iter(SVG + "path")), next(root.iter(SVG + "circle"))
    across, down, left, top = (
        float(n) for n in re.findall(r"[-\d.]+", "{2} {3} {0} {1}".format(*re.findall(r"-?[\d.]+", land.attrib["transform"])))
    )
    corners = [(int(x) * across + left, int(y) * down + top) for x, y in re.findall(r"(-?\d+),(-?\d+)", land.attrib["d"])]
    assert min(x for x, _ in corners) < float(spot.attrib["cx"]) < max(x for x, _ in corners)
    assert min(y for _, y in corners) < float(spot.attrib["cy"]) < max(y for _, y in corners)


def test_names_on_the_map_do_not_cover_each_other() -> None:
    crowd = [Spot(f"Қала {number}", number, f"/{number}", at=(51 + number / 100, 71 + number / 100)) for number in range(30)]
    boxes = [(x, y) for x, y in numbers(parsed(world(crowd, "", "")), "text", "x", "y")]
    assert len(boxes) <= 9
    assert all(abs(a[1] - b[1]) >= 12 or abs(a[0] - b[0]) >= 6.6 * 6 for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_a_place_that_has_neither_outline_nor_coordinates_is_left_to_the_table() -> None:
    assert not world([Spot("Нигде", 3, "/x", "XX")], "", "")

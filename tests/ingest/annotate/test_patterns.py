"""What a row of a lexicon means, and where it stands in a text."""

from __future__ import annotations

import pytest

from elshi import ElshiError
from elshi.ingest.annotate.patterns import PatternTable, Text, fold, read_table


def covered(pattern: str, text: str) -> list[str]:
    folded = fold(text)
    return [folded[h.start : h.end] for h in PatternTable([{"key": "x", "pattern": pattern}]).longest(folded)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("кездес*", "Олар кездесті, кездесу ұзақ болды", ["кездесті", "кездесу"]),
        ("форум", "форум, форумы", ["форум"]),
        ("кездес(ті|кен)", "кездесті, кездескен, кездесу", ["кездесті", "кездескен"]),
        ("(signed|inked) *", "They inked contracts", ["inked contracts"]),
        ("forum ..2 held", "the forum was then held, the forum was at long last held", ["forum was then held"]),
        ("forum ..2 held", "a forum held", ["forum held"]),
        ("forum ..5 held", "the forum ended. A summit was held", []),
        ("forum ..3 (was held|took place)", "a forum was held, a forum again took place, a forum was there", [
            "forum was held", "forum again took place"]),
        ("(сол|осы) күні", "Осы «күні» келді", ["осы «күні"]),
        ("met", "they met; the Met-office", ["met", "met"]),
        ("министр", "премьер-министр келді", ["министр"]),
        ("then-*", "the then-president, then - a rector", ["then-president"]),  # letters that go on behind a word
        ("s.a", "Gama S.A. and S. Amaral", ["s.a"]),
        ("cup ..2 (d’or|s.a)", "the cup of Gama S.A., the cup of d’Or, the cup of s a", ["cup of gama s.a", "cup of d’or"]),
    ],
)  # fmt: skip
def test_a_pattern_is_words_stems_choices_and_gaps(pattern: str, text: str, found: list[str]) -> None:
    assert covered(pattern, text) == found


def test_one_row_holds_several_patterns() -> None:
    assert covered("визит*; сапар*", "визиттер мен сапарлар") == ["визиттер", "сапарлар"]


def test_the_leftmost_then_the_longest_then_the_first_row_wins() -> None:
    table = PatternTable([{"role": "minister", "pattern": "министр*"}, {"role": "deputy", "pattern": "министр* орынбасар*"},
                          {"role": "late", "pattern": "министр* орынбасар*"}])  # fmt: skip
    assert [h.key for h in table.longest("министрінің орынбасары және министрі")] == ["deputy", "minister"]


def test_nothing_stands_behind_the_end_of_a_text() -> None:
    table = PatternTable([{"key": "x", "pattern": "елші"}])
    assert [list(table.at("елші", start, 9)) for start in (4, 5)] == [[], []]


def test_every_hit_is_told_where_overlaps_are_wanted() -> None:
    table = PatternTable([{"k": "a", "pattern": "deputy minister"}, {"k": "b", "pattern": "minister"}])
    assert [h.key for h in table.every("the deputy minister")] == ["a", "b"]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, None, ["премьер-министр кездесті", "министр кездесті", "кездесті"]),
        (3, None, ["министр кездесті", "кездесті"]),  # inside a word, whose rest begins no pattern
        (8, None, ["министр кездесті", "кездесті"]),
        (9, None, ["кездесті"]),
        (0, 20, []),  # a word that the stretch cuts is no other word
        (16, 24, ["кездесті"]),
    ],
)
def test_a_stretch_of_a_text_holds_what_lies_wholly_in_it(start: int, end: int | None, found: list[str]) -> None:
    text = Text("премьер-министр кездесті, кездесу басталды")
    table = PatternTable([{"key": "x", "pattern": "кездесті; министр кездесті; премьер-министр ..1 кездесті"}])
    assert [text[h.start : h.end] for h in table.every(text, start, end)] == found
    assert list(table.every(text, start, end)) == list(table.every(str(text), start, end)), "remembered or not"


@pytest.mark.parametrize("text", ["Ёлка ЁЖ", "İstanbul", "ҚАЗАҚСТАН", "Straße ẞ"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_missing_table_is_named_with_its_language() -> None:
    with pytest.raises(ElshiError, match="no lexicon dreams for kk"):
        read_table("kk", "dreams")

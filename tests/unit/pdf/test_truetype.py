"""TrueType programs keep the outlines that are shown and lose the others, with their names and codes."""

from __future__ import annotations

import io

import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from redaction.pdf.fontprograms import shrink_truetype, truetype_glyphs
from tests.unit.pdf.programs import (
    ORDER,
    Raw,
    finished,
    new_builder,
    triangle,
    truetype,
)


@pytest.mark.parametrize("without", [(), ("cmap",), ("post", "OS/2", "name")])
def test_a_truetype_program_loses_the_outlines_that_nothing_shows(without: tuple[str, ...]) -> None:
    made = shrink_truetype(truetype(*without), {1, 40_000})
    assert made is not None
    font = TTFont(io.BytesIO(made))
    assert [font["glyf"][name].numberOfContours for name in font.getGlyphOrder()] == [1, 1]
    assert ("cmap" in font) == ("cmap" not in without)
    assert "LAST" not in font and "name" not in font


def test_the_letters_that_went_from_a_truetype_program_lose_their_names() -> None:
    made = shrink_truetype(truetype(), {1, 3})
    assert made is not None
    font = TTFont(io.BytesIO(made))
    assert font.getGlyphOrder()[1::2] == ["X", "Z"]
    assert "Q" not in font.getGlyphOrder()


def test_a_table_of_codes_is_not_looked_up_by_letter() -> None:
    """In code 0x8E Mac OS writes an accented e: that letter's own number is no code of this font."""
    builder = new_builder(truetype=True)
    builder.setupGlyf({name: triangle(TTGlyphPen(None), 100).glyph() for name in ORDER})  # type: ignore[attr-defined]
    font = finished(builder)
    table = font["cmap"].tables[0]
    table.platformID, table.platEncID, table.cmap = 1, 0, {0x8E: "X", 0xE9: "Q"}
    font["cmap"].tables = [table.__class__.newSubtable(6)]
    font["cmap"].tables[0].__dict__.update(platformID=1, platEncID=0, language=0, cmap=table.cmap)
    buffer = io.BytesIO()
    font.save(buffer)
    assert truetype_glyphs(buffer.getvalue(), {0x8E}, {}) == {1}


@pytest.mark.parametrize(("table", "bytes_left"), [("hmtx", 6), ("glyf", -8), ("cmap", 14)])
def test_a_program_with_a_table_that_its_maker_cut_short_is_cut_all_the_same(table: str, bytes_left: int) -> None:
    font = TTFont(io.BytesIO(truetype()))
    short = newTable(table)
    short.data = font.reader[table][:bytes_left]
    font.tables[table] = Raw(short.data)
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    kept = TTFont(io.BytesIO(made))
    assert kept["glyf"]["X" if table != "cmap" else kept.getGlyphOrder()[1]].numberOfContours == 1
    assert len(kept["glyf"].keys()) == 2


def test_codes_in_a_table_that_claims_more_than_there_is_still_find_their_letters() -> None:
    whole = truetype()
    font = TTFont(io.BytesIO(whole))
    font.tables["cmap"] = Raw(font.reader["cmap"][:-2])  # the last two bytes are zero: no entry is lost
    buffer = io.BytesIO()
    font.save(buffer)
    assert truetype_glyphs(buffer.getvalue(), {88}, {}) == truetype_glyphs(whole, {88}, {}) == {1}
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    assert TTFont(io.BytesIO(made)).getBestCmap()[88]


@pytest.mark.parametrize(("stays", "goes"), [(1, 3), (3, 1)])
def test_outlines_in_another_order_are_cut_too_and_take_no_others_along(stays: int, goes: int) -> None:
    font = TTFont(io.BytesIO(truetype()), recalcBBoxes=False)
    places, data = list(font["loca"]), font.reader["glyf"]
    outlines = {glyph: data[places[glyph] : places[glyph + 1]] for glyph in (1, 3)}
    size = len(outlines[1])
    turned = [2 * size, 0, size, size, 2 * size]  # the first lies behind the last, and runs to the end
    font.tables["glyf"] = Raw(outlines[1] + outlines[3])
    font.tables["loca"] = Raw(b"".join(place.to_bytes(4, "big") for place in turned))
    font["head"].indexToLocFormat = 1
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {stays})
    assert made is not None
    kept = TTFont(io.BytesIO(made))
    assert [kept["glyf"][name].numberOfContours for name in kept.getGlyphOrder()].count(1) == 1
    assert len(kept.reader["glyf"]) <= size
    assert outlines[goes] not in made


def test_codes_in_a_table_of_256_bytes_still_find_their_letters() -> None:
    """As LibreOffice writes its fonts: numbered from 1, in such a table alone."""
    font = TTFont(io.BytesIO(truetype()))
    table = CmapSubtable.newSubtable(0)
    table.platformID, table.platEncID, table.language, table.cmap = 1, 0, 0, {1: "X", 2: "Q", 3: "Z"}
    font["cmap"].tables = [table]
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1, 3})
    assert made is not None
    cut = TTFont(io.BytesIO(made))
    (kept,) = cut["cmap"].tables
    assert {code: cut.getGlyphID(name) for code, name in kept.cmap.items() if cut.getGlyphID(name)} == {1: 1, 3: 3}


def test_the_box_that_a_letter_claims_stays_for_it_says_where_the_letter_stands() -> None:
    font = TTFont(io.BytesIO(truetype()), recalcBBoxes=False)
    font["glyf"]["X"].xMin = -70
    buffer = io.BytesIO()
    font.save(buffer)
    made = shrink_truetype(buffer.getvalue(), {1})
    assert made is not None
    assert TTFont(io.BytesIO(made))["glyf"]["X"].xMin == -70

"""Compact programs (CFF) keep the outlines that are shown and lose the others, with their names and codes."""

from __future__ import annotations

import io
import re

from fontTools.cffLib import CFFFontSet

from redaction.pdf.fontprograms import cff_names_by_code, shrink_cff
from tests.unit.pdf.programs import (
    CODES,
    compact,
    drawn_letters,
    encoded,
    numbered,
)


def test_a_compact_program_loses_the_outlines_and_names_that_nothing_shows() -> None:
    made = shrink_cff(compact(), cff_names_by_code({81}, {81: "Q"}))
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    top = fonts[fonts.fontNames[0]]
    strings = [top.CharStrings[name] for name in top.charset]
    for string in strings:
        string.decompile()
    assert [len(string.program) > 1 for string in strings] == [True, False, True, False]
    assert [name in CODES.values() for name in top.charset] == [False, False, True, False]


def test_a_compact_program_without_a_list_of_names_has_the_predefined_ones() -> None:
    told = re.compile(rb"(\x1d.{4}|\x1c.{2}|[\x20-\xf6]|[\xf7-\xfe].)\x0f", re.DOTALL)
    untold = told.sub(lambda found: found[1] + b"\x0d", compact(), count=1)  # now the operator for a mere number
    made = shrink_cff(untold, cff_names_by_code({32}, {32: "space"}))
    assert made is not None
    assert drawn_letters(made) == [".notdef", "space"]


def test_of_its_own_codes_a_compact_program_keeps_those_that_are_shown() -> None:
    made = shrink_cff(encoded(12), cff_names_by_code({12}, {}), {12})
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    assert fonts[fonts.fontNames[0]].Encoding[12] == "Q"
    gone = shrink_cff(encoded(12), cff_names_by_code({81}, {81: "Q"}), {81})
    assert gone is not None
    fonts.decompile(io.BytesIO(gone), None)
    assert "Q" not in fonts[fonts.fontNames[0]].Encoding


def test_the_scale_of_a_program_with_cids_stays_what_it_was() -> None:
    made = shrink_cff(numbered(), lambda top: {"cid00001"})
    assert made is not None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(made), None)
    top = fonts[fonts.fontNames[0]]
    scales = [d.rawDict["FontMatrix"] for d in (top, *top.FDArray) if "FontMatrix" in d.rawDict]
    assert scales in ([], [[0.001, 0, 0, 0.001, 0, 0]])

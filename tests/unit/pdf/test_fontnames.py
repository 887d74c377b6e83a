"""Names of fonts: those that every computer knows stay, and others give way to one that viewers draw alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from redaction.pdf import Item, Plan
from redaction.pdf.fontnames import is_common, other_name
from redaction.pdf.hidden_words import HiddenWords
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.typefaces import said_by
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build

COMMON = [
    "Arial", "ArialMT", "Arial-BoldMT", "Arial,Bold", "Arial-Black", "ArialNarrow-Bold", "ArialUnicodeMS",
    "Times-Roman", "Times-BoldItalic", "TimesNewRoman", "TimesNewRomanPSMT", "TimesNewRomanPS-BoldItalicMT",
    "TimesNewRoman,BoldItalic", "Times New Roman", "CourierNewPS-BoldMT", "Courier-Oblique", "CourierStd", "Helvetica",
    "HelveticaNeue-Light", "HelveticaLTStd-Cond", "Georgia-Italic", "Verdana-Bold", "Tahoma", "Cambria", "Symbol",
    "ZapfDingbats", "BookmanOldStyle", "CenturyGothic", "GillSans", "LucidaSansUnicode", "Garamond-Bold", "SegoeUI",
    "Calibri-Light",
]  # fmt: skip
OTHER = [
    "Jansen",
    "Arial-Jansen",
    "JansenSans-Bold",
    "Georgian",
    "XGeorgia",
    "Times2",
    "Arial-Ngozi",
    "Arial-Жанна",
    "",
]
ALPHABET = Array([500] * 95)
SERIF = 34
"""Flags of a font of letters with feet."""


@pytest.mark.parametrize("name", COMMON)
def test_what_every_computer_knows_is_common_to_both_tables(name: str) -> None:
    assert is_common(name)
    assert said_by(f"/{name}") == ""
    assert said_by(f"/GEORGI+{name}") == "GEORGI+"


@pytest.mark.parametrize("name", OTHER)
def test_any_other_name_is_common_to_neither(name: str) -> None:
    assert not is_common(name)
    assert said_by(f"/{name}") == name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("/Jansen", "/Lettertype"),
        ("/JansenSerif-BoldItalic", "/Lettertype-BoldItalic"),
        ("/Jansen,Bold", "/Lettertype-Bold"),
        ("/Jansen-BoldObliqueMT", "/Lettertype-BoldOblique"),
        ("/ABCDEF+Jansen-Italic", "/AAAAAA+Lettertype-Italic"),
        ("/JANSEN+Arial", "/AAAAAA+Lettertype"),
        ("/Arial-Jansen", "/Lettertype"),
        ("/Arial", None),
        ("/Pietersen", None),
    ],
)
def test_a_name_that_tells_gives_way_and_keeps_its_style(name: str, other: str | None) -> None:
    assert other_name(name, HiddenWords(["Jansen", "Arial"], ())) == other


def written_in(base: str, word: str, *, resource: str = "F2", described: bool = True) -> pikepdf.Pdf:
    """The plain page in a font that is not embedded, with a word under the box."""

    def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{base}"), FirstChar=32, LastChar=126)
        font["/Widths"], font["/Encoding"] = ALPHABET, Name.WinAnsiEncoding
        if described:
            font["/FontDescriptor"] = pdf.make_indirect(Dictionary(
                Type=Name.FontDescriptor, FontName=Name(f"/{base}"), Flags=SERIF, ItalicAngle=0, StemV=80, Ascent=900,
                Descent=-200, CapHeight=700, FontBBox=Array([-200, -200, 1200, 1000]),
            ))  # fmt: skip
        return {resource: pdf.make_indirect(font)}

    body = f"BT /{resource} 12 Tf 200 700 Td ({word}) Tj 0 -60 Td (Deze woorden staan er nog) Tj ET"
    return attacks.document(body.encode(), around=False, Font=fonts)


def plan_for(word: str) -> Plan:
    return Plan((Item(0, (attacks.BOX,), "5.1.2e", word),))


@pytest.mark.parametrize("described", [True, False], ids=["described", "bare"])
@pytest.mark.parametrize(
    ("base", "word"), [("TimesNewRomanPS-BoldMT", "Roman"), ("Times-Roman", "Times"), ("Georgia", "Georgia")]
)
def test_a_font_called_after_no_person_keeps_its_name_and_its_look(
    base: str, word: str, described: bool, tmp_path: Path
) -> None:
    source = attacks.saved(written_in(base, word, described=described), tmp_path / "in.pdf")
    target, report, _ = build(source, plan_for(word), tmp_path)
    assert report.proven, report.findings
    with pikepdf.open(target) as pdf:
        assert pdf.pages[0].obj.Resources.Font.F2.BaseFont == f"/{base}"
        loose = tmp_path / "loose.pdf"
        pdf.save(loose, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert run_checks(source, loose, plan_for(word)).proven


@pytest.mark.parametrize("base", ["JansenSerif-Bold", "Jansen"])
def test_a_font_called_after_somebody_gets_a_name_that_is_drawn_alike(base: str, tmp_path: Path) -> None:
    source = attacks.saved(written_in(base, "Jansen"), tmp_path / "in.pdf")
    target, report, _ = build(source, plan_for("Jansen"), tmp_path)
    assert report.proven, report.findings
    assert b"Jansen" not in target.read_bytes()
    pictures = [lower_half(path) for path in (source, target)]
    assert pictures[0] == pictures[1]


def lower_half(path: Path) -> bytes:
    page = pypdfium2.PdfDocument(path)[0]
    return bytes(page.render(crop=(0, 0, 0, 180)).to_numpy())


@pytest.mark.parametrize(
    ("key", "value"), [("/Georgia", 1), ("/T", pikepdf.String("Georgia")), ("/Name", Name("/Georgia"))]
)
def test_a_name_that_is_also_a_font_is_found_anywhere_else(key: str, value: Any, tmp_path: Path) -> None:
    source = attacks.saved(written_in("Georgia", "Georgia"), tmp_path / "in.pdf")
    plan = plan_for("Georgia")
    target, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings
    with pikepdf.open(target) as pdf:
        pdf.Root["/ViewerPreferences"] = Dictionary({key: value})
        leak = tmp_path / "leak.pdf"
        pdf.save(leak, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert not run_checks(source, leak, plan).proven


def test_a_subset_mark_that_spells_the_name_is_found(tmp_path: Path) -> None:
    plan = plan_for("Jansen")
    source = attacks.saved(written_in("JANSEN+Georgia", "Jansen"), tmp_path / "in.pdf")
    without = attacks.saved(written_in("JANSEN+Georgia", "Mevr"), tmp_path / "leak.pdf")
    assert {"strings"} <= {f.channel for f in run_checks(source, without, plan).findings}
    _, report, _ = build(source, plan, tmp_path)
    assert report.proven, report.findings

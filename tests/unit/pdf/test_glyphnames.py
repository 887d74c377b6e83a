"""Names of letters: one that a maker chose may not tell a hidden word, and the usual ones are never taken for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name

from redaction.pdf import Item, Plan
from redaction.pdf.type1 import renamed
from redaction.pdf.verification.checks import run_checks
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build, inflated
from tests.unit.pdf.test_damage import font_of, shown

CODE, OLD = 101, b"g101"
"""The letter e, which stays, and its name in the fonts of these tests."""
CHOSEN = "Bakx"
KINDS = ["type1", "truetype", "cff", "type3"]
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def called(kind: str, name: str) -> pikepdf.Pdf:
    """A page on which one letter that stays has a name of four letters, in the font and in its program."""

    def fonts(pdf: pikepdf.Pdf) -> dict[str, Any]:
        font = font_of(pdf, kind)
        rename(font, f"/{OLD.decode()}", f"/{name}")
        descriptor = font.get("/FontDescriptor", {})
        for program in [descriptor[key] for key in PROGRAMS if key in descriptor]:
            data = renamed(program.read_bytes(), lambda old: name.encode() if old == OLD else old)
            program.write(data.replace(OLD, name.encode()))
        return {"F2": font}

    body = b"BT /F2 12 Tf 200 700 Td %s -128 -60 Td %s ET" % (shown("Zwartkruis", kind), shown("Deze regel", kind))
    return attacks.document(body, around=False, Font=fonts)


def rename(font: Any, old: str, new: str) -> None:
    listed = font.Encoding.Differences
    font.Encoding.Differences = Array([Name(new) if item == old else item for item in listed])
    if "/CharProcs" in font:
        font.CharProcs[new] = font.CharProcs[old]
        del font.CharProcs[old]


def plan_for(name: str) -> Plan:
    return Plan((Item(0, (attacks.BOX,), "5.1.2e", name),))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_called_after_somebody_gets_another_name_and_is_drawn_as_it_was(kind: str, tmp_path: Path) -> None:
    plan = plan_for(CHOSEN)
    source = attacks.saved(called(kind, CHOSEN), tmp_path / "in.pdf")
    target, report, builder = build(source, plan, tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    assert CHOSEN.encode() not in inflated(target, tmp_path)
    with pikepdf.open(target) as pdf:
        rename(pdf.pages[0].obj.Resources.Font.F2, "/xxxx", f"/{CHOSEN}")
        leak = attacks.saved(pdf, tmp_path / "leak.pdf")
    assert "strings" in {f.channel for f in run_checks(source, leak, plan).findings}


@pytest.mark.parametrize("name", ["Euro", "ring"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_name_of_a_letter_is_no_hidden_word(kind: str, name: str, tmp_path: Path) -> None:
    source = attacks.saved(called(kind, name), tmp_path / "in.pdf")
    target, report, builder = build(source, plan_for(name), tmp_path)
    assert report.proven, report.findings
    assert builder.built.engines == {0: "content"}
    with pikepdf.open(target) as pdf:
        assert f"/{name}" in [str(item) for item in pdf.pages[0].obj.Resources.Font.F2.Encoding.Differences]


@pytest.mark.parametrize(("name", "telling"), [("ring", False), (CHOSEN, True)])
@pytest.mark.parametrize("apart", [True, False], ids=["an object", "in its place"])
def test_names_in_an_encoding_are_told_apart_wherever_it_stands(
    name: str, telling: bool, apart: bool, tmp_path: Path
) -> None:
    pdf = attacks.document(attacks.SHOWN)
    listed = Array([1, Name.space, Name(f"/{name}")] if telling else [1, Name(f"/{name}")])
    encoding = pikepdf.Dictionary(Differences=pdf.make_indirect(listed) if apart else listed)
    pdf.pages[0].obj.Resources.Font.F1.Encoding = encoding
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    found = {f.channel for f in run_checks(source, source, plan_for(name)).findings}
    assert ("strings" in found) == telling

"""The check that what is outside the boxes is still there: what it lets pass, and what it does not."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import Item, PageText, Plan, read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.report import Finding
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.evidence import PageEvidence
from redaction.pdf.verification.letters import check_survival, leaking
from redaction.pdf.verification.routes import Reading
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.page import AROUND, BOX

pytestmark = pytest.mark.slow
BAR = b"0 g 68 694 400 20 re f\n"


def channels(source: Path, body: bytes, plan: Plan, work: Path) -> set[str]:
    made = attacks.saved(attacks.document(body, around=False), work / "made.pdf")
    return {f.channel for f in run_checks(source, made, plan).findings}


def test_words_that_a_bar_covers_are_not_lost_and_words_that_are_just_gone_are(tmp_path: Path) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    rest = AROUND.partition(b"\n")[2]
    assert channels(source, rest + BAR, attacks.PLAN, tmp_path) == set()
    assert channels(source, rest, attacks.PLAN, tmp_path) == {"survival"}


def test_a_word_that_a_box_cuts_may_go_whole(tmp_path: Path) -> None:
    word = b"BT /F1 12 Tf 200 700 Td (Zwartkruisvereniginghuishouden) Tj ET\n"
    source = attacks.saved(attacks.document(word), tmp_path / "in.pdf")
    plan = Plan((Item(0, ((196.0, 694.0, 225.0, 714.0),), "5.1.2e"),))
    assert channels(source, AROUND, plan, tmp_path) == set()
    half = AROUND.replace(b"(op maandag)", b"()").replace(b"(Behandeld door)", b"()")
    assert channels(source, half, plan, tmp_path) == {"survival"}


def page_of(before: str, after: str, work: Path) -> PageEvidence:
    """A page with a box over the name, of which the first line reads otherwise after it was redacted."""
    empty = next(read_pages(attacks.saved(attacks.document(b"", around=False), work / "empty.pdf")))

    def reading(line: str) -> PageText:
        places = tuple((72.0 + 6 * i, 500.0, 78.0 + 6 * i, 512.0) for i in range(len(line)))
        return replace(empty, text=line, char_boxes=places)

    return PageEvidence(0, [BOX], ["5.1.2e"], [], reading(before), reading(after))


def test_brackets_may_be_read_as_their_mirror_images_but_not_get_lost(tmp_path: Path) -> None:
    lost = [Finding(0, "survival", "Tekst buiten de zwarte vakken is verdwenen.")]
    assert check_survival(page_of("(" * 20, ")" * 20, tmp_path), list) == []
    assert check_survival(page_of("(" * 20, ")" * 5, tmp_path), list) == lost


def test_a_label_that_stands_partly_in_a_box_is_no_letter_under_it(tmp_path: Path) -> None:
    source = attacks.saved(attacks.document(b"BT /F1 12 Tf 200 700 Td (Jan 5.12) Tj ET\n"), tmp_path / "in.pdf")
    page = next(read_pages(source))
    evidence = PageEvidence(0, [BOX], ["5.1.2e"], [], page, page)
    label = tuple((c, 255.0 + 4 * i, 704.0) for i, c in enumerate("5.1.2e"))
    digits = tuple((c, 300.0 + 4 * i, 704.0) for i, c in enumerate("512"))
    assert leaking(evidence, Reading("", (*label, *digits))) == []
    assert leaking(evidence, Reading("", (*label[:-1], *digits))) == [BOX]


@pytest.mark.parametrize("turn", [(0, 4), (0, -4), (4, 0), (-4, 0)])
def test_a_label_is_known_by_its_places_where_a_route_reads_its_signs_in_another_order(
    turn: tuple[int, int], tmp_path: Path
) -> None:
    source = attacks.saved(attacks.document(b"BT /F1 12 Tf 200 700 Td (Jan 5.12) Tj ET\n"), tmp_path / "in.pdf")
    page = next(read_pages(source))
    evidence = PageEvidence(0, [(200.0, 650.0, 300.0, 750.0)], ["5.1.2e"], [], page, page)
    signs = [(c, 250.0 + i * turn[0], 700.0 + i * turn[1]) for i, c in enumerate("5.1.2e")]
    mixed = signs[-1:] + signs[:-1]
    assert leaking(evidence, Reading("", tuple(mixed))) == []
    assert leaking(evidence, Reading("", (*mixed, ("Q", 210.0, 660.0)))) == evidence.boxes


def test_hairlines_on_a_page_that_became_an_image_are_no_change(tmp_path: Path) -> None:
    staves = b"0 w\n" + b"".join(b"40 %d m 560 %d l S\n" % (y, y) for y in range(120, 640, 5))
    source = attacks.saved(attacks.document(attacks.page.SHOWN + staves), tmp_path / "in.pdf")
    builder = Builder(source, attacks.PLAN, tmp_path, width_defence=False, password=None, images={0: "test"})
    builder.build(tmp_path / "out.pdf")
    builder.close()
    assert run_checks(source, tmp_path / "out.pdf", attacks.PLAN).findings == ()
    assert channels(source, AROUND, attacks.PLAN, tmp_path) == {"pixels"}


def test_letters_that_stick_out_of_a_flat_box_may_go_whole(tmp_path: Path) -> None:
    body = b"BT /F1 90 Tf 40 300 Td (Zwartkruis) Tj ET\n"
    source = attacks.saved(attacks.document(body, around=False), tmp_path / "in.pdf")
    flat = Plan((Item(0, ((30.0, 300.0, 560.0, 306.0),), "5.1.2e"),))
    assert channels(source, b"", flat, tmp_path) == set()
    with pikepdf.open(source) as pdf:
        pdf.pages[0].contents_add(b"BT /F1 90 Tf 40 600 Td (Blijft) Tj ET\n")
        more = attacks.saved(pdf, tmp_path / "more.pdf")
    assert "pixels" in channels(more, b"", flat, tmp_path)

"""What eyes hardly see under a bar, a computer brings out; what is no leak is not taken for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw

from redaction.pdf import redact
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.entries import _is_bare
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.drawing import outlines

X0, Y0, X1, Y1 = attacks.BOX
BAR = b"q 0 g %f %f %f %f re f Q\n" % (X0, Y0, X1 - X0, Y1 - Y0)
WINDOW = b"q 0.006 0 0 0.006 200 700 cm\n" + outlines().replace(b" f Q", b" W n -999 -999 9999 9999 re f Q") + b"\nQ\n"


def faint_picture(darkest: int) -> pikepdf.Pdf:
    """A picture of letters of which the ink is this dark, on white, over the box and far beyond."""
    drawn = Image.new("L", (300, 40), 255)
    ImageDraw.Draw(drawn).text((52, 8), "Zwartkruis", fill=darkest, font_size=20)
    pdf = attacks.document(b"q 300 0 0 40 150 690 cm /Im Do Q\n")
    image = Stream(pdf, drawn.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=300, Height=40)
    image["/ColorSpace"], image["/BitsPerComponent"] = Name.DeviceGray, 8
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(Im=pdf.make_indirect(image))
    return pdf


def barred(pdf: pikepdf.Pdf, work: Path) -> tuple[Path, Path]:
    """The file, and the same with a bar over what should be gone."""
    source = attacks.saved(pdf, work / "in.pdf")
    pdf.pages[0].contents_add(BAR)
    return source, attacks.saved(pdf, work / "leak.pdf")


@pytest.mark.parametrize("darkest", [0, 215, 248])
def test_a_bar_over_a_faint_picture_is_reported(darkest: int, tmp_path: Path) -> None:
    source, leak = barred(faint_picture(darkest), tmp_path)
    assert "pixels" in {f.channel for f in run_checks(source, leak, attacks.PLAN).findings}
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}


def test_a_bar_over_letters_that_are_a_window_in_black_is_reported(tmp_path: Path) -> None:
    """The black that shows through the letters is no bar."""
    source, leak = barred(attacks.document(WINDOW), tmp_path)
    assert "pixels" in {f.channel for f in run_checks(source, leak, attacks.PLAN).findings}


def _masked_away(pdf: pikepdf.Pdf, image: Stream) -> None:
    clear = Stream(pdf, b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    clear["/ColorSpace"], clear["/BitsPerComponent"] = Name.DeviceGray, 8
    image["/SMask"] = pdf.make_indirect(clear)


UNSEEN: dict[str, Callable[[pikepdf.Pdf, Stream], None]] = {
    "masked away": _masked_away,
    "its colours are all no colour": lambda _, image: image.__setitem__("/Mask", Array([0, 255])),
    "decoded to one grey": lambda _, image: image.__setitem__("/Decode", Array([1, 1])),
    "of one colour by its table": lambda _, image: image.__setitem__(
        "/ColorSpace", Array([Name.Indexed, Name.DeviceGray, 255, pikepdf.String(b"\xff" * 256)])
    ),
}


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_a_bar_over_a_picture_that_shows_nothing_is_reported_for_its_samples(name: str, tmp_path: Path) -> None:
    pdf = faint_picture(0)
    UNSEEN[name](pdf, pdf.pages[0].obj["/Resources"]["/XObject"]["/Im"])
    source, leak = barred(pdf, tmp_path)
    assert "pixels" in {f.channel for f in run_checks(source, leak, attacks.PLAN).findings}
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


@pytest.mark.parametrize("darkest", [254, 255])
def test_a_picture_of_one_brightness_more_or_less_counts_only_when_it_says_something(
    darkest: int, tmp_path: Path
) -> None:
    source, leak = barred(faint_picture(darkest), tmp_path)
    assert run_checks(source, leak, attacks.PLAN).proven == (darkest == 255)
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


DRAWN = b"q 0.006 0 0 0.006 200 700 cm\n" + outlines() + b"\n"
PANEL = b"q 0 g %f %f %f %f re f Q\n" % (X0, Y0, X1 - X0, Y1 - Y0)
COLOURED = {
    "white on white": b"1 g\n" + DRAWN,
    "one brightness from white": b"0.996 g\n" + DRAWN,
    "white on black": PANEL + b"1 g\n" + DRAWN,
    "black on black": PANEL + DRAWN,
}


@pytest.mark.parametrize("name", sorted(COLOURED))
def test_a_bar_over_drawn_letters_is_reported_whatever_their_colour(name: str, tmp_path: Path) -> None:
    source, leak = barred(attacks.document(COLOURED[name]), tmp_path)
    assert "pixels" in {f.channel for f in run_checks(source, leak, attacks.PLAN).findings}
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


def test_a_bar_over_a_black_shape_that_a_mask_makes_letters_of_is_reported(tmp_path: Path) -> None:
    def masks(pdf: pikepdf.Pdf) -> dict[str, Dictionary]:
        group = attacks.form(pdf, b"1 g\n" + DRAWN)
        group["/Group"] = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        return {"Masker": Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))}

    source, leak = barred(attacks.document(b"/Masker gs\n" + PANEL, ExtGState=masks), tmp_path)
    assert "pixels" in {f.channel for f in run_checks(source, leak, attacks.PLAN).findings}
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").proven


def test_a_soft_shade_that_stays_under_a_box_is_no_leak(tmp_path: Path) -> None:
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([100, 600, 400, 800]), Extend=Array([True, True]),
        Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0.9]), C1=Array([1.0]), N=1),
    )  # fmt: skip
    pdf = attacks.document(b"/S1 sh\n" + attacks.SHOWN)
    pdf.pages[0].obj["/Resources"]["/Shading"] = Dictionary(S1=shade)
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}


def test_noise_that_was_painted_over_is_no_leak(tmp_path: Path) -> None:
    pdf = faint_picture(248)
    image = pdf.pages[0].obj.Resources.XObject.Im
    image.write(np.random.default_rng(3).integers(240, 256, (40, 300), np.uint8).tobytes())
    source = attacks.saved(pdf, tmp_path / "in.pdf")
    assert redact(source, attacks.PLAN, tmp_path / "out.pdf").engines == {0: "content"}


def test_metadata_with_elements_of_no_known_language_is_not_bare() -> None:
    assert _is_bare(b"<x:xmpmeta><rdf:RDF></rdf:RDF></x:xmpmeta>")
    assert not _is_bare(b"<maker>iemand</maker>")
    assert not _is_bare("<maker>iemand</maker>".encode("utf-16"))

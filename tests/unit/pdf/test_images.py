"""Images partly under a box: the covered pixels have one colour, the others are as they were."""
from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from redaction.pdf.content import NotUnderstood
from redaction.pdf.imagefiles import read_image
from redaction.pdf.images import ImageEditor

WIDE, HIGH = 160, 96
CTM = (160.0, 0.0, 0.0, 96.0, 0.0, 0.0)
BOX = (48.0, 32.0, 96.0, 64.0)
INSIDE = (slice(HIGH - 64, HIGH - 32), slice(48, 96))
NOISE = np.random.default_rng(7)


def image(pdf: pikepdf.Pdf, data: bytes, **entries: object) -> Stream:
    return Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH, **entries)


def raw(bits: int, channels: int, space: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], Stream]:
    def make(pdf: pikepdf.Pdf) -> Stream:
        stride = (WIDE * bits * channels + 7) // 8
        data = NOISE.integers(0, 256, stride * HIGH, np.uint8).tobytes()
        return image(
            pdf, zlib.compress(data), BitsPerComponent=bits, ColorSpace=space(pdf), Filter=Name.FlateDecode
        )

    return make


def jpeg(mode: str, **options: object) -> Callable[[pikepdf.Pdf], Stream]:
    def make(pdf: pikepdf.Pdf) -> Stream:
        bands = len(Image.new(mode, (1, 1)).getbands())
        smooth = NOISE.integers(0, 256, (HIGH // 8, WIDE // 8, bands), np.uint8)
        picture = Image.fromarray(smooth.squeeze(), mode).resize((WIDE, HIGH), Image.Resampling.BICUBIC)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=80, **options)
        space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[mode]
        return image(pdf, buffer.getvalue(), BitsPerComponent=8, ColorSpace=space, Filter=Name.DCTDecode)

    return make


def grey(pdf: pikepdf.Pdf) -> object:
    return Name.DeviceGray


def rgb(pdf: pikepdf.Pdf) -> object:
    return Name.DeviceRGB


def cmyk(pdf: pikepdf.Pdf) -> object:
    return Name.DeviceCMYK


def lab(pdf: pikepdf.Pdf) -> object:
    return Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])


def palette(pdf: pikepdf.Pdf) -> object:
    return Array([Name.Indexed, Name.DeviceRGB, 15, String(bytes(range(48)))])


def inks(pdf: pikepdf.Pdf) -> object:
    function = Stream(pdf, b"{0 0 0}", FunctionType=4, Domain=Array([0, 1] * 2), Range=Array([0, 1] * 3))
    return Array([Name.DeviceN, Array([Name.Rood, Name.Blauw]), Name.DeviceRGB, function])


LOSSLESS = {
    "one bit": raw(1, 1, grey),
    "two bits": raw(2, 1, grey),
    "palette of four bits": raw(4, 1, palette),
    "grey": raw(8, 1, grey),
    "colour": raw(8, 3, rgb),
    "sixteen bits": raw(16, 3, rgb),
    "ink": raw(8, 4, cmyk),
    "lab": raw(8, 3, lab),
    "special inks": raw(8, 2, inks),
}


def before_and_after(make: Callable[[pikepdf.Pdf], Stream]) -> tuple[np.ndarray, np.ndarray]:
    with pikepdf.new() as pdf:
        source = make(pdf)
        made = ImageEditor(pdf).blanked(source, CTM, [BOX], Dictionary())
        before, after = (read_image(s).samples.pixels(0, HIGH).astype(int) for s in (source, made))
        assert (made.get("/ColorSpace"), made["/Subtype"]) == (source.get("/ColorSpace"), Name.Image)
        assert made["/Filter"] == source.get("/Filter", Name.FlateDecode)
        return before, after


@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_lossless_image_keeps_every_sample_outside_the_box(kind: str) -> None:
    before, after = before_and_after(LOSSLESS[kind])
    assert len(np.unique(after[INSIDE].reshape(-1, after.shape[2]), axis=0)) == 1
    after[INSIDE] = before[INSIDE]
    assert (before == after).all()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("options", [{}, {"subsampling": 0}, {"progressive": True}, {"keep_rgb": True}])
def test_a_photograph_keeps_its_colours_outside_the_box(mode: str, options: dict[str, object]) -> None:
    before, after = before_and_after(jpeg(mode, **options if mode == "RGB" else {}))
    spread = np.ptp(after[INSIDE].reshape(-1, after.shape[2])[:, 0])
    assert spread < 0.2 * np.ptp(before[INSIDE][:, :, 0])
    outside = np.abs(before - after)
    outside[HIGH - 80 : HIGH - 16, 32:112] = 0
    assert outside.max() <= 10


def test_an_image_upside_down_loses_the_right_pixels() -> None:
    with pikepdf.new() as pdf:
        source = LOSSLESS["grey"](pdf)
        made = ImageEditor(pdf).blanked(source, (160.0, 0.0, 0.0, -96.0, 0.0, 96.0), [BOX], Dictionary())
        after = read_image(made).samples.pixels(0, HIGH)
    assert len(np.unique(after[32:64, 48:96])) == 1
    assert len(np.unique(after)) > 100


def test_a_stencil_paints_nothing_under_the_box() -> None:
    def stencil(pdf: pikepdf.Pdf) -> Stream:
        return image(pdf, NOISE.integers(0, 256, WIDE // 8 * HIGH, np.uint8).tobytes(), ImageMask=True)

    _, after = before_and_after(stencil)
    assert (after[INSIDE] == 1).all()


def test_masks_lose_the_same_pixels_and_a_key_colour_stays() -> None:
    with pikepdf.new() as pdf:
        source = LOSSLESS["colour"](pdf)
        source["/SMask"] = pdf.make_indirect(LOSSLESS["grey"](pdf))
        made = ImageEditor(pdf).blanked(source, CTM, [BOX], Dictionary())
        assert len(np.unique(read_image(made["/SMask"]).samples.pixels(0, HIGH)[INSIDE])) == 1
        del source["/SMask"]
        source["/Mask"] = Array([0, 3] * 3)
        assert ImageEditor(pdf).blanked(source, CTM, [BOX], Dictionary())["/Mask"] == source["/Mask"]


def test_an_image_that_holds_its_own_transparency_gets_a_mask_apart() -> None:
    with pikepdf.new() as pdf:
        picture = Image.fromarray(NOISE.integers(0, 256, (HIGH, WIDE, 4), np.uint8), "RGBA")
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG2000")
        source = image(pdf, buffer.getvalue(), Filter=Name.JPXDecode, SMaskInData=1)
        made = ImageEditor(pdf).blanked(source, CTM, [BOX], Dictionary())
        assert "/SMaskInData" not in made
        assert len(np.unique(read_image(made["/SMask"]).samples.pixels(0, HIGH)[INSIDE])) == 1


def test_a_file_image_of_impossible_size_is_refused() -> None:
    with pikepdf.new() as pdf:
        source = LOSSLESS["grey"](pdf)
        source["/Width"], source["/Height"] = 100_000, 100_000
        with pytest.raises(NotUnderstood, match="te groot"):
            ImageEditor(pdf).blanked(source, CTM, [BOX], Dictionary())

"""Data that nobody draws is told from data that is drawn, by the check and by what cuts it."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import ImageCms

from redaction.pdf.profiles import bare_profile
from redaction.pdf.surplus import cut_surplus, fax_bytes
from redaction.pdf.verification.surplus import check_surplus
from tests.unit.pdf import attacks
from tests.unit.pdf.attacks.programs import profile
from tests.unit.pdf.attacks.surplus import BEHIND, LATTICE, SAMPLES, TRIANGLE, grey, mesh

HIDING = sorted(name for name in attacks.BESIDE if "_behind_" in name and name.startswith(("image", "inline", "mesh")))


@pytest.mark.parametrize("name", HIDING)
def test_the_check_sees_data_that_nobody_draws_whatever_it_says(name: str, tmp_path: Path) -> None:
    with pikepdf.open(attacks.saved(attacks.BESIDE[name](False), tmp_path / "in.pdf")) as pdf:
        assert check_surplus(pdf, inline=True)


def test_an_image_keeps_its_samples_and_loses_what_stands_behind_them() -> None:
    with pikepdf.new() as pdf:
        image = grey(pdf, SAMPLES + BEHIND)
        assert cut_surplus(image)
        assert image.read_bytes() == SAMPLES


def test_padding_behind_an_image_is_left_as_it_is() -> None:
    with pikepdf.new() as pdf:
        image = grey(pdf, SAMPLES + b"\r\n\0\0")
        assert not cut_surplus(image)
        assert check_surplus(pdf, inline=True) == []


def test_an_image_of_which_the_colours_are_not_known_is_left_as_it_is() -> None:
    with pikepdf.new() as pdf:
        image = grey(pdf, SAMPLES * 3)
        image["/ColorSpace"] = Name("/Eigen")
        assert not cut_surplus(image)
        assert check_surplus(pdf, inline=True) == []


def test_whole_figures_of_a_mesh_stay() -> None:
    joined = TRIANGLE + b"\1" + TRIANGLE[1:8]
    patch = b"\0" + bytes(12 * 4 + 4 * 3) + b"\1" + bytes(8 * 4 + 2 * 3)
    with pikepdf.new() as pdf:
        meshes = [mesh(pdf, 4, joined, BitsPerFlag=8), mesh(pdf, 5, LATTICE, VerticesPerRow=2)]
        meshes.append(mesh(pdf, 6, patch, BitsPerFlag=8))
        assert not any(cut_surplus(made) for made in meshes)
        meshes[2].write(patch + BEHIND)
        assert cut_surplus(meshes[2])
        assert meshes[2].read_bytes() == patch


def test_what_follows_the_end_of_packed_data_goes() -> None:
    with pikepdf.new() as pdf:
        packed = pdf.make_indirect(Stream(pdf, zlib.compress(b"0 0 5 5 re f") + BEHIND))
        packed["/Filter"] = Name.FlateDecode
        assert check_surplus(pdf, inline=False)
        assert cut_surplus(packed)
        assert check_surplus(pdf, inline=False) == []
        assert packed.read_bytes() == b"0 0 5 5 re f"


def test_what_stands_behind_a_colour_profile_goes_and_is_reported() -> None:
    pdf = pikepdf.new()
    known = profile("sRGB", b"desc")
    behind = pdf.make_indirect(Stream(pdf, known + b"Ng", N=3))
    assert check_surplus(pdf, inline=False)
    assert cut_surplus(behind)
    assert behind.read_bytes() == bare_profile(known)
    assert not check_surplus(pdf, inline=False)


def test_glyphs_drawn_as_small_pictures_one_after_the_other_hide_nothing() -> None:
    glyph = b"5 0 0 0 4 4 d1\nq 4 0 0 4 0 0 cm\nBI /IM true /W 8 /H 4 /BPC 1 ID \x80\xfe\x81\xff EI\nQ"
    with pikepdf.new() as pdf:
        made = {f"/g{i}": pdf.make_stream(glyph) for i in range(3)}
        pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(made)))
        assert check_surplus(pdf, inline=True) == []
        made["/g1"].write(glyph.replace(b" EI", BEHIND + b" EI"))
        assert check_surplus(pdf, inline=True)


def test_a_colour_profile_keeps_its_colours_and_loses_what_stands_between_them() -> None:
    made = profile("sRGB", b"mluc") + BEHIND
    padded = len(made).to_bytes(4, "big") + made[4:]
    bare = bare_profile(padded)
    assert bare is not None
    assert BEHIND not in bare
    one, other = (ImageCms.ImageCmsProfile(io.BytesIO(data)).profile for data in (padded, bare))
    assert one.red_primary == other.red_primary
    assert bare_profile(bare) == bare
    with pikepdf.new() as pdf:
        assert check_surplus(_with_profile(pdf, padded), inline=False)
    with pikepdf.new() as pdf:
        assert check_surplus(_with_profile(pdf, bare), inline=False) == []


def _with_profile(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Pdf:
    pdf.Root["/Kleur"] = pdf.make_indirect(Stream(pdf, data, N=3))
    return pdf


def test_a_fax_keeps_all_up_to_its_own_end_at_whatever_bit_that_begins() -> None:
    for shift in range(8):
        end = (0x001001 << (8 - shift)).to_bytes(4, "big")[: 4 if shift else 3]
        assert fax_bytes(b"\x35\x77" + end + BEHIND) == 2 + len(end)
    assert fax_bytes(b"\x35\x77" + BEHIND) == 2 + len(BEHIND)

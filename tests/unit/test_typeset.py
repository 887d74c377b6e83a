"""The typesetter shows every character, obeys no text and reaches no file outside the template's folder."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo.typeset import FONT_DIR, MAX_CHARACTERS, NotTypeset, displayable, typeset, uncovered

TEMPLATE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(font: json(bytes(sys.inputs.fonts)), lang: "nl")
#d.body
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "page.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_the_page_is_tagged_and_has_our_fonts_only(template: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(typeset(template, {"title": "Brief", "body": "Geachte mevrouw"})))
    assert pdf.Root.MarkInfo.Marked
    assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
    fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert fonts and all("Noto" in font for font in fonts)


@pytest.mark.parametrize("name", [
    "محمد النجار", "فاطمة الزهراء", "گل پژمان", "Nguyễn Thị Hương", "Žižek Łęcka", "Ильин",
])
def test_a_foreign_name_can_be_searched_and_copied_from_the_page(template: Path, name: str) -> None:
    assert name in text_of(typeset(template, {"title": "x", "body": name}))


def test_text_is_never_markup(template: Path) -> None:
    body = '#panic("x") *vet* $a$ #read("/etc/passwd") \\ https://a.nl/x <b> ```x```'
    assert body in text_of(typeset(template, {"title": "x", "body": body}))


def test_the_same_input_gives_the_same_bytes_and_the_date_is_the_given_one(template: Path) -> None:
    first, second = (typeset(template, {"title": "x", "body": "y"}) for _ in range(2))
    assert first == second
    dated = typeset(template, {"title": "x", "body": "y"}, created=datetime(2026, 5, 7, tzinfo=UTC))
    with pikepdf.open(io.BytesIO(dated)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260507")


def test_characters_without_a_font_are_shown_by_number_and_reported(template: Path) -> None:
    assert uncovered("Jansen 中文 \x07") == {"中", "文", "\x07"}
    assert "⟨U+4E2D⟩" in text_of(typeset(template, {"title": "x", "body": "naam: 中"}))


@pytest.mark.parametrize("text", [
    "محمد النجار", "Nguyễn Thị Hương", "Ильин Ψ", "😀 👨‍👩‍👧 ❤️ 🇳🇱 ☐☑→≤⟨⟩", "e\u0301", "IJ ij €",
])
def test_names_and_signs_of_every_day_are_covered(text: str) -> None:
    assert uncovered(text) == set()


def test_line_ends_become_equal_and_reversing_marks_become_visible() -> None:
    assert displayable("a\r\nb\rc\u2028d\ufeff") == "a\nb\nc\nd"
    assert displayable("a\u202eb") == "a⟨U+202E⟩b"


@settings(max_examples=150, deadline=None)
@given(body=st.text(st.characters(codec=None), max_size=40))
def test_any_text_at_all_can_be_typeset(template: Path, body: str) -> None:
    assert typeset(template, {"title": "x", "body": body}).startswith(b"%PDF")


def test_every_character_of_our_fonts_can_be_typeset(template: Path) -> None:
    from woo.typeset import _covered

    body = " ".join(chr(point) for point in sorted(_covered()))
    assert typeset(template, {"title": "x", "body": body}).startswith(b"%PDF")


@pytest.mark.parametrize("line", ['#read("/etc/hostname")', '#read("../secret.txt")', '#import "@preview/a:1.0.0": b'])
def test_a_template_reaches_nothing_outside_its_folder(tmp_path: Path, line: str) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    path = tmp_path / "inner" / "page.typ"
    path.parent.mkdir()
    path.write_text(line)
    with pytest.raises(NotTypeset) as caught:
        typeset(path, {"title": "x"})
    assert "geheim" not in str(caught.value)


def test_a_failing_template_says_so_without_the_text_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "page.typ"
    path.write_text("#let d = json(bytes(sys.inputs.data))\n#panic(d.body)")
    with pytest.raises(NotTypeset) as caught:
        typeset(path, {"title": "x", "body": "Jansen"})
    assert "Jansen" not in str(caught.value)
    assert "panicked" in caught.value.diagnostic


def test_a_picture_is_read_from_the_assets(tmp_path: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(buffer, "PNG")
    path = tmp_path / "page.typ"
    path.write_text('#set document(title: "x")\n#set text(font: "Noto Sans")\n#image("assets/a.png", alt: "vlak")')
    pdf = pikepdf.open(io.BytesIO(typeset(path, {}, assets={"../a.png": buffer.getvalue()})))
    assert len(pdf.pages[0].Resources.XObject) == 1


def test_a_text_that_is_too_long_is_refused_before_work_starts(template: Path) -> None:
    with pytest.raises(NotTypeset, match="te lang"):
        typeset(template, {"title": "x", "body": "a" * (MAX_CHARACTERS + 1)})


def test_the_fonts_stay_small_and_each_has_its_licence() -> None:
    fonts = list(FONT_DIR.glob("*.ttf"))
    assert sum(font.stat().st_size for font in fonts) <= 5_000_000
    assert all(list(FONT_DIR.glob(f"{font.stem.split('-')[0]}-*.txt")) for font in fonts)

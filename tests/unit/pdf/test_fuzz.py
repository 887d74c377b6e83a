"""Random operators, fonts and boxes: the interpreter never fails in a way that nobody foresaw, and nothing leaks."""
from __future__ import annotations

import tempfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import Item, Plan, read_pages
from redaction.pdf.content import NotUnderstood
from redaction.pdf.editor import ContentEditor, Orders
from redaction.pdf.fonts import read_font
from redaction.pdf.layers import Layers
from tests.unit.pdf import attacks
from tests.unit.pdf.test_attacks import build

VISIBLE = (0.0, 0.0, 595.0, 842.0)
FORESEEN = (NotUnderstood, pikepdf.PdfError, ValueError, TypeError)
"""What the builder turns into an image page."""

NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6).map(lambda n: b"%d" % n),
    st.floats(-1e4, 1e4, allow_nan=False).map(lambda f: b"%.4f" % f),
    st.sampled_from([b"0", b"-0", b".5", b"1e5", b"99999999999999999999", b"--3", b"0.0000001"]),
)
STRINGS = st.one_of(
    st.binary(max_size=12).map(lambda b: b"<" + b.hex().encode() + b">"),
    st.text("Zwartkuis ()\\\\\n", max_size=8).map(
        lambda t: b"(" + t.encode().replace(b"\\", b"\\\\").replace(b"(", rb"\(").replace(b")", rb"\)") + b")"
    ),
)
NAMES = st.sampled_from([b"/F1", b"/F2", b"/F3", b"/Fm", b"/Im", b"/G1", b"/P1", b"/Weg", b"/", b"/Span", b"/Pattern"])
ARRAYS = st.lists(st.one_of(NUMBERS, STRINGS), max_size=5).map(lambda parts: b"[" + b" ".join(parts) + b"]")
TABLES = st.sampled_from([b"<</MCID 0>>", b"<</ActualText (x)>>", b"<<>>", b"<</MCID (x)>>"])
OPERANDS = st.one_of(NUMBERS, NUMBERS, STRINGS, NAMES, ARRAYS, TABLES)
OPERATORS = st.sampled_from(
    "q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ "
    "' \" d0 d1 CS cs SC SCN sc scn G g RG rg K k sh Do MP DP BMC BDC EMC BX EX nonsens".split()
).map(str.encode)
WILD = st.lists(st.tuples(st.lists(OPERANDS, max_size=7), OPERATORS), max_size=40).map(
    lambda rows: b"\n".join(b" ".join([*operands, operator]) for operands, operator in rows)
)
BOXES = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0, 800), st.floats(1, 200), st.floats(1, 60)).map(
        lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
    ),
    min_size=1,
    max_size=3,
)


def page_of(body: bytes) -> pikepdf.Pdf:
    """A page on which every name of `NAMES` is something."""
    pdf = attacks.document(body)
    table = pdf.pages[0].obj["/Resources"]
    table["/Font"]["/F2"] = attacks.text.cid_font(pdf)[0]
    table["/Font"]["/F3"] = attacks.text.predefined(pdf, "90ms-RKSJ-V")
    image = pdf.make_indirect(attacks.pictures.image_stream(pdf, attacks.pictures.picture()))
    table["/XObject"] = Dictionary(Fm=attacks.form(pdf, attacks.SHOWN), Im=image)
    table["/ExtGState"] = Dictionary(G1=Dictionary(LW=3, Font=Array([table["/Font"]["/F1"], 9])))
    return pdf


def edited(pdf: pikepdf.Pdf, boxes: list[tuple[float, float, float, float]], *, width_defence: bool) -> None:
    """Edit the page as the builder does; what was foreseen may come out of it, nothing else."""
    page = pdf.pages[0]
    orders = Orders(boxes, VISIBLE, width_defence=width_defence)
    try:
        outcome = ContentEditor(pdf, Layers(pdf)).edit_page(page, page.obj["/Resources"], orders, whole=True)
    except FORESEEN:
        return
    data = pikepdf.unparse_content_stream(outcome.instructions or [])
    assert list(pikepdf.parse_content_stream(Stream(pdf, data))) is not None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=WILD, boxes=BOXES, width_defence=st.booleans())
def test_no_stream_of_operators_breaks_the_interpreter(
    body: bytes, boxes: list[tuple[float, float, float, float]], width_defence: bool
) -> None:
    with page_of(body) as pdf:
        edited(pdf, boxes, width_defence=width_defence)


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["Type1", "TrueType", "Type3", "Type0", "MMType1", "Onbekend"]),
    encoding=st.sampled_from(["WinAnsiEncoding", "MacRomanEncoding", "Identity-H", "Identity-V", "90ms-RKSJ-H", "Weg"]),
    widths=st.lists(st.one_of(st.integers(-5000, 5000), st.none(), st.text("x", max_size=2)), max_size=6),
    first=st.integers(-3, 300),
    cmap=st.binary(max_size=80).map(lambda b: b"begincmap 1 begincodespacerange " + b),
    codes=st.binary(max_size=20),
)
def test_no_font_dictionary_breaks_the_reading_of_codes_and_none_gets_lost(
    kind: str, encoding: str, widths: list[object], first: int, cmap: bytes, codes: bytes
) -> None:
    with pikepdf.new() as pdf:
        font = Dictionary(
            Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/Proef"), Encoding=Name(f"/{encoding}"),
            FirstChar=first, Widths=Array(widths), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            DescendantFonts=Array([Dictionary(W=Array([1, Array(widths)]))]),
            ToUnicode=pdf.make_indirect(Stream(pdf, cmap)),
        )  # fmt: skip
        try:
            read = read_font(pdf.make_indirect(font))
            glyphs = read.glyphs(codes)
        except FORESEEN:
            return
        assert b"".join(glyph[0] for glyph in glyphs) == codes
        assert all(isinstance(read.unicode_of(glyph[0]), str) for glyph in glyphs)


LETTERS = "Zwartkruisgeheim"
PIECES = st.lists(
    st.tuples(
        st.sampled_from(["Tj", "TJ", "'", "hex", "Tc", "Tw", "Tz", "Ts", "Td"]),
        st.text(LETTERS, min_size=4, max_size=10),
        st.integers(-40, 40),
    ),
    min_size=1,
    max_size=6,
)


def drawn(pieces: list[tuple[str, str, int]]) -> bytes:
    """Text operators that show the words one after the other."""
    parts = [b"BT /F1 11 Tf 12 TL 72 560 Td"]
    for kind, word, number in pieces:
        text = word.encode()
        parts.append({
            "Tj": b"(%s ) Tj" % text,
            "TJ": b"[(%s) %d (%s )] TJ" % (text[:2], number, text[2:]),
            "'": b"(%s ) '" % text,
            "hex": b"<%s20> Tj" % text.hex().encode(),
            "Tc": b"%.2f Tc (%s ) Tj" % (abs(number) / 40, text),
            "Tw": b"%.2f Tw (%s ) Tj" % (abs(number) / 10, text),
            "Tz": b"%d Tz (%s ) Tj" % (100 + number, text),
            "Ts": b"%.2f Ts (%s ) Tj" % (number / 20, text),
            "Td": b"%d -14 Td (%s ) Tj" % (number / 4, text),
        }[kind])  # fmt: skip
    return b"\n".join([*parts, b"ET\n"])


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=PIECES, choice=st.integers(0, 50), width_defence=st.booleans())
def test_any_word_goes_and_all_others_stay(
    pieces: list[tuple[str, str, int]], choice: int, width_defence: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = attacks.saved(attacks.document(drawn(pieces)), work / "in.pdf")
        (before,) = read_pages(source)
        words = [w for w in before.words if w.box[1] > 110 and w.box[3] < 640]
        word = words[choice % len(words)]
        plan = Plan((Item(0, (word.box,), "5.1.2e"),))
        _, report, _ = build(source, plan, work, width_defence=width_defence)
        assert report.proven, (report.findings, word)

"""Attacks in the text of the page: operators, encodings, fonts (rows 1 to 4, 23)."""
from __future__ import annotations

from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from redaction.pdf.labels import FONT_FILE
from redaction.pdf.plan import Item, Plan
from tests.unit.pdf.attacks.page import (
    AROUND,
    ELSEWHERE,
    SECRET,
    SHOWN,
    Attack,
    add_beside,
    add_content,
    beside,
    boxes_on_words,
    content,
    document,
    form,
    helvetica,
)


def text(body: bytes) -> Attack:
    return lambda visible: document(b"BT /F1 12 Tf 200 700 Td " + body + b" ET\n")


TEXTS: dict[str, tuple[int, Attack]] = {
    "tj": (1, text(b"(Zwartkruis) Tj")),
    "tj_kerned": (1, text(b"[(Zw) 20 (art) -15 (kr) 8 (uis)] TJ")),
    "quote": (1, text(b"14 TL 0 14 Td (Zwartkruis) '")),
    "double_quote": (1, text(b"14 TL 0 14 Td 0 0 (Zwartkruis) \"")),
    "hex": (1, text(b"<5A776172746B72756973> Tj")),
    "octal": (1, text(rb"(\132\167\141\162\164\153\162\165\151\163) Tj")),
    "letters": (1, text(b" ".join(b"(%c) Tj" % c for c in b"Zwartkruis"))),
    "letters_placed": (1, text(b" ".join(b"(%c) Tj 7 0 Td" % c for c in b"Zwartkruis"))),
    "double_struck": (1, text(b"(Zwartkruis) Tj 0.3 0 Td (Zwartkruis) Tj")),
    "invisible": (3, text(b"3 Tr (Zwartkruis) Tj")),
    "white": (3, text(b"1 g (Zwartkruis) Tj")),
    "clip_mode": (3, text(b"7 Tr (Zwartkruis) Tj")),
    "zero_size": (23, text(b"/F1 0 Tf (Zwartkruis) Tj")),
    "tiny": (23, text(b"/F1 0.4 Tf (Zwartkruis) Tj")),
    "rise": (1, text(b"3 Ts (Zwartkruis) Tj 0 Ts")),
    "stretched": (1, text(b"80 Tz 1 Tc (Zwartkruis) Tj")),
    "unbalanced": (1, lambda visible: document(b"Q Q q q q\n" + SHOWN)),
    "text_left_open": (1, lambda visible: document(b"BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj")),
}
for _name, (_row, _attack) in TEXTS.items():
    add_content(_row, _name, _attack)


@content(2)
def split_streams(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"")
    parts = [AROUND, b"BT /F1 12 Tf 200 700 Td [(Zwart)", b"(kruis)] TJ ET"]
    pdf.pages[0].obj["/Contents"] = Array([pdf.make_indirect(Stream(pdf, p)) for p in parts])
    return pdf


def cid_font(pdf: pikepdf.Pdf, letters: str = SECRET) -> tuple[Any, bytes]:
    """Type 0 font over the label font, and the secret in its codes."""
    with TTFont(FONT_FILE) as font:
        cmap, order = font.getBestCmap(), font.getReverseGlyphMap()
        glyphs = {c: order[cmap[ord(c)]] for c in letters}
        widths = {c: round(font["hmtx"][cmap[ord(c)]][0] * 1000 / font["head"].unitsPerEm) for c in letters}
    rows = b"\n".join(b"<%04X> <%04X>" % (g, ord(c)) for c, g in sorted(glyphs.items()))
    table = (
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap"
        % (len(glyphs), rows)
    )
    program = FONT_FILE.read_bytes()
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test"), Flags=4, FontBBox=Array([0, -200, 1000, 900]),
            ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, program)),
        )
    )  # fmt: skip
    below = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Test"), FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity, W=Array([x for c, g in sorted(glyphs.items()) for x in (g, Array([widths[c]]))]),
        )
    )  # fmt: skip
    made = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Test"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([below]), ToUnicode=pdf.make_indirect(Stream(pdf, table)),
    )  # fmt: skip
    return pdf.make_indirect(made), b"".join(b"%04X" % glyphs[c] for c in letters)


@content(4)
def composite_font(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"")
    font, codes = cid_font(pdf)
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    body = AROUND + b"BT /F2 12 Tf 200 700 Td <" + codes + b"> Tj ET"
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, body))
    return pdf


@content(4)
def composite_font_in_its_place(visible: bool) -> pikepdf.Pdf:
    """The font, its descendant and descriptor are no objects of their own."""
    pdf = composite_font(visible)
    font = Dictionary(dict(pdf.pages[0].obj.Resources.Font.F2.items()))
    below = Dictionary(dict(font.DescendantFonts[0].items()))
    below["/FontDescriptor"] = Dictionary(dict(below.FontDescriptor.items()))
    font["/DescendantFonts"] = Array([below])
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    return pdf


@content(4)
def type3_font(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"BT /F3 12 Tf 200 700 Td (Zwartkruis) Tj ET")
    letters = sorted(set(SECRET))
    rows = b"\n".join(b"<%02X> <%04X>" % (ord(c), ord(c)) for c in letters)
    table = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap"
    procedures = {
        f"/{c}": pdf.make_indirect(Stream(pdf, b"600 0 0 0 500 700 d1 0 0 500 %d re f" % (ord(c) * 5))) for c in letters
    }
    pdf.pages[0].obj["/Resources"]["/Font"]["/F3"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 700]), FirstChar=0, LastChar=255,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([600] * 256), CharProcs=Dictionary(procedures),
            Encoding=Dictionary(Differences=Array([x for c in letters for x in (ord(c), Name(f"/{c}"))])),
            ToUnicode=pdf.make_indirect(Stream(pdf, table % (len(letters), rows))),
        )
    )  # fmt: skip
    return pdf


# --- one line, more than one box ------------------------------------------------------------------------------------
@content(2, boxes_on_words)
def two_boxes_in_one_array(visible: bool) -> pikepdf.Pdf:
    return document(b"BT /F1 12 Tf 72 600 Td [(Aan ) (Zwartkruis) -200 ( en ) 30 (Zwartkruis) ( gemeld)] TJ ET\n")


@content(2, boxes_on_words)
def three_boxes_in_one_string(visible: bool) -> pikepdf.Pdf:
    return document(b"BT /F1 12 Tf 72 600 Td (Zwartkruis, Zwartkruis en Zwartkruis zijn genoemd) Tj ET\n")


@content(2)
def word_over_form_and_page(visible: bool) -> pikepdf.Pdf:
    first = b"BT /F1 12 Tf 200 700 Td (Zwart) Tj ET"
    body = b"/Fm Do BT /F1 12 Tf 231.34 700 Td (kruis) Tj ET\n"
    return document(body, XObject=lambda pdf: {"Fm": form(pdf, first)})


@content(35)
def mirrored(visible: bool) -> pikepdf.Pdf:
    return document(b"q -1 0 0 1 472 0 cm BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj ET Q\n")


@content(35)
def slanted(visible: bool) -> pikepdf.Pdf:
    return document(b"BT /F1 12 Tf 0.99 0.1 -0.1 0.99 200 698 Tm (Zwartkruis) Tj ET\n")


# --- fonts and encodings --------------------------------------------------------------------------------------------
def simple_font(pdf: pikepdf.Pdf, table: dict[int, int] | None = None) -> Any:
    """Helvetica whose codes 1 to 9 are the letters of the secret; `table` (code to character) becomes ToUnicode."""
    letters = list(dict.fromkeys(SECRET))
    made = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *(Name(f"/{c}") for c in letters)])),
    )  # fmt: skip
    if table is not None:
        rows = b"\n".join(b"<%02X> <%04X>" % pair for pair in sorted(table.items()))
        head = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n" % len(table)
        made["/ToUnicode"] = pdf.make_indirect(Stream(pdf, head + rows + b"\nendbfchar endcmap"))
    return pdf.make_indirect(made)


def _coded(table: bool, *, swapped: bool = False) -> Attack:
    letters = list(dict.fromkeys(SECRET))
    codes = b"".join(b"%02X" % (letters.index(c) + 1) for c in SECRET)
    spelled = {i: ord("x" if swapped else c) for i, c in enumerate(letters, 1)} if table else None

    def attack(visible: bool) -> pikepdf.Pdf:
        body = b"BT /F2 12 Tf 200 700 Td <" + codes + b"> Tj ET\n"
        return document(body, Font=lambda pdf: {"F2": simple_font(pdf, spelled)})

    return attack


def predefined(pdf: pikepdf.Pdf, encoding: str, collection: str = "Japan1") -> Any:
    """Composite font that is not embedded, with a CMap that every reader knows."""
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/MS-Gothic"), DW=500,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String(collection), Supplement=2),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/MS-Gothic"), Encoding=Name(f"/{encoding}"),
            DescendantFonts=Array([pdf.make_indirect(below)]),
        )
    )  # fmt: skip


def _predefined(encoding: str, codes: bytes, collection: str = "Japan1") -> Attack:
    body = b"BT /F2 12 Tf 200 700 Td <" + codes.hex().encode() + b"> Tj ET\n"
    return lambda visible: document(body, Font=lambda pdf: {"F2": predefined(pdf, encoding, collection)})


def tall_box(_path: object) -> Plan:
    return Plan((Item(0, ((190.0, 560.0, 214.0, 712.0),), "5.1.2e", SECRET),))


FONTS: dict[str, tuple[int, Attack]] = {
    "differences": (4, _coded(table=False)),
    "differences_spelled": (4, _coded(table=True)),
    "spelled_otherwise": (26, _coded(table=True, swapped=True)),
    "shift_jis": (4, _predefined("90ms-RKSJ-H", SECRET.encode())),
    "gbk": (4, _predefined("GBK-EUC-H", SECRET.encode(), "GB1")),
    "utf16_cmap": (4, _predefined("UniJIS-UTF16-H", SECRET.encode("utf-16-be"))),
}
for _name, (_row, _attack) in FONTS.items():
    add_content(_row, _name, _attack)


@content(4, tall_box)
def vertical(visible: bool) -> pikepdf.Pdf:
    body = b"BT /F2 12 Tf 202 710 Td (Zwartkruis) Tj ET\n"
    return document(body, Font=lambda pdf: {"F2": predefined(pdf, "90ms-RKSJ-V")})


@content(4)
def composite_font_without_spelling(visible: bool) -> pikepdf.Pdf:
    pdf = composite_font(visible)
    del pdf.pages[0].obj["/Resources"]["/Font"]["/F2"]["/ToUnicode"]
    return pdf


@content(6)
def type3_procedure_that_writes(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"BT /F3 12 Tf 200 700 Td (a) Tj ET\n")
    word = Stream(pdf, b"6000 0 d0 BT /F1 1000 Tf 0 0 Td (Zwartkruis) Tj ET")
    pdf.pages[0].obj["/Resources"]["/Font"]["/F3"] = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, -300, 6000, 1000]), FirstChar=97, LastChar=97,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([6000]),
            CharProcs=Dictionary({"/a": pdf.make_indirect(word)}),
            Encoding=Dictionary(Differences=Array([97, Name("/a")])),
            Resources=Dictionary(Font=Dictionary(F1=helvetica(pdf))),
        )
    )  # fmt: skip
    return pdf


@beside(26)
def glyph_nobody_uses(visible: bool) -> pikepdf.Pdf:
    pdf = type3_font(visible)
    font = pdf.pages[0].obj["/Resources"]["/Font"]["/F3"]
    font["/CharProcs"]["/Zwartkruis"] = pdf.make_indirect(Stream(pdf, b"600 0 d0 " + ELSEWHERE))
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, AROUND + (SHOWN if visible else b"")))
    return pdf


@beside(26)
def font_named_after_a_person(visible: bool) -> pikepdf.Pdf:
    pdf = document(SHOWN if visible else b"")
    pdf.pages[0].obj["/Resources"]["/Font"]["/F1"]["/BaseFont"] = Name("/HandschriftZwartkruis")
    return pdf


@beside(26)
def unused_font_of_a_person(visible: bool) -> pikepdf.Pdf:
    pdf = document(SHOWN if visible else b"")
    pdf.pages[0].obj["/Resources"]["/Font"]["/F9"] = cid_font(pdf)[0]
    return pdf


# --- what a program wrote between the operators ---------------------------------------------------------------------
def _between(body: bytes) -> Attack:
    return lambda visible: document((SHOWN if visible else b"") + body)


BETWEEN: dict[str, bytes] = {
    "comment": b"% brief aan Zwartkruis\nq Q\n",
    "unknown_operator": b"BX (Zwartkruis) geheim EX\n",
    "loose_string": b"q (Zwartkruis) Q\n",
    "mark_point": b"/Zwartkruis MP /Noot <</Naam (Zwartkruis)>> DP\n",
    "mark_tag": b"/Zwartkruis BMC q Q EMC\n",
    "inline_image_entry": b"BI /W 1 /H 1 /BPC 8 /CS /G /Naam (Zwartkruis) ID x EI\n",
    "resource_name": b"/Zwartkruis gs\n",
}
for _name, _body in BETWEEN.items():
    add_beside(1, _name, _between(_body))

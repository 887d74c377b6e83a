"""PDF files that each hide one secret in one place, and the plan that should remove it (pdf-redaction checklist)."""
from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw, ImageFont

from redaction.pdf.labels import FONT_FILE
from redaction.pdf.plan import Item, Plan

SECRET = "Zwartkruis"
BOX = (196.0, 694.0, 276.0, 714.0)
KEPT = ("Behandeld", "door", "maandag", "blijft", "staan", "onderaan")
PLAN = Plan((Item(0, (BOX,), "5.1.2e", SECRET),))
AROUND = (
    b"BT /F1 12 Tf 72 700 Td (Behandeld door) Tj 238 0 Td (op maandag) Tj ET\n"
    b"BT /F1 12 Tf 72 650 Td (Deze regel blijft staan) Tj ET\n"
    b"BT /F1 12 Tf 72 100 Td (Ook onderaan) Tj ET\n"
)
SHOWN = b"BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj ET\n"

Attack = Callable[[bool], pikepdf.Pdf]
CONTENT: dict[str, Attack] = {}
"""Attacks inside the page's own content: the file itself is the leak."""
BESIDE: dict[str, Attack] = {}
"""Attacks beside the content: called with False they give a page without the visible name, so that only they leak."""


def content(attack: Attack) -> Attack:
    CONTENT[attack.__name__] = attack
    return attack


def beside(attack: Attack) -> Attack:
    BESIDE[attack.__name__] = attack
    return attack


def helvetica(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


def document(body: bytes, *, around: bool = True, **resources: Any) -> pikepdf.Pdf:
    """One A4 page with the surrounding text and `body`."""
    pdf = pikepdf.new()
    table = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Resources=table,
        Contents=pdf.make_indirect(Stream(pdf, (AROUND if around else b"") + body)),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    for kind, entries in resources.items():
        existing = table.get(f"/{kind}", Dictionary())
        for name, value in entries(pdf).items():
            existing[f"/{name}"] = value
        table[f"/{kind}"] = existing
    return pdf


def plain(visible: bool = True) -> pikepdf.Pdf:
    return document(SHOWN if visible else b"")


# --- text in the content --------------------------------------------------------------------------------------------
def text(body: bytes) -> Attack:
    return lambda visible: document(b"BT /F1 12 Tf 200 700 Td " + body + b" ET\n")


CONTENT |= {
    "tj": text(b"(Zwartkruis) Tj"),
    "tj_kerned": text(b"[(Zw) 20 (art) -15 (kr) 8 (uis)] TJ"),
    "quote": text(b"14 TL 0 14 Td (Zwartkruis) '"),
    "double_quote": text(b"14 TL 0 14 Td 0 0 (Zwartkruis) \""),
    "hex": text(b"<5A776172746B72756973> Tj"),
    "octal": text(rb"(\132\167\141\162\164\153\162\165\151\163) Tj"),
    "letters": text(b" ".join(b"(%c) Tj" % c for c in b"Zwartkruis")),
    "letters_placed": text(b" ".join(b"(%c) Tj 7 0 Td" % c for c in b"Zwartkruis")),
    "double_struck": text(b"(Zwartkruis) Tj 0.3 0 Td (Zwartkruis) Tj"),
    "invisible": text(b"3 Tr (Zwartkruis) Tj"),
    "white": text(b"1 g (Zwartkruis) Tj"),
    "clip_mode": text(b"7 Tr (Zwartkruis) Tj"),
    "zero_size": text(b"/F1 0 Tf (Zwartkruis) Tj"),
    "tiny": text(b"/F1 0.4 Tf (Zwartkruis) Tj"),
    "rise": text(b"3 Ts (Zwartkruis) Tj 0 Ts"),
    "stretched": text(b"80 Tz 1 Tc (Zwartkruis) Tj"),
    "unbalanced": lambda visible: document(b"Q Q q q q\n" + SHOWN),
    "text_left_open": lambda visible: document(b"BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj"),
}


@content
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


@content
def composite_font(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"")
    font, codes = cid_font(pdf)
    pdf.pages[0].obj["/Resources"]["/Font"]["/F2"] = font
    body = AROUND + b"BT /F2 12 Tf 200 700 Td <" + codes + b"> Tj ET"
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(Stream(pdf, body))
    return pdf


@content
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


# --- forms, patterns, masks -----------------------------------------------------------------------------------------
def form(pdf: pikepdf.Pdf, body: bytes, **more: Any) -> Any:
    made = Stream(pdf, body)
    made["/Type"], made["/Subtype"], made["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    made["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica(pdf)), **more)
    return pdf.make_indirect(made)


@content
def form_xobject(visible: bool) -> pikepdf.Pdf:
    return document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, SHOWN)})


@content
def nested_form(visible: bool) -> pikepdf.Pdf:
    def inner(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"Fm": form(pdf, b"q 1 0 0 1 10 0 cm /In Do Q", XObject=Dictionary(In=form(pdf, SHOWN)))}

    return document(b"q 1 0 0 1 -10 0 cm /Fm Do Q\n", XObject=inner)


@content
def shared_form(visible: bool) -> pikepdf.Pdf:
    pdf = document(b"/Fm Do\n", XObject=lambda pdf: {"Fm": form(pdf, SHOWN + b"BT /F1 12 Tf 72 400 Td (Kop) Tj ET")})
    pdf.pages.append(pdf.pages[0])
    return pdf


def boxes_on_every_page(pdf: pikepdf.Pdf) -> Plan:
    """The plan for the secret in the same place on all pages."""
    return Plan(tuple(Item(i, (BOX,), "5.1.2e", SECRET) for i in range(len(pdf.pages))))


@content
def tiling_pattern(visible: bool) -> pikepdf.Pdf:
    def pattern(pdf: pikepdf.Pdf) -> dict[str, Any]:
        tile = Stream(pdf, b"BT /F1 12 Tf 0 4 Td (Zwartkruis) Tj ET")
        tile["/Type"], tile["/PatternType"], tile["/PaintType"], tile["/TilingType"] = Name.Pattern, 1, 1, 1
        tile["/BBox"], tile["/XStep"], tile["/YStep"] = Array([0, 0, 80, 20]), 80, 20
        tile["/Matrix"] = Array([1, 0, 0, 1, 196, 694])
        tile["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
        return {"P1": pdf.make_indirect(tile)}

    return document(b"/Pattern cs /P1 scn 196 694 80 20 re f\n", Pattern=pattern)


@content
def soft_mask(visible: bool) -> pikepdf.Pdf:
    def state(pdf: pikepdf.Pdf) -> dict[str, Any]:
        group = form(pdf, b"1 g " + SHOWN)
        group["/Group"] = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        return {"G1": Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group))}

    return document(b"q /G1 gs 0 g 190 690 100 30 re f Q\n", ExtGState=state)


# --- pictures and shapes --------------------------------------------------------------------------------------------
def picture(mode: str = "L", size: tuple[int, int] = (600, 160)) -> Image.Image:
    """The secret in large letters in the middle, to be placed at 160, 680 over 150 by 40 points."""
    image = Image.new("L", size, 255)
    font = ImageFont.truetype(str(FONT_FILE), size[1] // 3)
    ImageDraw.Draw(image).text((size[0] * 0.27, size[1] * 0.32), SECRET, fill=0, font=font)
    return image.convert(mode)


PLACED = b"q 150 0 0 40 160 684 cm /Im Do Q\n"


def image_stream(pdf: pikepdf.Pdf, image: Image.Image, *, jpeg: bool = False, comment: bytes = b"") -> Stream:
    if jpeg:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=90, comment=comment)
        made = Stream(pdf, buffer.getvalue(), Filter=Name.DCTDecode)
    else:
        made = Stream(pdf, zlib.compress(image.tobytes()), Filter=Name.FlateDecode)
    made["/Type"], made["/Subtype"], made["/Width"], made["/Height"] = Name.XObject, Name.Image, *image.size
    made["/BitsPerComponent"] = 1 if image.mode == "1" else 8
    made["/ColorSpace"] = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    return made


@content
def image_partly(visible: bool) -> pikepdf.Pdf:
    return document(PLACED, XObject=lambda pdf: {"Im": pdf.make_indirect(image_stream(pdf, picture()))})


@content
def image_jpeg(visible: bool) -> pikepdf.Pdf:
    return document(PLACED, XObject=lambda p: {"Im": p.make_indirect(image_stream(p, picture("RGB"), jpeg=True))})


@content
def image_stencil(visible: bool) -> pikepdf.Pdf:
    def stencil(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = image_stream(pdf, picture("1"))
        del made["/ColorSpace"]
        made["/ImageMask"] = True
        return {"Im": pdf.make_indirect(made)}

    return document(b"0 g " + PLACED, XObject=stencil)


@content
def image_soft_mask(visible: bool) -> pikepdf.Pdf:
    def masked(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = image_stream(pdf, Image.new("L", (60, 16), 0))
        negative = picture().point(lambda v: 255 - v)
        made["/SMask"] = pdf.make_indirect(image_stream(pdf, negative))
        return {"Im": pdf.make_indirect(made)}

    return document(PLACED, XObject=masked)


@content
def image_inline(visible: bool) -> pikepdf.Pdf:
    data = picture("L", (150, 40)).tobytes()
    head = b"q 150 0 0 40 160 684 cm BI /W 150 /H 40 /CS /G /BPC 8 /F /AHx ID "
    return document(head + data.hex().encode() + b"> EI Q\n")


class _Outline(BasePen):  # type: ignore[misc]
    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []

    def _moveTo(self, p: Any) -> None:
        self.parts.append(f"{p[0]:.1f} {p[1]:.1f} m")

    def _lineTo(self, p: Any) -> None:
        self.parts.append(f"{p[0]:.1f} {p[1]:.1f} l")

    def _curveToOne(self, a: Any, b: Any, c: Any) -> None:
        self.parts.append(f"{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {c[0]:.1f} {c[1]:.1f} c")

    def _closePath(self) -> None:
        self.parts.append("h")


def outlines() -> bytes:
    """The secret as curves in font units, without painting operator."""
    parts, x = [], 0
    with TTFont(FONT_FILE) as font:
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        for letter in SECRET:
            pen = _Outline(glyphs)
            glyphs[cmap[ord(letter)]].draw(pen)
            parts.append(f"q 1 0 0 1 {x} 0 cm " + " ".join(pen.parts) + " f Q")
            x += glyphs[cmap[ord(letter)]].width
    return "\n".join(parts).encode()


@content
def vector_outlines(visible: bool) -> pikepdf.Pdf:
    return document(b"q 0.006 0 0 0.006 200 700 cm\n" + outlines() + b"\nQ\n")


@content
def vector_crossing(visible: bool) -> pikepdf.Pdf:
    return document(b"q 1 w 150 690 m 205 720 220 680 240 715 c 260 690 270 720 320 705 c S Q\n" + SHOWN)


# --- words beside the drawing ---------------------------------------------------------------------------------------
@content
def actual_text_inline(visible: bool) -> pikepdf.Pdf:
    return document(b"/Span <</ActualText (Zwartkruis)>> BDC " + SHOWN + b"EMC\n")


@content
def actual_text_properties(visible: bool) -> pikepdf.Pdf:
    def properties(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"MC0": pdf.make_indirect(Dictionary(ActualText=String(SECRET), Alt=String(SECRET)))}

    return document(b"/Span /MC0 BDC " + SHOWN + b"EMC\n", Properties=properties)


def tagged(visible: bool, **entries: Any) -> pikepdf.Pdf:
    pdf = document(b"/P <</MCID 0>> BDC " + (SHOWN if visible else b"") + b"EMC\n")
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=0))
    for key, value in entries.items():
        paragraph[f"/{key}"] = value
    top["/K"], root["/K"] = Array([paragraph]), top
    root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=Array([0, Array([paragraph])])))
    page["/StructParents"] = 0
    pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"] = root, Dictionary(Marked=True)
    return pdf


def _tag(key: str) -> Attack:
    return lambda visible: tagged(visible, **{key: String(f"De heer {SECRET}")})


BESIDE |= {f"structure_{k.lower()}": _tag(k) for k in ("Alt", "ActualText", "T", "E", "ID")}


@beside
def structure_role(visible: bool) -> pikepdf.Pdf:
    pdf = tagged(visible, S=Name("/Naam_Zwartkruis"))
    pdf.Root.StructTreeRoot["/RoleMap"] = Dictionary({"/Naam_Zwartkruis": Name.P})
    return pdf


# --- annotations and forms ------------------------------------------------------------------------------------------
def annotated(visible: bool, **entries: Any) -> pikepdf.Pdf:
    pdf = plain(visible)
    note = Dictionary(Type=Name.Annot, Rect=Array([300, 500, 400, 520]))
    for key, value in entries.items():
        note[f"/{key}"] = value
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])
    return pdf


def looks(pdf: pikepdf.Pdf, body: bytes) -> Dictionary:
    made = form(pdf, body)
    made["/BBox"] = Array([0, 0, 100, 20])
    return Dictionary(N=made)


@beside
def note(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Text, Contents=String(f"Dit is {SECRET}"), T=String("Controleur"))


@beside
def rich_note(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Text, RC=String(f"<p>{SECRET}</p>"))


@beside
def highlight(visible: bool) -> pikepdf.Pdf:
    quads = Array([196, 714, 276, 714, 196, 694, 276, 694])
    return annotated(
        visible, Subtype=Name.Highlight, Rect=Array(list(BOX)), QuadPoints=quads, C=Array([1, 1, 0]),
        Contents=String(SECRET),
    )  # fmt: skip


@content
def free_text_over_box(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(False, Subtype=Name.FreeText, Contents=String(SECRET), Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@content
def stamp_over_box(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(False, Subtype=Name.Stamp, Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@beside
def mail_link(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"mailto:{SECRET}@example.nl")))


@beside
def web_link(visible: bool) -> pikepdf.Pdf:
    address = f"https://example.nl/medewerkers/{SECRET}"
    return annotated(visible, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(address)))


def field(visible: bool, **entries: Any) -> pikepdf.Pdf:
    pdf = annotated(visible, **({"Subtype": Name.Widget, "FT": Name.Tx, "T": String("veld")} | entries))
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]), DA=String("/Helv 0 Tf 0 g"))
    return pdf


@beside
def field_value(visible: bool) -> pikepdf.Pdf:
    return field(visible, V=String(SECRET), DV=String(SECRET), TU=String(SECRET))


@beside
def field_options(visible: bool) -> pikepdf.Pdf:
    return field(visible, FT=Name.Ch, Opt=Array([String("Anders"), String(SECRET)]), F=2)


@content
def field_appearance(visible: bool) -> pikepdf.Pdf:
    pdf = field(False, V=String(SECRET), Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"/Tx BMC BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET EMC")
    return pdf


@beside
def xfa(visible: bool) -> pikepdf.Pdf:
    pdf = field(visible)
    pdf.Root.AcroForm["/XFA"] = pdf.make_indirect(Stream(pdf, f"<xdp><naam>{SECRET}</naam></xdp>".encode()))
    return pdf


@beside
def signature(visible: bool) -> pikepdf.Pdf:
    value = Dictionary(Type=Name.Sig, Name=String(SECRET), Reason=String("akkoord"), ContactInfo=String(SECRET))
    return field(visible, FT=Name.Sig, V=value)


# --- the document around the pages ----------------------------------------------------------------------------------
@beside
def info(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.docinfo["/Author"] = SECRET
    return pdf


@beside
def info_custom(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.docinfo["/Dossier"] = f"zaak van {SECRET}"
    return pdf


def xmp(pdf: pikepdf.Pdf) -> Any:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>'
        f"<rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    made = Stream(pdf, packet.encode())
    made["/Type"], made["/Subtype"] = Name.Metadata, Name.XML
    return pdf.make_indirect(made)


@beside
def xmp_document(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/Metadata"] = xmp(pdf)
    return pdf


@beside
def xmp_page(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Metadata"] = xmp(pdf)
    return pdf


def _with_image(visible: bool, **options: Any) -> pikepdf.Pdf:
    body = (SHOWN if visible else b"") + b"q 100 0 0 100 72 300 cm /Im Do Q\n"
    photo = Image.radial_gradient("L").resize((64, 64))
    return document(body, XObject=lambda p: {"Im": p.make_indirect(image_stream(p, photo, **options))})


@beside
def xmp_image(visible: bool) -> pikepdf.Pdf:
    pdf = _with_image(visible)
    pdf.pages[0].obj.Resources.XObject.Im["/Metadata"] = xmp(pdf)
    return pdf


@beside
def jpeg_comment(visible: bool) -> pikepdf.Pdf:
    return _with_image(visible, jpeg=True, comment=f"foto van {SECRET}".encode())


@beside
def outline(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    with pdf.open_outline() as tree:
        tree.root.append(pikepdf.OutlineItem(f"Verklaring {SECRET}", 0))
    return pdf


@beside
def named_destination(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    target = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root["/Names"] = Dictionary(Dests=Dictionary(Names=Array([String(f"brief {SECRET}"), target])))
    return pdf


@beside
def page_label(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=String(f"{SECRET}-"))]))
    return pdf


def layered(visible: bool, body: bytes, *, off: bool, name: str = "laag", membership: bool = False) -> pikepdf.Pdf:
    pdf = plain(visible)
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
    member = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOn)) if membership else group
    state = Dictionary(OFF=Array([group])) if off else Dictionary(ON=Array([group]))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([group]), D=state)
    page = pdf.pages[0].obj
    page["/Resources"]["/Properties"] = Dictionary(L1=member)
    shown = page["/Contents"].read_bytes()
    page["/Contents"] = pdf.make_indirect(Stream(pdf, shown + b"/OC /L1 BDC\n" + body + b"EMC\n"))
    return pdf


ELSEWHERE = b"BT /F1 12 Tf 72 300 Td (Zwartkruis) Tj ET\n"


@beside
def layer_name(visible: bool) -> pikepdf.Pdf:
    return layered(visible, b"", off=False, name=f"notities {SECRET}")


@beside
def hidden_layer(visible: bool) -> pikepdf.Pdf:
    return layered(visible, ELSEWHERE, off=True)


@beside
def hidden_membership(visible: bool) -> pikepdf.Pdf:
    return layered(visible, ELSEWHERE, off=True, membership=True)


@beside
def attachment(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.attachments["brief.txt"] = pikepdf.AttachedFileSpec(pdf, f"Beste {SECRET}".encode(), filename="brief.txt")
    return pdf


def file_spec(pdf: pikepdf.Pdf) -> Any:
    stream = Stream(pdf, f"Beste {SECRET}".encode())
    stream["/Type"] = Name.EmbeddedFile
    return pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=pdf.make_indirect(stream)))
    )


@beside
def associated_file(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/AF"] = Array([file_spec(pdf)])
    return pdf


@beside
def file_annotation(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.FileAttachment)
    pdf.pages[0].obj["/Annots"][0]["/FS"] = file_spec(pdf)
    return pdf


SCRIPT = f"app.alert('{SECRET}')"


@beside
def javascript(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))
    return pdf


@beside
def open_action(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    return pdf


@beside
def page_action(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
    return pdf


@beside
def thumbnail(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Thumb"] = pdf.make_indirect(image_stream(pdf, picture("L", (150, 40))))
    return pdf


@beside
def piece_info(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    private = Dictionary(Private=pdf.make_indirect(Stream(pdf, f"concept {SECRET}".encode())))
    pdf.pages[0].obj["/PieceInfo"] = Dictionary(Tekenprogramma=private)
    return pdf


@beside
def off_page(visible: bool) -> pikepdf.Pdf:
    return document((SHOWN if visible else b"") + b"BT /F1 12 Tf 700 300 Td (Zwartkruis) Tj ET\n")


@beside
def outside_crop_box(visible: bool) -> pikepdf.Pdf:
    pdf = document((SHOWN if visible else b"") + b"BT /F1 12 Tf 72 20 Td (Zwartkruis) Tj ET\n")
    pdf.pages[0].obj["/CropBox"] = Array([0, 50, 595, 842])
    return pdf


@beside
def unused_form(visible: bool) -> pikepdf.Pdf:
    return document(SHOWN if visible else b"", XObject=lambda pdf: {"Fm": form(pdf, ELSEWHERE)})


@beside
def orphan(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Contents"]["/Note"] = pdf.make_indirect(Stream(pdf, ELSEWHERE))
    return pdf


@beside
def unused_property(visible: bool) -> pikepdf.Pdf:
    def properties(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"MC9": pdf.make_indirect(Dictionary(ActualText=String(SECRET)))}

    return document(SHOWN if visible else b"", Properties=properties)


# --- pages that turn, shift and scale -------------------------------------------------------------------------------
def _page(key: str, value: Any) -> Attack:
    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = plain(True)
        pdf.pages[0].obj[f"/{key}"] = value
        return pdf

    return attack


CONTENT |= {f"rotated_{r}": _page("Rotate", r) for r in (90, 180, 270)}
CONTENT |= {
    "user_unit": _page("UserUnit", 2),
    "media_offset": _page("MediaBox", Array([-50, -30, 545, 812])),
    "crop_offset": _page("CropBox", Array([40, 60, 500, 800])),
}


@content
def rotated_text(visible: bool) -> pikepdf.Pdf:
    return document(b"BT /F1 12 Tf 0 1 -1 0 240 696 Tm (Zwart) Tj ET BT /F1 12 Tf 0 -1 1 0 250 712 Tm (kruis) Tj ET\n")


# --- bytes after the file is made -----------------------------------------------------------------------------------
def saved(pdf: pikepdf.Pdf, path: Path, **options: Any) -> Path:
    pdf.save(path, **options)
    return path


def earlier_revision(path: Path) -> Path:
    """The visible page, and after it an update that draws over nothing: the first version is still there."""
    data = io.BytesIO()
    plain(True).save(data)
    body = data.getvalue()
    update = b"\n9999 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF\n"
    path.write_bytes(body + update)
    return path


def after_the_end(path: Path) -> Path:
    """The visible page, and loose text after the end of the file."""
    data = io.BytesIO()
    plain(True).save(data)
    path.write_bytes(data.getvalue() + f"\nontvanger: {SECRET}\n".encode())
    return path

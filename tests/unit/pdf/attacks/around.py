"""Attacks in the document around the pages: data, names, files, scripts (rows 16 to 24)."""
from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from tests.unit.pdf.attacks.notes import annotated
from tests.unit.pdf.attacks.page import (
    ELSEWHERE,
    SECRET,
    SHOWN,
    Attack,
    add_beside,
    beside,
    document,
    helvetica,
    plain,
    with_page,
)
from tests.unit.pdf.attacks.pictures import image_stream, picture


@beside(16)
def info(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.docinfo["/Author"] = SECRET
    return pdf


@beside(16)
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


@beside(16)
def xmp_document(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/Metadata"] = xmp(pdf)
    return pdf


@beside(16)
def xmp_page(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Metadata"] = xmp(pdf)
    return pdf


def _with_image(visible: bool, **options: Any) -> pikepdf.Pdf:
    body = (SHOWN if visible else b"") + b"q 100 0 0 100 72 300 cm /Im Do Q\n"
    photo = Image.radial_gradient("L").resize((64, 64))
    return document(body, XObject=lambda p: {"Im": p.make_indirect(image_stream(p, photo, **options))})


@beside(16)
def xmp_image(visible: bool) -> pikepdf.Pdf:
    pdf = _with_image(visible)
    pdf.pages[0].obj.Resources.XObject.Im["/Metadata"] = xmp(pdf)
    return pdf


@beside(8)
def jpeg_comment(visible: bool) -> pikepdf.Pdf:
    return _with_image(visible, jpeg=True, comment=f"foto van {SECRET}".encode())


@beside(17)
def outline(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    with pdf.open_outline() as tree:
        tree.root.append(pikepdf.OutlineItem(f"Verklaring {SECRET}", 0))
    return pdf


@beside(17)
def named_destination(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    target = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root["/Names"] = Dictionary(Dests=Dictionary(Names=Array([String(f"brief {SECRET}"), target])))
    return pdf


@beside(17)
def page_label(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=String(f"{SECRET}-"))]))
    return pdf


@beside(18)
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


@beside(18)
def associated_file(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/AF"] = Array([file_spec(pdf)])
    return pdf


@beside(18)
def file_annotation(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.FileAttachment)
    pdf.pages[0].obj["/Annots"][0]["/FS"] = file_spec(pdf)
    return pdf


SCRIPT = f"app.alert('{SECRET}')"


@beside(19)
def javascript(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))
    return pdf


@beside(19)
def open_action(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    return pdf


@beside(19)
def page_action(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
    return pdf


@beside(20)
def thumbnail(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Thumb"] = pdf.make_indirect(image_stream(pdf, picture("L", (150, 40))))
    return pdf


@beside(21)
def piece_info(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    private = Dictionary(Private=pdf.make_indirect(Stream(pdf, f"concept {SECRET}".encode())))
    pdf.pages[0].obj["/PieceInfo"] = Dictionary(Tekenprogramma=private)
    return pdf


@beside(24)
def orphan(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.pages[0].obj["/Contents"]["/Note"] = pdf.make_indirect(Stream(pdf, ELSEWHERE))
    return pdf


# --- more of the catalog, the trailer and the pages -----------------------------------------------------------------
def loose(pdf: pikepdf.Pdf, text: str = SECRET) -> Any:
    """A stream of text that belongs to nothing in particular."""
    return pdf.make_indirect(Stream(pdf, f"concept van {text}".encode()))


def _root(**entries: Any) -> Attack:
    """Entries of the catalog, made by functions of the document."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        for key, make in entries.items():
            pdf.Root[f"/{key}"] = make(pdf)

    return with_page(change)


def _names(**trees: Any) -> Attack:
    """Name trees with the secret as the name of their one value."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        filled = {f"/{k}": Dictionary(Names=Array([String(SECRET), make(pdf)])) for k, make in trees.items()}
        pdf.Root["/Names"] = Dictionary(filled)

    return with_page(change)


def _page(**entries: Any) -> Attack:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        for key, make in entries.items():
            page[f"/{key}"] = make(pdf)

    return with_page(change)


def _encoded(value: bytes) -> Attack:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        pdf.trailer["/Info"] = pdf.make_indirect(Dictionary(Subject=String(value)))

    return with_page(change)


def _thread(pdf: pikepdf.Pdf) -> Any:
    bead = pdf.make_indirect(Dictionary(Type=Name.Bead, P=pdf.pages[0].obj, R=Array([0, 0, 9, 9])))
    bead["/N"] = bead["/V"] = bead
    return Array([pdf.make_indirect(Dictionary(Type=Name.Thread, I=Dictionary(Title=String(SECRET)), F=bead))])


def _history(pdf: pikepdf.Pdf) -> Any:
    made = xmp(pdf)
    made.write(f'<x xmlns:xmpMM="m"><xmpMM:History>{SECRET}</xmpMM:History></x>'.encode("utf-16"))
    return made


def _intent(pdf: pikepdf.Pdf) -> Any:
    profile = pdf.make_indirect(Stream(pdf, bytes(128) + f"desc profiel van {SECRET}".encode(), N=3))
    return Array([
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"), Info=String(SECRET),
            DestOutputProfile=profile,
        )
    ])  # fmt: skip


def _parts(pdf: pikepdf.Pdf) -> Any:
    part = Dictionary(Type=Name.DPart, DPM=Dictionary(Klant=String(SECRET)))
    return pdf.make_indirect(Dictionary(Type=Name.DPartRoot, DPartRootNode=pdf.make_indirect(part)))


def _script(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


AROUND_PAGES: dict[str, tuple[int, Attack]] = {
    "info_utf16": (16, _encoded(b"\xfe\xff" + SECRET.encode("utf-16-be"))),
    "info_utf16_little": (16, _encoded(b"\xff\xfe" + SECRET.encode("utf-16-le"))),
    "info_utf8": (16, _encoded(b"\xef\xbb\xbf" + SECRET.encode())),
    "xmp_history": (16, _root(Metadata=_history)),
    "document_id": (16, with_page(lambda pdf, page: pdf.trailer.__setitem__("/Dossier", String(SECRET)))),
    "output_intent": (16, _root(OutputIntents=_intent)),
    "document_parts": (16, _root(DPartRoot=_parts)),
    "web_base": (16, _root(URI=lambda pdf: Dictionary(Base=String(f"https://x.nl/{SECRET}/")))),
    "own_catalog_entry": (16, _root(Zaakgegevens=lambda pdf: Dictionary(Naam=String(SECRET)))),
    "language": (16, _root(Lang=lambda pdf: String(f"nl-x-{SECRET}"))),
    "threads": (17, _root(Threads=_thread)),
    "old_destinations": (17, _root(Dests=lambda pdf: Dictionary({f"/{SECRET}": Array([pdf.pages[0].obj, Name.Fit])}))),
    "collection": (18, _root(Collection=lambda pdf: Dictionary(D=String(SECRET), Schema=Dictionary(N=String(SECRET))))),
    "legal_statement": (19, _root(Legal=lambda pdf: Dictionary(Attestation=String(SECRET)))),
    "named_page": (19, _names(Pages=lambda pdf: pdf.pages[0].obj)),
    "named_address": (21, _names(URLS=lambda pdf: Dictionary(S=Name.SPS, T=String(SECRET)))),
    "named_presentation": (19, _names(AlternatePresentations=lambda pdf: Dictionary(Type=Name.SlideShow))),
    "named_looks": (12, _names(AP=loose)),
    "page_timer": (19, _page(PresSteps=lambda pdf: Dictionary(NA=_script(pdf)))),
    "page_view": (21, _page(VP=lambda pdf: Array([Dictionary(Type=Name.Viewport, Name=String(SECRET))]))),
    "page_web_id": (21, _page(ID=lambda pdf: String(SECRET), PZ=lambda pdf: 1)),
    "page_colours": (21, _page(SeparationInfo=lambda pdf: Dictionary(DeviceColorant=String(SECRET)))),
    "web_capture": (21, _root(SpiderInfo=lambda pdf: Dictionary(C=Array([Dictionary(URL=String(SECRET))])))),
    "piece_info_catalog": (21, _root(PieceInfo=lambda pdf: Dictionary(Word=Dictionary(Private=loose(pdf))))),
    "own_page_entry": (21, _page(Werkstroom=loose)),
}
for _name, (_row, _attack) in AROUND_PAGES.items():
    add_beside(_row, _name, _attack)


def _outline_script(pdf: pikepdf.Pdf, page: Any) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("Brief"), A=_script(pdf)))
    pdf.Root["/Outlines"] = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item["/Parent"] = pdf.Root.Outlines


def _outline_utf16(pdf: pikepdf.Pdf, page: Any) -> None:
    item = pdf.make_indirect(Dictionary(Title=String(f"Ψ {SECRET}")))
    pdf.Root["/Outlines"] = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item["/Parent"] = pdf.Root.Outlines


add_beside(19, "outline_script", with_page(_outline_script))
add_beside(17, "outline_utf16", with_page(_outline_utf16))


def _media(kind: str, key: str) -> Attack:
    """An annotation that plays something; what it plays holds the name."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([300, 500, 400, 520]))
        note[f"/{key}"] = loose(pdf) if key in ("Sound", "3DD") else Dictionary(
            Assets=Dictionary(Names=Array([String("film"), file_spec(pdf)])), F=file_spec(pdf), T=String(SECRET)
        )
        page["/Annots"] = Array([pdf.make_indirect(note)])

    return with_page(change)


for _kind, _key in (("Sound", "Sound"), ("3D", "3DD"), ("Movie", "Movie"), ("RichMedia", "RichMediaContent")):
    add_beside(18, f"media_{_kind.lower()}", _media(_kind, _key))


@beside(18)
def pdf_in_pdf(visible: bool) -> pikepdf.Pdf:
    inner = io.BytesIO()
    document(ELSEWHERE).save(inner, compress_streams=True)
    pdf = plain(visible)
    pdf.attachments["bijlage.pdf"] = pikepdf.AttachedFileSpec(pdf, inner.getvalue(), filename="bijlage.pdf")
    return pdf


def _in_object(pdf: pikepdf.Pdf, page: Any, **entries: Any) -> None:
    for key, value in entries.items():
        page["/Resources"]["/Font"]["/F1"][f"/{key}"] = value


OBJECTS: dict[str, tuple[int, Any]] = {
    "font_note": (21, lambda pdf, page: _in_object(pdf, page, Licentie=String(SECRET))),
    "font_stream": (24, lambda pdf, page: _in_object(pdf, page, Bron=loose(pdf))),
    "resource_stream": (24, lambda pdf, page: page["/Resources"].__setitem__("/Bron", loose(pdf))),
    "unused_colour": (26, lambda pdf, page: page["/Resources"].__setitem__(
        "/ColorSpace", Dictionary(C1=Array([Name.Separation, Name("/Zwartkruis"), Name.DeviceGray, Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)])))),
    "halftone_name": (26, lambda pdf, page: page["/Resources"].__setitem__(
        "/ExtGState", Dictionary(G1=Dictionary(HT=Dictionary(HalftoneType=1, HalftoneName=String(SECRET)))))),
}  # fmt: skip
for _name, (_row, _change) in OBJECTS.items():
    add_beside(_row, _name, with_page(_change))


@beside(21)
def prepress_note(visible: bool) -> pikepdf.Pdf:
    pdf = _with_image(visible)
    spec = Dictionary(F=String(f"H:/{SECRET}/foto.tif"))
    pdf.pages[0].obj.Resources.XObject.Im["/OPI"] = Dictionary({"/2.0": spec})
    return pdf


@beside(5)
def form_note(visible: bool) -> pikepdf.Pdf:
    def made(pdf: pikepdf.Pdf) -> dict[str, Any]:
        found = Stream(pdf, b"0 0 10 10 re f")
        found["/Type"], found["/Subtype"], found["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 10, 10])
        found["/Name"] = Name("/Zwartkruis")
        found["/Ref"] = Dictionary(F=String(f"{SECRET}.pdf"), Page=0)
        found["/PieceInfo"] = Dictionary(Word=Dictionary(Private=loose(pdf)))
        found["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
        return {"Fm": pdf.make_indirect(found)}

    return document((SHOWN if visible else b"") + b"/Fm Do\n", XObject=made)

"""Attacks in annotations, links, forms and signatures (rows 12 to 15)."""
from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.unit.pdf.attacks.page import BOX, SECRET, Attack, add_beside, beside, content, form, plain


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


@beside(12)
def note(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Text, Contents=String(f"Dit is {SECRET}"), T=String("Controleur"))


@beside(12)
def rich_note(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Text, RC=String(f"<p>{SECRET}</p>"))


@beside(12)
def highlight(visible: bool) -> pikepdf.Pdf:
    quads = Array([196, 714, 276, 714, 196, 694, 276, 694])
    return annotated(
        visible, Subtype=Name.Highlight, Rect=Array(list(BOX)), QuadPoints=quads, C=Array([1, 1, 0]),
        Contents=String(SECRET),
    )  # fmt: skip


@content(12)
def free_text_over_box(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(False, Subtype=Name.FreeText, Contents=String(SECRET), Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@content(12)
def stamp_over_box(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(False, Subtype=Name.Stamp, Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@beside(13)
def mail_link(visible: bool) -> pikepdf.Pdf:
    return annotated(visible, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"mailto:{SECRET}@example.nl")))


@beside(13)
def web_link(visible: bool) -> pikepdf.Pdf:
    address = f"https://example.nl/medewerkers/{SECRET}"
    return annotated(visible, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(address)))


def field(visible: bool, **entries: Any) -> pikepdf.Pdf:
    pdf = annotated(visible, **({"Subtype": Name.Widget, "FT": Name.Tx, "T": String("veld")} | entries))
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]), DA=String("/Helv 0 Tf 0 g"))
    return pdf


@beside(14)
def field_value(visible: bool) -> pikepdf.Pdf:
    return field(visible, V=String(SECRET), DV=String(SECRET), TU=String(SECRET))


@beside(14)
def field_options(visible: bool) -> pikepdf.Pdf:
    return field(visible, FT=Name.Ch, Opt=Array([String("Anders"), String(SECRET)]), F=2)


@content(14)
def field_appearance(visible: bool) -> pikepdf.Pdf:
    pdf = field(False, V=String(SECRET), Rect=Array([196, 694, 296, 714]))
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"/Tx BMC BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET EMC")
    return pdf


@beside(14)
def xfa(visible: bool) -> pikepdf.Pdf:
    pdf = field(visible)
    pdf.Root.AcroForm["/XFA"] = pdf.make_indirect(Stream(pdf, f"<xdp><naam>{SECRET}</naam></xdp>".encode()))
    return pdf


@beside(15)
def signature(visible: bool) -> pikepdf.Pdf:
    value = Dictionary(Type=Name.Sig, Name=String(SECRET), Reason=String("akkoord"), ContactInfo=String(SECRET))
    return field(visible, FT=Name.Sig, V=value)


# --- more notes -----------------------------------------------------------------------------------------------------
def of_kind(kind: str, **entries: Any) -> Attack:
    """An annotation of some kind with these entries, away from the box."""
    return lambda visible: annotated(visible, Subtype=Name(f"/{kind}"), **entries)


NOTES: dict[str, Attack] = {
    "note_title": of_kind("Text", T=String(SECRET), Subj=String(SECRET)),
    "note_name": of_kind("Text", NM=String(SECRET), Contents=String("gezien")),
    "note_utf16": of_kind("Text", Contents=String(f"Ψ {SECRET}")),
    "note_hidden": of_kind("FreeText", F=2, Contents=String(SECRET), DA=String("/Helv 12 Tf")),
    "note_style": of_kind("FreeText", Contents=String("x"), DS=String(f"font: 12pt {SECRET}"), DA=String("/Helv 9 Tf")),
    "note_caret": of_kind("Caret", Contents=String(SECRET)),
    "note_line": of_kind("Line", L=Array([300, 500, 400, 520]), Contents=String(SECRET)),
    "note_ink": of_kind("Ink", InkList=Array([Array([300, 500, 400, 520])]), Contents=String(SECRET)),
    "note_watermark": of_kind("Watermark", Contents=String(SECRET)),
    "redact_proposal": of_kind("Redact", OverlayText=String(SECRET), QuadPoints=Array([])),
    "note_own_entry": of_kind("Square", Afdeling=Dictionary(Behandelaar=String(SECRET))),
}
for _name, _attack in NOTES.items():
    add_beside(12, _name, _attack)


@beside(12)
def popup_and_reply(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.Text, Contents=String("vraag"))
    first = pdf.pages[0].obj.Annots[0]
    place = Array([400, 500, 500, 560])
    reply = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=place, IRT=first, Contents=String(f"vraag {SECRET}"))
    popup = Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=place, Parent=first, Contents=String(SECRET))
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(reply))
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(popup))
    return pdf


@beside(12)
def looks_that_are_not_shown(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.Stamp, AS=Name("/Aan"))
    seen, other = form(pdf, b"0 0 10 10 re f"), form(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    states = Dictionary({"/Aan": seen, "/Uit": other})
    pdf.pages[0].obj["/Annots"][0]["/AP"] = Dictionary(N=states, R=other, D=other)
    return pdf


@beside(12)
def hidden_stamp(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.Stamp, F=2)
    pdf.pages[0].obj["/Annots"][0]["/AP"] = looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@beside(12)
def stamp_without_size(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.Stamp)
    stamp = pdf.pages[0].obj["/Annots"][0]
    stamp["/Rect"], stamp["/AP"] = Array([90, 90, 90, 90]), looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


@beside(22)
def stamp_in_a_hidden_layer(visible: bool) -> pikepdf.Pdf:
    pdf = annotated(visible, Subtype=Name.Stamp)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag")))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    stamp = pdf.pages[0].obj["/Annots"][0]
    stamp["/OC"], stamp["/AP"] = layer, looks(pdf, b"BT /F1 12 Tf 4 6 Td (Zwartkruis) Tj ET")
    return pdf


def _link(action: Dictionary) -> Attack:
    return of_kind("Link", A=action)


LINKS: dict[str, Attack] = {
    "link_file": _link(Dictionary(S=Name.GoToR, F=String(f"H:/{SECRET}/brief.pdf"), D=Array([0, Name.Fit]))),
    "link_program": _link(Dictionary(S=Name.Launch, F=String(f"{SECRET}.exe"))),
    "link_form": _link(Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(f"https://x.nl/{SECRET}")))),
    "link_escaped": _link(Dictionary(S=Name.URI, URI=String("https://x.nl/?naam=Zwart%6Bruis"))),
    "link_second": of_kind("Link", PA=Dictionary(S=Name.URI, URI=String(f"https://x.nl/{SECRET}"))),
    "link_named_place": of_kind("Link", Dest=String(f"brief {SECRET}")),
    "link_next": _link(
        Dictionary(
            S=Name.URI, URI=String("https://x.nl/"), Next=Dictionary(S=Name.URI, URI=String(f"https://x.nl/{SECRET}"))
        )
    ),
    "link_note": of_kind("Link", Contents=String(SECRET), A=Dictionary(S=Name.URI, URI=String("https://x.nl/"))),
}
for _name, _attack in LINKS.items():
    add_beside(13, _name, _attack)


# --- more fields and signatures -------------------------------------------------------------------------------------
def with_field(**entries: Any) -> Attack:
    return lambda visible: field(visible, **entries)


def _stream_value(visible: bool) -> pikepdf.Pdf:
    pdf = field(visible)
    pdf.pages[0].obj.Annots[0]["/V"] = pdf.make_indirect(Stream(pdf, SECRET.encode()))
    return pdf


FIELDS: dict[str, Attack] = {
    "field_rich": with_field(RV=String(f"<p>{SECRET}</p>")),
    "field_name": with_field(T=String(f"naam_{SECRET}"), TM=String(SECRET)),
    "field_caption": with_field(FT=Name.Btn, MK=Dictionary(CA=String(SECRET), RC=String(SECRET))),
    "field_script": with_field(
        AA=Dictionary(C=Dictionary(S=Name.JavaScript, JS=String(f"event.value = '{SECRET}'")))
    ),
    "field_stream": _stream_value,
}
for _name, _attack in FIELDS.items():
    add_beside(14, _name, _attack)


@beside(14)
def field_without_place(visible: bool) -> pikepdf.Pdf:
    pdf = field(visible)
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x"), V=String(SECRET))))
    return pdf


@beside(14)
def xfa_in_packets(visible: bool) -> pikepdf.Pdf:
    pdf = field(visible)
    packet = pdf.make_indirect(Stream(pdf, f"<naam>{SECRET}</naam>".encode()))
    pdf.Root.AcroForm["/XFA"] = Array([String("datasets"), packet])
    return pdf


@beside(15)
def signature_contents(visible: bool) -> pikepdf.Pdf:
    certificate = b"0\x82\x01\x00\x0c\x0a" + SECRET.encode() + bytes(64)
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String(certificate))
    return field(visible, FT=Name.Sig, V=value)


@beside(15)
def signature_properties(visible: bool) -> pikepdf.Pdf:
    build = Dictionary(App=Dictionary(Name=Name("/Zwartkruis"), OS=Array([Name.Win])))
    return field(visible, FT=Name.Sig, V=Dictionary(Type=Name.Sig, Prop_Build=build, Location=String(SECRET)))


@beside(15)
def certificate_store(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    certificate = pdf.make_indirect(Stream(pdf, b"0\x82\x01\x00\x0c\x0a" + SECRET.encode() + bytes(64)))
    pdf.Root["/DSS"] = Dictionary(Certs=Array([certificate]))
    return pdf


@beside(15)
def usage_rights(visible: bool) -> pikepdf.Pdf:
    pdf = plain(visible)
    pdf.Root["/Perms"] = Dictionary(DocMDP=pdf.make_indirect(Dictionary(Type=Name.Sig, Name=String(SECRET))))
    return pdf

"""Attacks in words beside the drawing: marked content and the structure tree (rows 10 and 11)."""
from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.unit.pdf.attacks.page import (
    SECRET,
    SHOWN,
    Attack,
    add_beside,
    add_content,
    beside,
    content,
    document,
    form,
)


@content(10)
def actual_text_inline(visible: bool) -> pikepdf.Pdf:
    return document(b"/Span <</ActualText (Zwartkruis)>> BDC " + SHOWN + b"EMC\n")


@content(10)
def actual_text_properties(visible: bool) -> pikepdf.Pdf:
    def properties(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"MC0": pdf.make_indirect(Dictionary(ActualText=String(SECRET), Alt=String(SECRET)))}

    return document(b"/Span /MC0 BDC " + SHOWN + b"EMC\n", Properties=properties)


def _letter_by_letter(visible: bool) -> pikepdf.Pdf:
    """Marks of one letter each around nothing: only together do they tell."""
    marks = b"".join(b"/Span <</ActualText <FEFF%04X>>> BDC EMC\n" % ord(c) for c in SECRET)
    return document((SHOWN if visible else b"") + marks)


add_beside(10, "letter_by_letter", _letter_by_letter)


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


@beside(11)
def elements_of_one_letter(visible: bool) -> pikepdf.Pdf:
    """Elements around nothing, each for one letter: only together do they tell."""
    pdf = tagged(visible)
    paragraph = pdf.Root.StructTreeRoot.K.K[0]
    letters = [Dictionary(Type=Name.StructElem, S=Name.Span, P=paragraph, ActualText=String(c)) for c in SECRET]
    paragraph["/K"] = Array([0, *(pdf.make_indirect(element) for element in letters)])
    return pdf


for _key in ("Alt", "ActualText", "T", "E", "ID"):
    add_beside(11, f"structure_{_key.lower()}", _tag(_key))


@beside(11)
def structure_role(visible: bool) -> pikepdf.Pdf:
    pdf = tagged(visible, S=Name("/Naam_Zwartkruis"))
    pdf.Root.StructTreeRoot["/RoleMap"] = Dictionary({"/Naam_Zwartkruis": Name.P})
    return pdf


@beside(10)
def unused_property(visible: bool) -> pikepdf.Pdf:
    def properties(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"MC9": pdf.make_indirect(Dictionary(ActualText=String(SECRET)))}

    return document(SHOWN if visible else b"", Properties=properties)


def _replacement(entry: bytes) -> Attack:
    """The visible name inside marked content with an entry that says it again."""
    return lambda visible: document(b"/Span <<" + entry + b">> BDC " + SHOWN + b"EMC\n")


UTF16 = b"\xfe\xff" + SECRET.encode("utf-16-be")
WAYS: dict[str, bytes] = {
    "actual_text_hex": b"/ActualText <" + SECRET.encode().hex().encode() + b">",
    "actual_text_utf16": b"/ActualText <" + UTF16.hex().encode() + b">",
    "actual_text_utf16_bytes": b"/ActualText (" + UTF16 + b")",
    "actual_text_utf8": b"/ActualText (\xef\xbb\xbf" + SECRET.encode() + b")",
    "actual_text_octal": b"/ActualText (" + b"".join(b"\\%03o" % c for c in SECRET.encode()) + b")",
    "alt_inline": b"/Alt (Zwartkruis)",
    "expansion_inline": b"/E (Zwartkruis)",
}
for _name, _entry in WAYS.items():
    add_content(10, _name, _replacement(_entry))


@content(10)
def actual_text_in_pieces(visible: bool) -> pikepdf.Pdf:
    first = b"/Span <</ActualText (Zwart)>> BDC BT /F1 12 Tf 200 700 Td (Zwart) Tj ET EMC\n"
    return document(first + b"/Span <</ActualText (kruis)>> BDC BT /F1 12 Tf 231.34 700 Td (kruis) Tj ET EMC\n")


@content(10)
def actual_text_around_a_form(visible: bool) -> pikepdf.Pdf:
    body = b"/Span <</ActualText (Zwartkruis)>> BDC /Fm Do EMC\n"
    return document(body, XObject=lambda pdf: {"Fm": form(pdf, SHOWN)})


@beside(10)
def actual_text_around_nothing(visible: bool) -> pikepdf.Pdf:
    return document((SHOWN if visible else b"") + b"/Span <</ActualText (Zwartkruis)>> BDC q Q EMC\n")


@beside(10)
def actual_text_on_other_text(visible: bool) -> pikepdf.Pdf:
    other = b"BT /F1 12 Tf 72 500 Td (Zie boven) Tj ET "
    return document((SHOWN if visible else b"") + b"/Span <</Alt (Zwartkruis)>> BDC " + other + b"EMC\n")


@beside(10)
def actual_text_read_for_other_text(visible: bool) -> pikepdf.Pdf:
    """PDFium reads the name in place of what is shown, so that it seems to stay on the page."""
    other = b"BT /F1 12 Tf 72 500 Td (Zie boven) Tj ET "
    return document((SHOWN if visible else b"") + b"/Span <</ActualText (Zwartkruis)>> BDC " + other + b"EMC\n")


# --- more of the structure tree -------------------------------------------------------------------------------------
def in_tree(change: Any, **entries: Any) -> Attack:
    """The tagged page after `change(pdf, tree, paragraph)`."""

    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = tagged(visible, **entries)
        change(pdf, pdf.Root.StructTreeRoot, pdf.Root.StructTreeRoot.K.K[0])
        return pdf

    return attack


def _class(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    tree["/ClassMap"] = Dictionary({"/Stijl_Zwartkruis": Dictionary(O=Name.Layout)})
    paragraph["/C"] = Name("/Stijl_Zwartkruis")


def _properties(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    row = Dictionary(N=String("auteur"), V=String(SECRET), F=String(SECRET))
    paragraph["/A"] = Dictionary(O=Name.UserProperties, P=Array([row]))


def _table(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    paragraph["/A"] = Dictionary(O=Name.Table, Summary=String(f"bedragen van {SECRET}"))


def _ids(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    tree["/IDTree"] = pdf.make_indirect(Dictionary(Names=Array([String(SECRET), paragraph])))


def _parent(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    tree.K["/ActualText"] = String(SECRET)


def _spoken(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    tree["/PronunciationLexicon"] = Array([pdf.make_indirect(Stream(pdf, f"<lexeme>{SECRET}</lexeme>".encode()))])


def _space(pdf: pikepdf.Pdf, tree: Any, paragraph: Any) -> None:
    space = Dictionary(Type=Name.Namespace, NS=String(f"urn:{SECRET}"), RoleMapNS=Dictionary(Zwartkruis=Name.P))
    tree["/Namespaces"] = Array([pdf.make_indirect(space)])


TREES: dict[str, Attack] = {
    "structure_class": in_tree(_class),
    "structure_properties": in_tree(_properties),
    "structure_summary": in_tree(_table),
    "structure_ids": in_tree(_ids),
    "structure_parent": in_tree(_parent),
    "structure_lexicon": in_tree(_spoken),
    "structure_namespace": in_tree(_space),
    "structure_phoneme": lambda visible: tagged(visible, Phoneme=String(SECRET)),
    "structure_utf16": lambda visible: tagged(visible, Alt=String(f"Ψ {SECRET}")),
    "structure_utf8": lambda visible: tagged(visible, Alt=String(b"\xef\xbb\xbf" + SECRET.encode())),
    "structure_spaced": lambda visible: tagged(visible, ActualText=String(" ".join(SECRET))),
    "structure_upper_case": lambda visible: tagged(visible, ActualText=String(SECRET.upper())),
    "structure_soft_hyphen": lambda visible: tagged(visible, ActualText=String("Zwart\u00adkruis")),
}
for _name, _attack in TREES.items():
    add_beside(11, _name, _attack)


@beside(11)
def structure_orphan(visible: bool) -> pikepdf.Pdf:
    pdf = tagged(visible)
    tree = pdf.Root.StructTreeRoot
    loose = Dictionary(Type=Name.StructElem, S=Name.Span, P=tree.K, ActualText=String(SECRET))
    tree.K.K.append(pdf.make_indirect(loose))
    return pdf

"""Document cleaning by allow-list: what is not named here does not come through (checklist rows 8 to 25)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from redaction.pdf.fields import seal_fields
from redaction.pdf.fontnames import other_name
from redaction.pdf.hidden_words import HiddenWords, spaced
from redaction.pdf.imagenotes import strip_metadata
from redaction.pdf.links import clean_links
from redaction.pdf.notices import quiet_name, quieten
from redaction.pdf.outline import clean_outline
from redaction.pdf.structure import DESCRIBED, TELLING
from redaction.pdf.surplus import cut_surplus

CATALOG = {
    "/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/PageLabels", "/PageLayout", "/PageMode",
    "/ViewerPreferences", "/Version", "/AcroForm",
}  # fmt: skip
PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/StructParents",
    "/Tabs", "/Annots", "/Group",
}  # fmt: skip
FORM = {
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/Resources", "/StructParent", "/StructParents",
    "/Length", "/Filter", "/DecodeParms",
}  # fmt: skip
IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/DecodeParms", "/Filter",
    "/ImageMask", "/Mask", "/SMask", "/SMaskInData", "/Intent", "/Interpolate", "/Matte", "/StructParent", "/Length",
}  # fmt: skip
FONT = {
    "/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/Encoding",
    "/ToUnicode", "/DescendantFonts", "/CIDSystemInfo", "/DW", "/W", "/DW2", "/W2", "/CIDToGIDMap", "/FontBBox",
    "/FontMatrix", "/CharProcs", "/Resources", "/Name",
}  # fmt: skip
DESCRIPTOR = {
    "/Type", "/FontName", "/FontFamily", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox", "/ItalicAngle",
    "/Ascent", "/Descent", "/Leading", "/CapHeight", "/XHeight", "/StemV", "/StemH", "/AvgWidth", "/MaxWidth",
    "/MissingWidth", "/FontFile", "/FontFile2", "/FontFile3", "/CharSet", "/CIDSet", "/Style", "/FD",
}  # fmt: skip
RESOURCES = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"}
STATE = {
    "/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/OP", "/op", "/OPM", "/Font", "/BG", "/BG2", "/UCR", "/UCR2",
    "/TR", "/TR2", "/FL", "/SM", "/SA", "/BM", "/SMask", "/CA", "/ca", "/AIS", "/TK", "/UseBlackPtComp",
}  # fmt: skip
"""Entries of a graphics state: all but the screens of a printing press, which have names of their own."""
STRUCTURE = {
    "/Type", "/S", "/ID", "/P", "/Pg", "/K", "/A", "/C", "/R", "/Lang", "/Alt", "/E", "/ActualText", "/T", "/NS",
    "/Phoneme", "/PhoneticAlphabet",
}  # fmt: skip
NOWHERE = (
    "/PieceInfo", "/Metadata", "/LastModified", "/Thumb", "/AF", "/JS", "/OC", "/OPI", "/AA", "/Ref", "/Alternates",
    "/SpiderInfo", "/ID3", "/Measure", "/PtData", "/F", "/FFilter", "/FDecodeParms",
)  # fmt: skip
STREAM_ONLY = {"/F", "/FFilter", "/FDecodeParms"}
TITLE = "Openbaar gemaakt document"
LANGUAGE = "nl-NL"
"""Of a document that does not say in which language it is."""
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
UNSAID = "weggelakt"
"""What stands for a picture of which the description told what is hidden."""
PREFERENCES = {"/DisplayDocTitle", "/Direction", "/HideToolbar", "/HideMenubar", "/FitWindow", "/CenterWindow"}
VALUES = {
    "/PageMode": {"/UseNone", "/UseOutlines", "/UseThumbs", "/FullScreen"},
    "/PageLayout": {"/SinglePage", "/OneColumn", "/TwoColumnLeft", "/TwoColumnRight", "/TwoPageLeft", "/TwoPageRight"},
    "/Version": {"/1.2", "/1.3", "/1.4", "/1.5", "/1.6", "/1.7", "/2.0"},
    "/Direction": {"/L2R", "/R2L"},
    "/Tabs": {"/R", "/C", "/S", "/A", "/W"},
    "/Intent": {"/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation", "/Perceptual"},
    "/PhoneticAlphabet": {"/ipa", "/x-sampa", "/zh-Latn-pinyin", "/zh-Latn-wadegile"},
}
"""Entries of catalog, pages and tags whose value is one of a few names (ISO 32000-2, tables 29, 31, 147 and 355)."""
REMARK = re.compile(rb"%[^\r\n]*")
CALCULATED = 4
"""The type of function that is written in PostScript (ISO 32000-2, 7.10.5)."""
DEEPEST = 40


def clean_document(
    pdf: pikepdf.Pdf, hidden: HiddenWords, visible: Callable[[int], str], *, title: str = TITLE, universal: bool = False
) -> None:
    """Clean everything but the content of pages.

    `visible(page)` gives the text that stays on a page, for headings in the outline. `universal` says that the result
    still follows PDF/UA, so that its mark may stay.
    """
    root = pdf.Root
    clean_links(pdf)
    clean_outline(pdf, visible)
    packet = "/Metadata" in root or "/StructTreeRoot" in root
    seal_fields(pdf)
    _only(root, CATALOG)
    _clean_catalog(root)
    for key in ("/Info", "/ID", "/Prev", "/XRefStm"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for page in pdf.pages:
        _only(page.obj, PAGE)
        _only_values(page.obj)
    _clean_objects(pdf)
    _clean_roles(root, hidden)
    quieten(pdf, hidden, deep=scrub(pdf, hidden) > 0)
    if not LANGUAGE_TAG.fullmatch(_safe(root.get("/Lang", ""))):
        root["/Lang"] = String(LANGUAGE)
    if packet:
        _new_packet(pdf, title, universal)
    else:
        pdf.docinfo["/Title"] = title


def scrub(pdf: pikepdf.Pdf, hidden: HiddenWords) -> int:
    """Empty every string in the object graph that still holds a hidden word; how many there were.

    The description of a picture says so instead: a picture without any is no longer accessible (PDF/UA-1, 7.3).
    """
    if not hidden:
        return 0
    return sum(_scrub(item, hidden, 0) for item in pdf.objects if isinstance(item, Dictionary | Stream | Array))


def _clean_catalog(root: Object) -> None:
    preferences = root.get("/ViewerPreferences")
    if isinstance(preferences, Dictionary):
        _only(preferences, PREFERENCES)
        _only_values(preferences)
    _only_values(root)
    labels = root.get("/PageLabels")
    if isinstance(labels, Dictionary):
        try:
            for _, label in pikepdf.NumberTree(labels).items():
                _only(label, {"/Type", "/S", "/St"})
        except Exception:  # a broken tree: page labels are a convenience
            del root["/PageLabels"]


def _clean_objects(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if not isinstance(item, Dictionary | Stream):
            continue
        typed = isinstance(item, Stream) or "/Type" in item or "/Subtype" in item
        if typed or ("/S" in item and ("/P" in item or "/JS" in item)):
            for key in NOWHERE:  # a plain dictionary may be a table of names, where these mean something else
                if key in item and (key not in STREAM_ONLY or isinstance(item, Stream)):
                    del item[key]
        kind = item.get("/Subtype")
        if isinstance(item, Stream):
            cut_surplus(item)
            _drop_remarks(item)
        if isinstance(item, Stream) and kind == "/Image":
            _only(item, IMAGE)
            _only_values(item)
            strip_metadata(item)
        elif isinstance(item, Stream) and kind == "/Form":
            _only(item, FORM)
        if item.get("/Type") == "/Font":
            _only(item, FONT)
        elif item.get("/Type") == "/FontDescriptor":
            _only(item, DESCRIPTOR)
        _clean_resources(item.get("/Resources"))
        if item.get("/Type") == "/StructElem":
            _only(item, STRUCTURE)
            _only_values(item)
            _quiet_element(item)


def _drop_remarks(item: Stream) -> None:
    """Take the comments out of the PostScript of functions and of maps of codes."""
    if item.get("/FunctionType") != CALCULATED and item.get("/CMapName") is None and item.get("/Type") != "/CMap":
        return
    try:
        data = item.read_bytes()
    except pikepdf.PdfError:  # the check of the result decides
        return
    bare = REMARK.sub(b"", data)
    if bare != data:
        item.write(bare)


def _quiet_element(element: Dictionary) -> None:
    """An element around nothing stands for nothing: what it says goes, but a picture keeps its description."""
    kids = element.get("/K")
    if kids is None or (isinstance(kids, Array) and not len(kids)):
        pictured = str(element.get("/S")) in DESCRIBED
        for key in TELLING:
            if key in element and not (pictured and key == "/Alt"):
                del element[key]


def _clean_resources(resources: Any) -> None:
    if not isinstance(resources, Dictionary):
        return
    _only(resources, RESOURCES)
    objects = resources.get("/XObject")
    for key, value in list(objects.items()) if isinstance(objects, Dictionary) else []:
        if not isinstance(value, Stream) or value.get("/Subtype") not in ("/Image", "/Form"):
            del objects[key]
    states = resources.get("/ExtGState")
    for state in states.values() if isinstance(states, Dictionary) else []:
        _only(state, STATE)
    properties = resources.get("/Properties")
    if isinstance(properties, Dictionary):
        for key, value in list(properties.items()):
            if not isinstance(value, Dictionary) or value.get("/Type") in ("/OCG", "/OCMD"):
                del properties[key]
            else:
                _only(value, {"/MCID", "/Lang", "/ActualText", "/Alt", "/E", "/Type", "/Subtype", "/BBox", "/Attached"})


def _clean_roles(root: Object, hidden: HiddenWords) -> None:
    tree = root.get("/StructTreeRoot")
    if not isinstance(tree, Dictionary):
        return
    _only(tree, {"/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap", "/Namespaces"})
    for key in ("/RoleMap", "/ClassMap"):
        table = tree.get(key)
        if isinstance(table, Dictionary):
            for name in [n for n in table.keys() if hidden.within(spaced(n))]:  # noqa: SIM118
                del table[name]
    for space in tree.get("/Namespaces", []):
        if isinstance(space, Dictionary):
            _only(space, {"/Type", "/NS"})


def _only(item: Any, keys: set[str]) -> None:
    if not isinstance(item, Dictionary | Stream):
        return
    for key in list(item.keys()):
        if key not in keys:
            del item[key]


def _only_values(item: Any) -> None:
    for key, values in VALUES.items():
        if key in item and _safe(item[key]) not in values:
            del item[key]


def _scrub(item: Any, hidden: HiddenWords, depth: int) -> int:
    if depth > DEEPEST:
        return 0
    count = _scrub_names(item, hidden)
    pairs: list[tuple[Any, Any]] = list(enumerate(item)) if isinstance(item, Array) else list(item.items())
    for key, value in pairs:
        if isinstance(value, String):
            if _told(value, hidden):
                item[key] = String(UNSAID if key == "/Alt" else "")
                count += 1
        elif isinstance(value, Name):
            new = _new_name(item, key, _safe(value), hidden)
            if new is not None:
                item[key] = new
                count += 1
        elif isinstance(value, Dictionary | Array) and not value.is_indirect:
            count += _scrub(value, hidden, depth + 1)
    return count


def _scrub_names(item: Any, hidden: HiddenWords) -> int:
    """Names that a maker gave to attributes of tags, to letters, and to the inks of a colour space; how many went."""
    count = _scrub_letters(item, hidden) if isinstance(item, Dictionary) else 0
    if isinstance(item, Dictionary) and "/O" in item:
        for key in [k for k in item.keys() if hidden.within(spaced(k))]:  # noqa: SIM118  a pikepdf object is no dict
            del item[key]
            count += 1
    elif isinstance(item, Array) and len(item) > 3 and item[0] == "/DeviceN" and isinstance(item[1], Array):
        told = [i for i, name in enumerate(item[1]) if hidden.within(spaced(_safe(name)))]
        for i in told:
            item[1][i] = Name(f"/Kleur{i + 1}")
        if told and len(item) > 4:  # says more about the same inks
            del item[4]
        count += len(told)
    return count


def _scrub_letters(item: Dictionary, hidden: HiddenWords) -> int:
    """Names of letters in an encoding, and of the glyphs of a Type 3 font."""
    listed, drawn = item.get("/Differences"), item.get("/CharProcs")
    found: list[tuple[Any, Any, Any]] = []
    if isinstance(listed, Array):
        found += [(listed, i, name) for i, name in enumerate(listed) if isinstance(name, Name)]
    if isinstance(drawn, Dictionary):
        found += [(drawn, key, Name(key)) for key in drawn.keys()]  # noqa: SIM118
    changed = 0
    for holder, key, name in found:
        written = _safe(name)[1:].encode("utf-8")
        quiet = quiet_name(written, hidden)
        if quiet == written:
            continue
        changed += 1
        other = Name(f"/{quiet.decode('utf-8')}")
        if holder is drawn:
            drawn[other] = drawn[key]
            del drawn[key]
        else:
            holder[key] = other
    return changed


def _new_name(item: Any, key: Any, name: str, hidden: HiddenWords) -> Name | None:
    """Another name for a kind of content, font or colour that is called after what is hidden; None for the others."""
    if key in ("/BaseFont", "/FontName"):
        other = other_name(name, hidden)
        return None if other is None else Name(other)
    telling = key in ("/S", "/C", "/NSO") or (isinstance(item, Array) and key == 1)
    if not telling or not hidden.within(spaced(name)):
        return None
    if isinstance(item, Array):
        return Name("/Kleur") if item[0] == "/Separation" else None
    return Name.Span


def _safe(value: Any) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""


def _told(value: String, hidden: HiddenWords) -> bool:
    text = _safe(value)
    raw = bytes(value)
    ways = () if raw.isascii() else (raw.decode("latin-1"), raw.decode("utf-8", "ignore"))
    return hidden.within(text) or any(hidden.within(way) for way in ways)


def _new_packet(pdf: pikepdf.Pdf, title: str, universal: bool) -> None:
    """XMP with nothing but the title; a file that had none and is not tagged is told its title in fewer bytes."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        if universal:
            metadata["pdfuaid:part"] = "1"

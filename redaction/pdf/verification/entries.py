"""Checks on the entries of a file by allow-list: what is not known to be harmless is a finding (rows 12 to 24)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from redaction.pdf.report import Finding

CATALOG = {
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences",
    "/PageLayout", "/PageMode", "/Outlines", "/Metadata", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents",
}  # fmt: skip
TRAILER = {
    "/Root", "/Size", "/Info", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms", "/Prev",
    "/XRefStm", "/DocChecksum", "/Encrypt",
}  # fmt: skip
PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents",
    "/Rotate", "/Group", "/Annots", "/Tabs", "/StructParents", "/UserUnit", "/Trans", "/Dur",
}  # fmt: skip
LINK = {
    "/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/A", "/Dest", "/StructParent", "/P",
    "/F",
}  # fmt: skip
FIELD = {
    "/Type", "/Subtype", "/Rect", "/StructParent", "/F", "/FT", "/Ff", "/T", "/TU", "/H", "/AP",
}  # fmt: skip
IMAGE = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/DecodeParms", "/Filter",
    "/ImageMask", "/Mask", "/SMask", "/SMaskInData", "/Intent", "/Interpolate", "/Matte", "/StructParent", "/Length",
    "/Name",
}  # fmt: skip
FORM = {
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/Resources", "/StructParent", "/StructParents",
    "/Length", "/Filter", "/DecodeParms", "/Name",
}  # fmt: skip
RESOURCES = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/ProcSet"}
VALUES = {
    "/PageMode": re.compile(r"/(UseNone|UseOutlines|UseThumbs|UseOC|UseAttachments|FullScreen)"),
    "/PageLayout": re.compile(r"/(SinglePage|OneColumn|Two(Column|Page)(Left|Right))"),
    "/Version": re.compile(r"/\d\.\d"),
    "/Direction": re.compile(r"/(L2R|R2L)"),
    "/Tabs": re.compile(r"/[RCSAW]"),
}
"""What the names may be that these entries of catalog, viewer preferences and pages have."""
INFO = {"/Title", "/ModDate", "/CreationDate", "/Producer", "/Trapped"}
NAMES = {"/Dests"}
XMP = {
    "xmpmeta", "xapmeta", "RDF", "Description", "Alt", "Bag", "Seq", "li", "title", "language", "Producer", "Trapped",
    "part", "conformance", "amd", "rev", "CreateDate", "ModifyDate", "MetadataDate", "format",
}  # fmt: skip
"""Elements and properties of XMP that tell neither maker nor history."""
ELEMENT = re.compile(r"<\s*(?:[A-Za-z][\w-]*:)?([A-Za-z][\w-]*)(?![\w:-])")
PROPERTY = re.compile(r"\s(?!xmlns)[A-Za-z][\w-]*:([A-Za-z][\w-]*)\s*=")
ATTRIBUTES = {"about", "xmptk", "lang", "parseType", "resource"}

PUSH_BUTTON, FILLED, NUMBERED = 65537, "ingevuld veld", re.compile(r"veld \d+")
"""Flags, description and names of a field that can do and say nothing."""
ATTACHED = "Er zit een ander bestand in het PDF-bestand."
SCRIPT = "Het bestand bevat een script of opdracht."
OWN = "Een programma heeft eigen gegevens in het bestand gezet."
KNOWN: dict[str, tuple[str, str]] = {
    "/OpenAction": ("scripts", "Het bestand voert bij het openen een opdracht uit."),
    "/AA": ("scripts", SCRIPT),
    "/JS": ("scripts", SCRIPT),
    "/JavaScript": ("scripts", SCRIPT),
    "/PresSteps": ("scripts", SCRIPT),
    "/XFA": ("scripts", "Het bestand bevat een dynamisch formulier."),
    "/AcroForm": ("forms", "Het bestand bevat een invulformulier."),
    "/EF": ("attachments", ATTACHED),
    "/EmbeddedFiles": ("attachments", ATTACHED),
    "/AF": ("attachments", ATTACHED),
    "/Ref": ("attachments", ATTACHED),
    "/Collection": ("attachments", "Het bestand is een verzameling van bestanden."),
    "/Thumb": ("thumbnails", "Er zit een oud miniatuurbeeld van een pagina in het bestand."),
    "/Alternates": ("thumbnails", "Een afbeelding heeft een andere versie van zichzelf bij zich."),
    "/OCProperties": ("layers", "Het bestand heeft lagen die verborgen kunnen zijn."),
    "/OC": ("layers", "Een onderdeel kan verborgen zijn."),
    "/Metadata": ("metadata", "Een onderdeel heeft nog eigen gegevens over de maker."),
    "/DSS": ("signatures", "Het bestand bevat gegevens van certificaten."),
    "/Perms": ("signatures", "Het bestand bevat gegevens van een handtekening."),
}
"""Entries that are more than an unknown one: their channel and what they mean, in Dutch."""
EVERYWHERE = ("/EF", "/EmbeddedFiles", "/JavaScript", "/XFA", "/JS", "/PieceInfo", "/AF", "/AA")
"""Entries that are found wherever they hang; the others count in catalog, pages, forms and images."""


def check_entries(pdf: pikepdf.Pdf) -> list[Finding]:
    """Findings for entries, annotations and metadata that may carry what no page shows."""
    jumps = {"/OpenAction"} if _is_jump(pdf.Root.get("/OpenAction")) else set()
    form = {"/AcroForm"} if _is_sealed_form(pdf.Root.get("/AcroForm")) else set()
    found = _unlisted(pdf.Root, CATALOG | jumps | form, None) + _unlisted(pdf.trailer, TRAILER, None)
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        found += _unlisted(names, NAMES, None)
    found += _values(pdf.Root, None) + _values(pdf.Root.get("/ViewerPreferences"), None)
    for index, page in enumerate(pdf.pages):
        found += _unlisted(page.obj, PAGE, index) + _values(page.obj, index) + _annotations(page.obj, index)
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            found += _object(item, pdf)
    return list(dict.fromkeys(found + _metadata(pdf)))


def _is_jump(action: Any) -> bool:
    """Whether an action only goes to a page of the file itself."""
    return isinstance(action, Array) or (isinstance(action, Dictionary) and set(action.keys()) <= {"/S", "/D", "/Type"}
                                         and action.get("/S") == "/GoTo")  # fmt: skip


def _object(item: Any, pdf: pikepdf.Pdf) -> list[Finding]:
    """Findings for one object, wherever it hangs."""
    kind, subtype = item.get("/Type"), item.get("/Subtype")
    found = [_known(key, None) for key in EVERYWHERE if key in item and _means_it(item, key)]
    if kind == "/EmbeddedFile":
        found.append(Finding(None, "attachments", ATTACHED))
    if not isinstance(item, Stream):
        return found
    if subtype == "/Image":
        found += _unlisted(item, IMAGE, None)
    elif subtype == "/Form":
        found += _unlisted(item, FORM, None)
    elif subtype == "/PS":
        found.append(Finding(None, "application data", OWN))
    resources = item.get("/Resources")
    if isinstance(resources, Dictionary):
        found += _unlisted(resources, RESOURCES, None)
    return found


def _means_it(item: Any, key: str) -> bool:
    """Whether the entry is what its name says: a plain dictionary may be a table of names."""
    return key in ("/EF", "/EmbeddedFiles", "/XFA") or isinstance(item, Stream) or "/Type" in item or "/S" in item


def _unlisted(item: Any, allowed: set[str], page: int | None) -> list[Finding]:
    return [_known(key, page) for key in item.keys() if key not in allowed]  # noqa: SIM118  a pikepdf object is no dict


def _values(item: Any, page: int | None) -> list[Finding]:
    """Findings for entries that hold another name than the format has for them."""
    if not isinstance(item, Dictionary):
        return []
    odd = [k for k, names in VALUES.items() if k in item and not names.fullmatch(_text(item[k]))]
    return [Finding(page, "application data", OWN)] if odd else []


def _known(key: str, page: int | None) -> Finding:
    channel, message = KNOWN.get(key, ("application data", OWN))
    return Finding(page, channel, message)


def _annotations(page: Dictionary, index: int) -> list[Finding]:
    found = []
    listed = page.get("/Annots")
    for annotation in listed if isinstance(listed, Array) else []:
        if not isinstance(annotation, Dictionary):
            continue
        kind = annotation.get("/Subtype")
        if kind == "/Redact":
            found.append(Finding(index, "redact proposals", "Een lakvoorstel is getekend, maar nooit uitgevoerd."))
        elif kind == "/Widget" and not _is_sealed(annotation):
            found.append(Finding(index, "forms", "Er staat nog een invulveld op de pagina."))
        elif kind not in ("/Link", "/Widget"):
            found.append(Finding(index, "annotations", "Er staat nog een opmerking bij de pagina."))
        elif kind == "/Link":
            told = {"/Contents"} if _tells_its_address(annotation) else set()
            found += [*_unlisted(annotation, LINK | told, index), *_link(annotation, index)]
    return found


def _is_sealed_form(form: Any) -> bool:
    """Whether a form is nothing but a list of sealed fields."""
    if not isinstance(form, Dictionary) or set(form.keys()) != {"/Fields"} or not isinstance(form["/Fields"], Array):
        return False
    return all(isinstance(f, Dictionary) and _is_sealed(f) for f in form["/Fields"])


def _is_sealed(field: Dictionary) -> bool:
    """Whether a field has a look and a place alone: a button without a value, a choice, an action or a name."""
    looks = field.get("/AP")
    if not set(field.keys()) <= FIELD or field.get("/FT") != "/Btn" or field.get("/Ff") != PUSH_BUTTON:
        return False
    named = NUMBERED.fullmatch(_text(field.get("/T", ""))) and _text(field.get("/TU", "")) == FILLED
    shown = isinstance(looks, Dictionary) and set(looks.keys()) == {"/N"} and isinstance(looks["/N"], Stream)
    return bool(named and shown)


def _tells_its_address(link: Dictionary) -> bool:
    """Whether the text that stands for the link is the address itself, as PDF/UA-1 (7.18.5) makes a writer do."""
    action = link.get("/A")
    return isinstance(action, Dictionary) and _text(link.get("/Contents", "")) == _text(action.get("/URI", "")) != ""


def _link(annotation: Dictionary, index: int) -> Iterator[Finding]:
    action = annotation.get("/A")
    kind = action.get("/S") if isinstance(action, Dictionary) else None
    if kind is not None and kind not in ("/URI", "/GoTo"):
        yield Finding(index, "links", "Een link opent een bestand of programma.")
    if isinstance(action, Dictionary) and "/Next" in action:
        yield Finding(index, "links", "Een link doet meer dan een adres openen.")
    address = _text(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
    if address.lower().startswith(("mailto:", "tel:")) or "@" in address:
        yield Finding(index, "links", "Een link bevat een e-mailadres of telefoonnummer.")


def _metadata(pdf: pikepdf.Pdf) -> list[Finding]:
    found = []
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary) and any(k not in INFO for k in info.keys()):  # noqa: SIM118
        found.append(Finding(None, "metadata", "Het bestand noemt nog een maker, onderwerp of trefwoorden."))
    root = pdf.Root.get("/Metadata")
    for item in pdf.objects:
        if not isinstance(item, Stream) or item.get("/Type") != "/Metadata":
            continue
        if not isinstance(root, Stream) or root.objgen != item.objgen:
            found.append(Finding(None, "metadata", "Een onderdeel heeft nog eigen gegevens over de maker."))
        elif not _is_bare(item.read_bytes()):
            found.append(Finding(None, "metadata", "Het bestand noemt nog een maker of een geschiedenis."))
    return found


def _is_bare(packet: bytes) -> bool:
    """Whether an XMP packet, in whatever encoding, holds only elements that tell neither maker nor history."""
    if packet[:2] in (b"\xfe\xff", b"\xff\xfe"):
        text = packet.decode("utf-16", "replace")
    elif b"\x00" in packet[:8]:
        text = packet.replace(b"\x00", b"").decode("latin-1")
    else:
        text = packet.decode("utf-8", "replace")
    return set(ELEMENT.findall(text)) <= XMP and set(PROPERTY.findall(text)) <= XMP | ATTRIBUTES


def _text(value: Any) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return ""

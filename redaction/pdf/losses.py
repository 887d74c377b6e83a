"""What does not come along when a document is normalised and left no trace on its pages, each with its reason."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from redaction.pdf.flatten import Dropped

MOST_PARENTS = 20
CATALOG = {
    "/OpenAction": ("script", "Een opdracht die bij het openen wordt uitgevoerd, is weggelaten."),
    "/AA": ("script", "Een opdracht in het bestand is weggelaten."),
    "/OCProperties": ("layer", "De lagen zijn samengevoegd; wat verborgen was, is weg."),
    "/Metadata": ("metadata", "De gegevens over de maker zijn weggelaten."),
    "/PieceInfo": ("application data", "Eigen gegevens van een programma zijn weggelaten."),
    "/Collection": ("attachment", "Het bestand was een verzameling van bestanden."),
    "/DSS": ("signature", "De gegevens van certificaten zijn weggelaten."),
    "/Perms": ("signature", "De rechten van een handtekening zijn weggelaten."),
    "/Threads": ("navigation", "De leesvolgorde van artikelen is weggelaten."),
}
PAGE = {
    "/AA": ("script", "Een opdracht die bij het bladeren wordt uitgevoerd, is weggelaten."),
    "/Thumb": ("thumbnail", "Een klein beeld van de pagina, dat oud kan zijn, is weggelaten."),
    "/PieceInfo": ("application data", "Eigen gegevens van een programma zijn weggelaten."),
}
SCRIPTS = ("script", "Een script van het bestand is weggelaten.")
FORM = ("form", "Het formulier is nu gewone tekst op de pagina.")
SIGNATURE = ("signature", "Van een digitale handtekening bleef het beeld; naam, reden en certificaat gingen niet mee.")


def losses(pdf: pikepdf.Pdf) -> list[Dropped]:
    """What goes, of the document as it came."""
    found = [Dropped(kind, None, why) for key, (kind, why) in CATALOG.items() if key in pdf.Root]
    if "/Metadata" not in pdf.Root and isinstance(pdf.trailer.get("/Info"), Dictionary) and len(pdf.trailer["/Info"]):
        found.append(Dropped(CATALOG["/Metadata"][0], None, CATALOG["/Metadata"][1]))
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        found.append(Dropped(SCRIPTS[0], None, SCRIPTS[1]))
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and ("/XFA" in form or len(form.get("/Fields", Array([])))):
        found.append(Dropped(FORM[0], None, FORM[1]))
    for index, page in enumerate(pdf.pages):
        found += [Dropped(kind, index, why) for key, (kind, why) in PAGE.items() if key in page.obj]
        found += [Dropped(SIGNATURE[0], index, SIGNATURE[1]) for _ in _signatures(page.obj)]
    return found


def _signatures(page: Dictionary) -> Iterator[Any]:
    """The fields on a page that somebody signed."""
    listed = page.get("/Annots")
    for field in listed if isinstance(listed, Array) else []:
        if isinstance(field, Dictionary) and _inherited(field, "/FT") == "/Sig":
            value = _inherited(field, "/V")
            if isinstance(value, Dictionary):
                yield value


def _inherited(field: Any, key: str) -> Any:
    for _ in range(MOST_PARENTS):
        if not isinstance(field, Dictionary) or key in field:
            break
        field = field.get("/Parent")
    return field.get(key) if isinstance(field, Dictionary) else None

"""The inventarislijst: one row a document, in chronological order, in the words that a reader outside understands.

The law does not ask for a list, but the courts ask that number and nature of the documents are clear.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from woo.law.grounds import ground
from woo.law.judgement import JUDGEMENT_LABELS
from woo.publish import dutch, tooi
from woo.publish.case_file import CaseFile
from woo.publish.document_entry import DocumentEntry

FILE_TYPE_LABELS = {
    "pdf": "PDF",
    "doc": "Tekstdocument",
    "image": "Afbeelding",
    "presentation": "Presentatie",
    "spreadsheet": "Rekenblad",
    "email": "E-mail",
    "html": "Webpagina",
    "note": "Notitie",
    "database": "Database",
    "xml": "XML",
    "video": "Video",
    "audio": "Geluid",
    "vcard": "Visitekaartje",
    "chat": "Chatbericht",
    "unknown": "Onbekend",
}
HEADINGS = (
    "Nummer",
    "Datum",
    "Titel",
    "Soort document",
    "Beoordeling",
    "Gronden",
    "Toelichting",
    "Bladzijden",
    "Bestand",
    "Al openbaar op",
    "Controlegetal (SHA-256)",
)


@dataclass(frozen=True)
class InventoryRow:
    """One document as text, in the order of `HEADINGS`. `date` is dd-mm-yyyy; empty texts mean: not there."""

    id: str
    date: str
    title: str
    kind: str
    judgement: str
    grounds: str
    remark: str
    pages: str
    file: str
    links: str
    sha256: str

    def cells(self) -> tuple[str, ...]:
        """The texts in the order of `HEADINGS`."""
        return astuple(self)


def inventory_rows(case: CaseFile) -> list[InventoryRow]:
    """The rows of the case; documents outside the request are not listed, since they are not part of the besluit."""
    return [_row(entry) for entry in case.listed]


def file_name(entry: DocumentEntry) -> str:
    """Where the document's file stands in the public folder; open.minvws.nl wants the same name."""
    return f"documenten/{entry.id}.pdf"


def _row(entry: DocumentEntry) -> InventoryRow:
    public = entry.has_file
    return InventoryRow(
        id=entry.id,
        date=dutch.short_date(entry.date),
        title=entry.title,
        kind=FILE_TYPE_LABELS[entry.file_type],
        judgement=JUDGEMENT_LABELS[entry.judgement],
        grounds="; ".join(ground(code).screen for code in entry.grounds),
        remark=_remark(entry),
        pages=str(entry.pages) if public and entry.pages else "",
        file=file_name(entry) if public else "",
        links=" ".join(entry.public_links),
        sha256=(entry.sha256 or "") if public else "",
    )


def _remark(entry: DocumentEntry) -> str:
    """The remark with what a reader must know about the state of the document in front of it."""
    state = ""
    if entry.withdrawal:
        reason = tooi.label("removal_reasons", entry.withdrawal.reason)
        state = f"Ingetrokken op {dutch.short_date(entry.withdrawal.on)}: {reason}."
    elif entry.suspended:
        state = "Opgeschort: het document wordt later openbaar of is onderwerp van een procedure."
    return " ".join(part for part in (state, entry.remark.strip()) if part)

"""What must be true before a case becomes public: approved files, a complete besluit, no requester, not too early."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from woo.errors import InputRejected, NotAllowed
from woo.law.dutch import date_in_words
from woo.publish.besluit_check import require_complete
from woo.publish.case_file import CaseFile
from woo.publish.inventory import inventory_rows
from woo.publish.requester_guard import check_free_of_requester, names_requester


def check_publication(case: CaseFile, documents: Collection[str], approved: Mapping[str, str]) -> None:
    """NotAllowed where a case is not ready: incomplete, too early, other files than approved, the requester in it."""
    require_complete(case)
    if case.published_on is None:
        raise NotAllowed("De dag van publicatie is niet ingevuld. Er is niets gepubliceerd. Vul deze in.")
    if case.files and case.release_date and case.published_on < case.release_date:
        raise NotAllowed(
            f"De documenten mogen pas op {date_in_words(case.release_date)} openbaar worden (artikel 4.4, "
            "vijfde lid, van de Woo). Er is niets gepubliceerd. Publiceer op of na die dag."
        )
    expected = {entry.id for entry in case.files}
    if expected != set(documents) or expected != set(approved):
        wrong = sorted(expected ^ set(documents) | expected ^ set(approved))
        raise NotAllowed(
            "Van deze documenten mist het bestand of de goedkeuring, of zij horen er niet bij: "
            f"{', '.join(wrong[:20])}. Er is niets gepubliceerd. Controleer beoordeling en goedkeuring."
        )
    for entry in case.files:
        if entry.sha256 != approved[entry.id]:
            raise NotAllowed(
                f"Voor document {entry.id} is een ander bestand goedgekeurd. Er is niets gepubliceerd. "
                "Laat het document opnieuw controleren en goedkeuren."
            )
    check_free_of_requester(_public_texts(case), case.requester)


def check_besluit(besluit_pdf: bytes, case: CaseFile) -> None:
    """NotAllowed where the besluit is a concept, cannot be read, or shows data of the requester in its text."""
    try:
        reader = PdfReader(BytesIO(besluit_pdf))
        texts = [page.extract_text() for page in reader.pages]
        facts = [str(value) for value in (reader.metadata or {}).values()]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        raise InputRejected("Het besluit is geen leesbare PDF. Er is niets gepubliceerd. Maak het opnieuw.") from None
    if any(text.lower().startswith("concept") for text in facts):
        raise NotAllowed("Het besluit is nog een concept. Er is niets gepubliceerd. Stel het besluit eerst vast.")
    if case.requester and any(names_requester(text, case.requester) for text in [" ".join(texts), *facts]):
        raise NotAllowed(
            "In het besluit staan gegevens van de verzoeker. Er is niets gepubliceerd. "
            "Gebruik de versie voor publicatie en haal de gegevens uit de teksten."
        )


def _public_texts(case: CaseFile) -> dict[str, object]:
    """Every text that the lists, the metadata and the page will show."""
    return {
        "onderwerp": case.subject,
        "samenvatting": case.summary,
        "onderdeel": case.directorate,
        "document": {row.id: row.cells() for row in inventory_rows(case)},
    }

"""What a besluit still lacks before it may be signed. A concept shows the list; a final besluit is refused with it.

Law: Woo art. 5.1 lid 3 and 5.3 (explicit reasons), 4.4 lid 5 (later release), Awb art. 3:46-3:47 (reasons given).
"""

from __future__ import annotations

from collections.abc import Sequence

from woo.errors import NotAllowed
from woo.law import grounds
from woo.law.grounds import GroundKind
from woo.publish.case_file import CaseFile, GroundReasoning
from woo.publish.document_entry import DocumentEntry

_AGEING = (GroundKind.RELATIVE, GroundKind.RESIDUAL, GroundKind.OWN)


def missing_parts(case: CaseFile) -> list[str]:
    """Dutch lines for what a jurist must still fill in; empty where the besluit is complete."""
    missing = []
    if case.besluit_date is None:
        missing.append("de datum van het besluit")
    if case.signatory is None:
        missing.append("de naam en functie van wie het besluit ondertekent")
    if not case.search.places and not case.search.remark.strip():
        missing.append("waar en hoe naar documenten is gezocht")
    if case.zienswijze and case.zienswijze.release_later and case.release_date is None:
        missing.append("de dag waarop de documenten worden verstrekt (twee weken na het besluit, artikel 4.4 lid 5)")
    for code in case.grounds:
        missing += _missing_reasons(case, code)
    return missing


def require_complete(case: CaseFile) -> None:
    """NotAllowed with what is missing, where the besluit may not be signed yet."""
    missing = missing_parts(case)
    if missing:
        raise NotAllowed(
            f"Het besluit is nog niet compleet. Dit mist nog: {'; '.join(missing)}. "
            "Er is niets vastgesteld. Vul dit aan en probeer het opnieuw."
        )


def aged_documents(case: CaseFile, code: str) -> list[DocumentEntry]:
    """The documents that this ground refuses although they were older than five years at the request (Woo 5.3)."""
    if grounds.ground(code).kind not in _AGEING:
        return []
    return [entry for entry in case.listed if code in entry.grounds and grounds.is_aged(entry.date, case.received)]


def reasoning_for(case: CaseFile, code: str) -> GroundReasoning:
    """The jurist's words for a ground in this case; empty words where there are none yet."""
    return next((item for item in case.reasonings if item.code == code), GroundReasoning(code, ""))


def _missing_reasons(case: CaseFile, code: str) -> list[str]:
    """What a ground still lacks: a weighing for the case or for each document, and one for old documents."""
    entry, written = grounds.ground(code), reasoning_for(case, code)
    missing = []
    used = [document for document in case.listed if code in document.grounds]
    if entry.needs_motivation and not written.text.strip() and not _all_reasoned(used):
        missing.append(f"de afweging van de belangen bij {entry.screen} in deze zaak")
    aged = aged_documents(case, code)
    if aged and not written.older_than_five_years.strip() and not _all_reasoned(aged):
        missing.append(f"waarom {entry.screen} ook na vijf jaar nog zwaarder weegt (artikel 5.3)")
    return missing


def _all_reasoned(entries: Sequence[DocumentEntry]) -> bool:
    return all(entry.reason.strip() for entry in entries)

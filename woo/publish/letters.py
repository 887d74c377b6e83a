"""The letters of a request as tagged PDF (PDF/UA-1): receipt, verdaging and besluit, also in the public version.

Law: Woo art. 4.1-4.7, Awb art. 3:41, 3:46-3:47 and 6:4-6:9. Same case, same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from woo.errors import NotAllowed
from woo.publish.besluit_check import require_complete
from woo.publish.besluit_data import besluit_data
from woo.publish.case_file import CaseFile
from woo.publish.letter_data import receipt_data, to_public, to_requester, verdaging_data
from woo.publish.requester_guard import check_free_of_requester
from woo.typeset import NO_DATE, typeset

_TEMPLATES = Path(__file__).parent / "letters"


def receipt_letter(case: CaseFile, on: date) -> bytes:
    """The ontvangstbevestiging, dated `on`: what came in and when, the term and its sum, and what happens next."""
    return _typeset("ontvangstbevestiging.typ", receipt_data(case, on), on)


def verdaging_letter(case: CaseFile) -> bytes:
    """The reasoned notice of verdaging (Woo 4.4 lid 2); NotAllowed where the case has none or it lacks its reason."""
    notice = case.verdaging
    if notice is None or not notice.reason.strip():
        raise NotAllowed(
            "De zaak heeft geen verdaging met een reden. Er is geen brief gemaakt. "
            "Leg eerst de verdaging en de reden vast (artikel 4.4, tweede lid, van de Woo)."
        )
    return _typeset("verdaging.typ", verdaging_data(case), notice.notice)


def besluit_letter(case: CaseFile, *, concept: bool = False, page_url: str = "") -> bytes:
    """The besluit for the requester; NotAllowed with what is missing, unless `concept` (marked on each page)."""
    if not concept:
        require_complete(case)
    data = besluit_data(case, to_requester(case), concept=concept, page_url=page_url)
    return _typeset("besluit.typ", data, case.besluit_date)


def public_besluit_letter(case: CaseFile, *, concept: bool = False, page_url: str = "") -> bytes:
    """The besluit for publication, without the requester; NotAllowed where a text of the case names the requester."""
    if not concept:
        require_complete(case)
    data = besluit_data(case, to_public(case), concept=concept, page_url=page_url)
    check_free_of_requester(data, case.requester)
    return _typeset("besluit.typ", data, case.besluit_date)


def _typeset(template: str, data: dict[str, object], on: date | None) -> bytes:
    created = datetime(on.year, on.month, on.day, tzinfo=UTC) if on else NO_DATE
    return typeset(_TEMPLATES / template, data, created=created)

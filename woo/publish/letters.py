"""The letters of a request as tagged PDF (PDF/UA-1): those of each step (also as Word file), and the besluit.

Law: Woo art. 4.1-4.7, Awb art. 3:41, 3:46-3:47 and 6:4-6:9. Same case, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from woo.publish.besluit_check import require_complete
from woo.publish.besluit_data import besluit_data
from woo.publish.case_file import CaseFile
from woo.publish.docx_file import docx_of
from woo.publish.letter_data import Audience, flags_of, head, letter_facts, term, to_public, to_requester
from woo.publish.letter_kinds import LetterKind, letter_kinds
from woo.publish.letter_text import LetterText, compose
from woo.publish.requester_guard import check_free_of_requester
from woo.typeset import NO_DATE, typeset

_TEMPLATES = Path(__file__).parent / "letters"


@dataclass(frozen=True, slots=True)
class StepLetter:
    """A letter of the procedure, composed: its text, and all that a page around it shows. `concept` until complete."""

    text: LetterText
    data: Mapping[str, Any]
    on: date | None


def step_letter(
    case: CaseFile,
    kind: LetterKind,
    audience: Audience,
    on: date | None,
    facts: Mapping[str, str],
    labels: Mapping[str, str],
    flags: Iterable[str] = (),
    parts: Mapping[str, str] | None = None,
) -> StepLetter:
    """Compose letter `kind`, dated `on`, from the facts of the case and those of this letter (`facts`, as text).

    `labels` names, in Dutch, the facts that must be filled in; while one is empty the letter is a concept.
    """
    known = letter_facts(case, audience) | dict(facts)
    required = {"signature": "de ondertekening"} | dict(labels)
    text = compose(kind, known, required, {*flags_of(known), *flags}, parts)
    needed = {"de datum van de brief": on, "aan wie de brief is": audience.addressee, "de aanhef": audience.salutation}
    missing = (*(what for what, there in needed.items() if not there), *text.missing)
    text = replace(text, missing=missing)
    page = head(case, audience, text.title, on, concept=bool(missing)) | {
        "concept_note": "CONCEPT – nog niet versturen",
        "missing": list(missing),
        "blocks": [block.as_data() for block in text.blocks],
        "steps": term(case)["steps"],
    }
    return StepLetter(text, page, on)


def letter_pdf(letter: StepLetter) -> bytes:
    """The letter as tagged PDF."""
    return _typeset("stap.typ", dict(letter.data), letter.on)


def letter_docx(letter: StepLetter) -> bytes:
    """The letter as a Word file that can be edited."""
    return docx_of(letter.data, letter.on)


def receipt_letter(case: CaseFile, on: date) -> bytes:
    """The ontvangstbevestiging, dated `on`: what came in and when, the term and its sum, and what happens next."""
    return letter_pdf(step_letter(case, letter_kinds()["ontvangstbevestiging"], to_requester(case), on, {}, {}))


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

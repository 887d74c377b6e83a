"""Letters of the procedure: drafted, edited, and recorded as sent together with the legal fact that sending them is.

A sent letter never changes: its bytes are kept under their hash and the log of communication seals them. A mistake is
put right by another letter. Law of each: `woo.services.letter_rules`.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from models import Case, CaseEvent, Communication, Letter
from woo.errors import InputRejected, NotAllowed, Stale
from woo.law.events import read_day
from woo.law.lifecycle import Role
from woo.publish.case_file import CaseFile
from woo.publish.letter_data import Audience, to_other, to_requester
from woo.publish.letter_kinds import Addressee, FieldKind, LetterKind, letter_kinds
from woo.publish.letters import StepLetter, letter_docx, letter_pdf, step_letter
from woo.publish.requester_guard import names_requester
from woo.services import audit, case_files, cases, communications, facts, legal_facts
from woo.services.letter_moments import RECEIPT, standing, why_not
from woo.services.letter_rules import Assessment, assess, fact_of, note_of, replaced_by
from woo.services.storable import one_line, storable
from woo.services.work import Work

WRITERS = frozenset({Role.JURIST, Role.COORDINATOR})
MAX_UPLOAD = 25 * 1024 * 1024
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Edits:
    """What the jurist filled in on a draft. `fields` as they are kept: dates as YYYY-MM-DD, numbers of days as int."""

    dated: date | None
    addressee_name: str
    addressee_address: str
    salutation: str
    fields: Mapping[str, Any]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft with what it says and what stands in its way. `sha256` is that of the PDF, which is made from it."""

    letter: StepLetter
    assessment: Assessment

    @property
    def ready(self) -> bool:
        """Whether it may be sent as it is."""
        return not self.letter.text.missing and not self.assessment.refusals

    @property
    def pdf(self) -> bytes:
        """The letter as PDF; the same draft gives the same bytes."""
        return letter_pdf(self.letter)

    @property
    def sha256(self) -> str:
        """SHA-256 of the PDF."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def docx(self) -> bytes:
        """The letter as a Word file to edit."""
        return letter_docx(self.letter)


def kind_of(key: str) -> LetterKind:
    """The letter with this key; InputRejected where there is none."""
    kind = letter_kinds().get(key)
    if kind is None:
        raise InputRejected("Deze brief bestaat niet. Er is niets veranderd. Kies een brief uit de lijst.")
    return kind


def start(work: Work, case: Case, key: str) -> Letter:
    """A new draft, with what the facts of the case already say; NotAllowed where this letter cannot be written now."""
    _check_writer(work)
    kind, today = kind_of(key), work.clock.today()
    if refused := why_not(case, kind, today):
        raise NotAllowed(f"Deze brief kan nu niet. {refused} Er is niets gemaakt.")
    letter = Letter(
        case_id=case.id,
        kind=kind.key,
        dated=today,
        fields=_known(work, case, kind),
        parts={},
        created_at=work.clock.now(),
        created_by_id=work.actor.id,
    )
    work.session.add(letter)
    work.session.flush()
    audit.record(work, "letter_drafted", "letter", letter.id, case_id=case.id, kind=kind.key)
    return letter


def save(work: Work, case: Case, letter: Letter, edits: Edits, version: int) -> None:
    """Keep what the jurist changed; Stale where somebody else saved first, NotAllowed for a letter that was sent."""
    _check_open(work, letter)
    facts.expect_version(letter, version)
    kind = kind_of(letter.kind)
    if any(len(str(value)) > _LONGEST for value in (*edits.fields.values(), *edits.parts.values())):
        raise InputRejected("Een tekst in de brief is te lang. Er is niets opgeslagen. Maak de tekst korter.")
    proposed = kind.parts
    letter.dated = edits.dated
    letter.addressee_name = one_line(edits.addressee_name, 300)
    letter.addressee_address = storable(edits.addressee_address).strip()[:500]
    letter.salutation = one_line(edits.salutation, 200).rstrip(", ")
    letter.fields = {f.name: _kept(f.kind, edits.fields.get(f.name)) for f in kind.fields}
    letter.parts = {
        key: storable(text).strip()
        for key, text in edits.parts.items()
        if key in proposed and storable(text).strip() != proposed[key]
    }


def discard(work: Work, case: Case, letter: Letter, version: int) -> None:
    """Throw a draft away; a letter that was sent stays."""
    _check_open(work, letter)
    facts.expect_version(letter, version)
    audit.record(work, "letter_discarded", "letter", letter.id, case_id=case.id, kind=letter.kind)
    work.session.delete(letter)


def compose(work: Work, case: Case, letter: Letter) -> Composed:
    """What a draft says today, and what stands in the way of sending it."""
    kind = kind_of(letter.kind)
    assessment = assess(case, kind, letter, work.clock.today())
    file = case_files.case_file(work, case)
    if assessment.shown is not None:
        file = replace(file, deadline=legal_facts.deadline_of(case, letter.dated or work.clock.today()).deadline)
        file = replace(file, deadline_steps=assessment.shown.steps)
    if assessment.bezwaar_until is not None:
        file = replace(file, bezwaar_until=assessment.bezwaar_until)
    made = step_letter(
        file,
        kind,
        _audience(file, kind, letter),
        letter.dated,
        assessment.facts,
        assessment.labels,
        assessment.flags,
        letter.parts,
    )
    if kind.addressee is Addressee.THIRD_PARTY and file.requester and names_requester(_text_of(made), file.requester):
        assessment.refusals.append(
            "In deze brief staat wie het verzoek deed. Een derde mag dat niet weten. Haal het weg."
        )
    return Composed(made, assessment)


def send(
    work: Work,
    case: Case,
    letter: Letter,
    *,
    sent_on: date,
    channel: str,
    shown_sha256: str,
    sent_file: bytes | None = None,
) -> Communication:
    """Record that the letter went out, with the legal fact that this is, in one transaction.

    `shown_sha256` is the PDF that the jurist had before her: Stale where the letter says something else by now.
    `sent_file` is the version that was really sent, where it was edited elsewhere (Word or PDF).
    """
    audit.take_turn(work)
    work.session.refresh(letter)
    work.session.refresh(case, ["events", "phase"])
    _check_open(work, letter)
    kind, composed = kind_of(letter.kind), compose(work, case, letter)
    if not composed.ready:
        lacking = "; ".join((*composed.letter.text.missing, *composed.assessment.refusals))
        raise NotAllowed(f"De brief kan nog niet worden verstuurd: {lacking} Er is niets vastgelegd.")
    if composed.sha256 != shown_sha256:
        raise Stale
    if sent_on != letter.dated:
        raise InputRejected(
            "De dag van verzending is niet de datum van de brief. Er is niets vastgelegd. Pas de datum van de brief "
            "aan: dan kloppen ook de datums die erin staan."
        )
    sent_type = _type_of(sent_file) if sent_file is not None else "pdf"
    digest = work.store.put_bytes(composed.pdf)
    event = _record_fact(work, case, kind, letter, sent_on)
    letter.sent_at = work.clock.now()
    return communications.record(
        work,
        case,
        "letter_sent",
        Communication(
            kind=kind.key,
            counterpart=kind.addressee,
            channel=channel,
            happened_on=sent_on,
            letter_id=letter.id,
            letter_sha256=digest,
            sent_sha256=work.store.put_bytes(sent_file) if sent_file is not None else digest,
            sent_type=sent_type,
            event_id=event.id if event else None,
        ),
    )


def letter_of(work: Work, case: Case, key: uuid.UUID) -> Letter | None:
    """The letter with this key, where it belongs to the case."""
    letter = work.session.get(Letter, key)
    return letter if letter is not None and letter.case_id == case.id else None


def drafts(work: Work, case: Case) -> Sequence[Letter]:
    """The letters of a case that were not sent yet, oldest first."""
    return work.session.scalars(
        select(Letter).where(Letter.case_id == case.id, Letter.sent_at.is_(None)).order_by(Letter.created_at, Letter.id)
    ).all()


def choices(work: Work, case: Case) -> list[tuple[LetterKind, str]]:
    """Every letter that a person may choose, with why it cannot be written now (empty where it can)."""
    today = work.clock.today()
    found = [(kind, why_not(case, kind, today)) for kind in letter_kinds().values() if kind.key != RECEIPT]
    return sorted(found, key=lambda choice: bool(choice[1]))


def _record_fact(work: Work, case: Case, kind: LetterKind, letter: Letter, on: date) -> CaseEvent | None:
    """Record what sending this letter is in law; None where it is nothing. A besluit not to treat ends the case."""
    if kind.is_besluit:
        ending = "niet_behandeld" if letter.fields["grond"] == "precisering" else "antimisbruik"
        cases.close(work, case, ending, on, str(letter.fields["motivering"]))
        return standing(case, legal_facts.ENDED)[-1]
    fact = fact_of(kind, letter)
    if fact is None:
        return None
    replaced = replaced_by(case, fact)
    return legal_facts.record_fact(
        work,
        case,
        fact.kind,
        read_day(fact, "van") if fact.kind == "overmacht" else on,
        dict(fact.data),
        note=note_of(letter),
        corrects=replaced.id if replaced else None,
    )


def _known(work: Work, case: Case, kind: LetterKind) -> dict[str, Any]:
    """What a new draft can say already: facts that stand, or the same field of a letter that was sent."""
    if kind.key == "doorzending_verzoeker":
        fact = standing(case, "doorzending")[-1]
        what = fact.data.get("deel", "")
        return {
            "omvang": fact.data.get("omvang", ""),
            "naar": fact.data.get("naar", ""),
            "doorgezonden": fact.happened_on.isoformat(),
            "wat": what or _last_field(work, case, "doorzending", "wat"),
        }
    if kind.key == "overmacht" and (told := standing(case, "overmacht")):
        return {name: told[-1].data.get(name, "") for name in ("van", "tot_en_met")} | {"reden": told[-1].note}
    if kind.key == "zienswijze_mededeling":
        return {"termijn": _last_field(work, case, "zienswijze_verzoek", "termijn")}
    return {}


def _last_field(work: Work, case: Case, key: str, name: str) -> str:
    """A field of the newest letter of another kind in this case; empty where there is none."""
    newest = work.session.scalars(
        select(Letter).where(Letter.case_id == case.id, Letter.kind == key).order_by(Letter.created_at.desc())
    ).first()
    return str(newest.fields.get(name, "")) if newest else ""


def _audience(file: CaseFile, kind: LetterKind, letter: Letter) -> Audience:
    if kind.addressee is Addressee.REQUESTER:
        return to_requester(file)
    salutation = letter.salutation or ("Beste collega" if kind.addressee is Addressee.ORGAN else "")
    return to_other(file, letter.addressee_name, letter.addressee_address, salutation)


def _text_of(made: StepLetter) -> str:
    return "\n".join(run.text for block in made.text.blocks for line in block.lines for run in line)


def _kept(kind: FieldKind, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind is FieldKind.DAYS:
        return value if isinstance(value, int) else ""
    return storable(str(value or "")).strip()


def _type_of(data: bytes) -> str:
    """`docx` or `pdf`, by what the bytes are; InputRejected for anything else."""
    if len(data) > MAX_UPLOAD:
        raise InputRejected("Dit bestand is te groot voor een brief. Er is niets vastgelegd. Kies het goede bestand.")
    if data.startswith(b"%PDF-"):
        return "pdf"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist() and not any("vba" in n.lower() for n in archive.namelist()):
                return "docx"
    except zipfile.BadZipFile:
        pass
    raise InputRejected(
        "Dit is geen Word-bestand (docx, zonder macro’s) en geen pdf. Er is niets vastgelegd. Kies het goede bestand."
    )


def _check_open(work: Work, letter: Letter) -> None:
    _check_writer(work)
    if letter.sent_at is not None:
        raise NotAllowed(
            "Deze brief is verstuurd en verandert niet meer. Er is niets veranderd. Stuur zo nodig een nieuwe brief."
        )


def _check_writer(work: Work) -> None:
    if WRITERS.isdisjoint(work.actor.roles):
        raise NotAllowed("U mag geen brieven schrijven in deze zaak. Er is niets veranderd.")

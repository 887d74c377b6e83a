"""Letters of the procedure on screen: choose one, fill it in while reading it, record it as sent; and what was said."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.responses import Response

from models import Case, Letter
from woo.errors import InputRejected, NotAllowed
from woo.publish.letter_kinds import ADDRESSEE_LABELS, Addressee, Field, FieldKind, LetterKind
from woo.services import communications, letters, screens
from woo.services.communications import CONTACT_CHANNELS, COUNTERPARTS, LETTER_CHANNELS
from woo.services.letters import MAX_UPLOAD, Edits
from woo.services.work import Work
from woo.web.workbench.case_page import pdf_file, tabs_of
from woo.web.workbench.forms import Form, parse_key
from woo.web.workbench.visit import NotFound, Visit

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = {"pdf": "application/pdf", "docx": _DOCX}
_INPUTS = {FieldKind.DAY: "date", FieldKind.WORKING_DAY: "date", FieldKind.DAYS: "number", FieldKind.LINE: "text"}


def show_all(visit: Visit) -> Response:
    """The letters of a case: what can be written, what is being written, what was sent and said."""
    with visit.reading() as work:
        case = _case(visit, work)
        return visit.page(
            "letters.html",
            case=case,
            tab="brieven",
            tabs=tabs_of(visit, case),
            choices=letters.choices(work, case),
            addressees=ADDRESSEE_LABELS,
            drafts=[(letter, letters.kind_of(letter.kind)) for letter in letters.drafts(work, case)],
            log=communications.log(work, case),
            to_tell=communications.third_parties_to_tell(work, case),
            receipt_waits=bool(case.request.receipt_sha256) and communications.receipt_sent(work, case) is None,
            today=work.clock.today(),
            letter_channels=LETTER_CHANNELS,
            contact_channels=CONTACT_CHANNELS,
            counterparts=COUNTERPARTS,
        )


def begin(visit: Visit) -> Response:
    """Start a draft."""
    with visit.working() as work:
        letter = letters.start(work, _case(visit, work), visit.form.text("soort", 40))
        return visit.go(_place(visit, letter))


def show(visit: Visit) -> Response:
    """One letter: the draft with its fields in place, or what was sent."""
    with visit.reading() as work:
        case, letter = _letter(visit, work)
        kind = letters.kind_of(letter.kind)
        frame: dict[str, Any] = {
            "case": case,
            "tab": "brieven",
            "tabs": tabs_of(visit, case),
            "letter": letter,
            "kind": kind,
        }
        if letter.sent_at is not None:
            entry = next(e for e in communications.log(work, case) if e.row.letter_id == letter.id)
            return visit.page("letter_sent.html", **frame, entry=entry)
        composed = letters.compose(work, case, letter)
        return visit.page(
            "letter.html",
            **frame,
            composed=composed,
            text=composed.letter.text,
            salutation=composed.letter.data["salutation"],
            values=letter.fields,
            inputs=_INPUTS,
            to_other=kind.addressee is not Addressee.REQUESTER,
            addressee=ADDRESSEE_LABELS[kind.addressee],
            channels=LETTER_CHANNELS,
        )


def save(visit: Visit) -> Response:
    """Keep what was filled in."""
    with visit.working() as work:
        case, letter = _letter(visit, work)
        edits = _edits(letters.kind_of(letter.kind), visit.form)
        letters.save(work, case, letter, edits, visit.form.number("versie"))
        return visit.go(_place(visit, letter), "brief")


def discard(visit: Visit) -> Response:
    """Throw a draft away."""
    with visit.working() as work:
        case, letter = _letter(visit, work)
        letters.discard(work, case, letter, visit.form.number("versie"))
    return visit.go(f"/zaken/{visit.part('number')}/brieven", "brief-weg")


def send(visit: Visit) -> Response:
    """Record the letter as sent, with the version that really went out where one was given."""
    sent_file = _upload(visit.form)
    with visit.working() as work:
        case, letter = _letter(visit, work)
        letters.send(
            work,
            case,
            letter,
            sent_on=visit.form.day("verstuurd", "Verstuurd op"),
            channel=visit.form.text("kanaal", 40),
            shown_sha256=visit.form.text("brief", 64),
            sent_file=sent_file,
        )
        return visit.go(_place(visit, letter), "brief-verstuurd")


def as_pdf(visit: Visit) -> Response:
    """The draft as PDF."""
    return _download(visit, "pdf")


def as_docx(visit: Visit) -> Response:
    """The draft as a Word file."""
    return _download(visit, "docx")


def sent_file(visit: Visit) -> Response:
    """The bytes that really went out."""
    with visit.reading() as work:
        case = _case(visit, work)
        entry = communications.entry_of(work, case, parse_key(visit.part("entry")))
        if entry is None or entry.sent_sha256 is None or entry.sent_type is None:
            raise NotFound("Bij dit contact hoort geen brief.")
        name = f"{case.number}-{entry.kind}.{entry.sent_type}"
        return pdf_file(work, entry.sent_sha256, name, _MEDIA[entry.sent_type])


def record_contact(visit: Visit) -> Response:
    """Record a contact moment."""
    with visit.working() as work:
        communications.record_contact(
            work,
            _case(visit, work),
            happened_on=visit.form.day("dag", "Datum"),
            counterpart=visit.form.text("met", 40),
            channel=visit.form.text("manier", 40),
            note=visit.form.text("notitie", 5000),
        )
    return visit.go(f"/zaken/{visit.part('number')}/brieven", "contact", "verstuurd")


def record_receipt_sent(visit: Visit) -> Response:
    """Record that the ontvangstbevestiging went out."""
    with visit.working() as work:
        communications.record_receipt_sent(
            work,
            _case(visit, work),
            sent_on=visit.form.day("verstuurd", "Verstuurd op"),
            channel=visit.form.text("kanaal", 40),
        )
    return visit.go(f"/zaken/{visit.part('number')}/brieven", "brief-verstuurd", "verstuurd")


def _case(visit: Visit, work: Work) -> Case:
    """The case in the address, for who may see the requester: every letter names somebody."""
    if screens.REQUESTER_READERS.isdisjoint(visit.roles):
        raise NotAllowed("Brieven bevatten gegevens van personen. U mag ze in deze zaak niet bekijken.")
    return visit.case(work)


def _letter(visit: Visit, work: Work) -> tuple[Case, Letter]:
    case = _case(visit, work)
    letter = letters.letter_of(work, case, parse_key(visit.part("letter")))
    if letter is None:
        raise NotFound("Deze brief bestaat niet in deze zaak. Ga terug naar de lijst met brieven.")
    return case, letter


def _place(visit: Visit, letter: Letter) -> str:
    return f"/zaken/{visit.part('number')}/brieven/{letter.id}"


def _edits(kind: LetterKind, form: Form) -> Edits:
    return Edits(
        dated=form.optional_day("datum", "Datum van de brief"),
        addressee_name=form.text("naam", 1000),
        addressee_address=form.text("adres", 2000),
        salutation=form.text("aanhef", 1000),
        fields={one.name: _value(one, form) for one in kind.fields},
        parts={key: form.text(f"deel-{key}") for key in kind.parts},
    )


def _value(one: Field, form: Form) -> date | int | str | None:
    name = f"veld-{one.name}"
    if one.kind in (FieldKind.DAY, FieldKind.WORKING_DAY):
        return form.optional_day(name, one.label)
    if one.kind is FieldKind.DAYS:
        return form.optional_number(name)
    value = form.text(name)
    if one.kind is FieldKind.CHOICE and value and value not in dict(one.choices):
        raise InputRejected(f"Kies bij '{one.label}' een van de mogelijkheden. Er is niets opgeslagen.")
    return value


def _upload(form: Form) -> bytes | None:
    files = form.files("bestand")
    return files[0].file.read(MAX_UPLOAD + 1) if files else None


def _download(visit: Visit, ending: str) -> Response:
    with visit.reading() as work:
        case, letter = _letter(visit, work)
        if letter.sent_at is not None:
            raise NotFound("Deze brief is verstuurd. Haal de verstuurde versie op bij het contact van de zaak.")
        composed = letters.compose(work, case, letter)
        headers: dict[str, Any] = {
            "content-disposition": f'attachment; filename="{case.number}-{letter.kind}.{ending}"'
        }
        content = composed.pdf if ending == "pdf" else composed.docx
        return Response(content, media_type=_MEDIA[ending], headers=headers)

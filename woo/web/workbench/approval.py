"""The second reader: sees the proven result of each document, signs its bytes or sends the case back with a note."""

from __future__ import annotations

import uuid

from starlette.responses import Response

from models import Case, Redaction
from woo.errors import InputRejected
from woo.law.lifecycle import Event, Phase, Role
from woo.services import approvals, cases, facts, plans, screens
from woo.services.screens import Signing
from woo.services.work import Work
from woo.web.workbench.case_page import page_picture, pdf_file, tabs_of
from woo.web.workbench.forms import parse_key
from woo.web.workbench.marks import still_readable
from woo.web.workbench.visit import NotFound, Visit


def show(visit: Visit) -> Response:
    """Every document to publish with its proof, and what is left to sign."""
    with visit.reading() as work:
        screens.check_result_reader(work)
        case = visit.case(work)
        rows = screens.signings(work, case)
        return visit.page(
            "approval.html",
            case=case,
            tab="akkoord",
            tabs=tabs_of(visit, case),
            rows=rows,
            own=any(row.own_work for row in rows),
            waiting=sum(not row.signed for row in rows),
            active=case.phase == Phase.APPROVAL,
            may_sign=Role.JURIST in visit.roles,
            touched=facts.touched_case(work, case),
            summary=summary,
        )


def show_document(visit: Visit) -> Response:
    """One result, page by page, with its proof."""
    with visit.reading() as work:
        screens.check_result_reader(work)
        case = visit.case(work)
        rows = screens.signings(work, case)
        row = _row(visit, rows)
        reader = not screens.DOSSIER_READERS.isdisjoint(visit.roles)
        place = rows.index(row)
        digest = row.redaction.result_sha256 or ""
        pages = visit.house.images.page_count(digest, work.store.path(digest))
        return visit.page(
            "approval_document.html",
            case=case,
            tab="akkoord",
            tabs=tabs_of(visit, case),
            row=row,
            pages=pages,
            before=rows[place - 1] if place else None,
            after=rows[place + 1] if place + 1 < len(rows) else None,
            active=case.phase == Phase.APPROVAL,
            may_sign=Role.JURIST in visit.roles,
            summary=summary,
            readable=[*row.redaction.record.get("notes", []), *_readable(work, case, row)] if reader else [],
            watch=screens.second_look(work, row.document) if reader else [],
        )


def picture(visit: Visit) -> Response:
    """The picture of a page of the proven result: exactly the bytes that are signed."""
    with visit.reading() as work:
        digest = _digest(visit, work)
        pdf = work.store.path(digest)
    return page_picture(visit, digest, pdf)


def result(visit: Visit) -> Response:
    """The proven result as a file."""
    with visit.reading() as work:
        return pdf_file(work, _digest(visit, work), f"resultaat-{visit.part('number')}.pdf")


def approve(visit: Visit) -> Response:
    """Sign the chosen documents, each as `key:sha256` of the bytes shown; with `afronden` and all signed, move on."""
    seen = dict(_signed(text) for text in visit.form.texts("documenten"))
    if not seen:
        raise InputRejected("Kies een of meer documenten. Er is niets goedgekeurd.")
    with visit.working() as work:
        case = visit.case(work)
        approvals.approve_documents(work, case, seen)
        work.session.flush()
        if visit.form.flag("afronden") and not facts.facts_of(work, case).unapproved_documents:
            cases.move(work, case, Event.APPROVED)
    return visit.go(f"/zaken/{visit.part('number')}/akkoord", "goedgekeurd")


def send_back(visit: Visit) -> Response:
    """Return the case to the reviewer with a note."""
    with visit.working() as work:
        approvals.send_back(work, visit.case(work), visit.form.text("opmerking", 5000))
    return visit.go(f"/zaken/{visit.part('number')}", "teruggestuurd")


def summary(redaction: Redaction) -> dict[str, object]:
    """The proof in numbers: boxes, removed characters, channels checked, pages that became an image."""
    record = redaction.record
    channels = record.get("channels", {})
    return {
        "boxes": record.get("boxes", 0),
        "removed": record.get("removed_characters", 0),
        "checked": sorted(name for name, outcome in channels.items() if outcome == "ok"),
        "skipped": sorted(name for name, outcome in channels.items() if str(outcome).startswith("skipped")),
        "images": sum(engine == "image" for engine in record.get("engines", {}).values()),
        "pages": record.get("pages", 0),
    }


def _readable(work: Work, case: Case, row: Signing) -> list[str]:
    return still_readable(plans.exposed_of(work, case, [row.document])[row.document.id])


def _digest(visit: Visit, work: Work) -> str:
    screens.check_result_reader(work)
    return _row(visit, screens.signings(work, visit.case(work))).redaction.result_sha256 or ""


def _row(visit: Visit, rows: list[Signing]) -> Signing:
    row = next((r for r in rows if str(r.document.id) == visit.part("document")), None)
    if row is None:
        raise NotFound("Voor dit document is er geen bewezen resultaat. Ga terug naar de zaak.")
    return row


def _signed(text: str) -> tuple[uuid.UUID, str]:
    key, _, digest = text.partition(":")
    return parse_key(key), digest

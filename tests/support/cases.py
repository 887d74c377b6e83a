"""Cases for tests, made through the services as people and flows make them."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from models import Case, StageAttempt
from tests.support.people import People
from woo.law.lifecycle import Event, Stage
from woo.services import assignment, cases, gathering, sources, stages
from woo.services.cases import IncomingRequest
from woo.services.work import Database, Work

RECEIVED = datetime(2026, 6, 1, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def incoming(**changes: object) -> IncomingRequest:
    """A plain request by e-mail, received on Monday 1 June 2026."""
    fields: dict[str, object] = {
        "channel": "email",
        "received_at": RECEIVED,
        "subject": "proef met meldpunt",
        "text": "Graag alle documenten over de proef.",
        "requester_name": "Sietske Hiemstra",
        "requester_email": "sietske@voorbeeld.nl",
    }
    return IncomingRequest(**(fields | changes))  # type: ignore[arg-type]


def new_case(database: Database, people: People, **changes: object) -> uuid.UUID:
    """A registered and accepted case."""
    with database.work(people.coordinator) as work:
        case = cases.register_request(work, incoming(**changes))
        cases.move(work, case, Event.REQUEST_ACCEPTED)
        return case.id


def assign(work: Work, case_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
    """Give one case to a jurist, or take it back."""
    case = work.session.get_one(Case, case_id)
    assignment.assign(work, [assignment.Wish(case.id, case.version)], user_id)


def write_pdf(path: Path, *pages: list[str]) -> Path:
    """A PDF with the given lines on each page, in Helvetica 11."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for lines in pages:
        canvas.setFont("Helvetica", 11)
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 18 * row, line)
        canvas.showPage()
    canvas.save()
    return path


def deliver(database: Database, people: People, case_id: uuid.UUID, folder: Path) -> None:
    """Deliver a folder and gather it here and now."""
    with database.work(people.specialist) as work:
        sources.deliver(work, work.session.get_one(Case, case_id), folder)
    gathering.gather_here(database, case_id, lambda _: None)


def claim(database: Database, case_id: uuid.UUID, stage: Stage) -> uuid.UUID:
    """Claim the queued attempt of a stage as a flow would."""
    with database.work() as work:
        number = work.session.scalars(
            select(StageAttempt.number).where(
                StageAttempt.case_id == case_id, StageAttempt.stage == stage, StageAttempt.state == "queued"
            )
        ).one()
        return stages.claim(work, case_id, stage, number).id

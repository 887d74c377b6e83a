"""The steps of people and flows on a case after its suggestions, for every test that needs a case further on."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from models import Case, Document, Page, Suggestion
from tests.support.cases import claim
from tests.support.people import People
from woo.law.lifecycle import Event, Stage
from woo.services import approvals, cases, judging, redactions, suggestions
from woo.services.suggestions import Wish
from woo.services.work import Database


def review(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The first jurist redacts everything, looks at every page, judges and ends the review."""
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        rows = work.session.scalars(select(Suggestion).where(Suggestion.case_id == case_id)).all()
        suggestions.decide(work, case, [Wish(r.id, r.version) for r in rows], "redact")
        for page in work.session.scalars(select(Page).join(Document).where(Document.case_id == case_id)):
            judging.see_page(work, page.document, page.index)
        judging.adopt_proposals(work, case, {"5.1.2.e": "De privacy weegt hier zwaarder: het gaat om een burger."})
    with database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, case_id), Event.REVIEW_FINISHED)


def burn(database: Database, case_id: uuid.UUID) -> None:
    """The stage that redacts and proves."""
    attempt = claim(database, case_id, Stage.REDACT)
    with database.reading() as work:
        waiting = redactions.unburned(work, case_id, 100)
    for document in waiting:
        redactions.burn_document(database, attempt, document)
    with database.work() as work:
        assert redactions.finish_redacting(work, attempt, case_id)


def approve(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The second jurist signs everything and ends the approval."""
    with database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, case_id)
        approvals.approve_documents(
            work, case, {g.document_id: g.content_sha256 for g in approvals.open_gates(work, case)}
        )
        cases.move(work, case, Event.APPROVED)

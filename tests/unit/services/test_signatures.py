"""What a signature stands for: these bytes and this title, by somebody who did not work on it, on the letter shown."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Case, Document, Publication, Redaction, StageAttempt, Suggestion
from tests.support import steps
from tests.support.cases import claim
from tests.support.people import People, make_people
from tests.web import world
from woo.clock import FixedClock
from woo.errors import NotAllowed, SamePerson
from woo.law.judgement import Judgement
from woo.law.lifecycle import Event, Phase, Stage
from woo.services import (
    approvals,
    besluiten,
    cases,
    facts,
    judging,
    legal_facts,
    plans,
    publications,
    redactions,
    stages,
    suggestions,
)
from woo.services.suggestions import Wish
from woo.services.work import Database

pytestmark = pytest.mark.slow


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: the rules are the same on both."""
    return sqlite_database


@pytest.fixture
def people(database: Database) -> People:
    """The accounts."""
    return make_people(database)


@pytest.fixture
def reviewing(database: Database, people: People, tmp_path: Path) -> uuid.UUID:
    """A case in review."""
    return world.case_in_review(database, people, tmp_path / "bronnen", directorate="DGRR")


def later(database: Database, hours: int = 1) -> None:
    """Let time go by."""
    database.clock = FixedClock(database.clock.now() + timedelta(hours=hours))


def to_draft(database: Database, people: People, case_id: uuid.UUID) -> None:
    """From review to a draft besluit."""
    steps.review(database, people, case_id)
    steps.burn(database, case_id)
    steps.approve(database, people, case_id)
    world.consider(database, people, case_id)
    world.draft(database, case_id)


def sign_all_and_send_back(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The second jurist signs every document, then sends the case back."""
    with database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, case_id)
        seen = {g.document_id: g.content_sha256 or "" for g in approvals.open_gates(work, case) if g.document_id}
        approvals.approve_documents(work, case, seen)
    later(database)
    with database.work(people.second_jurist) as work:
        approvals.send_back(work, work.session.get_one(Case, case_id), "De titel moet anders.")
    later(database)


def finish_review(database: Database, people: People, case_id: uuid.UUID) -> None:
    """End the review once more, and burn."""
    with database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, case_id), Event.REVIEW_FINISHED)
    steps.burn(database, case_id)


def test_a_title_that_is_changed_after_the_signature_must_be_signed_anew(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    steps.review(database, people, reviewing)
    steps.burn(database, reviewing)
    sign_all_and_send_back(database, people, reviewing)
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewing)
        document = work.session.scalars(select(Document).where(Document.number == 1)).one()
        judging.judge_document(
            work,
            case,
            document,
            Judgement.PARTIAL,
            reason=document.judgement_reason,
            public_title="Brief van buurman Piet",
            version=document.version,
        )
        changed = document.id
    finish_review(database, people, reviewing)

    with database.reading(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewing)
        assert [g.document_id for g in approvals.open_gates(work, case)] == [changed]


def test_a_signature_of_somebody_who_worked_on_the_document_afterwards_does_not_count(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    steps.review(database, people, reviewing)
    steps.burn(database, reviewing)
    sign_all_and_send_back(database, people, reviewing)
    with database.work(people.second_jurist) as work:  # keep, then redact again: the bytes end up the same
        case = work.session.get_one(Case, reviewing)
        row = work.session.scalars(select(Suggestion).join(Document).where(Document.number == 1)).first()
        assert row is not None
        for verdict in ("keep", "redact"):
            suggestions.decide(work, case, [Wish(row.id, row.version)], verdict)
        touched = row.document_id
    finish_review(database, people, reviewing)

    with database.reading(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewing)
        assert touched in {g.document_id for g in approvals.open_gates(work, case)}
        assert touched not in {document for document, _ in plans.approved_results(work, case)}


def test_who_judged_a_document_first_may_not_sign_it_after_somebody_else_judged_it_again(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    with database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewing)
        document = work.session.scalars(select(Document).where(Document.number == 1)).one()
        judging.judge_document(work, case, document, Judgement.OUT_OF_SCOPE, version=document.version)
        first = document.id
    with database.work(people.jurist) as work:
        document = work.session.get_one(Document, first)
        judging.judge_document(
            work,
            work.session.get_one(Case, reviewing),
            document,
            Judgement.PARTIAL,
            reason="Privacy weegt zwaarder.",
            version=document.version,
        )
    steps.review(database, people, reviewing)
    steps.burn(database, reviewing)

    with database.reading(people.second_jurist) as work:
        assert first in facts.touched_documents(work, work.session.get_one(Case, reviewing))
    with pytest.raises(SamePerson), database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewing)
        seen = {g.document_id: g.content_sha256 or "" for g in approvals.open_gates(work, case) if g.document_id}
        approvals.approve_documents(work, case, seen)


@pytest.mark.parametrize("what", ["title", "fact"])
def test_a_besluit_is_not_taken_on_a_draft_that_said_something_else(
    database: Database, people: People, reviewing: uuid.UUID, what: str
) -> None:
    to_draft(database, people, reviewing)
    with database.reading() as work:
        shown = besluiten.besluit_of(work, work.session.get_one(Case, reviewing)).letter_sha256 or ""
    with database.work(people.coordinator) as work:
        case = work.session.get_one(Case, reviewing)
        if what == "title":
            cases.describe(
                work,
                case,
                title="iets heel anders",
                summary=case.summary,
                directorate=case.directorate,
                search_description=case.search_description,
                version=case.version,
            )
        else:
            day = work.clock.today()
            legal_facts.record_fact(
                work, case, "verdaging", day, {"medegedeeld": f"{day}", "dagen": 14}, note="Omvang."
            )

    with pytest.raises(NotAllowed, match="concept-besluit"), database.work(people.jurist) as work:
        besluiten.take(work, work.session.get_one(Case, reviewing), shown, objection_expected=False)

    world.draft(database, reviewing)  # it was asked for by the change itself
    world.take(database, people, reviewing)
    with database.reading() as work:
        assert work.session.get_one(Case, reviewing).phase == Phase.PUBLICATION


def test_a_publication_that_stands_there_since_yesterday_is_finished_after_a_crash(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    to_draft(database, people, reviewing)
    world.take(database, people, reviewing)
    with database.work(people.communication) as work:
        publications.order(work, work.session.get_one(Case, reviewing))
    world.publish(database, reviewing)
    with database.work() as work:  # as if the process died after the files were in place and before the row was written
        case = work.session.get_one(Case, reviewing)
        case.phase = Phase.PUBLISHING
        publication = work.session.scalars(select(Publication)).one()
        before, publication.manifest_sha256, publication.published_at = publication.manifest_sha256, None, None
        stages.queue(work, case, Stage.PUBLISH)
    later(database, 24)

    world.publish(database, reviewing)

    with database.reading() as work:
        assert work.session.get_one(Case, reviewing).phase == Phase.PUBLISHED
        assert work.session.scalars(select(Publication.manifest_sha256)).one() == before


def test_an_attempt_that_was_given_up_writes_no_public_file(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    to_draft(database, people, reviewing)
    world.take(database, people, reviewing)
    with database.work(people.communication) as work:
        publications.order(work, work.session.get_one(Case, reviewing))
    with database.work() as work:
        attempt = work.session.scalars(select(StageAttempt).where(StageAttempt.stage == Stage.PUBLISH)).one()
        stages.claim(work, reviewing, Stage.PUBLISH, attempt.number)
        stages.fail(work, attempt.id, "lease verlopen")
        orphan = attempt.id

    with pytest.raises(NotAllowed):
        publications.publish(database, orphan, reviewing)

    assert not list(database.settings.public_root.glob("publicaties/*"))


def test_the_besluit_does_not_name_who_is_redacted(database: Database, people: People, reviewing: uuid.UUID) -> None:
    to_draft(database, people, reviewing)
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewing)
        text = "Het belang van Fatima el Amrani weegt zwaarder."
        besluiten.consider(work, case, {"5.1.2.e": {"text": text}}, besluiten.besluit_of(work, case).version)
    world.draft(database, reviewing)

    with pytest.raises(NotAllowed, match="de afweging"):
        world.take(database, people, reviewing)


def test_a_title_that_names_who_is_redacted_is_not_published_either(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    to_draft(database, people, reviewing)
    world.take(database, people, reviewing)
    with database.work(people.coordinator) as work:
        case = work.session.get_one(Case, reviewing)
        cases.describe(
            work,
            case,
            title="brief van Fatima el Amrani",
            summary=case.summary,
            directorate=case.directorate,
            search_description=case.search_description,
            version=case.version,
        )

    with pytest.raises(NotAllowed, match="het onderwerp"), database.work(people.communication) as work:
        publications.order(work, work.session.get_one(Case, reviewing))


def test_a_document_that_could_not_be_proven_is_tried_again_in_the_next_round(
    database: Database, people: People, reviewing: uuid.UUID
) -> None:
    steps.review(database, people, reviewing)
    attempt = claim(database, reviewing, Stage.REDACT)
    with database.reading() as work:
        first, second = redactions.unburned(work, reviewing, 10)
        document = work.session.get_one(Document, first)
        case = work.session.get_one(Case, reviewing)
        plan = plans.plans_of(work, case, [document])[first]
    with database.work() as work:  # what a check that ran out of time leaves
        refused = {"document_id": first, "original_sha256": document.pdf_sha256, "plan_sha256": plan.sha256()}
        work.session.add(Redaction(**refused, plan=plan.to_json(), proven=False, record={}, made_at=work.clock.now()))
    redactions.burn_document(database, attempt, second)
    with database.work() as work:
        assert redactions.finish_redacting(work, attempt, reviewing)
        assert work.session.get_one(Case, reviewing).phase == Phase.REVIEW
    later(database)

    finish_review(database, people, reviewing)

    with database.reading() as work:
        assert work.session.get_one(Case, reviewing).phase == Phase.APPROVAL

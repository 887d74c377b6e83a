"""One case from receipt to publication through the services alone, and the ways in which it must refuse to go on."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.stage import StageRun
from flows.suggest import suggest_redactions
from models import Case, Document, Suggestion
from tests.support.cases import claim, deliver, new_case, write_pdf
from tests.support.people import People
from tests.support.steps import approve, burn, review
from woo.errors import NotAllowed, SamePerson, Stale
from woo.law.judgement import Judgement
from woo.law.lifecycle import Event, Phase, Stage
from woo.services import (
    approvals,
    audit,
    besluiten,
    cases,
    judging,
    plans,
    publications,
    suggestions,
)
from woo.services.suggestions import Wish
from woo.services.work import Database

pytestmark = pytest.mark.slow

SECRETS = ("Fatima el Amrani", "fatima.elamrani@voorbeeld.nl", "06 12345678")
LETTER = [
    "Van: Fatima el Amrani <fatima.elamrani@voorbeeld.nl>",
    "Onderwerp: proef met het meldpunt",
    "De proef begint op 1 maart en duurt drie maanden.",
    "Met vriendelijke groet,",
    "Fatima el Amrani",
    "Telefoon: 06 12345678",
]
OPEN = ["Verslag van het overleg over de proef.", "Het meldpunt kreeg 214 meldingen in drie maanden."]


@pytest.fixture
def reviewed(database: Database, people: People, tmp_path: Path) -> uuid.UUID:
    """A case with two documents whose suggestions were made and are all undecided."""
    folder = tmp_path / "bronnen"
    folder.mkdir()
    write_pdf(folder / "brief.pdf", LETTER)
    write_pdf(folder / "verslag.pdf", OPEN)
    case_id = new_case(database, people)
    deliver(database, people, case_id, folder)
    suggest_redactions(StageRun(database, case_id, claim(database, case_id, Stage.SUGGEST)))
    return case_id


def decide_on_besluit(database: Database, people: People, case_id: uuid.UUID) -> None:
    """The draft is made, considered and taken."""
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        besluit = besluiten.besluit_of(work, case)
        cases.describe(
            work,
            case,
            title=case.title,
            summary="De proef met het meldpunt.",
            directorate="DGRR",
            search_description="Er is gezocht in het zaaksysteem.",
            version=case.version,
        )
        besluiten.consider(
            work, case, {"5.1.2.e": {"text": "De privacy van de burger weegt zwaarder."}}, besluit.version
        )
    attempt = claim(database, case_id, Stage.BESLUIT)
    besluiten.draft(database, attempt, case_id)
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        besluiten.take(work, case, besluiten.besluit_of(work, case).letter_sha256 or "", objection_expected=False)


def test_a_request_goes_all_the_way_and_the_secrets_stay(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)
    approve(database, people, reviewed)
    decide_on_besluit(database, people, reviewed)
    with database.work(people.communication) as work:
        publications.order(work, work.session.get_one(Case, reviewed))
    publications.publish(database, claim(database, reviewed, Stage.PUBLISH), reviewed)

    with database.reading() as work:
        case = work.session.get_one(Case, reviewed)
        assert case.phase == Phase.PUBLISHED
        assert audit.verify_chain(work.session) == []
        number = case.number
    folder = next(p for p in database.settings.public_root.rglob("manifest.json") if number in str(p)).parent
    manifest = json.loads((folder / "manifest.json").read_text())
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {
        "besluit.pdf",
        "inventarislijst.csv",
        "inventarislijst.xlsx",
        "inventarislijst.html",
        "metadata/diwoo.xml",
        "documenten/0001.pdf",
        "documenten/0002.pdf",
    } <= files
    for secret in (*SECRETS, "Sietske Hiemstra", "sietske@voorbeeld.nl"):
        for file in folder.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()
    assert hashlib.sha256((folder / "besluit.pdf").read_bytes()).hexdigest() in json.dumps(manifest)


def test_the_review_cannot_end_before_everything_is_decided_seen_and_judged(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    with pytest.raises(NotAllowed) as caught, database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, reviewed), Event.REVIEW_FINISHED)

    assert "nog geen beoordeling" in str(caught.value)


def test_a_decision_on_an_old_picture_is_refused(database: Database, people: People, reviewed: uuid.UUID) -> None:
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewed)
        row = work.session.scalars(select(Suggestion).where(Suggestion.case_id == reviewed)).first()
        assert row is not None
        seen = Wish(row.id, row.version)
        suggestions.decide(work, case, [seen], "redact")

    with pytest.raises(Stale), database.work(people.second_jurist) as work:
        suggestions.decide(work, work.session.get_one(Case, reviewed), [seen], "keep")

    with database.reading() as work:
        assert suggestions.verdict_of(work.session.get_one(Suggestion, seen.suggestion_id)) == "redact"


def test_nobody_approves_her_own_work(database: Database, people: People, reviewed: uuid.UUID) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)

    with pytest.raises(SamePerson), database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewed)
        approvals.approve_documents(
            work, case, {g.document_id: g.content_sha256 for g in approvals.open_gates(work, case)}
        )


def test_an_approval_of_other_bytes_is_refused(database: Database, people: People, reviewed: uuid.UUID) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)

    with pytest.raises(Stale), database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewed)
        approvals.approve_documents(work, case, {g.document_id: "0" * 64 for g in approvals.open_gates(work, case)})


def test_a_new_decision_after_sending_back_voids_the_approval_of_that_document_only(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)
    with database.work(people.second_jurist) as work:
        case = work.session.get_one(Case, reviewed)
        approvals.approve_documents(
            work, case, {g.document_id: g.content_sha256 for g in approvals.open_gates(work, case)}
        )
        approvals.send_back(work, case, "De functie mag zichtbaar blijven.")
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewed)
        row = work.session.scalars(
            select(Suggestion).where(Suggestion.case_id == reviewed, Suggestion.kind == "phone")
        ).first()
        assert row is not None
        suggestions.decide(work, case, [Wish(row.id, row.version)], "keep")
        cases.move(work, case, Event.REVIEW_FINISHED)
        changed = row.document_id
    burn(database, reviewed)

    with database.reading() as work:
        case = work.session.get_one(Case, reviewed)
        assert [g.document_id for g in approvals.open_gates(work, case)] == [changed]


def test_communications_cannot_publish_before_the_besluit(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    review(database, people, reviewed)

    with pytest.raises(NotAllowed), database.work(people.communication) as work:
        publications.order(work, work.session.get_one(Case, reviewed))

    assert not database.settings.public_root.exists() or not list(database.settings.public_root.iterdir())


def test_bytes_that_changed_in_the_store_are_not_published(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)
    approve(database, people, reviewed)
    decide_on_besluit(database, people, reviewed)
    with database.work(people.communication) as work:
        case = work.session.get_one(Case, reviewed)
        publications.order(work, case)
        victim = work.store.path(next(iter(plans.proven_results(work, case).values())).result_sha256 or "")
    victim.chmod(0o600)
    victim.write_bytes(victim.read_bytes() + b"\n%extra")

    with pytest.raises(NotAllowed):
        publications.publish(database, claim(database, reviewed, Stage.PUBLISH), reviewed)

    with database.reading() as work:
        assert work.session.get_one(Case, reviewed).phase == Phase.PUBLICATION
    assert not list(database.settings.public_root.rglob("*.pdf"))


def test_a_title_that_names_somebody_keeps_the_review_open(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, reviewed)
        rows = work.session.scalars(select(Suggestion).where(Suggestion.case_id == reviewed)).all()
        suggestions.decide(work, case, [Wish(r.id, r.version) for r in rows], "redact")
        document = work.session.get_one(Document, rows[0].document_id)
        judging.judge_document(
            work,
            case,
            document,
            Judgement.PARTIAL,
            reason="Privacy.",
            public_title="Brief van Fatima el Amrani",
            version=document.version,
        )

    with pytest.raises(NotAllowed, match="titel"), database.work(people.jurist) as work:
        cases.move(work, work.session.get_one(Case, reviewed), Event.REVIEW_FINISHED)


def test_an_approval_that_nobody_signed_in_the_log_publishes_nothing(
    database: Database, people: People, reviewed: uuid.UUID
) -> None:
    review(database, people, reviewed)
    burn(database, reviewed)
    with database.work() as work:
        for gate in approvals.open_gates(work, work.session.get_one(Case, reviewed)):
            gate.state, gate.decided_by_id, gate.decided_at = "approved", people.second_jurist.id, work.clock.now()

    with pytest.raises(NotAllowed), database.reading() as work:
        publications.approved_bytes(work, work.session.get_one(Case, reviewed))

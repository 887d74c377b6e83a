"""The stage that burns and proves: each document to publish gets its plan burned in; only proven bytes are kept."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from sqlalchemy import or_, select

from models import Case, Document, Gate, Redaction
from redaction.errors import NotProven, UnusableInput
from redaction.pdf import Plan, redact
from woo.law.lifecycle import Event
from woo.services import cases, plans, stages, todos
from woo.services.work import Database, Work


def unburned(work: Work, case_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
    """The next documents whose plan of today has no result yet, proven or refused.

    A refusal counts for this round only: it may have been the machine that was too busy to prove in time.
    """
    case = work.session.get_one(Case, case_id)
    documents = plans.published_documents(work, case)
    wanted = plans.plans_of(work, case, documents)
    known = {
        (r.document_id, r.original_sha256, r.plan_sha256)
        for r in work.session.scalars(
            select(Redaction)
            .join(Document, Redaction.document_id == Document.id)
            .where(Document.case_id == case.id, or_(Redaction.proven, Redaction.made_at >= case.phase_since))
        )
    }
    return [d.id for d in documents if (d.id, d.pdf_sha256, wanted[d.id].sha256()) not in known][:limit]


def burn_document(database: Database, attempt_id: uuid.UUID, document_id: uuid.UUID) -> bool:
    """Burn and prove one document and keep result and record in one transaction; False where it was not proven."""
    with database.reading() as work:
        document = work.session.get_one(Document, document_id)
        case = work.session.get_one(Case, document.case_id)
        plan = plans.plans_of(work, case, [document])[document.id]
        original = document.pdf_sha256
        source = work.store.path(original)
    with tempfile.TemporaryDirectory(prefix="woo-redact-") as folder:
        target = Path(folder) / "result.pdf"
        try:
            record = redact(source, plan, target).to_json()
            findings = ""
        except NotProven as error:
            record, findings = {"findings": [f.to_json() for f in error.findings]}, _where(error)
        except UnusableInput as error:
            record, findings = {"reason": error.reason}, str(error)
        with database.work() as work:
            return _keep_result(
                work, attempt_id, document_id, original, plan, record, target if target.exists() else None, findings
            )


def finish_redacting(work: Work, attempt_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    """Open the second reader's gates, or send the case back where something is not proven; False while work is left."""
    stages.hold(work, attempt_id)
    if unburned(work, case_id, 1):
        return False
    case = work.session.get_one(Case, case_id)
    proven = plans.proven_results(work, case)
    if len(proven) == len(plans.published_documents(work, case)):
        _open_gates(work, case, proven)
        cases.move(work, case, Event.REDACTION_PROVEN)
    else:
        cases.move(work, case, Event.REDACTION_REFUSED)
    stages.finish(work, attempt_id)
    return True


def _keep_result(
    work: Work,
    attempt_id: uuid.UUID,
    document_id: uuid.UUID,
    original: str,
    plan: Plan,
    record: dict[str, object],
    target: Path | None,
    findings: str,
) -> bool:
    stages.hold(work, attempt_id)
    document = work.session.get_one(Document, document_id)
    case = work.session.get_one(Case, document.case_id)
    key = {"document_id": document_id, "original_sha256": original, "plan_sha256": plan.sha256()}
    row = work.session.scalars(select(Redaction).filter_by(**key)).first()
    if row is None:
        row = Redaction(**key, plan=plan.to_json())
        work.session.add(row)
    elif row.proven:
        return True
    row.proven, row.record, row.made_at = target is not None, record, work.clock.now()
    row.result_sha256 = work.store.put_file(target) if target else None
    if target is None:
        todos.open_todo(
            work,
            case,
            "not_proven",
            "Dit document is niet bewezen schoon en gaat daarom niet naar buiten. Uw beslissingen "
            f"zijn bewaard. Maak de kaders ruimer of lak de hele pagina. {findings}",
            document_id=document_id,
        )
    else:
        todos.close_solved(work, case, "not_proven", document_id, "Opnieuw gelakt en nu bewezen schoon.")
    return target is not None


def _open_gates(work: Work, case: Case, proven: dict[uuid.UUID, Redaction]) -> None:
    """One gate per document whose bytes nobody signed yet; gates over older bytes no longer count."""
    approved = plans.approved_results(work, case)
    for gate in work.session.scalars(
        select(Gate).where(Gate.case_id == case.id, Gate.kind == "approval", Gate.state == "open")
    ):
        gate.state, gate.reason = "void", "De inhoud is veranderd."
    for document_id, redaction in proven.items():
        if (document_id, redaction.result_sha256) not in approved:
            work.session.add(
                Gate(
                    case_id=case.id,
                    document_id=document_id,
                    kind="approval",
                    content_sha256=redaction.result_sha256,
                    opened_at=work.clock.now(),
                )
            )


def _where(error: NotProven) -> str:
    pages = sorted({f.page + 1 for f in error.findings if f.page is not None})
    return f"Gevonden op pagina {', '.join(map(str, pages))}." if pages else ""

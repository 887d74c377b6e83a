"""Redaction: the jurist's decisions are burned in and each result is proven clean before anybody may sign it."""

from __future__ import annotations

import uuid

from flows.stage import StageRun, each, stage_flow
from woo.law.lifecycle import Stage
from woo.services import redactions


def redact_documents(run: StageRun) -> str:
    """Lak alle documenten en bewijs van elk resultaat dat het schoon is. Zonder bewijs gaat de zaak terug."""

    def burn(document_id: uuid.UUID) -> None:
        redactions.burn_document(run.database, run.attempt_id, document_id)

    documents = 0
    while True:
        documents += run.in_batches("Lakken en controleren", redactions.unburned, each(burn))
        if run.write(redactions.finish_redacting, run.attempt_id, run.case_id):
            return f"{documents} documenten gelakt en gecontroleerd in deze poging."


redact_and_verify = stage_flow(Stage.REDACT, redact_documents, done="Gelakt en gecontroleerd")

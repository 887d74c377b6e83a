"""Suggestions: every document is read for personal data, and then searched for the names of the whole dossier."""

from __future__ import annotations

import uuid

from flows.stage import StageRun, each, stage_flow
from redaction.detect import Dossier
from woo.law.lifecycle import Stage
from woo.services import suggesting


def suggest_redactions(run: StageRun) -> str:
    """Lees alle documenten en doe lakvoorstellen met uitleg. Een jurist beslist over elk voorstel."""
    reader = suggesting.Reader(run.database.settings)

    def read(document_id: uuid.UUID) -> None:
        suggesting.read_document(run.database, run.attempt_id, document_id, reader)

    documents = 0
    while True:
        documents += run.in_batches("Documenten lezen", suggesting.unread, each(read))
        dossier = suggesting.learn_dossier(run.database, run.case_id)

        def search(document_id: uuid.UUID, dossier: Dossier = dossier) -> None:
            suggesting.search_document(run.database, run.attempt_id, document_id, reader, dossier)

        run.in_batches("Namen uit het dossier zoeken", suggesting.unsearched, each(search))
        if run.write(suggesting.finish_suggesting, run.attempt_id, run.case_id):
            return f"{documents} documenten gelezen in deze poging."


suggest = stage_flow(Stage.SUGGEST, suggest_redactions, done="Voorstellen gemaakt")

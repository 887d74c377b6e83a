"""Suggestions: every document is read for personal data, and then searched for the names of the whole dossier."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flows.stage import StageRun, stage_flow
from redaction.detect import Dossier
from woo.law.lifecycle import Stage
from woo.services import reading, suggesting


def suggest_redactions(run: StageRun) -> str:
    """Lees alle documenten en doe lakvoorstellen met uitleg. Een jurist beslist over elk voorstel."""
    documents = 0
    with reading.readers(run.database.settings) as readers:

        def read(ids: Sequence[uuid.UUID]) -> None:
            suggesting.read_documents(run.database, run.attempt_id, ids, readers)

        while True:
            documents += run.in_batches("Documenten lezen", suggesting.unread, read)
            dossier = suggesting.learn_dossier(run.database, run.case_id)

            def search(ids: Sequence[uuid.UUID], dossier: Dossier = dossier) -> None:
                suggesting.search_documents(run.database, run.attempt_id, ids, readers, dossier)

            run.in_batches("Namen uit het dossier zoeken", suggesting.unsearched, search)
            if run.write(suggesting.finish_suggesting, run.attempt_id, run.case_id):
                return f"{documents} documenten gelezen in deze poging."


suggest = stage_flow(Stage.SUGGEST, suggest_redactions, done="Voorstellen gemaakt")

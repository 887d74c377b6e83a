"""Gathering: every delivered file becomes a document, a duplicate, an unpacked container or a to-do; none is lost."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flows.stage import StageRun, stage_flow
from woo.law.lifecycle import Stage
from woo.services import sources


def gather_documents(run: StageRun) -> str:
    """Zet alle aangeleverde bestanden om en nummer de documenten."""

    def convert(source_ids: Sequence[uuid.UUID]) -> None:
        sources.convert_batch(run.database, run.attempt_id, source_ids)

    files = 0
    while True:
        files += run.in_batches("Bestanden omzetten", sources.pending, convert)
        if run.write(sources.finish_gathering, run.attempt_id):
            return f"{files} bestanden verwerkt in deze poging."


gather = stage_flow(Stage.GATHER, gather_documents, done="Verzameld")

"""The gathering stage run here and now, without Prefect: the same steps as the flow, for the command `woo gather`."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import select

from models import StageAttempt
from woo.errors import Stale
from woo.law.lifecycle import Stage
from woo.services import sources, stages
from woo.services.work import Database


def gather_here(database: Database, case_id: uuid.UUID, progress: Callable[[str], None]) -> None:
    """Claim the queued attempt and convert every pending file; ends well too where a flow was first and does it."""
    with database.work() as work:
        number = work.session.scalar(
            select(StageAttempt.number).where(
                StageAttempt.case_id == case_id, StageAttempt.stage == Stage.GATHER, StageAttempt.state == "queued"
            )
        )
        if number is None:
            raise Stale("Een stroom is al bezig met deze bestanden. Kijk op de zaak voor de uitkomst.")
        attempt_id = stages.claim(work, case_id, Stage.GATHER, number).id
    while True:
        with database.reading() as work:
            batch = sources.pending(work, case_id, database.settings.batch_size)
        sources.convert_batch(database, attempt_id, batch)
        if batch:
            progress(f"{len(batch)} bestanden verwerkt.")
            continue
        with database.work() as work:
            if sources.finish_gathering(work, attempt_id):
                return

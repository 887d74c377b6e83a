"""Intake: what the public form or a mail gateway left in the inbox becomes a case with a receipt letter."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.case_store import case_store
from flows.stage import as_task, quietly
from woo.services import intake as requests


@flow(name="Intake", flow_run_name="Intake", persist_result=False, log_prints=False)
@quietly
def intake() -> State[Any]:
    """Haal nieuwe verzoeken uit de inbox, registreer ze en maak de ontvangstbevestiging."""
    taken: list[requests.Taken] = []
    as_task("Inbox legen", lambda: taken.extend(requests.empty_inbox(case_store())))
    registered = sum(t.case_number is not None for t in taken)
    refused = len(taken) - registered
    if refused:
        return Completed(
            name="Aandacht nodig", message=f"{registered} verzoeken geregistreerd, {refused} bestanden niet."
        )
    return Completed(name="Bijgewerkt", message=f"{registered} verzoeken geregistreerd.")

"""Melding: mails the Centrale Eenheid which cases became late or nearly late in one round of the deadline watch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.case_store import case_store
from flows.stage import as_task, quietly
from woo import mail
from woo.services import notices


@flow(name="Melding", flow_run_name="Melding", persist_result=False, log_prints=False)
def notice(ronde: datetime) -> State[Any]:
    """Mail welke zaken in deze ronde van termijnbewaking (bijna) te laat werden."""
    return quietly(lambda: send_notice(ronde))()


def send_notice(moment: datetime) -> State[Any]:
    """Send the mail of the round of this moment, where there is something to say and somebody to say it to."""
    database = case_store()
    with database.reading() as work:
        message = notices.notice_of(work, moment)
    if message is None:
        return Completed(name="Niets te melden", message="In deze ronde werd geen zaak (bijna) te laat.")
    if not mail.can_send(database.settings):
        return Completed(name="Geen mail", message="Er is geen mailserver, afzender of ontvanger ingesteld.")
    as_task("Mail versturen", lambda: mail.send(database.settings, message.subject, message.text))
    return Completed(name="Verstuurd", message="De mailserver heeft het bericht aangenomen.")

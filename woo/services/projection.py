"""What the Centrale Eenheid sees of a case in Prefect's screens: made from our rows, never read back.

Holds the case number, dates and phases only: Prefect's screens have no users and no rights.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models import Case, CaseRun
from woo.law.lifecycle import DECIDED_PHASES, Phase
from woo.services import board
from woo.services.board import BoardRow
from woo.services.work import Work

StateType = Literal["RUNNING", "PAUSED", "COMPLETED", "CANCELLED"]
_STATES: dict[Phase, tuple[StateType, str]] = {
    Phase.INTAKE: ("PAUSED", "Intake"),
    Phase.GATHERING: ("RUNNING", "Verzamelen"),
    Phase.SUGGESTING: ("RUNNING", "Voorstellen maken"),
    Phase.REVIEW: ("PAUSED", "Wacht op jurist"),
    Phase.ZIENSWIJZE: ("PAUSED", "Zienswijze loopt"),
    Phase.REDACTING: ("RUNNING", "Lakken en controleren"),
    Phase.APPROVAL: ("PAUSED", "Wacht op tweede jurist"),
    Phase.BESLUIT: ("PAUSED", "Wacht op besluit"),
    Phase.PUBLICATION: ("PAUSED", "Wacht op communicatie"),
    Phase.PUBLISHING: ("RUNNING", "Publiceren"),
    Phase.PUBLISHED: ("COMPLETED", "Gepubliceerd"),
    Phase.CLOSED: ("COMPLETED", "Afgesloten"),
}


@dataclass(frozen=True, slots=True)
class CaseView:
    """The picture of one case: name, Dutch state, tags and the link to the case page. `sha256` changes when it does."""

    case_id: uuid.UUID
    number: str
    name: str
    state_type: StateType
    state_name: str
    message: str
    tags: tuple[str, ...]
    link: str
    sha256: str


def view_of(work: Work, case: Case, today: date | None = None) -> CaseView:
    """The picture of a case on this day: late and nearly late go before the phase, trouble goes before everything."""
    return _view(work, board.row_of(work, case, today))


def views(work: Work, today: date | None = None) -> list[CaseView]:
    """The pictures of all cases, worst first."""
    return [_view(work, row) for row in board.rows(work, today)]


def shown_run(work: Work, case_id: uuid.UUID) -> CaseRun | None:
    """Which Prefect run shows the case, and the picture it last got."""
    return work.session.get(CaseRun, case_id)


def remember_run(work: Work, case_id: uuid.UUID, flow_run_id: uuid.UUID, sha256: str) -> None:
    """Note the run that shows the case, and with which picture."""
    run = work.session.get(CaseRun, case_id)
    if run is None:
        work.session.add(CaseRun(case_id=case_id, flow_run_id=flow_run_id, shown_sha256=sha256))
    else:
        run.flow_run_id, run.shown_sha256 = flow_run_id, sha256


def _view(work: Work, row: BoardRow) -> CaseView:
    state_type, state_name = _state(row)
    when = f"besluit vóór {row.deadline:%d-%m-%Y}" if row.deadline else "termijn niet te berekenen"
    name = (
        f"Woo {row.number} · {row.phase_label.lower()}" if row.phase in DECIDED_PHASES else f"Woo {row.number} · {when}"
    )
    week = row.deadline.isocalendar() if row.deadline else None
    tags = ["woo", f"zaak:{row.number}", f"fase:{row.phase_label}"]
    tags += [f"directie:{row.directorate}"] if row.directorate else []
    tags += [f"week:{week.year}-{week.week:02d}"] if week and row.phase not in DECIDED_PHASES else []
    tags += ["spoed"] if row.urgent else []
    message = f"{row.phase_label}: {row.badge_text}. Volgende stap: {row.next_step} ({row.waiting_for})."
    fields = {
        "number": row.number,
        "name": name,
        "state_type": state_type,
        "state_name": state_name,
        "message": message,
        "tags": tuple(tags),
        "link": f"{work.settings.workbench_url.rstrip('/')}/zaken/{row.number}",
    }
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return CaseView(case_id=row.case_id, sha256=digest, **fields)  # type: ignore[arg-type]


def _state(row: BoardRow) -> tuple[StateType, str]:
    state_type, name = _STATES[row.phase]
    if row.trouble:
        return "PAUSED", "Storing"
    if row.phase in DECIDED_PHASES:
        return state_type, name
    if row.badge == "late":
        return state_type, "Te laat"
    if row.badge == "suspended" and row.phase is not Phase.ZIENSWIJZE:
        return state_type, "Opgeschort"
    if row.badge == "soon":
        return state_type, "Termijn < 7 dagen"
    return state_type, name

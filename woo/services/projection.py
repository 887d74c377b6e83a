"""What the Centrale Eenheid sees of a case in Prefect's screens: made from our rows, never read back.

Holds the case number, dates and phases only: Prefect's screens have no users and no rights. Nothing in a picture counts
days: it changes when the standing of a case does, and not every night.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from sqlalchemy import select

from models import Case, CaseRun
from woo.law.lifecycle import DECIDED_PHASES, PHASE_LABELS, Phase
from woo.services import board
from woo.services.standings import Standing, standing_of, standings
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
CASE_TAG = "woo-zaak"
"""The tag of every case, which the runs of stages and schedules do not have."""
BADGES = {"late": "te laat", "soon": "bijna te laat", "ok": "op tijd", "suspended": "opgeschort"}
"""The badge of a running case in words; also the value of its tag `termijn:`."""


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


@dataclass(frozen=True, slots=True)
class Picture:
    """How a case should look, the run that shows it (None: there is none yet), and how that run was last told to."""

    view: CaseView
    run_id: uuid.UUID | None
    shown_sha256: str | None

    @property
    def changed(self) -> bool:
        """Whether Prefect shows something else than it should, as far as we told it."""
        return self.shown_sha256 != self.view.sha256


def view_of(work: Work, case: Case, today: date | None = None) -> CaseView:
    """The picture of a case on this day: late and nearly late go before the phase, trouble goes before everything."""
    return _view(work.settings.workbench_url, standing_of(case, today or work.clock.today()))


def pictures(work: Work, today: date | None = None) -> list[Picture]:
    """The pictures of all cases with the runs that show them, worst first."""
    shown = select(CaseRun.case_id, CaseRun.flow_run_id, CaseRun.shown_sha256)
    runs = {case_id: (run_id, sha256) for case_id, run_id, sha256 in work.session.execute(shown)}
    base = work.settings.workbench_url
    return [Picture(_view(base, s), *runs.get(s.case_id, (None, None))) for s in standings(work, today)]


def shown_run(work: Work, case_id: uuid.UUID) -> CaseRun | None:
    """Which Prefect run shows the case, and the picture it last got."""
    return work.session.get(CaseRun, case_id)


def links_to_runs(work: Work, case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Where Prefect's screens show these cases, with the stages on their timeline.

    Empty where the settings do not say how a browser reaches those screens; a case that has no run yet is left out.
    """
    base = work.settings.prefect_ui_url
    if not base or not case_ids:
        return {}
    query = select(CaseRun.case_id, CaseRun.flow_run_id).where(CaseRun.case_id.in_(case_ids))
    return {case_id: f"{base}/v2/runs/flow-run/{run_id}" for case_id, run_id in work.session.execute(query)}


def remember_run(work: Work, case_id: uuid.UUID, flow_run_id: uuid.UUID, sha256: str) -> None:
    """Note the run that shows the case, and with which picture."""
    run = work.session.get(CaseRun, case_id)
    if run is None:
        work.session.add(CaseRun(case_id=case_id, flow_run_id=flow_run_id, shown_sha256=sha256))
    else:
        run.flow_run_id, run.shown_sha256 = flow_run_id, sha256


def badge_tag(badge: str) -> str:
    """The tag of all running cases with this badge."""
    return f"termijn:{BADGES[badge]}"


def directorate_tag(directorate: str) -> str:
    """The tag of all cases of this directorate. Prefect's screens take a comma for the end of a tag."""
    return f"directie:{' '.join(directorate.replace(',', ' ').split())}"


def runs_link(tag: str, since: date, today: date, base: str = "") -> str:
    """The list of runs with this tag in Prefect's screens, by name; without `base`, for a page of Prefect itself.

    Prefect shows the last seven days unless told otherwise, so the link says from which day: a case is shown by a run
    of the day on which it was registered. Its screens filter by our tags, but not by our names of states.
    """
    wanted = {
        "tags": tag,
        "start": f"{since}T00:00:00.000Z",
        "end": f"{today + timedelta(days=1)}T23:59:59.000Z",
        "hide-subflows": "true",
        "sort": "NAME_ASC",
    }
    return f"{base.rstrip('/')}/v2/runs?{urlencode(wanted)}"


def link_to_case(workbench_url: str, number: str) -> str:
    """The page of a case in the workbench."""
    return f"{workbench_url.rstrip('/')}/zaken/{number}"


def _view(workbench_url: str, s: Standing) -> CaseView:
    state_type, state_name = _state(s)
    waiting_for, next_step = board.waits_for(s.phase, s.trouble)
    fields = {
        "number": s.number,
        "name": f"Woo {s.number} · {_when(s)}",
        "state_type": state_type,
        "state_name": state_name,
        "message": f"{PHASE_LABELS[s.phase]}: {_standing(s)}. Volgende stap: {next_step} ({waiting_for}).",
        "tags": tuple(_tags(s)),
        "link": link_to_case(workbench_url, s.number),
    }
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return CaseView(case_id=s.case_id, sha256=digest, **fields)  # type: ignore[arg-type]


def _when(s: Standing) -> str:
    if not s.running:
        return PHASE_LABELS[s.phase].lower()
    if s.clock.deadline is None:
        return "termijn niet te berekenen"
    if s.clock.provisional:  # its last day moves with every day that it lasts
        return "termijn staat stil"
    return f"besluit vóór {s.clock.deadline:%d-%m-%Y}"


def _standing(s: Standing) -> str:
    if not s.running or s.clock.deadline is None:
        return s.badge_text
    if s.clock.provisional:
        return "opgeschort, het einde staat nog niet vast"
    return f"{BADGES[s.badge]}, besluit uiterlijk {s.clock.deadline:%d-%m-%Y}"


def _tags(s: Standing) -> Sequence[str]:
    tags = ["woo", CASE_TAG, f"zaak:{s.number}", f"fase:{PHASE_LABELS[s.phase]}"]
    tags += [directorate_tag(s.directorate)] if s.directorate else []
    if s.running:
        tags.append(badge_tag(s.badge))
        if s.clock.deadline and not s.clock.provisional:
            week = s.clock.deadline.isocalendar()
            tags.append(f"week:{week.year}-{week.week:02d}")
    return [*tags, *(["spoed"] if s.urgent else [])]


def _state(s: Standing) -> tuple[StateType, str]:
    state_type, name = _STATES[s.phase]
    if s.trouble:
        return "PAUSED", "Storing"
    if s.phase in DECIDED_PHASES:
        return state_type, name
    if s.badge == "late":
        return state_type, "Te laat"
    if s.badge == "suspended" and s.phase is not Phase.ZIENSWIJZE:
        return state_type, "Opgeschort"
    if s.badge == "soon":
        return state_type, "Termijn < 7 dagen"
    return state_type, name

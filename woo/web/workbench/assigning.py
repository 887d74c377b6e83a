"""Assigning from the deadline board, and the jurists of the pool with the directorates they work for."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from starlette.responses import RedirectResponse, Response

from models import Case
from woo.errors import InputRejected
from woo.services import assignment
from woo.services.assignment import Wish
from woo.services.forecast import ANSWER_LABELS
from woo.services.outlook import outlook, pages_to_judge
from woo.services.standings import NOBODY
from woo.services.work import Work
from woo.web.workbench.board import address, asked
from woo.web.workbench.deadlines import PATH
from woo.web.workbench.forecast_text import sum_of
from woo.web.workbench.forms import parse_key
from woo.web.workbench.visit import Visit

AS_PROPOSED = "voorstel"
JURISTS = "/juristen"


def assign(visit: Visit) -> Response:
    """Give the chosen cases to one jurist, take them back, or follow the proposal that was shown with each."""
    target = visit.form.text("naar", 40)
    wishes = [_wish(value) for value in visit.form.texts("zaak")]
    if not target:
        raise InputRejected("Kies een jurist. Er is niets veranderd.")
    proposed = dict(_pair(value) for value in visit.form.texts("voorstel")) if target == AS_PROPOSED else {}
    with visit.working() as work:
        if target != AS_PROPOSED:
            assignment.assign(work, wishes, None if target == NOBODY else parse_key(target))
        else:
            _follow(wishes, proposed)
            for jurist in dict.fromkeys(proposed[wish.case_id] for wish in wishes):
                assignment.assign(work, [w for w in wishes if proposed[w.case_id] == jurist], jurist)
    wanted, number = asked(visit)
    done = "zaken-teruggegeven" if target == NOBODY else "zaken-toegewezen"
    return RedirectResponse(address(PATH, wanted, bladzijde=number if number > 1 else "", gedaan=done), 303)


def treatment(visit: Visit, work: Work, case: Case, last_day: date | None) -> dict[str, Any]:
    """What the page of a case shows of its handling: who may have it, who fits, and whether the term is made."""
    pages = pages_to_judge(work)
    found = assignment.pool(work, {case.number}, pages)
    chance = outlook(work, {case.number}, pages).get(case.id)
    return {
        "pool": found,
        "fit": found.fits.get(case.id),
        "may_assign": assignment.may_assign(visit.roles),
        "may_take": assignment.may_take(visit.roles, case.assigned_to_id, visit.me.actor.id),
        "chance": chance,
        "chance_sum": sum_of(chance, last_day) if chance else [],
        "answers": ANSWER_LABELS,
    }


def jurists(visit: Visit) -> Response:
    """The jurists, what they carry, and for which directorates they work."""
    with visit.reading() as work:
        found = assignment.pool(work, (), pages_to_judge(work))
        known = assignment.known_directorates(work)
    return visit.page(
        "jurists.html", pool=found, known=known, may_link=assignment.may_assign(visit.roles), nobody=NOBODY
    )


def link(visit: Visit) -> Response:
    """Set the directorates of one jurist."""
    names = [*visit.form.texts("directie"), visit.form.text("andere", 500)]
    with visit.working() as work:
        assignment.link_directorates(work, parse_key(visit.part("user")), names, visit.form.number("versie"))
    return visit.go(JURISTS, "gekoppeld")


def _follow(wishes: list[Wish], proposed: dict[uuid.UUID, uuid.UUID]) -> None:
    """Refuse where a chosen case has no proposal: somebody has it, or nobody fits."""
    if not wishes or any(wish.case_id not in proposed for wish in wishes):
        raise InputRejected(
            "Niet bij elke gekozen zaak staat een voorstel. Er is niets veranderd. Kies alleen zaken met een voorstel."
        )


def _wish(value: str) -> Wish:
    key, _, version = value.partition(":")
    if not version.isdecimal() or len(version) > 9:
        raise InputRejected("Een gekozen zaak is niet leesbaar. Er is niets veranderd. Ververs de pagina.")
    return Wish(parse_key(key), int(version))


def _pair(value: str) -> tuple[uuid.UUID, uuid.UUID]:
    case_id, _, jurist = value.partition(":")
    return parse_key(case_id), parse_key(jurist)

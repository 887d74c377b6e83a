"""What will be public, what was checked, and the button that only communications has."""

from __future__ import annotations

from starlette.responses import Response

from woo.law.guards import Guard, refusal
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import Event, Phase, transition_for
from woo.services import besluiten, case_files, facts, publications, screens, users
from woo.web.workbench.case_page import tabs_of
from woo.web.workbench.visit import Visit

_CHECKS = {
    Guard.ALL_PROVEN: "Elk document is bewezen schoon",
    Guard.ALL_APPROVED: "Een tweede jurist keurde elk document goed, op deze bytes",
    Guard.DISCLOSURE_MAY_START: "De documenten mogen vanaf vandaag openbaar (Woo art. 4.4, vijfde lid)",
}


def show(visit: Visit) -> Response:
    """The publication of a case."""
    with visit.reading() as work:
        screens.check_result_reader(work)
        case = visit.case(work)
        counted = facts.facts_of(work, case)
        move = transition_for(Phase.PUBLICATION, Event.PUBLICATION_ORDERED)
        ordered = screens.publication(work, case)
        signings = {row.document.id: row for row in screens.signings(work, case)}
        listed = [d for d in screens.documents(work, case) if d.judgement]
        who = users.names(work, {ordered.ordered_by_id}) if ordered else {}
        return visit.page(
            "publication.html",
            case=case,
            tab="publicatie",
            tabs=tabs_of(visit, case),
            checks=[(_CHECKS[guard], refusal(guard, counted)) for guard in move.guards],
            ready=case.phase == Phase.PUBLICATION,
            reached=case.phase in {Phase.PUBLICATION, Phase.PUBLISHING, Phase.PUBLISHED},
            may_order=not move.roles.isdisjoint(visit.roles),
            ordered=ordered,
            who=who.get(ordered.ordered_by_id) if ordered else None,
            published=case.phase == Phase.PUBLISHED,
            url=besluiten.public_page_url(work, case),
            signings=signings,
            documents=listed,
            labels={d.id: JUDGEMENT_LABELS[Judgement(d.judgement)] for d in listed if d.judgement},
            public_id=case_files.public_id,
            written=screens.besluit(work, case),
            approvers=screens.approvers(work, case),
        )


def order(visit: Visit) -> Response:
    """Communications orders the publication; the flow writes the files and checks everything again."""
    with visit.working() as work:
        publications.order(work, visit.case(work))
    return visit.go(f"/zaken/{visit.part('number')}/publicatie", "opdracht")

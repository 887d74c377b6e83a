"""What will be public, what was checked, and the button that only communications has."""

from __future__ import annotations

from starlette.responses import Response

from woo.errors import InputRejected
from woo.law.guards import Guard, refusal
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import Event, Phase, transition_for
from woo.publish import tooi
from woo.publish.production_report import production_report
from woo.services import besluiten, case_files, facts, publications, screens, users
from woo.web.workbench.case_page import tabs_of
from woo.web.workbench.visit import Visit

_REACHED = frozenset({Phase.PUBLICATION, Phase.PUBLISHING, Phase.PUBLISHED})
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
            reached=case.phase in _REACHED,
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
            taken_back=case_files.withdrawals(work, case),
            removal_reasons=tooi.removal_reasons(),
        )


def withdraw(visit: Visit) -> Response:
    """Communications takes one document back; the flow writes the public folder anew without its file."""
    with visit.working() as work:
        publications.withdraw(work, visit.case(work), visit.form.key("document"), visit.form.text("waarom", 200))
    return visit.go(f"/zaken/{visit.part('number')}/publicatie", "intrekken")


def report(visit: Visit) -> Response:
    """The production report for open.minvws.nl as a spreadsheet."""
    with visit.reading() as work:
        screens.check_result_reader(work)
        case = visit.case(work)
        if case.phase not in _REACHED:
            raise InputRejected("Eerst moet het besluit genomen zijn. Daarna kunt u het productierapport ophalen.")
        content = production_report(case_files.case_file(work, case))
        name = f"productierapport-{case.number}.xlsx"
    return Response(content, media_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def order(visit: Visit) -> Response:
    """Communications orders the publication; the flow writes the files and checks everything again."""
    with visit.working() as work:
        publications.order(work, visit.case(work))
    return visit.go(f"/zaken/{visit.part('number')}/publicatie", "opdracht")

"""One case: where it stands, when it must be decided and why, what can be done next, and what went in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import FileResponse, Response

from models import Case, Document, SourceFile
from woo.errors import InputRejected, NotAllowed
from woo.law.deadlines import Deadline
from woo.law.grounds import GROUNDS, Ground, GroundKind, ground
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import (
    PHASE_LABELS,
    TRANSITIONS,
    Event,
    Phase,
    Role,
)
from woo.law.procedure import ENDINGS
from woo.services import board, communications, history, judging, legal_facts, plans, screens, sources, todos, users
from woo.services.cases import CHANNELS
from woo.services.judging import Sums
from woo.services.screens import Progress
from woo.services.work import Work
from woo.web.workbench.assigning import treatment
from woo.web.workbench.board import run_links
from woo.web.workbench.case_steps import next_steps, way_of
from woo.web.workbench.fact_forms import told
from woo.web.workbench.fact_table import ADDABLE, FACT_FORMS
from woo.web.workbench.running_terms import running_terms
from woo.web.workbench.timeline import timeline_svg
from woo.web.workbench.visit import NotFound, Visit

_OUTCOMES = {
    sources.DOCUMENT: ("document", "documenten"),
    sources.DUPLICATE: ("dubbel", "dubbel"),
    sources.CONTAINER: ("uitgepakt", "uitgepakt"),
    sources.TODO: ("to-do", "to-do’s"),
    sources.PENDING: ("nog te verwerken", "nog te verwerken"),
}
_DESK = frozenset({Role.JURIST, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in the list, with how far it is."""

    document: Document
    progress: Progress
    judgement: str | None
    grounds: tuple[str, ...]
    proposal: str | None
    problems: tuple[str, ...]


def show(visit: Visit) -> Response:
    """The page of a case."""
    with visit.reading() as work:
        case = visit.case(work)
        reader = not screens.DOSSIER_READERS.isdisjoint(visit.roles)
        deadline, problem = _deadline(work, case)
        standing = {f.id for f in legal_facts.standing_facts(case)}
        waiting = todos.open_todos(work, case)
        delivered = sources.report(work, case) if reader else []
        lines = document_lines(work, case) if reader else []
        return visit.page(
            "case.html",
            case=case,
            row=board.row_of(work, case),
            tab="zaak",
            tabs=tabs_of(visit, case),
            way=way_of(case),
            phase=PHASE_LABELS[Phase(case.phase)],
            deadline=deadline,
            problem=problem,
            picture=timeline_svg(deadline, work.clock.today(), legal_facts.besluit_on(case)) if deadline else "",
            steps=next_steps(work, case),
            run_link=run_links(visit, work, [case.id]).get(case.id, ""),
            to_tell=communications.third_parties_to_tell(work, case),
            reader=reader,
            channel=CHANNELS[case.request.channel],
            requester=not screens.REQUESTER_READERS.isdisjoint(visit.roles),
            facts=_facts(work, case, standing),
            addable=ADDABLE,
            endings=ENDINGS,
            today=work.clock.today(),
            terms=running_terms(work, case),
            may_record=not _DESK.isdisjoint(visit.roles),
            todos=waiting,
            todo_labels=todos.REASON_LABELS,
            names=screens.source_names(work, [t.source_file_id for t in waiting if t.source_file_id]) if reader else {},
            delivered=len(delivered),
            accounted=accounted(delivered) if delivered else "",
            may_deliver=_may_deliver(visit, case),
            lines=lines,
            may_describe=not _DESK.isdisjoint(visit.roles),
            **treatment(visit, work, case, deadline.deadline if deadline else None),
            notes=_notes(work, case),
            proposed=_proposed_grounds(lines),
            log=history.lines(work, case)[:12],
            contact=communications.log(work, case)[:5],
        )


def history_page(visit: Visit) -> Response:
    """The whole history of a case."""
    with visit.reading() as work:
        case = visit.case(work)
        return visit.page("history.html", case=case, tab="", tabs=tabs_of(visit, case), log=history.lines(work, case))


def sources_page(visit: Visit) -> Response:
    """Every file that went in with what became of it: counts in are counts out."""
    with visit.reading() as work:
        case = visit.dossier(work)
        report = sources.report(work, case)
        documents = {d.source_file_id: d for d in screens.documents(work, case)}
        return visit.page(
            "sources.html",
            case=case,
            tab="",
            tabs=tabs_of(visit, case),
            report=report,
            documents=documents,
            accounted=accounted(report),
            labels=sources.OUTCOME_LABELS,
            paths={s.id: s.path for s in report},
        )


def receipt(visit: Visit) -> Response:
    """The letter that confirms the receipt."""
    with visit.reading() as work:
        case = visit.case(work)
        if screens.REQUESTER_READERS.isdisjoint(visit.roles):
            raise NotAllowed("Deze brief bevat de gegevens van de verzoeker. U mag hem niet bekijken.")
        if not case.request.receipt_sha256:
            raise NotFound("De ontvangstbevestiging is nog niet gemaakt.")
        return pdf_file(work, case.request.receipt_sha256, f"ontvangstbevestiging-{case.number}.pdf")


def pdf_file(work: Work, digest: str, name: str, media_type: str = "application/pdf") -> FileResponse:
    """A stored file (a PDF unless said otherwise) as a download; ranges work, so a viewer need not fetch it whole."""
    return FileResponse(work.store.path(digest), media_type=media_type, filename=name)


def page_picture(visit: Visit, digest: str, pdf: Path) -> Response:
    """The picture of the page in the address, of a stored PDF; NotFound beyond its last page."""
    index = int(visit.part("page")[:9]) - 1
    if not 0 <= index < visit.house.images.page_count(digest, pdf):
        raise NotFound("Deze pagina bestaat niet.")
    return Response(visit.house.images.jpeg(digest, pdf, index), media_type="image/jpeg")


def tabs_of(visit: Visit, case: Case) -> list[tuple[str, str, str]]:
    """The screens of a case that are of use to the visitor: name, address, label."""
    base = f"/zaken/{case.number}"
    tabs = [("zaak", base, "Zaak")]
    if not screens.DOSSIER_READERS.isdisjoint(visit.roles):
        tabs += [("beoordelen", f"{base}/beoordelen", "Beoordelen"), ("zoeken", f"{base}/zoeken", "Zoeken in dossier")]
    if not screens.REQUESTER_READERS.isdisjoint(visit.roles):
        tabs.append(("brieven", f"{base}/brieven", "Brieven"))
    if not screens.RESULT_READERS.isdisjoint(visit.roles):
        tabs += [
            ("akkoord", f"{base}/akkoord", "Vier-ogen"),
            ("besluit", f"{base}/besluit", "Besluit"),
            ("publicatie", f"{base}/publicatie", "Publicatie"),
        ]
    return tabs


def document_lines(work: Work, case: Case) -> list[DocumentLine]:
    """The documents with progress, judgement and what stands in its way."""
    sums, progress = judging.sums_of(work, case), screens.progress(work, case)
    documents = screens.documents(work, case)
    secrets = plans.redacted_texts(work, case)
    lines = []
    for document in documents:
        tally = sums.get(document.id)
        proposal = judging.proposed_judgement(tally) if _proposes(case, document) else None
        lines.append(
            DocumentLine(
                document,
                progress.get(document.id, Progress(0, 0, 0, document.page_count)),
                JUDGEMENT_LABELS[Judgement(document.judgement)] if document.judgement else None,
                tuple(sorted(set(document.judgement_grounds) | (tally.grounds if tally else set()))),
                JUDGEMENT_LABELS[proposal] if proposal else None,
                tuple(_problems(work, case, document, tally, secrets)),
            )
        )
    return lines


def _proposes(case: Case, document: Document) -> bool:
    return case.phase == Phase.REVIEW and document.judgement is None


def _problems(
    work: Work, case: Case, document: Document, tally: Sums | None, secrets: Sequence[re.Pattern[str]]
) -> Iterator[str]:
    if not document.judgement:
        return
    yield from (r.text for r in judging.ground_refusals(work, case, document, tally))
    if not judging.judgement_matches(document, tally):
        yield "De beoordeling past niet bij wat er gelakt is."
    if any(pattern.search(document.public_title or document.title) for pattern in secrets):
        yield "De titel noemt iets dat is gelakt. Geef een andere titel."


def ground_choices() -> list[tuple[str, str]]:
    """The grounds of the Woo for a choice list: code and label; those of the old law are left out."""
    return [(g.code, f"{g.screen} – {g.label}") for g in GROUNDS.values() if g.kind is not GroundKind.OLD]


def accounted(delivered: Sequence[SourceFile]) -> str:
    """Counts in are counts out, as one line: "5 bestanden in = 4 documenten + 1 dubbel"."""
    parts = [
        f"{number} {many if number != 1 else one}"
        for key, (one, many) in _OUTCOMES.items()
        if (number := sources.totals(delivered)[key])
    ]
    return f"{len(delivered)} {'bestand' if len(delivered) == 1 else 'bestanden'} in = {' + '.join(parts)}"


def _proposed_grounds(lines: Sequence[DocumentLine]) -> list[Ground]:
    """The grounds that need a weighing in the documents whose judgement can be taken over."""
    used = {code for line in lines if line.proposal for code in line.grounds}
    return [ground(code) for code in sorted(used) if ground(code).needs_motivation]


def _deadline(work: Work, case: Case) -> tuple[Deadline | None, str | None]:
    try:
        return legal_facts.deadline_of(case, work.clock.today()), None
    except InputRejected as error:
        return None, str(error)


def _facts(work: Work, case: Case, standing: set[uuid.UUID]) -> list[dict[str, object]]:
    names = users.names(work, {f.recorded_by_id for f in case.events if f.recorded_by_id})
    return [
        {
            "row": fact,
            "label": legal_facts.FACT_LABELS.get(fact.kind, fact.kind),
            "stands": fact.id in standing,
            "told": told(fact),
            "who": names.get(fact.recorded_by_id, "Systeem") if fact.recorded_by_id else "Systeem",
            "editable": fact.id in standing and fact.kind in FACT_FORMS,
        }
        for fact in sorted(case.events, key=lambda f: (f.happened_on, f.recorded_at))
    ]


def _notes(work: Work, case: Case) -> list[tuple[str, str, object]]:
    gates = screens.notes_back(work, case)
    names = users.names(work, {g.decided_by_id for g in gates if g.decided_by_id})
    return [
        (names.get(g.decided_by_id, "Onbekend") if g.decided_by_id else "Onbekend", g.reason, g.decided_at)
        for g in gates
    ]


def _may_deliver(visit: Visit, case: Case) -> bool:
    return any(
        t.source == case.phase and t.event is Event.SOURCES_ADDED and not t.roles.isdisjoint(visit.roles)
        for t in TRANSITIONS
    )

"""The review page: one page of one document as a picture, its boxes, and the judgement of the document."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from models import Case, Document, Page
from woo.errors import InputRejected
from woo.law.judgement import JUDGEMENT_LABELS, Judgement
from woo.law.lifecycle import Phase, Role
from woo.services import board, judging, plans, screens, suggestions
from woo.services.judging import Circumstances, Sums
from woo.services.screens import PageState
from woo.services.work import Work
from woo.web.workbench.case_page import ground_choices, tabs_of
from woo.web.workbench.forms import Form, parse_key
from woo.web.workbench.marks import NUMBER_KEYS, marks_of, readable_on, view_size, words_of
from woo.web.workbench.visit import NotFound, Visit

_MAP_LIMIT = 60
_LONGEST_NUMBER = 9  # digits; a longer page number is no page, and no number that a database knows
_JUDGEMENT_KEYS = (
    (Judgement.PUBLIC, "V"),
    (Judgement.PARTIAL, "D"),
    (Judgement.WITHHELD, "N"),
    (Judgement.OUT_OF_SCOPE, "B"),
    (Judgement.DUPLICATE, "U"),
    (Judgement.ALREADY_PUBLIC, "R"),
)


def resume_case(visit: Visit) -> Response:
    """Go on where the review stopped: the first document without a judgement, at its first unfinished page."""
    with visit.reading() as work:
        case = visit.dossier(work)
        document = screens.unjudged(work, case) or next(iter(screens.documents(work, case)), None)
        if document is None:
            raise NotFound("Deze zaak heeft nog geen documenten om te beoordelen.")
        return RedirectResponse(_address(case, document, screens.resume_page(work, document)), 303)


def resume_document(visit: Visit) -> Response:
    """Go to the first unfinished page of a document."""
    with visit.reading() as work:
        case = visit.dossier(work)
        document = document_in(visit, work, case)
        return RedirectResponse(_address(case, document, screens.resume_page(work, document)), 303)


def show(visit: Visit) -> Response:
    """The review page, or only its inner part where our script turns the page."""
    with visit.reading() as work:
        case = visit.dossier(work)
        document = document_in(visit, work, case)
        page = page_in(visit, work, document)
        states = screens.page_states(work, document)
        rows = suggestions.on_page(work, document, page.index)
        sums = judging.sums_of(work, case).get(document.id)
        after = screens.unjudged(work, case, document) or screens.neighbour(work, case, document, 1)
        fragment = "x-fragment" in visit.request.headers
        return visit.page(
            "_sheet.html" if fragment else "review.html",
            case=case,
            document=document,
            tab="beoordelen",
            tabs=tabs_of(visit, case),
            row=None if fragment else board.row_of(work, case),
            page=page,
            number=page.index + 1,
            size=view_size(page),
            marks=marks_of(page, rows),
            readable=readable_on(page, rows),
            states=states if len(states) <= _MAP_LIMIT else [],
            next_open=_next_open(states, page.index),
            open_elsewhere=sum(s.open for s in states if s.index != page.index),
            seen=page.seen_at is not None,
            may_decide=Role.JURIST in visit.roles and case.phase == Phase.REVIEW,
            keys=NUMBER_KEYS,
            grounds=ground_choices(),
            judgements=[(j, JUDGEMENT_LABELS[j], key) for j, key in _JUDGEMENT_KEYS],
            proposal=_proposal(sums),
            after=_address(case, after, 0, resume=True) if after else None,
            before=_neighbour_address(work, case, document, -1),
            following=_neighbour_address(work, case, document, 1),
            problems=[r.text for r in judging.ground_refusals(work, case, document, sums)]
            if document.judgement
            else [],
            duplicate_of=screens.number_of(work, document.duplicate_of_id),
        )


def picture(visit: Visit) -> Response:
    """The picture of a page; it holds personal data, so no cache keeps it."""
    with visit.reading() as work:
        case = visit.dossier(work)
        document = document_in(visit, work, case)
        page = page_in(visit, work, document)
        digest, pdf = document.pdf_sha256, work.store.path(document.pdf_sha256)
    return Response(visit.house.images.jpeg(digest, pdf, page.index), media_type="image/jpeg")


def words(visit: Visit) -> Response:
    """The words of a page with their places, for drawing."""
    with visit.reading() as work:
        case = visit.dossier(work)
        return visit.data(words_of(page_in(visit, work, document_in(visit, work, case))))


def judge(visit: Visit) -> Response:
    """Keep the judgement of a document, then go on."""
    try:
        judgement = Judgement(visit.form.text("oordeel", 40))
    except ValueError:
        raise InputRejected("Kies een beoordeling. Er is niets opgeslagen.") from None
    with visit.working() as work:
        case = visit.dossier(work)
        document = document_in(visit, work, case)
        other = visit.form.text("dubbel_van", 6)
        judging.judge_document(
            work,
            case,
            document,
            judgement,
            grounds=visit.form.texts("gronden"),
            reason=visit.form.text("motivering", 20_000),
            circumstances=_circumstances(visit.form),
            public_title=_public_title(visit, work, case, document),
            duplicate_of=visit.form.number("dubbel_van") if other else None,
            public_link=visit.form.text("webadres", 2048),
            version=visit.form.number("versie"),
        )
        following = screens.unjudged(work, case, document) if visit.form.flag("verder") else document
        if following is None:
            return visit.go(f"/zaken/{case.number}", "beoordeeld", "documenten")
        index = screens.resume_page(work, following) if following is not document else visit.form.number("pagina") - 1
        return visit.go(_address(case, following, max(0, index)), "beoordeeld")


def _public_title(visit: Visit, work: Work, case: Case, document: Document) -> str:
    """The title that was given; where it was left empty, the own title without what is redacted."""
    given = visit.form.text("publieke_titel", 500)
    cleaned = plans.clean_title(document.title, plans.redacted_texts(work, case))
    return given or (cleaned if cleaned != document.title else "")


def _circumstances(form: Form) -> Circumstances:
    return Circumstances(
        intern_beraad=form.flag("intern_beraad"),
        environmental=form.flag("milieu"),
        emissions=form.flag("emissies"),
        confidential_acts=form.flag("vertrouwelijk"),
        formation_finished=form.flag("formatie"),
        aged_reason=form.text("ouder", 20_000),
    )


def document_in(visit: Visit, work: Work, case: Case) -> Document:
    """The document in the address; NotFound where the case has none like it."""
    try:
        document = screens.document_of(work, case, parse_key(visit.part("document")))
    except InputRejected:
        document = None
    if document is None:
        raise NotFound("Dit document hoort niet bij deze zaak. Ga terug naar de zaak.")
    return document


def page_in(visit: Visit, work: Work, document: Document) -> Page:
    """The page in the address (which counts from 1)."""
    number = visit.part("page")
    page = screens.page_of(work, document, int(number) - 1) if len(number) <= _LONGEST_NUMBER else None
    if page is None:
        raise NotFound("Deze pagina bestaat niet in dit document.")
    return page


def _proposal(sums: Sums | None) -> str | None:
    proposal = judging.proposed_judgement(sums)
    return JUDGEMENT_LABELS[proposal] if proposal else None


def _next_open(states: Sequence[PageState], here: int) -> int | None:
    """Number of the next page with an open box, after this one and then from the start."""
    waiting = [s.index for s in states if s.open and s.index != here]
    later = [index for index in waiting if index > here]
    return (later or waiting)[0] + 1 if waiting else None


def _address(case: Case, document: Document, index: int, *, resume: bool = False) -> str:
    base = f"/zaken/{case.number}/documenten/{document.id}"
    return base if resume else f"{base}/{index + 1}"


def _neighbour_address(work: Work, case: Case, document: Document, step: int) -> str | None:
    other = screens.neighbour(work, case, document, step)
    return _address(case, other, 0, resume=True) if other else None

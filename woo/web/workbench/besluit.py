"""The besluit: the weighing per ground, the draft letter as pictures, and taking it on exactly that draft."""

from __future__ import annotations

from starlette.responses import Response

from models import Besluit
from woo.errors import InputRejected, NotAllowed
from woo.law.grounds import ground
from woo.law.lifecycle import Phase, Role
from woo.services import besluiten, facts, screens
from woo.services.work import Work
from woo.web.workbench.case_page import page_picture, pdf_file, tabs_of
from woo.web.workbench.forms import Form
from woo.web.workbench.visit import NotFound, Visit


def show(visit: Visit) -> Response:
    """The weighing, the draft and what is still missing."""
    with visit.reading() as work:
        screens.check_result_reader(work)
        case = visit.case(work)
        written = screens.besluit(work, case)
        used = screens.grounds_in_use(work, case)
        texts = written.considerations if written else {}
        digest = _letter_of(visit, written)
        taken = written is not None and written.taken_on is not None
        in_phase = case.phase == Phase.BESLUIT
        drafted = in_phase and facts.facts_of(work, case).besluit_drafted
        return visit.page(
            "besluit.html",
            case=case,
            tab="besluit",
            tabs=tabs_of(visit, case),
            written=written,
            taken=taken,
            drafted=drafted,
            grounds=[(ground(code), number, texts.get(code, {})) for code, number in used.items()],
            version=written.version if written else 1,
            may_consider=Role.JURIST in visit.roles
            and case.phase in {Phase.REVIEW, Phase.ZIENSWIJZE, Phase.APPROVAL, Phase.BESLUIT},
            may_take=Role.JURIST in visit.roles and in_phase,
            missing=besluiten.missing(work, case) if in_phase else [],
            pages=visit.house.images.page_count(digest, work.store.path(digest)) if digest else 0,
            digest=digest,
            full=_sees_requester(visit),
            in_phase=in_phase,
        )


def consider(visit: Visit) -> Response:
    """Keep the weighing per ground; the draft is made anew."""
    with visit.working() as work:
        case = visit.case(work)
        codes = [ground(code).code for code in visit.form.texts("grond")]
        texts = {
            code: {
                "text": visit.form.text(f"overweging-{code}", 20_000),
                "older_than_five_years": visit.form.text(f"ouder-{code}", 20_000),
            }
            for code in codes
        }
        besluiten.consider(work, case, texts, visit.form.number("versie"))
    return visit.go(f"/zaken/{visit.part('number')}/besluit", "overwogen")


def take(visit: Visit) -> Response:
    """Take the besluit on the draft that was shown."""
    with visit.working() as work:
        besluiten.take(work, visit.case(work), visit.form.text("brief", 64), objection_expected=_answer(visit.form))
    return visit.go(f"/zaken/{visit.part('number')}/besluit", "besloten")


def _answer(form: Form) -> bool:
    """Whether a third party is expected to object: a jurist must say so, the law gives no default (Woo 4.4 lid 5)."""
    answer = form.text("bezwaar_verwacht", 10)
    if answer not in ("ja", "nee"):
        raise InputRejected("Zeg of een derde waarschijnlijk bezwaar maakt. Er is niets vastgesteld.")
    return answer == "ja"


def letter(visit: Visit) -> Response:
    """The letter as a file: with the requester for whoever may see her, else the public version."""
    with visit.reading() as work:
        return pdf_file(work, _digest(visit, work), f"besluit-{visit.part('number')}.pdf")


def picture(visit: Visit) -> Response:
    """The picture of a page of the letter."""
    with visit.reading() as work:
        digest = _digest(visit, work)
        pdf = work.store.path(digest)
    return page_picture(visit, digest, pdf)


def _digest(visit: Visit, work: Work) -> str:
    if screens.RESULT_READERS.isdisjoint(visit.roles):
        raise NotAllowed("U mag deze brief niet bekijken.")
    digest = _letter_of(visit, screens.besluit(work, visit.case(work)))
    if digest is None:
        raise NotFound("Er is nog geen brief bij dit besluit.")
    return digest


def _letter_of(visit: Visit, written: Besluit | None) -> str | None:
    if written is None:
        return None
    whole = _sees_requester(visit) and visit.request.query_params.get("versie") != "openbaar"
    return written.letter_sha256 if whole else written.public_letter_sha256


def _sees_requester(visit: Visit) -> bool:
    return not screens.REQUESTER_READERS.isdisjoint(visit.roles)

"""Legal facts on the case page: add one, correct one, withdraw one. Each is computed before it is kept."""

from __future__ import annotations

from starlette.responses import Response

from models import Case, CaseEvent
from woo.errors import InputRejected
from woo.services import legal_facts
from woo.services.legal_facts import FACT_LABELS
from woo.services.work import Work
from woo.web.workbench.case_page import tabs_of
from woo.web.workbench.fact_forms import choices_of, filled, lacks_besluit, read_fact
from woo.web.workbench.fact_table import FACT_FORMS, FactForm
from woo.web.workbench.forms import parse_key
from woo.web.workbench.visit import NotFound, Visit


def form_for(visit: Visit) -> Response:
    """The form for a new fact of the kind in the address, or for the correction of the fact in the address."""
    with visit.reading() as work:
        case = visit.case(work)
        wanted = visit.part("fact")
        fact = None if wanted in FACT_FORMS else _fact(case, wanted)
        form = FACT_FORMS[fact.kind if fact else wanted]
        return _page(visit, work, case, form, fact, filled(fact) if fact else {}, "")


def record(visit: Visit) -> Response:
    """Enter a new fact."""
    return _save(visit, None)


def correct(visit: Visit) -> Response:
    """Replace a fact: the old one stays in the history."""
    return _save(visit, visit.part("fact"))


def withdraw(visit: Visit) -> Response:
    """Withdraw a fact that was entered by mistake."""
    with visit.working() as work:
        case = visit.case(work)
        legal_facts.withdraw_fact(work, case, parse_key(visit.part("fact")), visit.form.text("reden", 2000))
    return visit.go(f"/zaken/{visit.part('number')}", "ingetrokken", "feiten")


def _save(visit: Visit, corrects: str | None) -> Response:
    kind = visit.form.text("soort", 60)
    if kind not in FACT_FORMS:
        raise InputRejected("Dit soort feit is niet bekend. Er is niets opgeslagen.")
    try:
        happened, data = read_fact(FACT_FORMS[kind], visit.form)
        with visit.working() as work:
            legal_facts.record_fact(
                work,
                visit.case(work),
                kind,
                happened,
                data,
                note=visit.form.text("toelichting", 5000),
                corrects=parse_key(corrects) if corrects else None,
            )
    except NotFound:
        raise
    except InputRejected as error:
        return _again(visit, FACT_FORMS[kind], corrects, str(error))
    return visit.go(f"/zaken/{visit.part('number')}", "feit", "feiten")


def _again(visit: Visit, form: FactForm, corrects: str | None, problem: str) -> Response:
    """The form as it was filled in, with what is wrong."""
    with visit.reading() as work:
        case = visit.case(work)
        values = {f.name: visit.form.text(f.name) for f in form.fields}
        return _page(visit, work, case, form, _fact(case, corrects) if corrects else None, values, problem)


def _fact(case: Case, key: str) -> CaseEvent:
    fact = next((f for f in legal_facts.standing_facts(case) if str(f.id) == key and f.kind in FACT_FORMS), None)
    if fact is None:
        raise NotFound("Dit feit bestaat niet of geldt niet meer. Ververs de zaak.")
    return fact


def _page(
    visit: Visit, work: Work, case: Case, form: FactForm, fact: CaseEvent | None, values: dict[str, str], problem: str
) -> Response:
    choices = choices_of(case, form)
    return visit.page(
        "fact.html",
        422 if problem else 200,
        case=case,
        tab="",
        tabs=tabs_of(visit, case),
        form=form,
        fact=fact,
        values=values,
        note=visit.form.text("toelichting") or (fact.note if fact else ""),
        problem=problem,
        choices=choices,
        lacks_besluit=lacks_besluit(form, choices),
        fixed=fact is not None and fact.kind in legal_facts.FIXED,
        label=FACT_LABELS[form.kind],
    )

"""Decisions on boxes: by our script (data back) and by a plain form (a page back).

The services check role, phase and version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.responses import Response

from models import Case, Document, Page, Suggestion
from woo.errors import InputRejected
from woo.law.grounds import ground
from woo.services import judging, suggestions
from woo.services.suggestions import VERDICTS, Scope, Verdict, Wish
from woo.services.work import Work
from woo.web.workbench.forms import parse_key
from woo.web.workbench.marks import Mark, marks_of, read_rects, readable_on, text_under, view_size
from woo.web.workbench.review import document_in, page_in
from woo.web.workbench.visit import NotFound, Visit

_SCOPES: tuple[Scope, ...] = ("page", "document", "case")


def decide(visit: Visit) -> Response:
    """Decide on the boxes that were named (`id:version`), or on all with the same text as one of them within a scope.

    Field `terug` (an undo) gives each box its own verdict and ground: `id:version:verdict:ground`.
    """
    with visit.working() as work:
        case = visit.dossier(work)
        document = document_in(visit, work, case)
        page = page_in(visit, work, document)
        before: dict[str, tuple[str, str]] = {}
        rows = _restore(visit, work, case) if visit.form.text("terug") else _decide(visit, work, case, before)
        answer = [_row(row) | {"before": before.get(str(row.id))} for row in rows]
        here = suggestions.on_page(work, document, page.index)
        shown, readable = {str(row.id) for row in here}, readable_on(page, here)
    if visit.wants_json:
        elsewhere = sum(row["id"] not in shown for row in answer)
        return visit.data({"rows": answer, "elsewhere": elsewhere, "readable": readable})
    return _back(visit, "beslist")


def draw(visit: Visit) -> Response:
    """Keep a box that was drawn by hand; it is decided at once."""
    with visit.working() as work:
        case, document, page = _place(visit, work)
        boxes = read_rects(page, visit.form.text("vakken", 20_000))
        row = suggestions.draw_box(work, case, document, page.index, boxes, text_under(page, boxes), _code(visit))
        mark = marks_of(page, [row])[0]
    if visit.wants_json:
        return visit.data({"mark": _mark_data(mark)})
    return _back(visit, "beslist")


def draw_page(visit: Visit) -> Response:
    """One box over the whole page."""
    with visit.working() as work:
        case, document, page = _place(visit, work)
        wide, high = view_size(page)
        boxes = read_rects(page, f"0,0,{wide:.2f},{high:.2f}")
        row = suggestions.draw_box(work, case, document, page.index, boxes, text_under(page, boxes), _code(visit))
        mark = marks_of(page, [row])[0]
    if visit.wants_json:
        return visit.data({"mark": _mark_data(mark)})
    return _back(visit, "beslist")


def seen(visit: Visit) -> Response:
    """Note that the jurist looked at the page."""
    with visit.working() as work:
        case, document, page = _place(visit, work)
        judging.check_reviewing(work, case)
        judging.see_page(work, document, page.index)
    return visit.data({"seen": True}) if visit.wants_json else _back(visit, "gezien")


def same_counts(visit: Visit) -> Response:
    """How many boxes have the same text as this one: on its page, in its document, in the whole dossier."""
    with visit.reading() as work:
        case = visit.dossier(work)
        row = _suggestion(work, case, visit.part("suggestion"))
        return visit.data({scope: len(suggestions.same_text(work, row, scope, only_open=False)) for scope in _SCOPES})


def _decide(visit: Visit, work: Work, case: Case, before: dict[str, tuple[str, str]]) -> Sequence[Suggestion]:
    verdict = _verdict(visit.form.text("besluit", 20))
    wishes = [_wish(text) for text in _named(visit.form.texts("kaders"))]
    if not wishes:
        raise InputRejected("Kies een of meer kaders. Er is niets opgeslagen.")
    scope = visit.form.text("bereik", 20)
    if scope:
        if scope not in _SCOPES or len(wishes) != 1:
            raise InputRejected("Dit bereik bestaat niet. Er is niets opgeslagen.")
        row = _suggestion(work, case, str(wishes[0].suggestion_id))
        same = suggestions.same_text(work, row, scope, only_open=False)
        wishes = [wishes[0], *(Wish(s.id, s.version) for s in same if s.id != row.id)]
    for wish in wishes:
        row = _suggestion(work, case, str(wish.suggestion_id))
        before[str(row.id)] = (
            suggestions.verdict_of(row),
            row.decision.ground if row.decision and row.decision.ground else row.ground,
        )
    code = ground(visit.form.text("grond", 20)).code if visit.form.text("grond", 20) else None
    return suggestions.decide(work, case, wishes, verdict, code=code, motivation=visit.form.text("afweging", 20_000))


def _restore(visit: Visit, work: Work, case: Case) -> Sequence[Suggestion]:
    """Give boxes back what they were before: one decision for each verdict and ground."""
    groups: dict[tuple[str, str], list[Wish]] = {}
    for text in visit.form.text("terug").split():
        parts = text.split(":")
        if len(parts) != 4:
            raise InputRejected("Ongedaan maken kan niet: de lijst is niet leesbaar. Er is niets veranderd.")
        groups.setdefault((parts[2], parts[3]), []).append(_wish(":".join(parts[:2])))
    rows: list[Suggestion] = []
    for (verdict, code), wishes in groups.items():
        rows += suggestions.decide(work, case, wishes, _verdict(verdict), code=ground(code).code)
    return rows


def _named(values: Iterable[str]) -> list[str]:
    return [text for value in values for text in value.split()]


def _wish(text: str) -> Wish:
    key, _, version = text.partition(":")
    if not version.isascii() or not version.isdecimal() or len(version) > 9:
        raise InputRejected("Een kader is niet leesbaar. Er is niets opgeslagen. Ververs de pagina.")
    return Wish(parse_key(key), int(version))


def _verdict(text: str) -> Verdict:
    for verdict in VERDICTS:
        if verdict == text:
            return verdict
    raise InputRejected("Deze beslissing bestaat niet. Er is niets opgeslagen.")


def _code(visit: Visit) -> str:
    return ground(visit.form.text("grond", 20)).code


def _suggestion(work: Work, case: Case, key: str) -> Suggestion:
    row = work.session.get(Suggestion, parse_key(key))
    if row is None or row.case_id != case.id:
        raise NotFound("Dit kader hoort niet bij deze zaak. Ververs de pagina.")
    return row


def _place(visit: Visit, work: Work) -> tuple[Case, Document, Page]:
    case = visit.dossier(work)
    document = document_in(visit, work, case)
    return case, document, page_in(visit, work, document)


def _row(row: Suggestion) -> dict[str, object]:
    decided = row.decision.ground if row.decision and row.decision.ground else row.ground
    return {"id": str(row.id), "version": row.version, "verdict": suggestions.verdict_of(row), "ground": decided}


def _mark_data(mark: Mark) -> dict[str, object]:
    return {
        "id": mark.id,
        "version": mark.version,
        "rects": mark.rects,
        "text": mark.text,
        "ground": mark.code,
        "verdict": mark.verdict,
        "kind": mark.kind,
        "why": mark.why,
    }


def _back(visit: Visit, done: str) -> Response:
    return visit.go(f"/zaken/{visit.part('number')}/documenten/{visit.part('document')}/{visit.part('page')}", done)

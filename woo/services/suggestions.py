"""Boxes on pages: kept from the machine, drawn by people, and decided one by one or all same texts at once."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select

from models import Case, Decision, Document, Page, Suggestion
from redaction.detect import JUDGED_ONE_BY_ONE, Span
from redaction.pdf import Box
from woo.errors import InputRejected, Stale
from woo.law.grounds import default_ground_for, ground
from woo.services import audit
from woo.services.judging import check_reviewing
from woo.services.storable import storable
from woo.services.work import Work

Verdict = Literal["redact", "keep", "open"]
VERDICTS: tuple[Verdict, ...] = ("redact", "keep", "open")
Scope = Literal["page", "document", "case"]
_BATCH_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Wish:
    """A wanted verdict on one suggestion, with the version that the user saw."""

    suggestion_id: uuid.UUID
    version: int


def add_suggestion(
    work: Work, document: Document, page_index: int, span: Span, boxes: Sequence[Box], start: int | None = None
) -> bool:
    """Keep what the machine found; True where it is new.

    The same finding again only refreshes its reason; a wider finding takes the place of a narrower one that nobody
    decided on yet.
    """
    mark = _fingerprint(page_index, span.kind, boxes)
    known = _known_finding(work, document, page_index, mark, start, len(span.text))
    if known is None:
        known = Suggestion(
            case_id=document.case_id,
            document_id=document.id,
            page_index=page_index,
            origin="machine",
            created_at=work.clock.now(),
        )
        work.session.add(known)
    elif known.decision_id is not None or (known.fingerprint == mark and known.why == span.why):
        return False
    is_new = known.fingerprint is None
    known.fingerprint, known.boxes, known.start = mark, [list(b) for b in boxes], start
    known.text, known.text_sha256 = storable(span.text), text_sha256(span.text)
    known.kind, known.ground, known.score, known.rule = span.kind, default_ground_for(span.kind), span.score, span.rule
    known.sources, known.why, known.public_role = list(span.sources), span.why, span.public_role
    work.session.flush()
    return is_new


def _known_finding(
    work: Work, document: Document, page_index: int, mark: str, start: int | None, length: int
) -> Suggestion | None:
    """The machine's earlier finding at this place: with the same boxes, or overlapping in the text of the page."""
    rows = work.session.scalars(
        select(Suggestion).where(
            Suggestion.document_id == document.id, Suggestion.page_index == page_index, Suggestion.origin == "machine"
        )
    ).all()
    same = next((row for row in rows if row.fingerprint == mark), None)
    if same is not None or start is None:
        return same
    return next(
        (r for r in rows if r.start is not None and r.start < start + length and start < r.start + len(r.text)), None
    )


def draw_box(
    work: Work,
    case: Case,
    document: Document,
    page_index: int,
    boxes: Sequence[Box],
    text: str,
    code: str,
    motivation: str = "",
) -> Suggestion:
    """A box that a jurist draws herself: kept and decided (redact) in one go. `boxes` in PDF user space, points."""
    check_reviewing(work, case, document)
    page = work.session.scalars(select(Page).where(Page.document_id == document.id, Page.index == page_index)).first()
    if page is None:
        raise InputRejected("Deze pagina bestaat niet. Er is niets opgeslagen.")
    _check_boxes(page, boxes)
    mark = _fingerprint(page_index, "hand", boxes)
    if work.session.scalars(
        select(Suggestion.id).where(Suggestion.document_id == document.id, Suggestion.fingerprint == mark)
    ).first():
        raise InputRejected("Op deze plek staat al een eigen kader. Er is niets opgeslagen.")
    suggestion = Suggestion(
        case_id=case.id,
        document_id=document.id,
        page_index=page_index,
        fingerprint=mark,
        boxes=[list(b) for b in boxes],
        text=text,
        text_sha256=text_sha256(text),
        kind="hand",
        ground=ground(code).code,
        score=None,
        rule="hand",
        sources=["hand"],
        why="Getekend door een jurist.",
        origin="hand",
        created_by_id=work.actor.id,
        created_at=work.clock.now(),
    )
    work.session.add(suggestion)
    work.session.flush()
    _decide(work, case, [suggestion], "redact", code, motivation)
    return suggestion


def decide(
    work: Work,
    case: Case,
    wishes: Collection[Wish],
    verdict: Verdict,
    *,
    code: str | None = None,
    motivation: str = "",
) -> list[Suggestion]:
    """One person's verdict on the given suggestions. `code` overrides each suggestion's own ground.

    Stale (and nothing saved) where one of them was changed since the user saw it.
    """
    check_reviewing(work, case)
    if verdict not in VERDICTS:
        raise InputRejected("Deze beslissing bestaat niet. Er is niets opgeslagen.")
    if len(wishes) > _BATCH_LIMIT:
        raise InputRejected(
            f"U kunt {_BATCH_LIMIT} voorstellen tegelijk beslissen. Er is niets opgeslagen. Kies een kleinere groep."
        )
    seen = {wish.suggestion_id: wish.version for wish in wishes}
    rows = list(
        work.session.scalars(select(Suggestion).where(Suggestion.case_id == case.id, Suggestion.id.in_(list(seen))))
    )
    if len(rows) != len(seen):
        raise InputRejected("Een voorstel hoort niet bij deze zaak. Er is niets opgeslagen. Ververs de pagina.")
    if any(row.version != seen[row.id] for row in rows):
        raise Stale
    _decide(work, case, rows, verdict, code, motivation)
    return rows


def same_text(work: Work, suggestion: Suggestion, scope: Scope, *, only_open: bool = True) -> list[Suggestion]:
    """All suggestions with the same text as this one, on its page, in its document or in the whole case.

    Words that may say something special of a person (Woo 5.1 lid 1 d) are only this one: at each place somebody judges.
    """
    query = select(Suggestion).where(
        Suggestion.case_id == suggestion.case_id,
        Suggestion.text_sha256 == suggestion.text_sha256,
        or_(Suggestion.id == suggestion.id, Suggestion.kind.not_in(JUDGED_ONE_BY_ONE)),
    )
    if scope != "case":
        query = query.where(Suggestion.document_id == suggestion.document_id)
    if scope == "page":
        query = query.where(Suggestion.page_index == suggestion.page_index)
    rows = work.session.scalars(query.order_by(Suggestion.document_id, Suggestion.page_index, Suggestion.id))
    return [row for row in rows if not only_open or verdict_of(row) == "open"]


def on_page(work: Work, document: Document, page_index: int) -> list[Suggestion]:
    """The suggestions of a page in reading order (top to bottom, left to right as the page is written)."""
    rows = list(
        work.session.scalars(
            select(Suggestion).where(Suggestion.document_id == document.id, Suggestion.page_index == page_index)
        )
    )
    return sorted(rows, key=lambda s: (-s.boxes[0][3], s.boxes[0][0], str(s.id)))


def verdict_of(suggestion: Suggestion) -> Verdict:
    """The verdict that counts now."""
    decision = suggestion.decision
    return "open" if decision is None else decision.verdict  # type: ignore[return-value]


def text_sha256(text: str) -> str:
    """Key for "the same text": case and white space do not matter."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def _decide(
    work: Work, case: Case, rows: Sequence[Suggestion], verdict: Verdict, code: str | None, motivation: str
) -> None:
    decisions = []
    for row in rows:
        decision = Decision(
            id=uuid.uuid4(),
            suggestion_id=row.id,
            verdict=verdict,
            motivation=motivation.strip(),
            decided_by_id=_person(work),
            ground=ground(code or row.ground).code if verdict == "redact" else None,
            decided_at=work.clock.now(),
        )
        row.decision_id = decision.id
        decisions.append(decision)
    work.session.add_all(decisions)
    work.session.flush()
    work.session.scalars(
        select(Suggestion).where(Suggestion.id.in_([r.id for r in rows])).execution_options(populate_existing=True)
    ).all()
    audit.record(
        work,
        "suggestions_decided",
        "case",
        case.id,
        case_id=case.id,
        result=verdict,
        count=len(decisions),
        sealed=decisions,
    )


def _person(work: Work) -> uuid.UUID:
    if work.actor.id is None:
        raise InputRejected("Alleen een mens beslist. Er is niets opgeslagen.")
    return work.actor.id


def _check_boxes(page: Page, boxes: Sequence[Box]) -> None:
    x0, y0, x1, y1 = page.crop
    for box in boxes:
        inside = box[0] < x1 and box[2] > x0 and box[1] < y1 and box[3] > y0
        if not (box[2] - box[0] >= 1 and box[3] - box[1] >= 1 and inside):
            raise InputRejected("Het kader ligt niet op de pagina of is te klein. Er is niets opgeslagen.")
    if not boxes:
        raise InputRejected("Het kader is leeg. Er is niets opgeslagen.")


def _fingerprint(page_index: int, kind: str, boxes: Sequence[Box]) -> str:
    content = [page_index, kind, [[round(v, 1) for v in box] for box in boxes]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

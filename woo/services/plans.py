"""What will be burned into each document, what was proven, and the one hash that an approval or besluit stands on."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from models import Besluit, Case, Decision, Document, Gate, Page, Redaction, Suggestion
from redaction.pdf import Item, Plan
from woo.law.grounds import ground
from woo.law.judgement import PUBLISHED_JUDGEMENTS
from woo.services import legal_facts
from woo.services.exposure import Exposed, exposed_texts
from woo.services.work import Work

HIDDEN = "[…]"
_PERSONAL = ("5.1.1.d", "5.1.1.e", "5.1.2.e")
_NAME_LENGTH = 80  # longer is a passage, not a name
# Two words with a capital (what lies between them may be small), an e-mail address, or a number of six digits.
_TELLING = re.compile(r"[^\W\d_a-z]\S*\s(?:.*\s)?[^\W\d_a-z]|@|(?:\d\D{0,2}){5}\d")
_NAMED = 3  # a shorter text ("de") says nothing in a title


def plans_of(work: Work, case: Case, documents: Sequence[Document]) -> dict[uuid.UUID, Plan]:
    """The plan of each document: every box to redact, in page order, so that equal decisions give equal bytes.

    A text must be gone from its page unless the jurist left it readable elsewhere on that page.
    """
    boxes = _boxes_to_redact(work, case, documents)
    exposed = _exposed(work, documents, boxes)
    plans = {}
    for document in documents:
        readable = {(e.page_index, e.text.casefold()) for e in exposed[document.id]}
        plans[document.id] = Plan(items=tuple(_item(box, readable) for box in boxes[document.id]))
    return plans


def exposed_of(work: Work, case: Case, documents: Sequence[Document]) -> dict[uuid.UUID, list[Exposed]]:
    """For each document the texts that are redacted at one place of a page and readable at another."""
    return _exposed(work, documents, _boxes_to_redact(work, case, documents))


class _Box(NamedTuple):
    """One suggestion that is to be redacted, as far as a plan needs it."""

    page_index: int
    boxes: list[Any]
    text: str
    code: str


def _exposed(
    work: Work, documents: Sequence[Document], boxes: Mapping[uuid.UUID, list[_Box]]
) -> dict[uuid.UUID, list[Exposed]]:
    texts: dict[uuid.UUID, dict[int, str]] = defaultdict(dict)
    for document_id, index, text in work.session.execute(
        select(Page.document_id, Page.index, Page.text).where(
            Page.document_id.in_([i for i, rows in boxes.items() if rows])
        )
    ):
        texts[document_id][index] = text
    return {d.id: exposed_texts(texts[d.id], ((b.page_index, b.text) for b in boxes[d.id])) for d in documents}


def _boxes_to_redact(work: Work, case: Case, documents: Sequence[Document]) -> dict[uuid.UUID, list[_Box]]:
    rows = work.session.execute(
        select(Suggestion.document_id, Suggestion.page_index, Suggestion.boxes, Suggestion.text, Decision.ground)
        .join(Decision, Suggestion.decision_id == Decision.id)
        .where(
            Suggestion.case_id == case.id,
            Suggestion.document_id.in_([d.id for d in documents]),
            Decision.verdict == "redact",
        )
        .order_by(Suggestion.document_id, Suggestion.page_index, Suggestion.fingerprint)
    )
    boxes: dict[uuid.UUID, list[_Box]] = defaultdict(list)
    for document_id, page_index, places, text, code in rows:
        boxes[document_id].append(_Box(page_index, places, text, code or ""))
    return boxes


def _item(box: _Box, readable: Collection[tuple[int, str]]) -> Item:
    gone = (box.page_index, box.text.casefold()) not in readable
    return Item(
        page=box.page_index,
        boxes=tuple(tuple(b) for b in box.boxes),
        code=ground(box.code).screen,
        text=box.text or None if gone else None,
    )


def published_documents(work: Work, case: Case) -> list[Document]:
    """The documents that go out with the besluit, in the order of the inventarislijst."""
    return list(
        work.session.scalars(
            select(Document)
            .where(Document.case_id == case.id, Document.judgement.in_(sorted(PUBLISHED_JUDGEMENTS)))
            .order_by(Document.number)
        )
    )


def proven_results(work: Work, case: Case) -> dict[uuid.UUID, Redaction]:
    """For each document to publish the proven result of *today's* plan and bytes; a changed decision voids it."""
    documents = published_documents(work, case)
    plans = plans_of(work, case, documents)
    found = work.session.scalars(
        select(Redaction)
        .join(Document, Redaction.document_id == Document.id)
        .where(Document.case_id == case.id, Redaction.proven, Redaction.original_sha256 == Document.pdf_sha256)
    )
    return {
        r.document_id: r for r in found if r.document_id in plans and r.plan_sha256 == plans[r.document_id].sha256()
    }


def approved_results(work: Work, case: Case) -> set[tuple[uuid.UUID, str]]:
    """Document and SHA-256 of every result that a second person signed for.

    A later judgement (title, grounds) voids the signature, and so does work of the signer on the document herself.
    """
    own_work = (
        select(Decision.id)
        .join(Suggestion, Decision.suggestion_id == Suggestion.id)
        .where(Suggestion.document_id == Gate.document_id, Decision.decided_by_id == Gate.decided_by_id)
    )
    gates = work.session.execute(
        select(Gate.document_id, Gate.content_sha256)
        .join(Document, Gate.document_id == Document.id)
        .where(
            Gate.case_id == case.id,
            Gate.kind == "approval",
            Gate.state == "approved",
            or_(Document.judged_at.is_(None), Gate.decided_at >= Document.judged_at),
            ~own_work.exists(),
        )
    )
    return {(document, digest) for document, digest in gates if document and digest}


def content_sha256(work: Work, case: Case) -> str:
    """One hash over everything the besluit says: the case's own texts and facts, the weighing per ground, and each
    document's judgement, grounds and proven bytes."""
    proven = proven_results(work, case)
    documents = work.session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.number))
    content = [
        [
            d.number,
            d.public_title,
            d.judgement,
            sorted(d.judgement_grounds),
            d.judgement_reason,
            proven[d.id].result_sha256 if d.id in proven else None,
        ]
        for d in documents
    ]
    besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()
    texts = [case.title, case.summary, case.directorate, case.search_description]
    facts = sorted([f.kind, f"{f.happened_on}", f.data, f.note] for f in legal_facts.standing_facts(case))
    everything = [texts, facts, besluit.considerations if besluit else {}, content]
    return hashlib.sha256(json.dumps(everything, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def clean_title(title: str, secrets: Iterable[re.Pattern[str]]) -> str:
    """The title with everything that is redacted somewhere replaced by […]."""
    for pattern in secrets:
        title = pattern.sub(HIDDEN, title)
    return title


def redacted_texts(work: Work, case: Case) -> list[re.Pattern[str]]:
    """What is redacted anywhere in the case, as patterns to search titles with; the longest first."""
    texts = work.session.scalars(
        select(Suggestion.text)
        .join(Decision, Suggestion.decision_id == Decision.id)
        .where(Suggestion.case_id == case.id, Decision.verdict == "redact")
        .distinct()
    )
    secrets = sorted({text.strip() for text in texts if len(text.strip()) >= _NAMED}, key=len, reverse=True)
    return [re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE) for text in secrets]


def redacted_people(work: Work, case: Case) -> list[re.Pattern[str]]:
    """Redacted personal data that cannot be anything else: full names, addresses, numbers; to search our own texts.

    A single word is left out: a surname can be a word, and a besluit must not stumble over the word "koning".
    """
    texts = work.session.scalars(
        select(Suggestion.text)
        .join(Decision, Suggestion.decision_id == Decision.id)
        .where(Suggestion.case_id == case.id, Decision.verdict == "redact", Decision.ground.in_(_PERSONAL))
        .where(Suggestion.kind.not_in(("address", "postcode")))  # "Den Haag" is redacted in one place only
        .distinct()
    )
    found = {" ".join(text.split()) for text in texts}
    telling = [text for text in found if len(text) <= _NAME_LENGTH and _TELLING.search(text)]
    return [re.compile(rf"(?<!\w){re.escape(text)}(?!\w)") for text in sorted(telling)]


def unclean_titles(work: Work, case: Case) -> int:
    """How many public titles name a text that is redacted anywhere in the case: a title leaks as a page does."""
    secrets = redacted_texts(work, case)
    titles = work.session.execute(
        select(Document.public_title, Document.title).where(
            Document.case_id == case.id, Document.judgement.is_not(None)
        )
    )
    return sum(any(pattern.search(public or own) for pattern in secrets) for public, own in titles)

"""The besluit (Woo art. 4.3-4.5): considered by a jurist, drafted by the flow, taken by a person on that draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from models import Besluit, Case
from woo.errors import InputRejected, NotAllowed, Stale
from woo.law.grounds import ground
from woo.law.lifecycle import Event, Phase, Role, Stage
from woo.publish.besluit_check import missing_parts
from woo.publish.case_file import CaseFile
from woo.publish.letters import besluit_letter, public_besluit_letter
from woo.services import audit, case_files, cases, facts, legal_facts, outbox, plans, stages
from woo.services.work import Database, Work

_CONSIDERED_IN = frozenset({Phase.REVIEW, Phase.ZIENSWIJZE, Phase.APPROVAL, Phase.BESLUIT})


def besluit_of(work: Work, case: Case) -> Besluit:
    """The besluit of a case; an empty one where nothing was written yet."""
    besluit = work.session.scalars(select(Besluit).where(Besluit.case_id == case.id)).first()
    if besluit is None:
        besluit = Besluit(case_id=case.id)
        work.session.add(besluit)
        work.session.flush()
    return besluit


def consider(work: Work, case: Case, texts: Mapping[str, Mapping[str, str]], version: int) -> None:
    """Keep the jurist's weighing per ground (Woo 5.1 lid 3, 5.3); a draft on other texts is made anew."""
    if Role.JURIST not in work.actor.roles:
        raise NotAllowed("Alleen een Woo-jurist schrijft de overwegingen. Er is niets opgeslagen.")
    if case.phase not in _CONSIDERED_IN:
        raise NotAllowed("De overwegingen liggen vast. Er is niets opgeslagen.")
    besluit = besluit_of(work, case)
    facts.expect_version(besluit, version)
    besluit.considerations = {
        ground(code).code: {key: str(value).strip() for key, value in entry.items()} for code, entry in texts.items()
    }
    besluit.based_on_sha256 = None
    audit.record(
        work, "besluit_considered", "besluit", besluit.id, case_id=case.id, grounds=sorted(besluit.considerations)
    )
    if case.phase == Phase.BESLUIT:
        stages.queue(work, case, Stage.BESLUIT)


def draft(database: Database, attempt_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """Make both versions of the draft letter (to the requester, and without the requester) on today's content."""
    while not _draft_once(database, attempt_id, case_id):
        pass  # something under the letter changed while it was made


def _draft_once(database: Database, attempt_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    with database.reading() as work:
        case = work.session.get_one(Case, case_id)
        content = plans.content_sha256(work, case)
        file = case_files.case_file(work, case, on=None)
        url = public_page_url(work, case)
    letter = besluit_letter(file, concept=True, page_url=url)
    public = public_besluit_letter(file, concept=True, page_url=url)
    with database.work() as work:
        stages.hold(work, attempt_id)
        case = work.session.get_one(Case, case_id)
        if plans.content_sha256(work, case) != content:
            return False
        besluit = besluit_of(work, case)
        besluit.letter_sha256, besluit.public_letter_sha256 = work.store.put_bytes(letter), work.store.put_bytes(public)
        besluit.based_on_sha256, besluit.drafted_at = content, work.clock.now()
        audit.record(
            work, "besluit_drafted", "besluit", besluit.id, case_id=case_id, content_sha256=besluit.letter_sha256
        )
        outbox.post(work, outbox.SHOW_CASE, case)
        stages.finish(work, attempt_id)
    return True


def missing(work: Work, case: Case) -> list[str]:
    """What the besluit still lacks, in Dutch; empty where it may be taken today."""
    file = case_files.case_file(work, case, on=work.clock.today())
    return [*missing_parts(file), *(f"een tekst zonder wat is gelakt ({place})" for place in leaks(work, case, file))]


def leaks(work: Work, case: Case, file: CaseFile, *, letter: bool = True) -> list[str]:
    """Where our own public texts name somebody whose name or number is redacted in the documents.

    Without `letter` only in what the page says beside it: a letter that was taken cannot be changed any more.
    """
    page = {"het onderwerp": file.subject, "de samenvatting": file.summary}
    texts = (
        page
        if not letter
        else page
        | {
            "hoe er is gezocht": file.search.remark,
            "de reden van de verdaging": file.verdaging.reason if file.verdaging else "",
            "de zienswijze": file.zienswijze.summary if file.zienswijze else "",
            "de afweging": " ".join(f"{r.text} {r.older_than_five_years}" for r in file.reasonings),
        }
    )
    people = plans.redacted_people(work, case)
    return [place for place, text in texts.items() if any(pattern.search(text) for pattern in people)]


def take(work: Work, case: Case, letter_sha256: str, *, objection_expected: bool) -> None:
    """Take the besluit on the draft that the jurist had before her; the final letters are made and the clock stops.

    `objection_expected`: a third party will probably object, so documents go out two weeks later (Woo art. 4.4 lid 5).
    Stale where the draft is another by now; NotAllowed with what is missing where it is not complete.
    """
    besluit = besluit_of(work, case)
    if besluit.letter_sha256 != letter_sha256:
        raise Stale
    if lacking := missing(work, case):
        raise NotAllowed(
            f"Het besluit is nog niet compleet. Dit mist nog: {'; '.join(lacking)}. Er is niets vastgesteld."
        )
    today = work.clock.today()
    cases.move(work, case, Event.BESLUIT_TAKEN, own_verb=True)
    legal_facts.record_fact(work, case, legal_facts.BESLUIT, today, {"objection_expected": objection_expected})
    _finish_letters(work, case, besluit, today)
    besluit.taken_on, besluit.taken_by_id = today, work.actor.id
    audit.record(
        work,
        "besluit_signed",
        "besluit",
        besluit.id,
        case_id=case.id,
        content_sha256=besluit.letter_sha256,
        public_sha256=besluit.public_letter_sha256,
    )


def public_page_url(work: Work, case: Case) -> str:
    """Where the publication will stand."""
    return f"{work.settings.public_url.rstrip('/')}/publicaties/{case.number}"


def _finish_letters(work: Work, case: Case, besluit: Besluit, on: date) -> None:
    file = case_files.case_file(work, case, on=on)
    url = public_page_url(work, case)
    besluit.letter_sha256 = work.store.put_bytes(besluit_letter(file, page_url=url))
    besluit.public_letter_sha256 = work.store.put_bytes(public_besluit_letter(file, page_url=url))
    if besluit.based_on_sha256 is None:
        raise InputRejected("Het concept-besluit is nog niet klaar. Er is niets vastgesteld.")

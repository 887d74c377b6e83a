"""What the people of the scripted demo decide. Each function is one person's work, done through the same services.

The script follows the machine's proposals, as nobody should in earnest: it shows the way, not the weighing.
"""

from __future__ import annotations

from collections.abc import Iterable

from models import Case, Document
from woo.law.grounds import ground
from woo.law.judgement import Judgement
from woo.law.lifecycle import Event
from woo.services import approvals, besluiten, cases, judging, screens, sources, suggestions, todos
from woo.services.judging import Circumstances
from woo.services.suggestions import Wish
from woo.services.work import Work

_TODO_DONE = {
    "password": "Het bestand is met het wachtwoord bekeken: het is een routeschema dat niet bij dit verzoek hoort.",
    "broken": "De afdeling heeft bevestigd dat er geen leesbare versie meer is.",
    "empty": "Het bestand is leeg; de afdeling mist niets.",
    "unsupported": "Het bestand is beluisterd: het is een testopname zonder inhoud.",
}
_SEEN = "Bekeken en beoordeeld bij het document zelf."
_WEIGHING = (
    "Het belang van {interest} weegt hier zwaarder dan openbaarheid: de gegevens dragen niet bij aan het begrip "
    "van het besluit over de proef."
)
_OUT_OF_SCOPE = ("Lunch vrijdag", "Memo vervanging wagenpark")
_FOR_INTERNAL_DELIBERATION = ("Gedachten voor het MT",)


def close_todos(work: Work, case: Case) -> int:
    """The jurist answers every to-do with what was done about it; returns how many."""
    waiting = list(todos.open_todos(work, case))
    for todo in waiting:
        todos.close_todo(work, case, todo.id, _TODO_DONE.get(todo.reason, _SEEN), todo.version)
    return len(waiting)


def review(work: Work, case: Case) -> None:
    """The first jurist: every document judged; what goes out is decided box by box and seen."""
    paths = {source.id: source.path for source in sources.report(work, case)}
    used: set[str] = set()
    for document in screens.documents(work, case):
        path = paths[document.source_file_id]
        if any(name in path for name in _OUT_OF_SCOPE):
            judging.judge_document(work, case, document, Judgement.OUT_OF_SCOPE, version=document.version)
        elif any(name in path for name in _FOR_INTERNAL_DELIBERATION):
            _withhold(work, case, document)
        else:
            used |= _read_through(work, case, document)
    work.session.flush()
    judging.adopt_proposals(work, case, _weighings(used))


def _withhold(work: Work, case: Case, document: Document) -> None:
    judging.judge_document(
        work,
        case,
        document,
        Judgement.WITHHELD,
        grounds=["5.2.1"],
        reason="Dit zijn persoonlijke beleidsopvattingen, geschreven voor intern beraad.",
        circumstances=Circumstances(intern_beraad=True),
        version=document.version,
    )


def _read_through(work: Work, case: Case, document: Document) -> set[str]:
    """Decide on every suggestion and look at every page; returns the grounds that were used."""
    found = [s for index in range(document.page_count) for s in suggestions.on_page(work, document, index)]
    stays = [Wish(s.id, s.version) for s in found if s.public_role]
    goes = [Wish(s.id, s.version) for s in found if not s.public_role]
    if stays:
        suggestions.decide(work, case, stays, "keep", motivation="Deze persoon treedt op in een publieke rol.")
    if goes:
        suggestions.decide(work, case, goes, "redact")
    for index in range(document.page_count):
        judging.see_page(work, document, index)
    return {s.ground for s in found if not s.public_role}


def approve(work: Work, case: Case) -> int:
    """The second jurist signs the exact bytes of every document and ends the check; returns how many."""
    seen = {g.document_id: g.content_sha256 for g in approvals.open_gates(work, case) if g.document_id}
    signed = approvals.approve_documents(work, case, {key: digest for key, digest in seen.items() if digest})
    cases.move(work, case, Event.APPROVED)
    return signed


def describe_and_consider(work: Work, case: Case) -> None:
    """The first jurist writes what the besluit says about the request, the search and the weighing per ground."""
    cases.describe(
        work,
        case,
        title=case.title,
        summary="Documenten over de proef met bodycams in het justitieel vervoer.",
        directorate="Directie Sanctietoepassing",
        search_description="Er is gezocht in het zaaksysteem, op de netwerkschijf van de proef en in mailboxen.",
        version=case.version,
    )
    weighings = _weighings(screens.grounds_in_use(work, case))
    texts = {code: {"text": text, "older_than_five_years": text} for code, text in weighings.items()}
    besluiten.consider(work, case, texts, besluiten.besluit_of(work, case).version)


def take_besluit(work: Work, case: Case) -> None:
    """The first jurist takes the besluit on the draft that lies before her."""
    besluiten.take(work, case, besluiten.besluit_of(work, case).letter_sha256 or "", objection_expected=False)


def _weighings(used: Iterable[str]) -> dict[str, str]:
    return {code: _WEIGHING.format(interest=ground(code).label.lower()) for code in used}

"""The conditions on the moves of a case: what each asks of the facts, and why it refuses, in Dutch for the screen.

Law: Woo 4.4 lid 5 (disclosure), 5.1-5.3 (grounds). Which move asks which condition is in `woo.law.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards may ask about a case; the services count it from the rows, in the same transaction."""

    sources: int = 0
    sources_unaccounted: int = 0
    open_todos: int = 0
    undecided_suggestions: int = 0
    unjudged_documents: int = 0
    unread_pages: int = 0
    contradicting_judgements: int = 0
    refused_grounds: int = 0
    unclean_titles: int = 0
    unproven_documents: int = 0
    unapproved_documents: int = 0
    besluit_drafted: bool = False
    motivation_given: bool = False
    disclosure_from: date | None = None
    disclosure_stopped: str = ""
    today: date | None = None


class Guard(StrEnum):
    """A condition on a move, named after what it demands."""

    REASON_GIVEN = "reason_given"
    HAS_SOURCES = "has_sources"
    NOTHING_LOST = "nothing_lost"
    ALL_TODOS_CLOSED = "all_todos_closed"
    ALL_DECIDED = "all_decided"
    ALL_JUDGED = "all_judged"
    ALL_PAGES_SEEN = "all_pages_seen"
    JUDGEMENTS_FIT = "judgements_fit"
    GROUNDS_ALLOWED = "grounds_allowed"
    TITLES_CLEAN = "titles_clean"
    ALL_PROVEN = "all_proven"
    ALL_APPROVED = "all_approved"
    BESLUIT_DRAFTED = "besluit_drafted"
    DISCLOSURE_MAY_START = "disclosure_may_start"


GUARD_LABELS: Mapping[Guard, str] = {
    Guard.REASON_GIVEN: "er is een reden gegeven",
    Guard.HAS_SOURCES: "er zijn bestanden aangeleverd",
    Guard.NOTHING_LOST: "elk aangeleverd bestand is verwerkt",
    Guard.ALL_TODOS_CLOSED: "elke to-do is afgerond",
    Guard.ALL_DECIDED: "op elk voorstel is beslist",
    Guard.ALL_JUDGED: "elk document is beoordeeld",
    Guard.ALL_PAGES_SEEN: "elke pagina die naar buiten gaat, is bekeken",
    Guard.JUDGEMENTS_FIT: "de beoordelingen passen bij wat er gelakt is",
    Guard.GROUNDS_ALLOWED: "elke weigeringsgrond is toegestaan en gemotiveerd",
    Guard.TITLES_CLEAN: "geen titel noemt iets dat gelakt is",
    Guard.ALL_PROVEN: "elk document is bewezen schoon",
    Guard.ALL_APPROVED: "elk document is goedgekeurd door een tweede lezer",
    Guard.BESLUIT_DRAFTED: "het concept-besluit is klaar en past bij de documenten",
    Guard.DISCLOSURE_MAY_START: "openbaar maken mag (Woo art. 4.4, vijfde lid)",
}
"""What each guard demands, in Dutch: for the handbook and for who asks what a step needs."""


def refusal(guard: Guard, facts: Facts) -> str | None:
    """Why `guard` forbids the move, in Dutch for the screen; None where it allows it."""
    match guard:
        case Guard.REASON_GIVEN:
            return None if facts.motivation_given else "Geef een reden."
        case Guard.HAS_SOURCES:
            return None if facts.sources else "Er zijn nog geen bestanden aangeleverd."
        case Guard.NOTHING_LOST:
            return _count(facts.sources_unaccounted, "bestand is nog niet verwerkt", "bestanden zijn nog niet verwerkt")
        case Guard.ALL_TODOS_CLOSED:
            return _count(facts.open_todos, "to-do staat nog open", "to-do's staan nog open")
        case Guard.ALL_DECIDED:
            return _count(
                facts.undecided_suggestions,
                "voorstel heeft nog geen beslissing",
                "voorstellen hebben nog geen beslissing",
            )
        case Guard.ALL_JUDGED:
            return _count(
                facts.unjudged_documents,
                "document heeft nog geen beoordeling",
                "documenten hebben nog geen beoordeling",
            )
        case Guard.ALL_PAGES_SEEN:
            return _count(facts.unread_pages, "pagina is nog niet bekeken", "pagina's zijn nog niet bekeken")
        case Guard.JUDGEMENTS_FIT:
            return _count(
                facts.contradicting_judgements,
                "beoordeling past niet bij wat er gelakt is",
                "beoordelingen passen niet bij wat er gelakt is",
            )
        case Guard.GROUNDS_ALLOWED:
            return _count(
                facts.refused_grounds,
                "weigeringsgrond is zo niet toegestaan",
                "weigeringsgronden zijn zo niet toegestaan",
            )
        case Guard.TITLES_CLEAN:
            return _count(
                facts.unclean_titles,
                "titel in de inventarislijst noemt iets dat gelakt is",
                "titels in de inventarislijst noemen iets dat gelakt is",
            )
        case Guard.ALL_PROVEN:
            return _count(
                facts.unproven_documents, "document is niet bewezen schoon", "documenten zijn niet bewezen schoon"
            )
        case Guard.ALL_APPROVED:
            return _count(
                facts.unapproved_documents, "document is nog niet goedgekeurd", "documenten zijn nog niet goedgekeurd"
            )
        case Guard.BESLUIT_DRAFTED:
            return None if facts.besluit_drafted else "Het concept-besluit is nog niet klaar."
        case Guard.DISCLOSURE_MAY_START:
            if facts.disclosure_stopped:
                return facts.disclosure_stopped
            if facts.disclosure_from is None or facts.today is None or facts.today >= facts.disclosure_from:
                return None
            return f"Openbaar maken mag pas vanaf {facts.disclosure_from:%d-%m-%Y} (Woo art. 4.4, vijfde lid)."


def _count(number: int, one: str, many: str) -> str | None:
    if not number:
        return None
    return f"{number} {one if number == 1 else many}."


WORST = Facts(
    sources_unaccounted=1,
    open_todos=1,
    undecided_suggestions=1,
    unjudged_documents=1,
    unread_pages=1,
    contradicting_judgements=1,
    refused_grounds=1,
    unclean_titles=1,
    unproven_documents=1,
    unapproved_documents=1,
    disclosure_from=date.max,
    today=date.min,
)
"""A case in which every counted guard refuses: no guard may let it pass."""

"""Facts of a request in short, and the term that follows from them, for tests that write many."""

from __future__ import annotations

from woo.law.deadlines import Deadline, LegalEvent, decision_deadline


def term(received: str, *events: tuple[str, dict[str, object]], today: str | None = None) -> Deadline:
    return decision_deadline(received, [LegalEvent(name, data) for name, data in events], today=today)


def verdaging(told: str, days: int = 14, **more: object) -> tuple[str, dict[str, object]]:
    return "verdaging", {"medegedeeld": told, "dagen": days, **more}


def zienswijze(told: str, end: str | None, **more: object) -> tuple[str, dict[str, object]]:
    return "zienswijze", {"mededeling_verzoeker": told, "einde": end, **more}


def precisering(asked: str, limit: str | None, answer: str | None = None) -> tuple[str, dict[str, object]]:
    return "precisering", {"uitnodiging": asked, "antwoordtermijn": limit, "gepreciseerd": answer}


def delay(kind: str, first: str, last: str | None, **more: object) -> tuple[str, dict[str, object]]:
    return kind, {"van": first, "tot_en_met": last, **more}


def warned(found: Deadline, words: str) -> bool:
    return any(words in warning for warning in found.warnings)

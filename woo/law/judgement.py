"""The judgement of a whole document and of the whole request, and what follows from it for publication.

Woo 4.3-4.5 and ch. 5; words of the production report as open.minvws.nl accepts them (any other word would silently
become "niet openbaar" there).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Judgement(StrEnum):
    """What a jurist decides about one document. The value is stored, so it never changes."""

    PUBLIC = "public"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    ALREADY_PUBLIC = "already_public"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"


JUDGEMENT_LABELS: Mapping[Judgement, str] = {
    Judgement.PUBLIC: "Openbaar",
    Judgement.PARTIAL: "Deels openbaar",
    Judgement.WITHHELD: "Niet openbaar",
    Judgement.ALREADY_PUBLIC: "Reeds openbaar",
    Judgement.OUT_OF_SCOPE: "Buiten verzoek",
    Judgement.DUPLICATE: "Dubbel",
}

PUBLISHED_JUDGEMENTS = frozenset({Judgement.PUBLIC, Judgement.PARTIAL})
"""The judgements of documents of which we publish a file. Already public ones are only linked to (Woo 4.5 lid 2)."""

LISTED_JUDGEMENTS = frozenset({Judgement.PUBLIC, Judgement.PARTIAL, Judgement.WITHHELD, Judgement.ALREADY_PUBLIC})
"""The judgements of documents that the besluit accounts for one by one, in the inventarislijst."""

REPORT_WORDS: Mapping[Judgement, str] = {
    Judgement.PUBLIC: "openbaar",
    Judgement.PARTIAL: "deels openbaar",
    Judgement.ALREADY_PUBLIC: "reeds openbaar",
    Judgement.WITHHELD: "niet openbaar",
}
"""The words of the column Beoordeling in the production report; out of scope and duplicates are not in it."""


class Outcome(StrEnum):
    """The decision on the whole request, in the values of open.minvws.nl."""

    PUBLIC = "public"
    PARTIAL_PUBLIC = "partial_public"
    NOT_PUBLIC = "not_public"
    ALREADY_PUBLIC = "already_public"
    NOTHING_FOUND = "nothing_found"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.PUBLIC: "Openbaarmaking",
    Outcome.PARTIAL_PUBLIC: "Gedeeltelijke openbaarmaking",
    Outcome.NOT_PUBLIC: "Geen openbaarmaking",
    Outcome.ALREADY_PUBLIC: "Reeds openbaar",
    Outcome.NOTHING_FOUND: "Geen documenten aangetroffen",
}


def judgement_problem(judgement: Judgement, has_redactions: bool) -> str | None:
    """Why `judgement` does not fit a document with or without redactions, in Dutch; None where it fits."""
    if judgement is Judgement.PUBLIC and has_redactions:
        return "Het document is openbaar, maar er is wel iets gelakt. Kies 'Deels openbaar' of haal de lakking weg."
    if judgement is Judgement.PARTIAL and not has_redactions:
        return "Het document is deels openbaar, maar er is niets gelakt. Lak iets of kies 'Openbaar'."
    if judgement is Judgement.ALREADY_PUBLIC and has_redactions:
        return "Het document is al openbaar, maar er is wel iets gelakt. Haal de lakking weg of kies 'Deels openbaar'."
    return None


def judgement_fits(judgement: Judgement, has_redactions: bool) -> bool:
    """True when `judgement` fits a document with or without redactions."""
    return judgement_problem(judgement, has_redactions) is None


def outcome_of(judgements: Iterable[Judgement]) -> Outcome:
    """The decision on the whole request that follows from the judgements of its documents.

    What lies outside the request and duplicates do not count. A mix of withheld and already public documents makes
    nothing public by this besluit: NOT_PUBLIC (an interpretation).
    """
    found = LISTED_JUDGEMENTS.intersection(judgements)
    if not found:
        return Outcome.NOTHING_FOUND
    if found == {Judgement.ALREADY_PUBLIC}:
        return Outcome.ALREADY_PUBLIC
    if not found & PUBLISHED_JUDGEMENTS:
        return Outcome.NOT_PUBLIC
    return Outcome.PUBLIC if found <= {Judgement.PUBLIC, Judgement.ALREADY_PUBLIC} else Outcome.PARTIAL_PUBLIC

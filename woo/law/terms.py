"""Terms beside the decision term, by name, and the small questions of time around bezwaar and ingebrekestelling.

Each is the same sum over `rules.RULES`; here a caller finds them under a function with the right starting day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from woo.law.atw import extended_short_term
from woo.law.deadlines import decision_deadline
from woo.law.events import LegalEvent
from woo.law.sums import Deadline


def precisering_to_ask_by(received: date, events: Sequence[LegalEvent] = ()) -> Deadline:
    """The last day to ask the requester to make a too general request precise (Woo 4.1 lid 5)."""
    return decision_deadline(received, events, "preciseren uiterlijk vragen")


def not_treating_after_precisering(answered_or_lapsed: date) -> Deadline:
    """The last day to announce that the request is not treated, after the answer or the lapse (Woo 4.1 lid 6)."""
    return decision_deadline(answered_or_lapsed, (), "besluit niet behandelen na precisering")


def abuse_decision_by(received: date, events: Sequence[LegalEvent] = ()) -> Deadline:
    """The last day to decide that the request has evidently another goal (Woo 4.6)."""
    return decision_deadline(received, events, "antimisbruikbesluit")


def supply_not_before(announced: date, events: Sequence[LegalEvent] = ()) -> Deadline:
    """The first day to supply when an interested party is expected to object (Woo 4.4 lid 5).

    A `voorlopige_voorziening` makes it later; while the judge has not ruled there is no day: InputRejected.
    """
    return decision_deadline(announced, events, "feitelijke verstrekking niet eerder dan")


def bezwaar_until(announced: date, events: Sequence[LegalEvent] = (), *, today: date | None = None) -> Deadline:
    """The last day for bezwaar (Awb 6:7, 6:8); a `klacht_acoi` suspends it (Woo 7.3 lid 2)."""
    return decision_deadline(announced, events, "einde bezwaartermijn", today=today)


def bezwaar_decision_by(
    bezwaar_until: date, events: Sequence[LegalEvent] = (), *, committee: bool = False, committee_announced: bool = True
) -> Deadline:
    """The last day to decide on bezwaar, from the last day of the bezwaar term (Awb 7:10).

    Twelve weeks only with a committee that was announced to the objector (ECLI:NL:RVS:2016:2233), else six.
    """
    twelve = committee and committee_announced
    return decision_deadline(bezwaar_until, events, f"beslissing op bezwaar{' (commissie 7:13)' if twelve else ''}")


def bezwaar_decision_after_acoi(advised: date) -> Deadline:
    """The last day to decide on bezwaar after the ACOI gave its advice or said it gives none (Woo 7.3 lid 3)."""
    return decision_deadline(advised, (), "beslissing op bezwaar na advies ACOI")


def bezwaar_in_time(bezwaar_until: date, received: date, posted: date | None = None) -> bool:
    """Whether a bezwaar came in time: received in the term, or posted in it and received within a week (Awb 6:9)."""
    if received <= bezwaar_until:
        return True
    week = extended_short_term(bezwaar_until, bezwaar_until + timedelta(days=7))
    return posted is not None and posted <= bezwaar_until and received <= week


def ingebrekestelling_is_valid(received: date, decision_by: date) -> bool:
    """Whether an ingebrekestelling counts: only when it came after the term had ended (ECLI:NL:RVS:2013:BY9944)."""
    return received > decision_by


def appeal_possible_from(ingebrekestelling_received: date) -> Deadline:
    """The first day on which appeal for not deciding in time is possible (Awb 6:12 lid 2)."""
    return decision_deadline(ingebrekestelling_received, (), "beroep niet tijdig vanaf")


def active_publication_by(established_or_received: date) -> Deadline:
    """The last day to publish information of Woo 3.3 of our own accord (lid 4)."""
    return decision_deadline(established_or_received, (), "actieve openbaarmaking")


def enquiry_answer_by(demanded: date, term_set: date) -> Deadline:
    """The last day to answer a parliamentary committee of enquiry: the day it set itself (Wpe 14); no Atw."""
    event = LegalEvent("gestelde_termijn", {"einde": term_set})
    return decision_deadline(demanded, [event], "parlementaire enquête")

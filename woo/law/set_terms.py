"""Terms that somebody sets in a case: a court, a committee, the ministry itself. The act gives no number of days.

The Algemene termijnenwet extends terms "set in an act" only (art. 1), so it leaves these as they are.
"""

from __future__ import annotations

from datetime import date

from woo.law.calendar import why_not_working
from woo.law.sums import Deadline, Step


def set_term(kind: str, start: date, end: date, begun: tuple[str, str], ends: tuple[str, str]) -> Deadline:
    """The term that was set until `end`. `begun` and `ends` are an article and a Dutch sentence for the two lines."""
    steps = (Step(start, 0, *begun), Step(end, (end - start).days, *ends))
    why = why_not_working(end)
    warnings = (f"De laatste dag is geen werkdag ({why}). De termijn wordt daardoor niet langer.",) if why else ()
    return Deadline(end, end, steps, warnings, start, kind)

"""The dwangsom that a court attached to its order to decide (Awb 8:55d lid 2): what has been forfeited so far.

Only a court's: a dwangsom by force of law (Awb 4:17) does not exist for Woo decisions (Woo 8.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from woo.errors import InputRejected
from woo.law.dutch import days_in_words, period_in_words

MOST_EUROS = 10_000_000
"""Above this an amount is a typing error."""


@dataclass(frozen=True, slots=True)
class Dwangsom:
    """Amounts in whole euros. `days` counts from the day after the court's term; `total` never passes `maximum`."""

    per_day: int
    maximum: int
    days: int
    total: int
    text: str

    @property
    def full(self) -> bool:
        """True when the maximum was reached."""
        return self.total == self.maximum


def dwangsom(per_day: int, maximum: int, last_day: date, decided: date | None, today: date) -> Dwangsom:
    """What was forfeited when the court's term ended on `last_day` and the decision was made known on `decided`.

    The day of the decision itself does not count, today does while there is none (interpretation: "voor iedere dag dat
    het bestuursorgaan in gebreke blijft", Awb 8:55d lid 2). InputRejected for amounts that cannot be.
    """
    if not 0 < per_day <= maximum <= MOST_EUROS:
        raise InputRejected("De dwangsom kan niet kloppen: vul een bedrag per dag in en een maximum dat niet lager is.")
    first, last = last_day + timedelta(days=1), today if decided is None else decided - timedelta(days=1)
    days = max(0, (last - first).days + 1)
    total = min(days * per_day, maximum)
    if not days:
        return Dwangsom(per_day, maximum, 0, 0, "Er is geen dwangsom verbeurd.")
    sum_text = f"{days_in_words(days)} ({period_in_words(first, last)}) × {euros(per_day)} = {euros(days * per_day)}"
    capped = f"; ten hoogste {euros(maximum)}" if days * per_day > maximum else ""
    return Dwangsom(per_day, maximum, days, total, f"Verbeurd: {euros(total)}. De som: {sum_text}{capped}.")


def euros(amount: int) -> str:
    """An amount as letters write it: "€ 15.000"."""
    return f"€ {amount:,}".replace(",", ".")

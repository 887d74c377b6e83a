"""Verdaging: one longer term, announced in writing before the first term ends (Woo 4.4 lid 2, Awb 7:10 lid 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from woo.law.dutch import date_in_words, days_in_words
from woo.law.events import LegalEvent, read_day, read_days, read_flag
from woo.law.rules import TermRule


@dataclass(frozen=True, slots=True)
class Verdaging:
    """What all notices of verdaging together add: `days`, with one line of text for each notice that was looked at."""

    days: int
    lines: tuple[tuple[int, str], ...]
    warnings: tuple[str, ...]
    interpretation: bool


def verdaging_of(events: Sequence[LegalEvent], rule: TermRule, nominal: date, last_day: date) -> Verdaging:
    """The verdaging of a first term that ends nominally on `nominal` and, with the Atw, on `last_day`.

    A notice after `last_day` has no effect (follows from "voor de afloop van de eerste termijn"). Of several valid
    notices the longest counts: a second record of one verdaging may not lengthen the term again (interpretation).
    """
    lines: list[tuple[int, str]] = []
    warnings: list[str] = []
    valid: list[tuple[int, date]] = []
    for event in events:
        told, asked = read_day(event, "medegedeeld"), read_days(event, "dagen")
        if told > last_day:
            text = f"De verdaging is meegedeeld op {date_in_words(told)}. Dat is te laat: de eerste termijn eindigde " \
                   f"op {date_in_words(last_day)}. De verdaging telt niet mee."
        elif not read_flag(event, "schriftelijk", default=True):
            text = f"De verdaging van {date_in_words(told)} is niet schriftelijk meegedeeld en telt niet mee."
        else:
            valid.append((asked, told))
            continue
        lines.append((0, text))
        warnings.append(text)
    if not valid:
        return Verdaging(0, tuple(lines), tuple(warnings), False)
    asked, told = max(valid, key=lambda notice: (notice[0], -notice[1].toordinal()))
    days = min(asked, rule.verdaging_days)
    if asked > days:
        warnings.append(f"De verdaging is langer dan mag. Alleen {days_in_words(days)} tellen mee "
                        f"({rule.verdaging_article}).")
    several = len(set(valid)) > 1
    if several:
        warnings.append("Er is meer dan één verdaging. Alleen de langste telt mee. Laat een jurist dit controleren.")
    lines.append((days, f"De beslissing is op {date_in_words(told)} verdaagd met {days_in_words(days)}."))
    # From the nominal end, not from the end that the Atw gave: the earliest date that can be defended.
    return Verdaging(days, tuple(lines), tuple(warnings), several or last_day != nominal)

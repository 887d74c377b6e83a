"""The decision term a second time, written apart from the product: one day after the other, with sets of days.

Slow and plain on purpose. Holidays are the table of dates as published, not the rules that the product computes with.
"""

from __future__ import annotations

from datetime import date, timedelta

# Non-working days besides weekends, dd-mm, per year; the days of the Crown included (Stcrt. 2022, 7812; 2025, 24713).
TABLE = {
    2022: "01-01 15-04 18-04 27-04 05-05 26-05 27-05 06-06 25-12 26-12",
    2023: "01-01 07-04 10-04 27-04 28-04 05-05 18-05 19-05 29-05 25-12 26-12",
    2024: "01-01 29-03 01-04 27-04 05-05 09-05 10-05 20-05 25-12 26-12 27-12",
    2025: "01-01 18-04 21-04 26-04 05-05 29-05 30-05 09-06 25-12 26-12",
    2026: "01-01 02-01 03-04 06-04 27-04 05-05 14-05 15-05 25-05 25-12 26-12",
    2027: "01-01 26-03 29-03 27-04 05-05 06-05 07-05 17-05 25-12 26-12",
    2028: "01-01 14-04 17-04 27-04 28-04 05-05 25-05 26-05 05-06 25-12 26-12",
}
HOLIDAYS = {
    date(year, int(entry[3:]), int(entry[:2])) for year, entries in TABLE.items() for entry in entries.split()
}
DAY = timedelta(days=1)


def works(day: date) -> bool:
    return day.isoweekday() not in (6, 7) and day not in HOLIDAYS


def roll(day: date) -> date:
    while not works(day):
        day += DAY
    return day


def span(first: date, last: date) -> set[date]:
    days = set()
    while first <= last:
        days.add(first)
        first += DAY
    return days


def days_out(kind: str, data: dict[str, object]) -> set[date]:
    """Which days an event takes out, as a set."""
    def day(name: str) -> date | None:
        value = data.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else None

    if kind == "zienswijze":
        return span(day("mededeling_verzoeker") + DAY, day("einde"))
    if kind == "precisering":
        if day("antwoordtermijn") is None:
            return set()
        stops = [day("antwoordtermijn")]
        if day("gepreciseerd"):
            stops.append(day("gepreciseerd"))
        return span(day("uitnodiging") + DAY, min(stops)) - {min(stops)}
    if kind == "buitenlandse_informatie":
        return span(day("mededeling") + DAY, day("ontvangen")) - {day("ontvangen")}
    if kind in ("instemming_uitstel", "overmacht", "vertraging_aanvrager"):
        return span(day("van"), day("tot_en_met"))
    return set()


def count(received: date, running: int, out: set[date]) -> tuple[date, set[date]]:
    """The nominal end after `running` days that are not out, and the out-days that had an effect."""
    out = {day for day in out if day > received}
    day, used = received, set()
    while running:
        day += DAY
        if day in out:
            used.add(day)
        else:
            running -= 1
    while True:
        begins = sorted(span(day + DAY, roll(day)) & out - used)
        if not begins:
            return day, used
        block = {begins[0]}
        while max(block) + DAY in out:
            block.add(max(block) + DAY)
        used |= block
        for _ in block:
            day += DAY


def deadline_day_by_day(received: date, events: list[tuple[str, dict[str, object]]]) -> tuple[date, date, set[date]]:
    """(last day, nominal end, days on which the term stands still) of a request under the Woo."""
    out: set[date] = set()
    for kind, data in events:
        out |= days_out(kind, data)
    first_end = roll(count(received, 28, out)[0])
    longest = 0
    for kind, data in events:
        if kind == "verdaging" and date.fromisoformat(str(data["medegedeeld"])) <= first_end:
            longest = max(longest, min(int(str(data["dagen"])), 14))
    nominal, used = count(received, 28 + longest, out)
    return roll(nominal), nominal, used

"""The words of the deadline watch in Prefect's screens: a table, and a summary in Markdown with links to the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from woo.clock import dutch_day
from woo.services.projection import BADGES, CASE_TAG, badge_tag, directorate_tag, link_to_case, runs_link
from woo.services.watch import STILL_DAYS, Line, Watch

_BARS = "▁▂▃▄▅▆▇█"
_NO_DIRECTORATE = "nog geen directie"


def deadline_table(seen: Watch, workbench_url: str) -> list[dict[str, str]]:
    """One line per running case, worst first; where they are too many for a screen, the last line tells how many."""
    lines = [_cells(line, workbench_url) for line in seen.lines]
    if more := seen.running - len(seen.lines):
        every = f"[Alle termijnen]({workbench_url.rstrip('/')}/termijnen)"
        lines.append(
            dict.fromkeys(lines[0], "")
            | {"Zaak": f"… en nog {_number(more)} {'zaak' if more == 1 else 'zaken'}", "Werkbank": every}
        )
    return lines


def _cells(line: Line, workbench_url: str) -> dict[str, str]:
    row = line.row
    return {
        "Zaak": row.number,
        "Fase": row.phase_label,
        "Besluit uiterlijk": f"{row.deadline:%d-%m-%Y}" if row.deadline else "niet te berekenen",
        "Werkdagen": row.badge_text,
        "Wacht op": f"{row.waiting_for} (sinds {dutch_day(row.waiting_since):%d-%m-%Y})",
        "Ligt stil sinds": f"{dutch_day(line.still_since):%d-%m-%Y} ({_days(line.still_days)})",
        "Volgende stap": row.next_step,
        "Storing": "ja" if row.trouble else "",
        "Werkbank": f"[Open]({link_to_case(workbench_url, row.number)})",
    }


def summary(seen: Watch, workbench_url: str) -> str:
    """Counts per directorate and badge with links to the runs, the past Mondays, and what lies still for longest."""
    return "\n".join(
        [
            f"# Termijnbewaking van {seen.today:%d-%m-%Y}",
            "",
            *_counts(seen),
            "",
            f"*Ligt stil*: langer dan {STILL_DAYS} werkdagen gebeurde er niets met de zaak volgens het logboek, "
            "terwijl de termijn loopt. Zo'n zaak telt ook mee in een van de andere kolommen.",
            "",
            "## Verloop",
            "",
            *_trend(seen),
            "",
            "Stand aan het eind van elke maandag, berekend met de feiten zoals ze nu vaststaan.",
            "",
            "## Ligt het langst stil",
            "",
            *_gaps(seen, workbench_url),
        ]
    )


def _counts(seen: Watch) -> Iterator[str]:
    def runs(label: str, tag: str) -> str:
        return f"[{label}]({runs_link(tag, seen.oldest, seen.today)})"

    yield _row("Directie", "Totaal", *(runs(label, badge_tag(badge)) for badge, label in BADGES.items()), "ligt stil")
    yield "|---|--:|" + "--:|" * (len(BADGES) + 1)
    for directorate in sorted(seen.badges, key=str.casefold):
        counted = seen.badges[directorate]
        name = runs(directorate.replace("|", "/"), directorate_tag(directorate)) if directorate else _NO_DIRECTORATE
        yield _row(name, counted.total(), *(counted[badge] for badge in BADGES), seen.still[directorate])
    total: Counter[str] = sum(seen.badges.values(), Counter())
    every = runs("Alle", CASE_TAG)
    numbers = (total.total(), *(total[badge] for badge in BADGES), sum(seen.still.values()))
    yield _row(f"**{every}**", *(f"**{number}**" for number in numbers))


def _trend(seen: Watch) -> Iterator[str]:
    yield _row("", *(f"{day:%d-%m}" for day, _ in seen.trend), "lijn")
    yield "|---|" + "--:|" * len(seen.trend) + "---|"
    for label, numbers in (
        ("Lopend", [count.running for _, count in seen.trend]),
        ("Te laat", [count.late for _, count in seen.trend]),
        ("Ligt stil", [count.still for _, count in seen.trend]),
    ):
        yield _row(label, *numbers, f"`{sparkline(numbers)}`")


def _gaps(seen: Watch, workbench_url: str) -> Iterator[str]:
    if not seen.gaps:
        yield "Geen enkele zaak ligt te lang stil."
        return
    yield _row("Zaak", "Sinds", "Kalenderdagen", "Wacht op", "Eerder in deze fase")
    yield "|---|---|--:|---|---|"
    for gap in seen.gaps:
        longer = f"{_days(gap.longest_days, 'dag', 'dagen')} (vanaf {dutch_day(gap.longest_from):%d-%m-%Y})"
        case = f"[{gap.number}]({link_to_case(workbench_url, gap.number)})"
        since = f"{dutch_day(gap.since):%d-%m-%Y}"
        yield _row(case, since, gap.days, gap.waiting_for, longer if gap.was_longer else "")


def sparkline(numbers: Sequence[int]) -> str:
    """A bar for each number: nothing is the lowest one, the greatest number the highest."""
    greatest = max(numbers, default=0) or 1
    return "".join(_BARS[number * (len(_BARS) - 1) // greatest] for number in numbers)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _days(number: int, one: str = "werkdag", more: str = "werkdagen") -> str:
    return f"{number} {one if number == 1 else more}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")

"""The picture of a term: every day is drawn once, in the right sort, and it says in words what it shows."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.unit.law.histories import histories
from woo.errors import InputRejected
from woo.law.deadlines import LegalEvent, decision_deadline
from woo.law.sums import Deadline
from woo.web.workbench.timeline import in_words, parts_of, timeline_svg

RECEIVED = date(2026, 6, 1)
HEARD = LegalEvent("zienswijze", {"mededeling_verzoeker": "2026-06-10", "einde": "2026-06-22"})
DELAYED = LegalEvent("verdaging", {"medegedeeld": "2026-06-08", "dagen": 14})


def counted(deadline: Deadline) -> Counter[str]:
    days: Counter[str] = Counter()
    for part in parts_of(deadline):
        days[part.sort] += part.days
    return days


def test_a_plain_term_is_one_part() -> None:
    assert [(p.sort, p.first, p.last) for p in parts_of(decision_deadline(RECEIVED))] == [
        ("term", date(2026, 6, 2), date(2026, 6, 29))
    ]


def test_a_suspension_interrupts_the_term_and_the_rest_follows_it() -> None:
    parts = parts_of(decision_deadline(RECEIVED, [HEARD, DELAYED]))

    sorts = [("term", 9), ("still", 12), ("term", 19), ("verdaging", 14), ("atw", 2)]

    assert [(p.sort, p.days) for p in parts] == sorts
    assert parts[1].first == date(2026, 6, 11)
    assert parts[1].last == date(2026, 6, 22)


def test_days_that_the_atw_added_are_apart() -> None:
    assert counted(decision_deadline(date(2026, 4, 16))) == {"term": 28, "atw": 4}


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_day_of_any_term_is_drawn_once(history: tuple[date, list[LegalEvent]]) -> None:
    received, events = history
    try:
        deadline = decision_deadline(received, events, today=received)
    except InputRejected:
        return
    parts = parts_of(deadline)

    assert sum(p.days for p in parts) == deadline.gross_days
    assert counted(deadline)["still"] == deadline.suspended_days
    assert counted(deadline)["atw"] <= (deadline.deadline - deadline.nominal).days
    assert all(a.last.toordinal() + 1 == b.first.toordinal() for a, b in pairwise(parts))
    etree.fromstring(timeline_svg(deadline, received))


@pytest.mark.parametrize("today", [RECEIVED, date(2026, 6, 15), date(2026, 7, 13), date(2029, 1, 1)])
def test_the_picture_obeys_the_content_security_policy_and_stays_in_its_frame(today: date) -> None:
    svg = timeline_svg(decision_deadline(RECEIVED, [HEARD, DELAYED]), today)
    root = etree.fromstring(svg)
    _, _, width, height = (float(n) for n in root.get("viewBox").split())

    assert "style" not in svg
    assert "<script" not in svg
    assert not re.search(r"\son\w+=", svg)
    assert all(0 <= float(n) <= height for n in re.findall(r'\sy="([\d.-]+)"', svg))
    assert width == 300


def test_labels_never_stand_on_each_other() -> None:
    svg = timeline_svg(decision_deadline(RECEIVED, [HEARD, DELAYED]), RECEIVED)
    places = [float(n) for n in re.findall(r'<text[^>]* y="([\d.]+)"', svg)]

    assert all(after - before >= 17 for before, after in pairwise(places))


def test_the_picture_says_in_words_what_it_shows() -> None:
    deadline = decision_deadline(RECEIVED, [HEARD])
    svg = timeline_svg(deadline, date(2026, 6, 15))

    assert 'role="img"' in svg
    assert "Termijn staat stil: 11 juni 2026 tot en met 22 juni 2026, 12 dagen." in svg
    assert "Laatste dag: 13 juli 2026. Vandaag is het 15 juni 2026." in svg
    assert in_words(deadline, date(2026, 7, 20)).endswith("Dat is 7 dagen na de laatste dag.")


def test_after_the_besluit_the_picture_shows_that_day() -> None:
    svg = timeline_svg(decision_deadline(RECEIVED), date(2027, 1, 1), date(2026, 6, 20))

    assert "20 jun 2026: besluit" in svg
    assert "vandaag" not in svg.lower()

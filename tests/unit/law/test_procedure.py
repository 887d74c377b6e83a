"""Every term that follows from what happened in a case: which there are, how they stand, what is said beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from woo.errors import InputRejected
from woo.law.dwangsom import dwangsom
from woo.law.events import LegalEvent
from woo.law.procedure import decided_among, dwangsommen, terms_of
from woo.law.procedure_terms import Standing, Term

RECEIVED = date(2026, 1, 12)
DECISION = "Besluit op het verzoek"


def terms(*events: tuple[str, dict[str, object]], today: str = "2026-06-15") -> dict[str, Term]:
    """The terms by name (the last of a name counts) of a request that was received on 12 January 2026."""
    found = terms_of(RECEIVED, [LegalEvent(*event) for event in events], date.fromisoformat(today))
    return {term.name: term for term in found}


def day_of(term: Term) -> str:
    assert term.deadline is not None, term.problem
    return term.deadline.deadline.isoformat()


def test_a_new_request_has_its_decision_term_and_two_powers() -> None:
    found = terms(today="2026-01-13")

    assert {name: day_of(term) for name, term in found.items()} == {
        "Om precisering vragen": "2026-01-26",
        "Besluit een oneigenlijk verzoek niet te behandelen": "2026-01-26",
        DECISION: "2026-02-09",
    }
    assert {term.standing(date(2026, 1, 13)) for term in found.values()} == {Standing.RUNNING}


def test_a_lapsed_power_is_past_and_a_lapsed_duty_is_late() -> None:
    found, today = terms(), date(2026, 6, 15)

    assert found["Om precisering vragen"].standing(today) is Standing.PAST
    assert found[DECISION].standing(today) is Standing.LATE


def test_what_runs_comes_first_by_date_and_what_is_over_last() -> None:
    events = [
        LegalEvent("deelbesluit", {"bekendgemaakt": "2026-05-29", "over": "de mails", "bezwaar_verwacht": True}),
        LegalEvent("vordering", {"gevorderd": "2026-02-20"}),
    ]
    today = date(2026, 6, 15)
    found = terms_of(RECEIVED, events, today)

    assert [term.name for term in found[:4]] == [
        DECISION, "Informatie verstrekken", "Bezwaar maken", "Gevorderde informatie ontvangen",
    ]
    assert {term.standing(today) for term in found[4:]} == {Standing.PAST}


def test_forwarding_a_part_leaves_the_term_and_forwarding_all_asks_to_close() -> None:
    part = terms(("doorzending", {"datum": "2026-01-14", "naar": "de gemeente", "omvang": "deel", "deel": "vraag 3"}))
    whole = terms(("doorzending", {"datum": "2026-01-14", "naar": "de gemeente", "omvang": "geheel"}))

    assert day_of(part[DECISION]) == day_of(whole[DECISION]) == "2026-02-09"
    assert part[DECISION].notes == ()
    assert "Sluit de zaak af" in whole[DECISION].notes[0]
    with pytest.raises(InputRejected, match="omvang"):
        terms(("doorzending", {"datum": "2026-01-14", "omvang": "half"}))


def test_consultation_about_the_order_does_not_move_the_term_and_asks_for_written_consent() -> None:
    talked = ("overleg_prioritering", {"datum": "2026-02-02"})
    agreed = ("instemming_uitstel", {"schriftelijk": "2026-02-03", "van": "2026-02-04", "tot_en_met": "2026-02-13"})

    assert day_of(terms(talked)[DECISION]) == "2026-02-09"
    assert "schriftelijke instemming" in terms(talked)[DECISION].notes[0]
    assert day_of(terms(talked, agreed)[DECISION]) == "2026-02-19"
    assert terms(talked, agreed)[DECISION].notes == ()


@pytest.mark.parametrize(
    ("kind", "fields", "term", "last_day"),
    [
        ("precisering", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03"}, "Besluit het verzoek niet te "
         "behandelen", "2026-02-17"),  # two weeks after the term lapsed unused
        ("precisering", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03", "gepreciseerd": "2026-01-30"},
         "Besluit het verzoek niet te behandelen", "2026-02-13"),
        ("aanvulling", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03"},
         "Besluit het verzoek niet te behandelen", "2026-03-03"),  # four weeks, Awb 4:5 lid 4
        ("precisering", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03"},
         "Antwoord op de vraag om precisering", "2026-02-03"),
        ("zienswijze", {"mededeling_verzoeker": "2026-01-20", "termijn": "2026-02-03"}, "Zienswijze van een derde",
         "2026-02-03"),
    ],
)
def test_an_invitation_gives_terms_of_others_and_of_us(
    kind: str, fields: dict[str, object], term: str, last_day: str
) -> None:
    assert day_of(terms((kind, fields))[term]) == last_day


def test_while_the_requester_may_still_answer_there_is_no_term_to_refuse() -> None:
    asked = ("precisering", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03"})

    assert "Besluit het verzoek niet te behandelen" not in terms(asked, today="2026-02-03")
    assert "Besluit het verzoek niet te behandelen" in terms(asked, today="2026-02-04")


def test_abuse_that_shows_later_may_be_decided_at_once() -> None:
    found = terms(("misbruik_gebleken", {"datum": "2026-03-01"}))["Besluit een oneigenlijk verzoek niet te behandelen"]

    assert day_of(found) == "2026-01-26"
    assert "onverwijld" in found.notes[0]


def test_a_request_that_is_not_treated_ends_and_can_be_objected_to() -> None:
    asked = ("precisering", {"uitnodiging": "2026-01-20", "antwoordtermijn": "2026-02-03"})
    closed = ("afsluiting", {"datum": "2026-02-20", "wijze": "niet_behandeld"})
    found = terms(asked, closed)

    assert found["Besluit het verzoek niet te behandelen"].settled_late
    assert found[DECISION].standing(date(2026, 6, 15)) is Standing.DONE
    assert day_of(found["Bezwaar maken"]) == "2026-04-07"  # six weeks end on Good Friday
    assert "Besluit een oneigenlijk verzoek niet te behandelen" not in found


def test_a_withdrawn_request_has_no_besluit_to_object_to() -> None:
    found = terms(("afsluiting", {"datum": "2026-02-02", "wijze": "ingetrokken"}))

    assert set(found) == {DECISION}
    assert not found[DECISION].settled_late


def test_partial_decisions_each_have_their_own_term_for_bezwaar() -> None:
    events = [LegalEvent("deelbesluit", {"bekendgemaakt": day, "over": "iets"}) for day in ("2026-02-02", "2026-03-02")]
    found = [term for term in terms_of(RECEIVED, events, date(2026, 3, 3)) if term.name == "Bezwaar maken"]

    assert [day_of(term) for term in found] == ["2026-03-16", "2026-04-13"]
    assert [besluit.day.isoformat() for besluit in decided_among(RECEIVED, events)] == ["2026-02-02", "2026-03-02"]
    assert terms(("deelbesluit", {"bekendgemaakt": "2026-02-02", "over": "iets"}))[DECISION].settled is None


def test_supply_waits_two_weeks_for_who_objects_and_longer_for_the_judge() -> None:
    besluit = ("besluit", {"bekendgemaakt": "2026-03-20", "bezwaar_verwacht": True})
    asked = ("voorlopige_voorziening", {"verzocht": "2026-03-25"})

    assert day_of(terms(besluit)["Informatie verstrekken"]) == "2026-04-07"
    assert "nog niet beslist" in terms(besluit, asked)["Informatie verstrekken"].problem
    assert "Informatie verstrekken" not in terms(("besluit", {"bekendgemaakt": "2026-03-20"}))


BESLUIT = ("besluit", {"bekendgemaakt": "2026-03-02", "bezwaar_verwacht": False})  # bezwaar until 13 April


@pytest.mark.parametrize(
    ("bezwaar", "says"),
    [
        ({"ontvangen": "2026-04-13"}, "op tijd."),
        ({"ontvangen": "2026-04-14"}, "te laat"),
        ({"ontvangen": "2026-04-20", "verzonden": "2026-04-13"}, "op tijd gepost"),
        ({"ontvangen": "2026-04-21", "verzonden": "2026-04-13"}, "te laat"),
    ],
)
def test_a_bezwaar_is_told_to_be_in_time_or_late(bezwaar: dict[str, object], says: str) -> None:
    assert says in terms(BESLUIT, ("bezwaar", bezwaar))["Beslissen op bezwaar"].notes[0]


@pytest.mark.parametrize(
    ("more", "last_day"),
    [
        ([], "2026-05-26"),  # six weeks after 13 April end on Whit Monday
        ([("bezwaar_commissie", {"medegedeeld": "2026-04-20"})], "2026-07-06"),
        ([("bezwaar_commissie", {"medegedeeld": "2026-06-20"})], "2026-05-26"),  # announced too late
        ([("bezwaar_verdaging", {"medegedeeld": "2026-05-20", "dagen": 42})], "2026-07-06"),
        ([("bezwaar_verdaging", {"medegedeeld": "2026-05-20", "dagen": 42}),
          ("bezwaar_uitstel", {"schriftelijk": "2026-06-30", "van": "2026-07-01", "tot_en_met": "2026-07-10"})],
         "2026-07-16"),
        ([("bezwaar_verzuim", {"uitnodiging": "2026-04-20", "antwoordtermijn": "2026-05-04",
                               "hersteld": "2026-04-28"})], "2026-06-01"),
        ([("klacht_acoi", {"verzonden": "2026-03-10", "advies": "2026-05-08"})], "2026-05-22"),
    ],
)
def test_the_decision_on_bezwaar_has_its_own_term(more: list[tuple[str, dict[str, object]]], last_day: str) -> None:
    found = terms(BESLUIT, ("bezwaar", {"ontvangen": "2026-04-10"}), *more)["Beslissen op bezwaar"]

    assert day_of(found) == last_day
    assert found.about == "tegen besluit van 2 maart 2026"


def test_after_the_decision_on_bezwaar_comes_beroep() -> None:
    found = terms(BESLUIT, ("bezwaar", {"ontvangen": "2026-04-10"}),
                  ("beslissing_op_bezwaar", {"bekendgemaakt": "2026-05-11"}))

    assert found["Beslissen op bezwaar"].settled == date(2026, 5, 11)
    assert day_of(found["Beroep instellen"]) == "2026-06-22"


def test_a_bezwaar_against_two_decisions_must_name_which() -> None:
    parts = [("deelbesluit", {"bekendgemaakt": day, "over": "iets"}) for day in ("2026-02-02", "2026-03-02")]

    with pytest.raises(InputRejected, match="welk besluit"):
        terms(*parts, ("bezwaar", {"ontvangen": "2026-03-10"}))
    named = terms(*parts, ("bezwaar", {"ontvangen": "2026-03-10", "besluit_van": "2026-03-02"}))
    assert "deelbesluit van 2 maart 2026" in named["Beslissen op bezwaar"].about
    wrong = terms(*parts, ("bezwaar", {"ontvangen": "2026-03-10", "besluit_van": "2026-03-03"}))
    assert "geen besluit van 3 maart 2026" in wrong["Beslissen op bezwaar"].problem


def test_a_hearing_is_shown_on_its_day() -> None:
    found = terms(BESLUIT, ("bezwaar_hoorzitting", {"uitgenodigd": "2026-05-01", "zitting": "2026-05-20"}))

    assert day_of(found["Hoorzitting"]) == "2026-05-20"
    assert "nog niet ingevuld" in terms(("bezwaar_hoorzitting", {"uitgenodigd": "2026-05-01"}))["Hoorzitting"].problem


def test_a_premature_ingebrekestelling_has_no_effect_and_says_so() -> None:
    found = terms(("ingebrekestelling", {"ontvangen": "2026-02-09", "over": "verzoek"}))

    assert "te vroeg" in found["Ingebrekestelling zonder gevolg"].notes[0]
    assert "Beroep niet tijdig is mogelijk" not in found


def test_a_valid_ingebrekestelling_gives_two_weeks_and_then_appeal_without_dwangsom() -> None:
    found = terms(("ingebrekestelling", {"ontvangen": "2026-03-11", "over": "verzoek"}))

    assert day_of(found["Alsnog beslissen"]) == "2026-03-25"
    assert day_of(found["Beroep niet tijdig is mogelijk"]) == "2026-03-26"
    assert "geen dwangsom van rechtswege (Woo 8.2)" in found["Alsnog beslissen"].notes[0]
    assert [other.deadline for other in found["Alsnog beslissen"].deadline.alternatives] == [date(2026, 3, 24)]


def test_an_ingebrekestelling_about_bezwaar_looks_at_the_term_of_the_bezwaar() -> None:
    bezwaar = (BESLUIT, ("bezwaar", {"ontvangen": "2026-04-10"}))
    early = terms(*bezwaar, ("ingebrekestelling", {"ontvangen": "2026-05-26", "over": "bezwaar"}))
    valid = terms(*bezwaar, ("ingebrekestelling", {"ontvangen": "2026-05-27", "over": "bezwaar"}))
    none = terms(("ingebrekestelling", {"ontvangen": "2026-05-27", "over": "bezwaar"}))

    assert "Ingebrekestelling zonder gevolg" in early
    assert day_of(valid["Alsnog beslissen"]) == "2026-06-10"
    assert "geen bezwaar" in none["Alsnog beslissen"].problem


@pytest.mark.parametrize(("hearing", "last_day"), [(False, "2026-05-26"), (True, "2026-06-29")])
def test_the_court_rules_within_eight_weeks_or_thirteen_after_a_hearing(hearing: bool, last_day: str) -> None:
    notice = ("ingebrekestelling", {"ontvangen": "2026-03-10", "over": "verzoek"})
    appeal = ("beroep_niet_tijdig", {"ontvangen": "2026-03-30", "over": "verzoek", "zitting": hearing})

    assert day_of(terms(notice, appeal)["Uitspraak van de rechtbank"]) == last_day
    assert terms(notice, appeal)["Uitspraak van de rechtbank"].notes == ()
    assert "geen geldige ingebrekestelling" in terms(appeal)["Uitspraak van de rechtbank"].notes[0]


def court(**changes: object) -> tuple[str, dict[str, object]]:
    """A court's order of 12 May 2026."""
    fields = {"verzonden": "2026-05-12", "over": "verzoek", "uitkomst": "gegrond", "dwangsom_per_dag": 100,
              "dwangsom_maximum": 15_000}
    return "uitspraak_niet_tijdig", fields | changes


def test_the_term_of_the_court_takes_the_place_of_the_two_weeks() -> None:
    assert day_of(terms(court())["Beslissen na de uitspraak"]) == "2026-05-26"
    assert day_of(terms(court(termijn_tot="2026-06-06"))["Beslissen na de uitspraak"]) == "2026-06-06"  # no Atw
    assert "Beslissen na de uitspraak" not in terms(court(uitkomst="niet_gegrond"))


@pytest.mark.parametrize(
    ("events", "today", "days", "total"),
    [
        ([court()], "2026-05-26", 0, 0),
        ([court()], "2026-05-27", 1, 100),
        ([court()], "2026-06-15", 20, 2_000),
        ([court()], "2027-06-15", 385, 15_000),
        ([court(), ("besluit", {"bekendgemaakt": "2026-06-01"})], "2026-06-15", 5, 500),
        ([court(), ("besluit", {"bekendgemaakt": "2026-05-26"})], "2026-06-15", 0, 0),
        ([court(termijn_tot="2026-06-06")], "2026-06-08", 2, 200),
    ],
)
def test_the_dwangsom_counts_each_day_after_the_term_of_the_court(
    events: list[tuple[str, dict[str, object]]], today: str, days: int, total: int
) -> None:
    [(_, found)] = dwangsommen(RECEIVED, [LegalEvent(*event) for event in events], date.fromisoformat(today))

    assert (found.days, found.total) == (days, total)
    assert found.full == (total == 15_000)


def test_without_an_amount_in_the_ruling_there_is_no_dwangsom() -> None:
    assert dwangsommen(RECEIVED, [LegalEvent(*court(dwangsom_per_dag=None))], date(2026, 7, 1)) == []


@pytest.mark.parametrize(("per_day", "most"), [(0, 100), (-1, 100), (100, 50), (100, 0), (1, 10**12)])
def test_amounts_that_cannot_be_are_refused(per_day: int, most: int) -> None:
    with pytest.raises(InputRejected, match="dwangsom"):
        dwangsom(per_day, most, date(2026, 5, 26), None, date(2026, 6, 15))


@pytest.mark.parametrize(
    "event",
    [
        ("vordering", {"gevorderd": "2026-01-11"}),
        ("vordering", {"gevorderd": "2026-02-11", "geleverd": "2026-02-10"}),
        ("vordering", {}),
        ("afsluiting", {"datum": "2026-02-11", "wijze": "zomaar"}),
        ("ingebrekestelling", {"ontvangen": "2026-03-11"}),
        court(uitkomst="misschien"),
        court(termijn_tot="2026-05-11"),
        ("bezwaar", {"ontvangen": "2026-03-11", "verzonden": "2026-03-12", "besluit_van": "2026-03-02"}),
        ("bezwaar_verdaging", {"medegedeeld": "2026-03-11", "dagen": 0, "besluit_van": "2026-03-02"}),
        ("bezwaar_uitstel", {"schriftelijk": "2026-03-11", "van": "2026-03-12", "besluit_van": "2026-03-02"}),
    ],
)
def test_an_event_that_cannot_have_been_is_refused(event: tuple[str, dict[str, object]]) -> None:
    with pytest.raises(InputRejected):
        terms(event)


def test_a_term_that_cannot_be_computed_says_why_and_hides_no_other() -> None:
    open_end = ("overmacht", {"van": "2190-01-01", "tot_en_met": "2199-12-31"})
    old = terms_of(date(2022, 4, 1), [LegalEvent(*open_end)], date(2026, 6, 15))

    assert {term.name: bool(term.problem) for term in old} == {
        DECISION: False, "Om precisering vragen": True, "Besluit een oneigenlijk verzoek niet te behandelen": True,
    }


def test_every_term_shows_its_sum() -> None:
    events = [LegalEvent(*event) for event in (
        BESLUIT, ("bezwaar", {"ontvangen": "2026-04-10"}), court(termijn_tot="2026-06-06"),
        ("ingebrekestelling", {"ontvangen": "2026-02-20", "over": "verzoek"}),
        ("zienswijze", {"mededeling_verzoeker": "2026-01-20", "termijn": "2026-02-03", "einde": "2026-01-30"}),
    )]
    for term in terms_of(RECEIVED, events, date(2026, 6, 15)):
        if found := term.deadline:
            days = sum(step.days for step in found.steps)
            assert found.steps[-1].date == found.deadline == found.start + timedelta(days=days), term.name
            assert all(step.article and step.text.endswith(".") for step in found.steps)

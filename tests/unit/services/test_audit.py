"""The audit chain: a changed, missing or cut-off event is found, and so is a changed legal fact or decision."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.support.cases import new_case
from tests.support.people import People
from woo.services import audit
from woo.services.work import Database


def _breaches(database: Database) -> list[str]:
    with database.reading() as work:
        return [breach.message for breach in audit.verify_chain(work.session)]


def _change(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_untouched_chain_holds(database: Database, people: People) -> None:
    new_case(database, people)

    assert _breaches(database) == []


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE audit_events SET result = 'refused' WHERE seq = 3", "na het schrijven veranderd"),
        ("UPDATE audit_events SET actor_id = NULL WHERE seq = 8", "na het schrijven veranderd"),
        ("DELETE FROM audit_events WHERE seq = 4", "ontbreekt een regel"),
        ("DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)", "einde van het logboek"),
        (
            "UPDATE case_events SET happened_on = '2026-06-09'",
            "verzegelde rij (case_event) is na het schrijven veranderd",
        ),
        ("DELETE FROM case_events", "verzegelde rij (case_event) is verwijderd"),
    ],
)
def test_a_change_behind_our_back_is_found(database: Database, people: People, statement: str, message: str) -> None:
    new_case(database, people)

    _change(database, statement)

    assert any(message in breach for breach in _breaches(database))


def test_a_legal_fact_cannot_be_rewritten_through_the_services(database: Database, people: People) -> None:
    case_id = new_case(database, people)

    with pytest.raises(TypeError, match="append-only"), database.work(people.jurist) as work:
        from models import Case

        case = work.session.get_one(Case, case_id)
        case.events[0].note = "anders"

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from woo.errors import InputRejected
from woo.intake_form import FIELDS, FormRejected, RequestForm, read_form

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
GOOD = {
    "subject": "Noodopvang Oostervliet",
    "question": "Alle e-mails over de locatie.\r\n\r\nEn de nota's.",
    "name": " Zoë Özdemir ",
    "email": "zoe@voorbeeld.nl",
    "postal_address": "",
    "phone": "06 12345678",
    "salutation": "Beste Zoë",
    "period_from": "01-01-2026",
    "period_to": "2026-03-31",
}


def test_a_good_form_becomes_a_file_that_reads_back_the_same() -> None:
    form = read_form(GOOD, "WV-ABCDEFGH23456723", NOW)
    assert form.name == "Zoë Özdemir"
    assert form.period_to == date(2026, 3, 31)
    assert form.full_text() == (
        "Alle e-mails over de locatie.\n\nEn de nota's.\n\nPeriode: van 01-01-2026 tot en met 31-03-2026"
    )
    assert RequestForm.from_json(form.to_json()) == form


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", " "),
        ("subject", "x" * 201),
        ("subject", "regel\nregel"),
        ("question", "kort"),
        ("question", "x" * 20_001),
        ("question", "Ik zoek alles over \x00 dit."),
        ("name", ""),
        ("name", "Jan\u202egnoH"),
        ("email", "geen adres"),
        ("email", "a@b"),
        ("email", "a@b.nl, c@d.nl"),
        ("email", "a b@c.nl"),
        ("phone", "bel mij"),
        ("period_from", "1 mei"),
        ("period_from", "31-02-2026"),
        ("period_to", "01-12-2025"),
        ("salutation", "x" * 101),
    ],
)
def test_a_wrong_field_is_named_with_a_sentence(field: str, value: str) -> None:
    with pytest.raises(FormRejected) as rejected:
        read_form(GOOD | {field: value}, "WV-ABCDEFGH23456723", NOW)
    assert list(rejected.value.errors) == [field]
    assert rejected.value.errors[field].endswith((".", "NL", "nl."))


def test_without_any_address_we_cannot_answer() -> None:
    with pytest.raises(FormRejected) as rejected:
        read_form(GOOD | {"email": ""}, "WV-ABCDEFGH23456723", NOW)
    assert "e-mailadres of uw postadres" in rejected.value.errors["email"]
    assert read_form(
        GOOD | {"email": "", "postal_address": "Dorpsstraat 1\n1234 AB Ons Dorp"}, "WV-ABCDEFGH23456723", NOW
    )


def test_errors_stand_in_the_order_of_the_form() -> None:
    with pytest.raises(FormRejected) as rejected:
        read_form({}, "WV-ABCDEFGH23456723", NOW)
    assert list(rejected.value.errors) == [name for name in FIELDS if name in ("subject", "question", "name", "email")]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "iets"},
        {"received_at": "gisteren"},
        {"received_at": "2026-11-21T20:30:00"},
        {"received_at": 5},
        {"reference": "../../etc/passwd"},
        {"reference": 7},
        {"name": ["a"]},
        {"name": ""},
        {"question": None},
    ],
)
def test_a_file_that_was_not_made_by_the_form_is_refused(change: dict[str, object]) -> None:
    values = json.loads(read_form(GOOD, "WV-ABCDEFGH23456723", NOW).to_json()) | change
    with pytest.raises(InputRejected):
        RequestForm.from_json(json.dumps(values).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b" " * 300_000])
def test_a_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputRejected):
        RequestForm.from_json(data)

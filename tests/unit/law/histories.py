"""Random but possible histories of a request, for the tests of the legal clock."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from woo.law.deadlines import LegalEvent

RECEIVED = st.dates(date(2022, 5, 1), date(2027, 6, 30))
_OFFSET = st.integers(0, 75)
_LENGTH = st.integers(0, 40)


def event_at(received: date, kind: str, begin: int, length: int, other: int) -> LegalEvent:
    """An event of `kind` that begins `begin` days after receipt and takes about `length` days."""
    first = received + timedelta(days=begin)
    last, third = first + timedelta(days=length), first + timedelta(days=other)
    iso = date.isoformat
    data: dict[str, object] = {
        "verdaging": {"medegedeeld": iso(first), "dagen": 1 + length},
        "zienswijze": {"mededeling_verzoeker": iso(first), "einde": iso(last)},
        "precisering": {"uitnodiging": iso(first), "antwoordtermijn": iso(last), "gepreciseerd": iso(third)},
        "zonder termijn": {"uitnodiging": iso(first), "gepreciseerd": iso(last)},
        "buitenlandse_informatie": {"mededeling": iso(first), "ontvangen": iso(last)},
        "instemming_uitstel": {"schriftelijk": iso(first), "van": iso(first), "tot_en_met": iso(last)},
        "overmacht": {"van": iso(first), "tot_en_met": iso(last), "medegedeeld": iso(first)},
        "vertraging_aanvrager": {"van": iso(first), "tot_en_met": iso(last)},
        "mededeling_te_laat": {"medegedeeld": iso(first)},
    }[kind]
    return LegalEvent("precisering" if kind == "zonder termijn" else kind, data)


KINDS = (
    "verdaging", "zienswijze", "zienswijze", "precisering", "zonder termijn", "buitenlandse_informatie",
    "instemming_uitstel", "overmacht", "vertraging_aanvrager", "mededeling_te_laat",
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, list[LegalEvent]]:
    received = draw(RECEIVED)
    rows = draw(st.lists(st.tuples(st.sampled_from(KINDS), _OFFSET, _LENGTH, _LENGTH), max_size=6))
    return received, [event_at(received, *row) for row in rows]

"""The events in a case that can move a term, and how their fields are read.

The names are those of the statute and of the exchange format: `verdaging {medegedeeld, dagen}` and so on. A value that
cannot be right is refused with one Dutch sentence that never repeats the value, since it may hold personal data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from re import ASCII, compile

from woo.errors import InputRejected

MIN_YEAR, MAX_YEAR = 2000, 2199
MAX_EVENTS = 1000
_ISO_DATE = compile(r"\d{4}-\d{2}-\d{2}", ASCII)

FIELDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "verdaging": "medegedeeld dagen schriftelijk",
        "zienswijze": "mededeling_verzoeker einde termijn",
        "precisering": "uitnodiging antwoordtermijn gepreciseerd",
        "aanvulling": "uitnodiging antwoordtermijn aangevuld",
        "verzuim": "uitnodiging antwoordtermijn hersteld",
        "buitenlandse_informatie": "mededeling ontvangen",
        "instemming_uitstel": "schriftelijk van tot_en_met",
        "vertraging_aanvrager": "van tot_en_met",
        "overmacht": "van tot_en_met medegedeeld",
        "doorzending": "datum ontvangen naar omvang deel",
        "ontvangst": "datum ontvangen gelezen",
        "overleg_prioritering": "datum afspraak",
        "vordering": "gevorderd bij geleverd",
        "misbruik_gebleken": "datum",
        "mededeling_te_laat": "medegedeeld nieuwe_datum",
        "besluit": "bekendgemaakt bezwaar_verwacht",
        "deelbesluit": "bekendgemaakt over bezwaar_verwacht",
        "afsluiting": "datum wijze",
        "ingebrekestelling": "ontvangen over",
        "beroep_niet_tijdig": "ontvangen over zitting",
        "uitspraak_niet_tijdig": "verzonden over uitkomst termijn_tot dwangsom_per_dag dwangsom_maximum",
        "bezwaar": "ontvangen verzonden besluit_van",
        "bezwaar_verzuim": "uitnodiging antwoordtermijn hersteld besluit_van",
        "bezwaar_commissie": "medegedeeld besluit_van",
        "bezwaar_hoorzitting": "uitgenodigd zitting besluit_van",
        "bezwaar_verdaging": "medegedeeld dagen besluit_van",
        "bezwaar_uitstel": "schriftelijk van tot_en_met besluit_van",
        "beslissing_op_bezwaar": "bekendgemaakt besluit_van",
        "klacht_acoi": "verzonden advies besluit_van",
        "voorlopige_voorziening": "verzocht uitspraak ingetrokken toegewezen",
        "gestelde_termijn": "einde",
        "intrekking": "betreft",
    }.items()
}
"""The fields of each kind of event. `FREE_FIELDS` may stand in any event and never change a date."""
FREE_FIELDS = frozenset({"id", "type", "partij", "reden", "toelichting", "bron"})
TEXT_FIELDS = frozenset({"naar", "deel", "afspraak", "bij", "over", "omvang", "wijze", "uitkomst"})
"""The fields that hold words. Every other field that holds text must be a date."""


@dataclass(frozen=True, slots=True)
class LegalEvent:
    """Something that happened and that the law attaches a consequence to.

    `kind` is a key of `FIELDS`; `data` holds its fields, dates as `date` or as text YYYY-MM-DD. `id` is needed only to
    withdraw the event later with an `intrekking {betreft}`.
    """

    kind: str
    data: Mapping[str, object] = field(default_factory=dict)
    id: str | None = None


def event_from(row: object) -> LegalEvent:
    """The event in a JSON object `{type, …fields}` of the exchange format."""
    if not isinstance(row, Mapping):
        raise InputRejected("Een gebeurtenis is niet leesbaar: het moet een object zijn met een veld 'type'.")
    kind, identity = row.get("type"), row.get("id")
    data = {str(name): value for name, value in row.items() if name not in ("type", "id")}
    return LegalEvent(kind if isinstance(kind, str) else "", data, identity if isinstance(identity, str) else None)


def in_words(name: str) -> str:
    """A kind or field name as a reader sees it: `tot_en_met` becomes "tot en met"."""
    return name.replace("_", " ")


def parse_day(value: object, what: str) -> date:
    """`value` as a plausible date; InputRejected names `what` when it is none."""
    day: object = value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InputRejected(f"De datum in '{what}' is niet geldig. Schrijf een datum als 2026-01-31.")
    if not MIN_YEAR <= day.year <= MAX_YEAR:
        raise InputRejected(f"Het jaar in '{what}' kan niet kloppen. Verbeter de datum.")
    return day


def read_day(event: LegalEvent, name: str) -> date:
    """The date in field `name`; InputRejected when it is missing or no date."""
    if (day := read_optional_day(event, name)) is None:
        raise InputRejected(f"Bij '{in_words(event.kind)}' ontbreekt de datum '{in_words(name)}'. Vul deze in.")
    return day


def read_optional_day(event: LegalEvent, name: str) -> date | None:
    """The date in field `name`, or None when it is absent or null."""
    value = event.data.get(name)
    return None if value is None else parse_day(value, f"{in_words(event.kind)}: {in_words(name)}")


def read_days(event: LegalEvent, name: str) -> int:
    """The number of days in field `name`: a whole number of at least 1."""
    value = event.data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InputRejected(f"Bij '{in_words(event.kind)}' moet '{in_words(name)}' een heel aantal dagen zijn, "
                            "ten minste 1.")
    return value


def read_flag(event: LegalEvent, name: str, *, default: bool) -> bool:
    """The yes or no in field `name`; `default` when it is absent."""
    value = event.data.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise InputRejected(f"Bij '{in_words(event.kind)}' moet '{in_words(name)}' waar of onwaar zijn.")
    return value


def read_choice(event: LegalEvent, name: str, choices: Collection[str]) -> str:
    """The word in field `name`, one of `choices`; InputRejected when it is missing or another word."""
    value = event.data.get(name)
    if not isinstance(value, str) or value not in choices:
        raise InputRejected(f"Bij '{in_words(event.kind)}' ontbreekt de keuze '{in_words(name)}'. "
                            f"Kies uit: {', '.join(choices)}.")
    return value


def require_order(event: LegalEvent, earlier: str, later: str) -> None:
    """Refuse an event in which the date `later` lies before the date `earlier`; absent dates pass."""
    first, second = read_optional_day(event, earlier), read_optional_day(event, later)
    if first is not None and second is not None and second < first:
        raise InputRejected(
            f"Bij '{in_words(event.kind)}' ligt '{in_words(later)}' vóór '{in_words(earlier)}'. Dat kan niet. "
            "Verbeter een van beide datums."
        )


def standing_events(events: Sequence[LegalEvent]) -> list[LegalEvent]:
    """The events that still stand, in an order of their own: withdrawn ones are gone without a trace.

    The order in which they were handed in has no meaning, so it is removed here, once, for the whole sum.
    """
    if len(events) > MAX_EVENTS:
        raise InputRejected(f"Er zijn meer dan {MAX_EVENTS} gebeurtenissen. Controleer of de lijst klopt.")
    for event in events:
        _require_known(event)
    withdrawn = {_withdrawn(event) for event in events if event.kind == "intrekking"}
    others = [event for event in events if event.kind != "intrekking"]
    if not withdrawn <= {event.id for event in others if event.id is not None}:
        raise InputRejected("Een intrekking verwijst naar een gebeurtenis die er niet is. Controleer de verwijzing.")
    return sorted((event for event in others if event.id not in withdrawn), key=_sort_key)


def unused_fields(event: LegalEvent) -> list[str]:
    """The warning, in a list of at most one, that `event` has a field that the law does not know: a typing error?"""
    unknown = [name for name in event.data if name not in FIELDS[event.kind] | FREE_FIELDS]
    if not unknown:
        return []
    known = ", ".join(sorted(FIELDS[event.kind]))
    return [f"Een veld van de gebeurtenis '{in_words(event.kind)}' is niet gebruikt: alleen deze tellen mee: {known}."]


def _require_known(event: object) -> None:
    if not isinstance(event, LegalEvent) or not isinstance(event.data, Mapping):
        raise InputRejected("Een gebeurtenis is niet leesbaar.")
    if not isinstance(event.kind, str) or event.kind not in FIELDS:
        raise InputRejected(f"Een gebeurtenis heeft een onbekende soort. Bekend zijn: {', '.join(sorted(FIELDS))}.")
    if event.id is not None and not isinstance(event.id, str):
        raise InputRejected("De id van een gebeurtenis moet tekst zijn.")


def _withdrawn(event: LegalEvent) -> str:
    """The id of the event that an `intrekking` takes back."""
    if not isinstance(identity := event.data.get("betreft"), str):
        raise InputRejected("Bij een intrekking moet 'betreft' de id van een gebeurtenis zijn.")
    return identity


def _sort_key(event: LegalEvent) -> tuple[str, list[str]]:
    return event.kind, sorted(f"{name}={_sortable(value)}" for name, value in event.data.items())


def _sortable(value: object) -> str:
    """Text to sort by, for any value: a huge number cannot even be written out, and dates equal their ISO text."""
    if isinstance(value, int):
        return f"{min(value, MAX_EVENTS):09d}"
    return str(value) if isinstance(value, str | date) else type(value).__name__

"""Finds the day of a document: in a mail header, in document properties, else in the file name; never a guess."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug",
         "september sep sept", "oktober okt", "november nov", "december dec"), 1)
    for name in names.split()
}
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.]((?:19|20)\d{2})(?!\d)")
_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})[-_. ]({'|'.join(_MONTHS)})[-_. ]((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE)
_PDF = re.compile(r"^(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_EARLIEST = 1950
_NEVER_SET = {(1970, 1, 1), (1980, 1, 1), (2000, 1, 1)}


def from_mail_header(value: str) -> date | None:
    """The day in the sender's own zone, from a Date header; None when it is missing or not a date."""
    try:
        return _plausible(parsedate_to_datetime(value).date())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def dutch_moment(value: str) -> str:
    """A Date header as people write it, with the sender's own clock: vrijdag 8 mei 2026 20:41 (+0200).

    What is not a date comes back as it is.
    """
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return value
    zone = f" ({moment:%z})" if moment.tzinfo else ""
    month = next(name for name, number in _MONTHS.items() if number == moment.month)
    return f"{_DAYS[moment.weekday()]} {moment.day} {month} {moment.year} {moment:%H:%M}{zone}"


def from_iso(value: str) -> date | None:
    """The day of an ISO date or time, as in Office properties."""
    try:
        return _plausible(datetime.fromisoformat(value.strip().replace("Z", "+00:00")).date())
    except ValueError:
        return None


def from_pdf(value: str) -> date | None:
    """The day of a PDF date such as D:20260507101500+02'00'; month and day must be there."""
    found = _PDF.match(value.strip())
    if not found or not found[2] or not found[3]:
        return None
    return _day(int(found[1]), int(found[2]), int(found[3]))


def from_file_name(name: str) -> date | None:
    """The one full date in a file name: 2026-05-17, 20260517, 17-05-2026 or 7 mei 2026. Two different dates: None."""
    days = {_day(int(y), int(m), int(d)) for y, m, d in _YEAR_FIRST.findall(name)}
    days |= {_day(int(y), int(m), int(d)) for d, m, y in _DAY_FIRST.findall(name)}
    days |= {_day(int(y), _MONTHS[m.lower()], int(d)) for d, m, y in _IN_WORDS.findall(name)}
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    """A date that exists and is plausible."""
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        return None


def _plausible(day: date) -> date | None:
    """Clocks that were never set give 1601 or the first day of 1970, 1980 or 2000; those say nothing."""
    return day if day.year >= _EARLIEST and (day.year, day.month, day.day) not in _NEVER_SET else None

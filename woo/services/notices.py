"""The mail to the Centrale Eenheid about cases that are late or nearly so: numbers, dates and links, no titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from woo.services import watch
from woo.services.projection import link_to_case
from woo.services.watch import Alert, Announcement
from woo.services.work import Work

_MOST = 200
_HEADINGS = {
    Alert.OVERDUE: "De termijn van deze zaken is voorbij. Er is nog geen besluit:",
    Alert.DUE: "De termijn van deze zaken eindigt binnen zeven werkdagen:",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to send."""

    subject: str
    text: str


def notice_of(work: Work, moment: datetime) -> Notice | None:
    """What was announced in the round of this moment; None where no case became late or nearly late."""
    found = watch.announced(work, moment, _HEADINGS.keys())
    if not found:
        return None
    late = sum(a.alert is Alert.OVERDUE for a in found)
    return Notice(
        subject=f"Woo-termijnen: {late} te laat, {len(found) - late} bijna te laat",
        text="\n".join(_lines(found, work.settings.workbench_url)),
    )


def _lines(found: Sequence[Announcement], workbench_url: str) -> Iterator[str]:
    for alert, heading in _HEADINGS.items():
        cases = [a for a in found if a.alert is alert]
        if cases:
            yield heading
            yield from (
                f"- Woo {a.number}, besluit uiterlijk {a.on:%d-%m-%Y}: {link_to_case(workbench_url, a.number)}"
                for a in cases[:_MOST]
            )
            if len(cases) > _MOST:
                yield f"- en nog {len(cases) - _MOST} zaken"
            yield ""
    yield f"Alle termijnen: {workbench_url.rstrip('/')}/termijnen"
    yield ""
    yield "Dit is een automatisch bericht. Een zaak komt terug als zij te laat wordt of als de datum verandert."

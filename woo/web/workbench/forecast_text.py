"""A forecast in Dutch sentences: the sum that led to it, so that a reader can weigh it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from woo.law.dutch import date_in_words
from woo.services.forecast import Answer, Forecast, Left, Pace


def sum_of(found: Forecast, deadline: date | None) -> list[str]:
    """The lines of the sum; for a forecast without an answer why there is none."""
    if found.answer is Answer.UNKNOWN or found.left is None or deadline is None:
        return [found.reason]
    return [*_pages(found.left), *_pace(found), *_stretches(found.left), *_outcome(found, deadline)]


def _pages(left: Left) -> Iterator[str]:
    if left.pages:
        yield f"{_count(left.pages)} te gaan in deze zaak."
    if left.pages and left.ahead:
        yield f"{_count(left.ahead)} gaan voor: in zaken van dezelfde jurist die eerder af moeten."


def _pace(found: Forecast) -> Iterator[str]:
    if pace := found.pace:
        whose = "van een gemiddelde jurist van de eenheid" if found.unit_pace else "van deze jurist"
        yield f"Tempo {whose}: {_range(pace)}."


def _range(pace: Pace) -> str:
    return (
        f"{pace.mean:.0f} pagina’s per werkdag (waarschijnlijk tussen {pace.low:.0f} en {pace.high:.0f}, "
        f"gemeten over {pace.days} werkdagen)"
    )


def _stretches(left: Left) -> Iterator[str]:
    if left.before is not None:
        yield f"Tot het einde van de zienswijze: {_span(left.before)}."
    yield f"{'Na de beoordeling' if left.pages else 'Van nu'} tot het besluit: {_span(left.after)}."


def _span(stretch: Sequence[int]) -> str:
    ordered = sorted(stretch)
    middle = ordered[len(ordered) // 10 : len(ordered) - len(ordered) // 10]
    days = f"{middle[0]} tot {middle[-1]}" if middle[0] != middle[-1] else str(middle[0])
    return f"{days} werkdagen (gemeten in {len(ordered)} zaken)"


def _outcome(found: Forecast, deadline: date) -> Iterator[str]:
    first = date_in_words(found.first) if found.first else ""
    if found.last is None:
        yield f"Besluit op zijn vroegst rond {first}; de laatste dag is niet te voorspellen."
    elif found.first == found.last:
        yield f"Besluit waarschijnlijk op {first}."
    else:
        yield f"Besluit waarschijnlijk tussen {first} en {date_in_words(found.last)} (kans 80 van de 100)."
    if found.answer is Answer.PASSED:
        yield f"De uiterste dag was {date_in_words(deadline)}."
    else:
        chance = round(100 * (found.chance or 0))
        yield f"Uiterste dag: {date_in_words(deadline)}. Kans dat het besluit er dan is: {chance} van de 100."


def _count(pages: int) -> str:
    return f"{pages} pagina{'' if pages == 1 else '’s'}"

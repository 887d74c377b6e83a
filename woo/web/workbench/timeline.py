"""A picture of a term from receipt to last day: a bar that runs down, with a label at every turn. SVG without style.

Pure: a `Deadline` and days in, text out. Parts differ by hatching and outline, so black and white says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from markupsafe import Markup

from woo.law.dutch import date_in_words, days_in_words
from woo.law.sums import Deadline

_WIDTH, _LEFT, _BAR, _TEXT = 300, 10, 26, 62
_TOP, _LENGTH, _PAST, _LINE = 16, 260, 70, 17
_DAY = timedelta(days=1)
_NAMES = {
    "term": "Eerste termijn",
    "verdaging": "Verdaging",
    "still": "Termijn staat stil",
    "atw": "Algemene termijnenwet",
}
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of days of one sort: term, verdaging, still (suspended) or atw; `first` and `last` included."""

    sort: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days in the part."""
        return (self.last - self.first).days + 1


def parts_of(deadline: Deadline) -> list[Part]:
    """The days of a term, from the day after its start to the last day, in runs of one sort. Each day is in one run."""
    return [
        Part(sort, run[0], run[-1])
        for sort, group in groupby(_days(deadline), key=lambda d: d[1])
        if (run := [day for day, _ in group])
    ]


def timeline_svg(deadline: Deadline, today: date, taken: date | None = None, *, name: str = "termijn") -> Markup:
    """The picture. `taken`: the day of the besluit, where there is one. `name` keeps ids apart on one page."""
    parts = parts_of(deadline)
    scale = _Scale(deadline, max(deadline.deadline, taken or today), today if taken is None else taken)
    labels = _placed(sorted(_labels(deadline, parts, scale, today, taken), key=lambda label: label.at))
    height = int(max(scale.bottom, labels[-1].y + _LINE * (len(labels[-1].lines) - 1)) + 14)
    title, text = f"{name}-titel", f"{name}-uitleg"
    body = [
        f'<svg class="woo-timeline" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="{title} {text}"><title id="{title}">Tijdlijn van de beslistermijn</title>',
        f'<desc id="{text}">{escape(in_words(deadline, today, taken))}</desc>{_patterns(name)}',
        *(_bar(part, scale, name) for part in parts),
        *_after(deadline, scale),
        *(_label(label) for label in labels),
    ]
    return Markup("".join([*body, "</svg>"]))  # noqa: S704 - every text in it was escaped


def in_words(deadline: Deadline, today: date, taken: date | None = None) -> str:
    """The same picture in sentences, for who cannot see it."""
    said = [f"Ontvangen op {date_in_words(deadline.start)}; die dag telt niet mee."]
    said += [
        f"{_NAMES[p.sort]}: {date_in_words(p.first)} tot en met {date_in_words(p.last)}, {days_in_words(p.days)}."
        for p in parts_of(deadline)
    ]
    said.append(f"Laatste dag: {date_in_words(deadline.deadline)}.")
    if taken:
        said.append(f"Besluit bekendgemaakt op {date_in_words(taken)}.")
    else:
        said.append(f"Vandaag is het {date_in_words(today)}.")
    late = ((taken or today) - deadline.deadline).days
    return " ".join([*said, *([f"Dat is {days_in_words(late)} na de laatste dag."] if late > 0 else [])])


def _days(deadline: Deadline) -> Iterator[tuple[date, str]]:
    """Every day with its sort. Days that run are first those of the term, then of verdaging, then of the Atw."""
    first = next((step.days for step in deadline.steps if step.days), deadline.gross_days)
    extension = (deadline.deadline - deadline.nominal).days
    run, longest = 0, deadline.net_days - extension
    for n in range(1, deadline.gross_days + 1):
        day = deadline.start + n * _DAY
        if deadline.suspended_on(day):
            yield day, "still"
            continue
        run += 1
        yield day, "term" if run <= min(first, longest) else "verdaging" if run <= longest else "atw"


class _Scale:
    """Where a day stands on the bar. What comes after the last day is squeezed: it may be years."""

    def __init__(self, deadline: Deadline, end: date, shown: date) -> None:
        self.start, self.last, self.end = deadline.start, deadline.deadline, end
        self.days = max(1, deadline.gross_days)
        self.bottom = _TOP + _LENGTH + (_PAST if end > deadline.deadline else 0)
        self.shown = shown

    def y(self, day: date, *, after: bool = False) -> float:
        """The place of the end of `day`, or (`after=False`) of its beginning."""
        if day > self.last:
            return round(_TOP + _LENGTH + _PAST * (day - self.last).days / max(1, (self.end - self.last).days), 1)
        gone = (day - self.start).days - (0 if after else 1)
        return round(_TOP + _LENGTH * min(self.days, max(0, gone)) / self.days, 1)


@dataclass(frozen=True, slots=True)
class _Label:
    """A text beside the bar: `at` the place it speaks of, `y` where it found room; the first line is bold."""

    at: float
    lines: tuple[str, ...]
    mark: str = ""
    y: float = 0


def _labels(deadline: Deadline, parts: list[Part], scale: _Scale, today: date, taken: date | None) -> Iterator[_Label]:
    yield _Label(_TOP, (f"{_short(deadline.start)}: ontvangen",))
    drawn: set[str] = set()
    for part in parts:
        again = " (verder)" if part.sort == "term" and part.sort in drawn else ""
        drawn.add(part.sort)
        middle = (scale.y(part.first) + scale.y(part.last, after=True)) / 2
        run = _short(part.first) if part.days == 1 else f"{_short(part.first)} t/m {_short(part.last)}"
        yield _Label(middle, (f"{_NAMES[part.sort]}{again}: {days_in_words(part.days)}", run))
    yield _Label(_TOP + _LENGTH, (f"{_short(deadline.deadline)}: laatste dag",), "end")
    seen = taken or today
    word = "besluit" if taken else "vandaag"
    late = (seen - deadline.deadline).days
    lines = (f"{_short(seen)}: {word}", f"{days_in_words(late)} te laat") if late > 0 else (f"{_short(seen)}: {word}",)
    yield _Label(scale.y(seen, after=True), lines, "today")


def _placed(labels: list[_Label]) -> list[_Label]:
    """Each label as near to its place as the one above leaves room for."""
    placed: list[_Label] = []
    free = 0.0
    for label in labels:
        y = max(label.at + 4, free)
        placed.append(_Label(label.at, label.lines, label.mark, y))
        free = y + _LINE * len(label.lines) + 3
    return placed


def _label(label: _Label) -> str:
    edge = _LEFT + _BAR
    lead = f'<path class="woo-timeline__lead" d="M{edge} {label.at:g}L{_TEXT - 6} {label.y - 4:g}"/>'
    if label.mark == "end":
        lead += f'<path class="woo-timeline__end" d="M{_LEFT - 6} {label.at:g}H{edge + 6}"/>'
    if label.mark == "today":
        lead += (
            f'<path class="woo-timeline__line" d="M{_LEFT - 6} {label.at:g}H{edge + 6}"/>'
            f'<path class="woo-timeline__today" d="M{edge + 4} {label.at:g}l9 -5v10z"/>'
        )
    first, *rest = label.lines
    text = f'<text class="woo-timeline__day" x="{_TEXT}" y="{label.y:g}">{escape(first)}</text>'
    return (
        lead
        + text
        + "".join(
            f'<text x="{_TEXT}" y="{label.y + _LINE * n:g}">{escape(line)}</text>'
            for n, line in enumerate(rest, start=1)
        )
    )


def _bar(part: Part, scale: _Scale, name: str) -> str:
    top = scale.y(part.first)
    size = f'x="{_LEFT}" y="{top:g}" width="{_BAR}" height="{scale.y(part.last, after=True) - top:g}"'
    if part.sort in ("still", "atw"):
        return f'<rect class="woo-timeline__bar" fill="url(#{name}-{part.sort})" {size}/>'
    return f'<rect class="woo-timeline__bar woo-timeline__bar--{part.sort}" {size}/>'


def _after(deadline: Deadline, scale: _Scale) -> Iterator[str]:
    if scale.end > deadline.deadline:
        yield (
            f'<rect class="woo-timeline__bar woo-timeline__bar--past" x="{_LEFT + 6}" y="{_TOP + _LENGTH}" '
            f'width="{_BAR - 12}" height="{_PAST}"/>'
        )


def _patterns(name: str) -> str:
    """Stripes for days that stand still, dots for the days of the Algemene termijnenwet."""
    return (
        f'<defs><pattern id="{name}-still" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>'
        '<path class="woo-timeline__hatch" d="M0 0V7"/></pattern>'
        f'<pattern id="{name}-atw" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#fff"/><circle class="woo-timeline__dot" cx="3" cy="3" r="1.2"/></pattern>'
        "</defs>"
    )


def _short(day: date) -> str:
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"

"""Jinja templates with automatic escaping, and how dates, counts and grounds are written on a Dutch screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from woo.clock import AMSTERDAM
from woo.law.dutch import date_in_words
from woo.law.grounds import GROUNDS, ground
from woo.law.lifecycle import ROLE_LABELS, Role

_FOLDER = Path(__file__).parent / "templates"


class Templates:
    """All screens. `frame` holds what every page shows: the organisation, where static files and the theme are."""

    def __init__(self, frame: Mapping[str, Any]) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {
            "day": day,
            "moment": moment,
            "words": date_in_words,
            "count": count,
            "screen": screen,
            "tone": tone,
            "size": size,
            "role": role,
            "headline": headline,
        }
        self.environment.globals |= dict(frame)

    def answer(self, name: str, data: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """The page of template `name`."""
        return HTMLResponse(self.environment.get_template(name).render(data), status)


def day(value: date | datetime | None) -> str:
    """12-12-2026, in Dutch time; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(AMSTERDAM)
    return f"{value:%d-%m-%Y}"


def moment(value: datetime) -> str:
    """12-12-2026 14:05, in Dutch time."""
    return f"{value.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"


def count(number: int, one: str, many: str) -> str:
    """`1 document`, `2 documenten`."""
    return f"{number} {one if number == 1 else many}"


def screen(code: str) -> str:
    """A ground as it stands on screens and stamps: 5.1.2e."""
    return ground(code).screen


def tone(code: str) -> str:
    """The CSS class with the colour of a ground; the code itself is always printed beside it."""
    return "g-" + GROUNDS[code].screen.replace(".", "-") if code in GROUNDS else "g-other"


def size(number: int) -> str:
    """Bytes in words: 1,2 MB."""
    for unit, step in (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if number >= step:
            return f"{number / step:.1f} {unit}".replace(".", ",")
    return f"{number} B"


def role(value: Role | str) -> str:
    """The Dutch name of a role."""
    return ROLE_LABELS[Role(value)]


def headline(text: str) -> str:
    """A title with a capital: requests are named by what they are about ("proef met meldpunt")."""
    return text[:1].upper() + text[1:]

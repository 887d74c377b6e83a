"""Templates with what every public page needs: the organisation, the style sheet and Dutch ways of writing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from woo.law.dutch import date_in_words

_TEMPLATES = Path(__file__).parent / "templates"


class Views:
    """Renders the templates. `static` and `own_static` are where the style sheets are, `theme` is the address of the
    organisation's own one, or ""."""

    def __init__(self, *, organisation: str, static: str, own_static: str, theme: str, with_form: bool) -> None:
        loader = FileSystemLoader(_TEMPLATES)
        self.templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals |= {
            "organisation": organisation,
            "static": static,
            "own_static": own_static,
            "theme": theme,
            "with_form": with_form,
        }
        self.templates.filters |= {
            "day": date_in_words,
            "short_day": short_day,
            "size": size_in_words,
            "number": thousands,
        }

    def page(self, request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """The page as an answer to `request`; read-only pages may be kept for a minute."""
        html = self.templates.get_template(template).render(path=request.url.path, **values)
        cache = "public, max-age=60" if status == 200 else "no-store"
        return HTMLResponse(html, status, headers={"Cache-Control": cache})


def short_day(day: date | None) -> str:
    """`12-01-2026`; empty where there is no date."""
    return f"{day:%d-%m-%Y}" if day else ""


def thousands(count: int) -> str:
    """`25.000`."""
    return f"{count:,}".replace(",", ".")


def size_in_words(size: int) -> str:
    """A size in bytes as people say it: `850 kB`, `1,2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")

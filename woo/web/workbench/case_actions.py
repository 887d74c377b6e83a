"""What people do on the page of a case: take a step, deliver files, close to-dos, assign, describe, try again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from starlette.responses import Response

from woo.errors import InputRejected
from woo.law.grounds import ground
from woo.law.lifecycle import Event
from woo.services import assignment, cases, judging, sources, stages, todos
from woo.services.assignment import Wish
from woo.web.workbench.forms import parse_key
from woo.web.workbench.uploads import write_uploads
from woo.web.workbench.visit import Visit


def take_step(visit: Visit) -> Response:
    """Move the case along the lifecycle table."""
    try:
        event = Event(visit.form.text("gebeurtenis", 60))
    except ValueError:
        raise InputRejected("Deze stap bestaat niet. Er is niets veranderd.") from None
    with visit.working() as work:
        cases.move(work, visit.case(work), event, reason=visit.form.text("reden", 5000))
    return visit.go(_home(visit), "stap")


def close(visit: Visit) -> Response:
    """End the request without a besluit on its content."""
    form = visit.form
    with visit.working() as work:
        on = form.day("datum", "Afgesloten op")
        cases.close(work, visit.case(work), form.text("wijze", 60), on, form.text("reden", 5000))
    return visit.go(_home(visit), "afgesloten", "feiten")


def deliver(visit: Visit) -> Response:
    """Take delivered files into the case; they are converted by the flow."""
    with tempfile.TemporaryDirectory(prefix="woo-upload-") as folder:
        root = write_uploads(visit.form.files("bestanden"), Path(folder))
        with visit.working() as work:
            sources.deliver(work, visit.case(work), root)
    return visit.go(_home(visit), "aangeleverd", "bronnen")


def close_todo(visit: Visit) -> Response:
    """Close a to-do with what was done about it."""
    with visit.working() as work:
        todos.close_todo(
            work,
            visit.case(work),
            parse_key(visit.part("todo")),
            visit.form.text("oplossing", 5000),
            visit.form.number("versie"),
        )
    return visit.go(_home(visit), "afgerond", "todos")


def assign(visit: Visit) -> Response:
    """Give the case to a jurist, or take it back."""
    wanted = visit.form.text("jurist", 40)
    with visit.working() as work:
        wish = Wish(visit.case(work).id, visit.form.number("versie"))
        assignment.assign(work, [wish], parse_key(wanted) if wanted else None)
    return visit.go(_home(visit), "toegewezen" if wanted else "teruggegeven", "gegevens")


def describe(visit: Visit) -> Response:
    """Change title, summary, directorate and how was searched."""
    with visit.working() as work:
        cases.describe(
            work,
            visit.case(work),
            title=visit.form.text("titel", 500),
            summary=visit.form.text("samenvatting"),
            directorate=visit.form.text("directie", 200),
            search_description=visit.form.text("zoekbeschrijving"),
            version=visit.form.number("versie"),
        )
    return visit.go(_home(visit), "beschreven")


def retry(visit: Visit) -> Response:
    """Start the failed stage anew."""
    with visit.working() as work:
        stages.retry(work, visit.case(work))
    return visit.go(_home(visit), "opnieuw")


def take_over_judgements(visit: Visit) -> Response:
    """Judge every document without open boxes as its pages point to, with the weighing per ground that was given."""
    with visit.working() as work:
        case = visit.dossier(work)
        motivations = {
            ground(code).code: visit.form.text(f"motivering-{code}", 20_000) for code in visit.form.texts("grond")
        }
        if not judging.adopt_proposals(work, case, motivations):
            raise InputRejected(
                "Er zijn geen documenten met een voorstel. Er is niets veranderd. Beslis eerst over de open kaders."
            )
    return visit.go(_home(visit), "overgenomen", "documenten")


def _home(visit: Visit) -> str:
    return f"/zaken/{visit.part('number')}"

"""What may be special personal data is asked at each place, never decided along with other places."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from flows.stage import StageRun
from flows.suggest import suggest_redactions
from models import Case, Suggestion
from tests.support.cases import claim, deliver, new_case, write_pdf
from tests.support.people import People
from woo.law.lifecycle import Stage
from woo.services import suggestions
from woo.services.work import Database

pytestmark = pytest.mark.slow

PAGE = ["Haar man Wim Brand krijgt chemo.", "Ook Sietske Hiemstra krijgt chemo.", "Wim Brand belt morgen."]


def test_deciding_on_one_place_leaves_the_other_open(database: Database, people: People, tmp_path: Path) -> None:
    folder = tmp_path / "bronnen"
    folder.mkdir()
    write_pdf(folder / "verslag.pdf", PAGE)
    case_id = new_case(database, people)
    deliver(database, people, case_id, folder)
    suggest_redactions(StageRun(database, case_id, claim(database, case_id, Stage.SUGGEST)))

    with database.work(people.jurist) as work:
        case = work.session.get_one(Case, case_id)
        rows = list(work.session.scalars(select(Suggestion).where(Suggestion.case_id == case.id)))
        asked = [row for row in rows if row.kind == "health"]
        names = [row for row in rows if row.text == "Wim Brand"]
        assert [(row.text, row.ground, row.decision_id) for row in asked] == 2 * [("krijgt chemo", "5.1.1.d", None)]
        assert suggestions.same_text(work, asked[0], "case") == [asked[0]]
        assert len(suggestions.same_text(work, names[0], "case")) == len(names) == 2

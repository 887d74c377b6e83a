"""The embedded tree end to end: a case is gathered, read, shown in Prefect, and nothing personal reaches it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags

from models import Case
from tests.flows.conftest import Tree
from tests.support.cases import new_case
from woo.law.lifecycle import Phase
from woo.services import sources

pytestmark = pytest.mark.prefect


def deliver(tree: Tree, case_id: uuid.UUID, folder: Path) -> None:
    with tree.database.work(tree.people.specialist) as work:
        sources.deliver(work, work.session.get_one(Case, case_id), folder)


def phase(tree: Tree, case_id: uuid.UUID) -> str:
    with tree.database.reading() as work:
        return work.session.get_one(Case, case_id).phase


def test_a_case_goes_to_the_jurists_gate_by_itself_and_prefect_shows_it(tree: Tree, folder: Path) -> None:
    case_id = new_case(tree.database, tree.people)
    deliver(tree, case_id, folder)
    tree.wait(lambda: phase(tree, case_id) == Phase.REVIEW)
    run = tree.wait(lambda: (r := tree.case_run(case_id)).state_name not in {"Verzamelen", "Voorstellen maken"} and r)
    with tree.database.reading() as work:
        number = work.session.get_one(Case, case_id).number
    assert run.name.startswith(f"Woo {number} · besluit vóór ")
    assert {"woo", f"zaak:{number}", "fase:Beoordelen"} <= set(run.tags)
    filter_ = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"zaak:{number}"]))
    runs = tree.ask(lambda client: client.read_flow_runs(flow_run_filter=filter_))
    states = {r.name: r.state_name for r in runs if r.id != run.id}
    assert states == {
        f"Woo {number} · Verzamelen · poging 1": "Verzameld",
        f"Woo {number} · Voorstellen maken · poging 1": "Voorstellen gemaakt",
    }

"""A case on a real Prefect: carried to the jurist's gate by itself, shown as one run, nothing personal on the way."""

from __future__ import annotations

import uuid

import pytest
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterParentFlowRunId,
    TaskRunFilter,
    TaskRunFilterFlowRunId,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled

from flows.deployments import DEPLOYMENTS, Deployment
from flows.projection import restore_pictures
from tests.flows.conftest import Tree
from tests.support.cases import assign
from woo.clock import AMSTERDAM
from woo.law.lifecycle import Phase

pytestmark = pytest.mark.prefect
SECRETS = ("Zwaluw", "Sietske", "Hiemstra", "sietske@voorbeeld.nl", "Kraaienest", "06 1234 56")


@pytest.fixture(scope="module")
def case_id(tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> uuid.UUID:
    """A case that the flows carried to the review; its title, its files and their names hold personal data."""
    folder = tmp_path_factory.mktemp("map van Fenna van der Zwaluw")
    for number in range(7):
        text = f"Notitie {number}\n\nVan: Fenna van der Zwaluw, telefoon 06 1234 567{number}.\n"
        (folder / f"brief van mevrouw Kraaienest {number}.txt").write_text(text, encoding="utf-8")
    (folder / "Kraaienest.pdf").write_bytes(b"%PDF-1.7 Kraaienest")
    case_id = tree.new_case(folder, subject="Klacht van Fenna van der Zwaluw")
    tree.wait(lambda: tree.phase(case_id) == Phase.REVIEW)
    tree.wait(lambda: "fase:Beoordelen" in tree.case_run(case_id).tags)
    return case_id


def test_the_case_is_one_run_with_a_dutch_name_state_tags_and_a_link_to_its_page(
    tree: Tree, case_id: uuid.UUID
) -> None:
    run, number = tree.case_run(case_id), tree.number(case_id)

    assert run.name is not None and run.name.startswith(f"Woo {number} · besluit vóór ")
    assert run.state_type == StateType.PAUSED
    assert run.state_name in {"Wacht op jurist", "Te laat", "Termijn < 7 dagen"}
    assert {"woo", f"zaak:{number}", "fase:Beoordelen"} <= set(run.tags)
    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    links = tree.ask(lambda client: client.read_artifacts(artifact_filter=of_run))
    assert [f"/zaken/{number})" in str(link.data) for link in links] == [True]


def test_the_stage_runs_hang_under_it_and_end_in_dutch(tree: Tree, case_id: uuid.UUID) -> None:
    shown, number = tree.case_run(case_id), tree.number(case_id)
    under = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[shown.id]))
    runs = tree.ask(lambda client: client.read_flow_runs(flow_run_filter=under))

    assert {run.name: run.state_name for run in runs} == {
        f"Woo {number} · Verzamelen · poging 1": "Verzameld",
        f"Woo {number} · Voorstellen maken · poging 1": "Voorstellen gemaakt",
    }
    assert all({f"zaak:{number}"} <= set(run.tags) for run in runs)
    at = TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[shown.id]))
    lines = tree.ask(lambda client: client.read_task_runs(task_run_filter=at))
    assert {line.id for line in lines} == {run.parent_task_run_id for run in runs}
    assert {line.state_name for line in lines} == {"Verzameld", "Voorstellen gemaakt"}


def test_nothing_personal_is_in_prefects_database_or_in_a_log(tree: Tree, case_id: uuid.UUID) -> None:
    home = tree.embedded.settings.home
    files = [f for folder in ("prefect", "logs") for f in (home / folder).rglob("*") if f.is_file()]

    assert any(f.name == "prefect.db" for f in files) and any(f.suffix == ".log" for f in files)
    found = {(f.name, secret) for f in files for secret in SECRETS if secret.encode() in f.read_bytes()}
    assert found == set()


@pytest.mark.parametrize("pressed", ["Resume", "Cancel", "Delete", "Rename"])
def test_a_button_pressed_in_prefects_screens_is_put_back(tree: Tree, case_id: uuid.UUID, pressed: str) -> None:
    before = tree.case_run(case_id)
    match pressed:
        case "Resume":
            tree.ask(lambda client: client.resume_flow_run(before.id))
        case "Cancel":
            tree.ask(lambda client: client.set_flow_run_state(before.id, Cancelled(), force=True))
        case "Delete":
            tree.ask(lambda client: client.delete_flow_run(before.id))
        case _:
            tree.ask(lambda client: client.update_flow_run(before.id, name="anders", tags=[]))

    assert tree.ask(lambda client: restore_pictures(client, tree.database)) >= 1

    def picture() -> tuple[object, ...] | None:
        run = tree.case_run(case_id)
        return (run.name, run.state_type, run.state_name, set(run.tags))

    wanted = (before.name, before.state_type, before.state_name, set(before.tags))
    assert tree.wait(lambda: picture() == wanted)
    assert tree.phase(case_id) == Phase.REVIEW
    assert tree.ask(lambda client: restore_pictures(client, tree.database)) == 0


def test_a_picture_that_did_not_change_is_not_written_again(tree: Tree, case_id: uuid.UUID) -> None:
    before = tree.case_run(case_id)
    with tree.database.work(tree.people.coordinator) as work:
        assign(work, case_id, tree.people.jurist.id)
    tree.wait(lambda: not tree.waiting(case_id))

    after = tree.case_run(case_id)
    assert after.state is not None and before.state is not None
    assert (after.id, after.state.id) == (before.id, before.state.id)


@pytest.mark.parametrize("deployment", [d for d in DEPLOYMENTS if d.cron], ids=lambda d: d.name)
def test_a_cron_schedule_really_yields_scheduled_runs(tree: Tree, deployment: Deployment) -> None:
    found = tree.ask(lambda client: client.read_deployment_by_name(deployment.full_name))
    of_it = DeploymentFilter(id=DeploymentFilterId(any_=[found.id]))

    runs = tree.wait(lambda: tree.ask(lambda client: client.read_flow_runs(deployment_filter=of_it)))

    planned = [r.expected_start_time for r in runs if r.expected_start_time and r.auto_scheduled]
    times = {(t.hour, t.minute) for t in (moment.astimezone(AMSTERDAM) for moment in planned)}
    assert times and all(minute % 5 == 0 for _, minute in times)
    assert deployment.name != "termijnbewaking" or times == {(7, 0)}

"""The table of deployments, the flows it names and `prefect.yaml` say the same."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow

from flows.deployments import DEPLOYMENTS, POOL, QUEUES, REGULAR, STAGE_DEPLOYMENTS, TIMEZONE, Deployment
from woo.law.lifecycle import STAGE_LABELS, TRANSITIONS

PREFECT_YAML = Path(__file__).parents[2] / "prefect.yaml"


def loaded_flow(deployment: Deployment) -> Flow[Any, Any]:
    module, _, name = deployment.entrypoint.rpartition(".")
    flow: Flow[Any, Any] = getattr(import_module(module), name)
    return flow


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(PREFECT_YAML.read_text(encoding="utf-8"))
    return document


def test_production_deploys_exactly_what_the_embedded_default_serves(production: dict[str, Any]) -> None:
    described = {
        d["name"]: (
            d["entrypoint"],
            d["description"],
            tuple(d["tags"]),
            [(s["cron"], s["timezone"], s["active"]) for s in d["schedules"]],
            (d["concurrency_limit"]["limit"], d["concurrency_limit"]["collision_strategy"]),
            d["work_pool"],
        )
        for d in production["deployments"]
    }
    assert described == {
        d.name: (
            d.entrypoint,
            d.description,
            d.tags,
            [(d.cron, TIMEZONE, True)] if d.cron else [],
            (d.limit, d.collision.value),
            {"name": POOL, "work_queue_name": REGULAR},
        )
        for d in DEPLOYMENTS
    }


def test_production_makes_the_queues_that_the_dispatcher_uses() -> None:
    text = PREFECT_YAML.read_text(encoding="utf-8")
    for priority, queue in enumerate(QUEUES, 1):
        assert f"prefect work-queue create {queue} --pool {POOL} --priority {priority}" in text


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d.name)
def test_every_entry_point_is_a_flow_of_that_name_with_those_parameters(deployment: Deployment) -> None:
    flow = loaded_flow(deployment)
    assert flow.name == deployment.flow
    parameters = flow.parameters.model_dump()
    assert set(parameters["properties"]) == set(deployment.parameters["properties"])
    assert set(parameters.get("required") or []) == set(deployment.parameters.get("required", []))
    for name, schema in deployment.parameters["properties"].items():
        assert {k: parameters["properties"][name].get(k) for k in schema} == schema


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d.name)
def test_every_flow_tells_the_centrale_eenheid_what_it_does(deployment: Deployment) -> None:
    assert (loaded_flow(deployment).description or "").strip().endswith(".")


def test_every_stage_that_a_transition_starts_has_a_deployment() -> None:
    assert {t.starts for t in TRANSITIONS if t.starts} == set(STAGE_DEPLOYMENTS)
    assert {stage: d.flow for stage, d in STAGE_DEPLOYMENTS.items()} == STAGE_LABELS

"""All deployments in one table: the embedded tree registers them, and a test holds `prefect.yaml` to the same."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.schedules import CronSchedule

from woo.law.lifecycle import STAGE_LABELS, Stage

POOL = "woo"
URGENT, REGULAR = "spoed", "regulier"
QUEUES = (URGENT, REGULAR)  # in order of priority
TIMEZONE = "Europe/Amsterdam"

_STAGE_PARAMETERS: dict[str, Any] = {
    "title": "Parameters",
    "type": "object",
    "properties": {
        "case_id": {"position": 0, "title": "case_id", "type": "string", "format": "uuid"},
        "attempt": {"position": 1, "title": "attempt", "type": "integer"},
    },
    "required": ["case_id", "attempt"],
}
_ROUND_PARAMETERS: dict[str, Any] = {
    "title": "Parameters",
    "type": "object",
    "properties": {"ronde": {"position": 0, "title": "ronde", "type": "string", "format": "date-time"}},
    "required": ["ronde"],
}
_NO_PARAMETERS: dict[str, Any] = {"title": "Parameters", "type": "object", "properties": {}}


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment: the Dutch name of its flow, its own name, its code, when it runs, how many at once."""

    flow: str
    name: str
    entrypoint: str
    description: str
    limit: int
    parameters: Mapping[str, Any]
    """JSON schema of its parameters: ids and moments only."""
    cron: str | None = None
    collision: ConcurrencyLimitStrategy = ConcurrencyLimitStrategy.ENQUEUE

    @property
    def full_name(self) -> str:
        """How Prefect's API finds it."""
        return f"{self.flow}/{self.name}"

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags that every run of it gets."""
        return ("woo", self.name)


def _stage(stage: Stage, entrypoint: str, description: str, limit: int) -> Deployment:
    return Deployment(STAGE_LABELS[stage], stage, entrypoint, description, limit, _STAGE_PARAMETERS)


def _scheduled(flow: str, name: str, entrypoint: str, description: str, cron: str) -> Deployment:
    cancel = ConcurrencyLimitStrategy.CANCEL_NEW
    return Deployment(flow, name, entrypoint, description, 1, _NO_PARAMETERS, cron, cancel)


NOTICE = Deployment(
    "Melding", "melding", "flows.notice.notice", "Mailt welke zaken (bijna) te laat zijn.", 1, _ROUND_PARAMETERS
)
DEPLOYMENTS = (
    _stage(Stage.GATHER, "flows.gather.gather", "Zet aangeleverde bestanden om naar documenten.", 8),
    _stage(Stage.SUGGEST, "flows.suggest.suggest", "Zoekt persoonsgegevens en doet lakvoorstellen.", 8),
    _stage(Stage.REDACT, "flows.redact.redact_and_verify", "Lakt documenten en bewijst dat ze schoon zijn.", 8),
    _stage(Stage.BESLUIT, "flows.besluit.besluit", "Maakt het concept-besluit.", 8),
    _stage(Stage.PUBLISH, "flows.publish.publish", "Schrijft de openbare map van een zaak.", 1),
    _scheduled("Intake", "intake", "flows.intake.intake", "Registreert verzoeken uit de inbox.", "*/5 * * * *"),
    _scheduled(
        "Termijnbewaking",
        "termijnbewaking",
        "flows.watch_deadlines.watch_deadlines",
        "Dagelijkse lijst van termijnen voor de Centrale Eenheid.",
        "0 7 * * *",
    ),
    _scheduled(
        "Bijstellen",
        "bijstellen",
        "flows.reconcile.reconcile",
        "Neemt stilgevallen stappen over en herstelt het beeld van zaken.",
        "*/5 * * * *",
    ),
    NOTICE,
)
STAGE_DEPLOYMENTS = {Stage(d.name): d for d in DEPLOYMENTS if d.name in set(Stage)}


async def register(client: PrefectClient) -> list[uuid.UUID]:
    """Make all deployments of the embedded default as the table says, without a work pool; safe to run again."""
    return [await _register(client, deployment) for deployment in DEPLOYMENTS]


async def _register(client: PrefectClient, deployment: Deployment) -> uuid.UUID:
    schedule = CronSchedule(cron=deployment.cron, timezone=TIMEZONE) if deployment.cron else None
    return await client.create_deployment(
        flow_id=await client.create_flow_from_name(deployment.flow),
        name=deployment.name,
        entrypoint=deployment.entrypoint,
        description=deployment.description,
        tags=list(deployment.tags),
        schedules=[DeploymentScheduleCreate(schedule=schedule, active=True, slug=deployment.name)] if schedule else [],
        concurrency_limit=deployment.limit,
        concurrency_options=ConcurrencyOptions(collision_strategy=deployment.collision),
        parameter_openapi_schema=dict(deployment.parameters),
        enforce_parameter_schema=True,
        paused=False,
    )

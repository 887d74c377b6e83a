"""What happened to a case, as Prefect's events: automations and the event feed of its screens read them.

Case numbers, dates and links only. An event has a key of its own: Prefect keeps it once, however often it is sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from prefect.client.orchestration import PrefectClient
from prefect.events import Event, Resource

from woo.services.projection import link_to_case

ROUND = "woo.ronde"
"""Label of the resource: the moment that all events of one round bear, so that an automation can act once a round."""
_NAMES = uuid.UUID("6ad7b7e2-9d7c-4d53-9a3c-2f2b6a1c8e57")


def case_event(
    case_id: uuid.UUID, number: str, name: str, once: str, said_at: datetime, workbench_url: str, **payload: str
) -> Event:
    """The event `name` about a case; the same case, name and `once` give the same event."""
    return Event(
        id=uuid.uuid5(_NAMES, f"{case_id}:{name}:{once}"),
        event=name,
        resource=Resource(
            {
                "prefect.resource.id": f"woo.zaak.{number}",
                "prefect.resource.name": f"Woo {number}",
                ROUND: said_at.isoformat(),
            }
        ),
        payload={"zaak": number, "werkbank": link_to_case(workbench_url, number), **payload},
    )


async def emit(client: PrefectClient, events: Sequence[Event]) -> None:
    """Send events in one request; when this returns Prefect has them all."""
    await client.request("POST", "/events", json=[event.model_dump(mode="json") for event in events])

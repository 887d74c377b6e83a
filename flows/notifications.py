"""Prefect's automations about terms: a webhook per case, and one mail per round of the deadline watch.

`python -m flows.notifications` (`woo setup-meldingen`) in production; the embedded tree does the same at its start.
Whoever switches an automation off in Prefect's screens finds it off after the next set-up too.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import timedelta

import httpx
from prefect.automations import CallWebhook, EventTrigger, Posture, RunDeployment
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL
from prefect.types import SecretDict

from flows.case_events import ROUND
from flows.deployments import NOTICE
from woo import mail
from woo.errors import InputRejected, Unavailable, WooError
from woo.services.watch import Alert
from woo.settings import Settings, load_settings

BLOCK = "woo-meldingen"
WEBHOOK, MAIL = "Woo: webhook bij (bijna) te laat", "Woo: mail bij (bijna) te laat"
_EMBEDDED = "http://127.0.0.1:4200/api"
_ONE_ROUND = timedelta(hours=12)
_ABOUT = {Alert.DUE, Alert.OVERDUE}
_HAPPENED = (
    "{% if event.event == '"
    + Alert.OVERDUE
    + "' %}de termijn is voorbij{% else %}de termijn is bijna voorbij{% endif %}"
)
_BODY = {
    "gebeurtenis": "{{ event.event }}",
    "zaak": "{{ event.payload.zaak }}",
    "uiterlijk": "{{ event.payload.datum }}",
    "werkbank": "{{ event.payload.werkbank }}",
    "text": "Woo {{ event.payload.zaak }}: " + _HAPPENED + " ({{ event.payload.datum }}). {{ event.payload.werkbank }}",
}


async def set_up(client: PrefectClient, settings: Settings) -> list[str]:
    """Make the automations that the settings ask for and take away the others; safe to run again. Their names."""
    wanted: dict[str, AutomationCore | None] = {
        WEBHOOK: await _webhook(client, settings),
        MAIL: await _mail(client, settings),
    }
    for name, automation in wanted.items():
        await _put(client, name, automation)
    return [name for name, automation in wanted.items() if automation]


async def _webhook(client: PrefectClient, settings: Settings) -> AutomationCore | None:
    """A POST per case and date. The address is kept as a secret of Prefect's block, not in the automation."""
    if not settings.webhook_url.get_secret_value():
        return None
    headers = SecretDict({"Content-Type": "application/json"})
    block_id = await Webhook(url=settings.webhook_url, headers=headers).asave(BLOCK, overwrite=True, client=client)
    return AutomationCore(
        name=WEBHOOK,
        description="Stuurt per zaak en uiterste dag één bericht naar WOO_WEBHOOK_URL.",
        trigger=_trigger(threshold=1, within=timedelta(0)),
        actions=[CallWebhook(block_document_id=block_id, payload=json.dumps(_BODY, ensure_ascii=False))],
    )


async def _mail(client: PrefectClient, settings: Settings) -> AutomationCore | None:
    """One run of Melding per round: the first event of a round starts it, the others of that round do not."""
    if not mail.can_send(settings):
        return None
    try:
        deployment = await client.read_deployment_by_name(NOTICE.full_name)
    except ObjectNotFound:
        raise InputRejected(
            "De stroom Melding staat nog niet in Prefect. Er zijn geen meldingen per mail ingesteld. "
            "Voer eerst 'prefect deploy --all' uit."
        ) from None
    round_ = {"__prefect_kind": "jinja", "template": f"{{{{ event.resource['{ROUND}'] }}}}"}
    return AutomationCore(
        name=MAIL,
        description="Mailt per ronde van termijnbewaking één lijst naar WOO_MAIL_TO.",
        trigger=_trigger(threshold=1, within=_ONE_ROUND, for_each={ROUND}),
        actions=[RunDeployment(deployment_id=deployment.id, parameters={"ronde": round_})],
    )


def _trigger(**how: object) -> EventTrigger:
    about: Mapping[str, object] = {"expect": set(_ABOUT), "match": {"prefect.resource.id": "woo.zaak.*"}}
    return EventTrigger.model_validate({**about, "posture": Posture.Reactive, **how})


async def _put(client: PrefectClient, name: str, wanted: AutomationCore | None) -> None:
    """One automation of this name as wanted, or none. An equal one is left alone: it knows what it acted on."""
    found = await client.read_automations_by_name(name)
    for extra in found[1:] if wanted else found:
        await client.delete_automation(extra.id)
    if wanted is None:
        return
    kept = found[0] if found else None
    if kept is None:
        await client.create_automation(wanted)
    elif _essence(kept) != _essence(wanted):
        await client.update_automation(kept.id, AutomationCore(**dict(wanted) | {"enabled": kept.enabled}))


def _essence(automation: AutomationCore) -> object:
    return automation.model_dump(mode="json", include={"description", "trigger", "actions"})


async def main() -> list[str]:
    """Set up on the Prefect that PREFECT_API_URL names, or on that of `woo serve`."""
    settings = load_settings()
    async with PrefectClient(PREFECT_API_URL.value() or _EMBEDDED) as client:
        if await client.api_healthcheck() is not None:
            raise Unavailable(
                "Prefect antwoordt niet. Er is niets ingesteld. Start Prefect, of zet PREFECT_API_URL op zijn adres."
            )
        try:
            return await set_up(client, settings)
        except httpx.HTTPError as error:
            raise Unavailable(
                f"Prefect neemt de instelling niet aan ({type(error).__name__}). Probeer het zo opnieuw."
            ) from None


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    try:
        names = asyncio.run(main())
    except WooError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    _say("\n".join(f"Staat klaar: {name}." for name in names) or "Er is geen webhook en geen mail ingesteld.")

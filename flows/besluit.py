"""The besluit (Woo art. 4.3): both letters are drafted on what was decided; a person takes it."""

from __future__ import annotations

from flows.stage import StageRun, stage_flow
from woo.law.lifecycle import Stage
from woo.services import besluiten


def draft_besluit(run: StageRun) -> str:
    """Maak het concept-besluit en de openbare versie ervan. Een jurist neemt het besluit."""
    run.step("Concept-besluit maken", lambda: besluiten.draft(run.database, run.attempt_id, run.case_id))
    return "Het concept-besluit ligt klaar voor de jurist."


besluit = stage_flow(Stage.BESLUIT, draft_besluit, done="Besluit voorbereid")

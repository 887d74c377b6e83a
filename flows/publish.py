"""Publication (Woo art. 4.5): only bytes that were proven and signed for go to the public store, once."""

from __future__ import annotations

from flows.stage import StageRun, stage_flow
from woo.law.lifecycle import Stage
from woo.services import publications


def publish_documents(run: StageRun) -> str:
    """Zet het besluit, de inventarislijst en de goedgekeurde documenten in de openbare map."""
    run.step("Openbare map schrijven", lambda: publications.publish(run.database, run.attempt_id, run.case_id))
    return "Besluit, inventarislijst en documenten staan in de openbare map."


publish = stage_flow(Stage.PUBLISH, publish_documents, done="Gepubliceerd")

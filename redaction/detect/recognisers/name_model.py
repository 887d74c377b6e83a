"""Names by the trained language pipeline, when one is configured (see `redaction.detect.nlp`)."""

from __future__ import annotations

from typing import Any

from redaction.detect.names.veto import is_never_a_name, is_not_a_person
from redaction.detect.nlp import MODEL_LABELS
from redaction.detect.recogniser import Recogniser
from redaction.detect.span import Finding


class NameModelRecogniser(Recogniser):
    """Passes on the persons that the pipeline marked, unless they are plainly an organisation."""

    KIND = "person_name"

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Finding]:
        """Give the persons among the pipeline's entities."""
        marked = nlp_artifacts.entities if nlp_artifacts is not None else []
        return [
            Finding(
                self.KIND, entity.start_char, entity.end_char, 0.7, "model.person", "Het taalmodel ziet hier een naam."
            )
            for entity in marked
            if entity.label_ in MODEL_LABELS
            and not is_never_a_name(entity.text)
            and not is_not_a_person(text, entity.start_char, entity.end_char)
        ]

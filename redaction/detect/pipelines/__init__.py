"""Trained name finders behind one interface: a spaCy pipeline, a GLiNER model, or an ONNX token classifier.

What `WOO_NLP_PIPELINE` names decides which: a folder with `gliner_config.json`, a folder with `model.onnx`, another
folder with a spaCy pipeline, or the name of an installed spaCy pipeline ("nl_core_news_lg"). Nothing is downloaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

from redaction.detect.errors import PipelineUnavailableError

PERSON, PLACE, ORGANISATION = "PER", "LOC", "ORG"
"""The labels of every pipeline, whatever its makers call them. The last two are read to refuse, never to redact."""

_LABELS = {
    PERSON: "per person persoon name firstname lastname givenname surname middlename fullname",
    PLACE: "loc location locatie gpe fac facility place city country state",
    ORGANISATION: "org organization organisation organisatie company companyname",
}
_LABEL_OF = {theirs: ours for ours, names in _LABELS.items() for theirs in names.split()}

_FOUND_NOT = (
    "Het taalmodel uit WOO_NLP_PIPELINE is niet gevonden. Er is niets gezocht. Geef de map van een model of de naam "
    "van een geïnstalleerde spaCy-pijplijn, of laat de instelling leeg voor het meegeleverde namenmodel."
)


class Entity(NamedTuple):
    """What a pipeline marked: its characters and one of our labels; named as in spaCy."""

    start_char: int
    end_char: int
    label_: str


class Pipeline(Protocol):
    """Finds people, places and organisations in one text."""

    def entities(self, text: str) -> list[Entity]:
        """Give what the text names, in order and without overlap."""


def label_of(theirs: str) -> str | None:
    """Give our label for that of a trained model; None for what we do not use. A first name is a person too."""
    return _LABEL_OF.get("".join(char for char in theirs.casefold() if char.isalpha()))


def load_pipeline(wanted: str | Path) -> Pipeline:
    """Load the folder or installed pipeline; raises PipelineUnavailableError where it is missing or does not fit."""
    folder = Path(wanted)
    if not folder.is_dir():
        from redaction.detect.pipelines.spacy_pipeline import SpacyPipeline, is_installed  # noqa: PLC0415

        if not is_installed(str(wanted)):
            raise PipelineUnavailableError(_FOUND_NOT)
        return SpacyPipeline(str(wanted))
    if (folder / "gliner_config.json").is_file():
        from redaction.detect.pipelines.gliner import GlinerPipeline  # noqa: PLC0415

        return GlinerPipeline(folder)
    if not (folder / "config.cfg").is_file() and any(folder.glob("**/*.onnx")):
        from redaction.detect.pipelines.token_classifier import TokenClassifierPipeline  # noqa: PLC0415

        return TokenClassifierPipeline(folder)
    from redaction.detect.pipelines.spacy_pipeline import SpacyPipeline  # noqa: PLC0415

    return SpacyPipeline(folder)

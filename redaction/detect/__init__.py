"""Finds personal data in Dutch text, and says for each find what it is and why.

Rules with check digits and cue words, name lists, and (when configured) a trained language model, run in Presidio's
engine; names found once are searched for in the whole case. It proposes; a jurist decides.
"""

from __future__ import annotations

from redaction.detect.cache import build_caches
from redaction.detect.dossier import Dossier
from redaction.detect.engine import Detector, load_detector
from redaction.detect.errors import DetectionError, PipelineUnavailableError, UnreadableInputError
from redaction.detect.public_figures import PublicFigure, public_figures, shipped_figures
from redaction.detect.settings import DetectorSettings
from redaction.detect.span import JUDGED_ONE_BY_ONE, KIND_LABELS, Span

__all__ = [
    "JUDGED_ONE_BY_ONE",
    "KIND_LABELS",
    "DetectionError",
    "Detector",
    "DetectorSettings",
    "Dossier",
    "PipelineUnavailableError",
    "PublicFigure",
    "Span",
    "UnreadableInputError",
    "build_caches",
    "load_detector",
    "public_figures",
    "shipped_figures",
]

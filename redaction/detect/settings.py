"""The few knobs of the detector, fixed once at start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from redaction.detect.public_figures import PublicFigure, shipped_figures


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """How to build a detector.

    `nlp_pipeline` is the folder of a trained model or the name of an installed spaCy pipeline, see
    `redaction.detect.pipelines` (None: the small one that ships with this room, where it is there; else rules and lists
    only). `public_figures` say who held which public function when: they get `public_role`. `minimum_score` drops
    weaker findings. For measurements `use_deduce` turns the list-based name finder off, `use_model` every trained
    pipeline, and `use_weighing` the judge of all signs of a name together, which needs the other two.
    """

    nlp_pipeline: str | Path | None = None
    public_figures: tuple[PublicFigure, ...] = field(default_factory=shipped_figures)
    minimum_score: float = 0.4
    use_deduce: bool = True
    use_model: bool = True
    use_weighing: bool = True

    @classmethod
    def from_environment(cls) -> DetectorSettings:
        """Read `WOO_NLP_PIPELINE`; for use outside the house, which passes its own settings."""
        pipeline = os.environ.get("WOO_NLP_PIPELINE", "").strip()
        return cls(nlp_pipeline=pipeline or None)

"""The few knobs of the detector, fixed once at start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """How to build a detector.

    `nlp_pipeline` is the folder of a trained spaCy pipeline (None: the small one that ships with this room, where it is
    there; else rules and lists only). `public_names` are full names whose bearers act in public (ministers, members of
    parliament, mayors): they get `public_role`. `minimum_score` drops weaker findings. For measurements `use_deduce`
    turns the list-based name finder off, and `use_model` every trained pipeline.
    """

    nlp_pipeline: Path | None = None
    public_names: tuple[str, ...] = ()
    minimum_score: float = 0.4
    use_deduce: bool = True
    use_model: bool = True

    @classmethod
    def from_environment(cls) -> DetectorSettings:
        """Read `WOO_NLP_PIPELINE`; for use outside the house, which passes its own settings."""
        pipeline = os.environ.get("WOO_NLP_PIPELINE", "").strip()
        return cls(nlp_pipeline=Path(pipeline) if pipeline else None)

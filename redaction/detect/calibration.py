"""Scores that mean something: of the finds with score 0.9, nine of ten are right on labelled texts.

The recognisers and the merge give a rank; `lexicon/calibration.json` says per group of kinds which share of the finds
with that rank was right. It is made by `python -m tools.calibrate`; docs/betrouwbaarheid.md shows the picture.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from redaction.detect.span import Span

Curve = Sequence[tuple[float, float]]
"""Points (rank, share that is right), both rising; between them the line is straight."""


def group_of(kind: str) -> str:
    """Give the group whose curve a kind follows: names go by guesses, the rest by forms and check digits."""
    return "names" if kind in ("person_name", "signature") else "numbers"


def calibrated(span: Span) -> Span:
    """Give the span with its score as a share: how often a find like this is right."""
    return replace(span, score=share_of(span.kind, span.score))


def share_of(kind: str, rank: float) -> float:
    """Give the share of finds of this kind and rank that is right."""
    return round(on_curve(_curves()[group_of(kind)], rank), 4)


def on_curve(curve: Curve, rank: float) -> float:
    """Give the share on a curve; beyond its ends it stays level."""
    place = bisect_right([point[0] for point in curve], rank)
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return y0 + (y1 - y0) * (rank - x0) / (x1 - x0)


@cache
def _curves() -> Mapping[str, Curve]:
    text = (files("redaction.detect.lexicon") / "calibration.json").read_text("utf-8")
    return {group: [(x, y) for x, y in points] for group, points in json.loads(text).items()}

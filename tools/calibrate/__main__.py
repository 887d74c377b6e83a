"""`python -m tools.calibrate [LABELLED.jsonl …]`: fits the curves, draws the picture, prints the table.

The table is honest by leaving out: each tenth of the texts is judged by curves that were fitted on the other nine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from redaction.detect import JUDGED_ONE_BY_ONE, load_detector
from redaction.detect import calibration as scores
from redaction.detect.engine import Detector
from tools.calibrate.labelled import Labelled, json_texts, own_texts
from tools.calibrate.picture import draw

ROOT = Path(__file__).parents[2]
CURVES = ROOT / "redaction" / "detect" / "lexicon" / "calibration.json"
PICTURE = ROOT / "docs" / "img" / "betrouwbaarheid.svg"
_UNLABELLED = JUDGED_ONE_BY_ONE | {"big_number", "credit_card", "coordinates", "kvk_number"}
_KNOTS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)
_FOLDS = 10
_LEAST_RISE = 0.004

Find = tuple[str, float, bool]
"""Group, rank and whether the find is right."""


def finds_in(detector: Detector, labelled: Labelled) -> list[Find]:
    """Give the ranked finds of the recognisers in one text; people in a public function count neither way."""
    found = []
    for span in detector.ranked(labelled.text):
        touched = [v for v in labelled.values if v[0] < span.end and span.start < v[1]]
        if span.kind not in _UNLABELLED and not any(public for _start, _end, public in touched):
            found.append((scores.group_of(span.kind), span.score, bool(touched)))
    return found


def fit(finds: Iterable[Find]) -> dict[str, list[tuple[float, float]]]:
    """Fit a rising curve per group: pool adjacent violators over fixed ranks, with one doubtful find added to each."""
    finds = list(finds)
    curves = {}
    for group in ("names", "numbers"):
        blocks: list[list[float]] = []  # right, all, ranks
        for low, high in zip(_KNOTS, (*_KNOTS[1:], 2.0), strict=True):
            near = [right for kind, rank, right in finds if kind == group and low <= rank + 1e-9 < high]
            blocks.append([sum(near) + 0.5, len(near) + 1.0, 1.0])
            while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
                last = blocks.pop()
                blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
        shares = [right / total for right, total, ranks in blocks for _ in range(int(ranks))]
        curves[group] = _rising(shares)
    return curves


def _rising(shares: Sequence[float]) -> list[tuple[float, float]]:
    """Give the points with a least rise between them: equal shares must still rank as they did."""
    top = 0.99 - _LEAST_RISE * (len(shares) - 1)
    return [(x, round(min(y, top) + _LEAST_RISE * i, 4)) for i, (x, y) in enumerate(zip(_KNOTS, shares, strict=True))]


def left_out(per_text: Sequence[list[Find]]) -> list[tuple[str, float, bool]]:
    """Give (group, calibrated score, right) of every find, by curves that never saw its text."""
    judged = []
    for fold in range(_FOLDS):
        curves = fit(f for number, finds in enumerate(per_text) if number % _FOLDS != fold for f in finds)
        for number, finds in enumerate(per_text):
            if number % _FOLDS == fold:
                judged += [(group, scores.on_curve(curves[group], rank), right) for group, rank, right in finds]
    return judged


def table(judged: Iterable[tuple[str, float, bool]]) -> list[dict[str, Any]]:
    """Give per group and band of scores: how many finds, the mean score and the share that is right."""
    rows = []
    judged = list(judged)
    for group in ("names", "numbers"):
        for low, high in ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
            band = [(score, right) for kind, score, right in judged if kind == group and low <= score < high]
            if band:
                mean, share = (sum(column) / len(band) for column in zip(*band, strict=True))
                row = {"group": group, "low": low, "high": min(high, 1), "finds": len(band)}
                rows.append({**row, "score": mean, "right": share})
    return rows


def main() -> int:
    """Fit on our own texts and those given, write curves and picture, print the table."""
    texts = [*own_texts(), *(one for path in sys.argv[1:] for one in json_texts(Path(path)))]
    detector = load_detector()
    per_text = [finds_in(detector, one) for one in texts]
    CURVES.write_text(json.dumps(fit(f for finds in per_text for f in finds), indent=1) + "\n", "utf-8")
    rows = table(left_out(per_text))
    PICTURE.write_text(draw(rows), "utf-8")
    print(f"{len(texts)} texts, {sum(map(len, per_text))} finds")
    for row in rows:
        band = f"{row['group']:8} {row['low']:.2f}-{row['high']:.2f}"
        print(f"{band} {row['finds']:5} {row['score']:.3f} {row['right']:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

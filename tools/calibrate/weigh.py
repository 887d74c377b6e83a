"""`python -m tools.calibrate.weigh [LABELLED.jsonl …]`: fits the trees that weigh a find by all its signs.

The table is honest by leaving out: each fifth of the texts is judged by trees that were fitted on the other four.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from redaction.detect import DetectorSettings, load_detector
from redaction.detect.engine import Detector
from redaction.detect.names.signs import SIGNS
from redaction.detect.span import REFUSED
from redaction.detect.weighing import LEAST, signs_of
from tools.calibrate.labelled import Labelled, json_texts, own_texts

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "redaction" / "detect" / "lexicon" / "weighing.json"
_FOLDS = 5
_DIGITS = 4

Row = tuple[list[float], bool, bool]
"""The signs of a find, whether it is right, and whether it was found before weighing."""


def rows_of(detector: Detector, labelled: Labelled) -> Iterator[Row]:
    """Yield the finds in one text that may be names; people in a public function count neither way."""
    for offset, piece, spans, marked in detector.found(labelled.text):
        for span, signs in zip(spans, signs_of(piece, spans, marked), strict=True):
            start, end = span.start + offset, span.end + offset
            touched = [value for value in labelled.values if value[0] < end and start < value[1]]
            if signs is not None and not any(public for _start, _end, public in touched):
                yield [float(sign) for sign in signs], bool(touched), REFUSED not in span.sources


def fit(rows: Sequence[Row]) -> Any:
    """Fit the trees; seeds are fixed."""
    trees = GradientBoostingClassifier(
        n_estimators=120, learning_rate=0.1, max_leaf_nodes=12, max_depth=None, min_samples_leaf=25, subsample=0.7,
        max_features=0.2, random_state=5,
    )  # fmt: skip
    return trees.fit(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))


def written(fitted: Any) -> dict[str, Any]:
    """Give the trees as plain numbers, in the form that `redaction.detect.weighing` reads."""
    share = fitted.init_.class_prior_[1]
    return {
        "signs": list(SIGNS),
        "start": round(float(np.log(share / (1 - share))), _DIGITS),
        "trees": [_nodes(one.tree_, fitted.learning_rate) for one in fitted.estimators_[:, 0]],
    }


def _nodes(tree: Any, rate: float, node: int = 0) -> list[Any] | float:
    """Give a tree from a node on: [sign, limit, tree where the sign is at most the limit, tree where it is more]."""
    low, high = int(tree.children_left[node]), int(tree.children_right[node])
    if low < 0:
        return round(float(tree.value[node][0][0]) * rate, _DIGITS)
    limit = round(float(tree.threshold[node]), _DIGITS)
    return [int(tree.feature[node]), limit, _nodes(tree, rate, low), _nodes(tree, rate, high)]


def main() -> None:
    """Fit on all labelled texts, write the trees, print how they do on texts that were left out."""
    detector = load_detector(DetectorSettings(use_weighing=False))
    texts = [*own_texts(), *(text for path in sys.argv[1:] for text in json_texts(Path(path)))]
    rows: list[Row] = []
    groups: list[int] = []
    for number, labelled in enumerate(texts):
        found = list(rows_of(detector, labelled))
        rows += found
        groups += [number] * len(found)
    right, before = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    shares = np.zeros(len(rows))
    for known, left_out in GroupKFold(_FOLDS).split(rows, right, groups):
        fitted = fit([rows[i] for i in known])
        shares[left_out] = fitted.predict_proba(np.array([rows[i][0] for i in left_out]))[:, 1]
    print(f"{len(texts)} texts, {len(rows)} finds; unweighed: {_line(right, before, before)}")
    for least in sorted({0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, LEAST}):
        print(f"weighed, at least {least:.2f}: {_line(right, shares >= least, before)}")
    fitted = fit(rows)
    WEIGHTS.write_text(json.dumps(written(fitted), separators=(",", ":")) + "\n", "utf-8")
    for weight, sign in sorted(zip(fitted.feature_importances_, SIGNS, strict=True), reverse=True)[:20]:
        print(f"  {weight:.3f} {sign}")


def _line(right: Any, kept: Any, before: Any) -> str:
    more = int(right[kept].sum()) - int(right[before].sum())
    return f"{100 * right[kept].mean():.1f} % right of {int(kept.sum())}, {more:+d} right finds"


if __name__ == "__main__":
    main()

"""The trees that the tool writes answer as those that it fitted."""

from __future__ import annotations

import random

import numpy as np
import pytest

from redaction.detect import weighing
from redaction.detect.names.signs import SIGNS
from tools.calibrate.weigh import Row, fit, written


def rows() -> list[Row]:
    """Finds that are right when their first sign is high, or their second and third both are."""
    chance = random.Random(3)
    found = []
    for _ in range(400):
        signs = [chance.random() for _ in SIGNS]
        found.append((signs, signs[0] > 0.7 or (signs[1] > 0.5 and signs[2] > 0.5), True))
    return found


def test_the_written_trees_give_the_shares_of_the_fitted_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    made = rows()
    fitted = fit(made)
    stored = written(fitted)
    assert stored["signs"] == list(SIGNS)
    trees = [weighing._grown(tree) for tree in stored["trees"]]
    monkeypatch.setattr(weighing, "_trees", lambda: (stored["start"], trees))
    shares = [weighing.share_of(np.float32(signs).tolist()) for signs, _right, _before in made]
    assert shares == pytest.approx(fitted.predict_proba(np.array([row[0] for row in made]))[:, 1].tolist(), abs=0.01)
    right = [share for share, row in zip(shares, made, strict=True) if row[1]]
    wrong = [share for share, row in zip(shares, made, strict=True) if not row[1]]
    assert min(len(right), len(wrong)) > 50
    assert sum(right) / len(right) > 0.7 and sum(wrong) / len(wrong) < 0.3

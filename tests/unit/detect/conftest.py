"""One detector for all tests of this room: it takes a second or two to build."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redaction.detect import Detector, DetectorSettings, Span, load_detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    return load_detector(DetectorSettings())


@pytest.fixture(scope="session")
def found(detector: Detector) -> Callable[[str, str], list[str]]:
    """The texts of one kind that the detector finds."""

    def texts(text: str, kind: str) -> list[str]:
        spans: list[Span] = detector.detect(text)
        return [span.text for span in spans if span.kind == kind]

    return texts

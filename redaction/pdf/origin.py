"""The process whose copies redact and verify: each file has copies of its own, and what one did no other sees."""
from __future__ import annotations

from redaction.apart import MB, Limits, Origin


def limits(seconds: int) -> Limits:
    """Bounds for a file that may take so many processor seconds; by the clock it may wait for other work as well."""
    return Limits(seconds=3.0 * seconds, memory=6000 * MB, cpu=seconds)


def _warm() -> None:
    from redaction.pdf.verification.checks import versions  # noqa: PLC0415  loads four readers of PDF, there only
    from redaction.pdf.verification.inspection import run_inspection  # noqa: F401, PLC0415
    from redaction.pdf.verification.ocr import languages  # noqa: PLC0415

    versions(), languages()  # ask the other programs once


ORIGIN = Origin(_warm)

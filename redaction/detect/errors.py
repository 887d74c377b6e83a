"""What can go wrong in detection, for callers to show or to act upon."""

from __future__ import annotations


class DetectionError(Exception):
    """Base of the errors of this room; the message is a Dutch sentence that may be shown."""


class PipelineUnavailableError(DetectionError):
    """The configured language model cannot be loaded; detection does not start, rather than silently find less."""


class UnreadableInputError(DetectionError):
    """A file that was offered cannot be read as text or PDF."""

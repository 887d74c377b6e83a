"""What can go wrong in detection: leaves of the error tree in `redaction.errors`."""

from __future__ import annotations

from redaction.errors import RedactionError


class DetectionError(RedactionError):
    """Base of the errors of this room; the message is a Dutch sentence that may be shown."""


class PipelineUnavailableError(DetectionError):
    """The configured language model cannot be loaded; detection does not start, rather than silently find less."""

    exit_code = 2


class UnreadableInputError(DetectionError):
    """A file that was offered cannot be read as text or PDF; the message holds no name and no content."""

    exit_code = 4

"""The record of a redaction or verification: what was done, what was checked, and what was found."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Finding:
    """Something that may leak: `page` (from 0, None for the document), `channel`, and a Dutch message.

    The message never holds the text that should be gone.
    """

    page: int | None
    channel: str
    message: str

    def to_json(self) -> dict[str, Any]:
        """JSON form."""
        return {"page": self.page, "channel": self.channel, "message": self.message}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Finding:
        """Finding from its JSON form."""
        return cls(data["page"], data["channel"], data["message"])


@dataclass(frozen=True)
class Report:
    """Outcome of `redact`, `verify` or `inspect`. Proven means: every needed channel was checked and none leaks."""

    pages: int = 0
    boxes: int = 0
    removed_characters: int = 0
    channels: dict[str, str] = field(default_factory=dict)
    """Channel to result: "ok", "finding", or "skipped: why"."""
    findings: tuple[Finding, ...] = ()
    engines: dict[int, str] = field(default_factory=dict)
    """Page (from 0) to "content" or "image"."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Page (from 0) to the Dutch reason why it became an image."""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    original_sha256: str | None = None
    redacted_sha256: str | None = None
    plan_sha256: str | None = None
    checked_at: str | None = None
    """When the check began: UTC, ISO 8601 to the second."""

    @property
    def proven(self) -> bool:
        """Whether something was checked and nothing was found."""
        return bool(self.channels) and not self.findings

    def with_findings(self, findings: tuple[Finding, ...]) -> Report:
        """The same report with more findings, their channels marked."""
        channels = dict(self.channels) | {f.channel: "finding" for f in findings}
        return replace(self, findings=self.findings + findings, channels=channels)

    def to_json(self) -> dict[str, Any]:
        """JSON form, as the command line prints it."""
        return {
            "proven": self.proven,
            "pages": self.pages,
            "boxes": self.boxes,
            "removed_characters": self.removed_characters,
            "channels": dict(sorted(self.channels.items())),
            "findings": [f.to_json() for f in self.findings],
            "engines": {str(k): v for k, v in sorted(self.engines.items())},
            "reasons": {str(k): v for k, v in sorted(self.reasons.items())},
            "notes": list(self.notes),
            "seconds": round(self.seconds, 3),
            "versions": self.versions,
            "original_sha256": self.original_sha256,
            "redacted_sha256": self.redacted_sha256,
            "plan_sha256": self.plan_sha256,
            "checked_at": self.checked_at,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """Report from its JSON form."""
        return cls(
            pages=data["pages"],
            boxes=data["boxes"],
            removed_characters=data["removed_characters"],
            channels=dict(data["channels"]),
            findings=tuple(Finding.from_json(f) for f in data["findings"]),
            engines={int(k): v for k, v in data["engines"].items()},
            reasons={int(k): v for k, v in data["reasons"].items()},
            notes=tuple(data["notes"]),
            seconds=data["seconds"],
            versions=dict(data["versions"]),
            original_sha256=data["original_sha256"],
            redacted_sha256=data["redacted_sha256"],
            plan_sha256=data["plan_sha256"],
            checked_at=data["checked_at"],
        )


def now() -> str:
    """The moment as `Report.checked_at` has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def listed(pages: Sequence[int]) -> str:
    """Page numbers (from 0) as a reader counts them: "1, 2 en 5"."""
    names = [str(page + 1) for page in pages]
    return " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)

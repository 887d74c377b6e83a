"""Errors of the redaction library, each with the exit code the command line gives.

    RedactionError
    ├── UnusableInput   the file cannot be used                         exit 4
    └── NotProven       a result that may leak: nothing was written     exit 3
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from redaction.pdf.report import Finding

Reason = Literal["password", "broken", "empty", "too_large"]

SENTENCES: dict[str, str] = {
    "password": "Dit PDF-bestand is beveiligd met een wachtwoord. Er is niets gewijzigd. "
    "Geef het wachtwoord op of vraag om een bestand zonder wachtwoord.",
    "broken": "Dit PDF-bestand is beschadigd en kan niet worden geopend. Er is niets gewijzigd. "
    "Vraag om een nieuw exemplaar.",
    "empty": "Dit PDF-bestand bevat geen pagina's. Er is niets gewijzigd. Vraag om een nieuw exemplaar.",
    "too_large": "Dit PDF-bestand is te groot of te ingewikkeld om te verwerken. Er is niets gewijzigd. "
    "Splits het bestand in kleinere delen.",
}


class RedactionError(Exception):
    """Root of all errors that this library raises on purpose; its text may be shown to a user."""

    exit_code = 1


class UnusableInput(RedactionError):
    """The source cannot be processed; `reason` says why, the text is a Dutch sentence without personal data."""

    exit_code = 4

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(SENTENCES[reason])

    def __reduce__(self) -> tuple[type[UnusableInput], tuple[Reason]]:
        return type(self), (self.reason,)


class NotProven(RedactionError):
    """The result could not be proven free of leaks, so no file was written; `findings` say where and how."""

    exit_code = 3

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(
            "Het gelakte bestand is niet opgeslagen, want de controle vond iets dat nog leesbaar kan zijn. "
            "Het origineel is niet gewijzigd. Bekijk de genoemde pagina's en lak ruimer, of lak de hele pagina."
        )

    def __reduce__(self) -> tuple[type[NotProven], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)

"""What a person sent with a form, read field by field; a value that cannot be right is refused in plain Dutch."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData, UploadFile

from woo.errors import InputRejected

MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form. Every reader refuses what it cannot use; nothing has a silent default."""

    data: FormData = field(default_factory=FormData)

    def text(self, name: str, limit: int = MAX_TEXT) -> str:
        """A text without surrounding space; empty where the field was left empty."""
        value = self.data.get(name, "")
        if not isinstance(value, str) or len(value) > limit or "\x00" in value:
            raise InputRejected("Een veld is te lang of niet leesbaar. Er is niets opgeslagen. Maak de tekst korter.")
        return value.strip().replace("\r\n", "\n")

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.text(name, 12)
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            raise InputRejected("Vul een heel getal in. Er is niets opgeslagen.")
        return int(value)

    def optional_number(self, name: str) -> int | None:
        """A whole number, or None where the field was left empty."""
        return self.number(name) if self.text(name, 12) else None

    def day(self, name: str, label: str) -> date:
        """A date that must be there."""
        value = self.optional_day(name, label)
        if value is None:
            raise InputRejected(f"De datum bij '{label}' ontbreekt. Er is niets opgeslagen. Vul de datum in.")
        return value

    def optional_day(self, name: str, label: str) -> date | None:
        """A date, or None where the field was left empty. Written by a browser (2026-01-31) or by hand (31-01-2026)."""
        value = self.text(name, 20)
        if not value:
            return None
        parts = value.split("-")
        if len(parts) == 3 and len(parts[2]) == 4:
            value = "-".join(reversed(parts))
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise InputRejected(
                f"De datum bij '{label}' klopt niet. Er is niets opgeslagen. Schrijf 31-01-2026."
            ) from None

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.text(name, 10) == "ja"

    def key(self, name: str) -> uuid.UUID:
        """The key of a row."""
        return parse_key(self.text(name, 40))

    def texts(self, name: str) -> list[str]:
        """All values of a field that may stand more than once."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def files(self, name: str) -> Sequence[UploadFile]:
        """The files that were chosen; an empty file field gives none."""
        return [f for f in self.data.getlist(name) if isinstance(f, UploadFile) and f.filename]

    def kept(self) -> list[tuple[str, str]]:
        """The long texts that somebody typed, to show them again after a refusal so that nothing is lost."""
        hidden = {"csrf", "wachtwoord", "versie", "formulier"}
        return [
            (name, value)
            for name, value in self.data.multi_items()
            if name not in hidden and isinstance(value, str) and (len(value) > 20 or "\n" in value)
        ]


def parse_key(value: str) -> uuid.UUID:
    """A row's key from an address or a form; InputRejected where it is none."""
    try:
        return uuid.UUID(value)
    except ValueError:
        raise InputRejected("Dit onderdeel bestaat niet. Er is niets veranderd. Ververs de pagina.") from None

"""The bestuursorgaan that this installation works for, read from its TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from woo.errors import InputRejected
from woo.publish.case_file import ContactPerson, Organisation, Signatory

_EXAMPLE = Path(__file__).parent / "organisation.toml"


@dataclass(frozen=True, slots=True)
class Profile:
    """Who decides, who is the contact, who signs, which addresses are its own and which functions are public."""

    organisation: Organisation
    contact: ContactPerson
    signatory: Signatory | None
    own_addresses: tuple[str, ...]
    public_functions: tuple[Mapping[str, Any], ...] = ()


def profile(file: Path | None) -> Profile:
    """The profile in `file` (`WOO_ORGANISATION_FILE`), or the shipped example; InputRejected where it is unusable."""
    return _read(file or _EXAMPLE)


@lru_cache(maxsize=4)
def _read(file: Path) -> Profile:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        body: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data["organisation"].items()
        }
        return Profile(
            Organisation(**body),
            ContactPerson(**data["contact"]),
            Signatory(**data["signatory"]) if "signatory" in data else None,
            tuple(data.get("own", {}).get("addresses", ())),
            tuple(data.get("public", ())),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputRejected(
            "Het bestand in WOO_ORGANISATION_FILE kan niet worden gelezen. Er is niets gestart. "
            "Vergelijk het met het voorbeeld in docs/handboek/beheerder.md."
        ) from error

"""All configuration: one frozen class, read once at start from `WOO_*`, passed on from there.

Unknown or wrong values stop the start with one Dutch line; `docs/handboek/beheerder.md` lists every setting.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from woo.errors import InputRejected


class Settings(BaseSettings):
    """Where things are and who may reach them. Paths left empty lie inside `home`."""

    model_config = SettingsConfigDict(env_prefix="WOO_", frozen=True, extra="forbid")

    home: Path = Field(default=Path.home() / ".woo", description="Map voor alles wat de Woo-engine zelf bewaart")
    database_url: str = Field(default="", description="SQLAlchemy-adres van de zaakdatabase; leeg: SQLite in WOO_HOME")
    internal_store: Path | None = Field(default=None, description="Map met originelen en gelakte bestanden (intern)")
    public_store: Path | None = Field(default=None, description="Map die de publieke site toont; verder niets")
    inbox: Path | None = Field(default=None, description="Map waarin het publieke formulier verzoeken achterlaat")
    organisation_file: Path | None = Field(
        default=None,
        description="TOML-bestand over het bestuursorgaan: naam, adressen, "
        "ondertekenaar; leeg: het meegeleverde voorbeeld",
    )
    workbench_url: str = Field(
        default="http://127.0.0.1:8080", description="Adres van de werkbank, voor links in Prefect"
    )
    prefect_ui_url: str = Field(
        default="",
        description="Adres van de schermen van Prefect zoals de browser van een medewerker ze ziet; leeg: geen link",
    )
    public_url: str = Field(default="http://127.0.0.1:8081", description="Adres van de publieke site, voor DiWoo")
    nlp_pipeline: str = Field(
        default="",
        description="Ander namenmodel: geïnstalleerde spaCy-pijplijn, of een map met een spaCy-, GLiNER- of ONNX-"
        "model; leeg: het meegeleverde",
    )
    theme_dir: Path | None = Field(default=None, description="Map met eigen theme.css en beelden van de organisatie")
    session_hours: int = Field(
        default=10, ge=1, le=24, description="Na zoveel uur moet een medewerker opnieuw inloggen"
    )
    batch_size: int = Field(default=25, ge=1, le=100, description="Documenten per taak in een stroom")
    read_processes: int = Field(
        default=0, ge=0, le=64, description="Processen die per zaak tegelijk lezen; 0: één per kern, hooguit vier"
    )
    lease_seconds: int = Field(
        default=120, ge=2, le=3600, description="Zolang mag een stap zwijgen voordat hij overnieuw gaat"
    )
    max_attempts: int = Field(default=3, ge=1, le=10, description="Pogingen per stap voordat de zaak in Storing komt")
    upload_megabytes: int = Field(default=500, ge=1, description="Grootste bestand dat de werkbank aanneemt, in MB")

    webhook_url: SecretStr = Field(
        default=SecretStr(""), description="Adres dat een bericht krijgt per zaak die (bijna) te laat is; leeg: geen"
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="Mailserver: smtps://naam:wachtwoord@server:465 of smtp://server:587; leeg: geen mail",
    )
    mail_from: str = Field(default="", description="Afzender van meldingen per mail")
    mail_to: str = Field(default="", description="Ontvangers van meldingen per mail, met een komma ertussen")

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook(cls, url: SecretStr) -> SecretStr:
        return _checked(url, {"http", "https"})

    @field_validator("prefect_ui_url")
    @classmethod
    def _check_prefect_ui(cls, url: str) -> str:
        return _checked(SecretStr(url), {"http", "https"}).get_secret_value().rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp(cls, url: SecretStr) -> SecretStr:
        return _checked(url, {"smtp", "smtps"})

    @field_validator("mail_from", "mail_to")
    @classmethod
    def _check_addresses(cls, addresses: str) -> str:
        if any(char in addresses for char in "\r\n") or not all(
            "@" in address for address in addresses.split(",") if addresses
        ):
            raise ValueError("an e-mail address is wrong")
        return addresses

    @model_validator(mode="after")
    def _fill_paths(self) -> Self:
        home = self.home.expanduser().resolve()
        fill = object.__setattr__  # the class is frozen for everybody else
        fill(self, "home", home)
        fill(self, "database_url", self.database_url or f"sqlite:///{home / 'woo.db'}")
        for name in ("internal_store", "public_store", "inbox"):
            path: Path | None = getattr(self, name)
            default = home / name.removesuffix("_store")
            fill(self, name, (path or default).expanduser().resolve())
        return self

    @property
    def internal_root(self) -> Path:
        """Folder of the internal content store."""
        assert self.internal_store is not None  # noqa: S101 - filled by the validator
        return self.internal_store

    @property
    def public_root(self) -> Path:
        """Folder that the public site serves, and nothing else."""
        assert self.public_store is not None  # noqa: S101 - filled by the validator
        return self.public_store

    @property
    def inbox_root(self) -> Path:
        """Folder where the public form leaves requests for the intake flow."""
        assert self.inbox is not None  # noqa: S101 - filled by the validator
        return self.inbox


def _checked(url: SecretStr, schemes: Collection[str]) -> SecretStr:
    """The address itself; ValueError, which does not repeat it, where it has another scheme or no host."""
    parts = urlsplit(url.get_secret_value())
    if url.get_secret_value() and not (parts.scheme in schemes and parts.hostname):
        raise ValueError("an address of another kind was expected")
    return url


# Read by the process tree itself, not by the Settings class.
_OTHER_VARIABLES = frozenset({"WOO_TEST_POSTGRES_URL", "WOO_TEST_CHROMIUM"})


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment; InputRejected with one Dutch line where a name or value is wrong."""
    known = {f"WOO_{name.upper()}" for name in Settings.model_fields} | _OTHER_VARIABLES
    unknown = sorted(name for name in os.environ if name.startswith("WOO_") and name not in known)
    if unknown:
        raise InputRejected(
            f"Onbekende instelling: {', '.join(unknown)}. Er is niets gestart. "
            "Verwijder de instelling of verbeter de naam (zie docs/handboek/beheerder.md)."
        )
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        names = ", ".join(sorted({f"WOO_{str(e['loc'][0]).upper()}" if e["loc"] else "WOO_*" for e in error.errors()}))
        raise InputRejected(
            f"De waarde van {names} klopt niet. Er is niets gestart. "
            "Verbeter de waarde (zie docs/handboek/beheerder.md)."
        ) from None
